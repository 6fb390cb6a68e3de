import { budgetsOf } from "../../src/config/plan.ts";
import type { Baseline } from "../../src/judge/baseline.ts";
import { judge } from "../../src/judge/judge.ts";
import { looksOf } from "../../src/judge/undecided.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import type { StatisticName } from "../../src/model/statistic.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { commentBody } from "../../src/report/formats/markdown.ts";
import { benchmarkName, MARKDOWN } from "../../src/report/parts/ink.ts";
import { label } from "../../src/report/parts/labels.ts";
import { statisticWords } from "../../src/report/words/statistic.ts";

/** What the gate answered, by default rules, and the comment that says so. */
export interface Answer {
  /** The tool whose output both sides are. */
  readonly tool: string;
  readonly outcome: Outcome;
  /** The comment, without a bound on its length: where it ends is another question. */
  readonly lines: readonly string[];
}

/** What is worse, or gone: a benchmark, and the metric and the statistic of it where only those are. */
export interface Told {
  readonly suite: string;
  readonly benchmark: string;
  readonly metric?: string;
  readonly statistic?: StatisticName;
  /** Nothing of it is worse, as far as anybody can tell: it is missing. Then a row is enough where nobody is held to it. */
  readonly gone?: true;
}

/**
 * How a change was answered: `red`, the check fails for it; `doubt`, the comment names it and says that it is worse, gone or undecided, with the reason;
 * `silent`, neither, and what was said instead.
 */
export type Standing =
  | { readonly kind: "red" }
  | { readonly kind: "doubt" }
  | { readonly kind: "silent"; readonly why: string };

/** No rule by default depends on the day. */
const TODAY = "2026-01-01";

/** What the gate makes of a candidate without any configuration. */
export function answerTo(tool: string, baseline: Exclude<Baseline, { kind: "none" }>, candidate: Recording): Answer {
  const outcome = judge(baseline, candidate, {
    budgets: budgetsOf(null, []),
    accept: [],
    onInconclusive: "warn",
    today: TODAY,
    // Only what is measured in turns is looked at as it goes.
    ...(baseline.kind === "side-by-side" && { looks: looksOf(baseline.recordings[0].rounds.length) }),
  });
  const comment = commentBody(outcome, { marker: "<!-- green -->", limit: Number.MAX_SAFE_INTEGER, now: TODAY });
  // Where a long name may be broken is no part of it.
  return { tool, outcome, lines: comment.replaceAll("<wbr>", "").split("\n") };
}

/** How the answer stands to one thing that is worse, or gone. */
export function standingOf(answer: Answer, told: Told): Standing {
  const about = answer.outcome.judgements.filter((judgement) => isAbout(judgement, told));
  const standings = about.map((judgement) => standingIn(answer, judgement, told.gone === true));
  const said = standings.find(({ kind }) => kind === "red") ?? standings.find(({ kind }) => kind === "doubt");
  if (said !== undefined) return said;
  const reasons = standings.flatMap((standing) => (standing.kind === "silent" ? standing.why : []));
  return silent(reasons.length === 0 ? "no row" : [...new Set(reasons)].join("; "));
}

/** Whether something of a benchmark's speed turned the check red, or is undecided and gates. */
export function isGating({ outcome }: Answer, { suite, benchmark }: Told): boolean {
  return outcome.judgements.some(
    (judgement) =>
      isAbout(judgement, { suite, benchmark }) &&
      isSpeed(judgement) &&
      judgement.severity === "gate" &&
      (judgement.verdict === "regression" || judgement.verdict === "inconclusive" || judgement.verdict === "failed"),
  );
}

/** Whether a metric is how fast something is. */
export function isSpeed({ metric }: Pick<Measurement, "metric">): boolean {
  return metric === "latency" || metric === "throughput";
}

function isAbout(judgement: Judgement, { suite, benchmark, metric, statistic }: Told): boolean {
  if (judgement.suite !== suite) return false;
  if (judgement.verdict === "failed") return judgement.benchmark === benchmark || judgement.benchmark === "*";
  if (judgement.benchmark !== benchmark) return false;
  if (judgement.verdict === "removed") return true;
  return (
    (metric ?? judgement.metric) === judgement.metric && (statistic ?? judgement.statistic) === judgement.statistic
  );
}

function standingIn({ tool, outcome, lines }: Answer, judgement: Judgement, gone: boolean): Standing {
  const { verdict, severity, failure, warnings } = judgement;
  // What is too little to matter is said to be so.
  const within = verdict === "unchanged" && warnings.some(({ code }) => code === "below-floor");
  if (within && isLittle(judgement, tool) && isNamed(lines, judgement)) return { kind: "doubt" };
  if (verdict === "unchanged" || verdict === "improvement" || verdict === "added") return silent(verdict);
  if (!isNamed(lines, judgement)) return silent(`${verdict}, not named in the comment`);
  if (verdict === "inconclusive" && warnings.length === 0) return silent("inconclusive without a reason");
  const fails =
    (verdict === "regression" || verdict === "failed") && severity === "gate" && failure?.side !== "baseline";
  if (fails && outcome.outcome === "fail") return { kind: "red" };
  // Of what nobody is held to a row is enough, and of a throughput beside a latency; of how fast something is the check must say so.
  const held = severity === "gate" || (judgement.metric === "latency" && !gone);
  if (held && outcome.outcome === "pass") return silent(`${verdict} (${severity}), and the gate passes`);
  if (held && verdict === "inconclusive" && severity !== "gate") return silent("inconclusive and advisory");
  return { kind: "doubt" };
}

/** Tools that measure the memory of a whole process. What one operation takes is known to a byte. */
const WHOLE_PROCESS: ReadonlySet<string> = new Set([
  "asv",
  "benchgate",
  "hyperfine",
  "memory-profiler",
  "phpbench",
  "pyperf",
  "swift",
  "time",
  "tracemalloc",
]);

/** Whether a change is so small that nobody asks for it: the floors of verdict.md, not those that the gate happens to have. */
function isLittle({ metric, baseline, candidate }: Judgement, tool: string): boolean {
  const change = Math.abs((candidate ?? 0) - (baseline ?? 0));
  if (metric === "error-rate") return change <= 0.001;
  if (metric === "allocations") return change < 1;
  return metric === "memory" && change <= (WHOLE_PROCESS.has(tool) ? 64 * 1024 : 16);
}

/** How long names may be in a table: a table takes the first that tells all of its benchmarks apart. */
const NAME_LIMITS = [80, 160, 320, 640];

/** Whether one line of the comment names the benchmark, and the metric where its row does not go without saying. */
function isNamed(lines: readonly string[], judgement: Judgement): boolean {
  const names = NAME_LIMITS.map((limit) => benchmarkName(judgement, MARKDOWN, limit));
  const whole = MARKDOWN.name(label(judgement));
  const statistic = judgement.verdict === "failed" ? "" : statisticWords(judgement, MARKDOWN);
  return lines.some(
    (line) => line.includes(whole) || (line.includes(statistic) && names.some((name) => line.includes(name))),
  );
}

function silent(why: string): Standing {
  return { kind: "silent", why };
}
