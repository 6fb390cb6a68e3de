import type { Judgement, Outcome, Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";

/** A shift of all benchmarks of a suite that stored runs call the machine's. */
type SuiteShift = Extract<Warning, { readonly code: "suite-shift" }>;

/** Of the shifts that stored runs tell of, those that may be the code's all the same, by what was then measured side by side. */
export function openShifts({ warnings }: Pick<Outcome, "warnings">, fresh: Outcome): readonly SuiteShift[] {
  const shifts = warnings.flatMap((warning) => (warning.code === "suite-shift" ? [warning] : []));
  return shifts.filter((shift) => !isMachines(shift, fresh));
}

/** Whether a suite's shift is the machine's: none of those that were to tell got slower side by side, or may have. */
function isMachines({ suite, sentinels }: SuiteShift, { judgements }: Outcome): boolean {
  const rows = judgements.filter(
    (each) => each.suite === suite && (each.benchmark === "*" || sentinels.includes(each.benchmark)),
  );
  const typical = rows.filter(({ metric, statistic }) => metric === "latency" && statistic === "p50");
  const told = new Set(typical.map(({ benchmark }) => benchmark));
  return (
    (told.has("*") || sentinels.every((name) => told.has(name))) &&
    typical.every(({ verdict }) => FINE.includes(verdict))
  );
}

const FINE: readonly Verdict[] = ["unchanged", "not-slower", "improvement", "same-code"];

/** A warning of stored runs: that of a shift which turned out to be the machine's says so. */
export function asChecked(warning: Warning, open: readonly SuiteShift[]): Warning {
  if (warning.code !== "suite-shift" || open.includes(warning)) return warning;
  return { code: "suite-shift-checked", suite: warning.suite, ratio: warning.ratio, sentinels: warning.sentinels };
}

/** A judgement by stored runs: where its suite's shift may be the code's, what is not slower than the others is open. */
export function underShifts(judgement: Judgement, open: readonly SuiteShift[]): Judgement {
  const { suite, metric, unit, verdict, comparison, warnings } = judgement;
  const shift = open.find((each) => each.suite === suite);
  if (shift === undefined || metric !== "latency" || unit !== "s") return judgement;
  if (comparison?.design !== "stored" || !FINE.includes(verdict)) return judgement;
  return { ...judgement, verdict: "inconclusive", warnings: [...warnings, shift] };
}
