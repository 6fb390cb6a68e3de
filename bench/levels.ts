/**
 * How often the changes and drifts of a history are found: `node bench/levels.ts [--draws 2000] [--only PART]`. Series of runs with Gaussian noise of sd 1, or 2 % where what is
 * looked at is a percentage; each row has a seed of its own, so that one part (alarms, wandering, pushes, recent, steps, creeps) gives the same figures as the whole. Prints the tables of
 * docs/statistics.md, "Levels over time".
 */

import { parseArgs } from "node:util";
import { analyse } from "../src/judge/trend.ts";
import { changePoints } from "../src/stats/change-point.ts";
import { gaussian, type Random, xoshiro128 } from "../src/stats/random.ts";

const { values } = parseArgs({ options: { draws: { type: "string", default: "2000" }, only: { type: "string" } } });
const draws = Number(values.draws);

type Series = readonly number[];

/** The share of seeded series, in %, for which `event` holds. */
function share(seed: number, make: (random: Random) => Series, event: (series: Series, seed: number) => boolean) {
  const random = xoshiro128(seed);
  let hits = 0;
  for (let draw = 0; draw < draws; draw++) if (event(make(random), draw)) hits++;
  return `${Number(((100 * hits) / draws).toFixed(1))}`;
}

const found = (series: Series, seed: number) => changePoints(series, { seed }).map(({ index }) => index);
const isAnyFound = (series: Series, seed: number) => found(series, seed).length > 0;
/** Whether a change is found within so many runs of a place. */
const isNear = (place: number, within: number) => (series: Series, seed: number) =>
  found(series, seed).some((index) => Math.abs(index - place) <= within);

/** Whether a change is found at any push, from so many runs on until all are there. */
const isEverFound = (from: number) => (series: Series, seed: number) =>
  series.slice(from - 1).some((_, later) => isAnyFound(series.slice(0, from + later), seed));

const noisy = (n: number, level: (index: number) => number) => (random: Random) =>
  Array.from({ length: n }, (_, index) => level(index) + gaussian(random));

/** Each value depends on the one before by φ; sd 1, stationary from the first on. */
const dependent = (n: number, phi: number) => (random: Random) => {
  let last = gaussian(random);
  return Array.from({ length: n }, () => {
    last = phi * last + Math.sqrt(1 - phi * phi) * gaussian(random);
    return last;
  });
};

/** Student's t with three degrees of freedom. */
const heavy = (n: number) => (random: Random) =>
  Array.from({ length: n }, () => {
    const spread = Array.from({ length: 3 }, () => gaussian(random) ** 2).reduce((sum, square) => sum + square, 0);
    return gaussian(random) / Math.sqrt(spread / 3);
  });

/** What the trend page says of a series of logarithms whose noise is 2 %. */
function trendOf(logs: Series) {
  const points = logs.map((value, index) => ({
    sha: `${index}`.padStart(40, "0"),
    committedAt: "",
    value: Math.exp(0.02 * value),
    spread: null,
  }));
  return analyse({
    gate: "gate",
    fingerprint: "machine",
    suite: "suite",
    benchmark: "benchmark",
    metric: "latency",
    statistic: "p50",
    unit: "s",
    better: "lower",
    exact: false,
    points,
  });
}

/** Whether the drift is shown as one: one that goes on, or one level with two ends. */
function isShownAsDrift(series: Series): boolean {
  const { drift, levels } = trendOf(series);
  return drift?.kind === "steady" || levels.some(({ begin }) => begin !== undefined);
}

const isTold = (series: Series) => {
  const { drift, changes } = trendOf(series);
  return drift !== null || changes.length > 0;
};

/** A rise in standard deviations of 2 %. */
const rise = (percent: number) => Math.log(1 + percent / 100) / 0.02;

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  console.log([head, head.map(() => "-"), ...rows].map((row) => `|${row.join("|")}|`).join("\n"), "\n");
}

const LENGTHS = [20, 50, 100, 200];

function alarmsOf(name: string, seed: number, make: (n: number) => (random: Random) => Series): readonly string[] {
  return [name, ...LENGTHS.map((n) => share(100 * n + seed, make(n), isAnyFound))];
}

const PARTS: Readonly<Record<string, () => void>> = {
  alarms: () =>
    table(
      ["flat series, a change is found in %", ...LENGTHS.map((n) => `${n} runs`)],
      [
        alarmsOf("Gaussian", 0, (n) => dependent(n, 0)),
        alarmsOf("Student's t, 3 degrees of freedom", 1, heavy),
        ...[0.2, 0.4].map((phi) => alarmsOf(`neighbours correlated at ${phi}`, 10 * phi, (n) => dependent(n, phi))),
      ],
    ),
  wandering: () =>
    table(
      ["flat series, a change is found in %", ...LENGTHS.map((n) => `${n} runs`)],
      [0.7, 0.9].map((phi) => alarmsOf(`neighbours correlated at ${phi}`, 10 * phi, (n) => dependent(n, phi))),
    ),
  pushes: () =>
    table(
      ["flat series, looked at after each run: a change is found at any time, in %", "10 to 20 runs", "20 to 60 runs"],
      [
        ["Gaussian", (n: number) => dependent(n, 0)] as const,
        ["Student's t, 3 degrees of freedom", heavy] as const,
        ["neighbours correlated at 0.4", (n: number) => dependent(n, 0.4)] as const,
      ].map(([name, make], row) => [
        name,
        ...[10, 20].map((from) => share(500 + 10 * row + from, make(from === 10 ? 20 : 60), isEverFound(from))),
      ]),
    ),
  recent: () => {
    const before = [8, 12, 18, 20, 25, 30, 40, 60, 100, 200];
    table(
      ["step of five sd, two runs after it", ...before.map((n) => `${n} runs before`)],
      [
        [
          "found, %",
          ...before.map((n) =>
            share(
              12 + n,
              noisy(n + 2, (index) => (index < n ? 0 : 5)),
              isNear(n, 1),
            ),
          ),
        ],
      ],
    );
  },
  steps: () => {
    const after = [4, 6, 10, 20];
    table(
      [
        "found within two runs of its place, %",
        ...after.map((n) => `${n} runs after`),
        ...LENGTHS.map((n) => `middle of ${n}`),
      ],
      [2, 3, 5].map((size) => [
        `step of ${size} sd`,
        ...after.map((n) =>
          share(
            70 + n + size,
            noisy(40 + n, (index) => (index < 40 ? 0 : size)),
            isNear(40, 2),
          ),
        ),
        ...LENGTHS.map((n) =>
          share(
            7 + n + size,
            noisy(n, (index) => (index < n / 2 ? 0 : size)),
            isNear(n / 2, 2),
          ),
        ),
      ]),
    );
  },
  creeps: () =>
    table(
      ["noise of 2 %", "told, %", "as a drift, %"],
      [
        [
          "ten steps of +1 % in 100 runs",
          noisy(100, (index) => rise(1) * Math.min(10, Math.floor(index / 9))),
        ] as const,
        ...[10, 20, 30].flatMap((percent) =>
          [60, 100].map(
            (n) =>
              [
                `drift of +${percent} % over ${n} runs`,
                noisy(n, (index) => (rise(percent) * index) / (n - 1)),
              ] as const,
          ),
        ),
        ["one step of +10 % in the middle of 100", noisy(100, (index) => (index < 50 ? 0 : rise(10)))] as const,
        ["nothing, 100 runs", noisy(100, () => 0)] as const,
      ].map(([name, make], row) => [name, share(900 + row, make, isTold), share(900 + row, make, isShownAsDrift)]),
    ),
};

for (const [name, print] of Object.entries(PARTS)) if (values.only === undefined || values.only === name) print();
