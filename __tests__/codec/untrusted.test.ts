import { describe, expect, it } from "vitest";
import { Allowance, type Limits } from "../../src/codec/allowance.ts";
import { encodeRecording } from "../../src/codec/recording.ts";
import { decodeUntrusted } from "../../src/codec/untrusted.ts";
import { aRecording } from "../synthetic.ts";

const PLENTY: Limits = {
  characters: 1e9,
  values: 1e9,
  parts: 1e9,
  measurements: 1e9,
  percentiles: 1e9,
  exits: 1e9,
  said: 1e9,
  subjects: 1e9,
  inflated: 1e9,
};
const text = encodeRecording(aRecording({ seed: 1, rounds: 3, samples: 4, benchmarks: { a: 0.1, 'b"\\,[{': 0.2 } }));
const read = (json: string, each: Partial<Limits> = {}, all: Partial<Limits> = {}) =>
  decodeUntrusted(json, new Allowance({ ...PLENTY, ...each }, { ...PLENTY, ...all }));

describe("a recording that somebody else wrote", () => {
  it("is read as any other while it is within its bounds, whatever stands in its names", () => {
    expect(encodeRecording(read(text))).toBe(text);
    expect(encodeRecording(read(`\uFEFF${text}`))).toBe(text);
  });

  // Six measurements of two benchmarks, four samples each.
  it.each<[keyof Limits, number]>([
    ["characters", text.length],
    ["measurements", 6],
    ["subjects", 2],
  ])("is refused with the name of what it has too much of: %s", (kind, held) => {
    expect(() => read(text, { [kind]: held })).not.toThrow();
    expect(() => read(text, { [kind]: held - 1 })).toThrow(/^it holds more than .*Measure fewer/);
    expect(() => read(text, {}, { [kind]: held - 1 })).toThrow(/^it and those before it hold more than/);
  });

  it("is counted by what it measured in all, in whatever order its rounds have it", () => {
    const round = (...names: readonly string[]) => ({
      measurements: names.map((benchmark) => ({ benchmark, metric: "latency", unit: "s", value: 1 })),
    });
    const rounds = [round("a", "b"), round("b", "a"), round("b", "c"), round("b"), round("d", "c")];
    const json = JSON.stringify({ schema: "benchgate.recording/1", rounds });
    expect(() => read(json, { subjects: 4 })).not.toThrow();
    expect(() => read(json, { subjects: 3 })).toThrow(/more than 3 metrics/);
  });

  it("is refused where a round holds a benchmark twice, though it is as long as the one before", () => {
    const round = (...names: readonly string[]) => ({
      measurements: names.map((benchmark) => ({ benchmark, metric: "latency", unit: "s", value: 1 })),
    });
    const json = (rounds: readonly object[]) => JSON.stringify({ schema: "benchgate.recording/1", rounds });
    expect(() => read(json([round("a", "b"), round("a", "a")]))).toThrow(/same suite, benchmark and metric as/);
    expect(() => read(json([round("a", "a"), round("a", "a")]))).toThrow(/same suite, benchmark and metric as/);
    expect(() => read(json([round("a", "b"), round("a", "b", "a")]))).toThrow(/same suite, benchmark and metric as/);
    expect(() => read(json([round("a", "b"), round("b", "a")]))).not.toThrow();
  });

  it("is refused with the name of what it has too much of: percentiles, exit codes, texts of failures", () => {
    const round = {
      measurements: [
        { benchmark: "a", metric: "latency", unit: "s", quantiles: { 0: 1, 0.5: 2, 0.99: 3 } },
        { benchmark: "b", metric: "latency", unit: "s", quantiles: { 0.5: 2 } },
      ],
      exits: [{ exitCode: 99 }, { suite: "s", exitCode: 1 }],
      failures: [{ benchmark: "c", reason: "why", output: "line" }],
    };
    const json = JSON.stringify({ schema: "benchgate.recording/1", rounds: [round] });
    for (const [kind, held] of [
      ["percentiles", 4],
      ["exits", 2],
      ["said", 7],
    ] as const) {
      expect(() => read(json, { [kind]: held })).not.toThrow();
      expect(() => read(json, { [kind]: held - 1 })).toThrow(
        /^it holds more than \S+ (?:percentiles|exit codes|Mi characters of failures)/,
      );
    }
  });

  it.each<[keyof Limits]>([["values"], ["parts"]])(
    "is refused before it is parsed where it has too many %s",
    (kind) => {
      expect(() => read(`${text}not JSON`, { [kind]: 10 })).toThrow(/it holds more than 10/);
    },
  );

  it("counts what was refused against the whole as well: it took its time", () => {
    const allowance = new Allowance({ ...PLENTY, subjects: 1 }, { ...PLENTY, characters: 2 * text.length });
    expect(() => decodeUntrusted(text, allowance)).toThrow(/more than 1 metrics/);
    expect(() => decodeUntrusted(text, allowance)).toThrow(/more than 1 metrics/);
    expect(() => decodeUntrusted(text, allowance)).toThrow(/those before it/);
  });

  it.each([
    ["lists in lists", `${"[".repeat(33)}${"]".repeat(33)}`, /nested more than 32 deep/],
    [
      "a name that is too long",
      text.replaceAll('"a"', `"${"x".repeat(1001)}"`),
      /a name of more than 1,000 characters/,
    ],
    ["a text that never ends", `{"a":"${"x".repeat(600_000)}`, /a text of more than 512 Ki characters/],
    ["a text of escapes", `{"a":"${'\\"'.repeat(300_000)}"}`, /a text of more than 512 Ki characters/],
    [
      "facts without end",
      text.replace('"environment":{', `"environment":{${Array.from({ length: 201 }, (_, i) => `"f${i}":1,`).join("")}`),
      /more than 200 facts/,
    ],
  ])("is refused for %s", (_, json, reason) => {
    expect(() => read(json)).toThrow(reason);
  });
});
