import { GateError } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import { parseDuration } from "../../reading/duration.ts";
import { stripMark } from "../../reading/json.ts";
import { printedQuantiles } from "../../reading/load-summary.ts";
import { unprinted } from "../../reading/printed.ts";
import { textLines } from "../../reading/text-lines.ts";

const HEADING = /^benchmark +runs +total time +time\/run \(avg ± σ\) +\(min \.\.\. max\) +p75 +p99 +p995 *\r?$/m;

const TIME = String.raw`((?:\d+(?:\.\d+)?(?:ns|us|µs|ms|h|m|s))+)`;
const SIZE = String.raw`(\d+(?:\.\d+)?(?:[KMGT]i)?B)`;
const rowOf = (value: string) =>
  String.raw`${value} ± ${value} +\(${value} \.\.\. ${value}\) +${value} +${value} +${value} *$`;
/** `add   40   20.38us   509ns ± 49ns   (500ns ... 812ns)   501ns   812ns   812ns`. */
const ROW = new RegExp(`^(.*\\S) +(\\d+) +${TIME} +${rowOf(TIME)}`);
/** `add [MEMORY]   20.000KiB ± 0B   (20.000KiB ... 20.000KiB)   20.000KiB …`, below the row of its times. */
const MEMORY = new RegExp(String.raw`^(.*\S) \[MEMORY\] +${rowOf(SIZE)}`);
const SIGNS = / ± .*\.\.\./;

const BYTES: Readonly<Record<string, number>> = { B: 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3, TiB: 1024 ** 4 };
const THOUSANDTH = 1e-3;

/** Whether a text holds the table that zBench prints. */
export function isTable(text: string): boolean {
  return HEADING.test(stripMark(text));
}

/** What zBench's table tells: means, percentiles and extremes, of times to a thousandth of their unit. */
export function readTable(text: string): readonly ToolMeasurement[] {
  const counts = new Map<string, number>();
  return textLines(text).flatMap(({ text: line, number }): ToolMeasurement[] => {
    if (!SIGNS.test(line) || HEADING.test(line)) return [];
    const [, name, runs, , ...times] = ROW.exec(line) ?? [];
    if (name !== undefined) {
      counts.set(name, Number(runs));
      return [
        timed(
          unprinted(name, number),
          Number(runs),
          times.map((time) => secondsIn(time, number)),
          number,
        ),
      ];
    }
    const [, owner, ...sizes] = MEMORY.exec(line) ?? [];
    const count = owner === undefined ? undefined : counts.get(owner);
    if (count === undefined) throw refused(`Not a row that zBench prints: ${line.trim().slice(0, 80)}`, number);
    return [
      sized(
        owner!,
        count,
        sizes.map((size) => BYTES[/[A-Za-z]+$/.exec(size)![0]]! * Number.parseFloat(size)),
      ),
    ];
  });
}

interface Time {
  readonly seconds: number;
  readonly step: number;
}

function timed(benchmark: string, count: number, times: readonly Time[], line: number): ToolMeasurement {
  if (!(count >= 1 && Number.isSafeInteger(count))) throw refused("A benchmark of no runs", line);
  const distribution = quantilesOf(
    times.map(({ seconds }) => seconds),
    count,
  );
  return { benchmark, metric: "latency", unit: "s", better: "lower", distribution, resolution: times[0]!.step };
}

function sized(benchmark: string, count: number, sizes: readonly number[]): ToolMeasurement {
  return {
    benchmark,
    metric: "memory",
    unit: "B",
    better: "lower",
    per: "operation",
    distribution: quantilesOf(sizes, count),
  };
}

/** Mean, σ, minimum, maximum, p75, p99, p99.5, in the order of the columns. */
function quantilesOf(columns: readonly number[], count: number): ToolMeasurement["distribution"] {
  const [mean, , min, max, p75, p99, p995] = columns as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return printedQuantiles(
    [
      [0.75, p75],
      [0.99, p99],
      [0.995, p995],
    ],
    { min, max, mean, count },
  );
}

/** A time of one part, or of several from a minute on: `1m2.5s`. Zeros at the end of its decimals are left out. */
function secondsIn(text: string, line: number): Time {
  const parts = (text.match(/\d+(?:\.\d+)?(?:ns|us|µs|ms|h|m|s)/g) ?? []).map(parseDuration);
  const [last] = parts.slice(-1);
  if (last === undefined || parts.includes(null)) throw refused(`${JSON.stringify(text)} is not a time`, line);
  const unit = parseDuration(`1${/[a-zµ]+$/.exec(text)![0]}`)!.seconds;
  const seconds = parts.reduce((sum, part) => sum + part!.seconds, 0);
  return { seconds, step: text.endsWith("ns") ? unit : unit * THOUSANDTH };
}

function refused(problem: string, line: number): GateError {
  return new GateError(problem, "Have the program write each result with `writeJSON`", { line });
}
