import { describeEntries } from "../../baseline/describe.ts";
import { loadSeries } from "../../baseline/load.ts";
import { runsOf } from "../../baseline/select.ts";
import { GateError } from "../../model/error.ts";
import type { Warning } from "../../model/warning.ts";
import type { Terminal } from "../../ports/index.ts";
import type { CliCommand, World } from "../command.ts";
import { compare } from "../compare.ts";
import { explained } from "../explain.ts";
import { ancestorsOfHead } from "../here.ts";
import { run } from "../run.ts";
import { entriesIn, STORE_FLAGS, storeOf } from "../store-flags.ts";
import { flagProperties, objectOf, settingsOf, textOf, textsOf, without, wordsOf } from "./arguments.ts";
import { explanationSchema, historySchema, outcomeSchema } from "./schemas.ts";
import type { Call, Tool, ToolAnswer } from "./server.ts";

/** So many stored runs are told where nobody says how many. */
const RUNS = 20;
const MOST_RUNS = 1000;

/** How far back the ancestry is looked at. */
const DEPTH = 1000;

/** Flags that a client has no use for: where reports go, and what goes on after Ctrl-C. Nor may it send anything anywhere. */
const LEFT_OUT = ["json", "html", "markdown", "junit", "resume", "otlp"];

/** Everything that a client may ask of this working folder. */
export function toolsOf(world: World): readonly Tool[] {
  const runFlags = without(run.flags, LEFT_OUT);
  const compareFlags = without(compare.flags, LEFT_OUT);
  return [
    {
      name: "run",
      title: "Measure a change",
      description:
        "Runs the repository's benchmarks or load tests on this working tree and judges them: with `base`, side by side with that revision, which takes minutes; without it, against stored baselines. Suites come from benchgate.yml, or from `run` and `tool`. With `goal`, an improvement is proven or missed. Runs the repository's own commands.",
      readsOnly: false,
      inputSchema: objectOf(flagProperties(runFlags)),
      outputSchema: outcomeSchema,
      call: (given, call) => judged(world, run, wordsOf(given, runFlags), call),
    },
    {
      name: "compare",
      title: "Compare measurements",
      description:
        "Judges recordings, or outputs of benchmark and load tools, that are there already: `baseline` files, oldest first, against `candidate`. Runs nothing.",
      readsOnly: true,
      inputSchema: objectOf(
        {
          baseline: { type: "array", items: { type: "string" }, minItems: 1, description: "Paths, oldest first." },
          candidate: { type: "string", description: "A path." },
          ...flagProperties(compareFlags),
        },
        ["baseline", "candidate"],
      ),
      outputSchema: outcomeSchema,
      call: ({ baseline, candidate, ...given }, call) => {
        const files = [...textsOf(baseline, "baseline"), textOf(candidate, "candidate")];
        return judged(world, compare, [...wordsOf(given, compareFlags), "--", ...files], call);
      },
    },
    {
      name: "explain",
      title: "Explain by profiles",
      description:
        "Compares profiles (V8 .cpuprofile and .heapprofile, pprof, collapsed stacks) and names the functions that take more in `after` than in `before`. Each is a profile, or a folder with one for each round.",
      readsOnly: true,
      inputSchema: objectOf(
        {
          before: { type: "string", description: "A path." },
          after: { type: "string", description: "A path." },
          "base-tree": { type: "string", description: "The tree that `before` was made in. Default: this folder." },
          tree: { type: "string", description: "The tree that `after` was made in. Default: this folder." },
        },
        ["before", "after"],
      ),
      outputSchema: explanationSchema,
      async call({ before, after, "base-tree": baseTree, tree }) {
        const side = (path: unknown, name: string, root: unknown) => ({
          path: textOf(path, name),
          tree: root === undefined ? null : textOf(root, "tree"),
        });
        const { findings, sentences } = await explained(world.ports, {
          baseline: side(before, "before", baseTree),
          candidate: side(after, "after", tree),
        });
        const { flame: _, ...data } = findings;
        return { text: (sentences ?? ["no function stands out"]).join("\n"), data };
      },
    },
    {
      name: "history",
      title: "Look at stored baselines",
      description:
        "How each benchmark moved over the stored runs: one series for each benchmark, statistic and kind of machine, oldest first. Git fetches what is stored from the remote `origin`, unless it lies in a directory.",
      readsOnly: true,
      inputSchema: objectOf({
        benchmark: { type: "string", description: "Only names (suite/benchmark) that hold this text." },
        runs: {
          type: "integer",
          minimum: 1,
          maximum: MOST_RUNS,
          description: `How many of the newest runs. Default: ${RUNS}.`,
        },
        ...flagProperties(STORE_FLAGS),
      }),
      outputSchema: historySchema,
      call: (given) => historyOf(world, given),
    },
  ];
}

/** Runs a command that judges, with what it would print kept, and its result beside it. */
async function judged(world: World, command: CliCommand, words: readonly string[], call: Call): Promise<ToolAnswer> {
  const folder = await world.ports.files.temporaryFolder();
  const file = `${folder}/result.json`;
  const printed: string[] = [];
  const terminal: Terminal = {
    out: (text) => void printed.push(text),
    // What judges prints text alone.
    bytes: () => {},
    err: call.progress,
    progress: (line) => line !== "" && call.progress(line),
    async *input() {},
    columns: 110,
    colour: false,
  };
  const interrupt = {
    signal: AbortSignal.any([call.signal, world.interrupt.signal]),
    exitCode: () => (call.signal.aborted ? 130 : world.interrupt.exitCode()),
  };
  const code = await command.run([`--json=${file}`, ...words], { ...world, terminal, interrupt });
  // What was ended early is no pass, whatever it had found by then.
  const exitCode = interrupt.exitCode() ?? code;
  const result: unknown = JSON.parse(await world.ports.files.readText(file));
  return { text: printed.join("\n").trim(), data: { exitCode, result } };
}

async function historyOf({ ports }: World, given: Readonly<Record<string, unknown>>): Promise<ToolAnswer> {
  const { benchmark = "", runs = RUNS, ...rest } = given;
  const wanted = textOf(benchmark, "benchmark");
  if (!Number.isInteger(runs) || Number(runs) < 1 || Number(runs) > MOST_RUNS)
    throw new GateError(`runs is not a number from 1 to ${MOST_RUNS}`, "Give one, or leave it out");
  const named = settingsOf(rest, STORE_FLAGS);
  const store = storeOf(named, ports);
  const entries = await entriesIn(store, named.gate);
  const stored = runsOf(describeEntries(entries, await ancestorsOfHead(ports.git, DEPTH)));
  const newest = stored.slice(-Number(runs));
  const { collected, unreadable } = await loadSeries(store, newest.flat());
  const series = collected
    .series()
    .filter((each) => `${each.suite}/${each.benchmark}`.includes(wanted))
    .map(({ fingerprint, points, exact: _, ...about }) => ({ ...about, machine: fingerprint, points }));
  const bad = new Set(unreadable.map(({ entry }) => entry));
  const read = newest.filter((run) => run.some(({ path }) => !bad.has(path)));
  const count = `${read.length} of ${stored.length} stored runs`;
  const lines = series.map(({ suite, benchmark: name, metric, statistic, unit, points }) => {
    const [first, last] = [points[0]!, points.at(-1)!];
    return `${suite}/${name} ${metric} ${statistic}: ${first.value} → ${last.value} ${unit} over ${points.length} runs`;
  });
  const warnings = unreadable.map((each): Warning => ({ code: "unreadable-baseline", ...each }));
  return {
    text: [`${store.place}: ${count}`, ...lines].join("\n"),
    data: { place: store.place, stored: stored.length, series, warnings },
  };
}
