import { damaged, history } from "./baseline/history.ts";
import type { BaselineStore } from "./baseline/store.ts";
import { DEFAULT_TIME_BUDGET } from "./config/defaults.ts";
import { type Baseline, storedBaseline } from "./judge/baseline.ts";
import { controlWarning } from "./judge/control.ts";
import { type Forecast, forecast, secondsPerPair } from "./judge/forecast.ts";
import { judge } from "./judge/judge.ts";
import type { Compared } from "./judge/rows/compared.ts";
import { settle } from "./judge/settle.ts";
import { doubtful, looksOfPlan, undecided } from "./judge/undecided.ts";
import type { Open } from "./measure/agenda.ts";
import { type MeasuredAlone, measureAlone } from "./measure/alone.ts";
import { isAsked, isDeal, type Only, suitesAsked } from "./measure/asked.ts";
import { explainGate } from "./measure/explaining.ts";
import type { Dealt } from "./measure/measure.ts";
import type { MeasuredSide, Recordings } from "./measure/recorder.ts";
import { codeAsked } from "./measure/same-code/asked.ts";
import { setUp } from "./measure/setup.ts";
import { measureSideBySide } from "./measure/side-by-side.ts";
import { GateError } from "./model/error.ts";
import type { Explanation } from "./model/explanation.ts";
import type { Plan } from "./model/plan.ts";
import type { Progress } from "./model/progress.ts";
import { keepOnly, type Recording, type Revision } from "./model/recording.ts";
import type { CodeCompared } from "./model/same-code.ts";
import type { Outcome } from "./model/verdict.ts";
import type { Warning } from "./model/warning.ts";
import type { Ports } from "./ports/index.ts";

/** The history in a store. */
interface Stored {
  readonly kind: "stored";
  readonly store: BaselineStore;
  /** The gate whose entries count: one workflow job. */
  readonly gate: string;
  /** The revision whose ancestors may be baselines. */
  readonly from: string;
}

/** A revision that is measured beside the candidate. */
interface Beside {
  readonly kind: "side-by-side";
  readonly revision: Revision;
}

/**
 * What the candidate is compared with: the history in a store, a revision that is measured beside it, or the one where the other
 * leaves doubts.
 */
export type Against = Stored | Beside | { readonly kind: "auto"; readonly stored: Stored; readonly revision: Revision };

/** One use of the gate. */
export interface GateRequest {
  readonly plan: Plan;
  readonly candidate: MeasuredSide;
  readonly against: Against;
  /** Names this experiment: rounds of one session with equal pair numbers are pairs. */
  readonly session: string;
  /** Nothing else is judged, nor measured where that can be helped. */
  readonly only: Only;
  /** Draws the order of the sides; it is part of the session, so that the order can be drawn again. */
  readonly seed: number;
  readonly onProgress: (progress: Progress) => void;
  /** Told before the first round, where there is history to go by. */
  readonly onForecast?: (forecast: Forecast) => void;
  /** Told what is profiled, once all is measured. */
  readonly onProfile?: (of: { readonly suite: string; readonly benchmark: string }) => void;
  /** Stops the measurement; what was recorded is kept. */
  readonly signal?: AbortSignal;
  /** What was recorded side by side under this session until it was interrupted. */
  readonly before?: Recordings;
}

/** The gate's answer, and what it rests on. */
export interface Gated {
  readonly outcome: Outcome;
  /** What was compared, in the order in which it was: with stored runs, side by side, or the one after the other. */
  readonly comparisons: readonly Compared[];
  /** What was recorded of each side until the user ended it early; null where it came to its own end. */
  readonly interrupted: Recordings | null;
  /** How benchmarks were dealt among shards; absent where they were not. */
  readonly dealt?: Dealt;
}

/** Measures the candidate, finds its baseline, and judges. Everything but the two ends is a pure function. */
export async function gate(ports: Ports, request: GateRequest): Promise<Gated> {
  const { against, plan } = request;
  if (against.kind === "side-by-side") return sideBySide(ports, request, against.revision, null);
  // Asked before anything is measured: a store out of reach must not cost the rounds.
  const found = await historyFor(ports, against, request.only);
  if (against.kind === "stored" && found.damaged !== null) throw found.damaged;
  if (against.kind === "auto" && found.baseline.kind === "none") {
    const first = await sideBySide(ports, request, against.revision, null);
    return { ...first, outcome: { ...first.outcome, warnings: [...first.outcome.warnings, ...found.warnings] } };
  }
  if (found.baseline.kind !== "none") {
    request.onForecast?.(forecast(found.baseline.recordings, plan.rounds, rulesOf(ports, request)));
  }
  const began = ports.clock.monotonic();
  const screened = await againstHistory(ports, request, found);
  const doubts = doubtful(screened.outcome);
  if (against.kind === "stored" || doubts.size === 0 || screened.interrupted !== null) return screened;

  const spent = ports.clock.monotonic() - began;
  const timeBudget = plan.timeBudget === null ? null : Math.max(0, plan.timeBudget - spent);
  const { dealt } = screened;
  const again = { ...request, plan: { ...plan, timeBudget }, ...(dealt && { only: dealt.only }) };
  const fresh = await sideBySide(ports, again, against.revision, doubts);
  return {
    ...fresh,
    outcome: {
      ...settle(screened.outcome, fresh.outcome, doubts, plan.onInconclusive),
      ...(fresh.outcome.explanations && { explanations: fresh.outcome.explanations }),
    },
    comparisons: [...screened.comparisons, ...fresh.comparisons],
    ...(dealt && { dealt }),
  };
}

/** Measures one revision alone: what a push to the base branch stores. A setup that fails is a `GateError`: there is nothing to store. */
export async function record(ports: Ports, request: Omit<GateRequest, "against">): Promise<MeasuredAlone> {
  await setUp(ports, request.candidate, request.plan.setup);
  return alone(ports, { ...request, plan: { ...request.plan, setup: null } });
}

async function alone(ports: Ports, request: Omit<GateRequest, "against">): Promise<MeasuredAlone> {
  const { rounds, setup } = request.plan;
  const measured = await measureAlone(ports, { ...effort(request, rounds), rounds, setup }, request.onProgress);
  const { only = request.only } = measured.dealt ?? {};
  return { ...measured, recording: keepOnly(measured.recording, isAsked(only)) };
}

interface Found {
  readonly baseline: Baseline;
  /** How many commits the newest run lies behind the base revision; null where there is none. */
  readonly distance: number | null;
  readonly warnings: readonly Warning[];
  /** Why stored runs alone cannot judge. */
  readonly damaged: GateError | null;
}

/**
 * The history to judge by. A store out of reach is none, and said, where the base can be measured instead: that decides all that stored runs would have,
 * since they alone make nothing red.
 */
async function historyFor(ports: Ports, against: Exclude<Against, Beside>, only: Only): Promise<Found> {
  if (against.kind === "stored") return historyOf(ports, against, only);
  const { stored } = against;
  try {
    return await historyOf(ports, stored, only);
  } catch (error) {
    if (!(error instanceof GateError) || error.kind !== "measure") throw error;
    const warning: Warning = { code: "baseline-out-of-reach", place: stored.store.place, reason: error.message };
    return { baseline: storedBaseline([]), distance: null, warnings: [warning], damaged: null };
  }
}

async function historyOf(ports: Ports, { store, gate, from }: Stored, only: Only): Promise<Found> {
  const environment = await ports.host.environment();
  const found = await history(ports, store, { gate, sha: from, environment });
  const { recordings, warnings, others, differences, distance } = found;
  // What is dealt to a shard is known once all benchmarks are.
  const asked = isDeal(only) ? recordings : recordings.map((each) => keepOnly(each, isAsked(only)));
  return {
    baseline: storedBaseline(asked, { count: others, differences }),
    warnings,
    distance,
    damaged: damaged(found),
  };
}

async function againstHistory(ports: Ports, request: GateRequest, found: Found): Promise<Gated> {
  const { recording: candidate, warnings, interrupted, dealt } = await alone(ports, request);
  const { distance } = found;
  const baseline = dealt === undefined ? found.baseline : onlyAsked(found.baseline, dealt.only);
  const judged = judge(baseline, candidate, rulesOf(ports, request), [...warnings, ...found.warnings]);
  const described = judged.baseline.kind === "none" || distance === null ? {} : { distance };
  const runs = baseline.kind === "none" ? [] : baseline.recordings;
  return {
    outcome: { ...judged, baseline: { ...judged.baseline, ...described } },
    comparisons: [{ kind: "stored", baseline: runs, candidate }],
    interrupted: interrupted ? { candidate } : null,
    ...(dealt && { dealt }),
  };
}

/** A baseline without what nobody asks about. */
function onlyAsked(baseline: Baseline, only: Only): Baseline {
  if (baseline.kind === "none") return baseline;
  const [first, ...others] = baseline.recordings.map((each) => keepOnly(each, isAsked(only)));
  return { ...baseline, recordings: [first!, ...others] };
}

/** Both revisions in turns on this machine, until every benchmark is decided; with `doubts`, only those. */
async function sideBySide(ports: Ports, request: GateRequest, revision: Revision, doubts: Open | null): Promise<Gated> {
  const { plan, only, session, seed, before } = request;
  const { pairs, setup, control } = plan;
  const looks = looksOfPlan(plan);
  const rules = { ...rulesOf(ports, request, doubts), looks };
  // A shard knows what it was dealt once all benchmarks are known.
  let asked = only;
  const keep = (of: Recording) => keepOnly(of, isAsked(asked, doubts));
  const judged = ({ baseline, candidate }: Recordings, warnings: readonly Warning[] = [], code?: CodeCompared) =>
    judge(
      { kind: "side-by-side", recordings: [keep(baseline!)] },
      keep(candidate!),
      { ...rules, ...(code && { code }) },
      warnings,
    );
  let explanations: readonly Explanation[] = [];
  const { recordings, warnings, interrupted, dealt, code } = await measureSideBySide(
    ports,
    {
      ...effort(request, looks[0] ?? pairs),
      revision,
      setup,
      control,
      // What was screened has been set up.
      ready: doubts !== null,
      rounds: pairs,
      looks: { at: looks, open: (soFar, audited) => undecided(judged(soFar, [], { same: [], audited }), pairs) },
      ...(doubts && { open: doubts }),
      onDealt: (dealtOut) => {
        asked = dealtOut;
      },
      ...(before && { before }),
      // What is measured in parts is put together elsewhere, from what was measured.
      ...(plan.measureSameCode !== true && plan.part === undefined && !isDeal(only) && { code: codeAsked(plan) }),
      // After all rounds that count, in rounds of their own.
      afterwards: async (measured, [baseline, candidate], below) => {
        const { judgements } = judged(measured.recordings);
        const sides = { baseline: baseline!, candidate: candidate!, below };
        const asked = { ...told(request), judgements, plan, rules: rulesOf(ports, request), seed, session };
        explanations = await explainGate(ports, { ...asked, ...sides });
      },
    },
    request.onProgress,
  );
  const unstable = recordings.control && controlWarning(recordings.candidate!, recordings.control, rules);
  const pace = secondsPerPair(Object.values(recordings));
  const experiment = { session, seed, looks, ...(pace !== null && { secondsPerPair: pace }) };
  return {
    outcome: {
      ...judged(recordings, unstable ? [...warnings, unstable] : warnings, code),
      experiment,
      ...(explanations.length > 0 && { explanations }),
    },
    comparisons: [comparedBeside(recordings, dealt === undefined ? (each) => each : keep)],
    interrupted: interrupted ? recordings : null,
    ...(dealt && { dealt }),
  };
}

/** @param keep leaves what is another shard's. */
function comparedBeside({ baseline, candidate }: Recordings, keep: (of: Recording) => Recording): Compared {
  return { kind: "side-by-side", baseline: [keep(baseline!)], candidate: keep(candidate!) };
}

function rulesOf({ clock }: Ports, { plan, only }: GateRequest, doubts: Open | null = null) {
  const { budgets, accept, onInconclusive } = plan;
  const today = clock.now().toISOString().slice(0, 10);
  return { budgets, accept, onInconclusive, today, partial: only !== null || doubts !== null };
}

/** Who is told what is profiled, and what interrupts it. */
function told({ onProfile, signal }: GateRequest) {
  return { ...(onProfile && { onTarget: onProfile }), ...(signal && { signal }) };
}

/** What is measured of the candidate, however that is. A time budget that nobody wrote leaves every suite its `first` rounds: fewer decide nothing. */
function effort({ plan, candidate, only, session, seed, signal }: Omit<GateRequest, "against">, first: number) {
  const bound =
    plan.timeBudget === null ? { timeBudget: DEFAULT_TIME_BUDGET, reserved: first } : { timeBudget: plan.timeBudget };
  const suites = suitesAsked(plan.suites, only);
  return { suites, candidate, only, ...bound, session, seed, ...(signal && { signal }) };
}
