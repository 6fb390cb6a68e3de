import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { gungraun } from "../../../src/adapters/tools/gungraun/gungraun.ts";
import { labelOfKey } from "../../../src/adapters/tools/gungraun/metrics.ts";
import { iai } from "../../../src/adapters/tools/iai.ts";
import { corpusFile, corpusFolder, fixture, hasCorpus, onlyRound } from "../outputs.ts";

/** `benchmark metric` → value. */
function valuesOf(adapter: typeof gungraun, text: string): Record<string, number> {
  return Object.fromEntries(
    onlyRound(adapter, text).measurements.map(({ benchmark, metric, distribution }) => [
      `${benchmark} ${metric}`,
      (distribution as { value: number }).value,
    ]),
  );
}

function metricOf(label: string, tool: string): string {
  const own = label.replace("L2 Hits", "LL Hits").toLowerCase().replaceAll(" ", "-");
  return tool === "callgrind" || tool === "dhat" ? own : `${tool}-${own}`;
}

/** The same from the console, read line by line with `split` alone. */
function byLines(text: string): Record<string, number> {
  const found: Record<string, number> = {};
  let [benchmark, tool] = ["", "callgrind"];
  for (const line of text.split("\n")) {
    if (/^\w+::/.test(line))
      [benchmark, tool] = [
        line
          .split(":")
          .slice(0, line.includes(" ") ? undefined : 9)
          .join(":"),
        "callgrind",
      ];
    if (line.includes("=======")) tool = line.replace(/[ =|]/g, "").toLowerCase();
    const [left, right] = line.split("|");
    if (right === undefined || !line.startsWith("  ")) continue;
    const [label, count] = left!.split(":");
    const [path, id] = benchmark.split(" ");
    const name = id === undefined ? path! : `${path} ${id.split(":")[0]}`;
    found[`${name} ${metricOf(label!.trim(), tool)}`] = label!.endsWith("Rate") ? Number(count) / 100 : Number(count);
  }
  return found;
}

/** The same from every summary on a line of its own. */
function byJson(text: string): Record<string, number> {
  const summaries = text
    .split("\n")
    .filter((line) => /^\{ ?"baselines"/.test(line))
    .map((line) => JSON.parse(line));
  return Object.fromEntries(
    summaries.flatMap(({ module_path, id, profiles }) =>
      profiles.flatMap(({ summaries: { total } }: { summaries: { total: { summary: Record<string, object> } } }) =>
        Object.values(total.summary).flatMap((metrics) =>
          Object.entries(metrics).map(([key, { metrics: sides }]) => {
            const { Int, Float } = sides.Both?.[0] ?? sides.Left;
            return [
              `${module_path}${id === null ? "" : ` ${id}`} ${metricOf(labelOfKey(key)!, "callgrind")}`,
              Int ?? (key.endsWith("Rate") ? Float / 100 : Float),
            ];
          }),
        ),
      ),
    ),
  );
}

describe("Gungraun's summaries", () => {
  it("give the counts of this run, exactly, on one line or on many", () => {
    expect(valuesOf(gungraun, fixture("gungraun/summaries.ndjson.txt"))).toEqual({
      "speed::texts::parse short instructions": 1734,
      "speed::texts::parse short l1-hit-rate": 0.995,
      "speed::texts::parse instructions": 26214734,
      "speed::texts::parse total-bytes": 29499,
      "speed::texts::parse maximum-bytes": 378,
      "speed::texts::parse memcheck-errors": 0,
    });
    const kinds = onlyRound(gungraun, fixture("gungraun/summaries.ndjson.txt")).measurements.map(
      ({ unit, better, distribution }) => [unit, better, "exact" in distribution && distribution.exact],
    );
    expect(kinds).toEqual([
      ["1", "lower", true],
      ["1", "higher", true],
      ["1", "lower", true],
      ["B", "lower", true],
      ["B", "lower", true],
      ["1", "lower", true],
    ]);
  });

  it("are refused where one is cut short, of another schema, or holds a metric that is not known", () => {
    const text = fixture("gungraun/summaries.ndjson.txt");
    expect(() => gungraun.parse(outputOf(text.replace(/\n\}\n$/, "\n")))).toThrow(
      /^7: The summary that begins here is cut short/,
    );
    expect(() => gungraun.parse(outputOf(text.slice(0, text.indexOf('"version":"6"'))))).toThrow(
      /^5:\d+: Not valid JSON/,
    );
    expect(() => gungraun.parse(outputOf(text.replace('"version":"6"', '"version":"5"')))).toThrow(
      "5: version: The summary is of schema 5",
    );
    expect(() => gungraun.parse(outputOf(text.replace('"Ir":', '"Iq":')))).toThrow(
      '5: profiles[0].summaries.total.summary.Callgrind.Iq: Expected a metric of schema 6, found the text "Iq"',
    );
  });
});

describe("Gungraun's console", () => {
  it("gives the counts of this run, by path and id", () => {
    expect(valuesOf(gungraun, fixture("gungraun/console.txt"))).toEqual({
      "speed::texts::parse short instructions": 1734,
      "speed::texts::parse short l1-hits": 2359,
      "speed::texts::parse short ll-hits": 0,
      "speed::texts::parse short ram-hits": 3,
      "speed::texts::parse short total-read+write": 2362,
      "speed::texts::parse short estimated-cycles": 2464,
      "speed::texts::parse long instructions": 26214734,
      "speed::texts::parse long l1-hit-rate": 0.9999992,
      "speed::texts::parse long total-bytes": 29499,
      "speed::texts::parse long at-t-gmax-bytes": 378,
    });
  });

  it("gives the total of several threads, and names Cachegrind's counts apart", () => {
    expect(valuesOf(gungraun, fixture("gungraun/threads.txt"))).toEqual({
      "speed::threads::count two instructions": 140,
      "speed::threads::count two cachegrind-instructions": 141,
    });
  });

  it.each([
    ["a::b c\n  Wishes:   1|N/A   (*)\n", /^2: Not what Gungraun prints: a metric that is not known: Wishes/],
    ["  Instructions:   1|N/A   (*)\n", /^1: Not what Gungraun prints: a metric that belongs to no benchmark/],
    ["a::b c\n", /^It holds no benchmarks/],
    ["a::b c\n  Instructions:    |7   (*)\n", /^It holds no benchmarks/],
  ])("is refused as %j", (text, message) => {
    expect(() => gungraun.parse(outputOf(text))).toThrow(message);
  });
});

describe("Iai", () => {
  it("gives the counts, exactly", () => {
    expect(valuesOf(iai, fixture("iai/change.txt"))).toEqual({
      "parse_short instructions": 1735,
      "parse_short l1-hits": 2364,
      "parse_short ll-hits": 1,
      "parse_short ram-hits": 1,
      "parse_short estimated-cycles": 2404,
      "parse_long instructions": 26214735,
      "parse_long l1-hits": 35638619,
      "parse_long ll-hits": 2,
      "parse_long ram-hits": 3,
      "parse_long estimated-cycles": 35638734,
    });
  });

  it.each([
    ["a\n  L1 Accesses:  12x\n", /^2: Not a count that Iai prints/],
    ["\n  L1 Accesses:  12\n", /^2: Not a count that Iai prints/],
    ["running 0 tests\n", /^It holds no benchmarks/],
  ])("is refused as %j", (text, message) => {
    expect(() => iai.parse(outputOf(text))).toThrow(message);
  });
});

describe.skipIf(!hasCorpus)("the corpus", () => {
  const refused: Readonly<Record<string, RegExp>> = {
    "gungraun/bencher-json_not_v6.ndjson.txt": /^6: version: The summary is of schema 5/,
    "gungraun/bencher-json_truncated_pretty_then_ndjson.ndjson.txt": /^3: The summary that begins here is cut short/,
    "gungraun/bencher-name_on_multiple_lines.txt":
      /Two benchmarks are called "rust_iai_callgrind::bench::multiple_lines id"/,
  };

  it.each(corpusFolder("gungraun").filter((file) => !Object.hasOwn(refused, file)))(
    "%s gives what it prints",
    (file) => {
      const text = corpusFile(file);
      const expected = file.includes("ndjson") ? byJson(text) : byLines(text);
      expect(Object.keys(expected).length).toBeGreaterThan(1);
      expect(valuesOf(gungraun, text)).toEqual(expected);
    },
  );

  it.each(Object.entries(refused))("%s is refused", (file, message) => {
    expect(() => gungraun.parse(outputOf(corpusFile(file)))).toThrow(message);
  });

  it("has counts of Iai", () => {
    const numbers = [...corpusFile("iai/bencher-change.txt").matchAll(/: +(\d+) \(/g)].map(([, count]) =>
      Number(count),
    );
    expect(numbers).toHaveLength(10);
    expect(Object.values(valuesOf(iai, corpusFile("iai/bencher-change.txt")))).toEqual(numbers);
  });
});
