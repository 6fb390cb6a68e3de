import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resultJson } from "../../src/report/json.ts";
import { commentBody } from "../../src/report/markdown.ts";
import { marker } from "../../src/report/sticky.ts";
import { terminalReport } from "../../src/report/terminal.ts";
import { NOW } from "../builders.ts";
import { OUTCOMES } from "./outcomes.ts";

const FOLDER = new URL("../golden/", import.meta.url);
const UPDATE = process.env.UPDATE_GOLDEN === "1";
const reproduce = "npx benchgate run --base abc1234 --suite parser";

/** Every report as a whole file, reviewed in the diff. `UPDATE_GOLDEN=1 npx vitest run golden` writes them anew. */
const FILES: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(OUTCOMES).flatMap(([name, outcome]) => [
    [`${name}.md`, commentBody(outcome, { marker: marker("golden"), reproduce, now: NOW })],
    [`${name}.json`, resultJson(outcome)],
    [`${name}.txt`, terminalReport(outcome, { width: 120, reproduce, now: NOW })],
  ]),
);

describe("golden reports", () => {
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
