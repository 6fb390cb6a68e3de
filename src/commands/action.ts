import { gateName } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { type ConfigFile, parseConfig } from "../config/config.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { type Inputs, readInputs, refuseUnknownInputs } from "../config/inputs.ts";
import { budgetsOf, planFromInputs } from "../config/plan.ts";
import { type Against, gate, record } from "../gate.ts";
import * as step from "../io/action-io.ts";
import { createActionsLog } from "../io/actions-log.ts";
import { createGitHub } from "../io/github.ts";
import { handleInterrupts } from "../io/interrupt.ts";
import { createPorts } from "../io/world.ts";
import type { MeasuredSide } from "../measure/measure.ts";
import { GateError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import { hasFailures } from "../model/recording.ts";
import { countVerdicts, type Outcome } from "../model/verdict.ts";
import type { Warning } from "../model/warning.ts";
import type { Log, Ports } from "../ports.ts";
import { publishComment } from "../publish.ts";
import { annotations } from "../report/annotations.ts";
import { MARKDOWN, PLAIN } from "../report/ink.ts";
import { resultJson } from "../report/json.ts";
import { commentBody, summaryMarkdown } from "../report/markdown.ts";
import { message } from "../report/messages.ts";
import { recordedMarkdown } from "../report/recorded.ts";
import { marker } from "../report/sticky.ts";
import { exitCodeOf } from "./exit-code.ts";
import { readConfig, TOOLS } from "./plan-flags.ts";
import { progressOn } from "./progress.ts";
import { reproduceLine } from "./reproduce.ts";
import { openStore } from "./store.ts";

/** Everything that one step of a workflow works with. */
interface Step {
  readonly ports: Ports;
  readonly log: Log;
  readonly inputs: Inputs;
  readonly event: step.ActionEvent;
  readonly plan: Plan;
  readonly planWarnings: readonly Warning[];
  readonly store: BaselineStore;
  readonly candidate: MeasuredSide;
  readonly signal: AbortSignal;
}

/** Events whose token is not the pull request author's to use: nothing of theirs runs here. */
const PRIVILEGED: readonly step.ActionEvent["kind"][] = ["pull_request_target", "workflow_run"];
/** Events that store a baseline, on the default branch. */
const RECORDING: readonly step.ActionEvent["kind"][] = ["push", "schedule", "workflow_dispatch"];

/** The workflow step: stores a baseline on the default branch, judges everywhere else. Resolves to the exit code. */
export async function runAction(entry: string): Promise<number> {
  const log = createActionsLog();
  const interrupt = handleInterrupts();
  try {
    const prepared = await prepare(entry, log, interrupt.signal);
    const { event } = prepared;
    const records = RECORDING.includes(event.kind) && event.ref === `refs/heads/${event.defaultBranch}`;
    const code = records ? await storeBaseline(prepared) : await judgeChange(prepared);
    return interrupt.exitCode() ?? code;
  } catch (error) {
    if (interrupt.exitCode() !== null) return interrupt.exitCode()!;
    const known = error instanceof GateError;
    const problem = known ? error.message : `This is a bug in Benchgate: please report it. ${String(error)}`;
    step.annotate({ level: "error", title: "Benchgate", message: problem });
    if (!known) log.quote(error instanceof Error ? (error.stack ?? "") : "");
    step.writeSummary(`## ❌ Could not judge\n\n${MARKDOWN.name(problem, 1000)}\n`);
    step.setOutputs({ outcome: "fail" });
    return known ? exitCodeOf(error) : 3;
  }
}

async function prepare(entry: string, log: Log, signal: AbortSignal): Promise<Step> {
  refuseUnknownInputs(step.environment);
  const inputs = readInputs(step.readInput);
  step.hideSecret(inputs.token);
  const event = step.readEvent();
  if (PRIVILEGED.includes(event.kind)) {
    throw new GateError(
      `Benchgate does not run commands on ${event.name}: they would run a stranger's code with this repository's token`,
      "Use `on: pull_request`; it works for forks too, without the comment.",
    );
  }
  const ports = createPorts({ entry, token: inputs.token, serverUrl: event.serverUrl });
  if ((await ports.git.root()) === null) {
    throw new GateError(
      "There is no git repository here",
      "Put actions/checkout before this step, with `fetch-depth: 0`",
    );
  }
  if (inputs["baseline-store"] === "branch" && inputs["baseline-branch"] === event.defaultBranch) {
    throw new GateError(
      `input baseline-branch: ${inputs["baseline-branch"]} is the default branch, and baselines need one of their own`,
      "Leave it out, or name a branch that nothing else uses",
    );
  }
  const config = await readConfig(ports.files, inputs.config);
  const plan = planFromInputs(inputs, config, { tools: TOOLS });
  const file = inputs.config ?? DEFAULT_CONFIG_FILE;
  const base = await baseConfig(ports, event, file);
  const trusted = base === null ? plan.budgets : budgetsOf(base, inputs.threshold);
  const changed = JSON.stringify(trusted) !== JSON.stringify(plan.budgets);
  const suites =
    base?.suites.map(({ name }) => name).filter((name) => !plan.suites.some((suite) => suite.name === name)) ?? [];
  const revision = (await ports.git.revision("HEAD")) ?? { sha: event.sha, ref: event.ref, committedAt: "" };
  return {
    ports,
    log,
    inputs,
    event,
    plan: { ...plan, budgets: trusted },
    planWarnings: [
      ...(changed ? [{ code: "budgets-from-base", file } as const] : []),
      ...(suites.length > 0 ? [{ code: "suites-removed", suites } as const] : []),
    ],
    store: openStore(
      ports,
      inputs["baseline-store"] === "branch"
        ? { kind: "branch", branch: inputs["baseline-branch"] }
        : { kind: "directory", directory: inputs["baseline-directory"] },
    ),
    // A pull request is checked out as a merge that nobody knows by name: its head is what reviewers see.
    candidate: {
      name: "candidate",
      cwd: ports.host.cwd,
      revision: { ...revision, sha: event.headSha ?? revision.sha, ref: event.headRef ?? event.ref },
    },
    signal,
  };
}

/** The configuration of the revision that a pull request wants to change; null where that has no sound one, or there is no pull request. */
async function baseConfig({ git }: Ports, event: step.ActionEvent, file: string): Promise<ConfigFile | null> {
  if (event.pull === undefined || event.baseSha === undefined) return null;
  try {
    const text = await git.show(event.baseSha, file);
    return text === null ? null : parseConfig(text, file, { tools: TOOLS });
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}

async function storeBaseline({ ports, log, inputs, event, plan, store, candidate, signal }: Step): Promise<number> {
  const revision = { ...candidate.revision, ref: event.ref };
  const measured = await record(ports, {
    plan,
    candidate: { ...candidate, revision },
    ...request(event, log),
    only: null,
    signal,
  });
  const { recording } = measured;
  const refusal = signal.aborted
    ? null
    : await store.save(recording, { run: event.runId, attempt: String(event.attempt), gate: gateOf(event) });
  const warnings = [...measured.warnings, ...(refusal === null ? [] : [refusal])];
  const failed = hasFailures(recording);
  const summary = recordedMarkdown(recording, store.place, warnings);
  step.writeSummary(summary);
  for (const failure of new Map(
    recording.rounds.flatMap((round) => round.failures).map((each) => [`${each.suite}/${each.benchmark}`, each]),
  ).values()) {
    step.annotate({ level: "error", title: `${failure.suite} / ${failure.benchmark} failed`, message: failure.reason });
    log.quote(failure.output);
  }
  for (const warning of warnings) log.warn(words(warning));
  step.setOutputs({
    outcome: failed ? "fail" : "pass",
    verdicts: "",
    regressions: 0,
    improvements: 0,
    inconclusive: 0,
    report: "",
    summary: await keep(ports, "summary.md", summary),
  });
  return failed && inputs.fail ? 3 : 0;
}

async function judgeChange(prepared: Step): Promise<number> {
  const { ports, log, inputs, event, plan, planWarnings, candidate, signal } = prepared;
  const against = await againstWhat(prepared);
  const gated = await gate(ports, { plan, candidate, against, ...request(event, log), only: null, signal });
  const outcome: Outcome = { ...gated.outcome, warnings: [...planWarnings, ...gated.outcome.warnings] };

  // Everything that cannot fail comes before the calls that can: GitHub being down changes no verdict.
  const now = ports.clock.now().toISOString();
  const key = `${event.workflow}/${event.job}${event.step}`;
  const options = {
    now,
    ...(event.baseSha === undefined ? {} : { reproduce: reproduceLine(event.baseSha.slice(0, 12), inputs) }),
  };
  const summary = summaryMarkdown(outcome, options);
  step.writeSummary(summary);
  const counts = countVerdicts(outcome.judgements);
  step.setOutputs({
    outcome: outcome.outcome,
    verdicts: await keep(ports, "result.json", resultJson(outcome)),
    regressions: counts.regression,
    improvements: counts.improvement,
    inconclusive: counts.inconclusive,
    report: "",
    summary: await keep(ports, "summary.md", summary),
  });
  for (const annotation of annotations(outcome)) step.annotate(annotation);
  for (const { failure } of outcome.judgements) if (failure !== null) log.quote(failure.output);

  const body = commentBody(outcome, {
    marker: marker(key),
    links: { run: `${event.serverUrl}/${event.repository.owner}/${event.repository.repo}/actions/runs/${event.runId}` },
    ...options,
  });
  for (const warning of await comment(prepared, key, body, changed(outcome))) log.warn(words(warning));
  return inputs.fail ? exitCodeOf(outcome) : 0;
}

async function againstWhat({ ports, plan, event, store }: Step): Promise<Against> {
  const base = event.kind === "push" ? undefined : event.baseSha;
  if (plan.compare !== "side-by-side") return { kind: "stored", store, gate: gateOf(event), from: base ?? event.sha };
  const revision = base === undefined ? null : await ports.git.revision(base);
  if (revision === null) {
    throw new GateError(
      "There is no base revision to measure side by side",
      "Use `compare: side-by-side` on pull requests, with `fetch-depth: 0` for actions/checkout.",
    );
  }
  return { kind: "side-by-side", revision: { ...revision, ref: event.baseRef ?? revision.ref } };
}

async function comment(
  { inputs, event }: Step,
  key: string,
  body: string,
  changed: boolean,
): Promise<readonly Warning[]> {
  if (event.pull === undefined || inputs.comment === "never") return [];
  if (inputs.token === "")
    return [{ code: "forbidden", action: "comment on the pull request", permission: "pull-requests: write" }];
  const github = createGitHub({ token: inputs.token, repository: event.repository, apiUrl: event.apiUrl });
  return publishComment(github, { pull: event.pull, key, body, when: inputs.comment, changed });
}

/** Whether a reviewer has something to see: anything but benchmarks that are all as they were. */
function changed({ judgements, baseline }: Outcome): boolean {
  return (
    baseline.kind === "none" ||
    judgements.some(({ verdict, severity }) => verdict !== "unchanged" && severity === "gate")
  );
}

function request(event: step.ActionEvent, log: Log) {
  const session = `${event.runId}/${event.attempt}`;
  // The order of the sides can be drawn again from the run that is being looked at.
  const seed = Number(BigInt.asUintN(32, BigInt(event.runId)));
  return { session, seed, onProgress: progressOn({ progress: log.info, err: log.info }) };
}

/** The gate whose baselines count: this step of this job of this workflow. */
function gateOf(event: step.ActionEvent): string {
  return gateName(event.workflow, `${event.job}${event.step}`);
}

/** Writes a file that later steps can read. */
async function keep({ files }: Ports, name: string, text: string): Promise<string> {
  const path = `${step.resultFolder()}/${name}`;
  await files.writeText(path, text);
  return path;
}

function words(warning: Warning): string {
  const { sentence, remedy } = message(warning, PLAIN);
  return `${sentence} ${remedy}`;
}
