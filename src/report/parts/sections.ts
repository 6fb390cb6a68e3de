import type { EnvironmentDifference } from "../../model/environment.ts";
import { onceFor } from "../../model/once.ts";
import type { Judgement, Outcome } from "../../model/verdict.ts";
import { WARNINGS, type Warning } from "../../model/warning.ts";
import { plural } from "../words/format.ts";
import { messageLine } from "../words/messages.ts";
import { notesOf } from "../words/notes.ts";
import { type BucketName, bucketOf, byBucket } from "./buckets.ts";
import { countWords, entriesOf } from "./entries.ts";
import type { Ink } from "./ink.ts";
import { label } from "./labels.ts";

/** A table of a report: which judgements it lists. */
export interface Section {
  readonly name:
    | "changed"
    | "improved"
    | "inconclusive"
    | "accepted"
    | "unchanged"
    | "same-code"
    | "undecided"
    | "added";
  /** One line that stands for the whole section where it is folded. */
  readonly summary: string;
  readonly folded: boolean;
  /** The order in which sections get room. */
  readonly rank: number;
  /** Whether every row says its verdict; else the summary says it for all of them. */
  readonly mixed: boolean;
  readonly rows: readonly Judgement[];
}

interface Shape extends Omit<Section, "summary" | "rows" | "mixed"> {
  readonly buckets: readonly BucketName[];
  /** What the summary adds to the counts. */
  readonly adds: string;
}

/** A first run that measured more is folded. */
const FIRST_OPEN = 15;

/** The tables of every report, in reading order; the first is what a reader must see. */
const SHAPES: readonly Shape[] = [
  {
    name: "changed",
    buckets: ["regression", "limit", "missed-goal", "failed", "failed-before", "removed", "advisory", "limit-before"],
    adds: "",
    folded: false,
    rank: 1,
  },
  {
    name: "improved",
    buckets: ["improvement"],
    adds: "",
    folded: false,
    rank: 2,
  },
  {
    name: "inconclusive",
    buckets: ["inconclusive", "open-goal"],
    adds: ": what it would take",
    folded: true,
    rank: 3,
  },
  {
    name: "accepted",
    buckets: ["accepted"],
    adds: ", with the reason",
    folded: true,
    rank: 2,
  },
  {
    name: "unchanged",
    buckets: ["unchanged"],
    adds: "",
    folded: true,
    rank: 7,
  },
  {
    name: "same-code",
    buckets: ["same-code"],
    adds: "",
    folded: true,
    rank: 9,
  },
  {
    name: "undecided",
    buckets: ["undecided"],
    adds: "",
    folded: true,
    rank: 8,
  },
  {
    name: "added",
    buckets: ["added"],
    adds: "",
    folded: true,
    rank: 6,
  },
];

/**
 * The tables that an outcome fills. Without a baseline, what was measured is the news, and so is what was accepted where nothing is red: neither is
 * folded then. What got better is folded beside what got worse,
 * and what an unstable machine makes of anything is folded as what it is.
 */
export const sectionsOf: (outcome: Outcome) => readonly Section[] = onceFor(({ judgements, baseline, warnings }) => {
  const buckets = byBucket(judgements);
  const filled = (names: readonly BucketName[]) => names.filter((name) => buckets.get(name)!.length > 0);
  const changed = filled(SHAPES[0]!.buckets).length > 0;
  return SHAPES.flatMap(({ buckets: names, adds, folded, ...shape }): readonly Section[] => {
    const rows = names.flatMap((name) => buckets.get(name)!);
    if (rows.length === 0) return [];
    const words = new Set(rows.map((row) => bucketOf(row).word));
    const measured = entriesOf(rows).length;
    const first = baseline.kind === "none" && shape.name === "added" && measured <= FIRST_OPEN;
    const news = first || (shape.name === "accepted" && !changed);
    const apparent = shape.name === "changed" && warnings.some(({ code }) => code === "machine-unstable");
    const none = baseline.kind === "none" && shape.name === "added";
    return [
      {
        ...shape,
        folded: (folded && !news) || apparent || (shape.name === "improved" && changed),
        mixed: shape.name === "changed" || words.size > 1,
        summary: none
          ? `${measured.toLocaleString("en-US")} measured`
          : `${apparent ? "Apparent: " : ""}${countWords(rows).join(", ")}${adds}`,
        rows,
      },
    ];
  });
});

/** What warnings say of a list of judgements, a line for each text with the names that it holds for. */
export function noteLines(judgements: readonly Judgement[], ink: Ink): readonly string[] {
  return notesOf(judgements, ink, isWorthALine).map(({ sentence, remedy, holders }) => {
    const first = holders.slice(0, 3).map((judgement) => ink.name(label(judgement)));
    const rest = holders.length - first.length;
    const names = `${first.join(", ")}${rest > 0 ? ` and ${plural(rest, "other", "others")}` : ""}`;
    return `${names}: ${sentence === "" ? "" : `${sentence} `}${remedy}`;
  });
}

function isWorthALine({ code }: Warning, judgement: Judgement): boolean {
  return !isQuiet(judgement) || WARNINGS[code].tone !== "harmless";
}

/** Whether nothing is proven of a judgement that anybody would have to look into. */
function isQuiet({ verdict, severity }: Judgement): boolean {
  const calm = verdict === "unchanged" || verdict === "not-slower" || verdict === "same-code";
  return calm || (verdict === "inconclusive" && severity === "advisory");
}

/** The most facts about the machine that one line lists. */
const FACTS = 5;

/** Warnings on the whole gate, and the facts on which both machines differ. */
export function gateNotes({ warnings, differences }: Outcome, ink: Ink): readonly string[] {
  const said = ({ fact, baseline, candidate }: EnvironmentDifference) =>
    `${ink.name(fact)} ${ink.name(baseline)} → ${ink.name(candidate)}`;
  const free = differences.filter(({ gated }) => !gated);
  const more = free.length > FACTS ? [`${free.length - FACTS} more`] : [];
  return [
    ...warnings.map((warning) => {
      const text = messageLine(warning, ink);
      return WARNINGS[warning.code].tone === "calm" ? text : ink.alert(text);
    }),
    ...differences
      .filter(({ gated }) => gated)
      .map((difference) => ink.alert(`Other environment: ${said(difference)}, which can change speed by itself.`)),
    ...(free.length === 0
      ? []
      : [`Other environment, not gated: ${[...free.slice(0, FACTS).map(said), ...more].join(", ")}.`]),
  ];
}
