import { ADAPTERS } from "./adapters/index.ts";
import { history } from "./baseline/history.ts";
import type { BaselineStore } from "./baseline/store.ts";
import { controlWarning } from "./judge/control.ts";
import { type Forecast, forecast, secondsPerPair } from "./judge/forecast.ts";
import { type Baseline, judge } from "./judge/judge.ts";
import { settle } from "./judge/settle.ts";
import { doubtful, looksOf, undecided } from "./judge/undecided.ts";
import { measure, type Open } from "./measure/measure.ts";
import type { Progress } from "./measure/progress.ts";
import type { MeasuredSide } from "./measure/recorder.ts";
import type { Side } from "./measure/schedule.ts";
import { setUp, trySetUp, unbuilt } from "./measure/setup.ts";
import { measureSideBySide } from "./measure/side-by-side.ts";
import { matches, type Plan } from "./model/plan.ts";
import { keepOnly, type Recording, type Revision } from "./model/recording.ts";
import type { Outcome } from "./model/verdict.ts";
import type { Warning } from "./model/warning.ts";
import type { Ports } from "./ports/index.ts";

/** The history in a store. */
export interface Stored {
  readonly kind: "stored";
  readonly store: BaselineStore;
  /** The gate whose entries count: one workflow job. */
  readonly gate: string;
  /** The revision whose ancestors may be baselines. */
  readonly from: string;
}

/**
 * What the candidate is compared with: the history in a store, a revision that is measured beside it, or the one where the other
 * leaves doubts.
 */
export type Against =
  | Stored
  | { readonly kind: "side-by-side"; readonly revision: Revision }
  | { readonly kind: "auto"; readonly stored: Stored; readonly revision: Revision };

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
  /** Told before the first round, where there is history to go by. */
  readonly onForecast?: (forecast: Forecast) => void;
  /** Stops the measurement; what was recorded is kept. */
  readonly signal?: AbortSignal;
  /** What was recorded side by side under this session until it was interrupted. */
  readonly before?: Recordings;
}

export type Recordings = Partial<Record<Side, Recording>>;

/** The gate's answer, and what it rests on. */
export interface Gated {
  readonly outcome: Outcome;
  /** The sides of what decided; the candidate alone against stored runs. */
  readonly recordings: Recordings;
  /** What was compared with stored runs, newest first, whether that decided or only screened. */
  readonly screened?: { readonly baseline: readonly Recording[]; readonly candidate: Recording };
  /** Whether the user ended the measurement early. */
  readonly interrupted: boolean;
}

/** Measures the candidate, finds its baseline, and judges. Everything but the two ends is a pure function. */
export async function gate(ports: Ports, request: GateRequest): Promise<Gated> {
  const { against, plan } = request;
  if (against.kind === "side-by-side") return sideBySide(ports, request, against.revision, null);
  const stored = against.kind === "stored" ? against : against.stored;
  // Asked before anything is measured: a store out of reach must not cost the rounds.
  const found = await historyOf(ports, stored, request.only);
  if (against.kind === "auto" && found.baseline.kind === "none") {
    const first = await sideBySide(ports, request, against.revision, null);
    return { ...first, outcome: { ...first.outcome, warnings: [...first.outcome.warnings, ...found.warnings] } };
  }
  if (found.baseline.kind !== "none") {
    request.onForecast?.(forecast(found.baseline.recordings, plan.rounds, rulesOf(ports, plan)));
  }
  const began = ports.clock.monotonic();
  const screened = await againstHistory(ports, request, found);
  const doubts = doubtful(screened.outcome);
  if (against.kind === "stored" || doubts.size === 0 || screened.interrupted) return screened;

  const spent = ports.clock.monotonic() - began;
  const timeBudget = plan.timeBudget === null ? null : Math.max(0, plan.timeBudget - spent);
  const again = { ...request, plan: { ...plan, timeBudget } };
  const fresh = await sideBySide(ports, again, against.revision, doubts);
  const outcome = settle(screened.outcome, fresh.outcome, doubts, plan.onInconclusive);
  return { ...fresh, outcome, ...(screened.screened && { screened: screened.screened }) };
}

/** Measures one revision alone: what a push to the base branch stores. */
export async function record(
  ports: Ports,
  request: Omit<GateRequest, "against">,
): Promise<{ recording: Recording; warnings: readonly Warning[]; interrupted: boolean }> {
  await setUp(ports, request.candidate, request.plan.setup);
  return recordBuilt(ports, request);
}

async function recordBuilt(ports: Ports, request: Omit<GateRequest, "against">): ReturnType<typeof record> {
  const { plan, candidate, onProgress, only } = request;
  const options = { ...effort(request), rounds: plan.rounds, sides: [candidate] };
  const { recordings, warnings, interrupted } = await measure(ports, options, onProgress);
  return { recording: keepOnly(recordings.candidate!, wanted(only)), warnings, interrupted };
}

interface Found {
  readonly baseline: Baseline;
  /** How many commits the newest run lies behind the base revision; null where there is none. */
  readonly distance: number | null;
  readonly warnings: readonly Warning[];
}

async function historyOf(ports: Ports, { store, gate, from }: Stored, only: string | null): Promise<Found> {
  const environment = await ports.host.environment();
  const found = await history(ports, store, { gate, sha: from, environment });
  const { recordings, warnings, others, differences, distance } = found;
  const [newest, ...older] = recordings.map((each) => keepOnly(each, wanted(only)));
  const differs = differences.map(({ fact, baseline: stored, candidate }) => `${fact}: ${stored} → ${candidate}`);
  const baseline: Baseline =
    newest === undefined
      ? { kind: "none", stored: others, differs }
      : { kind: "stored", recordings: [newest, ...older] };
  return { baseline, warnings, distance };
}

async function againstHistory(ports: Ports, request: GateRequest, found: Found): Promise<Gated> {
  const { plan, candidate, session, signal } = request;
  const built = await trySetUp(ports, candidate, plan.setup);
  const environment = await ports.host.environment();
  const startedAt = ports.clock.now().toISOString();
  const { recording, warnings, interrupted } = built.ok
    ? await recordBuilt(ports, request)
    : {
        recording: unbuilt(candidate, built.failure, { session, suites: plan.suites, environment, startedAt }),
        warnings: [],
        interrupted: signal?.aborted ?? false,
      };
  const judged = judge(found.baseline, recording, rulesOf(ports, request.plan), [...warnings, ...found.warnings]);
  const { distance } = found;
  const described = judged.baseline.kind === "none" || distance === null ? {} : { distance };
  const outcome: Outcome = { ...judged, baseline: { ...judged.baseline, ...described } };
  const compared = found.baseline.kind === "none" ? [] : found.baseline.recordings;
  const screened = { baseline: compared, candidate: recording };
  return { outcome, recordings: { candidate: recording }, interrupted, ...(compared.length > 0 && { screened }) };
}

/** Both revisions in turns on this machine, until every benchmark is decided; with `doubts`, only those. */
async function sideBySide(ports: Ports, request: GateRequest, revision: Revision, doubts: Open | null): Promise<Gated> {
  const { plan, candidate, only, session, seed, before, onProgress } = request;
  const { pairs, setup, control } = plan;
  const looks = looksOf(pairs);
  const rules = { ...rulesOf(ports, plan), looks };
  const judged = (recordings: Recordings, warnings: readonly Warning[] = []) => {
    const keep = (of: Recording) => keepOnly(of, wanted(only, doubts));
    const baseline: Baseline = { kind: "side-by-side", recordings: [keep(recordings.baseline!)] };
    return judge(baseline, keep(recordings.candidate!), rules, warnings);
  };
  const { recordings, warnings, interrupted } = await measureSideBySide(
    ports,
    {
      ...effort(request),
      candidate,
      revision,
      setup,
      control,
      // What was screened has been set up.
      ready: doubts !== null,
      rounds: pairs,
      looks: { at: looks, open: (soFar) => undecided(judged(soFar), pairs) },
      ...(doubts && { open: doubts }),
      ...(before && { before }),
    },
    onProgress,
  );
  const unstable = recordings.control && controlWarning(recordings.candidate!, recordings.control, rules);
  const remarks = unstable ? [...warnings, unstable] : warnings;
  const pace = secondsPerPair(Object.values(recordings));
  const experiment = { session, seed, looks, ...(pace !== null && { secondsPerPair: pace }) };
  const outcome: Outcome = { ...judged(recordings, remarks), experiment };
  return { outcome, recordings, interrupted };
}

function rulesOf({ clock }: Ports, { budgets, accept, onInconclusive }: Plan) {
  return { budgets, accept, onInconclusive, today: clock.now().toISOString().slice(0, 10) };
}

/** What `measure` is told besides the sides; with `only`, suites that cannot hold a match are left out. */
function effort({ plan, only, session, seed, signal }: Omit<GateRequest, "against">) {
  const [suite] = only?.includes("/") ? only.split("/") : ["*"];
  const suites = plan.suites.filter(({ name }) => matches(suite!, name));
  return { suites, timeBudget: plan.timeBudget, session, seed, adapters: ADAPTERS, ...(signal && { signal }) };
}

/** Whether anybody asked about a benchmark; `*` is a whole suite. */
function wanted(only: string | null, doubts: Open | null = null) {
  return (suite: string, benchmark: string): boolean => {
    if (doubts !== null && !doubts.has(suite)) return false;
    if (benchmark === "*") return true;
    const asked = only === null || matches(only, `${suite}/${benchmark}`);
    return asked && (doubts?.get(suite)?.includes(benchmark) ?? true);
  };
}
