import type { AcceptedSum, Ledger, LedgerRow } from "../../model/trend.ts";
import { text } from "../html/markup.ts";
import { PLAIN } from "../parts/ink.ts";
import type { CommitPages } from "../words/commits.ts";
import { change, percent, plural, wordsFor } from "../words/format.ts";
import { statisticWords } from "../words/statistic.ts";
import { commitLink, dayOf, name } from "./words.ts";

/** The most acceptances that are listed, the most benchmarks of one, and the most sums. */
const LISTED = 100;
const NAMED = 5;
const SUMS = 20;

/** What was accepted, when and by which change, and what that comes to in this quarter; nothing where nothing ever was. */
export function ledgerSection(
  ledger: Ledger | undefined,
  { pages, now }: { readonly pages: CommitPages; readonly now: string },
): string {
  if (ledger === undefined || ledger.rows.length === 0) return "";
  const { rows, sums } = ledger;
  const head = ["accepted", "by", "what", "up to", "seen", "because"].map((each) => `<th scope="col">${each}</th>`);
  const rest = rows.length - LISTED;
  return `<section>
<h2>Accepted</h2>
${quarter(sums, now)}
<div class="scroll" tabindex="0" role="region" aria-label="What was accepted"><table>
<thead><tr>${head.join("")}</tr></thead>
<tbody>
${rows
  .slice(0, LISTED)
  .map((row) => ledgerRow(row, pages))
  .join("\n")}
</tbody>
</table></div>
${rest > 0 ? `<p class="quiet">${plural(rest, "older one is", "older ones are")} not listed.</p>` : ""}
</section>`;
}

function quarter(sums: readonly AcceptedSum[], now: string): string {
  const words = `the quarter that began on ${quarterDay(now)}`;
  if (sums.length === 0) return `<p>Nothing that was accepted in ${words} shows in the measurements.</p>`;
  const items = sums
    .slice(0, SUMS)
    .map((sum) => `<li>${seriesWords(sum)}, by ${plural(sum.changes, "change", "changes")}</li>`);
  const rest = sums.length - SUMS;
  return `<p>In total, in ${words}:</p>
<ul>${items.join("")}${rest > 0 ? `<li>and ${plural(rest, "benchmark", "benchmarks")} more</li>` : ""}</ul>`;
}

function ledgerRow(
  { committedAt, sha, subject, match, upTo, until, reason, seen }: LedgerRow,
  pages: CommitPages,
): string {
  const rest = seen.length - NAMED;
  const found = seen.slice(0, NAMED).map(seriesWords);
  const cells = [
    text(dayOf(committedAt)),
    `${commitLink(sha, pages)} ${name(subject, 120)}`,
    name(match, 160),
    `${text(percent(upTo))}${until === null ? "" : `, until ${text(dayOf(until) || "some day")}`}`,
    found.length === 0 ? "–" : `${found.join("<br>")}${rest > 0 ? `<br>and ${rest} more` : ""}`,
    name(reason, 300),
  ];
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function seriesWords({ series, ratio }: LedgerRow["seen"][number]): string {
  const { suite, benchmark, unit } = series;
  return `${name(`${suite} / ${benchmark}`, 160)} ${text(statisticWords(series, PLAIN))}: ${text(change(ratio, wordsFor(unit)))}`;
}

/** The first day of the quarter of a moment: `2026-10-01`. */
function quarterDay(now: string): string {
  const [year, month = "01"] = now.split("-");
  return `${year}-${String(3 * Math.floor((Number(month) - 1) / 3) + 1).padStart(2, "0")}-01`;
}
