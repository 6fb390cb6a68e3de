import type { Warning } from "../model/warning.ts";
import type { Looks } from "../stats/sequential.ts";
import { barsOn, isRefused } from "./bars.ts";
import type { BaselineMode } from "./compared.ts";
import { type Contrast, contrastOf } from "./contrast.ts";
import type { Prior } from "./prior.ts";
import { remarksOn } from "./remarks.ts";
import type { Row } from "./row.ts";
import { type Severity, severityOf } from "./severity.ts";

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

/** A row's trial; null where its budget has a limit alone, and nothing is to be tested. */
export function trialOf(row: Row, { mode, looks, prior }: Circumstances): Trial | null {
  const { subject, budget, readings } = row;
  if (budget.threshold === null) return null;
  const contrast: Contrast = isRefused(row)
    ? { design: "impossible", baseline: null, candidate: null, reason: "too-few", rounds: 0 }
    : contrastOf(subject, readings, { mode, looks, prior: prior(row) });
  const bars = barsOn(row, contrast, mode);
  return {
    ...row,
    threshold: budget.threshold,
    severity: severityOf(row),
    contrast,
    warnings: [...bars, ...remarksOn(row, contrast, mode)],
    barred: bars.length > 0,
  };
}
