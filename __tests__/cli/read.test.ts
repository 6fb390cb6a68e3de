import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readRecording } from "../../src/cli/read.ts";
import { decodeRecording, encodeRecording } from "../../src/codec/recording.ts";
import { createFiles } from "../../src/io/files.ts";
import { LARGE } from "../../src/measure/output.ts";
import { fakeTerminal } from "../fakes/terminal.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const folder = mkdtempSync(join(tmpdir(), "benchgate-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

const read = (
  file: string,
  options: Partial<Parameters<typeof readRecording>[1]> = {},
  input: string | AsyncIterable<Uint8Array> = "",
) =>
  readRecording(file, { tool: null, suite: null, ...options }, { files: createFiles(), terminal: fakeTerminal(input) });

describe("what is given to be read", () => {
  it("may be a tool's output in a file, on stdin, or in a folder that the tool left", async () => {
    const file = join(FIXTURES, "gatling", "simulation.log");
    const left = join(folder, "left");
    mkdirSync(left);
    copyFileSync(file, join(left, "simulation.log"));
    const [one, stdin, whole] = [
      await read(file),
      await read("-", {}, readFileSync(file, "utf8")),
      await read(left, { tool: "gatling" }),
    ];
    expect(one.rounds[0]!.measurements.map(({ suite }) => suite)).toContain("gatling");
    expect(stdin).toEqual(one);
    expect(whole).toEqual(one);
  });

  it("may be in gzip, a tool's output as well as a recording", async () => {
    const text = readFileSync(join(FIXTURES, "gatling", "simulation.log"));
    const [packed, recorded] = [join(folder, "simulation.log.gz"), join(folder, "recording.json.gz")];
    writeFileSync(packed, gzipSync(text));
    const recording = await read(packed);
    expect(recording).toEqual(await read(join(FIXTURES, "gatling", "simulation.log")));
    writeFileSync(recorded, gzipSync(encodeRecording(recording)));
    expect(await read(recorded)).toEqual(recording);
  });

  it("in gzip may be larger than what is read at once", async () => {
    const text = readFileSync(join(FIXTURES, "gatling", "simulation.log"), "utf8");
    const user = "USER\tbrowse\tSTART\t1700000000000\n";
    const path = join(folder, "large.log.gz");
    writeFileSync(path, gzipSync(text + user.repeat(Math.ceil((LARGE + 1) / user.length))));
    expect(await read(path)).toEqual(await read(join(FIXTURES, "gatling", "simulation.log")));
  });

  it("may be a recording, whatever its size", async () => {
    const recording = await read(join(FIXTURES, "gatling", "simulation.log"), { suite: "s" });
    const path = join(folder, "recording.json");
    writeFileSync(path, encodeRecording(recording));
    expect(await read(path)).toEqual(recording);
    writeFileSync(path, encodeRecording(recording).trimEnd() + " ".repeat(LARGE));
    expect(await read(path)).toEqual(recording);
  });

  it("keeps what the tool told beside its numbers, also as a recording", async () => {
    const text = "BenchmarkA-2 \t 10\t 5 ns/op\t NaN hits\n";
    const recording = await read("-", { suite: "s" }, text);
    const notes = recording.rounds[0]!.notes!;
    expect(notes).toMatchObject([{ suite: "s", benchmark: "BenchmarkA", sentence: "Its hits is NaN, and left out" }]);
    expect(await read("-", {}, encodeRecording(recording))).toEqual(recording);
  });

  it("loses the warm-up that is to be cut", async () => {
    const file = join(FIXTURES, "gatling", "simulation.log");
    const rounds = (await read(file, { skip: 1.5 })).rounds;
    expect(rounds[0]!.measurements.map(({ benchmark }) => benchmark)).not.toContain("checkout / pay");
  });

  it("is refused in its place where there is nothing of a tool", async () => {
    const empty = join(folder, "empty");
    mkdirSync(empty);
    await expect(read(empty, { tool: "gatling" })).rejects.toThrow(`${empty}: the folder holds no results`);
    await expect(read(join(folder, "none"))).rejects.toThrow("there is no such file");
    await expect(read("-", {}, "hello")).rejects.toThrow(/^stdin:.* No tool that we know/);
  });

  describe("through stdin, larger than what is had whole", () => {
    const point = (value: number) =>
      `{"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-23T10:00:00Z","value":${value},"tags":{"name":"/a","note":"${"x".repeat(900)}"}}}\n`;
    const block = new TextEncoder().encode(Array.from({ length: 1000 }, (_, i) => point((i % 50) + 0.5)).join(""));
    const metric = `{"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"http_req_duration"}\n`;
    async function* blocks(count: number) {
      yield new TextEncoder().encode(metric);
      for (let i = 0; i < count; i++) yield block;
    }

    it.each([null, "k6"])("is read piece by piece where the tool's adapter can: tool %s", async (tool) => {
      const count = Math.ceil((2 * LARGE) / block.length);
      const [round] = (await read("-", { tool }, blocks(count))).rounds;
      const [latency] = round!.measurements;
      const { distribution } = latency!;
      const counts = distribution.kind === "histogram" ? [...distribution.counts] : [];
      expect([latency?.benchmark, counts.reduce((sum, each) => sum + each, 0)]).toEqual([
        "http_req_duration",
        count * 1000,
      ]);
      // 50 values, each as often as the others.
      expect(counts).toEqual(Array(50).fill(count * 20));
    });

    it("is read whole where its adapter must have it so, up to a bound", async () => {
      const recording = encodeRecording(await read(join(FIXTURES, "gatling", "simulation.log"), { suite: "s" }));
      const spaces = new Uint8Array(LARGE + 1).fill(32);
      async function* padded(times: number) {
        yield new TextEncoder().encode(recording.trimEnd());
        for (let i = 0; i < times; i++) yield spaces;
      }
      expect(await read("-", {}, padded(1))).toEqual(decodeRecording(recording));
      await expect(read("-", {}, padded(9))).rejects.toThrow("stdin: more than 256 MiB come through stdin");
      await expect(read("-", { tool: "hyperfine" }, padded(9))).rejects.toThrow("stdin: more than 256 MiB");
    });
  });
});
