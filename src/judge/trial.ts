import { rulesOf, TOLD_BY } from "../model/metric.ts";
import type { StatisticName } from "../model/statistic.ts";
import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { barsOn, isRefused } from "./bars.ts";
import { type Contrast, contrastOf } from "./contrast.ts";
import type { Prior } from "./prior.ts";
import { remarksOn } from "./remarks.ts";
import type { BaselineMode } from "./rows/compared.ts";
import { isComplete } from "./rows/readings.ts";
import type { Row } from "./rows/row.ts";
import { type Severity, severityOf } from "./rows/severity.ts";
import type { Subject } from "./rows/subjects.ts";

/** A row that is tested against a threshold, made ready for its verdict. */
export interface Trial extends Row {
  /** The smallest relative change that matters. */
  readonly threshold: number;
  readonly severity: Severity;
  readonly contrast: Contrast;
  /** Reasons why no verdict may be given, and other remarks. */
  readonly warnings: readonly Warning[];
  /** Whether one of the warnings forbids a verdict. */
  readonly barred: boolean;
}

/** What all rows of a gate have in common. */
export interface Circumstances {
  readonly mode: BaselineMode;
  /** The rounds after which the data were to be looked at; null: at their end alone. */
  readonly looks: Looks | null;
  readonly prior: Prior;
}

/**
 * A row's trial. A budget with a limit alone is tried as nobody's rule is: by the metric's usual threshold, and only told. Null where it has nothing to
 * try.
 */
export function trialOf(row: Row, { mode, looks, prior }: Circumstances): Trial | null {
  const { subject, budget, readings } = row;
  const limited = budget.threshold === null;
  if (limited && !isComplete(readings)) return null;
  const contrast: Contrast = isRefused(row)
    ? { design: "impossible", baseline: null, candidate: null, reason: "too-few", rounds: 0 }
    : contrastOf(subject, readings, { mode, looks, prior: prior(row) });
  const bars = barsOn(row, contrast, mode);
  return {
    ...row,
    threshold: budget.threshold ?? usualThreshold(subject.measurement, budget.statistic),
    severity: limited ? "advisory" : severityOf(row),
    contrast,
    warnings: [...bars, ...remarksOn(row, contrast, mode)],
    barred: bars.length > 0,
  };
}

function usualThreshold({ metric, per }: Subject["measurement"], statistic: StatisticName): number {
  return rulesOf(metric, per).statistics.find(({ name }) => name === statistic)?.rule?.threshold ?? TOLD_BY.threshold;
}
