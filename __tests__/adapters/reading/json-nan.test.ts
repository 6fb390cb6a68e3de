import { describe, expect, it } from "vitest";
import { jsonWithNaN, tryJsonWithNaN } from "../../../src/adapters/reading/json-nan.ts";
import { outputOf } from "../../../src/adapters/reading/output.ts";

describe("JSON with NaN", () => {
  it("gives the numbers that JSON has not as texts, and leaves texts alone", () => {
    expect(jsonWithNaN(outputOf('{"a": [NaN, -Infinity, Infinity, -1], "NaN \\"Infinity\\\\": "NaN"}'))).toEqual({
      a: ["NaN", "-Infinity", "Infinity", -1],
      'NaN "Infinity\\': "NaN",
    });
  });

  it("says where other things are wrong", () => {
    expect(() => jsonWithNaN(outputOf('{"a":\n nan, "b": NaN}'))).toThrow(/^2:2: Not valid JSON/);
    expect(() => jsonWithNaN(outputOf('{"a": NaN, "b'))).toThrow(/^1:\d+: Not valid JSON/);
    expect(tryJsonWithNaN(outputOf('{"a": NaN'))).toBeUndefined();
    expect(tryJsonWithNaN(outputOf("NaN"))).toBeUndefined();
  });
});
