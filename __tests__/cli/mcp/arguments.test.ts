import { describe, expect, it } from "vitest";
import { wordsOf } from "../../../src/cli/mcp/arguments.ts";
import { SWITCH, TEXT } from "../../../src/model/setting.ts";

const TABLE = { base: { type: TEXT, value: "REF", about: "" }, control: { type: SWITCH, about: "" } } as const;

describe("the arguments of a tool", () => {
  it("are words of a command line, each joined to its flag: none passes for another flag", () => {
    expect(wordsOf({ base: "--html=/x", control: true }, TABLE)).toEqual(["--base=--html=/x", "--control"]);
    expect(wordsOf({ control: false }, TABLE)).toEqual([]);
    expect(() => wordsOf({ html: "/x" }, TABLE)).toThrow(/no argument html/);
  });

  it.each(["true", 1, null, [true]])("are refused where a switch is neither on nor off: %j", (control) => {
    expect(() => wordsOf({ control }, TABLE)).toThrow(/control is neither true nor false/);
  });
});
