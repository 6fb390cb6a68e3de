import type { TrendChange, TrendSeries } from "../../model/trend.ts";
import { text } from "../html/markup.ts";
import { clean } from "../parts/escape.ts";
import type { CommitPages } from "../words/commits.ts";
import { scaleFor, significant } from "../words/format.ts";

/** A name from outside as HTML: printable, bounded, and kept apart from the direction of the text around it. */
export function name(value: string, limit?: number): string {
  return `<bdi>${text(clean(value, limit) || "(empty)")}</bdi>`;
}

/** What a series is called, as plain text. */
export function titleOf({ suite, benchmark }: TrendSeries): string {
  return clean(`${suite} / ${benchmark}`, 160);
}

/** Writes values of a series as plain text, all in one unit. */
export function quantityOf({ unit, metric, points }: TrendSeries): (value: number) => string {
  const { factor, suffix, own } = scaleFor(unit, metric, [points.at(-1)?.value ?? null]);
  const written = own ? (suffix === "" ? "" : ` ${clean(suffix, 20)}`) : suffix;
  return (value) => `${significant(value / factor)}${written}`;
}

/** The day of an ISO time, or nothing. */
export function dayOf(time: string): string {
  return /^\d{4}-\d\d-\d\d/.exec(time)?.[0] ?? "";
}

/** Words that lead to an address, where there is one. Only addresses that `CommitPages` has made get here. */
export function linked(address: string | null, words: string): string {
  return address === null ? words : `<a href="${text(address)}" rel="noopener noreferrer">${words}</a>`;
}

/** A commit by its first digits, and the way to its page. */
export function commitLink(sha: string, pages: Pick<CommitPages, "commit">): string {
  return linked(pages.commit(sha), `<code>${text(sha.slice(0, 7)) || "unknown"}</code>`);
}

/** The state of a series in a word, with a sign beside it and a class for its colour. */
export interface State {
  readonly word: string;
  readonly sign: string;
  readonly css: "worse" | "better" | "accepted" | "steady" | "short";
  /** The order in which states are listed. */
  readonly rank: number;
}

/** Fewer runs than this can hold no change. */
const FEWEST = 8;

/** The first that holds says how a series does: what its newest change did, else where it drifts. */
const STATES: readonly (readonly [
  holds: (newest: TrendChange | undefined, series: TrendSeries) => boolean,
  state: State,
])[] = [
  [
    (_, { drift }) => drift?.kind === "steady" && drift.worse,
    { word: "drifts, worse", sign: "↗", css: "worse", rank: 1 },
  ],
  [(_, { drift }) => drift?.kind === "steady", { word: "drifts, better", sign: "↘", css: "better", rank: 4 }],
  [(newest) => newest?.worse === true && newest.accepted === null, { word: "worse", sign: "▲", css: "worse", rank: 0 }],
  [(newest) => newest?.worse === true, { word: "accepted", sign: "☑", css: "accepted", rank: 2 }],
  [(newest) => newest?.worse === false, { word: "better", sign: "▼", css: "better", rank: 3 }],
  [(_, { drift }) => drift?.worse === true, { word: "drifts, worse", sign: "↗", css: "worse", rank: 1 }],
  [(_, { drift }) => drift !== null, { word: "drifts, better", sign: "↘", css: "better", rank: 4 }],
  [(_, { points }) => points.length < FEWEST, { word: "few runs", sign: "…", css: "short", rank: 6 }],
  [() => true, { word: "steady", sign: "–", css: "steady", rank: 5 }],
];

/** How a series does. */
export function stateOf(series: TrendSeries): State {
  return STATES.find(([holds]) => holds(series.changes.at(-1), series))![1];
}
