import { describe, expect, it } from "vitest";
import { parseDuration } from "../../../src/adapters/reading/duration.ts";
import { ownUnit, secondsIn, withMicro } from "../../../src/adapters/reading/time-unit.ts";
import { readUnit } from "../../../src/adapters/reading/unit-words.ts";

/** A text written as UTF-8, read in another encoding. */
function misread(text: string, encoding: string): string {
  return new TextDecoder(encoding).decode(new TextEncoder().encode(text));
}

/** What code pages 437 and 850, which no runtime decodes, make of the bytes of both micro signs. */
const DOS = { "\u00b5": ["\u252c\u2561", "\u252c\u00c1"], "\u03bc": ["\u256c\u255d", "\u256c\u255d"] } as const;

describe("a unit of time", () => {
  it.each([
    ["ps", 1e-12],
    ["ns", 1e-9],
    ["us", 1e-6],
    ["\u00b5s", 1e-6],
    ["\u03bcs", 1e-6],
    ["ms", 1e-3],
    ["s", 1],
  ])("%s is worth %d s", (unit, seconds) => expect(secondsIn(unit)).toBe(seconds));

  it.each(["", "S", "m", "sec", "xs", "\u00b5", "constructor"])("%j is none", (unit) =>
    expect(secondsIn(unit)).toBeNull(),
  );

  it.each(["\u00b5", "\u03bc"] as const)(
    "keeps its micro sign %s where its bytes were taken for another encoding's",
    (sign) => {
      const once = ["windows-1252", "windows-1251", "gbk", "shift_jis"].map((encoding) => misread(sign, encoding));
      const twice = misread(once[0]!, "windows-1252");
      for (const form of [...DOS[sign], ...once, twice]) {
        expect(form).not.toBe(sign);
        expect(secondsIn(`${form}s`)).toBe(1e-6);
        expect(withMicro(`p99-${form}s/op`)).toBe(`p99-${sign}s/op`);
        expect(parseDuration(`12.5${form}s`)).toEqual({ seconds: 12.5e-6, step: 1e-7 });
        expect(readUnit(`${form}s/iter`)).toMatchObject({ metric: "latency", scale: 1e-6 });
      }
    },
  );

  it.each(["?s", "??s", "\ufffds", "\ufffd\ufffds", "p99-\ufffds", "?s/op", "\u00a4s"])(
    "%s, which has lost its first sign, is no unit of anything",
    (unit) => {
      expect(secondsIn(unit)).toBeNull();
      expect(readUnit(unit)).toBeNull();
      expect(parseDuration(`5${unit}`)).toBeNull();
      expect(() => ownUnit(unit)).toThrow(/is a unit whose first sign is lost/);
    },
  );

  it.each(["cycles", "\u00b0C", "\u00b5V", "MS/s", "p99-\u00b5s", "GC/s", "", "%"])("%j stays as it is", (unit) =>
    expect(ownUnit(unit)).toBe(unit),
  );
});
