import type { Adapter, ParsedRound } from "../adapters/adapter.ts";
import type { Failure } from "../model/measurement.ts";
import { type SlotResult, suiteFailure, withSource } from "./execution.ts";
import { mergeRounds } from "./merge.ts";

/** The most measurements that one suite may give in a round: twice as many take the judge minutes, a million all of the memory. */
const MOST_MEASUREMENTS = 200_000;

/** What was read of the benchmarks that were `named` to a tool whose output goes on holding what it found of others before; null: all were. */
export function onlyNamed(rounds: readonly ParsedRound[], named: readonly string[] | null): readonly ParsedRound[] {
  if (named === null) return rounds;
  const wanted = new Set(named);
  const isNamed = ({ benchmark }: { readonly benchmark: string }) => benchmark === "*" || wanted.has(benchmark);
  // A benchmark that fails as a whole is told without its parameters.
  const combinationsOf = (name: string) => named.filter((each) => each.startsWith(`${name}(`));
  return rounds.map(({ measurements, failures, notes, ...rest }) => ({
    ...rest,
    measurements: measurements.filter(isNamed),
    failures: failures.flatMap((failure) =>
      isNamed(failure)
        ? [failure]
        : combinationsOf(failure.benchmark).map((benchmark): typeof failure => ({ ...failure, benchmark })),
    ),
    ...(notes && { notes: notes.filter(isNamed) }),
  }));
}

/** A round that failed as a whole where its tool was told by name what to run: what was measured in earlier rounds has not failed with it. */
export function failedAlone(round: SlotResult, named: readonly string[] | null): SlotResult {
  if (named === null || named.length === 0 || round.measurements.length > 0) return round;
  const each = (failure: Failure) => named.map((benchmark) => ({ ...failure, benchmark }));
  return {
    ...round,
    failures: round.failures.flatMap((failure) => (failure.benchmark === "*" ? each(failure) : [failure])),
  };
}

/** What an adapter read, as one round of the suite. `source` is where benchmarks are defined that do not say so themselves. */
export function fileRounds(
  suite: string,
  { title }: Pick<Adapter, "title">,
  rounds: readonly ParsedRound[],
  { output, source }: Pick<Failure, "output" | "source">,
): SlotResult {
  const round = mergeRounds(rounds);
  const outputs = rounds.find((each) => each.outputs !== undefined)?.outputs;
  if (round.measurements.length === 0 && round.failures.length === 0) {
    const remedy = "Check that the command runs any, and that a filter does not exclude them all";
    return suiteFailure(suite, `the output (${title}) holds no benchmark. ${remedy}.`, {
      output,
      ...withSource(source),
    });
  }
  const count = round.measurements.length + round.failures.length;
  if (count > MOST_MEASUREMENTS) {
    const problem = `the output (${title}) holds ${count} measurements, and a suite may have ${MOST_MEASUREMENTS}`;
    return suiteFailure(suite, `${problem}. Run fewer benchmarks, or split them into suites.`, {
      output,
      ...withSource(source),
    });
  }
  return {
    measurements: round.measurements.map((measurement) => ({ ...withSource(source), ...measurement, suite })),
    failures: round.failures.map((failure) => ({ ...failure, suite, output, ...withSource(source) })),
    ...(round.notes === undefined ? {} : { notes: round.notes.map((note) => ({ ...note, suite })) }),
    ...(outputs === undefined ? {} : { outputs }),
  };
}
