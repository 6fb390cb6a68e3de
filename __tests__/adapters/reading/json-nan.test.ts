import { describe, expect, it } from "vitest";
import { parseJsonWithNaN, tryJsonWithNaN } from "../../../src/adapters/reading/json-nan.ts";

describe("JSON with NaN", () => {
  it("gives the numbers that JSON has not as texts, and leaves texts alone", () => {
    expect(parseJsonWithNaN('{"a": [NaN, -Infinity, Infinity, -1], "NaN \\"Infinity\\\\": "NaN"}')).toEqual({
      a: ["NaN", "-Infinity", "Infinity", -1],
      'NaN "Infinity\\': "NaN",
    });
  });

  it("says where other things are wrong", () => {
    expect(() => parseJsonWithNaN('{"a":\n nan, "b": NaN}')).toThrow(/^2:2: Not valid JSON/);
    expect(() => parseJsonWithNaN('{"a": NaN, "b')).toThrow(/^1:\d+: Not valid JSON/);
    expect(tryJsonWithNaN('{"a": NaN')).toBeUndefined();
    expect(tryJsonWithNaN("NaN")).toBeUndefined();
  });
});
