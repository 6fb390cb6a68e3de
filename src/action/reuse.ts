import { GateError } from "../model/error.ts";
import { fnv1a } from "../model/hash.ts";
import type { Outcome } from "../model/verdict.ts";
import type { GitHub, GitHubResult } from "../ports/index.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { messageLine } from "../report/words/messages.ts";
import { tellUnjudged } from "./keep.ts";
import { checkName } from "./names.ts";
import { tellCheck, tellStatus } from "./report-verdict.ts";
import type { Step } from "./step.ts";

/** A pull request's verdict that answers what a merge queue asks. */
interface Answered {
  readonly pull: number;
  /** The run that measured. */
  readonly url: string;
}

/** What a check run says of the question that it answers. An open one answers nothing, and says so: no older answer counts then. */
const [ANSWERED, OPEN] = ["answered", "open"];

/**
 * What a step asks, in three words: the trees of both sides, and all else that decides (the version that the workflow names, gate, inputs, machine) as a hash.
 * Null where no other run may answer, nor be answered. To be asked before anything of the repository runs.
 *
 * Only trees tell whether the code is the same: the commits of a queue are new ones. The hash is of what the workflow says, and is no wall.
 */
export async function questionOf(prepared: Step): Promise<string | null> {
  const { ports, inputs, event } = prepared;
  const { kind, fork, baseSha } = event;
  if (!inputs.reuse || fork || baseSha === undefined || (kind !== "pull_request" && kind !== "merge_group"))
    return null;
  // A shallow clone may have to fetch it.
  await ports.git.revision(baseSha);
  const [candidate, baseline] = await Promise.all([ports.git.tree("HEAD"), ports.git.tree(baseSha)]);
  if (candidate === null || baseline === null) return null;
  const { token: _, ...asked } = inputs;
  const { os, arch, cores, runtime } = await ports.host.environment();
  const rest = JSON.stringify([event.action ?? null, checkName(prepared), asked, os, arch, cores, runtime]);
  return `${candidate} ${baseline} ${fnv1a(rest, 64).toString(16)}`;
}

/** A question with whether its verdict answers it for others too: all that gates was compared and decided, and nothing of it was waved through. */
export function answerOf(question: string, { outcome, baseline, judgements }: Outcome): string {
  const gating = judgements.filter(({ severity }) => severity === "gate");
  const decided = gating.every(({ verdict, accepted }) => verdict !== "inconclusive" && accepted === null);
  const isAnswer = outcome === "pass" && baseline.kind !== "none" && gating.length > 0 && decided;
  return `${question} ${isAnswer ? ANSWERED : OPEN}`;
}

/** The pull request's verdict where it answers the question of a merge queue; null, with the reason in the log, where it has to be measured. */
export async function answeredBefore(prepared: Step, question: string): Promise<Answered | null> {
  const { step, event, plan } = prepared;
  if (event.kind !== "merge_group") return null;
  const pull = Number(/\/pr-(\d+)-[0-9a-f]+$/.exec(event.headRef ?? "")?.[1]);
  const deployed = plan.suites.find(({ targets }) => targets !== undefined);
  const found =
    deployed !== undefined
      ? `what ${deployed.name} loads is deployed, and no tree tells whether that is the same`
      : Number.isSafeInteger(pull)
        ? await look(prepared, pull, question)
        : "the queue names no pull request";
  if (typeof found !== "string") return found;
  step.log.info(`benchgate: measuring: ${found}`);
  return null;
}

/** The verdict, or why there is none that counts. */
async function look(prepared: Step, pull: number, question: string): Promise<Answered | string> {
  const { step, inputs } = prepared;
  const github = connected(() => step.github(inputs.token));
  if (typeof github === "string") return github;
  if (github === null) return "there is no token to ask with";
  const head = await github.pullHead(pull);
  if (!head.ok) return refused(head, `pull request #${pull} cannot be looked up`, "pull-requests: read");
  const checks = await github.checks(head.value, checkName(prepared));
  if (!checks.ok) return refused(checks, `the check runs of #${pull} cannot be read`, "checks: read");
  const author = await github.viewer();
  const same = checks.value.filter((run) => run.author === author && run.id.includes(` ${question} `));
  const [newest] = same;
  if (newest === undefined) return `#${pull} has no verdict about the same two trees and the same settings`;
  const agree = same.every((run) => run.conclusion === "success" && run.id.endsWith(` ${question} ${ANSWERED}`));
  return agree
    ? { pull, url: newest.url }
    : `not every verdict of #${pull} about the same two trees is green and decided`;
}

/** GitHub, or why there is no way to ask. */
function connected(connect: () => GitHub | null): GitHub | null | string {
  try {
    return connect();
  } catch (error) {
    if (error instanceof GateError) return error.problem;
    throw error;
  }
}

function refused(
  { forbidden, reason }: Extract<GitHubResult<never>, { ok: false }>,
  what: string,
  permission: string,
): string {
  return `${what}: ${reason}${forbidden ? `. Give the job \`permissions: ${permission}\`` : ""}`;
}

/** Says of a group that its verdict is the pull request's. Resolves to the exit code. */
export async function tellAnswered(prepared: Step, { pull, url }: Answered): Promise<number> {
  const { step, candidate } = prepared;
  const title = `Measured in #${pull} already: no regression`;
  const summary = `## ✅ ${title}\n\nThe [verdict of #${pull}](${url}) is about the same two trees and the same settings, so nothing was measured again.\n`;
  await tellUnjudged(prepared, "pass", summary);
  const { sha } = candidate.revision;
  const told = await Promise.all([
    tellStatus(prepared, sha, { state: "success", description: title }),
    tellCheck(prepared, sha, () => ({ conclusion: "success", title, summary, annotations: [] })),
  ]);
  for (const warning of told.flat()) step.log.warn(messageLine(warning, PLAIN));
  return 0;
}
