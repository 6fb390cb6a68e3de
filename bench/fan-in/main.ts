/** `npm run bench:fan-in -- --cells 16 --benchmarks 1000`: how long one verdict over many cells takes, and how much memory. Recordings are sketches, as artifacts hold them. */
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { filesOf } from "../../src/action/artifact.ts";
import { readCells } from "../../src/action/cells.ts";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { createClock } from "../../src/io/clock.ts";
import { createFiles } from "../../src/io/files.ts";
import { type Cell, judgeCells } from "../../src/judge/fan-in.ts";
import type { Recording } from "../../src/model/recording.ts";
import { resultJson } from "../../src/report/formats/json.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

const { values } = parseArgs({
  options: {
    cells: { type: "string", default: "8" },
    benchmarks: { type: "string", default: "200" },
    rounds: { type: "string", default: "24" },
    samples: { type: "string", default: "300" },
  },
});
const [cells, benchmarks, rounds, samples] = [values.cells, values.benchmarks, values.rounds, values.samples].map(
  Number,
) as [number, number, number, number];
const random = xoshiro128(20261127);
const HEAD = "b".repeat(40);

function recording(sha: string): Recording {
  const environment = { os: "linux", arch: "x64", cpu: "a CPU", cores: 4, runtime: "node 24.0.0" };
  return {
    revision: { sha, ref: "main", committedAt: "" },
    environment,
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session: "1/1",
      pair,
      startedAt: "2026-01-01T00:00:00Z",
      failures: [],
      measurements: Array.from({ length: benchmarks }, (_, at) => {
        const level = 0.001 * (1 + at / benchmarks) * Math.exp(0.01 * gaussian(random));
        const drawn = Float64Array.from({ length: samples }, () => level * Math.exp(0.1 * gaussian(random)));
        const distribution = { kind: "samples", samples: drawn } as const;
        return {
          suite: "s",
          benchmark: `case ${at}`,
          metric: "latency",
          unit: "s",
          better: "lower",
          distribution,
        } as const;
      }),
    })),
  };
}

const folder = mkdtempSync(join(tmpdir(), "benchgate-fan-in-"));
try {
  const note = { gate: "bench", looks: [6, 12, 24], confirmed: false };
  const files = filesOf({ note, baseline: recording("a".repeat(40)), candidate: recording(HEAD) });
  let bytes = 0;
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name.replaceAll("/", "-")), text);
    bytes += text.length;
    for (let cell = 0; cell < cells; cell++) {
      const path = join(folder, "cells", `benchgate-c${cell}`, name);
      mkdirSync(dirname(path), { recursive: true });
      linkSync(join(folder, name.replaceAll("/", "-")), path);
    }
  }
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  const world = { files: createFiles(), clock: createClock() };
  const read = await readCells(world, join(folder, "cells"), { expect: [], sha: HEAD, own: true });
  const readIn = performance.now() - began;
  const told = read.cells.map((cell): Cell => {
    if ("missing" in cell) return cell;
    const { baseline, candidate } = cell.left;
    const beside = { kind: "side-by-side", baseline: [baseline!], candidate: candidate! } as const;
    return { name: cell.name, comparisons: [beside], looks: note.looks, confirmed: false };
  });
  const revision = (sha: string) => ({ sha, ref: "main", committedAt: "" });
  const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-01-01" } as const;
  const change = { baseline: revision("a".repeat(40)), candidate: revision(HEAD) };
  const { outcome } = judgeCells(told, change, rules);
  const result = resultJson(outcome).length;
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const failed = told.filter((cell) => "missing" in cell).length;
  process.stdout.write(
    `${[
      `${cells} cells × ${benchmarks} benchmarks × ${rounds} rounds of ${samples} samples: ${((cells * bytes) / 2 ** 20).toFixed(0)} MiB of artifacts, ${failed} of the cells not read`,
      `${seconds.toFixed(1)} s (${(readIn / 1000).toFixed(1)} s of it reading), ${((used.user + used.system) / 1e6).toFixed(1)} s of CPU time, ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB at most`,
      `${outcome.judgements.length} verdicts, ${(result / 2 ** 20).toFixed(1)} MiB of JSON; load average ${loadavg()
        .map((each) => each.toFixed(1))
        .join(" ")}`,
    ].join("\n")}\n`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
