import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decimalIn, wholeIn } from "../../../src/adapters/reading/decimal.ts";

const read = (text: string, reader = decimalIn) => {
  const bytes = new TextEncoder().encode(`x${text}y`);
  return reader(bytes, 1, bytes.length - 1);
};

describe("a decimal number in bytes", () => {
  it("is to the last bit what its text is", () => {
    const text = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc
        .tuple(fc.nat(), fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: 1, maxLength: 25 }))
        .map(([whole, part]) => `${whole}.${part}`),
      fc.maxSafeInteger().map(String),
      fc
        .tuple(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.nat(9))
        .map(([value, digits]) => value.toFixed(digits)),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(read(given)).toBe(Number(given));
      }),
      { numRuns: 5000, seed: 1 },
    );
  });

  it.each([
    "",
    "-",
    "+1",
    ".5",
    "5.",
    "1..2",
    "01",
    "1e",
    "0x10",
    "NaN",
    "Infinity",
    "1e400",
    "1 ",
    "١",
    "1,5",
    "1_000",
    "9".repeat(500),
  ])("is not %j", (text) => {
    expect(read(text)).toBeNaN();
  });
});

describe("a whole number in bytes", () => {
  it.each([
    ["0", 0],
    ["007", 7],
    ["1795391719148164813", Number("1795391719148164813")],
  ])("is %s", (text, value) => {
    expect(read(text, wholeIn)).toBe(value);
  });

  it.each(["", "-1", "1.5", "1e3", "12a"])("is not %j", (text) => {
    expect(read(text, wholeIn)).toBeNaN();
  });
});
