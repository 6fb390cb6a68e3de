import { linkSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesOf } from "../../src/action/artifact.ts";
import type { Recording } from "../../src/model/recording.ts";
import { gaussian, xoshiro128 } from "../../src/stats/random.ts";

/** How much is written. */
export interface Size {
  readonly cells: number;
  readonly benchmarks: number;
  readonly rounds: number;
  /** Samples a round; 1: a single number, as tools leave that print one. */
  readonly samples: number;
}

/** So many cells are drawn; the others hold the same files under names of their own, so that any number of them fits on a disk. */
const DRAWN = 4;

/** Writes what jobs would have left, and gives back how many bytes a fan-in has to read. */
export function writeArtifacts(folder: string, size: Size, revisions: Revisions): number {
  let bytes = 0;
  for (let like = 0; like < Math.min(DRAWN, size.cells); like++) {
    for (const [name, text] of Object.entries(drawn(like, size, revisions))) {
      const place = (cell: number) => join(folder, `benchgate-c${String(cell).padStart(3, "0")}`, name);
      for (let cell = like; cell < size.cells; cell += DRAWN) {
        mkdirSync(dirname(place(cell)), { recursive: true });
        if (cell === like) writeFileSync(place(cell), text);
        else linkSync(place(like), place(cell));
        bytes += text.length;
      }
    }
  }
  return bytes;
}

/** The commits of both sides. */
interface Revisions {
  readonly base: string;
  readonly head: string;
}

function drawn(seed: number, size: Size, { base, head }: Revisions) {
  const random = xoshiro128(20261127 + seed);
  const note = { gate: "bench", looks: [6, 12, 24], confirmed: false };
  // One benchmark in a hundred is 20 % slower: a fan-in where nothing happens is cheaper than most.
  const slower = (at: number) => (at % 100 === 0 ? 1.2 : 1);
  return filesOf({
    note,
    baseline: recording(base, size, random, () => 1),
    candidate: recording(head, size, random, slower),
  });
}

function recording(
  sha: string,
  { benchmarks, rounds, samples }: Size,
  random: ReturnType<typeof xoshiro128>,
  factor: (benchmark: number) => number,
): Recording {
  return {
    revision: { sha, ref: "main", committedAt: "" },
    environment: { os: "linux", arch: "x64", cpu: "a CPU", cores: 4, runtime: "node 24.0.0" },
    rounds: Array.from({ length: rounds }, (_, pair) => ({
      session: "1/1",
      pair,
      startedAt: "2026-01-01T00:00:00Z",
      failures: [],
      measurements: Array.from({ length: benchmarks }, (_, at) => {
        const level = factor(at) * 0.001 * (1 + at / benchmarks) * Math.exp(0.01 * gaussian(random));
        const one = () => level * Math.exp(0.1 * gaussian(random));
        const distribution =
          samples === 1
            ? ({ kind: "value", value: level, exact: false } as const)
            : ({ kind: "samples", samples: Float64Array.from({ length: samples }, one) } as const);
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
