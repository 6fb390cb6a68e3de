import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { agreement } from "../../bench/sketches.ts";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { entryPath } from "../../src/baseline/entry.ts";
import { sketched } from "../../src/baseline/sketched.ts";
import { encodeHistogram } from "../../src/codec/histogram.ts";
import { decodeRecording, encodeRecording } from "../../src/codec/recording.ts";
import { createFiles } from "../../src/io/files.ts";
import { resolutionOf } from "../../src/judge/rows/clock.ts";
import { isFact } from "../../src/judge/rows/fact.ts";
import { lineUp } from "../../src/judge/rows/subjects.ts";
import { fingerprint } from "../../src/model/environment.ts";
import type { Distribution } from "../../src/model/measurement.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";
import { aRecording, latency, mapMeasurements, withRounds } from "../synthetic.ts";
import { temporaryFolder } from "./repositories.ts";

const SHA = "a".repeat(40);
const RUN = { run: "1", attempt: "1", gate: "ci" };

/** A recording of one round of these samples. */
function recorded(samples: Float64Array | readonly number[], rounds = 1) {
  return withRounds(aRecording({ seed: 1, rounds, benchmarks: {}, sha: SHA }), (round) => ({
    ...round,
    measurements: [latency("b", samples)],
  }));
}

function kept(samples: Float64Array | readonly number[]): Distribution {
  return sketched(recorded(samples)).rounds[0]!.measurements[0]!.distribution;
}

function noisy(n: number, lean = 0): Float64Array {
  const random = xoshiro128(7);
  let level = 0;
  return Float64Array.from({ length: n }, () => {
    level = lean * level + gaussian(random);
    return Math.exp(0.05 * level);
  });
}

describe("a recording as stores keep it", () => {
  it("takes some 250 bytes for a benchmark and round of 3,000 samples and 64 slices, a little more where there are few", () => {
    const names = Array.from({ length: 10 }, (_, i) => [`a benchmark with a name ${i}`, 1e-5 * (i + 1)]);
    const random = xoshiro128(3);
    const whole = aRecording({ seed: 2, rounds: 3, samples: 3000, within: 0.2, benchmarks: Object.fromEntries(names) });
    const sliced = mapMeasurements(whole, (each) => ({
      ...each,
      medians: Array.from({ length: 64 }, () => 1e-4 * Math.exp(0.03 * gaussian(random))),
      tails: Array<number>(64).fill(2e-4),
    }));
    expect(sketched(sliced).rounds[0]!.measurements[0]).not.toHaveProperty("tails");
    expect(deflateSync(encodeRecording(sketched(sliced))).length / 30).toBeLessThan(280);
  });

  it("keeps the p99s of slices for whoever compares pairs", () => {
    const whole = aRecording({ seed: 4, rounds: 1, samples: 3000, benchmarks: { a: 1e-4 } });
    const tails = Array.from({ length: 40 }, (_, slice) => 1.3e-4 * (1 + slice / 100));
    const sliced = mapMeasurements(whole, (each) => ({ ...each, medians: Array<number>(40).fill(1e-4), tails }));
    const [kept] = decodeRecording(encodeRecording(sketched(sliced, { tails: true }))).rounds[0]!.measurements;
    expect(kept!.tails).toHaveLength(20);
    for (const [at, tail] of kept!.tails!.entries())
      expect(tail / ((tails[2 * at]! + tails[2 * at + 1]!) / 2)).toBeCloseTo(1, 2);
    expect(kept!.medians).toHaveLength(20);
  });

  it("gives the verdicts that the samples give", () => {
    const { gates, different, verdicts, errors } = agreement(25, 11);
    expect(gates).toBe(25);
    expect(different).toEqual([]);
    expect(Object.keys(verdicts).length).toBeGreaterThan(2);
    expect(Math.max(errors.p50, errors.p99)).toBeLessThan(3e-4);
  });

  it("leaves alone what is short already, of few samples, or not to be written", () => {
    for (const samples of [[1, 2, 3], noisy(50), [...noisy(99), Number.NaN]]) {
      const recording = recorded(samples);
      expect(sketched(recording)).toEqual(recording);
    }
    const again = sketched(recorded(noisy(100)));
    expect(sketched(again)).toEqual(again);
  });

  it("keeps a tick that is no decimal fraction, and shows none where the samples showed none", () => {
    const tick = 1 / 24e6;
    const random = xoshiro128(1);
    const ticks = Array.from({ length: 500 }, () => tick * Math.round(20 + 3 * gaussian(random)));
    const close = noisy(1000).map((value) => 1 + value / 1e6);
    for (const samples of [ticks, close]) {
      const [raw, short] = [recorded(samples), sketched(recorded(samples))].map((before) => {
        const subject = lineUp([before], recorded(samples), []).subjects[0]!;
        return resolutionOf({ ...subject, candidate: [] }, "p50");
      });
      expect(short).toBeCloseTo(raw!, 12);
    }
  });

  it("counts every sample of what an operation allocates as an observation", () => {
    const constant = mapMeasurements(recorded(Array.from({ length: 60 }, () => 4096)), (each) => ({
      ...each,
      metric: "allocations",
      unit: "1",
    }));
    const [subject] = lineUp([sketched(constant)], constant, []).subjects;
    expect(isFact(subject!)).toBe(true);
  });

  it("says whether its samples leaned on each other: only then a shorter round saw less than they tell", () => {
    const independent = (samples: Float64Array) => {
      const distribution = kept(samples);
      return "sketch" in distribution && distribution.sketch.independent === true;
    };
    expect(independent(noisy(1000))).toBe(true);
    expect(independent(noisy(1000, 0.9))).toBe(false);
    expect(independent(noisy(1000).sort())).toBe(false);
  });

  it("makes a sketch of a large histogram, and keeps a small one", () => {
    const histogram = (size: number) =>
      encodeHistogram(
        [...noisy(size)].map((value) => [Math.round(1e5 * value), 1] as const),
        1e-9,
      );
    const stored = (distribution: Distribution) =>
      sketched(mapMeasurements(recorded([1]), (each) => ({ ...each, distribution }))).rounds[0]!.measurements[0]!
        .distribution;
    expect(stored(histogram(3))).toEqual(histogram(3));
    expect(stored(histogram(5000))).toHaveProperty("sketch");
    expect(encodeRecording(recorded([1]))).toContain('"schema":"benchgate.recording/2"');
  });
});

describe("a store", () => {
  it("writes sketches, and reads beside them entries of every version before", async () => {
    const folder = temporaryFolder();
    const files = createFiles();
    const store = createDirectoryStore(files, folder);
    const whole = aRecording({ seed: 4, rounds: 2, samples: 400, benchmarks: { b: 1e-3 }, sha: SHA });
    const facts = { ...RUN, sha: SHA, fingerprint: fingerprint(whole.environment) };
    expect(await store.save(whole, RUN)).toBeNull();
    expect(await store.save(whole, RUN)).toBeNull();
    expect(readFileSync(join(folder, entryPath(facts)), "utf8")).toMatch(/^\{"schema":"benchgate\.recording\/3"/);
    for (const version of ["1", "2"]) {
      const text = encodeRecording(whole).replace(/recording\/2/, `recording/${version}`);
      await files.write(join(folder, entryPath({ ...facts, run: `10${version}` })), text);
    }
    const { recordings, warnings } = await store.load(await store.list());
    expect(warnings).toEqual([]);
    const found = recordings.map(({ entry, recording }) => [
      entry.run,
      recording.rounds[0]!.measurements[0]!.distribution.kind,
    ]);
    expect(found.sort()).toEqual([
      ["1", "histogram"],
      ["101", "samples"],
      ["102", "samples"],
    ]);
  });
});
