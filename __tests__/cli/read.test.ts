import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { readRecording } from "../../src/cli/read.ts";
import { encodeRecording } from "../../src/codec/recording.ts";
import { createFiles } from "../../src/io/files.ts";
import { LARGE } from "../../src/measure/output.ts";
import type { Terminal } from "../../src/ports/index.ts";

const FIXTURES = join(import.meta.dirname, "..", "fixtures");
const folder = mkdtempSync(join(tmpdir(), "benchgate-read-"));
afterAll(() => rmSync(folder, { recursive: true }));

function terminal(input: string): Terminal {
  const ignore = () => undefined;
  return { out: ignore, err: ignore, progress: ignore, readInput: async () => input, columns: 80, colour: false };
}

const read = (file: string, options: Partial<Parameters<typeof readRecording>[1]> = {}, input = "") =>
  readRecording(file, { tool: null, suite: null, ...options }, { files: createFiles(), terminal: terminal(input) });

describe("what is given to be read", () => {
  it("may be a tool's output in a file, on stdin, or in a folder that the tool left", async () => {
    const file = join(FIXTURES, "gatling", "simulation.log");
    const [one, stdin, whole] = [
      await read(file),
      await read("-", {}, readFileSync(file, "utf8")),
      await read(join(FIXTURES, "gatling"), { tool: "gatling" }),
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
    await expect(read(folder, { tool: "gatling" })).rejects.toThrow(`${folder}: the folder holds no results`);
    await expect(read(join(folder, "none"))).rejects.toThrow("there is no such file");
    await expect(read("-", {}, "hello")).rejects.toThrow(/^stdin:.* No tool that we know/);
  });
});
