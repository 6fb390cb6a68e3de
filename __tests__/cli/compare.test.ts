import { describe, expect, it } from "vitest";
import { encodeRecording } from "../../src/codec/recording.ts";
import { aRecording } from "../synthetic.ts";
import { aPlace, benchgate } from "./command-line.ts";

interface Result {
  readonly schema: string;
  readonly outcome: string;
  readonly verdicts: readonly {
    readonly statistic: string;
    readonly verdict: string;
    readonly paired: boolean;
    readonly rounds: number;
    readonly interval: { readonly lower: number; readonly upper: number } | null;
    readonly warnings: readonly { readonly code: string }[];
  }[];
}

const p50 = (stdout: string) => (JSON.parse(stdout) as Result).verdicts.find(({ statistic }) => statistic === "p50")!;
const base = (rounds = 12) => encodeRecording(aRecording({ seed: 1, rounds, benchmarks: { json: 0.001 } }));
const cand = (rounds = 12) =>
  encodeRecording(aRecording({ seed: 2, rounds, benchmarks: { json: 0.0011 }, sha: "b".repeat(40) }));
const both = (rounds = 12) => aPlace({ "base.json": base(rounds), "cand.json": cand(rounds) });

describe("benchgate compare", () => {
  it("finds +10 % in 12 pairs with 2 % noise: exit code 1, the interval covers 1.10", async () => {
    const { code, stdout, stderr } = await benchgate(["compare", "base.json", "cand.json", "--json", "-"], both());
    expect([code, stderr]).toEqual([1, ""]);
    expect(JSON.parse(stdout)).toMatchObject({ schema: "benchgate.result/1", outcome: "fail" });
    expect(p50(stdout)).toMatchObject({ verdict: "regression", paired: true });
    expect(p50(stdout).interval!.lower).toBeLessThan(1.1);
    expect(p50(stdout).interval!.upper).toBeGreaterThan(1.1);
  });

  it.each(["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])(
    "gives stdout to the document alone as %s too",
    async (out) => {
      const { stdout } = await benchgate(["compare", "base.json", "base.json", "--json", out], both());
      expect(JSON.parse(stdout)).toMatchObject({ schema: "benchgate.result/1" });
    },
  );

  it("calls equal recordings unchanged: exit code 0", async () => {
    const { code, stdout } = await benchgate(["compare", "base.json", "base.json", "--json", "-"], both());
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as Result).verdicts.map(({ verdict }) => verdict)).toEqual(["unchanged", "unchanged"]);
  });

  it("says of two rounds that they are too few", async () => {
    const { code, stdout } = await benchgate(["compare", "base.json", "cand.json", "--json", "-"], both(2));
    expect(code).toBe(0);
    expect(p50(stdout)).toMatchObject({
      verdict: "inconclusive",
      warnings: [{ code: "few-rounds", rounds: 2, needed: 5 }],
    });
    const people = await benchgate(["compare", "base.json", "cand.json"], both(2));
    expect(people.stdout).toContain("Only 2 rounds per side; a verdict needs 5.");
  });

  it.each([
    [
      "cut off",
      '{ "schema": "benchgate.recording/1",\n  "rounds": [ { "pair": 0',
      /^benchgate: bad\.json:2:\d+: .+\. .+\n$/,
    ],
    [
      "of the wrong type",
      '{ "schema": "benchgate.recording/1", "rounds": [\n {"measurements": [ {"benchmark": "a", "metric": "latency", "unit": "s", "better": "lower", "samples": [1, "x"]} ]} ] }',
      /^benchgate: bad\.json:2:\d+: rounds\[0\]\.measurements\[0\]\.samples\[1\]: .+\. .+\n$/,
    ],
    ["from the future", '{ "schema": "benchgate.recording/5", "rounds": [] }', /benchgate\.recording\/5/],
    ["nothing known", "hello", /^benchgate: bad\.json(?::\d+)*: .+\. .+\n$/],
  ])("refuses a file that is %s: exit code 2, one line with file, position and remedy", async (_, text, line) => {
    const place = aPlace({ "base.json": base(), "bad.json": text });
    const { code, stdout, stderr } = await benchgate(["compare", "base.json", "bad.json"], place);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(line);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  });

  it("takes several baselines as history", async () => {
    const runs = Array.from({ length: 6 }, (_, run) => [
      `run${run}.json`,
      encodeRecording(aRecording({ seed: run, session: `${run}`, rounds: 6, benchmarks: { json: 0.001 } })),
    ]);
    const slow = aRecording({ seed: 9, session: "9", rounds: 6, benchmarks: { json: 0.002 } });
    const place = aPlace({ ...Object.fromEntries(runs), "slow.json": encodeRecording(slow) });
    const files = runs.map(([name]) => name!);
    const { code, stdout } = await benchgate(["compare", ...files, "slow.json", "--json", "-"], place);
    expect(code).toBe(1);
    expect(p50(stdout)).toMatchObject({ verdict: "regression", paired: false, rounds: 6 });
  });

  it("writes the comment where it is told, and tells people on the terminal", async () => {
    const place = both();
    const args = ["compare", "base.json", "cand.json", "--threshold", "p50=5%,p99=50%", "--markdown", "comment.md"];
    const { code, stdout } = await benchgate(args, place);
    expect(code).toBe(1);
    expect(stdout).toContain("1 regression");
    expect(place.files.get("comment.md")).toContain("**1 regression");
  });

  it("says that there is no page program before it reads anything", async () => {
    const { code, stderr } = await benchgate(["compare", "a", "b", "--html", "x.html"], { ...aPlace(), noPage: true });
    expect([code, stderr]).toEqual([2, expect.stringContaining("a part of the HTML report is missing")]);
  });
});

describe("benchgate parse", () => {
  const output = JSON.stringify({
    results: [{ command: "sleep", times: [1, 1.1, 1.2], mean: 1.1, exit_codes: [0, 0, 0] }],
  });

  it("turns a tool's output on stdin into a recording on stdout, which compare reads", async () => {
    const place = aPlace();
    const { code, stdout, stderr } = await benchgate(["parse", "--tool", "hyperfine", "-", "-o", "-"], place, output);
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout).rounds).toHaveLength(3);
    place.files.set("parsed.json", stdout);
    expect((await benchgate(["compare", "parsed.json", "parsed.json"], place)).code).toBe(0);
  });

  it("shows a table, and all tools, where that is asked for", async () => {
    const { stdout } = await benchgate(
      ["parse", "--tool", "hyperfine", "out.json", "--table"],
      aPlace({ "out.json": output }),
    );
    expect(stdout).toContain("sleep");
    expect(stdout).not.toContain('"schema"');
    expect((await benchgate(["parse", "--tool", "list"], aPlace())).stdout).toContain("hyperfine");
  });
});
