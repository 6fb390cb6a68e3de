/**
 * `npm run faults [-- PART…] [--short] [--only TEXT]`: the whole product under faults. It runs what dist/ holds as a runner would, against a fake GitHub and a real
 * git server that fail in every way, with hostile benchmarks, in odd environments, on full disks, with planted git settings, and with writers that race while their remote dies.
 * Prints what went wrong and the figures; ends with 1 where a cell is not right.
 */
import { parseArgs } from "node:util";
import { campaign, PARTS } from "./campaign.ts";
import { figures } from "./figures.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: "boolean", default: false }, only: { type: "string", default: "" } },
});
const unknown = positionals.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(", ")}. There are ${Object.keys(PARTS).join(", ")}`);
  process.exitCode = 2;
} else {
  const cells = await campaign(positionals, values, (cell) => {
    const how = cell.wrong.length === 0 ? "right" : `WRONG: ${cell.wrong.join("; ")}`;
    console.error(
      `${cell.seconds.toFixed(1).padStart(5)} s  ${cell.part} · ${cell.name}: ${cell.notRun === undefined ? how : `not run: ${cell.notRun}`}`,
    );
  });
  console.log(figures(cells));
  process.exitCode = cells.length === 0 || cells.some(({ wrong }) => wrong.length > 0) ? 1 : 0;
}
