import { markdownTable } from "markdown-table";
import { benchmarkKey } from "../../model/key.ts";
import { worse } from "../../model/measurement.ts";
import type { SlowRow, SlowSection } from "../../model/slow.ts";
import { clean, link } from "../parts/escape.ts";
import { benchmarkName, MARKDOWN } from "../parts/ink.ts";
import type { CommitPages } from "../words/commits.ts";
import { change, plural, scaleFor, significant, wordsFor } from "../words/format.ts";
import { statisticWords } from "../words/statistic.ts";
import { shortSha } from "../words/title.ts";

/** The most rows that the issue lists, and a comment on it: the others are counted. Names of any kind fit into what GitHub allows. */
const LISTED = 30;
const LISTED_BY_ONE = 10;

/** What the one issue of a repository is about. */
export interface SlowBranch {
  /** Its name. */
  readonly branch: string;
  readonly sections: readonly SlowSection[];
  readonly pages: CommitPages;
}

/** The title of the issue, as plain text. */
export function issueTitle({ branch, sections }: SlowBranch): string {
  const slow = new Set(sections.flatMap(({ rows }) => rows.map(benchmarkKey))).size;
  const most = sections.some(({ more }) => more > 0) ? "more than " : "";
  const on = clean(branch, 60) || "the default branch";
  return slow === 0
    ? `Benchgate: no benchmark is worse than it was on ${on}`
    : `Benchgate: ${most}${plural(slow, "benchmark is", "benchmarks are")} worse than before on ${on}`;
}

/** What the issue says: every benchmark that is worse than it was, by how much, since which commit, and what to do about it. */
export function issueBody({ branch, sections, pages }: SlowBranch): string {
  const all = sections.flatMap((section) => section.rows.map((row) => ({ section, row })));
  const sorted = all.toSorted((a, b) => worsening(b.row) - worsening(a.row));
  const rows = sorted
    .slice(0, LISTED)
    .map(({ section, row }) => [
      benchmarkName(row, MARKDOWN),
      statisticWords(row, MARKDOWN),
      MARKDOWN.strong(changeText(row)),
      levelsText(row),
      between(row, section, pages),
      MARKDOWN.name(section.gate),
    ]);
  const rest = all.length - rows.length + sections.reduce((sum, { more }) => sum + more, 0);
  const wide = sorted.map(({ row }) => row).find(({ commits, before, after }) => commits !== 1 && before !== after);
  return [
    ...(rows.length === 0
      ? [`Nothing on ${MARKDOWN.name(branch)} is worse than it was before.`]
      : [
          `These benchmarks have settled at a worse level on ${MARKDOWN.name(branch)}, and are still there.`,
          markdownTable([["benchmark", "statistic", "change", "level", "between", "measured by"], ...rows], {
            alignDelimiters: false,
          }),
        ]),
    ...(rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more: \`benchgate trend\` shows all.`] : []),
    ...(wide === undefined
      ? []
      : [
          `\`npx benchgate bisect ${wide.before.slice(0, 12)} ${wide.after.slice(0, 12)}\` finds the commit between two of them.`,
        ]),
    "Benchgate keeps this one issue up to date: it closes it once every level is back or accepted in `benchgate.yml`, and opens it again for the next one. Close it yourself to hear of new ones only.",
    "",
  ].join("\n\n");
}

/** What a gate's own comment on the issue says: what it has found, the newest first, and when it looked. */
export function issueComment(section: SlowSection, pages: CommitPages): string {
  const { gate, sha, rows, more } = section;
  const by = `${MARKDOWN.name(gate)} at ${commit(sha, pages)}`;
  const listed = rows
    .toReversed()
    .slice(0, LISTED_BY_ONE)
    .map(
      (row) =>
        `- ${benchmarkName(row, MARKDOWN)} ${statisticWords(row, MARKDOWN)}: ${MARKDOWN.strong(changeText(row))}, ${between(row, section, pages)}`,
    );
  const rest = rows.length - listed.length + more;
  return [
    rows.length === 0
      ? `${by}: nothing is worse than it was.`
      : `${by}: ${plural(rows.length + more, "level", "levels")} worse than before.`,
    ...(listed.length === 0 ? [] : [listed.join("\n")]),
    ...(rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more.`] : []),
  ].join("\n\n");
}

function worsening({ was, now, better }: SlowRow): number {
  return was > 0 && now > 0 ? worse(better) * Math.log(now / was) : Number.POSITIVE_INFINITY;
}

function changeText({ was, now, unit }: SlowRow): string {
  return change(was > 0 ? now / was : Number.NaN, wordsFor(unit));
}

function levelsText({ was, now, unit, metric }: SlowRow): string {
  const { factor, suffix, own } = scaleFor(unit, metric, [was, now]);
  const written = own && suffix !== "" ? ` ${MARKDOWN.name(suffix, 20)}` : own ? "" : suffix;
  return `${MARKDOWN.figure(`${significant(was / factor)} → ${significant(now / factor)}`)}${written}`;
}

/** The commits that brought it: the one that did, where no other lies between. */
function between(
  { before, after, commits }: SlowRow,
  { machine }: Pick<SlowSection, "machine">,
  pages: CommitPages,
): string {
  // Only a history drifts: what was compared, and knows of no commits, is deployed.
  if (before === after)
    return `${machine === "" ? "deployments compared at" : "a drift since"} ${commit(after, pages)}`;
  if (commits === 1) return `commit ${commit(after, pages)}`;
  const range = `${shortSha(before, MARKDOWN)} … ${shortSha(after, MARKDOWN)}`;
  const page = pages.between(before, after);
  const words = commits === null ? "commits" : plural(commits, "commit", "commits");
  return `${range}${page === null ? (commits === null ? "" : ` (${words})`) : ` ${link(words, page)}`}`;
}

function commit(sha: string, pages: CommitPages): string {
  const page = pages.commit(sha);
  return page === null ? shortSha(sha, MARKDOWN) : link(sha.slice(0, 7), page);
}
