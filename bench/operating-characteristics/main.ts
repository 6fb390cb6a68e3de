import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { experiment, FULL, QUICK } from "./experiment.ts";
import { readRecorded } from "./recorded.ts";
import { findingsToMarkdown } from "./tables.ts";

const PAGE = new URL("../../docs/characteristics.md", import.meta.url);
const [START, END] = ["<!-- operating-characteristics -->", "<!-- /operating-characteristics -->"];
const SEED = 20_261_123;

const { values } = parseArgs({
  options: { quick: { type: "boolean", default: false }, seed: { type: "string", default: String(SEED) } },
});

const began = performance.now();
const findings = experiment({
  seed: Number(values.seed),
  scale: values.quick ? QUICK : FULL,
  recorded: readRecorded(),
  corpus: process.env.BENCHGATE_CORPUS ?? fileURLToPath(new URL("../../../shared/corpus", import.meta.url)),
  onProgress: (part) =>
    process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${part}\n`),
});
const markdown = findingsToMarkdown(findings);
process.stdout.write(`${markdown}\n`);
// A quick run is for looking at; the page holds what the full one found.
if (!values.quick) writeFileSync(PAGE, withSection(readFileSync(PAGE, "utf8"), markdown));
process.stderr.write(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  done\n`);
if (findings.agreement.different > 0) process.exitCode = 1;

/** The page with the section between its markers replaced, or added at the end. */
function withSection(page: string, section: string): string {
  const block = `${START}\n\n${section}\n\n${END}\n`;
  const [start, end] = [page.indexOf(START), page.indexOf(END)];
  if (start < 0 || end < start) return `${page.trimEnd()}\n\n${block}`;
  return `${page.slice(0, start)}${block}${page.slice(end + END.length).replace(/^\n/, "")}`;
}
