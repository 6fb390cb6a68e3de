import { readFileSync } from "node:fs";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64, type JsHistogram } from "hdr-histogram-js";
import { describe, expect, it } from "vitest";
import { RECORDING_SCHEMA_FILE, recordingSchemaText } from "../../scripts/recording-schema.ts";
import { decodeHistogram, decodeInterval, encodeHistogram } from "../../src/codec/histogram.ts";
import { decodeRecording, encodeRecording } from "../../src/codec/recording.ts";
import { GateError } from "../../src/model/error.ts";
import type { Distribution, Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";

/** A recording of one round with one measurement: what is wrong with it is all that a test says. */
function withMeasurement(measurement: object, round: object = {}): string {
  const plain = { benchmark: "json", metric: "latency", unit: "s" };
  return JSON.stringify({
    schema: "benchgate.recording/1",
    rounds: [{ ...round, measurements: [{ ...plain, ...measurement }] }],
  });
}

function errorOf(json: string): GateError {
  try {
    decodeRecording(json);
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
  throw new Error("the recording was accepted");
}

function distributionOf(measurement: object): Distribution {
  return decodeRecording(withMeasurement(measurement)).rounds[0]!.measurements[0]!.distribution;
}

describe("reading a recording", () => {
  it("needs no more than schema and rounds, and says what is not known", () => {
    expect(decodeRecording('{"schema":"benchgate.recording/1","rounds":[]}')).toEqual({
      revision: { sha: "", ref: "", committedAt: "" },
      environment: { os: "unknown", arch: "unknown", cpu: "unknown", cores: 0, runtime: "unknown" },
      rounds: [],
    });
  });

  it("gives a round without session and pair its place in the list", () => {
    const { rounds } = decodeRecording(
      '{"schema":"benchgate.recording/1","rounds":[{"measurements":[]},{"measurements":[],"failures":[{"benchmark":"x","reason":"y"}]}]}',
    );
    expect(rounds).toEqual([
      { session: "", pair: 0, startedAt: "", measurements: [], failures: [] },
      {
        session: "",
        pair: 1,
        startedAt: "",
        measurements: [],
        failures: [{ suite: "", benchmark: "x", reason: "y", output: "" }],
      },
    ]);
  });

  it.each([
    ["latency", "lower", "s"],
    ["throughput", "higher", "1/s"],
    ["throughput", "higher", "B/s"],
    ["memory", "lower", "B"],
    ["error-rate", "lower", "1"],
  ])("knows which way %s is better", (metric, better, unit) => {
    const [round] = decodeRecording(withMeasurement({ metric, unit, value: 1 })).rounds;
    expect(round!.measurements[0]!.better).toBe(better);
  });

  it("reads each of the four distributions", () => {
    expect(distributionOf({ samples: [3, 1, 2] })).toEqual({ kind: "samples", samples: Float64Array.of(3, 1, 2) });
    expect(distributionOf({ quantiles: { "0.50": 1, ".99": 2, "1": 2 }, count: 10, mean: 1.5 })).toEqual({
      kind: "quantiles",
      quantiles: { "0.5": 1, "0.99": 2, "1": 2 },
      count: 10,
      mean: 1.5,
    });
    expect(distributionOf({ quantiles: {}, mean: 1.5 })).toEqual({
      kind: "quantiles",
      quantiles: {},
      count: 0,
      mean: 1.5,
    });
    expect(distributionOf({ value: 5 })).toEqual({ kind: "value", value: 5, exact: false });
    expect(distributionOf({ value: 5, exact: true })).toEqual({ kind: "value", value: 5, exact: true });
    const { encoded } = encodeHistogram([[7, 2]], 1e-9);
    expect(distributionOf({ histogram: encoded, scale: 0.5 })).toEqual({
      kind: "histogram",
      values: Float64Array.of(3.5),
      counts: Float64Array.of(2),
      encoded,
      scale: 0.5,
    });
  });

  it("ignores keys of a later version, a byte order mark and white space", () => {
    const text = `\uFEFF \n${withMeasurement({ value: 1, percentileOfNoise: [1] }, { weather: "rain" })}\n`;
    expect(decodeRecording(text).rounds[0]!.measurements[0]).toEqual({
      suite: "",
      benchmark: "json",
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value: 1, exact: false },
    });
  });
});

describe("medians of slices", () => {
  const read = (measurement: object) =>
    decodeRecording(withMeasurement({ samples: [1, 2, 3], ...measurement })).rounds[0]!.measurements[0]!;

  it("stand beside samples, and are written again", () => {
    const recording = decodeRecording(withMeasurement({ samples: [1, 2, 3], medians: [2, 1.5] }));
    expect(recording.rounds[0]!.measurements[0]!.medians).toEqual([2, 1.5]);
    expect(encodeRecording(recording)).toContain('"schema":"benchgate.recording/2"');
    expect(decodeRecording(encodeRecording(recording))).toEqual(recording);
  });

  it("may have the p99s of the same slices beside them", () => {
    const recording = decodeRecording(withMeasurement({ samples: [1, 2, 3], medians: [2, 1.5], tails: [3, 2.5] }));
    expect(recording.rounds[0]!.measurements[0]!.tails).toEqual([3, 2.5]);
    expect(encodeRecording(recording)).toContain('"schema":"benchgate.recording/4"');
    expect(decodeRecording(encodeRecording(recording))).toEqual(recording);
  });

  it("need not be there, as in recordings of the first version", () => {
    expect(read({})).not.toHaveProperty("medians");
  });

  it.each([
    ["without samples", { samples: undefined, value: 1, medians: [1] }, /has no samples that it is of/],
    ["below zero", { medians: [1, -1] }, /below zero/],
    ["that are none", { medians: [] }, /must not be empty/],
    ["with tails of other slices", { medians: [1, 1], tails: [2] }, /has not one value for each of the medians/],
    ["with tails below zero", { medians: [1, 1], tails: [2, -1] }, /below zero/],
  ])("are refused %s", (_, measurement, message) => {
    expect(errorOf(withMeasurement({ samples: [1], ...measurement })).message).toMatch(message);
  });
});

describe("refusing a recording", () => {
  it("points at a sample by line, column and path", () => {
    const text = `{ "schema": "benchgate.recording/1",
  "rounds": [
    { "measurements": [] },
    { "measurements": [
      { "benchmark": "json", "metric": "latency", "unit": "s",
        "samples": [1, 2,
          "3"] } ] } ] }`;
    expect(errorOf(text).position).toEqual({ line: 7, column: 11, path: "rounds[1].measurements[0].samples[2]" });
    expect(errorOf(text).message).toMatch(
      /^7:11: rounds\[1\]\.measurements\[0\]\.samples\[2\]: must be a finite number\. /,
    );
  });

  it("points at the object in which a key is missing", () => {
    const text = '{"schema":"benchgate.recording/1",\n "rounds":[{"session":""}]}';
    expect(errorOf(text)).toMatchObject({
      problem: "is missing",
      position: { line: 2, column: 12, path: "rounds[0].measurements" },
    });
  });

  it.each([
    ["NaN", '{"schema":"benchgate.recording/1",\n\n "rounds":[NaN]}', 3],
    ["a comment", '{"schema":"benchgate.recording/1", // hello\n "rounds":[]}', 1],
    ["a trailing comma", '{"schema":"benchgate.recording/1",\n "rounds":[],}', 2],
    ["nothing", "", 1],
  ])("names the line of what is not JSON: %s", (_what, text, line) => {
    expect(errorOf(text)).toMatchObject({ problem: "this is not JSON", position: { line } });
    expect(errorOf(text).position.column).toBeGreaterThan(0);
  });

  it("says of one that is cut short that it is", () => {
    expect(errorOf('{"schema":"benchgate.recording/1",\n "rounds":[{"mea')).toMatchObject({
      problem: "The JSON ends in the middle: its end is missing",
      position: { line: 2, column: expect.any(Number) },
    });
  });

  it("survives nesting that no stack can hold, valid or not", () => {
    expect(errorOf("[".repeat(200_000)).problem).toContain("The JSON ends in the middle");
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    expect(errorOf(`{"schema":"benchgate.recording/1","x":${deep},"rounds":5}`).position.path).toBe("rounds");
  });

  it.each([
    [
      "a newer version",
      '{"schema":"benchgate.recording/5","rounds":[]}',
      /benchgate\.recording\/5, written by a newer Benchgate/,
    ],
    ["a version before the first", '{"schema":"benchgate.recording/0","rounds":[]}', /there is no such version/],
    ["another schema", '{"schema":"benchgate.result/1"}', /this is not a recording/],
    ["no object", "[]", /this is not a recording/],
    ["null", "null", /this is not a recording/],
  ])("names what the file is: %s", (_what, text, message) => {
    expect(errorOf(text).message).toMatch(message);
  });

  it.each<[string, object, string, RegExp]>([
    ["1e400", { samples: [1] }, "samples[0]", /must be a finite number/],
    ["no samples", { samples: [] }, "samples", /must not be empty/],
    ["samples in text", { samples: "1,2" }, "samples", /must be a list/],
    ["null among samples", { samples: [1, null] }, "samples[1]", /must be a finite number/],
    ["a negative count", { quantiles: { "0.5": 1 }, count: -1 }, "count", /must not be negative/],
    ["half a count", { quantiles: { "0.5": 1 }, count: 1.5 }, "count", /must be a whole number/],
    ["a percentage as level", { quantiles: { "99": 1 } }, 'quantiles["99"]', /not a level from 0 to 1.*"0\.99"/],
    ["a name as level", { quantiles: { p99: 1 } }, "quantiles.p99", /not a level/],
    ["an empty level", { quantiles: { "": 1 } }, 'quantiles[""]', /not a level/],
    ["one level twice", { quantiles: { "0.5": 1, "0.50": 1 } }, 'quantiles["0.50"]', /same level as "0\.5"/],
    ["falling quantiles", { quantiles: { "0.99": 1, "0.5": 2 } }, 'quantiles["0.99"]', /below the quantile at 0\.5/],
    ["no quantiles", { quantiles: {} }, "quantiles", /must not be empty/],
    ["no values", {}, "", /has no values.*samples, quantiles, histogram, value/],
    ["two kinds of values", { samples: [1], value: 1 }, "", /has samples and value/],
    ["a histogram without scale", { histogram: "x" }, "scale", /is missing/],
    ["a histogram that is not base64", { histogram: "?", scale: 1 }, "histogram", /is not base64/],
    [
      "a histogram of another kind",
      { histogram: "aGVsbG8=", scale: 1 },
      "histogram",
      /not a compressed HdrHistogram V2/,
    ],
    ["a negative latency", { samples: [0, 1, -1e-9] }, "samples[2]", /is a latency below zero/],
    ["a negative mean", { quantiles: { "0.5": 1 }, mean: -1 }, "mean", /is a latency below zero/],
    ["a negative quantile", { quantiles: { "0": -1, "0.5": 1 } }, 'quantiles["0"]', /is a latency below zero/],
    ["negative memory", { metric: "memory", unit: "B", value: -1 }, "value", /is a memory below zero/],
    ["a negative throughput", { metric: "throughput", unit: "1/s", value: -1 }, "value", /throughput below zero/],
    ["a negative error rate", { metric: "error-rate", unit: "1", value: -0.1 }, "value", /error-rate below zero/],
    [
      "latency that is better higher",
      { better: "higher", value: 1 },
      "better",
      /better direction of latency, which is "lower"/,
    ],
    [
      "throughput that is better lower",
      { metric: "throughput", unit: "1/s", better: "lower", value: 1 },
      "better",
      /better direction of throughput, which is "higher"/,
    ],
    ["latency in bytes", { unit: "B", value: 1 }, "unit", /"B" is not a unit of latency, which is in s/],
    [
      "throughput in a unit of its own",
      { metric: "throughput", unit: "furlong", value: 1 },
      "unit",
      /not a unit of throughput, which is in 1\/s or B\/s/,
    ],
    ["memory in seconds", { metric: "memory", unit: "s", value: 1 }, "unit", /not a unit of memory/],
    ["a scale of zero", { histogram: "x", scale: 0 }, "scale", /above 0/],
    [
      "milliseconds",
      { unit: "ms", value: 1 },
      "unit",
      /"ms" is not a base unit\. Multiply the values by 0\.001 and write "s"/,
    ],
    ["an unknown direction", { better: "less", value: 1 }, "better", /"lower" or "higher"/],
    ["no direction", { metric: "frames", unit: "1", value: 1 }, "better", /is missing.*"lower" or "higher"/],
    ["no name", { benchmark: "", value: 1 }, "benchmark", /must not be empty/],
    ["a misspelt key", { sample: [1] }, "sample", /Write `samples`/],
    ["swapped letters", { value: 1, exatc: true }, "exatc", /Write `exact`/],
    ["a wrong load model", { value: 1, loadModel: "half" }, "loadModel", /"open" or "closed"/],
    ["line 0", { value: 1, source: { file: "a.ts", line: 0 } }, "source.line", /at least 1/],
  ])("refuses %s", (what, measurement, path, message) => {
    const text = withMeasurement(measurement);
    const error = errorOf(what === "1e400" ? text.replace("[1]", "[1e400]") : text);
    expect(error.position.path).toBe(["rounds[0].measurements[0]", path].filter(Boolean).join("."));
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("\n");
    expect(error.position.line).toBe(1);
  });

  it.each([
    ["the document", '{"schema":"benchgate.recording/1","rounds":[],"__proto__":{}}', "__proto__"],
    [
      "the environment",
      '{"schema":"benchgate.recording/1","environment":{"__proto__":{"os":"x"}},"rounds":[]}',
      "environment.__proto__",
    ],
    [
      "a measurement",
      withMeasurement({}).replace('"unit"', '"__proto__":{"value":1},"unit"'),
      "rounds[0].measurements[0].__proto__",
    ],
    [
      "quantiles",
      withMeasurement({ quantiles: {} }).replace("{}", '{"__proto__":1}'),
      "rounds[0].measurements[0].quantiles.__proto__",
    ],
  ])("refuses __proto__ as a key of %s", (_where, text, path) => {
    expect(errorOf(text)).toMatchObject({ problem: "is not allowed as a key", position: { path } });
  });

  it.each(["\u0085::error::x", "∞", "a b", "a\nb", "<b>", "$(id)", "x".repeat(101)])(
    "refuses a revision that is no name of a commit: %j",
    (sha) => {
      const { message } = errorOf(JSON.stringify({ schema: "benchgate.recording/1", revision: { sha }, rounds: [] }));
      expect(message).toMatch(/revision\.sha: .*must be the name of a commit/);
    },
  );

  it("refuses a misspelt key of a round, a wrong time, and a benchmark measured twice", () => {
    expect(errorOf(withMeasurement({ value: 1 }, { pairs: 3 })).message).toMatch(/rounds\[0\]\.pairs: .*Write `pair`/);
    expect(errorOf(withMeasurement({ value: 1 }, { startedAt: "yesterday" })).message).toMatch(/ISO 8601/);
    const twice = { benchmark: "a", metric: "latency", unit: "s", value: 1 };
    const text = JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements: [twice, twice] }] });
    expect(errorOf(text).message).toMatch(/rounds\[0\]\.measurements\[1\]: has the same .* as measurements\[0\]/);
  });
});

describe("two rounds of one pair", () => {
  const round = (parts: object, benchmark = "a") => ({
    session: "1/1",
    measurements: [{ benchmark, metric: "latency", unit: "s", value: 1 }],
    ...parts,
  });
  const text = (...rounds: readonly object[]) => JSON.stringify({ schema: "benchgate.recording/1", rounds }, null, 1);

  it("are refused where both measured the same: repeating a reading adds no evidence", () => {
    const { message, remedy } = errorOf(
      text(round({ pair: 1 }), round({ pair: 0 }), round({ pair: 0 }), round({ pair: 0 })),
    );
    expect(message).toMatch(
      /rounds\[2\]\.pair: repeats pair 0 of session "1\/1", which is there 3 times and first as rounds\[1\]/,
    );
    expect(remedy).toMatch(/a pair number of its own/);
  });

  it.each([
    ["in another session", [round({ pair: 0 }), round({ pair: 0, session: "1/2" })]],
    ["without a session, which pairs nothing", [round({ pair: 0, session: "" }), round({ pair: 0, session: "" })]],
    ["of another benchmark", [round({ pair: 0 }), round({ pair: 0 }, "b")]],
    ["numbered by their place", [round({}), round({})]],
  ])("are read %s", (_, rounds) => {
    expect(decodeRecording(text(...rounds)).rounds).toHaveLength(2);
  });
});

describe("an HdrHistogram in a recording", () => {
  it("decodes to what the library itself reads from it", () => {
    const histogram = build({ bitBucketSize: 64, autoResize: true, numberOfSignificantValueDigits: 3 });
    for (let i = 1; i <= 5000; i++) histogram.recordValue(i * i);
    const encoded = encodeIntoCompressedBase64(histogram);
    const { values, counts } = decodeHistogram(encoded, 1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(5000);
    expect([...values].every((value, i) => i === 0 || value > values[i - 1]!)).toBe(true);
    const each = [...counts].flatMap((count, i) => Array.from({ length: count }, () => values[i]!));
    for (const percent of [1, 50, 90, 99, 99.9, 100]) {
      const rank = Math.floor((percent / 100) * 5000 + 0.5);
      expect(each[rank - 1]).toBe((histogram as JsHistogram).getValueAtPercentile(percent));
    }
  });

  it("has the buckets of the library at every precision, far up and down, with a coarser unit too", () => {
    for (const digits of [1, 2, 3, 4, 5] as const) {
      for (const lowest of [1, 1000]) {
        const options = {
          lowestDiscernibleValue: lowest,
          highestTrackableValue: 2 ** 50,
          numberOfSignificantValueDigits: digits,
        };
        const histogram = build({ ...options, bitBucketSize: 64 }) as JsHistogram;
        const recorded = [1, 7, 999, 1000, 2048, 2049, 123_456, 2 ** 31 + 1, 2 ** 40 + 12_345, 2 ** 49];
        for (const value of recorded) histogram.recordValueWithCount(value, 3_000_000_000);
        const ends = [...new Set(recorded.map((value) => histogram.highestEquivalentValue(value)))];
        expect([...decodeHistogram(encodeIntoCompressedBase64(histogram), 1).values]).toEqual(ends);
      }
    }
  });

  it("holds whole numbers up to 262143 exactly", () => {
    const counted = [
      [0, 1],
      [1, 2],
      [2048, 3],
      [34_567, 4],
      [262_143, 5],
    ] as const;
    const { values, counts, encoded } = encodeHistogram(counted, 1);
    expect([...values]).toEqual(counted.map(([value]) => value));
    expect([...counts]).toEqual(counted.map(([, count]) => count));
    expect(decodeFromCompressedBase64(encoded).totalCount).toBe(15);
  });

  it("is encoded as the library reads it, gaps, large values and values that share a bucket among them", () => {
    const value = fc.oneof(
      fc.nat(300_000),
      fc.maxSafeInteger().map(Math.abs),
      fc.nat(53).map((power) => 2 ** power - 1),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, fc.integer({ min: 1, max: 1e6 })), { minLength: 1, maxLength: 30 }),
        (counted) => {
          const { values, counts, encoded } = encodeHistogram(counted, 1);
          const library = decodeFromCompressedBase64(encoded, 64) as JsHistogram;
          expect(library.totalCount).toBe(counts.reduce((sum, count) => sum + count, 0));
          const expected = new Map<number, number>();
          for (const [each, count] of counted) {
            const end = library.highestEquivalentValue(each);
            expected.set(end, (expected.get(end) ?? 0) + count);
          }
          expect([...values].map((each, i) => [each, counts[i]])).toEqual([...expected].sort(([a], [b]) => a - b));
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it("may be of V1 in a log, and never in a recording", () => {
    // Counts of 8 bytes: 0 at 0, 2 at 1, 5 at 2.
    const header = new DataView(new ArrayBuffer(40 + 24));
    header.setUint32(0, 0x1c849301 | 0x80);
    header.setUint32(4, 24);
    header.setUint32(12, 3);
    header.setBigInt64(16, 1n);
    header.setBigInt64(24, 1000n);
    header.setBigInt64(48, 2n);
    header.setBigInt64(56, 5n);
    const body = deflateSync(new Uint8Array(header.buffer));
    const outer = Buffer.alloc(8);
    outer.writeUInt32BE(0x1c849302 | 0x80, 0);
    outer.writeUInt32BE(body.length, 4);
    const encoded = Buffer.concat([outer, body]).toString("base64");
    expect(decodeInterval(encoded)).toEqual([
      [1, 2],
      [2, 5],
    ]);
    expect(() => decodeHistogram(encoded, 1)).toThrow("is not a compressed HdrHistogram V2");
    expect(decodeInterval(encodeIntoCompressedBase64(build()))).toEqual([]);
    expect(() => decodeInterval(encoded.slice(0, -12))).toThrow(/^is /);
  });

  it("is refused where the payload that it announces is not there, instead of being read past its end", () => {
    const header = new DataView(new ArrayBuffer(40));
    header.setUint32(0, 0x1c849313);
    header.setUint32(4, 0xffffffff);
    header.setUint32(12, 3);
    header.setBigInt64(16, 1n);
    header.setBigInt64(24, 1000n);
    const body = deflateSync(new Uint8Array(header.buffer));
    const outer = Buffer.alloc(8);
    outer.writeUInt32BE(0x1c849314, 0);
    outer.writeUInt32BE(body.length, 4);
    expect(() => decodeHistogram(Buffer.concat([outer, body]).toString("base64"), 1)).toThrow("is cut short");
  });

  it("is refused where it is too long, empty, or scaled beyond what a number holds", () => {
    expect(() => decodeHistogram("A".repeat(256 * 1024 + 1), 1)).toThrow("is longer than");
    expect(() => decodeHistogram(encodeIntoCompressedBase64(build()), 1)).toThrow("holds no values");
    expect(() => decodeHistogram(encodeHistogram([[1000, 1]], 1).encoded, 1e307)).toThrow("not finite");
  });

  it("never throws anything but an Error with a reason, whatever the bytes", () => {
    const { encoded } = encodeHistogram(
      [
        [5, 1],
        [900, 3],
      ],
      1,
    );
    const bytes = Buffer.from(encoded, "base64");
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        const damaged = Buffer.from(bytes);
        damaged[at] = value;
        try {
          decodeHistogram(damaged.toString("base64"), 1);
        } catch (error) {
          expect((error as Error).message).toMatch(/^(is|has|holds) /);
        }
      }),
    );
  });
});

describe("numbers below zero", () => {
  it.each([{ samples: [-1, 2] }, { quantiles: { "0": -5, "0.5": -1 }, mean: -2 }, { value: -3 }])(
    "are a matter of the tool's own metric: %j",
    (values) => {
      expect(() => distributionOf({ metric: "balance", unit: "1", better: "higher", ...values })).not.toThrow();
    },
  );

  it("do not include minus zero", () => {
    expect(() => distributionOf({ samples: [-0] })).not.toThrow();
  });
});

const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value));
const positive = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });
const words = fc.string({ minLength: 1, unit: "binary" });
const instants = fc
  .date({ noInvalidDate: true, min: new Date(0), max: new Date("2100-01-01") })
  .map((date) => date.toISOString());

const distributions: fc.Arbitrary<Distribution> = fc.oneof(
  fc
    .array(finite, { minLength: 1 })
    .map((samples) => ({ kind: "samples", samples: Float64Array.from(samples) }) as const),
  fc.record({ kind: fc.constant("value" as const), value: finite, exact: fc.boolean() }),
  fc
    .record({
      levels: fc.uniqueArray(fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs), { minLength: 1 }),
      values: fc.array(finite, { minLength: 100, maxLength: 100 }),
      count: fc.nat(),
      mean: fc.option(finite, { nil: undefined }),
    })
    .map(({ levels, values, count, mean }) => {
      const rising = [...values].sort((a, b) => a - b);
      const quantiles = levels.sort((a, b) => a - b).map((level, i) => [String(level), rising[i]!]);
      return {
        kind: "quantiles",
        quantiles: Object.fromEntries(quantiles),
        count,
        ...(mean !== undefined && { mean }),
      } as const;
    }),
  fc
    .tuple(
      fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 1e9 })), { minLength: 1 }),
      fc.double({ min: 1e-12, max: 1e6, noNaN: true }),
    )
    .map(([counted, scale]) => encodeHistogram(counted, scale)),
);

const measurements: fc.Arbitrary<Measurement> = fc.record(
  {
    suite: fc.string(),
    benchmark: words,
    metric: words,
    unit: fc.constantFrom("s", "B", "1/s", "1", "furlong"),
    better: fc.constantFrom("lower", "higher"),
    distribution: distributions,
    estimator: words,
    resolution: positive,
    loadModel: fc.constantFrom("open", "closed"),
    source: fc.record({ file: words, line: fc.integer({ min: 1, max: 1e6 }) }, { requiredKeys: ["file"] }),
  },
  { requiredKeys: ["suite", "benchmark", "metric", "unit", "better", "distribution"] },
);

const recordings: fc.Arbitrary<Recording> = fc.record({
  revision: fc.record({ sha: fc.stringMatching(/^[0-9a-f]{0,40}$/), ref: fc.string(), committedAt: instants }),
  environment: fc.record({
    os: fc.string(),
    arch: fc.string(),
    cpu: fc.string(),
    cores: fc.nat(),
    runtime: fc.string(),
    fact: finite,
  }),
  rounds: fc.array(
    fc.record(
      {
        session: fc.string(),
        pair: fc.nat(),
        startedAt: instants,
        measurements: fc.uniqueArray(measurements, {
          selector: ({ suite, benchmark, metric }) => JSON.stringify([suite, benchmark, metric]),
        }),
        failures: fc.array(
          fc.record({ suite: fc.string(), benchmark: words, reason: fc.string(), output: fc.string() }),
        ),
        notes: fc.array(
          fc.record(
            { suite: fc.string(), benchmark: words, metric: words, sentence: words, remedy: words },
            { requiredKeys: ["suite", "benchmark", "sentence", "remedy"] },
          ),
          { minLength: 1 },
        ),
      },
      { requiredKeys: ["session", "pair", "startedAt", "measurements", "failures"] },
    ),
  ),
});

describe("writing a recording", () => {
  it("gives back exactly what was written, number by number", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        expect(decodeRecording(encodeRecording(recording))).toEqual(recording);
      }),
      { numRuns: 40 },
    );
  });

  it("writes equal recordings as equal bytes, on one line", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const text = encodeRecording(recording);
        expect(encodeRecording(decodeRecording(text))).toBe(text);
        expect(text.indexOf("\n")).toBe(text.length - 1);
      }),
      { numRuns: 40 },
    );
  });

  it("refuses numbers for which JSON has no word", () => {
    const [round] = decodeRecording(withMeasurement({ value: 1 })).rounds;
    const write = (distribution: Distribution) =>
      encodeRecording({
        ...decodeRecording('{"schema":"benchgate.recording/1","rounds":[]}'),
        rounds: [{ ...round!, measurements: [{ ...round!.measurements[0]!, distribution }] }],
      });
    expect(() => write({ kind: "samples", samples: Float64Array.of(1, Number.NaN) })).toThrow(
      /"json".*not a finite number/,
    );
    expect(() => write({ kind: "value", value: Number.POSITIVE_INFINITY, exact: false })).toThrow(GateError);
    expect(() => write({ kind: "quantiles", quantiles: { "0.5": Number.NaN }, count: 1 })).toThrow(GateError);
  });
});

describe("schema/recording.schema.json", () => {
  it("is what the code that validates generates", () => {
    expect(readFileSync(RECORDING_SCHEMA_FILE, "utf8")).toBe(recordingSchemaText());
  });
});
