import { GateError } from "../model/error.ts";
import type { Evidence } from "../model/evidence.ts";
import { countVerdicts, type Outcome, type Verdict } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { CheckRequest, CommitStatusRequest, GitHub } from "../ports/index.ts";
import { annotations } from "../report/formats/annotations.ts";
import { checkOf } from "../report/formats/check.ts";
import { commentBody, shortSummary, summaryMarkdown } from "../report/formats/markdown.ts";
import { statusOf } from "../report/formats/status.ts";
import type { Report, ReportContext } from "../report/index.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { marker } from "../report/parts/sticky.ts";
import { messageLine } from "../report/words/messages.ts";
import { CHECK, COMMENT, publishCheck, publishComment, publishStatus, STATUS, type Wanted } from "./comment.ts";
import { keep, sayUnkept } from "./keep.ts";
import { sendVerdicts } from "./metrics.ts";
import { checkName, commentKey } from "./names.ts";
import { reportOutputs } from "./outputs.ts";
import type { Opened } from "./step.ts";

/** A verdict to tell, and whom. */
export interface Telling {
  readonly outcome: Outcome;
  /** What it rests on, for the HTML report. */
  readonly evidence: () => readonly Evidence[];
  /** The pull request that is told of it; absent: nobody. */
  readonly pull: number | undefined;
  /** The commit whose status it is. */
  readonly sha: string;
  /** A command that measures the same again. */
  readonly reproduce?: string | undefined;
  /** What the verdict answers, for a merge queue that asks the same. */
  readonly answer?: string | undefined;
}

/** Says a verdict everywhere: summary, outputs, files, annotations, comment, status. */
export async function tell(
  opened: Opened,
  { outcome, evidence, pull, sha, reproduce, answer }: Telling,
): Promise<void> {
  const { step, pageProgram } = opened;
  // Everything that cannot fail comes before the calls that can: GitHub being down changes no verdict.
  const options = optionsOf(opened, reproduce);
  step.summary(summaryMarkdown(outcome, options), shortSummary(outcome));
  const { serverUrl, repository } = opened.event;
  const context = {
    outcome,
    evidence,
    program: pageProgram,
    origin: { remote: `${serverUrl}/${repository.owner}/${repository.repo}`, pull },
    ...options,
  };
  const unkept: GateError[] = [];
  const gating = countVerdicts(outcome.judgements.filter(({ severity }) => severity === "gate"));
  step.outputs({
    outcome: outcome.outcome,
    ...(await reportOutputs((report) => leaveReport(opened, report, context, unkept))),
    regressions: gating.regression,
    improvements: gating.improvement,
    inconclusive: countVerdicts(outcome.judgements).inconclusive,
    folder: step.folder,
  });
  sayUnkept(step, unkept);
  for (const annotation of annotations(outcome)) step.annotate(annotation);
  for (const { failure } of outcome.judgements) if (failure !== null) step.log.quote(failure.output);

  // Side by side, each with a deadline of its own: what GitHub does not answer costs no other call.
  const told = await Promise.all([
    tellPull(opened, { outcome, pull, reproduce, sha }),
    tellStatus(opened, sha, statusOf(outcome)),
    tellCheck(
      opened,
      sha,
      () => ({ ...checkOf(outcome), summary: checkSummary(opened, { outcome, reproduce }) }),
      answer,
    ),
    sendVerdicts(opened, outcome).then(() => []),
  ]);
  for (const warning of told.flat()) step.log.warn(messageLine(warning, PLAIN));
}

/** Says a verdict in the one comment of a pull request. What GitHub refuses comes back as warnings. */
export async function tellPull(
  opened: Opened,
  { outcome, pull, reproduce, sha }: Pick<Telling, "outcome" | "pull" | "reproduce" | "sha">,
): Promise<readonly Warning[]> {
  const { inputs } = opened;
  if (pull === undefined || inputs.comment === "never") return [];
  const key = commentKey(opened);
  const { serverUrl, repository } = opened.event;
  const source = `${serverUrl}/${repository.owner}/${repository.repo}/blob/${sha}`;
  const options = optionsOf(opened, reproduce);
  const body = commentBody(outcome, { marker: marker(key), links: { run: runOf(opened), source }, ...options });
  const comment = { pull, key, body, when: inputs.comment, changed: changed(outcome) };
  return withGitHub(opened, COMMENT, (github) => publishComment(github, comment));
}

/** Sets the status of a commit where that is asked for. What GitHub refuses comes back as warnings. */
export async function tellStatus(
  opened: Opened,
  sha: string,
  said: Pick<CommitStatusRequest, "state" | "description">,
): Promise<readonly Warning[]> {
  if (!opened.inputs.status) return [];
  const status = { ...said, context: checkName(opened).slice(0, 255), url: runOf(opened) };
  return withGitHub(opened, STATUS, (github) => publishStatus(github, sha, status));
}

/** Adds the check run to a commit where that is asked for, and only then makes it; `answer` goes with it. What GitHub refuses comes back as warnings. */
export async function tellCheck(
  opened: Opened,
  sha: string,
  said: () => Pick<CheckRequest, "conclusion" | "title" | "summary" | "annotations">,
  answer?: string,
): Promise<readonly Warning[]> {
  if (!opened.inputs.check) return [];
  const { runId, attempt } = opened.event;
  const name = checkName(opened);
  const id = `${runId}/${attempt}${answer === undefined ? `/${name}` : ` ${answer}`}`;
  const check = { ...said(), name, url: runOf(opened), id };
  return withGitHub(opened, CHECK, (github) => publishCheck(github, sha, check));
}

function checkSummary(opened: Opened, { outcome, reproduce }: Pick<Telling, "outcome" | "reproduce">): string {
  const options = { marker: "", links: { run: runOf(opened) }, ...optionsOf(opened, reproduce) };
  return commentBody(outcome, options).trimStart();
}

function optionsOf({ ports, event, inputs }: Opened, reproduce: string | undefined) {
  return {
    now: ports.clock.now().toISOString(),
    attempt: event.attempt,
    ...(inputs.cell !== null && { cell: inputs.cell }),
    ...(reproduce !== undefined && { reproduce }),
  };
}

/** Asks GitHub for what costs no verdict, or says what is missing where there is no token to ask with. */
export async function withGitHub(
  { inputs, step }: Pick<Opened, "inputs" | "step">,
  wanted: Wanted,
  ask: (github: GitHub) => Promise<readonly Warning[]>,
): Promise<readonly Warning[]> {
  try {
    const github = step.github(inputs.token);
    return github === null ? [{ code: "forbidden", ...wanted }] : await ask(github);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return [{ code: "github-failed", action: wanted.action, reason: error.problem }];
  }
}

/** The page of this run, and of this attempt where it is not the first. */
function runOf({ event: { serverUrl, repository, runId, attempt } }: Opened): string {
  const run = `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
  return attempt > 1 ? `${run}/attempts/${attempt}` : run;
}

/** So many comparisons make reports of tens of megabytes, and by how much the heap may then outgrow what is alive in it, in percent. */
const MANY = 50_000;
const GROWTH = 30;

/** A report's file; empty where it cannot be made or written, which changes no verdict. */
async function leaveReport(
  opened: Opened,
  { file, render, pieces }: Report,
  context: ReportContext,
  unkept: GateError[],
): Promise<string> {
  // What one report of very many comparisons leaves behind is not to stand in memory beside the next one.
  if (context.outcome.judgements.length > MANY) opened.step.tidy(GROWTH);
  try {
    return await keep(opened, file, pieces?.(context) ?? (await render(context)));
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    unkept.push(error);
    return "";
  }
}

const CALM: readonly Verdict[] = ["unchanged", "not-slower", "same-code"];

/** Whether a reviewer has something to see: anything but benchmarks that are all as they were, or no slower. */
function changed({ judgements, baseline }: Outcome): boolean {
  return (
    baseline.kind === "none" ||
    judgements.some(({ verdict, severity }) => !CALM.includes(verdict) && severity === "gate")
  );
}
