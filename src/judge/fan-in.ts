import { largest } from "../model/extremes.ts";
import { benchmarkKey } from "../model/key.ts";
import type { Revision } from "../model/recording.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { storedBaseline } from "./baseline.ts";
import {
  type CellRules,
  type Change,
  hasRules,
  inCell,
  missingName,
  type PreparedCell,
  type PreparedComparison,
} from "./cells/cell.ts";
import { common, prefixOf } from "./cells/merged.ts";
import { asChecked, openShifts, underShifts } from "./checked-shift.ts";
import { conclude, type Rules } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import { type Prepared, prepare } from "./prepare.ts";
import { growthOfBoth, inDoubt, stillTrue } from "./settle.ts";
import { unfitting } from "./unfitting.ts";

/** One verdict over what was prepared of all cells. */
export function concludeCells(
  cells: readonly PreparedCell[],
  { baseline, candidate }: Change,
  rules: CellRules,
): Outcome {
  const names = cells.map(({ name }) => name);
  const own = { ...rules, accept: names.flatMap((name) => rules.accept.map((each) => inCell(each, name))) };
  const beside = cells.flatMap((cell) => cell.beside ?? []);
  const screened = cells.flatMap((cell) => cell.screened ?? []);
  const gone = missingCells(cells, candidate, rules);
  const outcomes: Outcome[] = [];
  if (beside.length > 0) {
    const machines = common(beside.flatMap((each) => each.machines.baseline));
    const before = { kind: "side-by-side", revision: baseline, environment: machines, runs: 1 } as const;
    outcomes.push(conclude([...beside, ...gone], { baseline: before, candidate: after(beside, candidate) }, own));
  }
  if (screened.length > 0 || outcomes.length === 0) {
    const more = outcomes.length === 0 ? gone : [];
    const whole = { baseline: historyAsWhole(screened), candidate: after(screened, candidate) };
    outcomes.push(conclude([...screened, ...more], whole, own));
  }
  const outcome = named(together(outcomes, cells, rules.onInconclusive), names);
  if (!hasRules(rules)) return outcome;
  const measured = new Map(cells.flatMap((cell) => cell.measured).map((each) => [JSON.stringify(each), each]));
  const idle = unfitting(rules, [...measured.values()], outcome.judgements.map(withoutCell));
  return { ...outcome, warnings: [...outcome.warnings, ...idle] };
}

function after(compared: readonly PreparedComparison[], revision: Revision) {
  return { revision, environment: common(compared.flatMap(({ machines }) => machines.candidate)) };
}

/** The histories of all cells as one: as many runs as any of them has. */
function historyAsWhole(screened: readonly PreparedComparison[]): Prepared["baseline"] {
  const stored = screened.flatMap(({ baseline }) => (baseline.kind === "none" ? [] : [baseline]));
  const [first] = stored;
  if (first === undefined) return { kind: "none", stored: 0, differs: [] };
  return {
    ...first,
    environment: common(stored.map(({ environment }) => environment)),
    runs: largest(stored.map(({ runs }) => runs)),
  };
}

/** What is missing, as failures of suites that nobody has measured. */
function missingCells(
  cells: readonly PreparedCell[],
  candidate: Revision,
  { budgets }: CellRules,
): readonly Prepared[] {
  const missing = cells.flatMap((cell) => cell.missing);
  if (missing.length === 0) return [];
  const failures = missing.map((cell) => ({
    suite: missingName(cell),
    benchmark: "*",
    reason: cell.missing,
    output: "",
  }));
  const round = { session: "", pair: 0, startedAt: "", measurements: [], failures };
  const names = [...new Set(missing.map(({ name }) => name))];
  const own = names.flatMap((name) => budgets.map((budget) => inCell(budget, name)));
  const recording = { revision: candidate, environment: common([]), rounds: [round] };
  return [prepare(storedBaseline([]), recording, { budgets: own })];
}

/** A judgement under the name of its suite, as budgets and acceptances have it. */
function withoutCell(judgement: Judgement): Judgement {
  const { cell, suite } = judgement;
  return cell === undefined ? judgement : { ...judgement, suite: suite.slice(prefixOf(cell).length) };
}

/** What was measured side by side, and beside it what stored runs say of the rest. */
function together(
  outcomes: readonly Outcome[],
  cells: readonly PreparedCell[],
  onInconclusive: Rules["onInconclusive"],
): Outcome {
  const [first, stored] = outcomes as [Outcome, Outcome?];
  if (stored === undefined) return first;
  const keys = new Set(first.judgements.map(benchmarkKey));
  const confirmed = cells.filter((cell) => cell.confirmed).map(({ name }) => prefixOf(name));
  const rest = stored.judgements.filter((judgement) => !keys.has(benchmarkKey(judgement)));
  const shifts = openShifts(stored, first);
  const softened =
    stored.baseline.kind === "stored"
      ? rest.map((each) =>
          confirmed.some((prefix) => each.suite.startsWith(prefix)) ? underShifts(open(each), shifts) : each,
        )
      : rest;
  const judgements = [...first.judgements, ...softened];
  const warnings: readonly Warning[] = [
    ...first.warnings,
    ...stillTrue(stored.warnings, first)
      .filter(({ code }) => code !== "no-baseline")
      .map((warning) => asChecked(warning, shifts)),
  ];
  const growth = growthOfBoth(stored, first);
  return {
    ...first,
    outcome: outcomeOf(judgements, warnings, onInconclusive),
    judgements,
    warnings,
    ...(growth.length > 0 && { growth }),
  };
}

/** What stored runs left in doubt, and the measurement side by side did not answer. */
function open(judgement: Judgement): Judgement {
  return judgement.severity === "gate" && judgement.accepted === null ? inDoubt(judgement) : judgement;
}

/** Judgements that know their cell, so that what is said of a suite can be said without it: those that came of no subject learn it here. */
function named(outcome: Outcome, names: readonly string[]): Outcome {
  const cells = new Map<string, string | undefined>();
  for (const { suite, cell } of outcome.judgements)
    if (cell === undefined && !cells.has(suite))
      cells.set(
        suite,
        names.find((name) => name !== "" && suite.startsWith(prefixOf(name))),
      );
  return {
    ...outcome,
    judgements: outcome.judgements.map((judgement) => {
      const cell = judgement.cell ?? cells.get(judgement.suite);
      return cell === judgement.cell || cell === undefined ? judgement : { ...judgement, cell };
    }),
  };
}
