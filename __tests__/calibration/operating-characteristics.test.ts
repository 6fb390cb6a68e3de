import { beforeAll, describe, expect, it } from "vitest";
import { agreementOn } from "../../bench/operating-characteristics/agreement.ts";
import { boundaryTable } from "../../bench/operating-characteristics/boundary.ts";
import { CHANGES, type Characteristics, characteristicsOf } from "../../bench/operating-characteristics/cell.ts";
import { sourcesOf } from "../../bench/operating-characteristics/experiment.ts";
import { fewTable } from "../../bench/operating-characteristics/few.ts";
import { hostileTable } from "../../bench/operating-characteristics/hostile.ts";
import { readRecorded } from "../../bench/operating-characteristics/recorded.ts";
import { RULES } from "../../bench/operating-characteristics/rules.ts";
import { savingsTable } from "../../bench/operating-characteristics/savings.ts";
import { percent } from "../../bench/operating-characteristics/tables.ts";
import { trapTable } from "../../bench/operating-characteristics/trap.ts";
import { unequalTable } from "../../bench/operating-characteristics/unequal.ts";

const SEED = 7;
const SIZE = { unchanged: 600, changed: 100, gates: 100 };
/** Of Benchgate's own rules more: among few comparisons a single false one would be in every sixth gate of 100. */
const OWN = { ...SIZE, unchanged: 2400 };
const sources = sourcesOf(SEED, 300, readRecorded());
const named = (name: string) => sources.find((source) => source.name === name)!;
const SIDE_BY_SIDE = ["looks 6/12/24", "6 pairs", "12 pairs", "24 pairs"].map((rule) => `**Benchgate**, ${rule}`);

let found: readonly Characteristics[];
const of = (source: string, rule: string): Characteristics =>
  found.find((each) => each.source === source && each.rule === rule)!;

beforeAll(() => {
  const [own, peers] = [
    RULES.filter(({ name }) => SIDE_BY_SIDE.includes(name)),
    RULES.filter(({ name }) => !SIDE_BY_SIDE.includes(name)),
  ];
  found = ["Gaussian 2 %", "collector tail", "recorded"].flatMap((name) => [
    ...characteristicsOf(named(name), own, OWN, SEED),
    ...characteristicsOf(named(name), peers, SIZE, SEED),
  ]);
});

describe("the experiment", () => {
  it("gives the same numbers for the same seed, and other numbers for another", () => {
    // All but the one that sorts every sample of a suite.
    const rules = RULES.filter(({ name }) => name !== "pooled Mann-Whitney, 5 %");
    const again = (seed: number) =>
      characteristicsOf(sourcesOf(seed, 50, null)[0]!, rules, { unchanged: 10, changed: 10, gates: 2 }, seed);
    expect(again(SEED)).toEqual(again(SEED));
    expect(again(SEED)).not.toEqual(again(SEED + 1));
  });

  it("draws each comparison by itself: the tenth is the same whether or not nine were drawn before", () => {
    for (const source of sources) {
      const tenth = source.draw(10).pairs("p99", 24);
      for (let index = 0; index < 10; index++) source.draw(index).pairs("p50", 6);
      expect(source.draw(10).pairs("p99", 24)).toEqual(tenth);
    }
  });

  it.each(sources.map(({ name }) => name))("decides as the whole judge does: %s", (name) => {
    const { compared, different } = agreementOn(named(name));
    expect(compared).toBeGreaterThan(300);
    expect(different).toBe(0);
  });

  it("leaves out the rules that a recording of round statistics cannot feed", () => {
    const rules = found.filter(({ source }) => source === "recorded").map(({ rule }) => rule);
    expect(rules).not.toContain("pooled Mann-Whitney, 5 %");
    expect(rules).toContain("Welch on rounds, 5 %");
  });
});

describe("on unchanged code", () => {
  it.each(SIDE_BY_SIDE)("%s keeps its bound: at most one red gate in twenty, under each noise", (rule) => {
    for (const { source, redGates } of found.filter((each) => each.rule === rule)) {
      expect(redGates[0], `${source}, gates of 10`).toBeLessThanOrEqual(0.05);
      expect(redGates[1], `${source}, gates of 100`).toBeLessThanOrEqual(0.05);
    }
  });

  it("the rules that people use turn most gates of a hundred red", () => {
    for (const rule of [
      "last run × 1.05",
      "mean of ten runs + 5 %",
      "pooled Mann-Whitney, 5 %",
      "Welch on rounds, 5 %",
    ]) {
      expect(of("collector tail", rule).redGates[1], rule).toBeGreaterThan(0.8);
    }
  });

  it("looking every ten measurements finds differences that fixed looks at their price do not", () => {
    expect(of("Gaussian 2 %", "re-check every 10").falseAlarms.p50).toBeGreaterThan(0.04);
    expect(of("Gaussian 2 %", "re-check every 10").coverage.p50).toBeLessThan(0.92);
    expect(of("Gaussian 2 %", "**Benchgate**, looks 6/12/24").coverage.p50).toBeGreaterThan(0.94);
  });

  it.each(SIDE_BY_SIDE)("%s has intervals that hold the truth under Gaussian noise", (rule) => {
    const { p50, p99 } = of("Gaussian 2 %", rule).coverage;
    // Four standard errors below 95 % for 2,400 comparisons.
    expect(p50).toBeGreaterThan(0.932);
    expect(p99).toBeGreaterThan(0.932);
  });
});

describe("under hostile noise", () => {
  it("no gate is red, fewer rows stay open than before, and more changes are found, whatever the noise", () => {
    const rows = hostileTable(8, SEED);
    const mean = (of: (row: (typeof rows)[number]) => number) =>
      rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    // 0.2 % on average at most: of 192 gates two are beyond luck.
    expect(8 * rows.length * mean(({ inUse }) => inUse.redGates)).toBeLessThan(3);
    for (const { noise, before, inUse } of rows) {
      expect(inUse.open, noise).toBeLessThanOrEqual(before.open);
      expect(inUse.found, noise).toBeGreaterThanOrEqual(before.found);
    }
    expect(mean(({ before, inUse }) => before.open - inUse.open)).toBeGreaterThan(0.08);
    expect(mean(({ before, inUse }) => inUse.found - before.found)).toBeGreaterThan(0.1);
    expect(mean(({ peers }) => Math.min(...peers))).toBeGreaterThan(0.2);
  });
});

describe("on changed code", () => {
  it.each(SIDE_BY_SIDE)(
    "%s finds a change of a fifth, and does not call three hundredths a regression of more than five",
    (rule) => {
      const power = of("Gaussian 2 %", rule).power.p50!;
      expect(power[CHANGES.indexOf(0.2)]).toBeGreaterThan(0.98);
      expect(power[CHANGES.indexOf(0.03)]).toBeLessThan(0.02);
    },
  );

  it("looks take fewer rounds than 24 pairs always", () => {
    for (const { share, change, looks } of savingsTable([named("Gaussian 2 %")], 300)) {
      expect(share).toBeLessThan(0.55);
      if (change > 0) expect(looks).toBeGreaterThan(0.95);
    }
  });
});

describe("the special tables", () => {
  it("at the boundary, false regressions stay near nominal under Gaussian noise and below it among slow rounds", () => {
    for (const { noise, design, overNominal } of boundaryTable(3000, SEED)) {
      // Nominal 5 %: a standard error of 0.08.
      expect(overNominal[0], `${noise}, ${design}`).toBeLessThan(1.35);
      expect(overNominal[0], `${noise}, ${design}`).toBeGreaterThan(noise === "slow rounds" ? 0.25 : 0.7);
    }
  });

  it("pooled samples are taken for evidence by Mann-Whitney and Welch, and not by the judge", () => {
    for (const row of trapTable(100, SEED)) {
      expect(row.pooledMannWhitney).toBeGreaterThan(0.5);
      expect(row.pooledWelch).toBeGreaterThan(0.5);
      // Nominal 5 %, four standard errors.
      expect(row.interval).toBeLessThan(0.05 + 4 * Math.sqrt((0.05 * 0.95) / 100));
      expect(row.regression).toBe(0);
    }
  });

  it("more samples on one side fake a slower p99 by themselves, and do not at equal size", () => {
    const rows = unequalTable({ rounds: 300, repeats: 2000, judged: 2 }, SEED);
    expect(rows[0]?.naive.change).toBeGreaterThan(0.25);
    for (const { ours, judged } of rows) {
      // A pool of 300 rounds has an error of its own.
      expect(ours.change).toBeLessThan(0.12);
      expect(ours.threshold).toBeLessThan(0.06);
      expect(judged.red).toBe(0);
    }
  });

  it("tails of few samples turn no gate red with looks, whatever follows what and however many samples a side has", () => {
    const rows = fewTable({ rounds: 100, gates: 30 }, SEED);
    for (const { requests, statistic, baseline, candidate, redGates } of rows) {
      // 1 % at most: of 30 gates three are beyond luck.
      expect(30 * redGates.at(-1)!, `${requests}, ${statistic}, ${baseline} : ${candidate}`).toBeLessThan(3);
    }
    const smooth = rows.filter(({ requests }) => requests.startsWith("log-normal"));
    for (const { found } of smooth) expect(found.at(-1)).toBeGreaterThan(0.9);
  });

  it("prints shares with the digits that they deserve", () => {
    expect([0, 0.00052, 0.031, 0.5, 1, null].map(percent)).toEqual(["0", "0.05", "3.1", "50", "100", "-"]);
  });
});
