import type { Tried } from "../decision.ts";
import type { Prepared } from "../prepare.ts";
import { meanOf, ownReadings, type Reading } from "../rows/readings.ts";
import type { Row } from "../rows/row.ts";
import type { Subject } from "../rows/subjects.ts";
import type { Trial } from "../trial.ts";

/**
 * What was prepared, without what it was made from: of each comparison the numbers that its verdict still rests on, some hundred bytes in place of every round
 * of both sides. Many cells are judged as one, and only so much of each is held.
 */
export function lightened(prepared: Prepared): Prepared {
  const known = new Map<Subject, Subject>();
  const lightSubject = (subject: Subject) => {
    const light = known.get(subject) ?? withoutRounds(subject);
    known.set(subject, light);
    return light;
  };
  return { ...prepared, tried: prepared.tried.map((each) => lightTried(each, lightSubject)) };
}

const NOTHING = { kind: "value", value: 0, exact: false } as const;
const NEVER = { baseline: [], candidate: [] } as const;

function withoutRounds(subject: Subject): Subject {
  const { medians: _, ...measurement } = subject.measurement;
  return {
    ...subject,
    ...NEVER,
    measurement: { ...measurement, distribution: NOTHING },
    budgets: [],
    failed: NEVER,
  };
}

function lightTried({ row, trial, test }: Tried, lightSubject: (subject: Subject) => Subject): Tried {
  const { readings, subject, budget, limit } = row;
  const isTold = trial !== null && trial.contrast.candidate !== null;
  // Numbers of rounds are asked for again where no contrast says it all: of what has a limit, and of what cannot be tested.
  const isSaid = isTold && trial.contrast.design !== "impossible" && limit === null;
  const kept = isSaid ? NEVER : { baseline: readings.baseline.map(values), candidate: values(readings.candidate) };
  const light: Row = {
    subject: lightSubject(subject),
    budget,
    readings: { ...readings, ...kept, leftOut: [], estimators: null },
    limit,
    counts: row.counts,
    ...(!isTold && { own: meanOf(ownReadings(subject, budget.statistic).candidate) }),
  };
  if (trial === null) return { row: light, trial, test };
  const { threshold, severity, contrast, warnings, barred } = trial;
  const lightTrial: Trial = { ...light, threshold, severity, contrast: lightContrast(contrast), warnings, barred };
  return { row: lightTrial, trial: lightTrial, test };
}

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
