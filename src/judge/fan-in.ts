import type { Environment } from "../model/environment.ts";
import { largest } from "../model/extremes.ts";
import { benchmarkKey } from "../model/key.ts";
import type { Acceptance, Budget } from "../model/plan.ts";
import type { Recording, Revision, Round } from "../model/recording.ts";
import type { Judgement, Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { storedBaseline } from "./baseline.ts";
import { judge, type Rules } from "./judge.ts";
import { outcomeOf } from "./outcome.ts";
import type { Compared } from "./rows/compared.ts";
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

/**
 * One verdict over all cells of a matrix: every benchmark under the name `cell/suite`, all comparisons in one family, as if one job had measured
 * them. Budgets and acceptances are written for suites, and hold in every cell. A cell without recordings is a failure.
 */
export function judgeCells(
  cells: readonly Cell[],
  { baseline, candidate }: Change,
  rules: Omit<Rules, "looks">,
): { readonly outcome: Outcome; readonly comparisons: readonly Compared[] } {
  const names = [...new Set(cells.map(({ name }) => name))];
  const own = {
    ...rules,
    // What fits nothing in one cell may fit in another.
    partial: true,
    budgets: names.flatMap((name) => rules.budgets.map((budget) => inCell(budget, name))),
    accept: names.flatMap((name) => rules.accept.map((acceptance) => inCell(acceptance, name))),
  };
  const parts = cells.flatMap((cell): Part[] =>
    "missing" in cell
      ? []
      : cell.comparisons.map((each) => ({ ...each, name: cell.name, runner: cell.runner, looks: cell.looks })),
  );
  const beside = parts.filter(({ kind }) => kind === "side-by-side");
  const screened = parts.filter(({ kind }) => kind === "stored");
  const gone = missingRounds(cells);

  const outcomes: Outcome[] = [];
  const comparisons: Compared[] = [];
  if (beside.length > 0) {
    const before = merged(
      beside.flatMap(({ name, runner, baseline: recordings }) =>
        recordings.map((recording) => ({ name, runner, recording })),
      ),
      baseline,
    );
    const after = merged(candidatesOf(beside), candidate, gone);
    const looks = planOf(beside);
    comparisons.push({ kind: "side-by-side", baseline: [before], candidate: after });
    outcomes.push(
      judge({ kind: "side-by-side", recordings: [before] }, after, { ...own, ...(looks !== null && { looks }) }),
    );
  }
  if (screened.length > 0 || outcomes.length === 0) {
    const after = merged(candidatesOf(screened), candidate, outcomes.length === 0 ? gone : []);
    const runs = historyOf(screened);
    comparisons.unshift({ kind: "stored", baseline: runs, candidate: after });
    outcomes.push(judge(storedBaseline(runs), after, own));
  }
  const outcome = named(together(outcomes, cells, rules.onInconclusive), names);
  const idle = unfitting(rules, measuredIn(cells), outcome.judgements.map(withoutCell));
  return { outcome: { ...outcome, warnings: [...outcome.warnings, ...idle] }, comparisons };
}

/** What all cells measured, under the names of their suites. */
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

function prefixOf(cell: string): string {
  return cell === "" ? "" : `${cell}/`;
}

function candidatesOf(parts: readonly Part[]) {
  return parts.map(({ name, runner, candidate }) => ({ name, runner, recording: candidate }));
}

/** A recording of a cell, or of a part of it. */
interface Recorded extends Pick<MeasuredCell, "name" | "runner"> {
  readonly recording: Recording;
}

/** The rounds of cells as those of one recording: suites under `cell/suite`, facts of the machine as far as all agree. */
function merged(parts: readonly Recorded[], revision: Revision, more: readonly Round[] = []): Recording {
  const rounds = parts.flatMap(({ name, runner, recording }) =>
    recording.rounds.map((round) => ({
      ...round,
      // Runners count their pairs each for itself.
      ...(runner !== undefined && { runner, session: `${round.session} ${prefixOf(name)}${runner}` }),
      measurements: round.measurements.map((each) => ({ ...each, suite: `${prefixOf(name)}${each.suite}` })),
      failures: round.failures.map((each) => ({ ...each, suite: `${prefixOf(name)}${each.suite}` })),
      ...(round.notes === undefined
        ? {}
        : { notes: round.notes.map((each) => ({ ...each, suite: `${prefixOf(name)}${each.suite}` })) }),
      ...(round.exits === undefined
        ? {}
        : { exits: round.exits.map((each) => ({ ...each, suite: `${prefixOf(name)}${each.suite}` })) }),
    })),
  );
  return {
    revision,
    environment: common(parts.map(({ recording }) => recording.environment)),
    rounds: [...rounds, ...more],
  };
}

/** The facts on which all machines agree. */
function common(environments: readonly Environment[]): Environment {
  const [first, ...others] = environments;
  const unknown = { os: "unknown", arch: "unknown", cpu: "unknown", cores: 0, runtime: "unknown" };
  if (first === undefined) return unknown;
  const shared = Object.entries(first).filter(([fact, value]) => others.every((other) => other[fact] === value));
  const machines = new Set(environments.map(({ cpu, cores }) => `${cores} ${cpu}`)).size;
  const several = machines > 1 ? { cpu: `${machines} kinds of machine`, cores: 0 } : {};
  return { ...unknown, ...Object.fromEntries(shared), ...several };
}

/** The histories of cells side by side, newest run first: a cell with fewer runs is missing from the older ones. */
function historyOf(screened: readonly Part[]): readonly Recording[] {
  const runs = largest(
    screened.map(({ baseline }) => baseline.length),
    0,
  );
  return Array.from({ length: runs }, (_, run) => {
    const parts = screened.flatMap(({ name, baseline }) => {
      const recording = baseline[run];
      return recording === undefined ? [] : [{ name, recording }];
    });
    return merged(parts, parts[0]!.recording.revision);
  });
}

/** The strictest of the cells' plans: as many looks as any of them took. */
function planOf(beside: readonly Part[]): readonly number[] | null {
  return beside.reduce<readonly number[] | null>(
    (most, { looks }) => (looks !== null && looks.length > (most?.length ?? 0) ? looks : most),
    null,
  );
}

function missingRounds(cells: readonly Cell[]): readonly Round[] {
  const failures = cells.flatMap((cell) =>
    "missing" in cell ? [{ suite: missingName(cell), benchmark: "*", reason: cell.missing, output: "" }] : [],
  );
  return failures.length === 0 ? [] : [{ session: "", pair: 0, startedAt: "", measurements: [], failures }];
}

/** What a cell, or a part of one, is called where it is missing. */
export function missingName({ name, shard }: Extract<Cell, { readonly missing: string }>): string {
  return shard === undefined ? name || UNNAMED : `${prefixOf(name)}${shard}`;
}

/** What was measured side by side, and beside it what stored runs say of the rest. */
function together(
  outcomes: readonly Outcome[],
  cells: readonly Cell[],
  onInconclusive: Rules["onInconclusive"],
): Outcome {
  const [first, second] = outcomes as [Outcome, Outcome?];
  const fresh = second === undefined ? null : first;
  const stored = second ?? first;
  const keys = new Set(fresh?.judgements.map(benchmarkKey));
  const confirmed = cells.filter(isConfirmed).map(({ name }) => prefixOf(name));
  const rest = stored.judgements.filter((judgement) => !keys.has(benchmarkKey(judgement)));
  const softened =
    stored.baseline.kind === "stored"
      ? rest.map((each) => (confirmed.some((prefix) => each.suite.startsWith(prefix)) ? open(each) : each))
      : rest;
  const judgements = [...(fresh?.judgements ?? []), ...softened];
  const warnings: readonly Warning[] = [
    ...(fresh?.warnings ?? []),
    ...(fresh === null
      ? stored.warnings
      : stillTrue(stored.warnings, fresh).filter(({ code }) => code !== "no-baseline")),
  ];
  const growth = fresh === null ? (stored.growth ?? []) : growthOfBoth(stored, fresh);
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
  return {
    ...outcome,
    judgements: outcome.judgements.map((judgement) => {
      const cell = names.find((name) => name !== "" && judgement.suite.startsWith(prefixOf(name)));
      return cell === undefined ? judgement : { ...judgement, cell };
    }),
  };
}
