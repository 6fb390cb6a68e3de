import { TOOL_WORDS } from "../adapters/index.ts";
import { fitting } from "../codec/slow.ts";
import { acceptedOnce, datedBy } from "../config/accepted.ts";
import { type Slow, slowIn, slowSince } from "../judge/history/slow.ts";
import { analyse } from "../judge/trend.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError } from "../model/error.ts";
import { DEPLOYED, type Recording } from "../model/recording.ts";
import type { SlowRow, SlowSection } from "../model/slow.ts";
import type { Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Git } from "../ports/index.ts";
import { commitPages } from "../report/words/commits.ts";
import type { Levels } from "./levels.ts";
import { gateOf } from "./names.ts";
import { withGitHub } from "./report-verdict.ts";
import { ISSUES, keepIssue } from "./rolling-issue.ts";
import { onDefaultBranch, type Step } from "./step.ts";

/** The most rows whose commits are counted: each asks git once. */
const COUNTED = 20;

/** Says in the one issue of the repository what got worse on the default branch, as its history tells. What GitHub refuses comes back as warnings. */
export async function alertOfLevels(
  step: Step,
  recording: Recording,
  levels: Levels | null,
): Promise<readonly Warning[]> {
  if (step.inputs.alert !== "issue" || levels === null) return [];
  const accept = await acceptedNow(step);
  const series = levels.series.map((each) => analyse(each, accept));
  return tell(step, fingerprint(recording.environment), (known) => slowIn(series, known));
}

/** What is accepted today, each since when it is: an old one excuses no new change. */
async function acceptedNow({ ports, config, file, candidate }: Step): Promise<ReturnType<typeof datedBy>> {
  const today = ports.clock.now().toISOString().slice(0, 10);
  const accept = (config?.accept ?? []).filter(({ until }) => until === null || until >= today);
  if (accept.length === 0) return [];
  try {
    return datedBy(accept, await acceptedOnce(ports.git, { to: candidate.revision.sha, file, checks: TOOL_WORDS }));
  } catch (error) {
    if (error instanceof GateError) return accept;
    throw error;
  }
}

/** As `alertOfLevels`, for a comparison of the default branch with a revision: what is worse than that. */
export async function alertOfVerdicts(
  step: Step,
  { judgements, baseline, candidate }: Outcome,
): Promise<readonly Warning[]> {
  if (step.inputs.alert !== "issue" || !onDefaultBranch(step.event) || baseline.kind === "none") return [];
  const after = candidate.revision.sha;
  // Which commit is deployed as the baseline is not known: no commits lie between.
  const revisions = { before: baseline.revision.sha === DEPLOYED.sha ? after : baseline.revision.sha, after };
  return tell(step, "", (known) => slowSince(judgements, revisions, known));
}

async function tell(
  step: Step,
  machine: string,
  look: (known: readonly SlowRow[]) => Slow,
): Promise<readonly Warning[]> {
  const { event, ports } = step;
  const { owner, repo } = event.repository;
  const about = {
    branch: event.defaultBranch ?? "",
    pages: commitPages(`${event.serverUrl}/${owner}/${repo}`),
    now: ports.clock.now(),
  };
  const gate = gateOf(step);
  const run = event.runId.replaceAll(/\D/g, "") || "0";
  const found = async (known: readonly SlowRow[]) => {
    const { rows, news } = look(known);
    const kept = fitting(await counted(ports.git, rows));
    const fresh = new Set(news.map(placeOf));
    const section: SlowSection = {
      gate,
      machine,
      run,
      sha: step.candidate.revision.sha,
      at: about.now.toISOString(),
      rows: kept,
      more: rows.length - kept.length,
    };
    return { section, news: kept.filter((row) => fresh.has(placeOf(row))) };
  };
  return withGitHub(step, ISSUES, (github) =>
    keepIssue(github, { key: `alert ${gate} ${machine}`, run, found, ...about }),
  );
}

/** Rows with the number of commits that brought each, as far as git tells. */
async function counted(git: Pick<Git, "line">, rows: readonly SlowRow[]): Promise<readonly SlowRow[]> {
  const all: SlowRow[] = [];
  for (const row of rows) {
    const unknown = row.commits === null && row.before !== row.after && all.length < COUNTED;
    all.push(unknown ? { ...row, commits: await commitsIn(git, row) } : row);
  }
  return all;
}

async function commitsIn(git: Pick<Git, "line">, { before, after }: SlowRow): Promise<number | null> {
  try {
    const line = await git.line(before, after);
    return line === null || line.length === 0 ? null : line.length;
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}

function placeOf({ suite, benchmark, metric, statistic, after }: SlowRow): string {
  return JSON.stringify([suite, benchmark, metric, statistic, after]);
}
