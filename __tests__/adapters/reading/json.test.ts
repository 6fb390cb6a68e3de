import { describe, expect, it } from "vitest";
import {
  at,
  field,
  opensWith,
  parseJson,
  readName,
  readNumber,
  readPositive,
  readSamples,
  tryJson,
} from "../../../src/adapters/reading/json.ts";
import { GateError } from "../../../src/model/error.ts";

function errorOf(act: () => unknown): GateError {
  try {
    act();
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("parseJson", () => {
  it("reads JSON behind a byte order mark", () => {
    expect(parseJson('\uFEFF{"a":[1]}')).toEqual({ a: [1] });
  });

  it.each([
    ['{"a":NULL}', 1, 6],
    ["[1,\n2,", 2, 3],
    ['{"a": 1}\n}', 2, 1],
    ["// comment\n{}", 1, 1],
    ["", 1, 1],
  ])("says where %j is wrong", (text, line, column) => {
    expect(errorOf(() => parseJson(text)).position).toEqual({ line, column });
  });

  it("counts lines from where the text starts in its file", () => {
    expect(errorOf(() => parseJson("{oops}", 41)).position.line).toBe(41);
  });

  it("refuses what is nested too deeply to look into, without a position", () => {
    expect(errorOf(() => parseJson("[".repeat(200_000))).position).toEqual({});
  });

  it("takes __proto__ for a key like any other", () => {
    const value = parseJson('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
    expect(field(value, "__proto__")).toEqual({ polluted: true });
    expect(field(value, "toString")).toBeUndefined();
  });
});

describe("the readers", () => {
  it("name the place", () => {
    const path = at(at(at(at("benchmarks", 3), "stats"), "data"), 2);
    expect(path).toBe("benchmarks[3].stats.data[2]");
    expect(errorOf(() => readPositive(-1, path)).message).toMatch(
      /^benchmarks\[3\]\.stats\.data\[2\]: Expected a number of at least 0, found -1\. /,
    );
    expect(errorOf(() => readSamples([1, 2, "3"], "data")).position.path).toBe("data[2]");
  });

  it("quote keys that are no identifiers, and cut long ones", () => {
    expect(at("metrics", "p(95)")).toBe('metrics["p(95)"]');
    expect(at("", "x".repeat(1000)).length).toBeLessThan(120);
  });

  it("refuse what is no number", () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, JSON.parse("1e400"), "1", null, undefined, [], {}]) {
      expect(() => readNumber(value, "x")).toThrow(GateError);
    }
  });

  it("scale samples", () => {
    expect([...readSamples([1, 2.5], "x", 1e-3)]).toEqual([0.001, 0.0025]);
  });

  it("refuse names of nothing but spaces", () => {
    expect(() => readName(" \n", "name")).toThrow("name: Expected a name");
  });
});

describe("looking without throwing", () => {
  it("gives undefined for what is no JSON document", () => {
    expect(tryJson("{")).toBeUndefined();
    expect(tryJson("text")).toBeUndefined();
    expect(tryJson(' \n\uFEFF{"a":1}')).toEqual(undefined);
    expect(tryJson('\uFEFF \n{"a":1}')).toEqual({ a: 1 });
  });

  it("sees how a text begins", () => {
    expect(opensWith("\uFEFF \n[1]", "{", "[")).toBe(true);
    expect(opensWith("x [1]", "{", "[")).toBe(false);
  });
});
