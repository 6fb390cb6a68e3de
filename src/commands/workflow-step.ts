import { gateName } from "../baseline/entry.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { type ConfigFile, parseConfig } from "../config/config.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { type Inputs, readInputs, refuseUnknownInputs } from "../config/inputs.ts";
import { budgetsOf, planFromInputs } from "../config/plan.ts";
import * as step from "../io/action-io.ts";
import { createPorts } from "../io/world.ts";
import type { MeasuredSide } from "../measure/measure.ts";
import { GateError } from "../model/error.ts";
import type { Plan } from "../model/plan.ts";
import type { Warning } from "../model/warning.ts";
import type { Log, Ports } from "../ports.ts";
import { readConfig, TOOLS } from "./plan-flags.ts";
import { progressOn } from "./progress.ts";
import { openStore } from "./store.ts";

/** Everything that one step of a workflow works with. */
export interface Step {
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

/** Reads the inputs, the event and the configuration, and refuses what cannot be gated, before anything runs. */
export async function prepare(entry: string, log: Log, signal: AbortSignal): Promise<Step> {
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
      `${inputs["baseline-branch"]} is the default branch, and baselines need one of their own`,
      "Leave it out, or name a branch that nothing else uses",
      { path: "input baseline-branch" },
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

/** What a measurement of this step needs beyond its plan. */
export function request(event: step.ActionEvent, log: Log) {
  const session = `${event.runId}/${event.attempt}`;
  // The order of the sides can be drawn again from the run that is being looked at.
  const seed = Number(BigInt.asUintN(32, BigInt(event.runId)));
  return { session, seed, onProgress: progressOn({ progress: log.info, err: log.info }) };
}

/** The gate whose baselines count: this step of this job of this workflow. */
export function gateOf(event: step.ActionEvent): string {
  return gateName(event.workflow, `${event.job}${event.step}`);
}

/** Writes a file that later steps can read. */
export async function keep({ files }: Ports, name: string, text: string): Promise<string> {
  const path = `${step.resultFolder()}/${name}`;
  await files.writeText(path, text);
  return path;
}
