import type { Warning } from "../../model/warning.ts";
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
export function lightened(prepared: Prepared): Prepared {
  const subjects = new Map<Subject, Subject>();
  const budgets = new Map<string, Rule>();
  const shared = {
    subject: (subject: Subject) => {
      const light = subjects.get(subject) ?? withoutRounds(subject);
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
const NO_WARNINGS: readonly Warning[] = [];

// Objects of their own, key by key: what is spread takes half as much room again.
function withoutRounds({ suite, benchmark, measurement, resolution, closedLoop, load }: Subject): Subject {
  const { metric, unit, better, per, source } = measurement;
  return {
    suite,
    benchmark,
    measurement: {
      suite,
      benchmark,
      metric,
      unit,
      better,
      distribution: NOTHING,
      ...(per !== undefined && { per }),
      ...(source !== undefined && { source }),
    },
    budgets: [],
    ...NEVER,
    failed: NEVER,
    resolution,
    closedLoop,
    load,
  };
}

function lightTried({ row, trial, test }: Tried, shared: Shared): Tried {
  const { readings, subject, limit, counts } = row;
  const isTold = trial !== null && trial.contrast.candidate !== null;
  // Numbers of rounds are asked for again where no contrast says it all: of what has a limit, and of what cannot be tested.
  const isSaid = isTold && trial.contrast.design !== "impossible" && limit === null;
  const light: Row = {
    subject: shared.subject(subject),
    budget: shared.budget(row.budget),
    readings: isSaid
      ? withoutReadings(readings.resolution)
      : { ...readings, baseline: readings.baseline.map(values), candidate: values(readings.candidate) },
    limit,
    counts,
    ...(!isTold && { own: meanOf(ownReadings(subject, row.budget.statistic).candidate) }),
  };
  if (trial === null) return { row: light, trial, test };
  const { threshold, severity, contrast, warnings, barred } = trial;
  const lightTrial: Trial = {
    ...light,
    threshold,
    severity,
    contrast: lightContrast(contrast),
    warnings: warnings.length === 0 ? NO_WARNINGS : warnings,
    barred,
  };
  return { row: lightTrial, trial: lightTrial, test };
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

function values(arm: readonly Reading[]): readonly Reading[] {
  return arm.map(({ session, pair, value }) => ({ session, pair, value }));
}

/** With the last look alone: the tests of the others are made. */
function lightContrast(contrast: Trial["contrast"]): Trial["contrast"] {
  if (!("estimate" in contrast)) return contrast;
  const { plan, first, estimates } = contrast.looks;
  return {
    ...contrast,
    looks: { plan, first: first + estimates.length - 1, estimates: [contrast.estimate] },
  };
}
