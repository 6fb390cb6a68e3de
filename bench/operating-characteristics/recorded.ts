import { readFileSync } from "node:fs";
import { type Arms, anOrder, type Drawn, MOST_RUNS, memo, ROUNDS_A_RUN, type Source } from "./drawn.ts";
import { randomOf } from "./seed.ts";
import type { Gated } from "./within.ts";

/** Round after round of code that did not change: per session and benchmark the p50 and p99 of every round, in seconds and in the order of time. */
export interface Recorded {
  readonly sessions: readonly Readonly<Record<string, Readonly<Record<Gated, readonly number[]>>>>[];
}

/** The recordings beside this file; see recorded/README.md for how they were made. */
export function readRecorded(): Recorded {
  return JSON.parse(readFileSync(new URL("recorded/same-code.json", import.meta.url), "utf8")) as Recorded;
}

/**
 * Comparisons of identical code cut out of recordings. A comparison is one benchmark in one session; neighbouring rounds form pairs, and which of them
 * is called the candidate follows a seeded schedule, ABBA or BAAB, over a stretch of rounds that begins at random. A stored run is six
 * rounds in a row; history is what came before it, over the ends of sessions.
 */
export function recordedSource({ sessions }: Recorded, seed: number): Source {
  const names = Object.keys(sessions[0] ?? {});
  const runs = (name: string, statistic: Gated): Float64Array[] =>
    sessions.flatMap((session) => {
      const y = Float64Array.from(session[name]?.[statistic] ?? [], Math.log);
      return Array.from({ length: Math.floor(y.length / ROUNDS_A_RUN) }, (_, run) =>
        y.subarray(run * ROUNDS_A_RUN, (run + 1) * ROUNDS_A_RUN),
      );
    });
  return {
    name: "recorded",
    about: `${names.length} micro-benchmarks, ${sessions.length} sessions on a busy virtual machine, resampled`,
    draw: (index) => {
      const random = randomOf(seed, "recorded", index);
      const name = names[index % names.length] as string;
      const session = sessions[Math.floor(random() * sessions.length)]?.[name];
      const order = anOrder(random);
      const [start, end] = [random(), random()];
      return {
        pairs: memo((statistic, count) => split(session?.[statistic] ?? [], order, count, start)),
        runs: memo((statistic) => {
          const all = runs(name, statistic);
          const last = MOST_RUNS + Math.floor(end * (all.length - MOST_RUNS));
          return { candidate: all[last] as Float64Array, history: all.slice(last - MOST_RUNS, last).reverse() };
        }),
        samples: null,
        stream: null,
      } satisfies Drawn;
    },
  };
}

/** `count` pairs of neighbours from a stretch that begins `start` of the way along, at the beginning of a block of four rounds. */
function split(values: readonly number[], order: ReturnType<typeof anOrder>, count: number, start: number): Arms {
  const blocks = Math.floor((Math.floor(values.length / 2) - count) / 2) + 1;
  const from = 4 * Math.floor(start * blocks);
  const arm = (times: readonly number[]) =>
    Float64Array.from({ length: count }, (_, pair) => Math.log(values[from + (times[pair] as number)] as number));
  return { baseline: arm(order.baseline), candidate: arm(order.candidate) };
}
