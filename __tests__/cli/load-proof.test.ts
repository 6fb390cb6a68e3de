import { describe, expect, it } from "vitest";
import { loadNote, loadTrouble } from "../../src/cli/load-proof.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";

const common = { suite: "load", benchmark: "*" } as const;
const latency = (count: number, benchmark = "*"): Measurement => ({
  ...common,
  benchmark,
  metric: "latency",
  unit: "s",
  better: "lower",
  distribution: { kind: "samples", samples: new Float64Array(count).fill(0.1) },
});
const errors = (value: number, benchmark = "*"): Measurement => ({
  ...common,
  benchmark,
  metric: "error-rate",
  unit: "1",
  better: "lower",
  distribution: { kind: "value", value, exact: false },
});
const recording = (...measurements: readonly Measurement[]) =>
  ({ rounds: [{ measurements, failures: [] }] }) as unknown as Recording;

describe("a load that was run once", () => {
  it.each([
    ["makes many requests that succeed", [latency(20), errors(0.02)], null],
    ["has no number of requests", [errors(0)], null],
    ["makes one request", [latency(1)], "it made 1 request in a round"],
    ["makes few requests", [latency(19)], "it made 19 requests in a round"],
    [
      "has one kind of request that fails",
      [latency(20, "a"), errors(0.9, "a"), latency(200, "all"), errors(0.09, "all")],
      null,
    ],
    ["tells its failures of all together", [latency(90, "http"), errors(0.7, "failed")], "70 % of its requests fail"],
    ["fails for the most part", [latency(500), errors(0.62)], "62 % of its requests fail"],
  ] as const)("is worth a suite or not: it %s", (_, measurements, trouble) => {
    const told = loadTrouble(recording(...measurements));
    if (trouble === null) expect(told).toBeNull();
    else expect(told).toContain(trouble);
  });

  it.each([
    [0.005, null],
    [0.02, "2 % of its requests fail"],
    [0.49, "49 % of its requests fail"],
    [0.9, null],
  ])("is told to have failures where it is worth a suite all the same: %d of its requests", (share, told) => {
    const note = loadNote(recording(latency(500), errors(share)));
    if (told === null) expect(note).toBeNull();
    else expect(note).toContain(told);
  });
});
