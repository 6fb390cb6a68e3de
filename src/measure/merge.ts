import type { ParsedRound, ToolFailure } from "../adapters/adapter.ts";
import { keyOf } from "../model/key.ts";
import type { Distribution, ToolMeasurement } from "../model/measurement.ts";

/**
 * What one execution measured, as one round. A tool that starts several processes by itself (hyperfine) reports a round
 * for each; for us the execution is the unit of replication, so their observations are put together. A benchmark that
 * cannot be put together (percentiles) or that comes twice in one process is a failure, and nothing of it is kept.
 */
export function mergeRounds(rounds: readonly ParsedRound[]): ParsedRound {
  const groups = new Map<string, ToolMeasurement[]>();
  const faults = new Map<string, ToolFailure>();
  for (const { measurements } of rounds) {
    const names = new Set<string>();
    for (const measurement of measurements) {
      const key = keyOf(measurement.benchmark, measurement.metric);
      if (names.has(key)) faults.set(measurement.benchmark, clash(measurement));
      names.add(key);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [measurement]);
      else group.push(measurement);
    }
  }
  const merged: ToolMeasurement[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined || faults.has(first.benchmark)) continue;
    const distribution = together(group.map((each) => each.distribution));
    if (distribution === null) faults.set(first.benchmark, unmergeable(first, group.length));
    else merged.push({ ...first, distribution });
  }
  const notes = distinct(rounds.flatMap((round) => round.notes ?? []));
  return {
    measurements: merged.filter(({ benchmark }) => !faults.has(benchmark)),
    failures: [...distinct(rounds.flatMap((round) => round.failures)), ...faults.values()],
    ...(notes.length === 0 ? {} : { notes }),
  };
}

/** Several observations as one distribution; null where they are summaries that cannot be put together. */
function together(distributions: readonly Distribution[]): Distribution | null {
  const [first] = distributions;
  if (first === undefined || distributions.length === 1) return first ?? null;
  const samples: number[] = [];
  for (const distribution of distributions) {
    if (distribution.kind === "samples") for (const sample of distribution.samples) samples.push(sample);
    else if (distribution.kind === "value") samples.push(distribution.value);
    else return null;
  }
  const same = distributions.every((each) => each.kind === "value" && each.exact && each.value === samples[0]);
  return same ? first : { kind: "samples", samples: Float64Array.from(samples) };
}

function clash({ benchmark, metric }: ToolMeasurement): ToolFailure {
  return {
    benchmark,
    reason: `the output holds two benchmarks "${benchmark}" (${metric}). Give each a name of its own.`,
  };
}

function unmergeable({ benchmark, metric }: ToolMeasurement, processes: number): ToolFailure {
  const problem = `the output holds percentiles of ${metric} from ${processes} processes, which cannot be put together`;
  return { benchmark, reason: `${problem}. Start one process in a command: \`rounds\` repeats it.` };
}

/** The same failure, or the same note, of several processes is told once. */
function distinct<Told extends object>(told: readonly Told[]): Told[] {
  return [...new Map(told.map((each) => [JSON.stringify(each), each])).values()];
}
