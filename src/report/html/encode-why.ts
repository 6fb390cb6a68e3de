import type { Explanation, FunctionPlace } from "../../model/explanation.ts";
import type { Outcome } from "../../model/verdict.ts";
import { clean } from "../parts/escape.ts";

/** Names and places longer than this are shortened in the middle. */
const NAME = 300;

/** The page's third block: why benchmarks got slower, every text from outside one printable line. */
export function encodeWhy({ explanations = [] }: Pick<Outcome, "explanations">): readonly Explanation[] {
  return explanations.map((explanation) => {
    const { carriage } = explanation;
    const named = {
      suite: clean(explanation.suite, NAME),
      benchmark: clean(explanation.benchmark, NAME),
      ...(carriage && { carriage: cleaned(carriage) }),
    };
    if (explanation.kind === "not-profiled")
      return { ...explanation, ...named, reason: clean(explanation.reason, NAME) };
    const { culprits, allocators, flame } = explanation;
    const told = {
      culprits: culprits.map(cleaned),
      ...(allocators && { allocators: allocators.map(cleaned) }),
      flame: { ...flame, frames: flame.frames.map(placeOf) },
    };
    return { ...explanation, ...named, ...told };
  });
}

/** The same with every text clean, however deep. */
function cleaned<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value, (_, each) => (typeof each === "string" ? clean(each, NAME) : each)));
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
