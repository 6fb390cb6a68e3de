import { describe, expect, it } from "vitest";
import { parseJson, readNumber, tryJson } from "../../../src/adapters/reading/json.ts";
import { isNotFinite } from "../../../src/adapters/reading/json-nan.ts";

describe("JSON with NaN", () => {
  it("gives the numbers that JSON has not as texts, and leaves texts alone", () => {
    expect(parseJson('{"a": [NaN, -Infinity, Infinity, -1, -0], "NaN \\"Infinity\\\\": "NaN", "nan,": null}')).toEqual({
      a: ["NaN", "-Infinity", "Infinity", -1, -0],
      'NaN "Infinity\\': "NaN",
      "nan,": null,
    });
  });

  it("knows them as the streams of C++ write them", () => {
    expect(tryJson("[nan, -nan, -nan(ind), inf, -inf, 1]")).toEqual(["NaN", "NaN", "NaN", "Infinity", "-Infinity", 1]);
  });

  it("says where other things are wrong", () => {
    expect(() => parseJson('{"a":\n nanny, "b": NaN}')).toThrow(/^2:2: Not valid JSON/);
    expect(() => parseJson('{"a": NaN, "b')).toThrow(/^1:\d+: The JSON ends in the middle/);
    expect(tryJson('{"a": NaN')).toBeUndefined();
    expect(tryJson("NaN")).toBeUndefined();
  });

  it("names one that stands where a number is needed", () => {
    expect(() => readNumber(tryJson("[NaN]"), "")).toThrow(/found a list/);
    expect(() => readNumber("NaN", "a.b")).toThrow(/^a\.b: Expected a finite number, found NaN\. /);
    expect(["NaN", "Infinity", "-Infinity", "+INF", "-INF"].every(isNotFinite)).toBe(true);
    expect(["nano", "", 1, null].some(isNotFinite)).toBe(false);
  });
});
