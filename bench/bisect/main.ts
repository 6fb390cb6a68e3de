import { parseArgs } from "node:util";
import type { Finding } from "../../src/model/bisect.ts";
import { xoshiro128 } from "../../src/stats/random.ts";
import { variance } from "../../src/stats/summary.ts";
import { MOST_PAIRS } from "../operating-characteristics/drawn.ts";
import { readRecorded, recordedSource } from "../operating-characteristics/recorded.ts";
import { type History, isWithin, searchIn, steps } from "./simulate.ts";

// How often `benchgate bisect` names the right commit: seeded histories of 64 commits, among recorded noise with the spread of lockstep.
//
//   node bench/bisect/main.ts [--histories 40] [--seed 1] [--commits 64]

const { values } = parseArgs({
  options: {
    histories: { type: "string", default: "40" },
    seed: { type: "string", default: "1" },
    commits: { type: "string", default: "64" },
  },
});
const [histories, seed, commits] = [values.histories, values.seed, values.commits].map(Number) as [
  number,
  number,
  number,
];

/** Standard deviations of the log ratio of a pair, as docs/characteristics.md has them for eight kernels in lockstep on a busy machine. */
const SPREADS = [0.06, 0.012, 0.026, 0.047, 0.035, 0.026, 0.021, 0.032];

const source = recordedSource(readRecorded(), seed);

/** Recorded log ratios of identical code, tails and all, at the spread of lockstep: a session holds so many pairs, and further ones come from others. */
function noiseOf(history: number): History["noise"] {
  return (gate, pairs) =>
    Array.from({ length: Math.ceil(pairs / MOST_PAIRS) }, (_, part) => {
      const index = 8 * (10 * (1000 * history + gate) + part) + (history % 8);
      const { baseline, candidate } = source.draw(index).pairs("p50", MOST_PAIRS);
      const ratios = Array.from(baseline, (value, pair) => candidate[pair]! - value);
      const sd = Math.sqrt(variance(ratios));
      return ratios.map((ratio) => (ratio * SPREADS[history % SPREADS.length]!) / sd);
    })
      .flat()
      .slice(0, pairs);
}

interface Kind {
  readonly name: string;
  readonly make: (
    random: () => number,
  ) => Pick<History, "levels" | "broken"> & { readonly right: (found: Finding) => boolean };
}

const place = (random: () => number) => 1 + Math.floor(random() * commits);
const rise = Math.log(1.1);
const KINDS: readonly Kind[] = [
  {
    name: "one step of +10 %",
    make: (random) => {
      const at = place(random);
      return {
        levels: steps(commits, { [at]: rise }),
        broken: new Set(),
        right: ({ until, stop }) => stop === null && until === at,
      };
    },
  },
  {
    name: "+10 %, eight commits around it do not build: named as a range that holds it",
    make: (random) => {
      const at = place(random);
      const broken = new Set(
        Array.from({ length: 8 }, (_, index) => at - 4 + index).filter((each) => each > 0 && each < commits),
      );
      return {
        levels: steps(commits, { [at]: rise }),
        broken,
        right: ({ after, until, stop }) => after < at && at <= until && (stop === "unbuilt" || until === at),
      };
    },
  },
  {
    name: "two steps of +10 %: one of them, and that it is not all",
    make: (random) => {
      const [a, b] = [place(random), place(random)];
      return {
        levels: steps(commits, a === b ? { [a]: 2 * rise } : { [a]: rise, [b]: rise }),
        broken: new Set(),
        right: ({ until, stop, rest, between }) =>
          stop !== null || a === b
            ? until >= Math.min(a, b)
            : (until === a || until === b) && (rest || between.length > 0),
      };
    },
  },
  {
    name: "a drift of +20 % in all: no commit is blamed for it all",
    make: () => ({
      levels: Array.from({ length: commits + 1 }, (_, at) => (Math.log(1.2) * at) / commits),
      broken: new Set(),
      right: ({ stop, rest, between }) => stop !== null || rest || between.length > 0,
    }),
  },
  {
    name: "no change: nothing is searched",
    make: () => ({ levels: steps(commits, {}), broken: new Set(), right: () => false }),
  },
];

console.log("|history|right|not told|wrong|within the gates|mean gates|");
console.log("|:-|-:|-:|-:|-:|-:|");
for (const { name, make } of KINDS) {
  const found = Array.from({ length: histories }, (_, history) => {
    const { right, ...made } = make(xoshiro128(seed * 10_007 + history));
    const finding = searchIn({ ...made, noise: noiseOf(history) });
    return { finding, isRight: finding !== null && right(finding) };
  });
  const ended = found.flatMap(({ finding }) => finding ?? []);
  const silent = found.filter(({ finding, isRight }) => !isRight && (finding === null || finding.stop !== null)).length;
  const isRight = found.filter((each) => each.isRight).length;
  const within = ended.filter((each) => isWithin(each, commits)).length;
  const gates = ended.reduce((sum, each) => sum + each.gates, 0) / Math.max(1, ended.length);
  console.log(
    `|${name}|${isRight}|${silent}|${histories - isRight - silent}|${within} of ${ended.length}|${gates.toFixed(1)}|`,
  );
}
