import type { Tried } from "../decision.ts";
import type { Subject } from "../rows/subjects.ts";

/** Which subjects of a comparison are drawn, given what was tried on them. */
export type Draw = (subjects: readonly Subject[], tried: readonly Tried[]) => readonly Subject[];

/** So many metrics of benchmarks are drawn in a report: each costs some 10 KB, and a millisecond or more. */
const DRAWN = 4_000;
/** And so many more of those whose sides differ by more than their noise. */
const DRAWN_FOR_CAUSE = 1_000;
/** Standard errors between sides that differ by more than noise. */
const APART = 2;

/** Draws subjects as they come until there are enough; from there on those that a reader may look for. */
export function drawSome(): Draw {
  let [room, cause] = [DRAWN, DRAWN_FOR_CAUSE];
  return (subjects, tried) => {
    const first = subjects.slice(0, room);
    room -= first.length;
    const apart = new Set(tried.filter(isApart).map(({ row }) => row.subject));
    const more = subjects
      .slice(first.length)
      .filter((subject) => apart.has(subject))
      .slice(0, cause);
    cause -= more.length;
    return [...first, ...more];
  };
}

function isApart({ trial }: Tried): boolean {
  if (trial === null || !("estimate" in trial.contrast)) return trial?.contrast.design === "exact";
  const { mean, se } = trial.contrast.estimate;
  return Math.abs(mean) > APART * se;
}
