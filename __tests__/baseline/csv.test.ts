import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import { CSV_HEAD, csvLine } from "../../src/baseline/csv.ts";
import { sketched } from "../../src/baseline/sketched.ts";
import { COLUMNS, rowsOf } from "../../src/baseline/table.ts";
import { parquet } from "../../src/codec/parquet.ts";
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
  const rows: Record<string, string>[] = parse([CSV_HEAD, ...rowsOf({ entry, recording }).map(csvLine)].join("\n"), {
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
  expect(rowsOf({ entry, recording: mapMeasurements(recording, () => null) })).toEqual([]);
});

const named = (benchmark: string) =>
  rowsOf({
    entry,
    recording: aRecording({ seed: 1, rounds: 1, samples: 5, sha: SHA, benchmarks: { [benchmark]: 1e-3 } }),
  });

it("no name in the CSV is a formula to a spreadsheet, and every other one is read back as it is", () => {
  const formulas = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\uFF1D1", "\r=1", "\n=1", "-O2"];
  for (const name of formulas) expect(named(name).map(csvLine).join()).toMatch(/[,"]'/);
  const head = COLUMNS.findIndex(({ name }) => name === "benchmark");
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 20 }), (name) => {
      const [row] = parse(`${csvLine(named(name)[0]!)}\n`, { relax_column_count: false }) as string[][];
      expect(row).toHaveLength(COLUMNS.length);
      const written = row![head]!;
      expect(written === name || (written === `'${name}` && /^\s*[=+\-@\t\r＝＋－＠]/.test(name))).toBe(true);
    }),
    { seed: 1, numRuns: 200 },
  );
});

it("the same rows as Parquet are read back by another program: texts as they are, times as times, nothing as nothing", async () => {
  const names = ["=1+1", 'a "quoted", name\nof two lines', "naïve 日本", ""];
  const pieces = (async function* () {
    for (const name of names) yield named(name);
    yield [];
  })();
  const bytes: number[] = [];
  for await (const piece of parquet(COLUMNS, pieces)) for (const byte of piece) bytes.push(byte);
  const rows = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
  expect(rows.map(({ benchmark }) => benchmark)).toEqual(names);
  expect(Object.keys(rows[0]!)).toEqual(COLUMNS.map(({ name }) => name));
  expect(rows[0]).toMatchObject({ sha: SHA, round: 0, samples: 5, committed_at: new Date("2026-11-22T10:00:00Z") });
  const [[first]] = [named("=1+1")];
  expect(rows[0]!.p50).toBe(first![COLUMNS.findIndex(({ name }) => name === "p50")]);
  const none = async function* () {
    yield [COLUMNS.map(() => null)];
  };
  const empty: number[] = [];
  for await (const piece of parquet(COLUMNS, none())) for (const byte of piece) empty.push(byte);
  const [blank] = await parquetReadObjects({ file: Uint8Array.from(empty).buffer });
  expect(new Set(Object.values(blank!))).toEqual(new Set([null]));
});
