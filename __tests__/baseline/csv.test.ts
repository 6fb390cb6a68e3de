import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { CSV_HEAD, csvLines } from "../../src/baseline/csv.ts";
import { sketched } from "../../src/baseline/sketched.ts";
import type { Distribution } from "../../src/model/measurement.ts";
import { aRecording, mapMeasurements, withRounds } from "../synthetic.ts";

const SHA = "a".repeat(40);
const entry = { sha: SHA, run: "7", attempt: "1", gate: "ci", fingerprint: "0123456789ab", copy: 1, path: "" };

it("a recording as CSV is read back by another program, whatever stands in its names and however its numbers were given", () => {
  const benchmark = 'a "quoted", name\nof two lines ';
  const whole = aRecording({ seed: 1, rounds: 2, samples: 2000, sha: SHA, benchmarks: { [benchmark]: 1e-3 } });
  const given: readonly Distribution[] = [
    { kind: "quantiles", quantiles: { "0.5": 1, "0.99": 3 }, count: 10 },
    { kind: "value", value: 4096, exact: true },
  ];
  const recording = withRounds(sketched(whole), (round, index) => ({
    ...round,
    measurements: [
      ...round.measurements,
      { ...round.measurements[0]!, benchmark: "other", distribution: given[index]! },
    ],
  }));
  const rows: Record<string, string>[] = parse([CSV_HEAD, ...csvLines({ entry, recording })].join("\n"), {
    columns: true,
  });
  expect(rows).toHaveLength(4);
  expect(rows[0]).toMatchObject({
    sha: SHA,
    gate: "ci",
    round: "0",
    suite: "s",
    benchmark,
    unit: "s",
    samples: "2000",
  });
  expect(Number(rows[0]!.p50)).toBeGreaterThan(0.0008);
  expect(Number(rows[0]!["p99.9"])).toBeGreaterThan(Number(rows[0]!.p99));
  expect(rows[1]).toMatchObject({ benchmark: "other", samples: "10", p50: "1", p90: "", p99: "3", mean: "" });
  expect(rows[3]).toMatchObject({ round: "1", samples: "", p50: "4096", p99: "", max: "4096" });
  expect(csvLines({ entry, recording: mapMeasurements(recording, () => null) })).toEqual([]);
});
