import { benchmarkKey } from "../../model/key.ts";
import type { Bucket } from "./buckets.ts";
import { clean, code } from "./escape.ts";

/** How a report writes what it is given: the same cells become Markdown or terminal text by the ink they are written with. */
export interface Ink {
  /** Anything that comes from outside: names, units, branches, reasons. */
  name(text: string, limit?: number): string;
  /** A suite and a benchmark in it, each of at most `limit` code points. */
  path(suite: string, benchmark: string, limit?: number): string;
  /** Our own words and numbers that must stay on one line. */
  figure(text: string): string;
  /** Our own words, the important ones. */
  strong(text: string): string;
  /** A verdict as a table has it. */
  verdict(bucket: Bucket): string;
  /** A remark that must not be missed. */
  alert(text: string): string;
  /** A text drawing that needs a fixed-width font. */
  plot(text: string): string;
}

const CODE_START = "<code>";
const CODE_END = "</code>";

/** Ink for GitHub: text from outside in escaped inline code, figures with spaces that do not break. */
export const MARKDOWN: Ink = {
  name: code,
  path: (suite, benchmark, limit) =>
    `${code(suite, limit).slice(0, -CODE_END.length)}\u00A0&#47; ${code(benchmark, limit).slice(CODE_START.length)}`,
  figure: unbreakable,
  strong: (text) => `**${unbreakable(text)}**`,
  // Two words may stand on two lines; the sign never stands alone.
  verdict: ({ symbol, word }) => `${symbol}\u00A0${word}`,
  alert: (text) => `⚠️ ${text}`,
  plot: (text) => `<code>${unbreakable(text)}</code>`,
};

/** Ink for text without markup: control characters are gone, everything else is as it is. */
export const PLAIN: Ink = {
  name: (text, limit) => clean(text, limit) || "(empty)",
  path: (suite, benchmark, limit) => `${clean(suite, limit) || "(empty)"} / ${clean(benchmark, limit) || "(empty)"}`,
  figure: (text) => text,
  strong: (text) => text,
  verdict: ({ word }) => word,
  alert: (text) => `Warning: ${text}`,
  plot: (text) => text,
};

function unbreakable(text: string): string {
  return text.replaceAll(" ", "\u00A0");
}

/** What a report calls a benchmark: its suite and its own name, or the suite alone where all of it is meant. */
export function benchmarkName(
  { suite, benchmark }: { readonly suite: string; readonly benchmark: string },
  ink: Ink,
  limit?: number,
): string {
  if (benchmark === "*") return `${ink.name(suite)} (all of it)`;
  return ink.path(suite, benchmark, limit);
}

/** How long names may be in tables, in code points: the first that tells all of them apart; the last bounds what a hostile name costs. */
const NAME_LIMITS = [80, 160, 320, 640] as const;

/** The length of names at which no two of these benchmarks look alike: the `shortest` that is wanted, or the next that does it. */
export function telling(
  benchmarks: readonly { readonly suite: string; readonly benchmark: string }[],
  shortest: number = NAME_LIMITS[0],
): number {
  const different = new Set(benchmarks.map(benchmarkKey)).size;
  const apart = (limit: number) =>
    new Set(benchmarks.map((each) => benchmarkName(each, PLAIN, limit))).size === different;
  return [shortest, ...NAME_LIMITS].find(apart) ?? shortest;
}
