import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseQuantity, quantityPattern } from "../../src/config/scalars.ts";
import type { Dimension } from "../../src/model/dimension.ts";
import { refusal } from "./errors.ts";

describe("a quantity", () => {
  it.each<[string, Dimension, number]>([
    ["5%", "share", 0.05],
    ["15 %", "share", 0.15],
    ["0.3%", "share", 0.003],
    ["0%", "share", 0],
    ["200%", "share", 2],
    ["250ms", "duration", 0.25],
    ["60s", "duration", 60],
    ["10m", "duration", 600],
    ["10min", "duration", 600],
    ["1.5h", "duration", 5400],
    ["3ns", "duration", 3e-9],
    ["7us", "duration", 7e-6],
    ["7µs", "duration", 7e-6],
    ["64KiB", "bytes", 65536],
    ["1MB", "bytes", 1e6],
    ["12 B", "bytes", 12],
    ["500/s", "rate", 500],
    ["2k/s", "rate", 2000],
    ["90/min", "rate", 1.5],
    ["20MB/s", "byte-rate", 2e7],
    ["1KiB/s", "byte-rate", 1024],
    [" .5s ", "duration", 0.5],
  ])("%s as %s is %d in the canonical unit", (text, dimension, value) => {
    expect(parseQuantity(text, [dimension])).toBe(value);
  });

  it("takes the dimension that its unit names where several make sense", () => {
    expect(parseQuantity("500/s", ["rate", "byte-rate"])).toBe(500);
    expect(parseQuantity("1kB/s", ["rate", "byte-rate"])).toBe(1000);
    expect(parseQuantity(12, ["count", "duration"])).toBe(12);
  });

  it.each<[unknown, Dimension, string]>([
    [5, "share", "5 has no unit. Write 5%"],
    ["0.05", "share", "0.05 has no unit. Write 5%"],
    [0.07, "share", "0.07 has no unit. Write 7%"],
    [60, "duration", "60 has no unit. Write 60s, or what you mean in ns, us, µs, ms, s, m, min, h"],
    ["250MS", "duration", '"MS" in "250MS" is not a unit of a duration. Write 250ms'],
    ["5 sec", "duration", '"sec" in "5 sec" is not a unit of a duration. Known here: ns, us, µs, ms, s, m, min, h'],
    ["64Kib", "bytes", '"Kib" in "64Kib" is not a unit of a size. Write 64KiB'],
    ["64KiB", "duration", "64KiB is a size where a duration is needed. Write it like 250ms"],
    ["5%", "bytes", "5% is a percentage where a size is needed. Write it like 64KiB"],
    ["-5%", "share", '"-5%" is negative. Write it like 5%, without a sign'],
    ["five", "share", '"five" is not a percentage. Write it like 5%'],
    ["1e3ms", "duration", '"e3ms" in "1e3ms" is not a unit of a duration'],
    ["", "share", '"" is not a percentage. Write it like 5%'],
    ["1.2.3s", "duration", '"1.2.3s" is not a duration. Write it like 250ms'],
    [null, "share", "A percentage is missing. Write it like 5%"],
    [[], "share", "This is a list, not a percentage"],
    [Number.NaN, "duration", '"NaN" is not a duration'],
    [Number.POSITIVE_INFINITY, "duration", '"Infinity" is not a duration'],
    [`${"9".repeat(400)}s`, "duration", "is too large"],
    ["5ms", "count", "5ms is a duration where a plain number is needed"],
  ])("%j as %s is refused with the way to write it", (value, dimension, message) => {
    const said = refusal(() => parseQuantity(value, [dimension]));
    expect(said).toContain(message);
    expect(said).not.toContain("\n");
  });

  it("is never anything but a finite number of at least 0, or an error on one line", () => {
    const dimensions: Dimension[] = ["share", "duration", "bytes", "rate", "byte-rate", "count"];
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.string(), fc.double()),
        fc.constantFrom(...dimensions),
        (value, dimension) => {
          try {
            const quantity = parseQuantity(value, [dimension]);
            expect(Number.isFinite(quantity) && quantity >= 0).toBe(true);
          } catch (error) {
            expect(error).toMatchObject({ name: "GateError" });
            expect((error as Error).message).not.toContain("\n");
          }
        },
      ),
    );
  });

  it("has a pattern for editors that takes what the parser takes", () => {
    const pattern = new RegExp(quantityPattern(["duration"]));
    for (const text of ["250ms", "10m", "1.5 h", ".5s"]) expect(text).toMatch(pattern);
    for (const text of ["250", "5%", "ms", "-1s"]) expect(text).not.toMatch(pattern);
    expect("20MB/s").toMatch(new RegExp(quantityPattern(["rate", "byte-rate"])));
  });
});
