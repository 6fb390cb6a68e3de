import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { time } from "../../../src/adapters/tools/time.ts";
import { corpus, fixture, hasCorpus, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const ONE = fixture("time/one.txt");

function samples(...values: number[]) {
  return { kind: "samples", samples: Float64Array.from(values) };
}

describe("GNU time", () => {
  it("gives wall-clock, user and system time and the peak of memory of a process", () => {
    const common = { benchmark: "sh -c seq 1 100000 | tail -n 1", better: "lower" };
    const text = ONE.replace(/m:ss\): \S+/, "m:ss): 1:02:03").replace(
      /User time \(seconds\): \S+/,
      "User time (seconds): 1.25",
    );
    const printed = (pattern: RegExp) => Number(pattern.exec(ONE)![1]);
    expect(onlyRound(time, text)).toEqual({
      measurements: [
        { ...common, metric: "latency", unit: "s", resolution: 0.01, distribution: samples(3723) },
        { ...common, metric: "user-time", unit: "s", resolution: 0.01, distribution: samples(1.25) },
        {
          ...common,
          metric: "system-time",
          unit: "s",
          resolution: 0.01,
          distribution: samples(printed(/System time \(seconds\): (\S+)/)),
        },
        {
          ...common,
          metric: "memory",
          unit: "B",
          resolution: 1024,
          distribution: samples(printed(/Maximum resident set size \(kbytes\): (\d+)/) * 1024),
        },
      ],
      failures: [],
    });
  });

  it("makes a round of every report in a file, and reports commands that failed", () => {
    const rounds = time.parse(outputOf(fixture("time/appended.txt")));
    const name = "sh -c seq 1 200000 | sort -R | tail -n 1";
    expect(rounds).toHaveLength(3);
    expect(rounds.map(({ measurements }) => measurements.map(({ benchmark }) => benchmark))).toEqual(
      Array.from({ length: 3 }, () => [name, name, name, name]),
    );
    const printed = [...fixture("time/appended.txt").matchAll(/Maximum resident set size \(kbytes\): (\d+)/g)];
    expect(rounds.map(({ measurements }) => measurements[3]!.distribution)).toEqual(
      printed.slice(0, 3).map(([, kib]) => samples(Number(kib) * 1024)),
    );
    expect(rounds.flatMap(({ failures }) => failures)).toEqual([
      { benchmark: "sh -c exit 3", reason: "The command exited with non-zero status 3" },
      { benchmark: "sh -c kill -9 $$", reason: "The command terminated by signal 9" },
    ]);
  });

  it("is recognised and reads the same behind a byte order mark and with CRLF", () => {
    const text = `\uFEFF${ONE.replaceAll("\n", "\r\n")}`;
    expect(recognisedBy(text)).toEqual(["time"]);
    expect(onlyRound(time, text)).toEqual(onlyRound(time, ONE));
  });

  it("keeps the folders of one machine out of the name", () => {
    const text = ONE.replace("sh -c seq 1 100000 | tail -n 1", "/srv/base/bin/tool --in /srv/data/a.txt b/c");
    expect(onlyRound(time, text).measurements[0]!.benchmark).toBe("tool --in a.txt b/c");
  });

  it.each([
    [/^1: This is not output of time -v/, ""],
    [/^1: This is GNU time's short form/, fixture("time/unread-short.txt")],
    [/^1: The report has no line "Exit status"/, ONE.split("\tMaximum")[0]!],
    [/^5: "x" is not a time/, ONE.replace(/m:ss\): \S+/, "m:ss): x")],
    [/^2: "0,00" is not a number/, ONE.replace(/User time \(seconds\): \S+/, "User time (seconds): 0,00")],
    [/^3: time -v does not print this line: hello/, ONE.replace("\tSystem", "hello\n\tSystem")],
  ])("refuses with %s", (message, text) => {
    expect(refusal(time, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("the outputs of `time` in the corpus", () => {
  const files = corpus("time");

  it("gives the numbers that stand in the text", () => {
    const { text } = files.find(({ file }) => file === "time-1.9-v.txt")!;
    expect(recognisedBy(text)).toEqual(["time"]);
    const found = (pattern: RegExp) => Number(pattern.exec(text)![1]);
    expect(onlyRound(time, text).measurements.map(({ metric, distribution }) => [metric, distribution])).toEqual([
      ["latency", samples(found(/m:ss\): 0:([\d.]+)/))],
      ["user-time", samples(found(/User time \(seconds\): ([\d.]+)/))],
      ["system-time", samples(found(/System time \(seconds\): ([\d.]+)/))],
      ["memory", samples(found(/Maximum resident set size \(kbytes\): (\d+)/) * 1024)],
    ]);
  });

  it("reports a command that a signal ended, though its own exit status line says 0", () => {
    const { text } = files.find(({ file }) => file === "time-1.9-v-signal.txt")!;
    expect(recognisedBy(text)).toEqual(["time"]);
    const reason = "The command terminated by signal 9";
    expect(onlyRound(time, text)).toEqual({ measurements: [], failures: [{ benchmark: "sh -c kill -9 $$", reason }] });
  });

  it.each([
    ["bash-time.txt", "1: This is the shell's own `time`. Run /usr/bin/time -v"],
    ["time-1.9-default.txt", "1: This is GNU time's short form. Run /usr/bin/time -v"],
  ])("refuses %s by name", (name, message) => {
    const { text } = files.find(({ file }) => file === name)!;
    expect(recognisedBy(text)).toEqual(["time"]);
    expect(refusal(time, text).message).toContain(message);
  });
});
