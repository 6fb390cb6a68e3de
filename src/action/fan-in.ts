import { missingName } from "../judge/cells/cell.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import { GateError } from "../model/error.ts";
import { isDeployed } from "../model/plan.ts";
import type { Warning } from "../model/warning.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { messageLine } from "../report/words/messages.ts";
import { eachCell, readCells } from "./cells.ts";
import { type Judging, judgingOf, type Trial } from "./judging.ts";
import { tellUnjudged } from "./keep.ts";
import { tell, tellPull } from "./report-verdict.ts";
import type { Opened } from "./step.ts";

/**
 * By how much the heap may outgrow what is alive in it, in percent. What strangers wrote may hold more than it seems to. Of one's own jobs every cell is like
 * the next, and to look through what is held of many takes most of the time where it is done for each.
 */
const GROWTH = { strangers: 30, own: 40, reports: 30 } as const;
/** After so many cells of one's own jobs memory is given back. */
const CELLS_TO_TIDY = 64;

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
  const judging = await Promise.all(trials.map((trial) => judgingOf(opened, trial)));
  const seconds: number[] = [];
  const told: Warning[] = [];
  const wanted = {
    expect: inputs.expect,
    sha: preferred.headSha,
    own: event.kind !== "workflow_run" && !event.fork,
  };
  const [growth, every] = wanted.own ? [GROWTH.own, CELLS_TO_TIDY] : [GROWTH.strangers, 1];
  let added = 0;
  for await (const read of eachCell(ports, inputs["fan-in"]!, wanted)) {
    for (const each of read.seconds) seconds.push(each);
    for (const each of read.warnings) told.push(each);
    for (const each of judging) await each.add(read.cells);
    if (added++ % every === 0) step.tidy(growth);
  }
  // A commit may be the head of several pull requests: it is judged for those whose base it was measured beside, for the first one where it is none's.
  const fitting = judging.filter(({ fits }) => fits());
  const [first, ...others] = fitting.length > 0 ? fitting : judging;
  const { outcome, evidence } = judgedBy(first!, told, seconds);
  step.tidy(GROWTH.reports);
  const { pull, headSha: sha } = first!.trial;
  await tell(opened, { outcome, evidence, pull, sha });
  // The commit has one summary, one check and one status. Each pull request has its own base, and its own comment.
  for (const each of fitting.length > 0 ? others : []) {
    const own = judgedBy(each, told, seconds).outcome;
    for (const warning of await tellPull(opened, { outcome: own, pull: each.trial.pull, sha: each.trial.headSha }))
      step.log.warn(messageLine(warning, PLAIN));
  }
  return inputs.fail ? exitCodeOf(outcome) : 0;

  function judgedBy(each: Judging, warnings: readonly Warning[], jobs: readonly number[]) {
    const found = each.conclude();
    for (const warning of found.warnings) step.log.warn(messageLine(warning, PLAIN));
    const cost = jobs.length === 0 ? {} : { cost: { jobs: jobs.length, seconds: jobs.reduce((a, b) => a + b) } };
    const before = [...found.changed, ...warnings, ...found.outcome.warnings];
    return { ...found, outcome: { ...found.outcome, warnings: before, ...cost } };
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
  await tellUnjudged(opened, missing.length > 0 ? "fail" : "pass", summary);
  for (const { name, missing: reason } of missing)
    step.annotate({ level: "error", title: `${name} failed`, message: reason });
  return missing.length > 0 && inputs.fail ? 3 : 0;
}

function trialOf({ event, config }: Opened): Trial {
  const { pull, headSha = event.sha, headRef = event.ref } = event;
  // What a push replaced is not what its deployments were compared with.
  const { baseSha, baseRef = "" } = event.kind === "push" && isDeployed(config?.suites ?? []) ? {} : event;
  return { pull, headSha, headRef, baseSha, baseRef };
}

const NO_TOKEN = { ok: false, forbidden: true, reason: "there is no token to ask with" } as const;

/** So many pull requests of one commit are told: who opens more of them from one branch has no reader for them. */
const MOST_PULLS = 5;

/**
 * The open pull requests whose head the measured commit still is, the one against the default branch first: found by commit, branch and repository, which
 * GitHub tells of the run itself. None, said in the summary, where there is none any more, or never was one.
 */
async function pullsOf(opened: Opened): Promise<readonly Trial[]> {
  const { inputs, event, step } = opened;
  const { headSha, headRef, headRepository, cause } = event;
  if (cause !== "pull_request" || headSha === undefined || headRef === undefined || headRepository === undefined) {
    return skipped("the run that this follows was not of a pull request", opened);
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
  if (found.length === 0) return skipped("no open pull request has this commit as its head any more", opened);
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

async function skipped(reason: string, opened: Opened): Promise<readonly []> {
  opened.step.log.info(`benchgate: nothing to judge: ${reason}`);
  await tellUnjudged(opened, "pass", `## ⚪ Nothing to judge\n\n${reason[0]!.toUpperCase()}${reason.slice(1)}.\n`);
  return [];
}
