import { GateError } from "../../model/error.ts";
import type { Distribution, ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter } from "../adapter.ts";
import { stripMark } from "../reading/json.ts";
import { searched } from "../reading/output.ts";
import { round } from "../reading/round.ts";

const HINTS = {
  remedy: "Timeit names nothing: give each statement a suite of its own",
  nothing: "Run `python -m timeit -v` and keep what it prints",
};

/** Timeit's units in seconds. */
const SECONDS: Readonly<Record<string, number>> = { nsec: 1e-9, usec: 1e-6, msec: 1e-3, sec: 1 };

const NUMBER = String.raw`\d+(?:\.\d+)?(?:e[-+]?\d+)?`;
const BEST = new RegExp(String.raw`^(\d+) loops?, best of (\d+): (${NUMBER}) ([num]?sec) per loop$`);
const RAW = /^raw times: (.+)$/;
const TIME = new RegExp(`^(${NUMBER})(?: ([num]?sec))?$`);
/** What timeit says of its search for a number of loops, and of worst times; Python 2 has no "s" and no unit. */
const KNOWN = /^\d+ loops? -> [\d.e+-]+ secs?$|^\S*:\d+: UserWarning: The test results are likely unreliable\. |^$/;

/**
 * `python -m timeit`. With `-v` it prints the raw times, each of all loops together: a sample is such a time over the loops, a batch mean of
 * three significant digits (`resolution`). Without it there is the best time alone, which is a minimum and nothing else.
 * Timeit does not name what it times, so the benchmark is called `timeit`.
 */
export const timeit: Adapter = {
  name: "timeit",
  title: "Python timeit",
  command: "python -m timeit -v -r 30 -s 'import json' 'json.dumps(list(range(100)))' > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: false, memory: false },
  exitCodes: [0],
  recognises: (output) =>
    /^\d{1,12} loops?, best of \d{1,9}: [\d.e+-]{1,30} [num]?sec per loop\r?$/m.test(stripMark(searched(output))),
  parse: ({ text }) => [round(readTimes(text), HINTS)],
};

function readTimes(text: string): ToolMeasurement[] {
  const found: ToolMeasurement[] = [];
  let raw: readonly number[] | null = null;
  for (const [i, each] of stripMark(text).split(/\r?\n/).entries()) {
    const line = each.trimEnd();
    const times = RAW.exec(line)?.[1];
    const [, loops, count, best, unit] = BEST.exec(line) ?? [];
    if (times !== undefined) raw = times.split(", ").map((time) => readTime(time, i + 1));
    else if (best !== undefined) {
      const seconds = Number(best) * SECONDS[unit!]!;
      if (raw !== null && raw.length !== Number(count)) throw refused(`${raw.length} raw times of ${count}`, i + 1);
      found.push(measure(Number(loops), Number(count), seconds, raw, i + 1));
      raw = null;
    } else if (!KNOWN.test(line)) throw refused(`a line that timeit does not print: ${line.slice(0, 80)}`, i + 1);
  }
  if (raw !== null) throw refused("raw times without the line that says how many loops they took", 1);
  return found;
}

function measure(
  loops: number,
  count: number,
  best: number,
  raw: readonly number[] | null,
  line: number,
): ToolMeasurement {
  if (!(loops >= 1 && count >= 1 && Number.isFinite(best))) throw refused("a time that cannot be read", line);
  const distribution: Distribution =
    raw === null
      ? { kind: "quantiles", quantiles: { 0: best }, count }
      : { kind: "samples", samples: Float64Array.from(raw, (time) => time / loops) };
  return {
    benchmark: "timeit",
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution,
    ...(loops > 1 ? { estimator: "batch-means" } : {}),
    ...(best > 0 ? { resolution: 10 ** (Math.floor(Math.log10(best)) - 2) } : {}),
  };
}

function readTime(text: string, line: number): number {
  const [, number, unit = "sec"] = TIME.exec(text) ?? [];
  const seconds = number === undefined ? Number.NaN : Number(number) * SECONDS[unit]!;
  if (Number.isFinite(seconds)) return seconds;
  throw refused(`a raw time that cannot be read: ${text.slice(0, 40)}`, line);
}

function refused(problem: string, line: number): GateError {
  return new GateError(`Not what timeit prints: ${problem}`, "Keep the output of `python -m timeit -v` apart", {
    line,
  });
}
