import { BACKFILLED } from "../baseline/backfilled.ts";
import { gateName, wholeGate } from "../baseline/entry.ts";
import { IMPORTED } from "../baseline/imported.ts";
import { namedBase } from "../baseline/latest-release.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { patternsOf } from "../config/only.ts";
import { SHARD } from "../config/part.ts";
import { type Against, gate } from "../gate.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import type { Compared } from "../judge/rows/compared.ts";
import { looksOf } from "../judge/undecided.ts";
import { suitesAsked } from "../measure/asked.ts";
import { openDeal } from "../measure/deal.ts";
import { partWarning } from "../measure/part-warning.ts";
import { refuseEarly } from "../measure/preflight.ts";
import { GateError } from "../model/error.ts";
import { likeliest } from "../model/nearest.ts";
import type { Shard } from "../model/part.ts";
import { isDeployed, type Suite } from "../model/plan.ts";
import { DEPLOYED } from "../model/recording.ts";
import { type FlagTable, SWITCH, TEXT, type Values } from "../model/setting.ts";
import type { Ports } from "../ports/index.ts";
import { announce, forecastLine } from "../report/words/announce.ts";
import { profilingLine, progressOn } from "../report/words/progress.ts";
import { type PlanWords, reproduceLine } from "../report/words/reproduce.ts";
import { command } from "./command.ts";
import { GOALS, refuseUnfitting, withGoals } from "./goals.ts";
import { herePlace, newSession, refuseOutside } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { readable } from "./prose.ts";
import { checkReports, OTLP_FLAG, REPORT_FLAGS, sendMetrics, writeReports } from "./report-flags.ts";
import { STORE_FLAGS, storeOf } from "./store-flags.ts";
import { findUnfinished, forgetUnfinished, keepUnfinished, type Unfinished } from "./unfinished.ts";

const RUN_FLAGS = {
  base: {
    type: TEXT,
    value: "REF",
    about:
      "The commit, tag or branch to compare this working tree with, side by side; `latest-release` is the highest version tag that HEAD descends from. Without it, the stored baseline is used; suites with `targets` need neither.",
  },
  resume: {
    type: SWITCH,
    about: "Goes on with a measurement that was interrupted. The other flags and both commits must be the same.",
  },
  only: {
    type: TEXT,
    value: "PATTERN",
    about:
      "Measures only the benchmarks that fit, written as `suite/benchmark`, with `*` for any characters: `*/sort` is a benchmark of any suite, `parser` a suite. What its tool cannot leave out is measured, and not reported.",
  },
  shard: {
    type: SHARD,
    value: "NUMBER",
    about:
      "Measures one shard of several: `2/5` is the second of five. Only the names of the benchmarks decide which shard each belongs to, so all machines agree. Both sides of a benchmark are measured here.",
  },
  goal: {
    type: GOALS,
    value: "SHARE",
    about:
      "A promised improvement of all that is measured, proven or missed: `20%` of p50, or `p99=10%, throughput.mean=5%`. With `--only`, of that alone. A missed goal is exit code 1, an open one counts as inconclusive.",
  },
  ...PLAN_FLAGS,
  ...REPORT_FLAGS,
  ...OTLP_FLAG,
  ...STORE_FLAGS,
} as const satisfies FlagTable;

/** The gate on this working tree: against a revision side by side, or against what is stored. */
export const run = command({
  name: "run",
  usage: "[--base REF [--resume]] [--suite S] [--only PATTERN]",
  summary: "the gate on this working tree: measured side by side with --base, or against the stored baseline",
  flags: RUN_FLAGS,
  operands: 0,
  async run(flags, world) {
    const { given } = flags;
    const {
      ports,
      interrupt: { signal },
    } = world;
    const terminal = readable(world.terminal);
    const { base, only } = given;
    await checkReports(given, world);
    const planned = await planOf(given, ports.files, base === null ? null : "side-by-side");
    const shard = shardOf(given);
    const budgets = withGoals(planned.budgets, given.goal);
    const plan = { ...planned, budgets, ...(shard !== null && { part: { shard } }) };
    const suites = plan.suites.map(({ name }) => name);
    const patterns = only === null ? null : patternsOf(only, suites, { path: "--only" });
    const asked = shard === null ? patterns : openDeal(shard, plan.suites, new Map());
    const against = await againstWhat(ports, given, plan.suites);
    const candidate = await herePlace(ports);
    // Without a repository nothing is kept of what is interrupted.
    const experiment =
      against.kind === "side-by-side" && (await ports.git.root()) !== null
        ? { plan, base: against.revision, candidate: candidate.revision }
        : null;
    const before = given.resume ? await resumed(ports, experiment) : null;
    await refuseEarly(ports.files, { ...plan, suites: suitesAsked(plan.suites, asked) }, candidate);
    const { session, seed } = before ?? newSession(ports);
    for (const line of announce(plan, { against, looks: looksOf(plan.pairs), base })) terminal.err(line);
    const {
      outcome: found,
      comparisons,
      interrupted,
      dealt,
    } = await gate(ports, {
      plan,
      candidate,
      against,
      only: asked,
      session,
      seed,
      ...(before && { before: before.recordings }),
      onProgress: progressOn(terminal),
      onForecast: (forecast) => terminal.err(forecastLine(forecast)),
      onProfile: (of) => terminal.err(profilingLine(of)),
      signal,
    });
    terminal.progress("");
    const outcome = { ...found, warnings: [...partWarning(plan.part, dealt), ...found.warnings] };
    if (experiment !== null && interrupted !== null) {
      const kept = await keepUnfinished(ports, experiment, { session, seed, recordings: interrupted });
      terminal.err(`benchgate: interrupted${kept ? "; go on with the same command and --resume" : ""}`);
    } else if (experiment !== null) await forgetUnfinished(ports);
    if (interrupted === null && outcome.judgements.length === 0 && only !== null) {
      const near = likeliest(only.replaceAll("*", ""), namesIn(comparisons));
      throw new GateError(
        `--only ${only} fits nothing that was measured`,
        `${near === null ? "" : `Did you mean ${near}? `}Write it as suite/benchmark, with * for any characters`,
      );
    }
    if (interrupted === null) refuseUnfitting(given.goal, outcome.judgements);
    await writeReports(outcome, given, world, {
      // A branch moves on: the commit that was measured does not.
      reproduce:
        experiment === null || isDeployed(plan.suites)
          ? undefined
          : reproduceLine(experiment.base.sha.slice(0, 12), wordsOf(flags.written)),
      compared: comparisons,
      accept: plan.accept,
      remote: given.html === null ? null : await ports.git.origin(),
    });
    if (interrupted === null) await sendMetrics(outcome, given.otlp, world);
    return exitCodeOf(outcome);
  },
});

/** The shard that is asked for; null for all. */
function shardOf({ shard, only }: Pick<Values<typeof RUN_FLAGS>, "shard" | "only">): Shard | null {
  if (shard === null) return null;
  if (shard === "auto")
    throw new GateError("--shard auto needs a matrix of jobs", "Write which shard this is, such as --shard 2/5");
  if (only === null) return shard;
  throw new GateError(
    "--shard cannot be combined with --only: a shard is dealt from all benchmarks",
    "Leave out either",
  );
}

/** What was measured, as `--only` names it. */
function namesIn(comparisons: readonly Compared[]): readonly string[] {
  const all = comparisons.flatMap(({ candidate }) => candidate.rounds.flatMap(({ measurements }) => measurements));
  return [...new Set(all.map(({ suite, benchmark }) => `${suite}/${benchmark}`))];
}

/** What an earlier run of the same command has recorded. */
async function resumed(ports: Ports, experiment: Parameters<typeof findUnfinished>[1] | null): Promise<Unfinished> {
  if (experiment !== null) return findUnfinished(ports, experiment);
  throw new GateError("--resume goes on with a measurement side by side", "Give --base REF too, or leave it out");
}

async function againstWhat(ports: Ports, given: Values<typeof RUN_FLAGS>, suites: readonly Suite[]): Promise<Against> {
  const { base } = given;
  if (base === null && isDeployed(suites)) return { kind: "side-by-side", revision: DEPLOYED };
  if (base === null) {
    const deployed = suites.find(({ targets }) => targets !== undefined);
    if (deployed !== undefined) {
      throw new GateError(
        `${deployed.name} has targets, which are compared in turns, and other suites have none`,
        "Give --base REF for all of them, or choose suites with --suite",
      );
    }
    const store = storeOf(given, ports);
    const from = (await ports.git.revision("HEAD"))?.sha ?? "";
    return { kind: "stored", store, gate: given.gate ?? (await onlyGate(store)), from };
  }
  await refuseOutside(ports.git);
  return { kind: "side-by-side", revision: await namedBase(ports.git, base) };
}

/** The gate whose entries the store holds, where that is one; with several, the user must say which is meant. */
async function onlyGate(store: BaselineStore): Promise<string> {
  const all = (await store.list()).map((entry) => wholeGate(entry));
  const gates = [...new Set(all)].filter((gate) => gate !== IMPORTED && gate !== BACKFILLED);
  if (gates.length > 1) {
    throw new GateError(
      `${store.place} holds baselines of ${gates.length} gates`,
      `Name one with --gate: ${gates.join(", ")}.`,
    );
  }
  return gates[0] ?? gateName("", "");
}

function wordsOf(written: (name: keyof PlanWords) => readonly string[]): PlanWords {
  const word = (name: keyof PlanWords) => written(name)[0] ?? null;
  return {
    config: word("config"),
    run: word("run"),
    bench: written("bench"),
    tool: word("tool"),
    setup: word("setup"),
    threshold: written("threshold"),
    goal: written("goal"),
    suite: written("suite"),
    only: word("only"),
    shard: word("shard"),
    rounds: word("rounds"),
    "time-budget": word("time-budget"),
  };
}
