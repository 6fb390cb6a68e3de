import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adaptersDoc, FILE } from "../../scripts/adapters-doc.ts";
import { corpusIndex, expectedTools, readCorpusFile } from "../../scripts/corpus.ts";
import { FIXTURES, fixtureFolder, originOf } from "../../scripts/fixture-origin.ts";
import { UNREAD } from "../../scripts/fixtures/tool.ts";
import { type Fault, fuzz } from "../../scripts/fuzz.ts";
import type { ParsedRound } from "../../src/adapters/adapter.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { parseText } from "../../src/adapters/parse.ts";
import { outputOf } from "../../src/adapters/reading/output.ts";
import { selectAdapter } from "../../src/adapters/select.ts";
import { DIMENSIONS } from "../../src/model/dimension.ts";
import { GateError } from "../../src/model/error.ts";
import { knownMetric } from "../../src/model/metric.ts";
import { recognisedBy } from "./outputs.ts";

/** Formats that do not tell which of two tools is meant. */
const TWINS: Readonly<Record<string, readonly string[]>> = {
  customSmallerIsBetter: ["customSmallerIsBetter", "customBiggerIsBetter"],
  customBiggerIsBetter: ["customSmallerIsBetter", "customBiggerIsBetter"],
};

interface Sample {
  readonly tool: string;
  readonly file: string;
  readonly text: string;
}

/** The files of a folder; what lies deeper is a folder that a tool left, and is tested with its adapter. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name !== "README.md").map(({ name }) => name);
}

const fixtures: Sample[] = ADAPTERS.flatMap(({ name }) => {
  const folder = fixtureFolder(name);
  const text = (file: string) => readFileSync(join(FIXTURES, folder, file), "utf8");
  return filesIn(join(FIXTURES, folder)).map((file) => ({ tool: name, file: `${folder}/${file}`, text: text(file) }));
});
const results = fixtures.filter(({ file }) => !UNREAD.test(file));

function adapterOf(tool: string) {
  return ADAPTERS.find(({ name }) => name === tool)!;
}

/** What `parse` gives, or the `GateError` it refuses with; anything else that is thrown fails the test. */
function outcomeOf(tool: string, text: string, output = outputOf(text)): readonly ParsedRound[] | GateError {
  try {
    return parseText(adapterOf(tool), output);
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
}

/** Every rule that holds for whatever an adapter gives. */
function expectSound(rounds: readonly ParsedRound[]): void {
  expect(rounds.length).toBeGreaterThan(0);
  for (const { measurements, failures } of rounds) {
    expect(measurements.length + failures.length).toBeGreaterThan(0);
    for (const { reason } of failures) expect(reason).not.toBe("");
    const keys = measurements.map(({ benchmark, metric }) => `${benchmark}\n${metric}`);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { benchmark, metric, unit, better, distribution } of measurements) {
      expect(benchmark).not.toBe("");
      expect(benchmark).not.toMatch(/^(?:\/(?:home|Users|root|tmp)\/|[A-Z]:\\)/);
      const known = knownMetric(metric);
      if (known !== null) {
        expect(better, metric).toBe(known.better);
        expect(known.dimensions.map((dimension) => DIMENSIONS[dimension].unit)).toContain(unit);
      }
      expect(valuesOf(distribution).filter((value) => !Number.isFinite(value))).toEqual([]);
      if (distribution.kind === "samples") expect(distribution.samples.length).toBeGreaterThan(0);
      if (distribution.kind === "quantiles") expect(distribution.count).toBeGreaterThanOrEqual(0);
    }
  }
}

function valuesOf(distribution: ParsedRound["measurements"][number]["distribution"]): number[] {
  if (distribution.kind === "samples") return [...distribution.samples];
  if (distribution.kind === "quantiles") return Object.values(distribution.quantiles);
  return distribution.kind === "histogram" ? [...distribution.values, ...distribution.counts] : [distribution.value];
}

describe("the table of adapters", () => {
  it("gives every tool a name of its own", () => {
    expect(new Set(ADAPTERS.map(({ name }) => name)).size).toBe(ADAPTERS.length);
  });

  it.each(ADAPTERS.map(({ name }) => ({ name, kind: originOf(name).kind })))(
    "has outputs of $name: $kind",
    ({ name }) => {
      expect(results.filter(({ tool }) => tool === name).length).toBeGreaterThan(0);
    },
  );
});

describe("docs/adapters.md", () => {
  it("says what the table of adapters says", () => {
    expect(readFileSync(FILE, "utf8")).toBe(adaptersDoc(ADAPTERS));
  });
});

describe("every fixture", () => {
  it.each(results)("$file parses", ({ tool, text }) => {
    expectSound(adapterOf(tool).parse(outputOf(text)));
  });

  it.each(results)("$file is recognised by its tool alone", ({ tool, text }) => {
    expect(recognisedBy(text)).toEqual(TWINS[tool] ?? [tool]);
  });

  it.each(results)("$file reads the same behind a byte order mark and with CRLF", ({ tool, text }) => {
    const same = outputOf(`\uFEFF${text.replace(/\r?\n/g, "\r\n")}`);
    expect(adapterOf(tool).parse(same)).toEqual(adapterOf(tool).parse(outputOf(text)));
    if (TWINS[tool] === undefined) expect(selectAdapter("auto", same).name).toBe(tool);
  });

  it.each(fixtures.filter(({ file }) => UNREAD.test(file)))("$file is refused as a by-product", ({ tool, text }) => {
    expect(outcomeOf(tool, text)).toBeInstanceOf(GateError);
  });

  it("is either read or refused by every other adapter, never a crash", () => {
    for (const { tool, text } of results) {
      const output = outputOf(text);
      for (const { name } of ADAPTERS.filter((other) => other.name !== tool)) {
        const outcome = outcomeOf(name, text, output);
        if (!(outcome instanceof GateError)) expectSound(outcome);
      }
    }
  });
});

describe("hostile text", () => {
  const HOSTILE: readonly (readonly [string, string])[] = [
    ["nothing", ""],
    ["spaces", " \r\n\t"],
    ["a byte order mark alone", "\uFEFF"],
    ["null", "null"],
    ["a number", "1e400"],
    ["an empty object", "{}"],
    ["an empty list", "[]"],
    ["NaN", '[NaN, -Infinity, {"a": Infinity}]'],
    ["deep lists", "[".repeat(100_000)],
    ["deep objects", '{"a":'.repeat(100_000)],
    ["NUL", "\0\0\0"],
    ["a lone surrogate", '{"name":"\ud800"}'],
    ["polluting keys", '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
    ["polluting tasks", '[{"name":"__proto__","result":{"__proto__":{"mean":1},"latency":{"mean":1}}}]'],
    ["a long line", "x".repeat(1_000_000)],
    ["many digits", `Benchmark ${"1".repeat(100_000)}`],
    ["many tabs", `BenchmarkA${"\t".repeat(100_000)}`],
    ["many numbers", `Benchmark ${"1 1 a ".repeat(20_000)}`],
  ];

  it.each(HOSTILE)("%s gives no measurement and is recognised by no adapter", (_, text) => {
    const output = outputOf(text);
    for (const { name, recognises } of ADAPTERS) {
      const outcome = outcomeOf(name, text, output);
      const measured = outcome instanceof GateError ? [] : outcome.flatMap(({ measurements }) => measurements);
      expect(measured, name).toEqual([]);
      expect(recognises(output), name).toBe(false);
    }
    expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
  });

  it("cut anywhere is read or refused, with nothing in between", () => {
    const sample = fc.constantFrom(...results);
    fc.assert(
      fc.property(sample, fc.double({ min: 0, max: 1, noNaN: true }), ({ tool, text }, share) => {
        const outcome = outcomeOf(tool, text.slice(0, Math.floor(text.length * share)));
        if (!(outcome instanceof GateError)) expectSound(outcome);
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it("with any value in any place is read or refused, and pollutes no prototype", () => {
    const json = results.filter(({ text }) => /^\s*[[{]/.test(text) && isJson(text));
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        null,
        -1,
        1e308,
        0,
        "",
        "NaN",
        [],
        {},
        [null],
        { length: -1 },
        JSON.parse('{"__proto__":{"polluted":1}}'),
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(...json), fc.nat(), value, ({ tool, text }, place, replacement) => {
        const changed = JSON.stringify(replaceAt(JSON.parse(text), place, replacement));
        const outcome = outcomeOf(tool, changed);
        if (!(outcome instanceof GateError)) expectSound(outcome);
        const output = outputOf(changed);
        for (const { recognises } of ADAPTERS) expect(typeof recognises(output)).toBe("boolean");
        expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The same value with its `place`-th leaf or branch (counted round and round) replaced. */
function replaceAt(root: unknown, place: number, replacement: unknown): unknown {
  const places: [Record<string, unknown>, string][] = [];
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      places.push([value as Record<string, unknown>, key]);
      walk((value as Record<string, unknown>)[key]);
    }
  };
  walk(root);
  const [owner, key] = places[place % places.length]!;
  owner[key] = replacement;
  return root;
}

describe.skipIf(corpusIndex().length === 0)("the corpus of real outputs (BENCHGATE_CORPUS)", () => {
  it("is read whole, or refused at a place, and no file is taken for another tool's", {
    timeout: 120_000,
  }, async () => {
    const wrong: string[] = [];
    for (const { file, index } of corpusIndex()) {
      const { tool, measurements, failures, refused } = await readCorpusFile(file, index);
      if (tool !== null && !expectedTools(index).includes(tool)) wrong.push(`${file}: ${tool}`);
      if (refused === null) expect(measurements + failures, file).toBeGreaterThan(0);
      else {
        expect(refused.position.line ?? refused.position.path, `${file}: ${refused.message}`).toBeDefined();
        expect(refused.message).not.toContain("\n");
        expect(refused.remedy).not.toBe("");
      }
    }
    expect(wrong).toEqual([]);
  });

  it("changed in any of a dozen ways is read or refused at a place", { timeout: 120_000 }, () => {
    const faults: Fault[] = [];
    const { read, refused } = fuzz(1000, 7, (fault) => faults.push(fault));
    expect(faults).toEqual([]);
    expect(read).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(100);
  });
});
