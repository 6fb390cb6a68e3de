import type { Culprit, Explanation, FunctionPlace, Origin } from "../../model/explanation.ts";
import type { Outcome } from "../../model/verdict.ts";
import { clean } from "../parts/escape.ts";

/** Names and places longer than this are shortened in the middle. */
const NAME = 300;

/** The page's third block: why benchmarks got slower, every text from outside one printable line. */
export function encodeWhy({ explanations = [] }: Pick<Outcome, "explanations">): readonly Explanation[] {
  return explanations.map((explanation) => {
    const named = { suite: clean(explanation.suite, NAME), benchmark: clean(explanation.benchmark, NAME) };
    if (explanation.kind === "not-profiled")
      return { ...explanation, ...named, reason: clean(explanation.reason, NAME) };
    const { culprits, flame } = explanation;
    const told = { culprits: culprits.map(culpritOf), flame: { ...flame, frames: flame.frames.map(placeOf) } };
    return { ...explanation, ...named, ...told };
  });
}

function culpritOf(culprit: Culprit): Culprit {
  const origin: Origin = JSON.parse(
    JSON.stringify(culprit.origin, (_, value) => (typeof value === "string" ? clean(value, NAME) : value)),
  );
  return { ...culprit, ...placeOf(culprit), by: culprit.by.map((name) => clean(name, NAME)), origin };
}

function placeOf(place: FunctionPlace): FunctionPlace {
  const { name, file, dependency } = place;
  return {
    name: clean(name, NAME),
    file: file === null ? null : clean(file, NAME),
    line: place.line,
    ...(dependency !== undefined && { dependency: clean(dependency, NAME) }),
  };
}
