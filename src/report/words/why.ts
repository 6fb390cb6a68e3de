import type { Culprit, Explanation, FunctionPlace, Origin, UsageName, UsageRise } from "../../model/explanation.ts";
import type { Outcome } from "../../model/verdict.ts";
import { benchmarkName, type Ink } from "../parts/ink.ts";
import { carriageWords } from "./carriage.ts";
import { percent, plural, scaleFor, significant } from "./format.ts";

type Profiled = Extract<Explanation, { readonly kind: "profiled" }>;

/** How a place in the code is written: a link where there is somewhere to link to. */
export type PlaceWords = (place: FunctionPlace) => string;

/** What is said of one benchmark: the sentence that matters, and what else is proven. */
export interface WhyWords {
  readonly first: string;
  readonly more: readonly string[];
}

/** A place as plain words: `src/parse.js:41`; empty where it has none. */
export function placeText({ file, line }: FunctionPlace): string {
  if (file === null) return "";
  return line === null ? file : `${file}:${line}`;
}

/** What is proven of why benchmarks got slower. Where nothing is, that is said of what a verdict has called slower, and of nothing else. */
export function whyWords(outcome: Outcome, ink: Ink, place: PlaceWords = plainPlace(ink)): readonly WhyWords[] {
  return (outcome.explanations ?? []).flatMap((explanation): WhyWords[] => {
    const found = sentencesOf(explanation, ink, place);
    const red = outcome.judgements.some(
      ({ suite, benchmark, verdict }) =>
        verdict === "regression" &&
        suite === explanation.suite &&
        (explanation.benchmark === "*" || benchmark === explanation.benchmark),
    );
    if (found === null && !red) return [];
    const [first, ...more] = found ?? [nothingProven(explanation, ink)];
    const carried = explanation.carriage === undefined ? "" : `. ${carriageWords(explanation.carriage, ink)}`;
    return [{ first: `${benchmarkName(explanation, ink)}: ${first}${carried}`, more }];
  });
}

/** What profiling took, in a sentence; null where nothing was profiled. */
export function profilingWords({ explanations = [] }: Outcome): string | null {
  if (explanations.length === 0) return null;
  const seconds = explanations.reduce((sum, each) => sum + each.seconds, 0);
  const deep = explanations.some(({ carriage }) => carriage !== undefined);
  return `Why it got slower was ${deep ? "profiled and measured apart" : "profiled"} after the measurement, in rounds of their own that no verdict rests on: ${plural(Math.ceil(seconds), "second", "seconds")}.`;
}

function plainPlace(ink: Ink): PlaceWords {
  return (place) => ink.name(placeText(place), 200);
}

/** Null where nothing is proven. */
export function sentencesOf(
  explanation: Explanation,
  ink: Ink,
  place: PlaceWords = plainPlace(ink),
): readonly string[] | null {
  if (explanation.kind === "not-profiled") return null;
  const { culprits, allocators = [], waits } = explanation;
  const all = culprits.reduce((sum, { share }) => sum + share.value, 0);
  const found = culprits.map((culprit, index) => {
    const much = index > 0 ? "also" : culprit.share.value >= all / 2 ? "most of it" : "part of it";
    return `${much}: ${culpritWords(culprit, explanation, ink, place)}`;
  });
  const memory = { ...explanation, unit: "B" } as const;
  const allocating = allocators.map(
    (culprit) => `what the garbage collector collects: ${culpritWords(culprit, memory, ink, place)}`,
  );
  const counted = (explanation.usage ?? []).map((rise) => usageWords(rise, explanation, ink));
  const waiting = waits ? ["it waits longer, and does not compute more"] : [];
  const sentences = [...waiting, ...found, ...allocating, ...counted];
  return sentences.length === 0 ? null : sentences;
}

const USAGE: Readonly<Record<UsageName, string>> = {
  waits: "it gives up the processor to wait more often",
  "page-faults": "it is given more new pages of memory",
  "disk-faults": "it reads more pages from a disk",
};

function usageWords({ usage, baseline, candidate }: UsageRise, { per }: Pick<Profiled, "per">, ink: Ink): string {
  const each = per === "operation" ? "an operation" : "a round";
  return `${USAGE[usage]}: ${ink.figure(`${significant(baseline)} → ${significant(candidate)}`)} ${each}`;
}

function culpritWords(
  culprit: Culprit,
  { unit, per, live }: Pick<Profiled, "unit" | "per" | "live">,
  ink: Ink,
  place: PlaceWords,
): string {
  const { share, by, baseline, candidate } = culprit;
  const name = culprit.name === "(garbage collector)" ? "the garbage collector" : ink.name(culprit.name);
  const at = culprit.file === null ? "" : ` ${place(culprit)}`;
  const { factor, suffix } = scaleFor(unit, "", [baseline, candidate]);
  const amount = `${significant(baseline / factor)} → ${significant(candidate / factor)}${suffix}`;
  const amounts = unit === "1" ? "" : `; ${ink.figure(amount)}${per === "operation" ? " an operation" : " a round"}`;
  const what = unit !== "B" ? "of the time" : live ? "of what stays in memory" : "of what is allocated";
  const ways =
    by.length === 0
      ? ""
      : ` by way of ${by
          .slice(0, 2)
          .map((way) => ink.name(way))
          .join(", ")}`;
  // Of rounds too few there is no interval.
  const interval = share.level > 0 ? ink.figure(`+${percent(share.lower)} … +${percent(share.upper)}`) : "not proven";
  return `${name}${at}, ${ink.strong(`+${percent(share.value)}`)} ${what} (${interval}${amounts})${ways}${originOf(culprit, ink, place)}`;
}

/** What a function has to do with the change; nothing where its text is not known, and nothing above it is changed. */
function originOf({ origin, file }: Culprit, ink: Ink, place: PlaceWords): string {
  return origin.kind === "unexplained" && file === null ? "" : `, ${originWords(origin, ink, place)}`;
}

function originWords(origin: Origin, ink: Ink, place: PlaceWords): string {
  switch (origin.kind) {
    case "changed":
      return "changed here";
    case "called-by": {
      const { caller } = origin;
      const at = caller.file === null ? "" : ` ${place(caller)}`;
      return `unchanged, but called by ${ink.name(caller.name)}${at}, which is changed here`;
    }
    case "same-file":
      return `unchanged, but line ${origin.line} of its file is changed here`;
    case "dependency":
      return dependencyWords(origin, ink);
    case "unexplained":
      return "which nothing in this change explains";
  }
}

function dependencyWords({ name, from, to }: Origin & { readonly kind: "dependency" }, ink: Ink): string {
  if (from === null) return `in the dependency ${ink.name(name)}, which the baseline was not seen to use`;
  return `in the dependency ${ink.name(name)}: ${ink.name(from)} → ${ink.name(to ?? "none")}`;
}

/** What is said where nothing is proven. */
export function nothingProven(explanation: Explanation, ink: Ink): string {
  // It may quote what a program printed.
  if (explanation.kind === "not-profiled")
    return `not profiled: ${ink.name(explanation.reason.replace(/\.$/, ""), 300)}`;
  return `no function stands out from the noise of ${explanation.rounds} profiled rounds a side`;
}
