import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { judge } from "../../src/judge/judge.ts";
import { looksOf, undecided } from "../../src/judge/undecided.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { type Random, shuffle } from "../../src/stats/random.ts";
import { recordingFrom, simulated } from "../operating-characteristics/judged.ts";
import { randomOf } from "../operating-characteristics/seed.ts";
import type { Arm, Session, Sides } from "./session.ts";

/** What a gate is made of: benchmarks of sessions, the same one never twice. */
export type Members = (random: Random) => readonly Member[];

interface Member {
  /** Unique in its gate. */
  readonly name: string;
  readonly session: number;
  readonly sides: Sides;
}

/** A way to replay recorded pairs. */
export interface Trial {
  readonly name: string;
  readonly members: Members;
  /** The threshold of p50. */
  readonly threshold: number;
  /** How much slower one of the candidates is made, at random which; null: none. */
  readonly planted: Planted | null;
  /** What of p99 is judged too: nothing, whole rounds alone, or slices beside them as the gate has it. */
  readonly tails: "none" | "whole" | "sliced";
  /** The statistic whose rows are counted. */
  readonly counted: "p50" | "p99";
  readonly gates: number;
}

/** By which share each of a benchmark's numbers is larger: whole rounds' p50 with their middles, their p99, and the p99 of their slices. */
export interface Planted {
  readonly p50: number;
  readonly p99: number;
  readonly tails: number;
}

/** What became of the gates of a trial. */
export interface Ended {
  readonly trial: Trial;
  /** Unchanged rows of the statistic that is counted, how many of them were open at the end, and how many slower. */
  readonly rows: number;
  readonly open: number;
  readonly slower: number;
  /** Of how many of them the interval that is shown holds the truth, which is no change. */
  readonly covered: number;
  readonly gates: Readonly<Record<Outcome["outcome"], number>>;
  /** Rows of the statistic that were too noisy to judge. */
  readonly unjudged: number;
  /** Gates in which what was planted was found, and in which its row is no regression and not in doubt. */
  readonly found: number;
  readonly passed: number;
  /** Pairs of an unchanged row. */
  readonly pairs: number;
  /** By benchmark: how often it was in doubt, or missed, of how many. */
  readonly doubtful: ReadonlyMap<string, { readonly hits: number; readonly of: number }>;
}

/** One whole session a gate. */
export function asRecorded(sessions: readonly Session[]): Members {
  return (random) => {
    const session = Math.floor(random() * sessions.length);
    return membersOf(sessions[session]!, session);
  };
}

/** So many benchmarks drawn from all sessions. */
export function drawnFrom(sessions: readonly Session[], count: number): Members {
  const all = sessions.flatMap(membersOf);
  return (random) => shuffle(all, random).slice(0, count);
}

function membersOf({ benchmarks }: Session, session: number): readonly Member[] {
  return Object.entries(benchmarks).map(([name, sides]) => ({ name: `${name} ${session}`, session, sides }));
}

/**
 * Gates of recorded pairs: in each the pairs of a session come in another order, and in each pair either side is the candidate, the same for all
 * benchmarks of a session, as what disturbs one of them disturbs its neighbours.
 */
export function replay(trial: Trial, seed: number): Ended {
  const gates = { pass: 0, warn: 0, fail: 0 };
  const doubtful = new Map<string, { hits: number; of: number }>();
  let [rows, open, slower, covered, unjudged, found, passed, pairs] = [0, 0, 0, 0, 0, 0, 0, 0];
  const note = (name: string, hit: boolean) => {
    const benchmark = name.slice(0, name.lastIndexOf(" "));
    const known = doubtful.get(benchmark) ?? { hits: 0, of: 0 };
    doubtful.set(benchmark, { hits: known.hits + Number(hit), of: known.of + 1 });
  };
  for (let gate = 0; gate < trial.gates; gate++) {
    const random = randomOf(seed, trial.name, gate);
    const members = trial.members(random);
    const slowed = trial.planted !== null ? members[Math.floor(random() * members.length)]!.name : null;
    const { outcome, judgements } = ended(trial, members, slowed, random);
    gates[outcome]++;
    const counted = judgements.filter(({ statistic }) => statistic === trial.counted);
    const isSettled = ({ verdict }: Judgement) => verdict !== "inconclusive" && verdict !== "regression";
    unjudged += members.length - counted.length;
    passed += Number(slowed !== null && counted.every((each) => each.benchmark !== slowed || isSettled(each)));
    for (const { benchmark, verdict, comparison } of counted) {
      if (benchmark === slowed) {
        found += Number(verdict === "regression");
        note(benchmark, verdict !== "regression");
        continue;
      }
      rows++;
      open += Number(verdict === "inconclusive");
      slower += Number(verdict === "regression");
      covered += Number(comparison !== null && comparison.interval.lower <= 1 && comparison.interval.upper >= 1);
      pairs += comparison?.rounds ?? 0;
      if (slowed === null) note(benchmark, verdict === "inconclusive");
    }
  }
  return {
    trial,
    rows,
    open,
    slower,
    covered,
    unjudged,
    gates,
    found,
    passed,
    pairs: pairs / Math.max(1, rows),
    doubtful,
  };
}

/** A gate as it would have ended: after each look only what is open is measured on. */
function ended(trial: Trial, members: readonly Member[], slowed: string | null, random: Random): Outcome {
  const count = members[0]!.sides.candidate.p50.length;
  const looks = looksOf(count);
  const budgets = DEFAULT_BUDGETS.filter(({ statistic }) => trial.tails !== "none" || statistic === "p50").map(
    (budget) =>
      budget.metric === "latency" && budget.statistic === "p50" ? { ...budget, threshold: trial.threshold } : budget,
  );
  const rules = { budgets, accept: [], onInconclusive: "warn", today: "2026-01-01", looks } as const;
  const orders = new Map<number, readonly (readonly [pair: number, swapped: boolean])[]>();
  for (const { session } of members) {
    if (orders.has(session)) continue;
    const order = shuffle(
      Array.from({ length: count }, (_, pair) => pair),
      random,
    );
    orders.set(
      session,
      order.map((pair) => [pair, random() < 0.5] as const),
    );
  }
  const stopped = new Map<string, number>();
  for (const look of looks) {
    const side = (isCandidate: boolean) =>
      recordingFrom(look, "replay", (at) =>
        members.flatMap(({ name, session, sides }) => {
          if (at >= (stopped.get(name) ?? look)) return [];
          const [pair, swapped] = orders.get(session)![at]!;
          const arm = isCandidate === swapped ? sides.baseline : sides.candidate;
          const planted = (isCandidate && name === slowed && trial.planted) || NOTHING;
          return [measurementOf(name, arm, pair, { planted, samples: sides.samples, tails: trial.tails })];
        }),
      );
    const outcome = judge({ kind: "side-by-side", recordings: [side(false)] }, side(true), rules);
    const open = new Set(undecided(outcome, count).open.get("simulated") ?? []);
    if (look === count || open.size === 0) return outcome;
    for (const { name } of members) if (!open.has(name) && !stopped.has(name)) stopped.set(name, look);
  }
  throw new RangeError("there is always a last look");
}

const NOTHING: Planted = { p50: 0, p99: 0, tails: 0 };

/** What one side of a pair measured, made slower. */
function measurementOf(
  benchmark: string,
  arm: Arm,
  pair: number,
  { planted, samples, tails }: Pick<Trial, "tails"> & { readonly planted: Planted; readonly samples: number },
): Measurement {
  const slower = (values: readonly number[], share: number) => values.map((value) => value * (1 + share));
  const p50 = arm.p50[pair]! * (1 + planted.p50);
  const p99 = arm.p99[pair]! * (1 + planted.p99);
  const slices = tails === "sliced" ? slower(arm.tails[pair]!, planted.tails) : [];
  return {
    ...simulated(benchmark, { "0.5": p50, ...(tails !== "none" && { "0.99": p99 }) }, samples),
    medians: slower(arm.medians[pair]!, planted.p50),
    // They were recorded where the judge takes them.
    ...(slices.length > 0 && { tails: slices, perSlice: 100 }),
  };
}
