import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { ParsedRound } from "../../src/adapters/adapter.ts";
import { createFiles } from "../../src/io/files.ts";
import { fitOutput, LARGE } from "../../src/measure/output.ts";

const files = createFiles();
const folder = mkdtempSync(join(tmpdir(), "benchgate-status-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EXPECTED = [
  { from: 200, to: 399 },
  { from: 404, to: 404 },
];

/** Results of vegeta, of which every second one is a 404. */
function results(count: number): string {
  const line = (seq: number) =>
    `{"attack":"","seq":${seq},"code":${seq % 2 === 0 ? 200 : 404},"timestamp":"2026-11-22T10:00:0${seq % 10}Z","latency":5000000,"bytes_out":0,"bytes_in":1,"error":"","body":null,"method":"GET","url":"http://127.0.0.1:1/a","headers":{}}\n`;
  const lines = Array.from({ length: 10 }, (_, seq) => line(seq)).join("");
  return lines.repeat(count / 10);
}

const errorRate = ([round]: readonly ParsedRound[]) =>
  round!.measurements.find(({ metric }) => metric === "error-rate")!.distribution;

describe("the statuses that are expected", () => {
  it("reach the adapter of an output that is read whole, and of one that is read in pieces", async () => {
    const small = results(10);
    const large = results(10 * Math.ceil(LARGE / small.length + 1));
    expect(large.length).toBeGreaterThan(LARGE);
    for (const [name, text] of [["small", small] as const, ["large", large] as const]) {
      const path = join(folder, name);
      writeFileSync(path, text);
      const file = (await files.open(path))!;
      const output = { kind: "file", place: name, path, file, text: () => files.readText(path) } as const;
      const fitting = (await fitOutput(output, { tool: "auto", files }))!;
      expect(errorRate(await fitting.read(0))).toMatchObject({ value: 0.5 });
      expect(errorRate(await fitting.read(0, EXPECTED))).toMatchObject({ value: 0 });
    }
  });

  it("are refused with the place where the tool, known only by its output, tells none", async () => {
    const text = '[{"name":"/","method":"GET","num_requests":1,"num_none_requests":0,"response_times":{"1":1}}]';
    const fitting = (await fitOutput({ kind: "text", place: "stdout", text }, { tool: "auto", files }))!;
    await expect(fitting.read(0, EXPECTED)).rejects.toThrow(
      "stdout: `expected-status` cannot be applied to the output of Locust, which has no statuses. Use a tool that does, or remove it",
    );
  });
});
