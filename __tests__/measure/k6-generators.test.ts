import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { createFiles } from "../../src/io/files.ts";
import { mergeRounds } from "../../src/measure/merge.ts";
import { fitOutput, type Output } from "../../src/measure/output.ts";
import { evaluate } from "../../src/stats/statistic.ts";

// What three k6 processes wrote that put one server under load at the same time; `npm run bench:generators` makes new ones.
const FILES = [1, 2, 3].map((part) =>
  join(import.meta.dirname, "..", "fixtures", "generators", `generator-${part}.csv.gz`),
);
const files = createFiles();

async function merged(paths: readonly string[]) {
  const parts = await Promise.all(
    paths.map(async (path): Promise<Output> => {
      const file = (await files.open(path))!;
      return { kind: "file", place: path, path, file, text: () => files.readText(path) };
    }),
  );
  const fit = await fitOutput({ kind: "parts", place: "generator-*.csv.gz", parts }, { tool: "auto", files });
  expect(fit?.adapter.name).toBe("k6");
  return mergeRounds(await fit!.read(0)).measurements.find(({ metric }) => metric === "latency")!;
}

/** Every duration that the files hold, in seconds, read without Benchgate. */
function durations(): Float64Array {
  const lines = FILES.flatMap((file) => gunzipSync(readFileSync(file)).toString().split("\n"));
  const found = lines.filter((line) => line.startsWith("http_req_duration,"));
  return Float64Array.from(found, (line) => Number(line.split(",")[2]) / 1000);
}

describe("three real k6 processes as the generators of one load", () => {
  it.each(["p50", "p90", "p99"] as const)("have the %s of all their samples, exactly", async (statistic) => {
    const { distribution } = await merged(FILES);
    const samples = durations();
    expect(samples).toHaveLength(180);
    expect(evaluate(distribution, statistic, null)).toBe(evaluate({ kind: "samples", samples }, statistic, null));
  });

  it("have a p99 that the mean of their own ones misses", async () => {
    const each = await Promise.all(
      FILES.map(async (file) => evaluate((await merged([file])).distribution, "p99", null)!),
    );
    const whole = evaluate((await merged(FILES)).distribution, "p99", null)!;
    const mean = each.reduce((sum, value) => sum + value) / each.length;
    expect(Math.abs(mean / whole - 1)).toBeGreaterThan(0.005);
  });
});
