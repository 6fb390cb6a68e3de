import { benchmarkKey, keyOf } from "../model/key.ts";
import type { Judgement } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { covers, type Lineup, type SideFailure, type Subject } from "./rows/subjects.ts";

type Side = SideFailure["side"];

/** The sides on which the benchmark of a subject failed in so many rounds that there is nothing to compare: in half of them at least. */
export type FailedOn = (subject: Pick<Subject, "suite" | "benchmark">) => readonly Side[];

/** How often each benchmark failed, and where it failed too often. A benchmark is there in a round where any of its metrics is. */
export function failedOn(subjects: readonly Subject[]): FailedOn {
  const counts = countsOf(subjects);
  return (subject) => {
    const found = counts.get(benchmarkKey(subject));
    return SIDES.filter(
      (side) => found !== undefined && found[side].failed > 0 && 2 * found[side].failed >= found[side].of,
    );
  };
}

const SIDES = ["baseline", "candidate"] as const;

interface Count {
  readonly failed: number;
  readonly of: number;
}

function countsOf(subjects: readonly Subject[]): ReadonlyMap<string, Readonly<Record<Side, Count>>> {
  const counts = new Map<string, Readonly<Record<Side, Count>>>();
  for (const subject of subjects) {
    const { baseline, candidate, failed } = subject;
    const count = (rounds: number, { length }: readonly unknown[]) => ({ failed: length, of: rounds + length });
    const own = {
      baseline: count(baseline.flat().length, failed.baseline),
      candidate: count(candidate.length, failed.candidate),
    };
    const known = counts.get(benchmarkKey(subject)) ?? own;
    const most = (side: Side) => (own[side].of > known[side].of ? own[side] : known[side]);
    counts.set(benchmarkKey(subject), { baseline: most("baseline"), candidate: most("candidate") });
  }
  return counts;
}

/** One judgement for each benchmark that failed too often on a side; a whole suite's failure is one for each benchmark that it is known to have. */
export function failedJudgements({ subjects, failures }: Lineup): readonly Judgement[] {
  const isFailed = failedOn(subjects);
  const found = new Map<string, Judgement>();
  for (const { failure, benchmark, subject } of told(subjects, failures)) {
    const key = keyOf(failure.suite, benchmark);
    if (found.has(key) || (subject !== null && !isFailed(subject).includes(failure.side))) continue;
    found.set(key, judgementOn(failure, benchmark, subject));
  }
  return [...found.values()];
}

/** What failed in a few rounds of many, once for each benchmark and side: the others are compared, and nobody must miss it. */
export function failedRounds({ subjects, failures }: Lineup): readonly Warning[] {
  const isFailed = failedOn(subjects);
  const counts = countsOf(subjects);
  const found = new Map<string, Warning>();
  for (const { failure, benchmark, subject } of told(subjects, failures)) {
    const { suite, side, reason } = failure;
    const key = keyOf(suite, benchmark, side);
    if (found.has(key) || subject === null || isFailed(subject).length > 0) continue;
    const { failed, of } = counts.get(benchmarkKey(subject))![side];
    found.set(key, { code: "failed-rounds", suite, benchmark, side, failed, of, reason });
  }
  return [...found.values()];
}

/** A failure of one benchmark; of one that nobody has measured there is no subject. */
interface Told {
  readonly failure: SideFailure;
  readonly benchmark: string;
  readonly subject: Subject | null;
}

/** Each failure for each benchmark that it covers. */
function told(subjects: readonly Subject[], failures: readonly SideFailure[]): readonly Told[] {
  return failures.flatMap((failure): Told[] => {
    const known = subjects.filter(({ measurement }) => covers(failure, measurement));
    if (known.length === 0) return [{ failure, benchmark: failure.name, subject: null }];
    return [...new Set(known.map(({ benchmark }) => benchmark))].map((benchmark) => ({
      failure,
      benchmark,
      subject: known.find((each) => each.benchmark === benchmark)!,
    }));
  });
}

/** What is told of a benchmark that nobody has measured. */
const UNKNOWN = { metric: "latency", unit: "s", better: "lower", source: undefined } as const;

function judgementOn(
  { suite, side, reason, output, ...failure }: SideFailure,
  benchmark: string,
  subject: Subject | null,
): Judgement {
  const { metric, unit, better, source } = subject?.measurement ?? UNKNOWN;
  const [budget] = subject?.budgets ?? failure.budgets;
  return {
    suite,
    benchmark,
    metric,
    statistic: budget?.statistic ?? "p50",
    unit,
    better,
    verdict: "failed",
    // A baseline that does not run must not keep its own repair out.
    severity: side === "candidate" ? "gate" : "advisory",
    threshold: budget?.threshold ?? null,
    baseline: null,
    candidate: null,
    comparison: null,
    limit: null,
    goal: null,
    accepted: null,
    failure: { side, reason, output },
    warnings: [],
    source: source ?? null,
  };
}
