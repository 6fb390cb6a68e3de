import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { createPorts } from "../../src/io/world.ts";
import { findWhy } from "../../src/measure/profiling/why.ts";
import type { Explanation } from "../../src/model/explanation.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import { CAUSES, type Cause } from "./causes.ts";
import { BENCH_FILE, plant } from "./plant.ts";

/*
 * Is the function that got slower named? Each planted cause is measured without a profiler, and then explained as the gate does after a red verdict:
 * `npm run bench:explain -- --repeats 1 --only "slow callee" --same 0`. With `--same N`, N runs of equal sides follow, of which none should name anything: equal but for
 * a comment in each file, because what is the same in all files is never told.
 */

const { values } = parseArgs({
  options: {
    repeats: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    same: { type: "string", default: "0" },
  },
});

// What is called `node` is this one, however the script was started: another version may not read TypeScript.
process.env.PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
const ports = createPorts({ entry: new URL("../../src/cli.ts", import.meta.url).href });
const revision = { sha: "", ref: "", committedAt: "" };
const suite = { name: "s", workload: { kind: "bench", patterns: [BENCH_FILE] }, timeLimit: 600 } as const;

/** What one run said, against what is right. */
interface Answer {
  readonly named: readonly string[];
  readonly first: boolean;
  readonly among: boolean;
  readonly wrong: boolean;
  readonly line: boolean;
  readonly seconds: number;
  readonly told: string;
}

async function explained(
  cause: Cause,
  head: "base" | "head",
): Promise<{ readonly answer: Answer; readonly change: number }> {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-causes-"));
  try {
    const trees = { base: join(folder, "base"), head: join(folder, "head") };
    plant(trees.base, cause, "base");
    plant(trees.head, cause, head, head === "base");
    const times = await measured(trees, head === "head" ? 3 : 1);
    const ratio = times.head / times.base;
    const [explanation] = await findWhy(ports, {
      judgements: [judgementOf(times, head === "head")],
      plan: { suites: [suite], explain: "always" },
      baseline: { name: "baseline", cwd: trees.base, revision },
      candidate: { name: "candidate", cwd: trees.head, revision },
      below: "",
      limit: 120,
    });
    return { answer: answerOf(cause, explanation!, trees.head), change: ratio - 1 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Seconds an operation on each side, the median of rounds in turns, without a profiler. */
async function measured(trees: { readonly base: string; readonly head: string }, rounds: number) {
  const found = { base: [] as number[], head: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const side of ["base", "head"] as const) {
      const output = join(trees[side], "out.json");
      const env = { BENCHGATE_OUTPUT: output };
      const argv = ["node", ports.host.harness, BENCH_FILE] as const;
      const { exitCode, tail } = await ports.processes.run({ argv, cwd: trees[side], env, timeLimit: 60 });
      if (exitCode !== 0) throw new Error(`the ${side} was not measured: ${tail}`);
      const { rounds } = JSON.parse(readFileSync(output, "utf8"));
      const { samples }: { samples: number[] } = rounds[0].measurements.find(
        ({ metric }: { metric: string }) => metric === "latency",
      );
      found[side].push(middle(samples));
    }
  }
  return { base: middle(found.base), head: middle(found.head) };
}

function middle(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function judgementOf({ base, head }: { readonly base: number; readonly head: number }, red: boolean): Judgement {
  const ratio = head / base;
  return {
    ...{ suite: "s", benchmark: "op", metric: "latency", statistic: "p50", unit: "s", better: "lower" },
    ...{
      verdict: red ? "regression" : "unchanged",
      severity: "gate",
      threshold: 0.05,
      baseline: base,
      candidate: head,
    },
    comparison: {
      ...{
        design: "pairs",
        ratio,
        interval: { lower: ratio, upper: ratio, level: 0.95 },
        check: null,
        p: 0,
        adjustedP: 0,
      },
      ...{ rounds: 3, noise: 0, detectable: null, roundsNeeded: null, falseAlarm: 0 },
    },
    ...{ limit: null, goal: null, accepted: null, failure: null, warnings: [], source: { file: BENCH_FILE } },
  };
}

function answerOf(cause: Cause, explanation: Explanation, tree: string): Answer {
  const { seconds } = explanation;
  if (explanation.kind === "not-profiled") {
    const none = { first: false, among: false, wrong: false, line: false };
    return { ...none, named: [], seconds, told: explanation.reason };
  }
  const { culprits, waits } = explanation;
  const collector = (name: string) => name === "(garbage collector)";
  const isRight = (name: string) =>
    cause.right.includes(name) || (collector(name) && cause.right.length > 0 && cause.name === "allocation storm");
  const named = culprits.map(({ name }) => name);
  const place = culprits.find(({ name }) => cause.right.includes(name));
  const text =
    place?.file == null || place.line === null
      ? ""
      : (readFileSync(join(tree, place.file), "utf8").split("\n")[place.line - 1] ?? "");
  const waiting = cause.right.length === 0;
  return {
    named,
    first: waiting ? waits : named[0] !== undefined && isRight(named[0]),
    among: waiting ? waits : named.some(isRight),
    wrong: named.some((name) => !isRight(name) && !collector(name)),
    line: waiting ? waits : cause.lines.some((line) => text.includes(line)),
    seconds,
    told: [
      ...(waits ? ["waits"] : []),
      ...culprits.map(
        ({ name, line, share, origin }) => `${name}:${line} +${Math.round(share.value * 100)} % ${origin.kind}`,
      ),
    ].join(", "),
  };
}

const rows: string[][] = [["cause", "change", "first", "in 3", "wrong", "line", "s", "told"]];
const all: Answer[] = [];
const mark = (value: boolean) => (value ? "✓" : "–");
for (let repeat = 0; repeat < Number(values.repeats); repeat++) {
  for (const cause of CAUSES.filter(({ name }) => name.includes(values.only))) {
    const { answer, change } = await explained(cause, "head");
    all.push(answer);
    const { first, among, wrong, line, seconds, told } = answer;
    rows.push([
      cause.name,
      `${Math.round(change * 100)} %`,
      mark(first),
      mark(among),
      mark(wrong),
      mark(line),
      seconds.toFixed(0),
      told,
    ]);
    console.error(rows.at(-1)!.join(" | "));
  }
}
const share = (of: keyof Answer) => `${all.filter((each) => each[of] === true).length} of ${all.length}`;
rows.push(["all", "", share("first"), share("among"), share("wrong"), share("line"), "", ""]);
console.log(markdownTable(rows));
let named = 0;
for (let run = 0; run < Number(values.same); run++) {
  const { answer } = await explained(CAUSES[run % CAUSES.length]!, "base");
  if (answer.named.length > 0) named++;
  console.error(`same ${run + 1}: ${answer.told || "nothing"} (${CAUSES[run % CAUSES.length]!.name})`);
}
if (Number(values.same) > 0) console.log(`\n${named} of ${values.same} runs of equal sides named a function.`);
console.log(
  `\nLoad at the end: ${loadavg()
    .map((each) => each.toFixed(1))
    .join(", ")}.`,
);
