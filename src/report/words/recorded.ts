import { markdownTable } from "markdown-table";
import { fingerprint } from "../../model/environment.ts";
import { benchmarkKey } from "../../model/key.ts";
import { failuresOf, type Recording } from "../../model/recording.ts";
import type { TrendChange, TrendSeries } from "../../model/trend.ts";
import type { Warning } from "../../model/warning.ts";
import { link } from "../parts/escape.ts";
import { benchmarkName, MARKDOWN } from "../parts/ink.ts";
import { change as changeWords, plural, probability, wordsFor } from "./format.ts";
import { messageLine } from "./messages.ts";
import { statisticWords } from "./statistic.ts";
import { machineWords, shortSha } from "./title.ts";

/** A change of level that a run has brought to light, and where to read what brought it. */
export interface FoundChange {
  readonly series: Pick<TrendSeries, "suite" | "benchmark" | "metric" | "statistic" | "unit">;
  readonly change: TrendChange;
  /** Shows the commits between; null where there is no page of them. */
  readonly commits: string | null;
}

/** The most changes that are listed. */
const LISTED = 20;

/** The job summary of a run that stores a baseline: what was recorded, where it went, and what kept it from going there. */
export function recordedMarkdown(
  recording: Recording,
  place: string,
  warnings: readonly Warning[],
  found: readonly FoundChange[] = [],
): string {
  const { revision, environment, rounds } = recording;
  const benchmarks = new Set(rounds.flatMap(({ measurements }) => measurements.map(benchmarkKey)));
  const failures = failuresOf(recording);
  const stored = !warnings.some(({ code }) => code === "not-stored");
  const title = failures.length > 0 ? "❌ Not recorded" : stored ? "✅ Baseline recorded" : "⚠️ Measured, not stored";
  const counts = [
    plural(benchmarks.size, "benchmark", "benchmarks"),
    ...(failures.length > 0 ? [`${failures.length} failed`] : []),
  ];
  return [
    `## ${title} · ${counts.join(" · ")}`,
    [
      shortSha(revision.sha, MARKDOWN),
      plural(rounds.length, "round", "rounds"),
      machineWords(environment, MARKDOWN),
      `environment ${MARKDOWN.name(fingerprint(environment))}`,
      MARKDOWN.name(place),
    ].join(" · "),
    ...failures.map(
      ({ suite, benchmark, reason }) =>
        `- ❌ failed: ${MARKDOWN.name(`${suite} / ${benchmark}`)}: ${MARKDOWN.name(reason, 300)}`,
    ),
    ...levelLines(found),
    ...warnings.map((warning) => MARKDOWN.alert(messageLine(warning, MARKDOWN))),
    "Pull requests are judged against the runs stored for the same environment; they gate from five runs on.",
    "",
  ].join("\n\n");
}

/** Drift and steps of the base branch: news for its maintainers, and no verdict on anybody's change. */
function levelLines(found: readonly FoundChange[]): readonly string[] {
  if (found.length === 0) return [];
  const [worse, better] = [found.filter(({ change }) => change.worse), found.filter(({ change }) => !change.worse)];
  const rows = [...worse, ...better].slice(0, LISTED).map(({ series, change, commits }) => {
    const { before, after, ratio, p } = change;
    const range = `${shortSha(before, MARKDOWN)} … ${shortSha(after, MARKDOWN)}`;
    return [
      change.worse ? "⚠️ worse" : "✅ better",
      benchmarkName(series, MARKDOWN),
      statisticWords(series, MARKDOWN),
      MARKDOWN.strong(changeWords(ratio, wordsFor(series.unit))),
      commits === null ? range : `${range} ${link("commits", commits)}`,
      probability(p),
    ];
  });
  const counts = [
    ...(worse.length > 0 ? [`${worse.length.toLocaleString("en-US")} worse`] : []),
    ...(better.length > 0 ? [`${better.length.toLocaleString("en-US")} better`] : []),
  ].join(", ");
  const rest = found.length - rows.length;
  return [
    `### Changed level on this branch: ${counts}`,
    markdownTable([["", "benchmark", "statistic", "change", "between", "chance"], ...rows], { alignDelimiters: false }),
    ...(rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more: \`benchgate trend\` shows all.`] : []),
    "These benchmarks have settled at a new level. For information only: no check fails because of it.",
  ];
}
