import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { keepBusy } from "./lockstep/busy.ts";

/*
 * What `count: instructions` finds with the counter that this machine has, on real programs by the real command line, while other processes keep it busy:
 * `npm run bench:counts [-- --planted 3 --unchanged 20 --node 3 --busy 2 --rounds 6]`. A C program that executes 2 % more instructions is to be red by its count; one that does not, never, nor
 * yellow; a Node program is never red by its count. Exit code 1 where one of that is not so. It takes a C compiler.
 */

const CLI = fileURLToPath(new URL("../src/cli.ts", import.meta.url));
const STEPS = 500_000;
const MORE = 1.02;

/** Instructions in proportion to the steps. The program tells its time itself where it is asked to, as the output of Google Benchmark. */
const C = (steps: number) => `#include <stdio.h>
#include <time.h>
int main(int argc, char **argv) {
  clock_t began = clock();
  volatile unsigned x = 1;
  for (int i = 0; i < ${steps}; i++) x = x * 1664525u + 1013904223u;
  double ns = 1e9 * (clock() - began) / CLOCKS_PER_SEC;
  if (argc > 1)
    printf("{\\"context\\":{},\\"benchmarks\\":[{\\"name\\":\\"steps\\",\\"run_type\\":\\"iteration\\",\\"iterations\\":1,\\"real_time\\":%f,\\"cpu_time\\":%f,\\"time_unit\\":\\"ns\\"}]}\\n", ns, ns);
  return x == 0;
}
`;

const NODE = (steps: number) => `let x = 1;
const all = [];
for (let i = 0; i < ${steps}; i++) {
  x = (Math.imul(x, 1664525) + 1013904223) | 0;
  if (i % 8 === 0) all.push({ x });
}
if (all.length < 0) console.log(x);
`;

/** A program in a repository, and how a suite runs it. */
interface Kind {
  readonly name: string;
  readonly file: string;
  readonly source: (steps: number) => string;
  readonly setup: string | null;
  readonly suite: readonly string[];
}

const COMPILED = { file: "work.c", source: C, setup: "cc -O1 -o work work.c" } as const;
const KINDS = {
  time: { ...COMPILED, name: "C, `time`", suite: ["time: ./work"] },
  run: { ...COMPILED, name: "C, `run`", suite: ["run: ./work json", "tool: google-benchmark"] },
  node: { name: "Node, `time`", file: "work.mjs", source: NODE, setup: null, suite: ["time: node work.mjs"] },
} as const satisfies Readonly<Record<string, Kind>>;

const { values } = parseArgs({
  options: {
    planted: { type: "string", default: "3" },
    unchanged: { type: "string", default: "20" },
    node: { type: "string", default: "3" },
    busy: { type: "string", default: "2" },
    /** Rounds of what does not change, where its time would else go on to the end of the plan. */
    rounds: { type: "string", default: "6" },
  },
});

/** What the result tells of one statistic. */
interface Told {
  readonly metric: string;
  readonly verdict: string;
  readonly severity: string;
  readonly rounds: number | null;
  readonly ratio: number | null;
  readonly interval: { readonly lower: number; readonly upper: number } | null;
}

/** What one run of the gate said. */
interface Said {
  readonly counted: Told | undefined;
  readonly timed: Told | undefined;
  readonly seconds: number;
  readonly exitCode: number;
}

/** How often a program is measured with a change, and whether what its count came to is right. */
interface Series {
  readonly kind: Kind;
  readonly factor: number;
  readonly runs: number;
  readonly isRight: (said: Said) => boolean;
}

const isRed = ({ counted, exitCode }: Said) =>
  counted?.verdict === "regression" && counted.severity === "gate" && exitCode === 1;
const isRedSoon = (said: Said) => isRed(said) && said.seconds <= 30;
const isCalm = ({ counted }: Said) => counted?.verdict === "unchanged" || counted?.verdict === "not-slower";
const isNeverRed = (said: Said) => said.counted !== undefined && !isRed(said);
const [planted, unchanged, node] = [values.planted, values.unchanged, values.node].map(Number) as [
  number,
  number,
  number,
];

const SERIES: readonly Series[] = [
  { kind: KINDS.time, factor: MORE, runs: planted, isRight: isRedSoon },
  { kind: KINDS.run, factor: MORE, runs: planted, isRight: isRedSoon },
  { kind: KINDS.time, factor: 1, runs: unchanged, isRight: isCalm },
  { kind: KINDS.run, factor: 1, runs: planted, isRight: isCalm },
  { kind: KINDS.node, factor: 1, runs: node, isRight: isNeverRed },
  { kind: KINDS.node, factor: MORE, runs: node, isRight: isNeverRed },
];

const folder = mkdtempSync(join(tmpdir(), "benchgate-counts-"));
const stop = keepBusy(Number(values.busy));
const rows: string[][] = [["program", "change", "count", "ratio", "95 % interval", "time", "rounds", "s", "exit code"]];
let wrong = 0;
try {
  for (const { kind, factor, runs, isRight } of SERIES) {
    const place = repository(kind, factor);
    for (let run = 0; run < runs; run++) {
      const said = await gate(place, factor === 1 ? ["--rounds", values.rounds] : []);
      if (!isRight(said)) wrong++;
      const { counted, timed, seconds, exitCode } = said;
      const ends = counted?.interval ? [counted.interval.lower, counted.interval.upper] : [];
      rows.push([
        kind.name,
        factor === 1 ? "none" : "+2 %",
        counted === undefined ? "not counted" : `${counted.verdict} (${counted.severity})`,
        counted?.ratio?.toFixed(6) ?? "-",
        ends.map((end) => end.toFixed(6)).join(" to ") || "-",
        timed?.verdict ?? "-",
        String(counted?.rounds ?? "-"),
        seconds.toFixed(0),
        String(exitCode),
      ]);
      process.stderr.write(`${isRight(said) ? "" : "WRONG "}${rows.at(-1)!.join(" | ")}\n`);
    }
  }
  process.stdout.write(`${markdownTable(rows)}\n\n${wrong} of ${rows.length - 1} wrong\n`);
  if (wrong > 0) process.exitCode = 1;
} finally {
  stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A repository of two commits, of which the second has the program take `factor` times the steps. */
function repository({ file, source, setup, suite }: Kind, factor: number): string {
  const place = mkdtempSync(join(folder, "repository-"));
  const git = (...argv: string[]) =>
    execFileSync("git", ["-c", "user.name=b", "-c", "user.email=b@example.com", ...argv], {
      cwd: place,
      stdio: "ignore",
    });
  const lines = ["suites:", "  work:", ...[...suite, "count: instructions"].map((line) => `    ${line}`)];
  writeFileSync(
    join(place, "benchgate.yml"),
    [...(setup === null ? [] : [`setup: ${setup}`]), ...lines, ""].join("\n"),
  );
  writeFileSync(join(place, ".gitignore"), "work\n");
  writeFileSync(join(place, file), source(STEPS));
  git("init", "-b", "main");
  git("add", ".");
  git("commit", "-m", "base");
  writeFileSync(join(place, file), source(Math.round(STEPS * factor)));
  // A change there is in any case: a commit wants one.
  writeFileSync(join(place, "README.md"), "head\n");
  git("add", ".");
  git("commit", "-m", "head");
  return place;
}

async function gate(place: string, plan: readonly string[]): Promise<Said> {
  const result = join(folder, "result.json");
  rmSync(result, { force: true });
  const began = performance.now();
  const argv = [CLI, "run", "--base", "HEAD~1", "--explain", "never", ...plan, "--json", result];
  const child = spawn(process.execPath, argv, { cwd: place, stdio: "ignore" });
  const exitCode = await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const seconds = (performance.now() - began) / 1000;
  const { verdicts } = JSON.parse(readFileSync(result, "utf8")) as { readonly verdicts: readonly Told[] };
  const of = (metric: string) => verdicts.find((each) => each.metric === metric);
  return { counted: of("instructions"), timed: of("latency"), seconds, exitCode };
}
