import { describe, expect, it } from "vitest";
import { fuzzStructure } from "../scripts/fuzz-structural.ts";

// A part of `npm run fuzz:structural`; the whole takes half a minute.
describe("configurations, inputs, recordings, cells, entries and events whose structure was changed", () => {
  it("are read, or refused in one line", () => {
    const faults: string[] = [];
    const tally = fuzzStructure(1500, 7, (fault) => faults.push(fault));
    expect(faults).toEqual([]);
    for (const kind of ["configuration", "inputs", "recording", "cell", "event"]) {
      expect(tally[`${kind} read`], kind).toBeGreaterThan(0);
      expect(tally[`${kind} refused`], kind).toBeGreaterThan(0);
    }
  });
});
