import { namedBase } from "../baseline/latest-release.ts";
import { thresholdText } from "../config/thresholds.ts";
import { type Against, type Gated, gate } from "../gate.ts";
import { evidenceIn } from "../judge/evidence.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import type { Forecast } from "../judge/forecast.ts";
import { looksOfPlan } from "../judge/undecided.ts";
import { partWarning } from "../measure/part-warning.ts";
import { GateError } from "../model/error.ts";
import { isDeployed } from "../model/plan.ts";
import { DEPLOYED } from "../model/recording.ts";
import type { Outcome } from "../model/verdict.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { announce, forecastLine } from "../report/words/announce.ts";
import { messageLine } from "../report/words/messages.ts";
import { profilingLine } from "../report/words/progress.ts";
import { reproduceLine } from "../report/words/reproduce.ts";
import { alertOfVerdicts } from "./alert.ts";
import { dealOf } from "./deal.ts";
import { tellUnjudged } from "./keep.ts";
import type { Left } from "./left.ts";
import { gateOf } from "./names.ts";
import { tell } from "./report-verdict.ts";
import { answeredBefore, answerOf, questionOf, tellAnswered } from "./reuse.ts";
import { request, type Step } from "./step.ts";
import { leave, partNote } from "./write-cell.ts";

/** Measures a change, judges it, and says so everywhere. Resolves to the exit code. */
export async function judgeChange(prepared: Step): Promise<number> {
  const { ports, step, inputs, event, plan, planWarnings, candidate, signal } = prepared;
  const { log } = step;
  const question = await questionOf(prepared);
  const before = question === null ? null : await answeredBefore(prepared, question);
  if (before !== null) return tellAnswered(prepared, before);
  const against = await againstWhat(prepared);
  const onForecast = (forecast: Forecast) => log.info(forecastLine(forecast));
  const onProfile = (of: Parameters<typeof profilingLine>[0]) => log.info(profilingLine(of));
  const comparing = { against, looks: looksOfPlan(plan), base: inputs.base ?? event.baseRef ?? null };
  for (const line of announce(plan, comparing)) log.info(line);
  const gated = await gate(ports, {
    plan,
    candidate,
    against,
    ...request(event, log, plan.part),
    onForecast,
    onProfile,
    only: await dealOf(prepared, baseOf(prepared)),
    signal,
  });
  if (gated.interrupted !== null) {
    throw new GateError("interrupted before the measurement was done", "Run it again", {}, "measure");
  }
  const outcome: Outcome = {
    ...gated.outcome,
    warnings: [...partWarning(plan.part, gated.dealt), ...planWarnings, ...gated.outcome.warnings],
  };
  const { "time-budget": budget } = inputs;
  const threshold = inputs.threshold.map(thresholdText);
  // The command line has no word for `output`: half a command is worse than none. And what is deployed now may not be for long.
  const base = inputs.base !== null && against.kind === "side-by-side" ? against.revision.sha : event.baseSha;
  const reproduce =
    base === undefined || inputs.output !== null || isDeployed(plan.suites)
      ? undefined
      : reproduceLine(
          base.slice(0, 12),
          {
            ...inputs,
            threshold,
            // A shard of the action is dealt by stored costs, which the command line does not ask for.
            shard: null,
            rounds: inputs.rounds === null ? null : String(inputs.rounds),
            "time-budget": budget === null ? null : `${budget}s`,
          },
          event.action === undefined ? null : { ...event.action, serverUrl: event.serverUrl },
        );
  // Before the verdict is told: whoever fans in finds it even where telling fails.
  await leave(prepared, leftOf(prepared, gated, against));
  if (outcome.judgements.length === 0 && gated.dealt !== undefined) {
    // A shard that was dealt nothing has nothing to say, and that is no failure.
    await tellUnjudged(prepared, "pass", "## ⚪ Nothing was dealt to this shard\n\nThe others measure all there is.\n");
    return 0;
  }
  await tell(prepared, {
    outcome,
    evidence: () => evidenceIn(gated.outcome, gated.comparisons, plan.accept),
    pull: event.pull,
    sha: candidate.revision.sha,
    reproduce,
    answer: question === null ? undefined : answerOf(question, outcome),
  });
  for (const warning of await alertOfVerdicts(prepared, outcome)) log.warn(messageLine(warning, PLAIN));
  return inputs.fail ? exitCodeOf(outcome) : 0;
}

/** What a job that brings several together needs of this one. */
function leftOf(prepared: Step, gated: Gated, against: Against): Left {
  const screened = gated.comparisons.find(({ kind }) => kind === "stored");
  const beside = gated.comparisons.find(({ kind }) => kind === "side-by-side");
  const note = {
    gate: gateOf(prepared),
    looks: gated.outcome.experiment?.looks ?? null,
    confirmed: against.kind === "auto",
    ...partNote(prepared, gated.dealt),
  };
  return { note, screened: screened?.candidate, baseline: beside?.baseline[0], candidate: beside?.candidate };
}

/** The base revision of a change; undefined where there is none. */
function baseOf({ event }: Step): string | undefined {
  return event.kind === "push" ? undefined : event.baseSha;
}

async function againstWhat(prepared: Step): Promise<Against> {
  const { ports, plan, event, store } = prepared;
  const asked = prepared.inputs.base;
  if (asked !== null) {
    if (prepared.inputs.compare === "stored") {
      throw new GateError("base cannot be combined with compare: stored", "Remove either", { path: "input base" });
    }
    return { kind: "side-by-side", revision: await namedBase(ports.git, asked) };
  }
  const base = baseOf(prepared);
  const stored = { kind: "stored", store, gate: gateOf(prepared), from: base ?? event.sha } as const;
  if (plan.compare === "stored") return stored;
  const found = base === undefined ? null : await ports.git.revision(base);
  const revision = found && { ...found, ref: event.baseRef ?? found.ref };
  // What one runner holds against stored runs is not what the pool does.
  if (plan.part?.seat !== undefined && revision !== null) return { kind: "side-by-side", revision };
  if (revision === null && isDeployed(plan.suites)) return { kind: "side-by-side", revision: DEPLOYED };
  if (plan.compare === "auto") return revision === null ? stored : { kind: "auto", stored, revision };
  if (revision === null) {
    throw new GateError(
      "There is no base revision to measure side by side",
      "Use `compare: side-by-side` on pull requests, with `fetch-depth: 0` for actions/checkout. Only where all suites have `targets` none is needed.",
    );
  }
  return { kind: "side-by-side", revision };
}
