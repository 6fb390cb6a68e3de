import { history } from "../baseline/history.ts";
import { budgetsOf } from "../config/plan.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import { type Cell, judgeCells } from "../judge/fan-in.ts";
import type { Compared } from "../judge/rows/compared.ts";
import { GateError } from "../model/error.ts";
import type { Acceptance } from "../model/plan.ts";
import type { Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { StepPort } from "../ports/index.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { messageLine } from "../report/words/messages.ts";
import { type ReadCell, readCells } from "./cells.ts";
import { tell } from "./report-verdict.ts";
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
      `${needless} means nothing beside fan-in, which measures nothing`,
      "Remove it, or measure in a job of its own",
      { path: `input ${needless}` },
    );
  }
  const trial = event.kind === "workflow_run" ? await pullOf(opened) : trialOf(opened);
  if (trial === null) return 0;
  const read = await readCells(ports.files, inputs["fan-in"]!, { expect: inputs.expect, sha: trial.headSha });
  const { warnings, ...found } = await judged(opened, trial, read);
  for (const warning of warnings) step.log.warn(messageLine(warning, PLAIN));
  await tell(opened, { ...found, pull: trial.pull, sha: trial.headSha });
  return inputs.fail ? exitCodeOf(found.outcome) : 0;
}

/** What a push to the default branch fans in: whether every cell recorded its baseline. Resolves to the exit code. */
export async function checkRecorded(opened: Opened): Promise<number> {
  const { ports, step, inputs, event } = opened;
  const read = await readCells(ports.files, inputs["fan-in"]!, { expect: inputs.expect, sha: event.sha });
  const missing = read.filter((cell) => "missing" in cell);
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

const NO_TOKEN = { ok: false, forbidden: true, reason: "there is no token to ask with" } as const;

/**
 * The open pull request whose head the measured commit still is: found by commit, branch and repository, which GitHub tells of the run itself. Null, said
 * in the summary, where there is none any more, or never was one.
 */
async function pullOf({ inputs, event, step }: Opened): Promise<Trial | null> {
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
  const [found] = ours.toSorted(
    (a, b) =>
      Number(b.base.ref === event.defaultBranch) - Number(a.base.ref === event.defaultBranch) || a.number - b.number,
  );
  if (found === undefined) return skipped("no open pull request has this commit as its head any more", step);
  return { pull: found.number, headSha, headRef, baseSha: found.base.sha, baseRef: found.base.ref };
}

function skipped(reason: string, step: StepPort): null {
  step.log.info(`benchgate: nothing to judge: ${reason}`);
  step.summary(`## ⚪ Nothing to judge\n\n${reason[0]!.toUpperCase()}${reason.slice(1)}.\n`);
  step.outputs({ outcome: "pass" });
  return null;
}

async function judged(
  { ports, inputs, event, config, file, store }: Opened,
  trial: Trial,
  read: readonly ReadCell[],
): Promise<{
  readonly outcome: Outcome;
  readonly compared: readonly Compared[];
  readonly accept: readonly Acceptance[];
  readonly warnings: readonly Warning[];
}> {
  const base = await configAt(ports, trial.baseSha, file);
  // In a trusted job the working tree is not the pull request's: what that accepts, or changes, counts once it is merged.
  const own = event.kind === "workflow_run" ? base : config;
  const budgets = budgetsOf(base ?? own, inputs.threshold);
  const accept = own?.accept ?? [];
  const stored = await Promise.all(
    read.map(async (cell): Promise<{ cell: Cell; warnings: readonly Warning[] }> => {
      if ("missing" in cell) return { cell, warnings: [] };
      const { note, screened, baseline, candidate } = cell.left;
      const beside: Compared[] =
        baseline === undefined || candidate === undefined
          ? []
          : [{ kind: "side-by-side", baseline: [baseline], candidate }];
      const { looks, confirmed } = note;
      const { name } = cell;
      if (screened === undefined) return { cell: { name, comparisons: beside, looks, confirmed }, warnings: [] };
      const query = { sha: trial.baseSha ?? "", gate: note.gate, environment: screened.environment };
      const { recordings, warnings } = await history(ports, store, query);
      const held: Compared = { kind: "stored", baseline: recordings, candidate: screened };
      return { cell: { name, comparisons: [held, ...beside], looks, confirmed }, warnings };
    }),
  );
  const { outcome, comparisons: compared } = judgeCells(
    stored.map(({ cell }) => cell),
    {
      baseline: { sha: trial.baseSha ?? "", ref: trial.baseRef, committedAt: "" },
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
  return {
    outcome: { ...outcome, warnings: [...changed, ...outcome.warnings] },
    compared,
    accept,
    warnings: stored.flatMap(({ warnings }) => warnings),
  };
}
