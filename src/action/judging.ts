import { budgetsOf } from "../config/plan.ts";
import type { CellRules, PreparedCell } from "../judge/cells/cell.ts";
import { drawSome } from "../judge/cells/draw.ts";
import { prepareCell } from "../judge/cells/prepare-cell.ts";
import { judgedOf } from "../judge/evidence.ts";
import { concludeCells } from "../judge/fan-in.ts";
import { GateError } from "../model/error.ts";
import type { Evidence } from "../model/evidence.ts";
import type { Revision } from "../model/recording.ts";
import type { Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import { withHistory } from "./cell-history.ts";
import type { ReadCell } from "./left.ts";
import { type BaseConfig, configAt, loosened, type Opened } from "./step.ts";

/** The change that is judged, as the event or GitHub itself tells it; nothing of it comes from what was left. */
export interface Trial {
  readonly pull: number | undefined;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string | undefined;
  readonly baseRef: string;
}

/** One change on its way to a verdict: cells are added one after the other, and nothing of their recordings is held. */
export interface Judging {
  readonly trial: Trial;
  /** @param read a cell with all of its parts. */
  readonly add: (read: readonly ReadCell[]) => Promise<void>;
  /** Whether everything so far was measured beside the change's base. */
  readonly fits: () => boolean;
  /** The verdict, to be asked for once; `changed`: what is said of its rules, `warnings`: of the stored runs. */
  readonly conclude: () => {
    readonly outcome: Outcome;
    readonly evidence: () => readonly Evidence[];
    readonly changed: readonly Warning[];
    readonly warnings: readonly Warning[];
  };
}

/** A change before anything of it is judged, by the budgets of its base. One whose base cannot be had throws when it is concluded: another one may fit. */
export async function judgingOf(opened: Opened, trial: Trial): Promise<Judging> {
  try {
    return judgingBy(opened, trial, await configAt(opened.ports, trial.baseSha, opened.file));
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const conclude = () => {
      throw error;
    };
    return { trial, add: async () => undefined, fits: () => false, conclude };
  }
}

function judgingBy(opened: Opened, trial: Trial, { config: base, warnings: unsound }: BaseConfig): Judging {
  const { ports, inputs, event, config, file } = opened;
  // In a trusted job the working tree is not the pull request's: what that accepts, or changes, counts once it is merged.
  const own = event.kind === "workflow_run" ? base : config;
  const rules: CellRules = {
    budgets: budgetsOf(base ?? own, inputs.threshold),
    accept: own?.accept ?? [],
    onInconclusive: inputs["on-inconclusive"] ?? (base ?? own)?.onInconclusive ?? "warn",
    today: ports.clock.now().toISOString().slice(0, 10),
  };
  // A change that is measured by its own workflow may have other suites than its base, and says so there.
  const hostile = event.kind === "workflow_run";
  const trusted = {
    suites: hostile ? (base?.suites.map(({ name }) => name) ?? []) : [],
    workflow: hostile ? event.followed : undefined,
  };
  const candidate = { sha: trial.headSha, ref: trial.headRef, committedAt: "" };
  const beside = (sha: string): Revision => ({ sha, ref: trial.baseRef, committedAt: "" });
  const isBase = baseCommits(opened, trial);
  const draw = drawSome();
  const cells: PreparedCell[] = [];
  const warnings: Warning[] = [];
  const bases = new Set<string>();
  let fits = true;
  return {
    trial,
    fits: () => fits,
    add: async (read) => {
      const left = await Promise.all(read.map((cell) => ofBase(cell, isBase)));
      if (!left.every((cell, index) => cell === read[index])) fits = false;
      for (const cell of left) if ("left" in cell && cell.left.baseline) bases.add(cell.left.baseline.revision.sha);
      const found = await withHistory(opened, trial, left, trusted);
      for (const warning of found.warnings) warnings.push(warning);
      cells.push(prepareCell(found.cells, { baseline: beside(trial.baseSha ?? ""), candidate }, rules, draw));
    },
    conclude: () => {
      // The revision that all cells were measured beside; the base where they do not agree, or none was.
      const [only = "", ...others] = bases;
      const baseline = beside(only === "" || others.length > 0 ? (trial.baseSha ?? "") : only);
      const outcome = concludeCells(cells, { baseline, candidate }, rules);
      const drawn = cells.flatMap((cell) => cell.evidence);
      // Of many cells what they were judged by is most of the memory, and no report asks for it.
      cells.length = 0;
      const evidence = () => judgedOf(drawn, outcome.judgements);
      const changed = [...unsound, ...loosened(rules.budgets, budgetsOf(own, inputs.threshold), file)];
      return { outcome, evidence, warnings, changed };
    },
  };
}

/** A cell, or why it says nothing about a change: what it was measured beside is none of its base. */
async function ofBase(cell: ReadCell, isBase: (sha: string) => Promise<boolean>): Promise<ReadCell> {
  if ("missing" in cell || cell.left.baseline === undefined) return cell;
  const { name } = cell;
  try {
    if (await isBase(cell.left.baseline.revision.sha)) return cell;
    return { name, missing: "What it left was measured against a commit that is not one of the base" };
  } catch (error) {
    if (error instanceof GateError)
      return { name, missing: `What its base descends from is not known: ${error.message}` };
    throw error;
  }
}

/** How many commits back the base may have been when the change was measured. */
const DEPTH = 1000;

/**
 * Whether a commit may be what a change was measured beside: the base, or one that it or the trusted tree descends from, since the base may have moved
 * before or after.
 */
function baseCommits({ ports, event }: Opened, { baseSha, baseRef }: Trial): (sha: string) => Promise<boolean> {
  let known: Promise<ReadonlySet<string>> | undefined;
  return async (sha) => {
    if (baseSha === undefined || sha === baseSha) return true;
    const moved = event.kind === "workflow_run" && baseRef === event.defaultBranch;
    const ends = moved ? [baseSha, event.sha] : [baseSha];
    known ??= Promise.all(ends.map((end) => ports.git.ancestors(end, DEPTH))).then((found) => new Set(found.flat()));
    return (await known).has(sha);
  };
}
