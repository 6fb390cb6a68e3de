import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Adapter } from "../../src/adapters/adapter.ts";
import { createFiles } from "../../src/io/files.ts";
import { stampsIn } from "../../src/measure/folder.ts";
import { fitOutput, LARGE, type Output } from "../../src/measure/output.ts";

const files = createFiles();
const folder = mkdtempSync(join(tmpdir(), "benchgate-output-"));
const fixture = (path: string) => readFileSync(join(import.meta.dirname, "..", "fixtures", path), "utf8");

afterAll(() => rmSync(folder, { recursive: true }));

async function fileOutput(name: string, text: string): Promise<Output> {
  const path = join(folder, name);
  writeFileSync(path, text);
  return { kind: "file", place: name, file: (await files.open(path))!, text: () => files.readText(path) };
}

/** An adapter that says how it was asked to read. */
function telling(name: string, streams: boolean, mark = name): Adapter & { readonly asked: string[] } {
  const asked: string[] = [];
  const round = { measurements: [], failures: [{ benchmark: "*", reason: name }] };
  return {
    asked,
    ...{ name, title: name, command: name, exitCodes: [0], gives: { samples: true, p99: true, memory: false } },
    recognises: ({ text }) => text.startsWith(mark),
    parse: ({ text, skip }) => {
      asked.push(`parse ${text.length} ${skip}`);
      return [round];
    },
    ...(streams && {
      cutsWarmup: true as const,
      stream: ({ skip }: { skip: number }) => {
        let size = 0;
        return {
          push: (bytes: Uint8Array) => {
            size += bytes.length;
          },
          end: () => {
            asked.push(`stream ${size} ${skip}`);
            return [round];
          },
        };
      },
    }),
  };
}

describe("a tool's output", () => {
  const large = `load${"x".repeat(LARGE)}`;

  it("is read piece by piece where it is large and its tool's adapter can, recognised by its beginning", async () => {
    for (const tool of ["auto", "load"]) {
      const [load, other] = [telling("load", true), telling("other", false)];
      const fitting = (await fitOutput(await fileOutput("large", large), { adapters: [other, load], tool, files }))!;
      expect(fitting.adapter.name).toBe("load");
      await fitting.read(3);
      expect(load.asked).toEqual([`stream ${large.length} 3`]);
    }
  });

  it("is read whole where it is small, or where its adapter must have it whole", async () => {
    const [load, whole] = [telling("load", true), telling("whole", false)];
    await (await fitOutput(await fileOutput("small", "load"), { adapters: [load], tool: "auto", files }))!.read(0);
    expect(load.asked).toEqual(["parse 4 0"]);
    const text = `whole${"x".repeat(LARGE)}`;
    for (const tool of ["auto", "whole"]) {
      await (await fitOutput(await fileOutput("large", text), { adapters: [load, whole], tool, files }))!.read(0);
    }
    expect(whole.asked).toEqual([`parse ${text.length} 0`, `parse ${text.length} 0`]);
  });

  it("is refused, in its place, where two tools or none could have written it, or where a warm-up cannot be cut", async () => {
    const adapters = [telling("load", true), telling("twin", true, "load"), telling("whole", false)];
    const read = async (text: string, tool = "auto", skip = 0) =>
      (await fitOutput(await fileOutput("out", text), { adapters, tool, files }))!.read(skip);
    await expect(read(large)).rejects.toThrow(
      /^out:.* More than one tool could have written this output\. Name the tool: load, twin/,
    );
    await expect(read("nothing")).rejects.toThrow(/^out:.* No tool that we know has written this output/);
    await expect(read("whole", "whole", 2)).rejects.toThrow("out: a warm-up cannot be cut from the output of whole");
    await expect(read("x", "lod")).rejects.toThrow('Did you mean "load"?');
  });

  it("of a real tool is the same whole and in pieces", async () => {
    const row = fixture("jmeter/no-header.jtl");
    const text = row.repeat(Math.ceil(LARGE / row.length) + 1);
    const path = join(folder, "long.jtl");
    writeFileSync(path, text);
    const reading = { tool: "auto", files };
    const pieces = await (await fitOutput(await fileOutput("long.jtl", text), reading))!.read(0);
    const whole = await (await fitOutput({ kind: "text", place: "stdin", text }, reading))!.read(0);
    expect(pieces).toEqual(whole);
    const [latency] = pieces[0]!.measurements;
    expect(latency!.distribution.kind).toBe("histogram");
  });
});

describe("a folder that a tool leaves", () => {
  const [log, stats] = [fixture("gatling/simulation.log"), fixture("gatling/stats.json")];
  const reading = { tool: "auto", files };

  function results(name: string, texts: Readonly<Record<string, string>>): string {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(join(folder, name, path, ".."), { recursive: true });
      writeFileSync(join(folder, name, path), text);
    }
    return join(folder, name);
  }

  it("gives only what was written since, new or again", async () => {
    const path = results("gatling", { "run-1/simulation.log": log, "run-1/js/stats.json": stats });
    const before = (await stampsIn(files, path))!;
    const output = { kind: "folder", place: "results", path, before } as const;
    expect(await fitOutput(output, reading)).toBeNull();
    results("gatling", { "run-2/simulation.log": log.replaceAll("checkout", "start") });
    const fitting = (await fitOutput(output, reading))!;
    expect(fitting.adapter.name).toBe("gatling");
    const [round] = await fitting.read(0);
    expect(round!.measurements.map(({ benchmark }) => benchmark)).toContain("start / pay");
    results("gatling", { "run-1/simulation.log": log });
    await expect((await fitOutput(output, reading))!.read(0)).rejects.toThrow("it holds 2 runs of Gatling");
  });

  it("is refused where the tool leaves none, where two tools' files are there, and where a warm-up is to be cut", async () => {
    const path = results("two", {
      "a/simulation.log": log,
      "b/new/benchmark.json": "{}",
      "b/new/sample.json": "{}",
    });
    const output = { kind: "folder", place: "results", path, before: new Map() } as const;
    await expect(fitOutput(output, reading)).rejects.toThrow(
      "results: More than one tool could have left this folder. Name the tool: ",
    );
    await expect(fitOutput(output, { ...reading, tool: "wrk" })).rejects.toThrow(
      "results: this is a folder, and wrk does not leave one",
    );
    await expect((await fitOutput(output, { ...reading, tool: "gatling" }))!.read(5)).rejects.toThrow(
      "a warm-up cannot be cut",
    );
  });

  it("is not left through a link", async () => {
    const path = results("links", { "real/simulation.log": log });
    symlinkSync(join(folder, "gatling"), join(path, "elsewhere"));
    symlinkSync(join(folder, "gatling", "run-1", "simulation.log"), join(path, "simulation.log"));
    expect((await files.listFolder(path, ["**/simulation.log"]))!.map((file) => file.path)).toEqual([
      "real/simulation.log",
    ]);
  });
});

describe("an output of more measurements than can be judged", () => {
  it.each([
    ["text", async (text: string): Promise<Output> => ({ kind: "text", place: "stdout", text })],
    ["a file", (text: string) => fileOutput("many.txt", text)],
  ])("is refused in one line, as %s", async (_, output) => {
    const line = (index: number) => `{"name":"b${index}","unit":"ns","value":1}`;
    const text = `[${Array.from({ length: 200_001 }, (__, index) => line(index)).join(",\n")}]`;
    const fitting = await fitOutput(await output(text), { tool: "customSmallerIsBetter", files });
    await expect(fitting!.read(0)).rejects.toThrow(
      /^(?:stdout|many\.txt): there are 200,001 measurements, more than 200,000\. Measure fewer benchmarks[^\n]*$/,
    );
  });
});
