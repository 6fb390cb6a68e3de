import { GateError } from "../../src/model/error.ts";
import { keyOf } from "../../src/model/key.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { Told } from "./answer.ts";
import type { Input } from "./inputs.ts";
import { rewritten } from "./rewritten.ts";
import { canWorsen, isWorse, worsened } from "./worse.ts";

/** An output as both sides could have written it, once more with everything worse, and how much of that stands in the tool's own form. */
export interface Subject {
  readonly input: Input;
  /** Without what failed: a failure is told for itself. */
  readonly base: Recording;
  readonly worse: Recording;
  /** The output that says so; null where it cannot be written in the tool's form. */
  readonly text: string | null;
  /** The benchmarks and metrics that a factor makes worse. */
  readonly worsened: readonly (Told & { readonly metric: string })[];
  /** How many of them the tool's own form says to be worse; the others are made so in the recording. */
  readonly native: number;
}

/** Makes an output worse: in the tool's own form where that can be done, else in what is read from it. */
export async function subjectOf(input: Input): Promise<Subject> {
  const read = (text: string) => readOrNull(input, text);
  const base = withoutFailures(input.recording);
  const text = input.text === null ? null : await rewritten(input.text, input.recording, read);
  const changed = text === null ? null : await read(text);
  const worse = worseThan(base, changed === null ? null : withoutFailures(changed));
  const [before, after] = [measurementsOf(base), changed === null ? null : measurementsOf(changed)];
  const can = [...before].filter(([, measurement]) => canWorsen(measurement));
  const isNative = ([key, measurement]: readonly [string, Measurement]) => {
    const own = after?.get(key);
    return own !== undefined && isWorse(measurement, own);
  };
  const told = (of: readonly (readonly [string, Measurement])[]) => distinct(of.map(([, each]) => toldOf(each)));
  return { input, base, worse, text, worsened: told(can), native: told(can.filter(isNative)).length };
}

/** A recording with every measurement worse: as `rewritten` has it, where that says so, else changed here. */
export function worseThan(base: Recording, rewritten: Recording | null): Recording {
  const after = rewritten === null ? new Map<string, Measurement>() : measurementsOf(rewritten);
  return changedBy(base, (measurement, key) => {
    const own = after.get(key);
    return own !== undefined && isWorse(measurement, own) ? own : worsened(measurement);
  });
}

/** What is read from a text; null where it is refused. */
async function readOrNull(input: Input, text: string): Promise<Recording | null> {
  try {
    return await input.read(text);
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}

/** A recording of what did not fail. */
export function withoutFailures(recording: Recording): Recording {
  return { ...recording, rounds: recording.rounds.map((round) => ({ ...round, failures: [] })) };
}

/** A recording with every measurement changed; `key` names its round, suite, benchmark and metric. */
export function changedBy(
  recording: Recording,
  change: (measurement: Measurement, key: string) => Measurement,
): Recording {
  return {
    ...recording,
    rounds: recording.rounds.map((round, index) => ({
      ...round,
      measurements: round.measurements.map((each) => change(each, measurementKey(index, each))),
    })),
  };
}

/** All measurements of a recording by their round, suite, benchmark and metric. */
export function measurementsOf({ rounds }: Recording): ReadonlyMap<string, Measurement> {
  return new Map(
    rounds.flatMap(({ measurements }, index) =>
      measurements.map((each) => [measurementKey(index, each), each] as const),
    ),
  );
}

function measurementKey(round: number, { suite, benchmark, metric }: Measurement): string {
  return keyOf(String(round), suite, benchmark, metric);
}

/** What a measurement is of. */
export function toldOf({ suite, benchmark, metric }: Measurement): Told & { readonly metric: string } {
  return { suite, benchmark, metric };
}

/** Each of them once. */
export function distinct<T extends Told>(told: readonly T[]): readonly T[] {
  const key = ({ suite, benchmark, metric }: T) => keyOf(suite, benchmark, metric ?? "");
  return [...new Map(told.map((each) => [key(each), each])).values()];
}
