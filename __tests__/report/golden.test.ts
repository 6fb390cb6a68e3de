import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../src/judge/outcome.ts";
import { resultJson } from "../../src/report/formats/json.ts";
import { commentBody, summaryMarkdown } from "../../src/report/formats/markdown.ts";
import { terminalReport } from "../../src/report/formats/terminal.ts";
import { marker } from "../../src/report/parts/sticky.ts";
import { NOW } from "../builders.ts";
import { OUTCOMES } from "./outcomes.ts";

const FOLDER = new URL("../golden/", import.meta.url);
const UPDATE = process.env.UPDATE_GOLDEN === "1";
const reproduce = "npx benchgate run --base abc1234 --suite parser";

/** Every report as a whole file, reviewed in the diff. `UPDATE_GOLDEN=1 npx vitest run golden` writes them anew. */
const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(OUTCOMES).flatMap(([name, outcome]) => [
    [`${name}.md`, commentBody(outcome, { marker: marker("golden"), reproduce, now: NOW })],
    [`${name}.txt`, terminalReport(outcome, { width: 120, reproduce, now: NOW })],
    // Megabytes of the same are nothing that anybody reviews.
    ...(outcome.judgements.length > 100
      ? []
      : [
          [`${name}.json`, resultJson(outcome)],
          [`${name}.summary.md`, summaryMarkdown(outcome, { reproduce, now: NOW })],
        ]),
  ]),
);

describe("golden reports", () => {
  it.each(Object.entries(OUTCOMES))("rest on an outcome that the gate could reach: %s", (_name, outcome) => {
    expect(outcome.outcome).toBe(outcomeOf(outcome.judgements, outcome.warnings, "warn"));
  });

  it.each(Object.keys(FILES))("%s", (name) => {
    const file = new URL(name, FOLDER);
    if (UPDATE) writeFileSync(file, FILES[name]!);
    expect(FILES[name]).toBe(readFileSync(file, "utf8"));
  });

  it("are all written by this test", () => {
    const kept = readdirSync(FOLDER).filter((name) => /\.(md|json|txt)$/.test(name));
    expect(kept.sort()).toEqual(Object.keys(FILES).sort());
  });
});
