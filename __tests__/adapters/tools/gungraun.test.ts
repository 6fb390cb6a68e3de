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

/** The counts of every summary of schema 7 on a line of its own, read without the adapter. */
function bySummary(text: string): Record<string, number> {
  const summaries = text
    .split("\n")
    .filter((line) => line.startsWith('{"baselines"'))
    .map((line) => JSON.parse(line));
  return Object.fromEntries(
    summaries.flatMap(({ module_path, id, profiles }) =>
      profiles.flatMap(
        ({ tool, data }: { tool: string; data: { total: { metrics: Record<string, { values: { new: number } }> } } }) =>
          Object.entries(data.total.metrics).map(([key, { values }]) => [
            `${module_path}${id === undefined ? "" : ` ${id}`} ${metricOf(labelOfKey(key)!, tool.toLowerCase())}`,
            key.endsWith("Rate") ? values.new / 100 : values.new,
          ]),
      ),
    ),
  );
}

const KEYS = ["speed::texts::parse short", "speed::texts::parse long", "speed::texts::plain"];

describe("Gungraun's summaries", () => {
  it.each(["summaries.ndjson.txt", "change.ndjson.txt", "tools.ndjson.txt"])(
    "give the counts of this run, exactly: %s",
    (file) => {
      const text = fixture(`gungraun/${file}`);
      const expected = bySummary(text);
      expect(valuesOf(gungraun, text)).toEqual(expected);
      for (const key of KEYS) expect(expected).toHaveProperty([`${key} instructions`]);
      for (const { distribution } of onlyRound(gungraun, text).measurements)
        expect(distribution).toMatchObject({ exact: true });
    },
  );

  it("say the same on many lines, and on the console", () => {
    const pretty = valuesOf(gungraun, fixture("gungraun/pretty.json.txt"));
    expect(Object.keys(pretty)).toEqual(Object.keys(valuesOf(gungraun, fixture("gungraun/summaries.ndjson.txt"))));
    const console = valuesOf(gungraun, fixture("gungraun/console.txt"));
    expect(Object.keys(console).length).toBeGreaterThan(15);
    for (const name of Object.keys(console)) expect(pretty).toHaveProperty([name]);
  });

  it("of schema 6 give the counts of this run, on one line or on many", () => {
    expect(valuesOf(gungraun, fixture("gungraun/v6-summaries.ndjson.txt"))).toEqual({
      "speed::texts::parse short instructions": 1734,
      "speed::texts::parse short l1-hit-rate": 0.995,
      "speed::texts::parse instructions": 26214734,
      "speed::texts::parse total-bytes": 29499,
      "speed::texts::parse maximum-bytes": 378,
      "speed::texts::parse memcheck-errors": 0,
    });
    const kinds = onlyRound(gungraun, fixture("gungraun/v6-summaries.ndjson.txt")).measurements.map(
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

  it("say nothing of what only an earlier run has counted", () => {
    const text = fixture("gungraun/change.ndjson.txt");
    const gone = text.replaceAll(/("Ir":\{"change":\{[^}]*\},"values":\{)"new":\d+,/g, "$1");
    expect(gone).not.toBe(text);
    expect(Object.keys(valuesOf(gungraun, gone)).filter((name) => name.endsWith(" instructions"))).toEqual([]);
  });

  it("are refused where one is cut short, of another schema, or holds a metric that is not known", () => {
    const text = fixture("gungraun/v6-summaries.ndjson.txt");
    expect(() => gungraun.parse(outputOf(text.replace(/^\{\n/m, "{\nwarning\n")))).toThrow(
      /^9: A summary that is mixed with other output/,
    );
    expect(() => gungraun.parse(outputOf(text.replace(/\n\}\n$/, "\n")))).toThrow(
      /^7: The summary that begins here is cut short/,
    );
    expect(() => gungraun.parse(outputOf(text.slice(0, text.indexOf('"version":"6"'))))).toThrow(
      /^5:\d+: The JSON ends in the middle/,
    );
    expect(() => gungraun.parse(outputOf(text.replace('"version":"6"', '"version":"5"')))).toThrow(
      "5: version: The summary is of schema 5. Only schemas 6 and 7 are read",
    );
    expect(() => gungraun.parse(outputOf(text.replace('"Ir":', '"Iq":')))).toThrow(
      '5: profiles[0].summaries.total.summary.Callgrind.Iq: Expected a metric of schema 6, found the text "Iq"',
    );
    const newer = fixture("gungraun/summaries.ndjson.txt").replaceAll('"Ir":', '"Iq":');
    expect(() => gungraun.parse(outputOf(newer))).toThrow(
      'profiles[0].data.total.metrics.Iq: Expected a metric of schema 7, found the text "Iq"',
    );
  });
});

describe("Gungraun's console", () => {
  it.each(["console.txt", "change.txt", "tools.txt"])("gives the counts of this run, by path and id: %s", (file) => {
    const values = valuesOf(gungraun, fixture(`gungraun/${file}`));
    expect(values).toEqual(byLines(fixture(`gungraun/${file}`)));
    for (const key of KEYS) expect(values).toHaveProperty([`${key} instructions`]);
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
    ["a::b c\ntick   Instructions:   1|N/A   (*)\n", /^2: Not what Gungraun prints: a metric that is mixed/],
    [
      "a::b c\n  Instructions:   1|N/A   (*)\ntick a::b d\n  L1 Hits:   1|N/A   (*)\n",
      /^4: Not what Gungraun prints: a metric that belongs to no benchmark/,
    ],
    ["a::b c\n", /^It holds no benchmarks/],
    ["a::b c\n  Instructions:    |7   (*)\n", /^It holds no benchmarks/],
  ])("is refused as %j", (text, message) => {
    expect(() => gungraun.parse(outputOf(text))).toThrow(message);
  });
});

describe("Iai", () => {
  it("gives the counts, exactly", () => {
    const metrics = ["instructions", "l1-hits", "ll-hits", "ram-hits", "estimated-cycles"];
    for (const file of ["first.txt", "change.txt"]) {
      const numbers = [...fixture(`iai/${file}`).matchAll(/^ {2}[A-Z].*?: +(\d+)/gm)].map(([, count]) => Number(count));
      const names = ["parse_short", "parse_long"].flatMap((name) => metrics.map((metric) => `${name} ${metric}`));
      expect(numbers).toHaveLength(names.length);
      expect(valuesOf(iai, fixture(`iai/${file}`))).toEqual(
        Object.fromEntries(names.map((name, i) => [name, numbers[i]])),
      );
    }
  });

  it.each([
    ["a\n  L1 Accesses:  12x\n", /^2: Not a count that Iai prints/],
    ["\n  L1 Accesses:  12\n", /^2: Not a count that Iai prints/],
    ["a\ntick   Instructions:  12\n", /^2: Not a count that Iai prints: tick/],
    ["a\n  Instructions:  12\ntick   L1 Accesses:  13\n", /^3: Not a count that Iai prints: tick/],
    ["a\n  Instructions:  12\nwarning\n  L1 Accesses:  13\n", /^4: Not a count that Iai prints/],
    ["tick a\n  Instructions:  12\n", /^2: Not a count that Iai prints/],
    ['{"level":"info"}\n  Instructions:  12\n', /^2: Not a count that Iai prints/],
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
