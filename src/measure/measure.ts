import { largest } from "../model/extremes.ts";
import type { DealtBenchmark } from "../model/part.ts";
import type { Suite } from "../model/plan.ts";
import type { Progress } from "../model/progress.ts";
import type { CodeCompared } from "../model/same-code.ts";
import type { Warning } from "../model/warning.ts";
import { Agenda, type LookPlan, type Open } from "./agenda.ts";
import { isDeal, type Only } from "./asked.ts";
import { Canaries } from "./canary.ts";
import { type MeasurePorts, type SlotResult, suiteFailure } from "./execution.ts";
import { Generators } from "./generators.ts";
import { Patience } from "./give-up.ts";
import { Layouts } from "./layout.ts";
import { Narrowing } from "./narrowing.ts";
import { refuseEmptySuites } from "./preflight.ts";
import { type MeasuredSide, Recorder, type Recordings } from "./recorder.ts";
import type { SameCodeFinder } from "./same-code/same-code.ts";
import { dealtFirst, type Side, schedule } from "./schedule.ts";
import { takeTurn } from "./take-turn.ts";
import { TimeBudget } from "./time-budget.ts";
import { busyMachine } from "./vitals.ts";

/** What is measured, and for how long. */
export interface MeasureOptions {
  readonly suites: readonly Suite[];
  /** The candidate alone, or all that are compared. */
  readonly sides: readonly MeasuredSide[];
  /** Rounds a side, at most. */
  readonly rounds: number;
  /** Whether the rounds begin at once, without a turn for each suite that is thrown away: for what is not to be judged. */
  readonly cold?: boolean;
  /** No turn begins that is not expected to end within so many seconds; null: no bound. */
  readonly timeBudget: number | null;
  /** How many pairs of every suite it does not take away. Default: none. */
  readonly reserved?: number;
  readonly seed: number;
  /** The name under which rounds of both sides pair up. */
  readonly session: string;
  /** What is asked about: the warm-ups tell which benchmarks that is, and only they are measured where that can be helped. */
  readonly only?: Only;
  /** Told what a shard measures, once all benchmarks are known. */
  readonly onDealt?: (only: Only) => void;
  /** Absent: every round is measured. */
  readonly looks?: LookPlan;
  /** What is to be measured, where that is not everything. */
  readonly open?: Open;
  /** What was recorded of this session until it was interrupted: only later pairs are measured. */
  readonly before?: Recordings;
  /** Finds out what need not be measured; absent: all is. */
  readonly sameCode?: SameCodeFinder;
  /** Stops the measurement: the unfinished pair is dropped, whole ones are returned. */
  readonly signal?: AbortSignal;
}

/** What was measured. All recordings have the same pairs of each suite. */
export interface Measured {
  readonly recordings: Recordings;
  readonly warnings: readonly Warning[];
  /** Whether `signal` ended it early. */
  readonly interrupted: boolean;
  /** What was found out about the code of both sides; absent where nothing was. */
  readonly code?: CodeCompared;
  /** Where benchmarks were dealt among shards: what is asked about now that all are known, and all that there are. */
  readonly dealt?: Dealt;
}

/** How benchmarks were dealt among shards. */
export interface Dealt {
  readonly only: Only;
  readonly benchmarks: readonly DealtBenchmark[];
}

/**
 * Measures every suite on every side, turn by turn as scheduled, until every suite is decided or has all its rounds. A benchmark that
 * fails is recorded as a `Failure`, never thrown; a suite that goes on failing is given up. Throws a `GateError` where it is plain at the
 * latest after the first turns that nothing can be measured as it was ordered.
 */
export async function measure(
  ports: MeasurePorts,
  options: MeasureOptions,
  onProgress: (progress: Progress) => void = () => {},
): Promise<Measured> {
  const { sides, rounds, signal, before = {}, only = null, sameCode } = options;
  const suites = options.suites.filter(({ name }) => !sameCode?.leavesOut(name));
  await refuseEmptySuites(ports.files, suites, sides.find(({ name }) => name === "candidate")!);
  const folder = await ports.files.temporaryFolder();
  const scheduled = schedule({
    ...options,
    suites: suites.map(({ name }) => name),
    sides: sides.map(({ name }) => name),
  });
  const unsettled = isDeal(only) && !only.settled;
  const { turns, before: listing } = unsettled ? dealtFirst(scheduled, suites) : { turns: scheduled, before: 0 };
  const own = suites.flatMap(({ name, timeBudget }) => (timeBudget === undefined ? [] : [[name, timeBudget] as const]));
  const budget = new TimeBudget(ports.clock, options.timeBudget, new Map(own), options.reserved);
  const canaries = new Canaries(rounds);
  const patience = new Patience();
  const generators = new Generators();
  const taking = { ...options, folder, budget, canaries, patience, generators, layouts: new Layouts(options.seed) };
  const narrowing = new Narrowing(only);
  const environment = await ports.host.environment();
  const began = ports.clock.monotonic();
  const recorder = new Recorder(sides, environment, options.session, before);
  const vitals = ports.host.vitals?.();
  const agenda = new Agenda(options.open ?? new Map(suites.map(({ name }) => [name, null])), options.looks);
  // The suites of which it was said who wrote their output.
  const told = new Set<string>();
  let lookedBack: number | null = null;
  const done = largest(
    Object.values(before).map((each) => each.rounds.length),
    0,
  );

  for (const [index, turn] of turns.entries()) {
    const { suite, pair, warmup } = turn;
    if (!warmup) {
      narrowing.refuseNothing();
      for (const name of (await sameCode?.settle()) ?? []) agenda.narrow(name, []);
    }
    const own = index >= listing ? narrowing.deal() : null;
    if (own !== null) options.onDealt?.(narrowing.only);
    for (const [name, benchmarks] of own ?? []) agenda.narrow(name, benchmarks);
    if (signal?.aborted || agenda.done) break;
    const undecided = agenda.look(turn, (pairs) => recorder.recordings(pairs), sameCode?.settling);
    if (undecided !== null) onProgress({ suite, round: pair, rounds, undecided });
    // After the look, which knows nothing of what was not measured, and before the pair: each suite has a turn before the next look.
    if (!warmup && pair !== lookedBack) {
      lookedBack = pair;
      for (const [name, benchmarks] of (await sameCode?.takeBack()) ?? []) agenda.widen(name, benchmarks);
      for (const each of (await sameCode?.lateAudits()) ?? []) agenda.reopen(each.suite, each.benchmarks);
    }
    if (!agenda.has(suite) || (!warmup && pair < done)) continue;
    if (!budget.allows(turn)) {
      agenda.end(turn);
      continue;
    }
    const secondsLeft = budget.forecast(turns.slice(index).filter((each) => agenda.has(each.suite)));
    const elapsed = ports.clock.monotonic() - began;
    const left = secondsLeft !== null && { secondsLeft };
    const progress = { suite, round: warmup ? 0 : pair + 1, rounds, elapsed, ...left };
    onProgress(progress);
    const startedAt = ports.clock.now().toISOString();
    const turned = ports.clock.monotonic();
    const { results, cutOff } = await takeTurn(
      ports,
      { ...taking, onBenchmark: (benchmark) => onProgress({ ...progress, benchmark }) },
      turn,
      agenda.open,
    );
    const took = Math.round((1000 * (ports.clock.monotonic() - turned)) / turn.order.length) / 1000;
    if (signal?.aborted) {
      recorder.drop(pair);
      break;
    }
    const refusal = results.get("candidate")?.refusal;
    if ((warmup || options.cold) && refusal !== undefined) throw refusal;
    const lost = patience.lost(suite);
    // What the budget has cut off has not failed.
    if (cutOff) agenda.end(turn);
    else if (lost !== null || !warmup) recorder.add(warmup ? done : pair, startedAt, results, { suite, seconds: took });
    if (lost !== null && !cutOff) {
      agenda.giveUp(suite);
      onProgress({ ...progress, givenUp: lost.failures[0]!.reason });
    }
    const asked = warmup && !cutOff ? narrowing.note(suite, results.values()) : null;
    if (asked !== null) agenda.narrow(suite, asked);
    if (warmup && !cutOff) sameCode?.note(suite, results);
    const recognised = [...results.values()].find((result) => result.recognised !== undefined)?.recognised;
    if (recognised !== undefined && !told.has(suite)) onProgress({ ...progress, recognised });
    if (recognised !== undefined) told.add(suite);
  }
  // What is only measured again has been measured: without time for that, its doubts stand.
  const first = done === 0 && options.open === undefined;
  for (const [suite, pairs] of agenda.late) if (pairs === 0 && first) recorder.add(0, "", tooLate(suite, options));
  const cutOff = [...agenda.late].map(
    ([suite, pairs]): Warning => ({ code: "time-budget", suite, rounds: pairs, planned: rounds }),
  );
  const busy = vitals && busyMachine(vitals, ports.host.vitals!(), environment.cores);
  const recordings = recorder.recordings();
  const doubts = (await sameCode?.doubts(recordings)) ?? [];
  const warnings = [...cutOff, ...doubts, ...canaries.warnings(), ...(busy ? [busy] : [])];
  return {
    recordings,
    warnings,
    interrupted: signal?.aborted ?? false,
    ...(sameCode && { code: sameCode.compared }),
    ...(isDeal(only) && { dealt: { only: narrowing.only, benchmarks: narrowing.dealt } }),
  };
}

/** The failure of a suite that the time budget leaves without a single pair. */
function tooLate(suite: string, { sides }: MeasureOptions): ReadonlyMap<Side, SlotResult> {
  const failure = suiteFailure(suite, "the time budget ended before its first round was done. Raise `time-budget`.");
  return new Map(sides.map(({ name }) => [name, failure]));
}
