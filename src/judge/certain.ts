import { traitsOf } from "../model/metric.ts";
import { median } from "../stats/summary.ts";
import type { BaselineMode } from "./rows/compared.ts";
import { isDeclaredExact, isFact, observations } from "./rows/fact.ts";
import { meanOf, type Reading, type Readings } from "./rows/readings.ts";
import type { Subject } from "./rows/subjects.ts";

/** A contrast that needs no statistics: any difference is real. */
export interface ExactContrast {
  readonly design: "exact";
  readonly baseline: number;
  readonly candidate: number;
  readonly rounds: number;
}

/** Rounds that must all agree before a side counts as zero, or as constant. */
const ROUNDS_TO_TRUST = 5;

/**
 * What needs no statistics: deterministic values, rounds that all agree, and something where there never was anything. Null where only statistics tell, if
 * anything does.
 */
export function certainContrast(subject: Subject, values: Readings, mode: BaselineMode): ExactContrast | null {
  return withoutStatistics(subject, values, mode) ?? withZeros(subject, values);
}

function withoutStatistics(subject: Subject, values: Readings, mode: BaselineMode): ExactContrast | null {
  const { baseline, candidate } = values;
  const before = baseline[0]![0]!.value;
  const after = candidate[0]!.value;
  const exactly = (from: number, to: number): ExactContrast => ({
    design: "exact",
    baseline: from,
    candidate: to,
    rounds: candidate.length,
  });

  // What an operation allocates may vary after all, by how many there were: a difference that two rounds agree on by chance is none.
  const isTold = before === after || isDeclaredExact(subject) || observedOften(subject, mode);
  const areFacts = isFact(subject) && agree(armOf(baseline, mode), before) && agree(candidate, after);
  if (areFacts && isTold) return exactly(before, after);

  const agreed = agreedLevels(subject, values);
  if (agreed !== null && fewerRounds(values, mode) >= ROUNDS_TO_TRUST) return exactly(...agreed);
  // A latency of 0 on both sides says that the clock never ticked, not that nothing changed.
  const ticked = subject.measurement.metric !== "latency";
  return ticked && agree(baseline.flat(), 0) && agree(candidate, 0) ? exactly(0, 0) : null;
}

/** How many rounds the smaller side has, where all of them agree but are too few to trust that. Null where more rounds of their kind tell nothing. */
export function agreeingRounds(subject: Subject, values: Readings, mode: BaselineMode): number | null {
  const rounds = fewerRounds(values, mode);
  return rounds < ROUNDS_TO_TRUST && agreedLevels(subject, values) !== null ? rounds : null;
}

/** What all rounds agree on, however few: one number a side, or something where there never was anything. */
function agreedLevels(
  { measurement }: Subject,
  { baseline, candidate, resolution }: Readings,
): readonly [baseline: number, candidate: number] | null {
  const before = baseline[0]![0]!.value;
  const after = candidate[0]!.value;
  // A clock's tick makes times agree as well, and a tool's rounding: they are not deterministic for that.
  const time = measurement.unit === "s";
  if (!time && resolution === 0 && agree(baseline.flat(), before) && agree(candidate, after)) return [before, after];
  // A time of 0 says that the clock did not tick: only what is several of its steps was not there before.
  const isThere = ({ value }: Reading) => value > 2 * resolution && (resolution > 0 || !time);
  return agree(baseline.flat(), 0) && candidate.every(isThere) ? [0, meanOf(candidate)!] : null;
}

/** The readings of the baseline that count as one side: of deterministic values the newest stored run, since older code had its own. */
function armOf<T>(baseline: readonly (readonly T[])[], mode: BaselineMode): readonly T[] {
  return mode === "stored" ? (baseline[0] ?? []) : baseline.flat();
}

function fewerRounds({ baseline, candidate }: Readings, mode: BaselineMode): number {
  return Math.min(armOf(baseline, mode).length, candidate.length);
}

function agree(arm: readonly Reading[], value: number): boolean {
  return arm.every((reading) => reading.value === value);
}

/** Whether both sides of a fact were observed often enough to tell a difference from chance. */
function observedOften({ baseline, candidate }: Subject, mode: BaselineMode): boolean {
  return observations(armOf(baseline, mode)) >= ROUNDS_TO_TRUST && observations(candidate) >= ROUNDS_TO_TRUST;
}

/** In one round of so many a side may differ from all its others in whether it reads zero. */
const ROUNDS_PER_EXCEPTION = 12;

/** A metric that is zero wherever all is well: whether it is not on one side, in all of its rounds but few. Null where both read more, or where a side cannot make up its mind. */
function withZeros({ measurement }: Subject, { baseline, candidate }: Readings): ExactContrast | null {
  if (traitsOf(measurement.metric).sparse !== true) return null;
  const [before, after] = [baseline.flat(), candidate].map((arm) => settledZero(arm.map(({ value }) => value)));
  if (before == null || after == null || (before > 0 && after > 0)) return null;
  return { design: "exact", baseline: before, candidate: after, rounds: candidate.length };
}

/** 0 where a side reads zero in all of its rounds but few, the median of what it reads where few are zero; null where neither. */
function settledZero(values: readonly number[]): number | null {
  const positive = values.filter((value) => value > 0);
  const exceptions = Math.floor(values.length / ROUNDS_PER_EXCEPTION);
  if (values.length < ROUNDS_TO_TRUST) return null;
  if (positive.length <= exceptions) return 0;
  return values.length - positive.length <= exceptions ? median(positive) : null;
}
