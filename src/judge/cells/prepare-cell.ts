import type { Evidence } from "../../model/evidence.ts";
import type { Recording } from "../../model/recording.ts";
import { storedBaseline } from "../baseline.ts";
import { evidenceOn, statisticsOf } from "../evidence.ts";
import { exponentsIn } from "../growth/complexity.ts";
import type { Rules } from "../judge.ts";
import { prepare } from "../prepare.ts";
import type { BaselineMode, Compared } from "../rows/compared.ts";
import { type Measured, measuredOf } from "../unfitting.ts";
import {
  type Cell,
  type CellRules,
  type Change,
  hasRules,
  inCell,
  type PreparedCell,
  type PreparedComparison,
} from "./cell.ts";
import type { Draw } from "./draw.ts";
import { lightened } from "./lighten.ts";
import { historyOf, merged, prefixOf } from "./merged.ts";

type MeasuredCell = Extract<Cell, { readonly comparisons: unknown }>;

/** A comparison, and the cell that made it. */
type Part = Compared & Pick<MeasuredCell, "name" | "runner" | "looks">;

/**
 * What is known of one cell before the others are.
 *
 * @param parts of one name.
 * @param draw which of the subjects of a comparison are drawn in reports; absent: none.
 */
export function prepareCell(
  parts: readonly Cell[],
  { baseline, candidate }: Change,
  rules: CellRules,
  draw: Draw = () => [],
): PreparedCell {
  const name = parts[0]?.name ?? "";
  const compared = parts.flatMap((cell): Part[] =>
    "missing" in cell
      ? []
      : cell.comparisons.map((each) => ({ ...each, name, runner: cell.runner, looks: cell.looks })),
  );
  const budgets = rules.budgets.map((budget) => inCell(budget, name));
  const evidence: Evidence[] = [];
  const prepared = (
    own: readonly Part[],
    kind: BaselineMode,
    recordings: readonly Recording[],
    looks: Rules["looks"],
  ): PreparedComparison => {
    const after = merged(candidatesOf(own), candidate);
    const [newest, ...older] = recordings;
    const against =
      kind === "stored" || newest === undefined
        ? storedBaseline(recordings)
        : { kind, recordings: [newest, ...older] as const };
    const { subjects, ...found } = prepare(against, after, { budgets, ...(looks !== undefined && { looks }) });
    const comparison = { kind, baseline: recordings, candidate: after };
    const drawn = draw(subjects, found.tried);
    const counting = statisticsOf([
      ...found.tried.map(({ row }) => ({ ...row.subject.measurement, statistic: row.budget.statistic, failure: null })),
      ...found.single,
      ...found.alone,
    ]);
    if (drawn.length > 0)
      evidence.push(
        evidenceOn(
          drawn,
          counting,
          comparison,
          rules.accept.map((each) => inCell(each, name)),
        ),
      );
    return {
      ...lightened(found, name),
      machines: {
        baseline: (kind === "stored" ? [] : own.flatMap((part) => part.baseline)).map(({ environment }) => environment),
        candidate: own.map((part) => part.candidate.environment),
      },
    };
  };
  const beside = compared.filter(({ kind }) => kind === "side-by-side");
  const screened = compared.filter(({ kind }) => kind === "stored");
  const before = beside.flatMap(({ runner, baseline: recordings }) =>
    recordings.map((recording) => ({ name, runner, recording })),
  );
  const sides = {
    beside:
      beside.length === 0
        ? null
        : prepared(beside, "side-by-side", [merged(before, baseline)], planOf(beside) ?? undefined),
    screened: screened.length === 0 ? null : prepared(screened, "stored", historyOf(screened), undefined),
  };
  const growth = [sides.beside, sides.screened].flatMap((each) => each?.growth ?? []);
  const exponents = exponentsIn(growth).map((each) => ({ ...each, suite: each.suite.slice(prefixOf(name).length) }));
  return {
    name,
    missing: parts.filter((cell) => "missing" in cell),
    ...sides,
    confirmed: parts.some(isConfirmed),
    measured: hasRules(rules) ? [...measuredIn(parts), ...exponents] : [],
    evidence,
  };
}

/** What all parts of a cell measured, under the names of their suites, each once. */
function measuredIn(cells: readonly Cell[]): readonly Measured[] {
  return cells.flatMap((cell) =>
    "missing" in cell
      ? [{ suite: "*", benchmark: "*", metric: null }]
      : cell.comparisons.flatMap(({ candidate }) => measuredOf(candidate)),
  );
}

function candidatesOf(parts: readonly Part[]) {
  return parts.map(({ name, runner, candidate }) => ({ name, runner, recording: candidate }));
}

/** The strictest of the cells' plans: as many looks as any of them took. */
function planOf(beside: readonly Part[]): readonly number[] | null {
  return beside.reduce<readonly number[] | null>(
    (most, { looks }) => (looks !== null && looks.length > (most?.length ?? 0) ? looks : most),
    null,
  );
}

/** Whether a cell measured beside the base: to say so is not enough. */
function isConfirmed(cell: Cell): boolean {
  return "confirmed" in cell && cell.confirmed && cell.comparisons.some(({ kind }) => kind === "side-by-side");
}
