import { parseArgs } from "node:util";
import { xoshiro128 } from "../../src/stats/random.ts";
import { type Curve, gateOf, NOISES, SIZES } from "./gates.ts";

// How often a change of growth is found, and how often one is seen where there is none: seeded gates of three families.
//
//   node bench/growth/main.ts [--gates 200] [--seed 1]

const { values } = parseArgs({
  options: { gates: { type: "string", default: "200" }, seed: { type: "string", default: "1" } },
});
const [gates, seed] = [Number(values.gates), Number(values.seed)];

const constant: Curve = () => 1e-5;
const linear: Curve = (n) => 1e-6 + 1e-8 * n;
const loglinear: Curve = (n) => 1e-6 + 1e-9 * n * Math.log2(n);
const square: Curve = (n) => 1e-6 + 1e-11 * n * n;

/** The same code on both sides; the same with a fixed cost that is gone or new, or all of it slower or faster; nothing of it grows faster. */
const NULLS: Readonly<Record<string, (curve: Curve) => Curve>> = {
  "the same": (curve) => curve,
  "20 % slower": (curve) => (n) => 1.2 * curve(n),
  "a fixed cost is new": (curve) => (n) => curve(n) + 5e-6,
};

/** By how much (a share) the candidate's largest size is slower than the baseline's. */
const RISES = [0, 0.01, 0.03, 0.045, 0.1, 0.3];

/** A curve with a term of another power that makes the largest size slower by a share. */
const withTerm =
  (curve: Curve, power: number, share: number, largest: number): Curve =>
  (n) =>
    curve(n) + share * curve(largest) * (n / largest) ** power;

console.log(`Families of ${gates} gates that are called steeper although they are not, of ${3 * gates}; seed ${seed}.`);
for (const noise of NOISES) {
  for (const [change, of] of Object.entries(NULLS)) {
    const found = Object.entries(SIZES).map(([name, sizes]) => {
      const random = xoshiro128(seed);
      let count = 0;
      for (let gate = 0; gate < gates; gate++) {
        const rounds = [6, 12, 24][gate % 3]!;
        const curves = Object.fromEntries(
          Object.entries({ constant, linear, loglinear, square })
            .slice(gate % 2, 3 + (gate % 2))
            .map(([key, curve]) => [key, [curve, of(curve)] as const]),
        );
        count += gateOf({ sizes, curves, rounds }, noise, random).filter(({ verdict }) => verdict === "steeper").length;
      }
      return `${name} ${count}`;
    });
    console.log(`${noise.name}, ${change}: ${found.join(", ")}`);
  }
}

console.log(
  "\nFound, of 100 gates of 12 pairs at Gaussian noise of 2 % (0.5 %), by how much slower the largest size is.",
);
const [low, usual] = [NOISES[0]!, NOISES[1]!];
for (const [name, sizes] of Object.entries(SIZES)) {
  for (const [kind, before, power] of [
    ["O(n) gets a term of n²", linear, 2],
    ["O(1) gets a term of n", constant, 1],
  ] as const) {
    const cells = RISES.slice(1).map((rise) => {
      const curves = { f: [before, withTerm(before, power, rise, sizes.at(-1)!)] as const };
      const of = (noise: typeof low) => {
        const random = xoshiro128(seed);
        return Array.from({ length: 100 }, () => gateOf({ sizes, curves, rounds: 12 }, noise, random)).filter(
          ([growth]) => growth?.verdict === "steeper",
        ).length;
      };
      return `+${rise * 100} % ${of(usual)} (${of(low)})`;
    });
    console.log(`${name}, ${kind}: ${cells.join(", ")}`);
  }
  const crossed = RISES.slice(0, 4).map((rise) => {
    const largest = sizes.at(-1)!;
    const curves = { f: [linear, (n: number) => (1 + rise) * linear(largest) * (n / largest) ** 2] as const };
    const random = xoshiro128(seed);
    const found = Array.from({ length: 100 }, () => gateOf({ sizes, curves, rounds: 12 }, usual, random));
    return `${rise === 0 ? "as fast" : `+${rise * 100} %`} ${found.filter(([growth]) => growth?.verdict === "steeper").length}`;
  });
  console.log(`${name}, O(n) becomes n² that crosses at the largest: ${crossed.join(", ")}`);
}
