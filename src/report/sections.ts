import type { Judgement, Outcome } from "../model/verdict.ts";
import { type BucketName, byBucket, countWords, label } from "./buckets.ts";
import type { ColumnName } from "./columns.ts";
import { plural } from "./format.ts";
import type { Ink } from "./ink.ts";
import { message, messageLine } from "./messages.ts";

/** A table of a report: which judgements it lists, by which columns. */
export interface Section {
  readonly name: "changed" | "inconclusive" | "accepted" | "unchanged" | "added";
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
    buckets: ["regression", "limit", "failed", "removed", "advisory", "improvement"],
    adds: "",
    folded: false,
    rank: 1,
    columns: ["verdict", "benchmark", "statistic", "baseline", "candidate", "change", "plot", "limit"],
  },
  {
    name: "inconclusive",
    buckets: ["inconclusive"],
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
  return SHAPES.flatMap(({ buckets: names, adds, ...shape }) => {
    const rows = names.flatMap((name) => buckets.get(name)!);
    if (rows.length === 0) return [];
    const first = baseline.kind === "none" && shape.name === "added";
    const summary = first ? `${rows.length.toLocaleString("en-US")} measured` : countWords(rows).join(", ") + adds;
    return [{ ...shape, folded: shape.folded && !first, summary, rows }];
  });
}

/** What warnings say of a list of judgements, each sentence once with the names that it holds for. Noise has its own column. */
export function notesOf(judgements: readonly Judgement[], ink: Ink): readonly string[] {
  const names = new Map<string, Judgement[]>();
  for (const judgement of judgements) {
    for (const warning of judgement.warnings) {
      if (warning.code === "noisy") continue;
      const { sentence, remedy } = message(warning, ink, judgement);
      const text = `${sentence} ${remedy}`;
      names.set(text, [...(names.get(text) ?? []), judgement]);
    }
  }
  return [...names].map(([text, holders]) => {
    const first = holders.slice(0, 3).map((judgement) => ink.name(label(judgement)));
    const rest = holders.length - first.length;
    return `${first.join(", ")}${rest > 0 ? ` and ${plural(rest, "other", "others")}` : ""}: ${text}`;
  });
}

/** Warnings on the whole gate, and the facts on which both machines differ. */
export function gateNotes({ warnings, differences }: Outcome, ink: Ink): readonly string[] {
  return [
    ...warnings.map((warning) => {
      const text = messageLine(warning, ink);
      // The first run of a project is no reason for alarm.
      return warning.code === "no-baseline" ? text : ink.alert(text);
    }),
    ...differences.map(({ fact, baseline, candidate, gated }) => {
      const text = `${ink.name(fact)} differs: ${ink.name(baseline)} → ${ink.name(candidate)}`;
      return gated ? ink.alert(`${text}, which can change speed by itself.`) : `${text}, not gated.`;
    }),
  ];
}
