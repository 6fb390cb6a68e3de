import type { Cell, CellRules } from "../../../src/judge/cells/cell.ts";
import { prepareCell } from "../../../src/judge/cells/prepare-cell.ts";
import { concludeCells } from "../../../src/judge/fan-in.ts";
import type { Outcome } from "../../../src/model/verdict.ts";

type Change = Parameters<typeof concludeCells>[1];

/**
 * One verdict over all cells of a matrix: every benchmark under the name `cell/suite`, all comparisons in one family, as if one job had measured
 * them. A cell without recordings is a failure. The step reads and prepares one cell after the other (src/action/judging.ts).
 */
export function judgeCells(cells: readonly Cell[], change: Change, rules: CellRules): { readonly outcome: Outcome } {
  const names = [...new Set(cells.map(({ name }) => name))];
  const prepared = names.map((name) =>
    prepareCell(
      cells.filter((cell) => cell.name === name),
      change,
      rules,
    ),
  );
  return { outcome: concludeCells(prepared, change, rules) };
}
