import { GateError } from "../model/error.ts";
import { type Command, isDeployed } from "../model/plan.ts";
import type { Progress } from "../model/progress.ts";
import type { Recording, Revision } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Ports } from "../ports/index.ts";
import { takeOverDefinitions } from "./definitions.ts";
import { type Measured, type MeasureOptions, measure } from "./measure.ts";
import type { MeasuredSide } from "./recorder.ts";
import { SameCodeFinder, type SameCodeOptions } from "./same-code/same-code.ts";
import type { Side } from "./schedule.ts";
import { type SetUpFailure, type SetUpResult, trySetUp, unbuilt } from "./setup.ts";

/** What is measured beside what. */
export interface SideBySideOptions extends Omit<MeasureOptions, "sides"> {
  readonly candidate: MeasuredSide;
  /** What the candidate is measured beside; it gets a working tree of its own for as long as this takes. */
  readonly revision: Revision;
  /** Run once in each tree. */
  readonly setup: Command | null;
  /** Whether the candidate is measured a second time beside itself. */
  readonly control: boolean;
  /** Whether the candidate's tree has been set up already. */
  readonly ready: boolean;
  /** What is asked about the code of both sides; absent: everything is measured. */
  readonly code?: Pick<SameCodeOptions, "needed" | "config">;
  /** Done while both trees are still there, once all is measured. `below`: where the sides' folders lie in their trees. */
  readonly afterwards?: (measured: Measured, sides: readonly MeasuredSide[], below: string) => Promise<void>;
}

/** Both sides in turns: two trees, or where all suites have targets two deployments. */
export async function measureSideBySide(
  ports: Ports,
  options: SideBySideOptions,
  onProgress: (progress: Progress) => void,
): Promise<Measured> {
  return isDeployed(options.suites)
    ? measureDeployed(ports, options, onProgress)
    : measureTrees(ports, options, onProgress);
}

/** Deployments, each under the candidate's load: nothing of the base revision is checked out, or set up. */
async function measureDeployed(
  ports: Ports,
  { candidate, revision, setup, control, ready, code: _, afterwards, ...options }: SideBySideOptions,
  onProgress: (progress: Progress) => void,
): Promise<Measured> {
  const baseline: MeasuredSide = { ...candidate, name: "baseline", revision };
  const twin: MeasuredSide = { ...candidate, name: "control" };
  const failed = await setUpAll(ports, ready ? [] : [candidate], setup, options.signal);
  const sides = [baseline, candidate, ...(control ? [twin] : [])];
  const measured = await measureBuilt(ports, { ...options, sides }, failed, onProgress);
  if (failed.size === 0 && !measured.interrupted)
    await afterwards?.(measured, [baseline, candidate], await ports.git.prefix());
  return measured;
}

/** The base revision in a worktree of its own, with the candidate's benchmark files, measured in turns with the candidate. */
async function measureTrees(
  ports: Ports,
  { candidate, revision, setup, control, ready, code, afterwards, ...options }: SideBySideOptions,
  onProgress: (progress: Progress) => void,
): Promise<Measured> {
  const folder = await ports.files.temporaryFolder();
  const remove = await ports.git.worktree(revision.sha, `${folder}/baseline`);
  try {
    // Started in a subfolder, both sides run in that subfolder of their own tree.
    const prefix = await ports.git.prefix();
    const cwd = [`${folder}/baseline`, prefix].filter(Boolean).join("/");
    const baseline: MeasuredSide = { name: "baseline", cwd, revision };
    const gone = await takeOverDefinitions(ports, options.suites, candidate.cwd, cwd);
    const lacking = await ports.git.lacking(`${folder}/baseline`);
    const remarks: Warning[] = [
      ...(gone.length > 0 ? [{ code: "definitions-removed", files: gone } as const] : []),
      ...(lacking.length > 0 ? [{ code: "incomplete-baseline", paths: lacking } as const] : []),
    ];
    const twin: MeasuredSide = { ...candidate, name: "control" };
    const sides = [baseline, candidate, ...(control ? [twin] : [])];
    const failed = await setUpAll(ports, ready ? [baseline] : [baseline, candidate], setup, options.signal);
    // A control is to show what the machine makes of the same code.
    const asked = code !== undefined && !control && failed.size === 0 && options.signal?.aborted !== true;
    const roots = [`${folder}/baseline`, (await ports.git.root()) ?? candidate.cwd] as const;
    const sameCode = asked
      ? await SameCodeFinder.begin(ports, [baseline, candidate], roots, {
          ...options,
          ...code,
          onFound: (suite, found) => onProgress({ suite, round: 0, rounds: options.rounds, code: found }),
        })
      : null;
    const whole = { ...options, sides, ...(sameCode && { sameCode }) };
    const measured = await measureBuilt(ports, whole, failed, onProgress);
    if (failed.size === 0 && !measured.interrupted) await afterwards?.(measured, [baseline, candidate], prefix);
    return { ...measured, warnings: [...measured.warnings, ...remarks] };
  } finally {
    await remove();
  }
}

/** The sides that could not be set up, and why. */
async function setUpAll(
  ports: Ports,
  sides: readonly MeasuredSide[],
  setup: Command | null,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<Side, SetUpFailure>> {
  const failed = new Map<Side, SetUpFailure>();
  for (const side of sides) {
    const result = await trySetUp(ports, side, setup).catch((error: unknown): SetUpResult => {
      if (side.name !== "baseline" || signal?.aborted || !(error instanceof GateError)) throw error;
      // The base revision lacks the folder that the candidate runs in: that keeps nobody from adding it.
      return { ok: false, failure: { problem: error.problem, remedy: error.remedy, output: "" } };
    });
    if (!result.ok) failed.set(side.name, result.failure);
  }
  return failed;
}

/**
 * Measures the sides that could be set up; the others' suites have all failed. Without a candidate there is nothing to measure. Without a
 * baseline the candidate is measured all the same, up to the first look: limits are judged, and a baseline that does not build must not
 * keep its own repair out.
 */
async function measureBuilt(
  ports: Ports,
  options: MeasureOptions,
  failed: ReadonlyMap<Side, SetUpFailure>,
  onProgress: (progress: Progress) => void,
): Promise<Measured> {
  if (options.signal?.aborted || failed.size === 0) return measure(ports, options, onProgress);
  const environment = await ports.host.environment();
  const session = { ...options, environment, startedAt: ports.clock.now().toISOString() };
  const broken = options.sides.map((side) => {
    const failure = failed.get(side.name);
    const nothing: Recording = { revision: side.revision, environment, rounds: [] };
    return [side.name, failure === undefined ? nothing : unbuilt(side, failure, session)] as const;
  });
  const recordings: Measured["recordings"] = Object.fromEntries(broken);
  if (failed.has("candidate")) return { recordings, warnings: [], interrupted: false };
  const { looks: _, ...whole } = options;
  const alone = { ...whole, rounds: options.looks?.at[0] ?? options.rounds, sides: options.sides.slice(1) };
  const measured = await measure(ports, alone, onProgress);
  return { ...measured, recordings: { ...measured.recordings, baseline: recordings.baseline! } };
}
