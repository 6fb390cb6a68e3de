import type { Environment } from "../../model/environment.ts";
import { benchmarkKey } from "../../model/key.ts";
import { DEPLOYED } from "../../model/recording.ts";
import { type Comparison, type Cost, comparesNothing, type Judgement, type Outcome } from "../../model/verdict.ts";
import { WARNINGS } from "../../model/warning.ts";
import { type BucketName, bucketOf, byBucket } from "../parts/buckets.ts";
import { promiseWords, quantity, type SideNames } from "../parts/columns.ts";
import { countWords, entriesOf } from "../parts/entries.ts";
import { benchmarkName, type Ink, telling } from "../parts/ink.ts";
import { change, duration, listed, plural, wordsFor } from "./format.ts";
import { statisticWords } from "./statistic.ts";

/** A report's first line: a sign, and the verdict with its counts in words. Nothing in it comes from outside. */
export interface Title {
  readonly symbol: string;
  readonly text: string;
}

type Has = (...names: readonly BucketName[]) => boolean;

/** What comes before everything else that such a run says. */
const UNSTABLE = "Not trustworthy: this machine changes speed by itself";

/** The words before the counts; the first rule that holds. Null: the counts begin with the bad news themselves. */
const LEADS: readonly (readonly [holds: (outcome: Outcome, has: Has) => boolean, lead: string | null])[] = [
  [({ judgements }) => judgements.length === 0, "Nothing was measured"],
  [comparesNothing, "No benchmark in common"],
  [({ warnings }) => warnings.some(({ code }) => code === "machine-unstable"), UNSTABLE],
  [(_outcome, has) => has("regression", "limit", "missed-goal", "failed"), null],
  [({ baseline }) => baseline.kind === "none", "No baseline yet"],
  [
    (outcome, has) => outcome.outcome === "fail" && (undecided(outcome) || has("failed-before")),
    "Undecided, which fails this check",
  ],
  [(outcome, has) => undecided(outcome) || has("failed-before"), "No regression proven"],
  [(_outcome, has) => has("advisory"), "No gating regression"],
  [(_outcome, has) => has("accepted"), "Nothing but accepted regressions"],
  [({ warnings }) => warnings.some(({ code }) => WARNINGS[code].warns), "No regression, with a warning"],
  [() => true, "No regression"],
];

const SYMBOLS = { fail: "❌", warn: "⚠️", pass: "✅" } as const;

/** The title of an outcome: "❌ 2 regressions · 41 unchanged", "✅ No regression · 41 unchanged". */
export function titleOf(outcome: Outcome): Title {
  const { judgements, baseline } = outcome;
  const counts = byBucket(judgements);
  const lead = LEADS.find(([holds]) =>
    holds(outcome, (...names) => names.some((name) => counts.get(name)!.length > 0)),
  )![1];
  const first = baseline.kind === "none" && lead !== null;
  const words = first
    ? countWords(judgements).map((text) => text.replace(/ new$/, " measured"))
    : lead === UNSTABLE
      ? apparent(judgements)
      : countWords(judgements);
  const calm = outcome.outcome === "pass" && undecided(outcome) ? SYMBOLS.warn : SYMBOLS[outcome.outcome];
  const unsteady = lead === UNSTABLE ? SYMBOLS.warn : calm;
  const symbol = first && outcome.outcome !== "fail" && judgements.length > 0 ? "⚪" : unsteady;
  return { symbol, text: [...(lead === null ? [] : [lead]), ...words, ...unjudgedWords(outcome)].join(" · ") };
}

/** What such a machine can make of unchanged code. */
const APPARENT: readonly BucketName[] = ["regression", "limit", "missed-goal", "advisory", "improvement"];

/** Counts in which changes are what they look like, no more: "apparently 1 regression and 1 improvement", "2 unchanged". */
function apparent(judgements: readonly Judgement[]): readonly string[] {
  const isChanged = (judgement: Judgement) => APPARENT.includes(bucketOf(judgement).name);
  const changed = judgements.filter(isChanged);
  const rest = countWords(judgements.filter((judgement) => !isChanged(judgement)));
  return changed.length === 0 ? rest : [`apparently ${listed(countWords(changed))}`, ...rest];
}

/** What is red, the worst first, and what is said of it. */
const EFFECTS: readonly (readonly [
  bucket: BucketName,
  says: (judgements: readonly Judgement[], many: boolean) => string,
])[] = [
  ["regression", (judgements) => (judgements.every(({ unit }) => unit === "s") ? "slower" : "worse")],
  ["limit", (_, many) => (many ? "break their limits" : "breaks a limit")],
  ["missed-goal", (_, many) => (many ? "miss their goals" : "misses a goal")],
  ["failed", (_, many) => (many ? "fail" : "fails")],
];
/** How many benchmarks a headline names, and how long a name may be in it, in code points. */
const NAMED = 2;
const NAMED_LIMIT = 40;

/**
 * What merging does, where that is bad: "This change makes 2 of 46 benchmarks slower: parser / json +12.5 % and api / search p99 1.62×". Null where
 * nothing is red, or where no verdict can be trusted: then the title says it all.
 */
export function headlineOf(outcome: Outcome, ink: Ink): string | null {
  const { judgements, warnings } = outcome;
  const buckets = byBucket(judgements);
  const [bucket, says] = EFFECTS.find(([name]) => buckets.get(name)!.length > 0) ?? [];
  const unstable = warnings.some(({ code }) => code === "machine-unstable");
  if (bucket === undefined || says === undefined || unstable || comparesNothing(outcome)) return null;
  const entries = entriesOf(buckets.get(bucket)!);
  const total = Math.max(entries.length, new Set(judgements.map(benchmarkKey)).size);
  const effect = says(entries.flat(), entries.length > 1);
  const limit = telling(
    entries.slice(0, NAMED).map(([first]) => first),
    NAMED_LIMIT,
  );
  const named = entries.slice(0, NAMED).map(([judgement]) => {
    const { comparison, metric, statistic, unit } = judgement;
    const plain = bucket === "failed" || (metric === "latency" && statistic === "p50");
    const amount = comparison === null ? "" : change(comparison.ratio, wordsFor(unit)).replace(` ${effect}`, "");
    const words = promised(bucket, judgement, amount, ink);
    return [
      benchmarkName(judgement, ink, limit),
      ...(plain ? [] : [statisticWords(judgement, ink)]),
      ...(words === "" ? [] : [words.replaceAll(" ", "\u00A0")]),
    ].join(" ");
  });
  const more = entries.length > named.length ? [`${(entries.length - named.length).toLocaleString("en-US")} more`] : [];
  const count = entries.length.toLocaleString("en-US");
  const of = total === 1 ? "the only benchmark" : `${count} of ${total.toLocaleString("en-US")} benchmarks`;
  // Of a limit, a goal and a failure nobody knows whether this change did it.
  const subject = bucket === "regression" ? `This change makes ${of}` : `${of[0]!.toUpperCase()}${of.slice(1)}`;
  return `${subject} ${effect}: ${listed([...named, ...more])}`;
}

/** What a row comes to where it was to keep to something: "252 ms (limit ≤ 250 ms)", "−14.0 % (goal −20 %)"; else the change alone. */
function promised(bucket: BucketName, judgement: Judgement, amount: string, ink: Ink): string {
  if (bucket !== "limit" && bucket !== "missed-goal") return amount;
  const [promise] = promiseWords(bucket === "limit" ? judgement : { ...judgement, limit: null }, ink);
  return `${bucket === "limit" ? quantity(judgement, judgement.candidate, ink) : amount} (${promise})`;
}

/** What is in no table although it was measured: "p99 of 4 of 50 too noisy to judge". */
function unjudgedWords({ warnings }: Outcome): readonly string[] {
  return warnings.flatMap((warning) =>
    warning.code === "too-noisy"
      ? [`${warning.statistic} of ${warning.benchmarks} of ${warning.of} too noisy to judge`]
      : [],
  );
}

/** Whether anything that gates is inconclusive, or a promise neither kept nor broken. */
export function undecided({ judgements }: Outcome): boolean {
  return judgements.some((judgement) => {
    const { name } = bucketOf(judgement);
    return judgement.severity === "gate" && (name === "inconclusive" || name === "open-goal");
  });
}

/** The line below the title: what was compared, how, where, and why that can be believed. */
export function subtitleOf(outcome: Outcome, ink: Ink, now: string | null): string {
  const { baseline, candidate } = outcome;
  const from = baseline.kind === "none" ? "" : `${revisionWords(baseline, ink, now)} → `;
  const inTurns = baseline.kind === "side-by-side" && !outcome.warnings.some(({ code }) => code === "machine-unstable");
  return [
    `${from}${shortSha(candidate.revision.sha, ink)}`,
    designWords(outcome),
    machineWords(candidate.environment, ink),
    ...(inTurns ? [turnsWords(outcome)] : []),
    ...(outcome.cost === undefined ? [] : [costWords(outcome.cost)]),
  ].join(" · ");
}

function turnsWords({ baseline, cost }: Outcome): string {
  if (cost !== undefined) return "both in turns on each runner";
  return baseline.kind !== "none" && baseline.revision.sha === DEPLOYED.sha
    ? "both in turns"
    : "both ran here, in turns";
}

/** What a verdict of several jobs cost: "10 jobs, 23 runner minutes". */
function costWords({ jobs, seconds }: Cost): string {
  return `${plural(jobs, "job", "jobs")}, ${plural(Math.max(1, Math.round(seconds / 60)), "runner minute", "runner minutes")}`;
}

/** How many regressions the gate would be expected to call if nothing had changed. */
export function expectedFalseAlarms({ judgements }: Outcome): number {
  const gating = judgements.filter(({ severity }) => severity === "gate");
  return gating.reduce((sum, { comparison }) => sum + (comparison?.falseAlarm ?? 0), 0);
}

/** What table headers call the sides: the base branch where it is known, and `candidate`. */
export function sideNames({ baseline }: Outcome, ink: Ink, candidate: string): SideNames {
  const branch = baseline.kind === "none" ? "" : branchOf(baseline.revision.ref);
  return { baseline: branch === "" ? "baseline" : plainOr(branch, ink), candidate };
}

/** The first seven digits of a commit, or "uncommitted" where there is none. */
export function shortSha(sha: string, ink: Ink): string {
  return sha === "" ? "uncommitted" : ink.name(/^[0-9a-f]{7,64}$/.test(sha) ? sha.slice(0, 7) : sha, 20);
}

/** The kind of machine: "4 × AMD EPYC 7763", without what the maker adds. */
export function machineWords({ cores, cpu }: Environment, ink: Ink): string {
  const short = cpu.replace(/\((R|TM|C)\)|\b\d+-Core\b|\bProcessor\b|\bCPU\b|@.*$/gi, " ");
  return `${cores > 0 ? `${ink.figure(`${cores} ×`)} ` : ""}${ink.name(short, 40)}`;
}

type Found = Exclude<Outcome["baseline"], { readonly kind: "none" }>;

function revisionWords({ revision, distance = 0 }: Found, ink: Ink, now: string | null): string {
  const { sha, ref, committedAt } = revision;
  const seconds = now === null ? Number.NaN : (Date.parse(now) - Date.parse(committedAt)) / 1000;
  const branch = branchOf(ref);
  const about = [
    ...(branch === "" ? [] : [plainOr(branch, ink)]),
    ...(seconds >= 0 ? [`${duration(seconds)} old`] : []),
    ...(distance > 0 ? [`${plural(distance, "commit", "commits")} behind`] : []),
  ].join(", ");
  return `${shortSha(sha, ink)}${about === "" ? "" : ` (${about})`}`;
}

function designWords({ baseline, judgements, experiment }: Outcome): string {
  if (baseline.kind === "none") return "no baseline";
  const pairs = spread(judgements, "pairs");
  if (baseline.kind === "stored") {
    const runs = plural(baseline.runs, "stored run", "stored runs");
    const again = pairs !== null && experiment !== undefined;
    return again ? `${runs}; side by side where in doubt, ${pairs}` : runs;
  }
  if (baseline.kind === "side-by-side") return pairs === null ? "side by side" : `side by side, ${pairs}`;
  return pairs === null ? "two files" : `two files, ${pairs}`;
}

function spread(judgements: readonly Judgement[], design: Comparison["design"]): string | null {
  const rounds = judgements.flatMap(({ comparison }) => (comparison?.design === design ? [comparison.rounds] : []));
  if (rounds.length === 0) return null;
  const fewest = rounds.reduce((a, b) => Math.min(a, b));
  const most = rounds.reduce((a, b) => Math.max(a, b));
  return fewest === most ? plural(most, "pair", "pairs") : `${fewest}–${most} pairs`;
}

function branchOf(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, "");
}

/** A word of a few letters is safe as it is and reads better so; digits could be taken for a commit. */
function plainOr(text: string, ink: Ink): string {
  return /^[g-z][a-z]{1,15}$/.test(text) ? text : ink.name(text, 40);
}
