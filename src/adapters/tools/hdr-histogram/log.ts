import { decodeInterval } from "../../../codec/histogram.ts";
import { GateError } from "../../../model/error.ts";
import type { OutputReader, ParsedRound } from "../../adapter.ts";
import { Lines, textOf } from "../../reading/lines.ts";
import { Observed } from "../../reading/observed.ts";
import { round } from "../../reading/round.ts";
import { Warmup } from "../../reading/warmup.ts";

/** What is measured where a log has no tags, and in a table. */
export const UNTAGGED = "histogram";

const INTERVAL = /^(?:Tag=([^,]*),)?(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),(\d+(?:\.\d+)?),([\w+/=]+)$/;
const COMMENT = /^#|^"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"$|^\s*$/;
const REMEDY = "The file is damaged, or not a histogram log: check `tool`";
const HINTS = { remedy: "Give every tag once", nothing: "Let the log run for at least one interval" };

/** The largest value of a log in nanoseconds is printed in milliseconds, unless its writer says otherwise (HistogramLogWriter). */
const NANOSECONDS = 1e6;
/** The most that the printed value may be off: it has three decimals, and the histogram rounds up. */
const PRINTED_WITHIN = 0.02;
/** Printed values below this have too few digits to compare. */
const COMPARABLE = 0.1;

/** Whether a text begins as a histogram log: with the comment that its writer puts first, or with an interval. */
export function isLog(head: string): boolean {
  return (
    /^(?:#[^\n]*\n)*?#\[Histogram log format version /.test(head) || INTERVAL.test(head.split(/\r?\n/, 1)[0] ?? "")
  );
}

/**
 * A reader of an interval log (.hlog) of HdrHistogram, V1 or V2: all intervals of a tag are one distribution.
 * Its unit is nowhere told; but where each interval's largest value, as printed, is the millionth part of what the histogram holds, values are
 * nanoseconds and print as milliseconds, as the format has it. Any other log keeps its numbers, in no unit, as the metric `value`.
 */
export function logReader(skip: number): OutputReader {
  const warmup = new Warmup(skip);
  const tags = new Map<string, Observed>();
  const ratios = { lowest: Number.POSITIVE_INFINITY, highest: Number.NEGATIVE_INFINITY };
  const lines = new Lines((bytes, start, end, line) => {
    const text = textOf(bytes, start, end);
    if (/^#Tag,Interval_Start,.*\bp99\b/.test(text)) {
      const problem = "this is a log of percentiles of intervals, which cannot be put together";
      throw new GateError(problem, "Log histograms: HistogramLogWriter, or --log-histograms", { line });
    }
    if (COMMENT.test(text)) return;
    const [, name = "", from, , most, encoded] = INTERVAL.exec(text) ?? [];
    const tag = name === "" ? UNTAGGED : name;
    if (encoded === undefined) throw new GateError(`This is not an interval: ${text.slice(0, 60)}`, REMEDY, { line });
    if (warmup.cuts(Number(from))) return;
    const counted = intervalIn(encoded, line);
    const values = tags.get(tag) ?? new Observed();
    tags.set(tag, values);
    for (const [value, count] of counted) values.addCounted(value, count);
    const [highest] = counted.at(-1) ?? [0];
    if (Number(most) < COMPARABLE) return;
    ratios.lowest = Math.min(ratios.lowest, highest / Number(most));
    ratios.highest = Math.max(ratios.highest, highest / Number(most));
  });
  return {
    push: (bytes) => lines.push(bytes),
    end: () =>
      lines.end(() => {
        warmup.check();
        const { lowest, highest } = ratios;
        const isTime = lowest > NANOSECONDS * (1 - PRINTED_WITHIN) && highest < NANOSECONDS * (1 + PRINTED_WITHIN);
        return [conclude(tags, isTime)];
      }),
  };
}

function intervalIn(encoded: string, line: number) {
  try {
    return decodeInterval(encoded);
  } catch (error) {
    throw new GateError(`The histogram ${error instanceof Error ? error.message : String(error)}`, REMEDY, { line });
  }
}

function conclude(tags: ReadonlyMap<string, Observed>, isTime: boolean): ParsedRound {
  const what = isTime ? ({ metric: "latency", unit: "s" } as const) : ({ metric: "value", unit: "1" } as const);
  const measurements = [...tags].flatMap(([benchmark, values]) => {
    const distribution = values.count === 0 ? null : values.distribution(isTime ? 1e9 : 1);
    return distribution === null ? [] : [{ benchmark, ...what, better: "lower" as const, distribution }];
  });
  const measured = new Set(measurements.map(({ benchmark }) => benchmark));
  const empty = [...tags.keys()].filter((tag) => !measured.has(tag));
  const failures = empty.map((benchmark) => ({ benchmark, reason: "nothing was recorded in any of its intervals" }));
  return round([...measurements, ...failures], HINTS);
}
