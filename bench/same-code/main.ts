/**
 * Plants changes through every path by which a benchmark can depend on one, and counts those that "unchanged, same code" would miss:
 * `npm run bench:same-code [NODE] [PART OF A NAME]`. Each case is planted both ways round, in the tree itself and in a folder of it. Exit code 1 where one is missed.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { casesFor, isReal, whyTried } from "./trial.ts";

const [node = "node", part = ""] = process.argv.slice(2);
if (node !== "node") process.env.PATH = `${dirname(node)}:${process.env.PATH}`;
const version = spawnSync(node, ["-p", "process.versions.node"], { encoding: "utf8" }).stdout.trim();
const recorder = join(import.meta.dirname, "../../dist/recorder.cjs");
const layouts = [false, true].flatMap((backwards) => ["", "packages/in"].map((below) => ({ backwards, below })));
const folder = mkdtempSync(join(tmpdir(), "same-code-"));
const counts = { caught: 0, missed: 0, leftOut: 0, measured: 0 };
try {
  for (const planted of casesFor(Number(version.split(".")[0]))) {
    if (!planted.name.includes(part)) continue;
    for (const layout of layouts) {
      const place = join(folder, "case");
      const real = isReal(place, planted, layout);
      const why = await whyTried(place, planted, layout, recorder);
      // Some that are no change of what it computes are one of what it does.
      const matters = real || planted.inert !== true;
      const found = matters ? (why === null ? "missed" : "caught") : why === null ? "leftOut" : "measured";
      counts[found]++;
      if (found === "missed" || found === "measured") {
        console.log(
          `${found}: ${planted.name}${layout.backwards ? ", backwards" : ""} ${layout.below} (${why ?? "same code"})`,
        );
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const { caught, missed, leftOut, measured } = counts;
console.log(
  `Node ${version}: ${caught} of ${caught + missed} changes found; ${leftOut} of ${leftOut + measured} changes that nothing depends on left out.`,
);
process.exitCode = missed > 0 ? 1 : 0;
