import { z } from "zod";
import type { SlowRow, SlowSection } from "../model/slow.ts";
import { STATISTICS } from "../model/statistic.ts";

const NAME = z.string();
const SHA = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const POSITIVE = z.number().positive().max(Number.MAX_VALUE);

const ROW = z.object({
  suite: NAME,
  benchmark: NAME,
  metric: NAME,
  statistic: z.enum(STATISTICS),
  unit: NAME,
  better: z.enum(["lower", "higher"]),
  before: SHA,
  after: SHA,
  commits: z.number().int().positive().nullable(),
  ratio: POSITIVE,
  was: z.number(),
  now: z.number(),
}) satisfies z.ZodType<SlowRow>;

const SECTION = z.object({
  gate: z.string().regex(/^[a-z0-9-]{1,80}$/),
  machine: z.string().regex(/^[0-9a-f]{0,64}$/),
  run: z.string().regex(/^\d{1,20}$/),
  sha: SHA,
  at: z.iso.datetime(),
  rows: z.array(ROW).max(1000),
  more: z.number().int().nonnegative(),
}) satisfies z.ZodType<SlowSection>;

/** The most characters that a section takes: a comment of GitHub's has room for 65,536. */
const MOST = 30_000;

const START = "<!-- benchgate-state ";
const END = " -->";

/** The rows that a section has room for: the first ones. */
export function fitting(rows: readonly SlowRow[]): readonly SlowRow[] {
  let used = 0;
  return rows.filter((row) => {
    used += written(row).length;
    return used <= MOST;
  });
}

/** A section as a line of Markdown that shows nothing. */
export function encodeSection(section: SlowSection): string {
  return `${START}${written(section)}${END}`;
}

/** The section in a text; null where there is none that can be read. */
export function decodeSection(text: string): SlowSection | null {
  const line = text.split("\n", 3).find((each) => each.startsWith(START) && each.trimEnd().endsWith(END));
  if (line === undefined) return null;
  try {
    const read = SECTION.safeParse(JSON.parse(line.trimEnd().slice(START.length, -END.length)));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

/** Without what would end the comment that it stands in, or mention somebody there. JSON has no lone surrogates. */
function written(value: SlowRow | SlowSection): string {
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replaceAll(/[<>@&!#`]/g, escaped);
}
