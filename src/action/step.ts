import { TOOL_WORDS } from "../adapters/index.ts";
import { openStore } from "../baseline/index.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { type ConfigFile, parseConfig } from "../config/config.ts";
import { DEFAULT_CONFIG_FILE, pairsOfRunner } from "../config/defaults.ts";
import { partOf } from "../config/part.ts";
import { budgetsOf, planFromInputs } from "../config/plan.ts";
import { readConfig } from "../config/read.ts";
import type { MeasuredSide } from "../measure/recorder.ts";
import { GateError } from "../model/error.ts";
import type { Part } from "../model/part.ts";
import type { Budget, Plan } from "../model/plan.ts";
import type { PageProgram } from "../model/report-program.ts";
import type { Warning } from "../model/warning.ts";
import type { ActionEvent, Interrupt, Log, Ports, StepPort } from "../ports/index.ts";
import { progressOn } from "../report/words/progress.ts";
import { type Inputs, readInputs, refuseReuse, refuseUnknownInputs } from "./inputs.ts";

/** What the entry hands a workflow step. */
export interface ActionWorld {
  readonly step: StepPort;
  readonly interrupt: Interrupt;
  /** The rest of the world, whose git asks the remote in the name of the token. */
  readonly ports: (access: { readonly token: string; readonly serverUrl: string }) => Ports;
  /** The browser's part of the HTML report. A `GateError` where it is missing. */
  readonly pageProgram: () => Promise<PageProgram>;
}

/** What one step of a workflow works with, whatever it does. */
export interface Opened extends Pick<ActionWorld, "step" | "pageProgram"> {
  readonly ports: Ports;
  readonly inputs: Inputs;
  readonly event: ActionEvent;
  /** The configuration in the working tree, and its name, whether it is there or not. */
  readonly config: ConfigFile | null;
  readonly file: string;
  readonly store: BaselineStore;
  readonly signal: AbortSignal;
  /** When the step began, on the monotonic clock. */
  readonly began: number;
}

/** Everything that a step works with that measures. */
export interface Step extends Opened {
  readonly plan: Plan;
  readonly planWarnings: readonly Warning[];
  readonly candidate: MeasuredSide;
}

/** Events whose token is not the pull request author's to use: nothing of theirs runs here. */
const PRIVILEGED: readonly ActionEvent["kind"][] = ["pull_request_target", "workflow_run"];

/** The inputs of a job that measures a part. */
const PARTS = ["shard", "pool"] as const;

/** The inputs that share a gate out among jobs, which bring it together by the base of the event. */
const WITHOUT_BASE = ["shard", "pool", "fan-in"] as const;

/** Events that store a baseline, on the default branch. */
const RECORDING: readonly ActionEvent["kind"][] = ["push", "schedule", "workflow_dispatch"];

/** Whether a run is about the default branch itself, and nobody's change to it. */
export function onDefaultBranch({ kind, ref, defaultBranch }: ActionEvent): boolean {
  return RECORDING.includes(kind) && defaultBranch !== undefined && ref === `refs/heads/${defaultBranch}`;
}

/** Reads the inputs and the event, and refuses what cannot be gated, before anything runs. */
export async function open({ step, interrupt, pageProgram, ...world }: ActionWorld): Promise<Opened> {
  refuseUnknownInputs(step.variables);
  const inputs = readInputs(step.input);
  step.hide(inputs.token);
  refuseReuse(inputs);
  const event = step.event();
  const needless = inputs["fan-in"] === null ? undefined : PARTS.find((name) => inputs[name] !== null);
  if (needless !== undefined) {
    throw new GateError(
      `${needless} cannot be combined with fan-in: the jobs that measure say which part is theirs`,
      "Remove it",
      { path: `input ${needless}` },
    );
  }
  if (inputs.alert === "issue" && inputs["fan-in"] !== null) {
    throw new GateError(
      "alert cannot be combined with fan-in: the jobs that measure the default branch keep the issue",
      "Give it to them, and remove it here",
      { path: "input alert" },
    );
  }
  if (inputs.expect.length > 0 && inputs["fan-in"] === null) {
    throw new GateError("expect requires fan-in", "Give fan-in too, or remove it", {
      path: "input expect",
    });
  }
  const unfit = inputs.base === null ? undefined : WITHOUT_BASE.find((name) => inputs[name] !== null);
  if (unfit !== undefined) {
    throw new GateError(`base cannot be combined with ${unfit}: one job measures both revisions`, "Remove either", {
      path: "input base",
    });
  }
  const readsOnly = inputs["fan-in"] !== null && event.kind === "workflow_run";
  if (PRIVILEGED.includes(event.kind) && !readsOnly) {
    throw new GateError(
      `Benchgate does not run commands on ${event.name}: they would run a stranger's code with this repository's token`,
      "Use `on: pull_request`; for a comment on pull requests from forks, see docs/forks.md.",
    );
  }
  const ports = world.ports({ token: inputs.token, serverUrl: event.serverUrl });
  if ((await ports.git.root()) === null) {
    throw new GateError(
      "There is no git repository here",
      "Put actions/checkout before this step, with `fetch-depth: 0`",
    );
  }
  const store = openStore(ports, inputs["baseline-store"], inputs, event);
  return {
    step,
    pageProgram,
    ports,
    inputs,
    event,
    config: await readConfig(ports.files, inputs.config, TOOL_WORDS),
    file: inputs.config ?? DEFAULT_CONFIG_FILE,
    store,
    signal: interrupt.signal,
    began: ports.clock.monotonic(),
  };
}

/** Makes the plan of a step that measures, with the budgets of the base revision. */
export async function prepare(opened: Opened): Promise<Step> {
  const { ports, inputs, event, config, file } = opened;
  const plan = withPart(planFromInputs(inputs, config, TOOL_WORDS), opened);
  const judged = event.pull !== undefined || event.kind === "merge_group";
  const { config: base, warnings } = await configAt(ports, judged ? event.baseSha : undefined, file);
  const trusted = base === null ? plan.budgets : budgetsOf(base, inputs.threshold);
  const suites =
    base?.suites.map(({ name }) => name).filter((name) => !plan.suites.some((suite) => suite.name === name)) ?? [];
  const revision = (await ports.git.revision("HEAD")) ?? { sha: event.sha, ref: event.ref, committedAt: "" };
  return {
    ...opened,
    plan: {
      ...plan,
      budgets: trusted,
      ...(base !== null && { onInconclusive: inputs["on-inconclusive"] ?? base.onInconclusive ?? "warn" }),
    },
    planWarnings: [
      ...warnings,
      ...loosened(trusted, plan.budgets, file),
      ...(suites.length > 0 ? [{ code: "suites-removed", suites } as const] : []),
    ],
    // A pull request is checked out as a merge that nobody knows by name: its head is what reviewers see.
    candidate: {
      name: "candidate",
      cwd: ports.host.cwd,
      revision: { ...revision, sha: event.headSha ?? revision.sha, ref: event.headRef ?? event.ref },
    },
  };
}

/** The plan of the part that this job measures. A runner of a pool has its share of the pairs, and no stored run that is the whole pool's. */
function withPart(plan: Plan, { inputs, config }: Opened): Plan {
  const part = partOf(inputs);
  if (part?.seat === undefined) return part === null ? plan : { ...plan, part };
  if (plan.compare === "stored") {
    throw new GateError(
      "pool cannot be combined with compare: stored: its runners measure pairs",
      "Use `compare: side-by-side`, or remove pool",
      { path: "input pool" },
    );
  }
  const rounds = inputs.rounds ?? config?.rounds ?? null;
  return { ...plan, part, pairs: rounds ?? pairsOfRunner(part.seat.of) };
}

/** A warning where a pull request's own budgets are not those in force. */
export function loosened(trusted: readonly Budget[], own: readonly Budget[], file: string): readonly Warning[] {
  return JSON.stringify(trusted) === JSON.stringify(own) ? [] : [{ code: "budgets-from-base", file }];
}

/** The configuration of a base revision, null where it has no sound one, and what is said of one that is not sound. */
export interface BaseConfig {
  readonly config: ConfigFile | null;
  readonly warnings: readonly Warning[];
}

/** That of a revision; of none where no revision is given. Throws a `GateError` where the revision cannot be had. */
export async function configAt({ git }: Ports, sha: string | undefined, file: string): Promise<BaseConfig> {
  // Not caught: without the base's commit nobody knows its budgets.
  const text = sha === undefined ? null : await git.show(sha, file);
  try {
    return { config: text === null ? null : parseConfig(text, file, TOOL_WORDS), warnings: [] };
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    return { config: null, warnings: [{ code: "base-unsound", file, reason: error.message }] };
  }
}

/** What a measurement of this step needs beyond its plan. */
export function request(event: ActionEvent, log: Log, part: Part | undefined) {
  const session = `${event.runId}/${event.attempt}`;
  // The order of the sides can be drawn again from the run that is being looked at. Each runner of a pool has an order of its own.
  const run = BigInt(event.runId.replaceAll(/\D/g, "") || "0");
  const seed = Number(BigInt.asUintN(32, run + BigInt(part?.seat?.runner || 0)));
  return { session, seed, onProgress: progressOn({ progress: log.info, err: log.info }) };
}
