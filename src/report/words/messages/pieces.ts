import type { Names } from "../../../model/warning.ts";
import type { Ink } from "../../parts/ink.ts";
import { plural, scaleFor, significant } from "../format.ts";
import type { Subject } from "./row.ts";

// What several messages are made of.

/** The longest reason that is shown, in code points: room for an error of git's with its remedy. */
export const REASON = 400;

/** The first of several names, and how many more there are. */
export function some(names: readonly string[], ink: Ink): string {
  const shown = names.slice(0, 5).map((name) => ink.name(name));
  return `${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`;
}

/** How many names there are, and the first of them. */
export function counted({ names, count }: Names, ink: Ink): string {
  const shown = names.slice(0, 5).map((name) => ink.name(name));
  const more = count > shown.length ? [`${count - shown.length} more`] : [];
  return `${plural(count, "benchmark", "benchmarks")} (${[...shown, ...more].join(", ")})`;
}

/** A reason without the full stop that its sentence brings. */
export function unstopped(reason: string): string {
  return reason.replace(/\.\s*$/, "");
}

/** A number of the metric that a warning is about, in a unit that suits it. */
export function quantity(value: number, subject: Subject | null, ink: Ink): string {
  const scale = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [value]);
  const suffix = scale.own && scale.suffix !== "" ? ` ${ink.name(scale.suffix)}` : scale.suffix;
  return `${significant(value / scale.factor)}${suffix}`;
}
