import type { Plan } from "../model/plan.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import { outcomeOf } from "./judge.ts";

/** The benchmarks that were measured again, by suite. */
type Doubts = ReadonlyMap<string, readonly string[]>;

/**
 * The screening's outcome with the fresh one in place of whatever was in doubt: what stored history could decide stands, and only
 * rounds that were measured side by side make anything red.
 */
export function settle(
  screened: Outcome,
  fresh: Outcome,
  doubts: Doubts,
  onInconclusive: Plan["onInconclusive"],
): Outcome {
  const again = ({ suite, benchmark }: Pick<Judgement, "suite" | "benchmark">) =>
    benchmark === "*" ? doubts.has(suite) : (doubts.get(suite)?.includes(benchmark) ?? false);
  const kept = screened.judgements.filter((judgement) => !again(judgement));
  const judgements = [...fresh.judgements.filter(again), ...kept];
  const benchmarks = [...doubts.values()].reduce((sum, each) => sum + each.length, 0);
  // A shift that whole suites shared is what the second measurement was for.
  const warnings = screened.warnings.filter((warning) => warning.code !== "common-shift");
  return {
    ...(kept.length === 0 ? fresh : screened),
    outcome: outcomeOf(judgements, onInconclusive),
    judgements,
    warnings: [{ code: "measured-again", benchmarks, kept: kept.length }, ...warnings, ...fresh.warnings],
    ...(fresh.experiment && { experiment: fresh.experiment }),
  };
}
