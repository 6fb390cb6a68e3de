import type { EnvironmentDifference } from "../../model/environment.ts";
import type { Judgement, Outcome } from "../../model/verdict.ts";
import { WARNINGS, type Warning } from "../../model/warning.ts";
import { plural } from "../words/format.ts";
import { messageLine } from "../words/messages.ts";
import { notesOf } from "../words/notes.ts";
import { type BucketName, byBucket, countWords, label } from "./buckets.ts";
import type { ColumnName } from "./columns.ts";
import type { Ink } from "./ink.ts";

/** A table of a report: which judgements it lists, by which columns. */
export interface Section {
  readonly name: "changed" | "inconclusive" | "accepted" | "unchanged" | "undecided" | "added";
  /** One line that stands for the whole section where it is folded. */
  readonly summary: string;
  readonly folded: boolean;
  /** The order in which sections get room. */
  readonly rank: number;
  readonly columns: readonly ColumnName[];
  readonly rows: readonly Judgement[];
}

interface Shape extends Omit<Section, "summary" | "rows" | "folded"> {
  readonly buckets: readonly BucketName[];
  /** What the summary adds to the counts. */
  readonly adds: string;
  readonly folded: boolean;
}

/** The tables of every report, in reading order. */
const SHAPES: readonly Shape[] = [
  {
    name: "changed",
    buckets: [
      "regression",
      "limit",
      "missed-goal",
      "failed",
      "failed-before",
      "removed",
      "advisory",
      "limit-before",
      "improvement",
    ],
    adds: "",
    folded: false,
    rank: 1,
    columns: ["verdict", "benchmark", "statistic", "baseline", "candidate", "change", "plot", "limit"],
  },
  {
    name: "inconclusive",
    buckets: ["inconclusive", "open-goal"],
    adds: ": what it would take",
    folded: true,
    rank: 3,
    columns: ["benchmark", "statistic", "change", "plot", "limit", "needs"],
  },
  {
    name: "accepted",
    buckets: ["accepted"],
    adds: ", with the reason",
    folded: true,
    rank: 2,
    columns: ["benchmark", "statistic", "baseline", "candidate", "change", "reason"],
  },
  {
    name: "unchanged",
    buckets: ["unchanged"],
    adds: "",
    folded: true,
    rank: 7,
    columns: ["benchmark", "statistic", "baseline", "candidate", "change", "plot", "limit"],
  },
  {
    name: "undecided",
    buckets: ["undecided"],
    adds: "",
    folded: true,
    rank: 8,
    columns: ["benchmark", "statistic", "baseline", "candidate", "change", "needs"],
  },
  {
    name: "added",
    buckets: ["added"],
    adds: "",
    folded: true,
    rank: 6,
    columns: ["benchmark", "statistic", "candidate"],
  },
];

/** The tables that an outcome fills. Without a baseline, what was measured is the news and is not folded. */
export function sectionsOf({ judgements, baseline }: Outcome): readonly Section[] {
  const buckets = byBucket(judgements);
  return SHAPES.flatMap(({ buckets: names, adds, columns, ...shape }) => {
    const rows = names.flatMap((name) => buckets.get(name)!);
    if (rows.length === 0) return [];
    // A folded table says its verdict above it, unless it holds several.
    const mixed = !columns.includes("verdict") && names.filter((name) => buckets.get(name)!.length > 0).length > 1;
    const first = baseline.kind === "none" && shape.name === "added";
    const summary = first ? `${rows.length.toLocaleString("en-US")} measured` : countWords(rows).join(", ") + adds;
    return [
      { ...shape, columns: mixed ? ["verdict", ...columns] : columns, folded: shape.folded && !first, summary, rows },
    ];
  });
}

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
  return verdict === "unchanged" || verdict === "not-slower" || (verdict === "inconclusive" && severity === "advisory");
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
