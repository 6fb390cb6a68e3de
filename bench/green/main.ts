/**
 * `npm run bench:green [-- --fixtures] [--tool NAME] [--only TEXT]`: whether anything that got slower passes in silence. Of every output of every tool
 * (the fixtures; where they are beside the project, the corpus and the cases too) candidates are made that are `WORSE` times worse, or lack something, and
 * the gate is asked by default rules. Prints a table by tool, and what is wrong by kind; ends with 1 where anything is.
 */
import { parseArgs } from "node:util";
import { green } from "./green.ts";
import { findingLines, greenTable } from "./table.ts";
import { isWrong } from "./trial.ts";

const { values } = parseArgs({
  options: { fixtures: { type: "boolean", default: false }, tool: { type: "string" }, only: { type: "string" } },
});

const { tools, refused } = await green(
  values.fixtures ? ["fixture"] : ["fixture", "corpus", "case"],
  (tool, name) => (values.tool ?? tool) === tool && name.includes(values.only ?? ""),
);
const trials = tools.flatMap((tool) => tool.trials);
const wrong = trials.filter(isWrong);
console.log(greenTable(tools));
for (const line of findingLines(tools)) console.log(`\n${line}`);
console.log(
  `\n${trials.length} candidates: ${wrong.filter(({ result }) => result === "silent").length} silent, ${wrong.filter(({ result }) => result === "red").length} red for nothing; ${refused.length} outputs are refused as they are`,
);
process.exitCode = trials.length === 0 || wrong.length > 0 ? 1 : 0;
