import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { undecided } from "../../src/judge/undecided.ts";
import { WARNINGS } from "../../src/model/warning.ts";
import { PLAIN } from "../../src/report/parts/ink.ts";
import { gateNotes, noteLines } from "../../src/report/parts/sections.ts";
import { message } from "../../src/report/words/messages.ts";
import { needs } from "../../src/report/words/needs.ts";
import { aJudgement, anOutcome } from "../builders.ts";
import { examples } from "../report/warnings.ts";

const SRC = join(import.meta.dirname, "..", "..", "src");

describe.each(Object.values(examples("x")))("the warning $code", (warning) => {
  const { bars, tone } = WARNINGS[warning.code];
  const judgement = aJudgement({ verdict: "inconclusive", warnings: [warning] });
  const { sentence, remedy } = message(warning, PLAIN, judgement);

  it("is worth more rounds unless they never answer it", () => {
    const { open } = undecided(anOutcome({ judgements: [judgement] }), 24);
    expect([...open.keys()]).toEqual(bars === "lasting" ? [] : ["parser"]);
  });

  it("stands in the row of what it bars, and among the notes with what to do", () => {
    expect(needs(judgement, PLAIN, null).includes(sentence)).toBe(bars !== null);
    const noted = noteLines([judgement], PLAIN);
    if (warning.code === "noisy") expect(noted).toEqual([]);
    else expect(noted).toEqual([expect.stringContaining(remedy)]);
    expect(noted.some((line) => line.includes(sentence))).toBe(bars === null);
  });

  it("is told of what is unchanged unless it is harmless there", () => {
    const lines = noteLines([aJudgement({ warnings: [warning] })], PLAIN);
    expect(lines).toHaveLength(tone === "harmless" ? 0 : 1);
  });

  it("is an alert on the gate unless it is calm", () => {
    const [line] = gateNotes(anOutcome({ warnings: [warning] }), PLAIN);
    expect(line!.startsWith("Warning: ")).toBe(tone !== "calm");
  });
});

describe("the table of warnings", () => {
  it("has traits for every code that has an example", () => {
    expect(Object.keys(WARNINGS).sort()).toEqual(Object.keys(examples("x")).sort());
  });

  it("has no other beside it: no list of codes anywhere", () => {
    const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
    const list = /Warning\["code"\]\[\]|(?:Array|Set|Map)<Warning\["code"\]/;
    const lists = files.filter((path) => list.test(readFileSync(join(SRC, path), "utf8")));
    expect(lists).toEqual([]);
  });
});
