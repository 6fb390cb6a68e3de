import type { Measurement } from "../../model/measurement.ts";
import type { Warning } from "../../model/warning.ts";
import type { TestedContrast } from "../contrast.ts";
import type { Tried } from "../decision.ts";
import type { Prepared } from "../prepare.ts";
import type { Rule } from "../rows/budgets.ts";
import { meanOf, ownReadings, type Reading, type Readings } from "../rows/readings.ts";
import type { Row } from "../rows/row.ts";
import type { Subject } from "../rows/subjects.ts";
import type { Trial } from "../trial.ts";

/**
 * What was prepared, without what it was made from: of each comparison the numbers that its verdict still rests on, some hundred bytes in place of every round
 * of both sides. Many cells are judged as one, and only so much of each is held.
 */
export function lightened(prepared: Prepared, cell: string): Prepared {
  const subjects = new Map<Subject, Subject>();
  const budgets = new Map<string, Rule>();
  const shared = {
    subject: (subject: Subject) => {
      const light = subjects.get(subject) ?? withoutRounds(subject, cell);
      subjects.set(subject, light);
      return light;
    },
    // Each subject has its budgets as objects of its own, and a cell only a few that differ.
    budget: (budget: Rule) => {
      const key = JSON.stringify(budget);
      const light = budgets.get(key) ?? budget;
      budgets.set(key, light);
      return light;
    },
  };
  return { ...prepared, tried: prepared.tried.map((each) => lightTried(each, shared)) };
}

/** What comparisons of a cell have in common, held once. */
interface Shared {
  readonly subject: (subject: Subject) => Subject;
  readonly budget: (budget: Rule) => Rule;
}

const NOTHING = { kind: "value", value: 0, exact: false } as const;
const NEVER = { baseline: [], candidate: [] } as const;
const NO_BUDGETS: Subject["budgets"] = [];
const NO_WARNINGS: readonly Warning[] = [];
const NO_RUNNERS: TestedContrast["runners"] = [];

// Objects of their own, key by key: what is spread takes half as much room again.
function withoutRounds(
  { suite, benchmark, measurement, resolution, closedLoop, load }: Subject,
  cell: string,
): Subject {
  return {
    cell: cell === "" ? undefined : cell,
    suite,
    benchmark,
    measurement: withoutValues(measurement),
    budgets: NO_BUDGETS,
    baseline: NEVER.baseline,
    candidate: NEVER.candidate,
    failed: NEVER,
    resolution,
    closedLoop,
    load,
  };
}

function withoutValues({ suite, benchmark, metric, unit, better, per, source }: Measurement): Measurement {
  if (per === undefined && source === undefined)
    return { suite, benchmark, metric, unit, better, distribution: NOTHING };
  return {
    suite,
    benchmark,
    metric,
    unit,
    better,
    distribution: NOTHING,
    ...(per !== undefined && { per }),
    ...(source !== undefined && { source }),
  };
}

function lightTried({ row, trial, ...tests }: Tried, shared: Shared): Tried {
  const { limit, counts } = row;
  const subject = shared.subject(row.subject);
  const budget = shared.budget(row.budget);
  if (trial === null || trial.contrast.candidate === null) {
    const own = meanOf(ownReadings(row.subject, row.budget.statistic).candidate);
    const light: Row = { subject, budget, readings: lightReadings(row.readings), limit, counts, own };
    if (trial === null) return { row: light, trial, ...tests };
    const { threshold, severity, contrast, warnings, barred } = trial;
    const told: Trial = { ...light, threshold, severity, contrast, warnings, barred };
    return { row: told, trial: told, ...tests };
  }
  const { threshold, severity, contrast, warnings, barred } = trial;
  // Numbers of rounds are asked for again where no contrast says it all: of what has a limit, and of what cannot be tested.
  const isSaid = contrast.design !== "impossible" && limit === null;
  const light: Trial = {
    subject,
    budget,
    readings: isSaid ? withoutReadings(row.readings.resolution) : lightReadings(row.readings),
    limit,
    counts,
    threshold,
    severity,
    contrast: lightContrast(contrast),
    warnings: warnings.length === 0 ? NO_WARNINGS : warnings,
    barred,
  };
  return { row: light, trial: light, ...tests };
}

/** Readings of which only the step is left that they can move by. */
function withoutReadings(resolution: number): Readings {
  if (resolution === 0) return SMOOTH;
  return { ...SMOOTH, resolution };
}

const SMOOTH: Readings = {
  ...NEVER,
  samples: null,
  needed: null,
  counts: null,
  resolution: 0,
  leftOut: [],
  estimators: null,
};

function lightReadings(readings: Readings): Readings {
  return { ...readings, baseline: readings.baseline.map(values), candidate: values(readings.candidate) };
}

function values(arm: readonly Reading[]): readonly Reading[] {
  return arm.map(({ session, pair, value }) => ({ session, pair, value }));
}

/** With the last look alone: the tests of the others are made. */
function lightContrast(contrast: Trial["contrast"]): Trial["contrast"] {
  return "estimate" in contrast ? lightTested(contrast) : contrast;
}

function lightTested(contrast: TestedContrast): TestedContrast {
  const { design, baseline, candidate, estimate, check, newest, each, sliced, runners, rounds } = contrast;
  const { plan, first, estimates } = contrast.looks;
  return {
    design,
    baseline,
    candidate,
    estimate,
    looks: { plan, first: first + estimates.length - 1, estimates: [estimate] },
    check,
    newest,
    each,
    sliced: sliced && lightTested(sliced),
    runners: runners.length === 0 ? NO_RUNNERS : runners,
    rounds,
  };
}
