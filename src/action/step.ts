import { TOOL_WORDS } from "../adapters/index.ts";
import { gateName } from "../baseline/entry.ts";
import { openStore } from "../baseline/index.ts";
import type { BaselineStore } from "../baseline/store.ts";
import { type ConfigFile, parseConfig } from "../config/config.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { budgetsOf, planFromInputs } from "../config/plan.ts";
import { readConfig } from "../config/read.ts";
import type { MeasuredSide } from "../measure/recorder.ts";
import { GateError } from "../model/error.ts";
import type { Budget, Plan } from "../model/plan.ts";
import type { PageProgram } from "../model/report-program.ts";
import type { Warning } from "../model/warning.ts";
import type { ActionEvent, Interrupt, Log, Ports, StepPort } from "../ports/index.ts";
import { progressOn } from "../report/words/progress.ts";
import { type Inputs, readInputs, refuseUnknownInputs } from "./inputs.ts";

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
}

/** Everything that a step works with that measures. */
export interface Step extends Opened {
  readonly plan: Plan;
  readonly planWarnings: readonly Warning[];
  readonly candidate: MeasuredSide;
}

/** Events whose token is not the pull request author's to use: nothing of theirs runs here. */
const PRIVILEGED: readonly ActionEvent["kind"][] = ["pull_request_target", "workflow_run"];

/** Reads the inputs and the event, and refuses what cannot be gated, before anything runs. */
export async function open({ step, interrupt, pageProgram, ...world }: ActionWorld): Promise<Opened> {
  refuseUnknownInputs(step.variables);
  const inputs = readInputs(step.input);
  step.hide(inputs.token);
  const event = step.event();
  if (inputs.expect.length > 0 && inputs["fan-in"] === null) {
    throw new GateError("expect requires fan-in", "Give fan-in too, or remove it", {
      path: "input expect",
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
  };
}

/** Makes the plan of a step that measures, with the budgets of the base revision. */
export async function prepare(opened: Opened): Promise<Step> {
  const { ports, inputs, event, config, file } = opened;
  const plan = planFromInputs(inputs, config, TOOL_WORDS);
  const judged = event.pull !== undefined || event.kind === "merge_group";
  const base = judged ? await configAt(ports, event.baseSha, file) : null;
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

/** A warning where a pull request's own budgets are not those in force. */
export function loosened(trusted: readonly Budget[], own: readonly Budget[], file: string): readonly Warning[] {
  return JSON.stringify(trusted) === JSON.stringify(own) ? [] : [{ code: "budgets-from-base", file }];
}

/** The configuration of a revision; null where it has no sound one. Throws a `GateError` where the revision cannot be had. */
export async function configAt({ git }: Ports, sha: string | undefined, file: string): Promise<ConfigFile | null> {
  if (sha === undefined) return null;
  // Not caught: without the base's commit nobody knows its budgets.
  const text = await git.show(sha, file);
  try {
    return text === null ? null : parseConfig(text, file, TOOL_WORDS);
  } catch (error) {
    if (error instanceof GateError) return null;
    throw error;
  }
}

/** What a measurement of this step needs beyond its plan. */
export function request(event: ActionEvent, log: Log) {
  const session = `${event.runId}/${event.attempt}`;
  // The order of the sides can be drawn again from the run that is being looked at.
  const seed = Number(BigInt.asUintN(32, BigInt(event.runId.replaceAll(/\D/g, "") || "0")));
  return { session, seed, onProgress: progressOn({ progress: log.info, err: log.info }) };
}

/** The gate whose baselines count: this step of this job of this workflow, and this cell of its matrix. */
export function gateOf({ event, inputs: { cell } }: Pick<Opened, "event" | "inputs">): string {
  return gateName(event.workflow, `${event.job}${event.step}${cell === null ? "" : ` ${cell}`}`);
}

/** What tells the comments of several gates on one pull request apart. */
export function commentKey({ event, inputs: { cell } }: Pick<Opened, "event" | "inputs">): string {
  return `${event.workflow}/${event.job}${event.step}${cell === null ? "" : `/${cell}`}`;
}

/** Writes a file that later steps can read. */
export async function keep(
  { step, ports }: Pick<Opened, "step" | "ports">,
  name: string,
  text: string,
): Promise<string> {
  const path = `${step.folder}/${name}`;
  await ports.files.writeText(path, text);
  return path;
}

/** Says which files were not written, each reason once. */
export function sayUnkept({ log }: Pick<StepPort, "log">, errors: readonly GateError[]): void {
  const reasons = new Map<string, GateError[]>();
  for (const error of errors) {
    const reason = `${error.problem} ${error.remedy}`;
    reasons.set(reason, [...(reasons.get(reason) ?? []), error]);
  }
  for (const [first, ...others] of reasons.values()) {
    const more =
      others.length > 0 ? `, and so with ${others.length} more of the files that later steps could read` : "";
    log.warn(`${first!.message}${more}`);
  }
}

/** As `keep`; empty where the file cannot be written, which is said. */
export async function keepIfPossible(
  opened: Pick<Opened, "step" | "ports">,
  name: string,
  text: string,
): Promise<string> {
  try {
    return await keep(opened, name, text);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    sayUnkept(opened.step, [error]);
    return "";
  }
}
