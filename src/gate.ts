import { ADAPTERS } from "./adapters/index.ts";
import { history } from "./baseline/history.ts";
import type { BaselineStore } from "./baseline/store.ts";
import { type Baseline, judge } from "./judge/judge.ts";
import { type MeasuredSide, measure } from "./measure/measure.ts";
import type { Progress } from "./measure/progress.ts";
import { setUp } from "./measure/setup.ts";
import { matches, type Plan, type Suite } from "./model/plan.ts";
import type { Recording, Revision } from "./model/recording.ts";
import type { Outcome } from "./model/verdict.ts";
import type { Warning } from "./model/warning.ts";
import type { Ports } from "./ports.ts";

/** What the candidate is compared with: the history in a store, or a revision that is measured beside it. */
export type Against =
  | {
      readonly kind: "stored";
      readonly store: BaselineStore;
      /** The gate whose entries count: one workflow job. */
      readonly gate: string;
      /** The revision whose ancestors may be baselines. */
      readonly from: string;
    }
  | { readonly kind: "side-by-side"; readonly revision: Revision };

/** One use of the gate. */
export interface GateRequest {
  readonly plan: Plan;
  readonly candidate: MeasuredSide;
  readonly against: Against;
  /** Names this experiment: rounds of one session with equal pair numbers are pairs. */
  readonly session: string;
  /** A pattern over `suite/benchmark`: nothing else is judged; null judges everything. */
  readonly only: string | null;
  /** Draws the order of the sides; it is part of the session, so that the order can be drawn again. */
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
  /** Stops the measurement; what was recorded is kept. */
  readonly signal?: AbortSignal;
}

/** Measures the candidate, finds its baseline, and judges. Everything but the two ends is a pure function. */
export async function gate(ports: Ports, request: GateRequest): Promise<{ outcome: Outcome; recording: Recording }> {
  const measured =
    request.against.kind === "stored"
      ? await againstHistory(ports, request, request.against)
      : await sideBySide(ports, request, request.against.revision);
  const { candidate, baseline, warnings } = measured;
  const { budgets, accept, onInconclusive } = request.plan;
  const today = ports.clock.now().toISOString().slice(0, 10);
  return {
    outcome: judge(baseline, candidate, { budgets, accept, onInconclusive, today }, warnings),
    recording: candidate,
  };
}

/** Measures one revision alone: what a push to the base branch stores. */
export async function record(
  ports: Ports,
  request: Omit<GateRequest, "against">,
): Promise<{ recording: Recording; warnings: readonly Warning[] }> {
  const { plan, candidate, onProgress } = request;
  await setUp(ports, candidate, plan.setup);
  const { recordings, warnings } = await measure(ports, { ...effort(request), sides: [candidate] }, onProgress);
  return { recording: keepOnly(recordings.candidate!, request.only), warnings };
}

interface Measured {
  readonly candidate: Recording;
  readonly baseline: Baseline;
  readonly warnings: readonly Warning[];
}

async function againstHistory(
  ports: Ports,
  request: GateRequest,
  { store, gate, from }: Against & { kind: "stored" },
): Promise<Measured> {
  // Asked before anything is measured: a store out of reach must not cost the rounds.
  await store.list();
  const { recording, warnings } = await record(ports, request);
  const found = await history(ports, store, { gate, sha: from, environment: recording.environment });
  const [newest, ...older] = found.recordings.map((each) => keepOnly(each, request.only));
  const differs = found.differences.map(({ fact, baseline: stored, candidate }) => `${fact}: ${stored} → ${candidate}`);
  const baseline: Baseline =
    newest === undefined
      ? { kind: "none", stored: found.others, differs }
      : { kind: "stored", recordings: [newest, ...older] };
  return { candidate: recording, baseline, warnings: [...warnings, ...found.warnings] };
}

/** The base revision in a worktree of its own, with the candidate's benchmark files, measured in turns with the candidate. */
async function sideBySide(ports: Ports, request: GateRequest, revision: Revision): Promise<Measured> {
  const { plan, candidate, onProgress } = request;
  const folder = await ports.files.temporaryFolder();
  const remove = await ports.git.worktree(revision.sha, `${folder}/baseline`);
  try {
    // Started in a subfolder, both sides run in that subfolder of their own tree.
    const prefix = await ports.git.prefix();
    const baseline: MeasuredSide = {
      name: "baseline",
      cwd: [`${folder}/baseline`, prefix].filter(Boolean).join("/"),
      revision,
    };
    const gone = await takeOverBenchmarks(ports, plan.suites, candidate.cwd, baseline.cwd);
    for (const place of [baseline, candidate]) await setUp(ports, place, plan.setup);
    const options = { ...effort(request), sides: [baseline, candidate] };
    const { recordings, warnings } = await measure(ports, options, onProgress);
    return {
      candidate: keepOnly(recordings.candidate!, request.only),
      baseline: { kind: "side-by-side", recordings: [keepOnly(recordings.baseline!, request.only)] },
      warnings: gone.length === 0 ? warnings : [...warnings, { code: "definitions-removed", files: gone }],
    };
  } finally {
    await remove();
  }
}

/**
 * Gives both sides the candidate's definitions: a benchmark that was edited, or moved to another file, is still compared with itself.
 * Resolves to the files that only the baseline had: they are not measured.
 */
async function takeOverBenchmarks(
  ports: Ports,
  suites: readonly Suite[],
  from: string,
  to: string,
): Promise<readonly string[]> {
  const patterns = suites.flatMap(({ workload }) => (workload.kind === "bench" ? workload.patterns : []));
  if (patterns.length === 0) return [];
  const files = await ports.files.glob(patterns, from);
  const gone = (await ports.files.glob(patterns, to)).filter((file) => !files.includes(file));
  for (const file of gone) await ports.files.remove(`${to}/${file}`);
  for (const file of files) await ports.files.writeText(`${to}/${file}`, await ports.files.readText(`${from}/${file}`));
  return gone;
}

/** What `measure` is told besides the sides; with `only`, suites that cannot hold a match are left out. */
function effort({ plan, only, session, seed, signal }: Omit<GateRequest, "against">) {
  const { suites, rounds, timeBudget } = plan;
  const [suite] = only?.includes("/") ? only.split("/") : ["*"];
  const wanted = suites.filter(({ name }) => matches(suite!, name));
  return { suites: wanted, rounds, timeBudget, session, seed, adapters: ADAPTERS, ...(signal && { signal }) };
}

/** A recording without what nobody asked about. */
function keepOnly(recording: Recording, only: string | null): Recording {
  if (only === null) return recording;
  const wanted = ({ suite, benchmark }: { suite: string; benchmark: string }) =>
    benchmark === "*" || matches(only, `${suite}/${benchmark}`);
  return {
    ...recording,
    rounds: recording.rounds.map((round) => ({
      ...round,
      measurements: round.measurements.filter(wanted),
      failures: round.failures.filter(wanted),
    })),
  };
}
