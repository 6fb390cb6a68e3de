import { budgetsOf } from "../config/plan.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import { judgeCells, missingName } from "../judge/fan-in.ts";
import type { Compared } from "../judge/rows/compared.ts";
import { GateError } from "../model/error.ts";
import type { Acceptance } from "../model/plan.ts";
import type { Revision } from "../model/recording.ts";
import type { Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { StepPort } from "../ports/index.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { messageLine } from "../report/words/messages.ts";
import { withHistory } from "./cell-history.ts";
import { type ReadCells, readCells } from "./cells.ts";
import type { ReadCell } from "./left.ts";
import { tell, tellPull } from "./report-verdict.ts";
import { configAt, keepIfPossible, loosened, type Opened } from "./step.ts";

/** The change that is judged, as the event or GitHub itself tells it; nothing of it comes from what was left. */
interface Trial {
  readonly pull: number | undefined;
  readonly headSha: string;
  readonly headRef: string;
  readonly baseSha: string | undefined;
  readonly baseRef: string;
}

/**
 * One verdict and one comment over what other jobs left. Measures nothing: it judges their numbers by the base revision's budgets. Resolves to the
 * exit code.
 */
export async function fanIn(opened: Opened): Promise<number> {
  const { ports, step, inputs, event } = opened;
  const needless = (["run", "bench", "tool", "output", "setup"] as const).find((name) => inputs[name] !== null);
  if (needless !== undefined) {
    throw new GateError(
      `${needless} cannot be combined with fan-in: a fan-in job measures nothing`,
      "Remove it, or measure in a job of its own",
      { path: `input ${needless}` },
    );
  }
  const trials = event.kind === "workflow_run" ? await pullsOf(opened) : [trialOf(opened)];
  const [preferred] = trials;
  if (preferred === undefined) return 0;
  const left = await readCells(ports, inputs["fan-in"]!, {
    expect: inputs.expect,
    sha: preferred.headSha,
    own: event.kind !== "workflow_run" && !event.fork,
  });
  step.tidy();
  const fitting = await besideTheirBase(opened, trials, left.cells);
  const [first, ...others] = fitting;
  const { warnings, ...found } = await judged(opened, first.trial, { ...left, cells: first.read });
  step.tidy();
  for (const warning of warnings) step.log.warn(messageLine(warning, PLAIN));
  await tell(opened, { ...found, pull: first.trial.pull, sha: first.trial.headSha });
  // The commit has one summary, one check and one status. Each pull request has its own base, and its own comment.
  for (const { trial, read: own } of others) {
    const { outcome, warnings: noted } = await judged(opened, trial, { ...left, cells: own });
    for (const warning of noted) step.log.warn(messageLine(warning, PLAIN));
    for (const warning of await tellPull(opened, { outcome, pull: trial.pull, sha: trial.headSha }))
      step.log.warn(messageLine(warning, PLAIN));
  }
  return inputs.fail ? exitCodeOf(found.outcome) : 0;
}

/** A change, and what was left as far as it is about that. */
interface Fitting {
  readonly trial: Trial;
  readonly read: readonly ReadCell[];
}

/**
 * The changes that what was left is about: those whose base it was measured beside. Where it is about none the first one fails for it: another pull request of
 * the same commit has a run of its own, and with it its comment.
 */
async function besideTheirBase(
  opened: Opened,
  trials: readonly Trial[],
  read: readonly ReadCell[],
): Promise<readonly [Fitting, ...Fitting[]]> {
  const held: Fitting[] = [];
  const fitting: Fitting[] = [];
  for (const trial of trials) {
    const isBase = baseCommits(opened, trial);
    const own = await Promise.all(read.map((cell) => ofBase(cell, isBase)));
    held.push({ trial, read: own });
    if (own.every((cell, index) => cell === read[index])) fitting.push({ trial, read: own });
  }
  const [first, ...others] = fitting;
  return first === undefined ? [held[0]!] : [first, ...others];
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

/** What a push to the default branch fans in: whether every cell recorded its baseline. Resolves to the exit code. */
export async function checkRecorded(opened: Opened): Promise<number> {
  const { ports, step, inputs, event } = opened;
  const { cells: read, warnings } = await readCells(ports, inputs["fan-in"]!, {
    expect: inputs.expect,
    sha: event.sha,
    own: true,
  });
  for (const warning of warnings) step.log.warn(messageLine(warning, PLAIN));
  const missing = read.flatMap((cell) =>
    "missing" in cell ? [{ name: missingName(cell), missing: cell.missing }] : [],
  );
  const lines = missing.map(
    ({ name, missing: reason }) => `- ❌ failed: ${PLAIN.name(name)}: ${PLAIN.name(reason, 300)}`,
  );
  const title =
    missing.length > 0 ? `❌ ${missing.length} of ${read.length} cells failed` : `✅ ${read.length} cells recorded`;
  const summary = [`## ${title}`, ...lines, ""].join("\n\n");
  step.summary(summary);
  step.outputs({
    outcome: missing.length > 0 ? "fail" : "pass",
    summary: await keepIfPossible(opened, "summary.md", summary),
    folder: step.folder,
  });
  for (const { name, missing: reason } of missing)
    step.annotate({ level: "error", title: `${name} failed`, message: reason });
  return missing.length > 0 && inputs.fail ? 3 : 0;
}

function trialOf({ event }: Opened): Trial {
  const { pull, headSha = event.sha, headRef = event.ref, baseSha, baseRef = "" } = event;
  return { pull, headSha, headRef, baseSha, baseRef };
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

/** The revision that all cells were measured beside; the base where they do not agree, or none was. */
function measuredBeside(read: readonly ReadCell[], { baseSha = "", baseRef }: Trial): Revision {
  const shas = new Set(
    read.flatMap((cell) => ("left" in cell && cell.left.baseline ? [cell.left.baseline.revision.sha] : [])),
  );
  const [only = baseSha] = shas;
  return { sha: shas.size === 1 ? only : baseSha, ref: baseRef, committedAt: "" };
}

const NO_TOKEN = { ok: false, forbidden: true, reason: "there is no token to ask with" } as const;

/** So many pull requests of one commit are told: who opens more of them from one branch has no reader for them. */
const MOST_PULLS = 5;

/**
 * The open pull requests whose head the measured commit still is, the one against the default branch first: found by commit, branch and repository, which
 * GitHub tells of the run itself. None, said in the summary, where there is none any more, or never was one.
 */
async function pullsOf({ inputs, event, step }: Opened): Promise<readonly Trial[]> {
  const { headSha, headRef, headRepository, cause } = event;
  if (cause !== "pull_request" || headSha === undefined || headRef === undefined || headRepository === undefined) {
    return skipped("the run that this follows was not of a pull request", step);
  }
  const [owner = ""] = headRepository.split("/");
  const pulls = (await step.github(inputs.token)?.openPulls(owner, headRef)) ?? NO_TOKEN;
  if (!pulls.ok) {
    throw new GateError(
      `The pull request cannot be looked up: ${pulls.reason}`,
      pulls.forbidden ? "Give the job `permissions: pull-requests: write`" : "Run the job again",
      {},
      "measure",
    );
  }
  const ours = pulls.value.filter(({ head }) => head.sha === headSha && head.repository === headRepository);
  const found = ours.toSorted(
    (a, b) =>
      Number(b.base.ref === event.defaultBranch) - Number(a.base.ref === event.defaultBranch) || a.number - b.number,
  );
  if (found.length === 0) return skipped("no open pull request has this commit as its head any more", step);
  if (found.length > MOST_PULLS) {
    const rest = found.slice(MOST_PULLS).map(({ number }) => `#${number}`);
    step.log.warn(
      `${found.length} open pull requests have this commit as their head, and ${MOST_PULLS} are told: not ${rest.join(", ")}`,
    );
  }
  return found.slice(0, MOST_PULLS).map(({ number, base }): Trial => {
    return { pull: number, headSha, headRef, baseSha: base.sha, baseRef: base.ref };
  });
}

function skipped(reason: string, step: StepPort): readonly [] {
  step.log.info(`benchgate: nothing to judge: ${reason}`);
  step.summary(`## ⚪ Nothing to judge\n\n${reason[0]!.toUpperCase()}${reason.slice(1)}.\n`);
  step.outputs({ outcome: "pass" });
  return [];
}

async function judged(
  opened: Opened,
  trial: Trial,
  { cells: read, warnings: told, seconds }: ReadCells,
): Promise<{
  readonly outcome: Outcome;
  readonly compared: readonly Compared[];
  readonly accept: readonly Acceptance[];
  readonly warnings: readonly Warning[];
}> {
  const { ports, inputs, event, config, file } = opened;
  const base = await configAt(ports, trial.baseSha, file);
  // In a trusted job the working tree is not the pull request's: what that accepts, or changes, counts once it is merged.
  const own = event.kind === "workflow_run" ? base : config;
  const budgets = budgetsOf(base ?? own, inputs.threshold);
  const accept = own?.accept ?? [];
  // A change that is measured by its own workflow may have other suites than its base, and says so there.
  const hostile = event.kind === "workflow_run";
  const trusted = {
    suites: hostile ? (base?.suites.map(({ name }) => name) ?? []) : [],
    workflow: hostile ? event.followed : undefined,
  };
  const { cells, warnings } = await withHistory(opened, trial, read, trusted);
  const { outcome, comparisons: compared } = judgeCells(
    cells,
    {
      baseline: measuredBeside(read, trial),
      candidate: { sha: trial.headSha, ref: trial.headRef, committedAt: "" },
    },
    {
      budgets,
      accept,
      onInconclusive: inputs["on-inconclusive"] ?? (base ?? own)?.onInconclusive ?? "warn",
      today: ports.clock.now().toISOString().slice(0, 10),
    },
  );
  const changed = loosened(budgets, budgetsOf(own, inputs.threshold), file);
  const cost = seconds.length === 0 ? {} : { cost: { jobs: seconds.length, seconds: seconds.reduce((a, b) => a + b) } };
  return {
    outcome: { ...outcome, warnings: [...changed, ...told, ...outcome.warnings], ...cost },
    compared,
    accept,
    warnings,
  };
}
