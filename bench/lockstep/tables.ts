import { markdownTable } from "markdown-table";
import type { Time, Trials } from "./designs.ts";
import { type Cell, median, standardDeviation } from "./sweep.ts";

/** The circumstances of a measurement. */
export interface Circumstances {
  readonly pairs: number;
  readonly busy: number;
  /** Whether those processes rest half of the time. */
  readonly restless: boolean;
  readonly cpu: string;
  readonly cores: number;
  /** Load averages when it began and ended: what else the machine had to do. */
  readonly load: { readonly before: number; readonly after: number };
}

/** The median benchmark's noise by a design. */
export function medianNoise({ ratios }: Trials): number {
  return median([...ratios.values()].map(standardDeviation));
}

/** What the designs gave, as Markdown; `time` is how long each benchmark ran on each side of a pair. */
export function designsToMarkdown(designs: readonly Trials[], time: Time, circumstances: Circumstances): string {
  const [, interleaved, ...lockstep] = designs.map(medianNoise);
  const share = (noise: number) => (noise / interleaved!).toFixed(3);
  const [unpinned, pinned] = lockstep.map(share);
  const long = time === "auto" ? "as long as a gate does (`times: auto`)" : `${time} ms a side after as long a warm-up`;
  const { busy, restless } = circumstances;
  const [heading, flags] = restless
    ? ["### The same with restless neighbours", ` -- --busy ${busy} --restless`]
    : busy === 0
      ? ["### The same with nothing kept busy", " -- --busy 0"]
      : ["## Turns of milliseconds", ""];
  return [
    heading,
    `Written by \`npm run bench:lockstep${flags}\`: identical code on both sides, each benchmark measured ${long}, ${told(circumstances)}. Standard deviation of a pair's log ratio as the judge takes it, in %: of whole processes the ratio of both sides' p50; in lockstep the median over slice pairs of the ratio of their middles. For the median benchmark lockstep has ${unpinned} times the noise of whole processes interleaved, and ${pinned} times pinned to one CPU, which is what a gate does.`,
    designsTable(designs),
  ].join("\n\n");
}

/** What the sweep gave, as Markdown. */
export function sweepToMarkdown(cells: readonly Cell[], circumstances: Circumstances): string {
  return [
    "### How long a slice, how to estimate",
    `Written by the same script: lockstep, pinned, ${told(circumstances)}. Median of the benchmarks' standard deviations, in %, with the length of a slice across. A pair's estimate is the ratio of the medians of all samples, or the median or mean over slices of the ratio of both sides' medians in that slice. In brackets: times the root of the seconds that both sides were measured, so that noise for equal machine time is compared; below, the seconds of a whole pair with everything around it.`,
    sweepTable(cells),
  ].join("\n\n");
}

function told({ pairs, busy, restless, cpu, cores, load }: Circumstances): string {
  const neighbours = restless
    ? `${busy} processes meanwhile that work and rest in turns, for a second each on average`
    : `${busy} processes kept busy meanwhile`;
  return `${pairs} pairs, on ${cores} × ${cpu} with ${neighbours} (load average ${load.before.toFixed(1)} before, ${load.after.toFixed(1)} at the end)`;
}

function designsTable(designs: readonly Trials[]): string {
  const benchmarks = [...designs[0]!.ratios.keys()];
  const noise = (benchmark: string) => designs.map(({ ratios }) => percent(standardDeviation(ratios.get(benchmark)!)));
  return table([
    ["benchmark", ...designs.map(({ design }) => design.name)],
    ...benchmarks.map((benchmark) => [benchmark, ...noise(benchmark)]),
    ["**median**", ...designs.map((trials) => `**${percent(medianNoise(trials))}**`)],
    ["seconds a pair", ...designs.map(({ seconds }) => seconds.toFixed(1))],
  ]);
}

function sweepTable(cells: readonly Cell[]): string {
  const slices = [...new Set(cells.map(({ slice }) => slice))];
  const rows = [...new Set(cells.map(({ estimator, time }) => JSON.stringify([estimator, time])))].sort();
  const cell = (slice: number, estimator: string, time: number) =>
    cells.find((each) => each.slice === slice && each.estimator === estimator && each.time === time)!;
  return table([
    ["estimate", "ms a side", ...slices.map((slice) => `${slice} ms`)],
    ...rows.map((row) => {
      const [estimator, time] = JSON.parse(row) as [string, number];
      const cost = (sd: number) => sd * Math.sqrt((2 * time) / 1000);
      const shown = slices.map((slice) => cell(slice, estimator, time).sd);
      return [estimator, String(time), ...shown.map((sd) => `${percent(sd)} (${percent(cost(sd))})`)];
    }),
    ["seconds a pair", "", ...slices.map((slice) => cells.find((each) => each.slice === slice)!.seconds.toFixed(1))],
  ]);
}

function percent(share: number): string {
  return (100 * share).toFixed(share < 0.1 ? 1 : 0);
}

function table(rows: readonly (readonly string[])[]): string {
  return markdownTable(
    rows.map((row) => [...row]),
    { align: ["l", ...rows[0]!.slice(1).map(() => "r")], padding: false, alignDelimiters: false },
  );
}
