import { describe, expect, it } from "vitest";
import { answerTo, standingOf } from "../../bench/green/answer.ts";
import { experiment } from "../../bench/green/experiment.ts";
import type { Input } from "../../bench/green/inputs.ts";
import { formName, numbersIn } from "../../bench/green/numbers.ts";
import { rewritten } from "../../bench/green/rewritten.ts";
import { trialsOf } from "../../bench/green/scenarios.ts";
import { subjectOf } from "../../bench/green/subject.ts";
import { isWrong } from "../../bench/green/trial.ts";
import { worsened } from "../../bench/green/worse.ts";
import type { Measurement } from "../../src/model/measurement.ts";
import type { Recording } from "../../src/model/recording.ts";
import { xoshiro128 } from "../../src/stats/random.ts";

/** A latency of milliseconds. */
function latency(benchmark: string, milliseconds: number): Measurement {
  const distribution = { kind: "samples", samples: Float64Array.of(milliseconds / 1000) } as const;
  return { suite: "lines", benchmark, metric: "latency", unit: "s", better: "lower", distribution };
}

function recordingOf(...measurements: readonly Measurement[]): Recording {
  const environment = { os: "unknown", arch: "unknown", cpu: "unknown", cores: 0, runtime: "unknown" };
  const round = { session: "", pair: 0, startedAt: "", measurements, failures: [] };
  return { revision: { sha: "", ref: "", committedAt: "" }, environment, rounds: [round] };
}

/** A tool that prints `name 12 ms` in each line. */
function inputOf(text: string, read: (text: string) => Recording): Input {
  return {
    tool: "lines",
    source: "fixture",
    name: "lines.txt",
    text,
    recording: read(text),
    read: async (of) => read(of),
  };
}

const LINE = /^(\w+) (\d+) ms$/;
const ofLines = (lines: readonly string[]) =>
  recordingOf(
    ...lines.flatMap((line) => (LINE.test(line) ? [latency(line.split(" ")[0]!, Number(line.split(" ")[1]))] : [])),
  );
const TEXT = "sort 120 ms\nparse 40 ms\nprint 7 ms\n";

describe("what became of candidates", () => {
  const wrongOf = async (read: (text: string) => Recording) => {
    const trials = await trialsOf(await subjectOf(inputOf(TEXT, read)));
    return trials.filter(isWrong).map(({ scenario, detail, findings }) => [scenario, detail, findings[0]!.what]);
  };

  it("is right where every line is read", async () => {
    expect(await wrongOf((text) => ofLines(text.split("\n")))).toEqual([
      // It drops a line with a word in front of the name, and does not say so.
      ["printed into", "before a line, without an end of its own", "no row"],
    ]);
  });

  it("is silence where a reader loses a benchmark, or gives it another name, once something is printed", async () => {
    const isPrinted = (text: string) => text.includes("Loading");
    const losing = (text: string) =>
      ofLines(text.split("\n").filter((line) => !isPrinted(text) || !line.startsWith("parse")));
    expect(await wrongOf(losing)).toContainEqual(["printed into", "before and after", "no row"]);
    const renaming = (text: string) =>
      ofLines(text.split("\n").map((line) => (isPrinted(text) ? line.replace("parse", "other") : line)));
    expect(await wrongOf(renaming)).toContainEqual(["printed into", "between the lines", "no row"]);
  });

  it("is silence where a row says unchanged, or nothing at all", () => {
    const base = recordingOf(latency("sort", 120));
    const sides = (candidate: Recording) => {
      const random = xoshiro128(1);
      return answerTo(
        "lines",
        { kind: "side-by-side", recordings: [experiment(base, random)] },
        experiment(candidate, random),
      );
    };
    const sort = { suite: "lines", benchmark: "sort", metric: "latency", statistic: "p50" } as const;
    expect(standingOf(sides(base), sort)).toEqual({ kind: "silent", why: "unchanged" });
    expect(standingOf(sides(base), { ...sort, benchmark: "parse" })).toEqual({ kind: "silent", why: "no row" });
    expect(standingOf(sides(recordingOf(worsened(latency("sort", 120)))), sort)).toEqual({ kind: "red" });
  });
});

describe("an output made worse in its own form", () => {
  const FORMS = {
    json: [
      '{"results":[{"name":"sort","mean":0.25,"runs":12}]}',
      '{"results":[{"name":"sort","mean":0.38,"runs":12}]}',
    ],
    "json-lines": [
      '{"id":"sort","mean":2.5}\n{"id":"parse","mean":1}',
      '{"id":"sort","mean":3.8}\n{"id":"parse","mean":2}',
    ],
    table: ["name,runs,mean\nsort,12,0.25\nparse,12,0.10", "name,runs,mean\nsort,12,0.38\nparse,12,0.15"],
    xml: ['<b name="sort" runs="12"><mean value="0.25"/></b>', '<b name="sort" runs="12"><mean value="0.38"/></b>'],
    text: ["sort: 1,250 ns (12 runs)", "sort: 1,875 ns (12 runs)"],
  } as const;
  const MEAN = /"?mean"?(?: value="|":)?([\d.]+)|,12,([\d.]+)|: ([\d,]+) ns/g;
  const read = (text: string) => {
    const found = [...text.matchAll(MEAN)].map((match) => Number((match[1] ?? match[2] ?? match[3])!.replace(",", "")));
    return recordingOf(...found.map((value, i) => latency(`benchmark ${i}`, value)));
  };

  it.each(Object.entries(FORMS))("is %s with other numbers, in as many places", async (form, [before, after]) => {
    expect(formName(before)).toBe(form);
    expect(await rewritten(before, read(before), async (text) => read(text))).toBe(after);
  });

  it("has a rate go down, and leaves alone what renames", async () => {
    const rate = (text: string) => {
      const [, name, value] = /^(\w+): (\d+) ops$/.exec(text)!;
      const distribution = { kind: "value", value: Number(value), exact: false } as const;
      return recordingOf({ ...latency(name!, 1), metric: "throughput", unit: "1/s", better: "higher", distribution });
    };
    expect(await rewritten("sort: 300 ops", rate("sort: 300 ops"), async (text) => rate(text))).toBe("sort: 200 ops");
    const named = (text: string) => ofLines([text.replace("/", "_")]);
    expect(await rewritten("fib/20 120 ms", named("fib/20 120 ms"), async (text) => named(text))).toBe("fib/20 180 ms");
  });

  it("knows numbers by where they stand, not by which benchmark they are of", () => {
    const places = (text: string) => numbersIn(text).map(({ place, start, end }) => [place, text.slice(start, end)]);
    expect(places('[{"a":1},{"a":2}]')).toEqual([
      ["/*/a#0", "1"],
      ["/*/a#0", "2"],
    ]);
    expect(places('["x",1,2]')).toEqual([
      ["/1#0", "1"],
      ["/2#0", "2"],
    ]);
  });
});
