import { fingerprint } from "../model/environment.ts";
import { failuresOf, type Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import { plural } from "./format.ts";
import { MARKDOWN } from "./ink.ts";
import { messageLine } from "./messages.ts";
import { machineWords, shortSha } from "./title.ts";

/** The job summary of a run that stores a baseline: what was recorded, where it went, and what kept it from going there. */
export function recordedMarkdown(recording: Recording, place: string, warnings: readonly Warning[]): string {
  const { revision, environment, rounds } = recording;
  const benchmarks = new Set(
    rounds.flatMap(({ measurements }) => measurements.map(({ suite, benchmark }) => `${suite}\u0000${benchmark}`)),
  );
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
    ...warnings.map((warning) => MARKDOWN.alert(messageLine(warning, MARKDOWN))),
    "Pull requests are judged against the runs stored for the same environment; they gate from five runs on.",
    "",
  ].join("\n\n");
}
