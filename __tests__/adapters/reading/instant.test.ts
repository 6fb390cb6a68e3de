import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantIn } from "../../../src/adapters/reading/instant.ts";

const read = (text: string) => {
  const bytes = new TextEncoder().encode(`"${text}"`);
  return instantIn(bytes, 1, bytes.length - 1);
};

describe("an instant in bytes", () => {
  it("is what Date makes of RFC 3339, in any zone", () => {
    const date = fc.date({
      min: new Date("1971-01-01T00:00:00Z"),
      max: new Date("2099-12-31T00:00:00Z"),
      noInvalidDate: true,
    });
    const zone = fc.constantFrom("Z", "+00:00", "+05:30", "-11:45");
    fc.assert(
      fc.property(date, zone, (moment, within) => {
        const text = moment.toISOString().replace("Z", within);
        expect(read(text)).toBeCloseTo(Date.parse(text) / 1000, 6);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  it("has the nanoseconds that are written, as far as a number of seconds can", () => {
    expect(read("2026-11-22T23:55:19.148164813Z") - read("2026-11-22T23:55:19Z")).toBeCloseTo(0.148164813, 6);
  });

  it("may be a date of JMeter, without a zone", () => {
    expect(read("2026/11/23 00:43:18.477")).toBeCloseTo(Date.parse("2026-11-23T00:43:18.477Z") / 1000, 6);
    expect(read("2026/11/23 00:43:18,5")).toBe(Date.parse("2026-11-23T00:43:18.500Z") / 1000);
  });

  it.each([
    "",
    "2026",
    "2026-11-22",
    "2026-13-22T00:00:00Z",
    "2026-11-32T00:00:00Z",
    "2026-11-22T61:00:00Z",
    "2026-11-22T00:00:00X",
    "2026-11-22T00:00:00.Z",
    "2026-11/22T00:00:00Z",
    "23.11.2026 00:43:18",
  ])("is not %j", (text) => {
    expect(read(text)).toBeNaN();
  });
});
