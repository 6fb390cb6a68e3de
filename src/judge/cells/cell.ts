import type { Environment } from "../../model/environment.ts";
import type { Evidence } from "../../model/evidence.ts";
import type { Acceptance, Budget } from "../../model/plan.ts";
import type { Revision } from "../../model/recording.ts";
import type { Rules } from "../judge.ts";
import type { Prepared } from "../prepare.ts";
import type { Compared } from "../rows/compared.ts";
import type { Measured } from "../unfitting.ts";
import { prefixOf } from "./merged.ts";

/**
 * What one cell of a matrix measured, or one part of it, or why there is nothing of it. The name is empty for a job that is no cell; parts share the name of
 * their cell.
 */
export type Cell =
  | {
      readonly name: string;
      readonly missing: string;
      /** The part of the cell that is missing; absent: all of it. */
      readonly shard?: string;
    }
  | {
      readonly name: string;
      /** Of a part: the runner that measured it. Pairs stay within a runner. */
      readonly runner?: string | undefined;
      /** With stored runs, side by side, or both. */
      readonly comparisons: readonly Compared[];
      /** The pairs after which the measurement side by side could stop. */
      readonly looks: readonly number[] | null;
      /**
       * Whether what stored runs leave in doubt was measured side by side: what that did not answer is open then. It counts only where there is such a
       * measurement.
       */
      readonly confirmed: boolean;
    };

/** What is on trial and what it is compared with: from the event, never from a cell. */
export interface Change {
  readonly baseline: Revision;
  readonly candidate: Revision;
}

/** The rules of a gate over cells: budgets and acceptances are written for suites, and hold in every cell. */
export type CellRules = Omit<Rules, "looks" | "code" | "partial">;

/** One comparison of a cell, as far as it can be judged without the other cells. */
export interface PreparedComparison extends Prepared {
  /** The machines of each side. */
  readonly machines: { readonly baseline: readonly Environment[]; readonly candidate: readonly Environment[] };
}

/** A cell as it is held until all are judged: nothing of it is as long as its recordings. */
export interface PreparedCell {
  readonly name: string;
  readonly missing: readonly Extract<Cell, { readonly missing: string }>[];
  readonly beside: PreparedComparison | null;
  readonly screened: PreparedComparison | null;
  /** Whether what its stored runs leave in doubt is open where the measurement side by side did not answer it. */
  readonly confirmed: boolean;
  /** What its rules may be for; empty where there are no rules but the defaults. */
  readonly measured: readonly Measured[];
  readonly evidence: readonly Evidence[];
}

/** What a job without a cell is called, where it has left nothing that has a name. */
const UNNAMED = "benchmarks";

/** What a cell, or a part of one, is called where it is missing. */
export function missingName({ name, shard }: Extract<Cell, { readonly missing: string }>): string {
  return shard === undefined ? name || UNNAMED : `${prefixOf(name)}${shard}`;
}

/** A rule for suites as the rule for one cell's suites. */
export function inCell<T extends Budget | Acceptance>(rule: T, cell: string): T {
  return { ...rule, match: `${prefixOf(cell)}${rule.match}` };
}

/** Whether there are rules that may fit nothing. */
export function hasRules({ budgets, accept }: CellRules): boolean {
  return accept.length > 0 || budgets.some(({ origin }) => origin !== "default");
}
