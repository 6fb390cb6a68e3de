import type { TrendChange, TrendSeries } from "../../model/trend.ts";
import { linked, text } from "../html/markup.ts";
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

/** A smaller distance from the anchor is none. */
const SMALLEST = Math.log(1.02);

/** Where a series stands now against its anchor, as ln and worse above zero: its first level, or the one that the newest accepted change has led to. */
function standing({ levels, changes, drift, better }: TrendSeries): number {
  const agreed = changes.findLast(({ accepted }) => accepted !== null)?.at;
  const anchor = agreed === undefined ? levels[0] : (levels.find(({ from }) => from >= agreed) ?? levels.at(-1));
  const now = levels.at(-1);
  const ratio = levels.length > 1 ? (now?.value ?? 1) / (anchor?.begin ?? anchor?.value ?? 1) : (drift?.ratio ?? 1);
  return (better === "lower" ? 1 : -1) * Math.log(ratio);
}

/** A series now ÷ its first runs; null where nothing has moved it. */
export function sinceFirst({ levels, drift }: TrendSeries): number | null {
  const [first, now] = [levels[0], levels.at(-1)];
  if (levels.length < 2 || first === undefined || now === undefined) return drift?.ratio ?? null;
  return now.value / (first.begin ?? first.value);
}

/** The first that holds says how a series does: where it drifts, else where it is now against its anchor; what got worse at last is never called better. */
const STATES: readonly (readonly [
  holds: (newest: TrendChange | undefined, series: TrendSeries) => boolean,
  state: State,
])[] = [
  [
    (_, { drift }) => drift?.kind === "steady" && drift.worse,
    { word: "drifts, worse", sign: "↗", css: "worse", rank: 1 },
  ],
  [(_, { drift }) => drift?.kind === "steady", { word: "drifts, better", sign: "↘", css: "better", rank: 4 }],
  [
    (newest, series) => newest !== undefined && standing(series) >= SMALLEST,
    { word: "worse", sign: "▲", css: "worse", rank: 0 },
  ],
  [
    (newest) => newest?.worse === true && newest.accepted === null,
    { word: "worse of late", sign: "▲", css: "worse", rank: 1 },
  ],
  [
    (newest, series) => newest !== undefined && standing(series) <= -SMALLEST,
    { word: "better", sign: "▼", css: "better", rank: 3 },
  ],
  [
    (_, { changes }) => changes.some(({ accepted }) => accepted !== null),
    { word: "accepted", sign: "☑", css: "accepted", rank: 2 },
  ],
  [(newest) => newest !== undefined, { word: "as at first", sign: "–", css: "steady", rank: 5 }],
  [(_, { drift }) => drift?.worse === true, { word: "drifts, worse", sign: "↗", css: "worse", rank: 1 }],
  [(_, { drift }) => drift !== null, { word: "drifts, better", sign: "↘", css: "better", rank: 4 }],
  [(_, { points }) => points.length < FEWEST, { word: "few runs", sign: "…", css: "short", rank: 6 }],
  [() => true, { word: "steady", sign: "–", css: "steady", rank: 5 }],
];

/** How a series does. */
export function stateOf(series: TrendSeries): State {
  return STATES.find(([holds]) => holds(series.changes.at(-1), series))![1];
}
