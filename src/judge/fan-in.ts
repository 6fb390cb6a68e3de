import type { Environment } from "../model/environment.ts";
import type { Evidence } from "../model/evidence.ts";
import { largest } from "../model/extremes.ts";
import { benchmarkKey } from "../model/key.ts";
import type { Acceptance, Budget } from "../model/plan.ts";
import type { Recording, Revision } from "../model/recording.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { storedBaseline } from "./baseline.ts";
import { lightened } from "./cells/lighten.ts";
import { common, historyOf, merged, prefixOf } from "./cells/merged.ts";
import type { Tried } from "./decision.ts";
import { evidenceOn, statisticsOf } from "./evidence.ts";
import { exponentsIn } from "./growth/complexity.ts";
import { conclude, type Rules } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { BaselineMode, Compared } from "./rows/compared.ts";
import type { Subject } from "./rows/subjects.ts";
import { growthOfBoth, inDoubt, stillTrue } from "./settle.ts";
import { type Measured, measuredOf, unfitting } from "./unfitting.ts";

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

/** What a job without a cell is called, where it has left nothing that has a name. */
const UNNAMED = "benchmarks";

type MeasuredCell = Extract<Cell, { readonly comparisons: unknown }>;

/** A comparison, and the cell that made it. */
type Part = Compared & Pick<MeasuredCell, "name" | "runner" | "looks">;

/** The rules of a gate over cells: budgets and acceptances are written for suites, and hold in every cell. */
export type CellRules = Omit<Rules, "looks" | "code" | "partial">;

/** One comparison of a cell, as far as it can be judged without the other cells. */
interface PreparedComparison extends Prepared {
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
      ...lightened(found),
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

/** Which subjects of a comparison are drawn, given what was tried on them. */
export type Draw = (subjects: readonly Subject[], tried: readonly Tried[]) => readonly Subject[];

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

/** Whether there are rules that may fit nothing. */
function hasRules({ budgets, accept }: CellRules): boolean {
  return accept.length > 0 || budgets.some(({ origin }) => origin !== "default");
}

/** What all parts of a cell measured, under the names of their suites, each once. */
function measuredIn(cells: readonly Cell[]): readonly Measured[] {
  return cells.flatMap((cell) =>
    "missing" in cell
      ? [{ suite: "*", benchmark: "*", metric: null }]
      : cell.comparisons.flatMap(({ candidate }) => measuredOf(candidate)),
  );
}

/** A judgement under the name of its suite, as budgets and acceptances have it. */
function withoutCell(judgement: Judgement): Judgement {
  const { cell, suite } = judgement;
  return cell === undefined ? judgement : { ...judgement, suite: suite.slice(prefixOf(cell).length) };
}

/** A rule for suites as the rule for one cell's suites. */
function inCell<T extends Budget | Acceptance>(rule: T, cell: string): T {
  return { ...rule, match: `${prefixOf(cell)}${rule.match}` };
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

/** What a cell, or a part of one, is called where it is missing. */
export function missingName({ name, shard }: Extract<Cell, { readonly missing: string }>): string {
  return shard === undefined ? name || UNNAMED : `${prefixOf(name)}${shard}`;
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
  const softened =
    stored.baseline.kind === "stored"
      ? rest.map((each) => (confirmed.some((prefix) => each.suite.startsWith(prefix)) ? open(each) : each))
      : rest;
  const judgements = [...first.judgements, ...softened];
  const warnings: readonly Warning[] = [
    ...first.warnings,
    ...stillTrue(stored.warnings, first).filter(({ code }) => code !== "no-baseline"),
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

/** Whether a cell measured beside the base: to say so is not enough. */
function isConfirmed(cell: Cell): boolean {
  return "confirmed" in cell && cell.confirmed && cell.comparisons.some(({ kind }) => kind === "side-by-side");
}

/** What stored runs left in doubt, and the measurement side by side did not answer. */
function open(judgement: Judgement): Judgement {
  return judgement.severity === "gate" && judgement.accepted === null ? inDoubt(judgement) : judgement;
}

/** Judgements that know their cell, so that what is said of a suite can be said without it. */
function named(outcome: Outcome, names: readonly string[]): Outcome {
  const cells = new Map<string, string | undefined>();
  for (const { suite } of outcome.judgements)
    if (!cells.has(suite))
      cells.set(
        suite,
        names.find((name) => name !== "" && suite.startsWith(prefixOf(name))),
      );
  return {
    ...outcome,
    judgements: outcome.judgements.map((judgement) => {
      const cell = cells.get(judgement.suite);
      return cell === undefined ? judgement : { ...judgement, cell };
    }),
  };
}
