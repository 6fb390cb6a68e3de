import type { Change, Finding, Stop } from "../../model/bisect.ts";
import { worse } from "../../model/measurement.ts";
import type { RowName } from "../../model/row-name.ts";
import { changeInterval, plural, change as told, wordsFor } from "./format.ts";

/** A commit as people know it. */
export interface NamedCommit {
  readonly sha: string;
  readonly subject: string;
}

/** A search that has ended, and what its numbers stand for. */
export interface Bisected {
  readonly row: RowName;
  /** The good commit, and those after it up to the bad one. */
  readonly line: readonly NamedCommit[];
  readonly finding: Finding;
}

/** What a row is called. */
export function rowWords({ suite, benchmark, metric, statistic }: RowName): string {
  return `${suite} / ${benchmark} ${metric} ${statistic}`;
}

/** A change in its own direction, with its interval: "+10.1 % (+9.6 … +10.6)". */
export function changeWords({ better, unit }: RowName, { mean, lower, upper }: Change): string {
  const ratio = (log: number) => Math.exp(worse(better) * log);
  const [from, to] = [ratio(lower), ratio(upper)].sort((a, b) => a - b);
  const interval = changeInterval({ lower: from!, upper: to! }, ratio(mean));
  return lower === upper ? told(ratio(mean), wordsFor(unit)) : `${told(ratio(mean), wordsFor(unit))} ${interval}`;
}

/** A commit by the first digits of its name and the first line of its message. */
export function commitWords({ sha, subject }: NamedCommit): string {
  return `${sha.slice(0, 12)}  ${subject}`;
}

/** How many commits a list names. */
const NAMED = 10;

/** What a search has found, as plain text, and what it cannot know. */
export function bisectWords({ row, line, finding }: Bisected): string {
  const { after, until, change, whole, stop, between, rest, unbuilt, gates } = finding;
  const commit = (at: number) => line[at]!;
  const head = `${rowWords(row)}: ${changeWords(row, whole)} from ${short(commit(0))} to ${short(line.at(-1)!)}, ${plural(line.length - 1, "commit", "commits")}`;
  const found =
    stop === null
      ? [
          "The change is in",
          `  ${commitWords(commit(until))}`,
          `  ${changeWords(row, change!)} against the commit before it`,
        ]
      : [
          `It is not known which commit changed it. ${WHY[stop]}`,
          ...(until - after === 1
            ? []
            : [
                `The change lies after ${short(commit(after))}, in one of ${plural(until - after, "commit", "commits")}:`,
              ]),
          ...listed(line.slice(after + 1, until + 1)),
          ...(change === null ? [] : [`All of them together: ${changeWords(row, change)}`]),
        ];
  return [
    head,
    "",
    ...found,
    ...several(finding, line),
    ...(unbuilt.length === 0 || stop === "unbuilt"
      ? []
      : [`Not measured, since they do not build or run: ${unbuilt.map((at) => short(commit(at))).join(", ")}.`]),
    "",
    `${plural(gates, "gate", "gates")} side by side. All intervals hold at once with 95 %${stop === null && !rest && between.length === 0 ? ", and with them the answer" : ""}.`,
  ].join("\n");
}

const WHY: Readonly<Record<Stop, string>> = {
  unbuilt: "The commits between do not build, or what they run fails.",
  noise:
    "The level of the commit in the middle cannot be distinguished from either end's: measure on a quieter machine, or with more `--rounds`.",
  contradiction:
    "Next to each other, the last two do not differ as they do from the first one: what was measured does not agree with itself.",
};

/** What says that one commit is not all of it, and where to look for the rest. */
function several({ after, until, between, rest }: Finding, line: readonly NamedCommit[]): readonly string[] {
  if (between.length === 0 && !rest) return [];
  const levels = between.length > 1 ? " Several levels lie between: it may be a drift, or many small changes." : "";
  const ranges = [
    [0, after],
    [until, line.length - 1],
  ] as const;
  const left = ranges.filter(([from, to]) => from < to);
  const words = left.map(([from, to]) => `\`benchgate bisect ${short(line[from]!)} ${short(line[to]!)}\``);
  const where = words.length === 0 ? "" : ` For the rest: ${words.join(", ")}.`;
  return [`More than one commit has changed it: this is not all.${levels}${where}`];
}

function listed(commits: readonly NamedCommit[]): readonly string[] {
  const rest = commits.length - NAMED;
  return [
    ...commits.slice(0, NAMED).map((each) => `  ${commitWords(each)}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ];
}

function short({ sha }: NamedCommit): string {
  return sha.slice(0, 12);
}
