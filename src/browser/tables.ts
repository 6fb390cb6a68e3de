import type { Evidence, SubjectEvidence } from "../model/evidence.ts";
import { verdictOf } from "../report/formats/json.ts";
import { visibleJson } from "../report/parts/escape.ts";
import type { Row } from "./row.ts";

// What readers take away, as text: values in canonical units, as the page holds them, for spreadsheets and programs.

const COLUMNS: readonly (readonly [name: string, of: (row: Row) => string | number | null])[] = [
  ["suite", ({ judgement }) => judgement.suite],
  ["benchmark", ({ judgement }) => judgement.benchmark],
  ["metric", ({ judgement }) => judgement.metric],
  ["statistic", ({ judgement }) => judgement.statistic],
  ["unit", ({ judgement }) => judgement.unit],
  ["verdict", ({ bucket }) => bucket.word],
  ["severity", ({ judgement }) => judgement.severity],
  ["baseline", ({ judgement }) => judgement.baseline],
  ["candidate", ({ judgement }) => judgement.candidate],
  ["ratio", ({ judgement }) => judgement.comparison?.ratio ?? null],
  ["lower", ({ judgement }) => judgement.comparison?.interval.lower ?? null],
  ["upper", ({ judgement }) => judgement.comparison?.interval.upper ?? null],
  ["level", ({ judgement }) => judgement.comparison?.interval.level ?? null],
  ["threshold", ({ judgement }) => judgement.threshold],
  ["limit", ({ judgement }) => judgement.limit?.value ?? null],
  ["p", ({ judgement }) => judgement.comparison?.p ?? null],
  ["adjusted_p", ({ judgement }) => judgement.comparison?.adjustedP ?? null],
  ["rounds", ({ judgement }) => judgement.comparison?.rounds ?? null],
  ["noise", ({ judgement }) => judgement.comparison?.noise ?? null],
  ["detectable", ({ judgement }) => judgement.comparison?.detectable ?? null],
];

/** Comparisons as CSV (RFC 4180), a line each under a line of names. */
export function comparisonsCsv(rows: readonly Row[]): string {
  return csv([COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, of]) => of(row)))]);
}

/** Comparisons as JSON: `verdicts` as in the document `benchgate.result/1`. */
export function comparisonsJson(rows: readonly Row[]): string {
  return `${visibleJson({ verdicts: rows.map(({ judgement }) => verdictOf(judgement)) })}\n`;
}

/** The rounds of one subject as CSV: a line for each value of a statistic in a round of a side. */
export function roundsCsv({
  evidence,
  subject,
}: {
  readonly evidence: Evidence;
  readonly subject: SubjectEvidence;
}): string {
  const { suite, benchmark, metric, unit, statistics } = subject;
  const lines = (["baseline", "candidate"] as const).flatMap((side) =>
    evidence[side].flatMap((slot, round) =>
      statistics.flatMap((statistic, index) => {
        const value = subject[side]?.rounds[index]?.[round] ?? null;
        const { session, pair, startedAt } = slot;
        return value === null
          ? []
          : [[suite, benchmark, metric, statistic, unit, side, session, pair, startedAt, value]];
      }),
    ),
  );
  return csv([
    ["suite", "benchmark", "metric", "statistic", "unit", "side", "session", "pair", "started_at", "value"],
    ...lines,
  ]);
}

/** All that the page knows of one subject as JSON: verdicts, rounds, distributions, history. */
export function subjectJson(
  rows: readonly Row[],
  data: { readonly evidence: Evidence; readonly subject: SubjectEvidence } | null,
): string {
  const { kind, baseline, candidate, history } = data?.evidence ?? {};
  const verdicts = rows.map(({ judgement }) => verdictOf(judgement));
  return `${visibleJson({ verdicts, kind, rounds: { baseline, candidate }, history, data: data?.subject })}\n`;
}

function csv(lines: readonly (readonly (string | number | null)[])[]): string {
  return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** A spreadsheet takes a text that begins like this for a formula, whoever wrote it; an apostrophe makes it text again. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
