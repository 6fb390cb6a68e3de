import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import type { Cell } from "../../src/judge/cells/cell.ts";
import type { Budget } from "../../src/model/plan.ts";
import type { Revision } from "../../src/model/recording.ts";
import { commentBody } from "../../src/report/formats/markdown.ts";
import { aRecording, withRounds } from "../synthetic.ts";
import { judgeCells } from "./cells/judge-cells.ts";

const revision = (digit: string): Revision => ({ sha: digit.repeat(40), ref: "main", committedAt: "" });
const CHANGE = { baseline: revision("a"), candidate: revision("b") };
const RULES = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-23" } as const;
const P50: Budget = { ...DEFAULT_BUDGETS[0]!, origin: "user" };

const recording = (seed: number, benchmarks: Readonly<Record<string, number>>, more: object = {}) =>
  aRecording({ seed, benchmarks, sha: "b".repeat(40), ...more });

type Measured = Extract<Cell, { comparisons: unknown }>;

/** A cell that measured side by side; the candidate takes `ratio` times as long. */
function beside(name: string, ratio: number, seed = name.length): Measured {
  const session = `${name}/1`;
  const baseline = aRecording({ seed, session, benchmarks: { json: 0.001, yaml: 0.002 } });
  const candidate = recording(seed + 100, { json: 0.001 * ratio, yaml: 0.002 }, { session });
  const comparisons = [{ kind: "side-by-side", baseline: [baseline], candidate }] as const;
  return { name, comparisons, looks: [12], confirmed: false };
}

/** A cell that was held against ten stored runs. */
function stored(name: string, ratio: number, more: Partial<Measured> = {}): Measured {
  const history = Array.from({ length: 10 }, (_, run) =>
    aRecording({ seed: 1000 + run, session: `${run}`, rounds: 6, benchmarks: { json: 0.001, yaml: 0.002 } }),
  );
  const candidate = recording(7, { json: 0.001 * ratio, yaml: 0.002 }, { session: "c", rounds: 6 });
  const comparisons = [{ kind: "stored", baseline: history, candidate }] as const;
  return { name, comparisons, looks: null, confirmed: false, ...more };
}

/** Pairs of one benchmark, which is as it was. */
function pairsOf(benchmark: string) {
  const session = "linux/1";
  const benchmarks = { [benchmark]: 0.002 };
  return {
    baseline: [aRecording({ seed: 5, session, benchmarks })],
    candidate: recording(105, benchmarks, { session }),
  };
}

const judged = (cells: readonly Cell[], rules: Partial<Parameters<typeof judgeCells>[2]> = {}) =>
  judgeCells(cells, CHANGE, { ...RULES, ...rules }).outcome;
const rows = (outcome: ReturnType<typeof judged>, statistic = "p50") =>
  Object.fromEntries(
    outcome.judgements
      .filter((row) => row.statistic === statistic)
      .map(({ suite, benchmark, verdict }) => [`${suite}/${benchmark}`, verdict]),
  );

describe("one verdict over the cells of a matrix", () => {
  it("judges every cell under its own name, and finds the one that got slower", () => {
    const outcome = judged([beside("linux", 1), beside("mac", 1.3)]);
    expect(rows(outcome)).toEqual({
      "linux/s/json": "unchanged",
      "linux/s/yaml": "unchanged",
      "mac/s/json": "regression",
      "mac/s/yaml": "unchanged",
    });
    expect(outcome.outcome).toBe("fail");
    expect(outcome.judgements.map(({ cell }) => cell)).toContain("mac");
    expect(outcome.baseline).toMatchObject({ kind: "side-by-side", revision: CHANGE.baseline });
    expect(outcome.candidate.revision).toEqual(CHANGE.candidate);
  });

  it("gives a single job without a cell the names that it has by itself", () => {
    const outcome = judged([beside("", 1.3)]);
    expect(rows(outcome)).toEqual({ "s/json": "regression", "s/yaml": "unchanged" });
    expect(outcome.judgements[0]).not.toHaveProperty("cell");
  });

  it("counts a missing cell as failed, beside the verdicts of the others and alone", () => {
    const gone: Cell = { name: "windows", missing: "It left no recording: see why in its job" };
    const some = judged([beside("linux", 1), gone]);
    expect(some.outcome).toBe("fail");
    expect(some.judgements.filter(({ verdict }) => verdict === "failed")).toMatchObject([
      { suite: "windows", benchmark: "*", severity: "gate", failure: { reason: gone.missing } },
    ]);
    expect(rows(some)).toMatchObject({ "linux/s/json": "unchanged" });
    expect(judged([gone])).toMatchObject({ outcome: "fail", judgements: [{ suite: "windows", verdict: "failed" }] });
    expect(judged([{ name: "", missing: "none" }]).outcome).toBe("fail");
  });

  it("tells of rules that fit nothing in any cell, once and by the names of suites", () => {
    const budgets = [
      { ...P50, match: "s/jsn" },
      { ...P50, match: "s/yaml" },
      { ...P50, match: "only-mac/*" },
      ...RULES.budgets,
    ];
    const accept = [{ match: "s/json latency p51", upTo: 0.1, reason: "x", until: null }];
    const onMac = beside("mac", 1);
    const [comparison] = onMac.comparisons;
    const extra = withRounds(comparison!.candidate, (round) => ({
      ...round,
      measurements: [...round.measurements, { ...round.measurements[0]!, suite: "only-mac" }],
    }));
    const cells = [beside("linux", 1), { ...onMac, comparisons: [{ ...comparison!, candidate: extra }] }];
    expect(judged(cells, { budgets, accept }).warnings.filter(({ code }) => code === "pattern-fits-nothing")).toEqual([
      { code: "pattern-fits-nothing", of: "budget", match: "s/jsn", near: "s/json" },
      { code: "pattern-fits-nothing", of: "acceptance", match: "s/json latency p51", near: "s/json latency p50" },
    ]);
    const gone: Cell = { name: "windows", missing: "gone" };
    expect(judged([...cells, gone], { budgets }).warnings.map(({ code }) => code)).not.toContain(
      "pattern-fits-nothing",
    );
  });

  it("names the cell whose benchmarks have nothing in common with their baseline", () => {
    const cell = beside("mac", 1);
    const [comparison] = cell.comparisons;
    const candidate = recording(9, { "v2/json": 0.001 }, { session: "mac/1" });
    const outcome = judged([beside("linux", 1), { ...cell, comparisons: [{ ...comparison!, candidate }] }]);
    expect(outcome.outcome).toBe("warn");
    expect(outcome.warnings).toContainEqual(
      expect.objectContaining({
        code: "nothing-in-common",
        suite: "mac/s",
        candidate: { names: ["mac/s/v2/json"], count: 1 },
      }),
    );
  });

  it("corrects all comparisons of all cells together", () => {
    const one = judged([beside("a", 1.02, 1)]);
    const many = judged(
      Array.from({ length: 8 }, (_, index) => beside(`cell${index}`, index === 0 ? 1.02 : 1, index + 1)),
    );
    const p = (outcome: typeof one, suite: string) =>
      outcome.judgements.find((row) => row.suite === suite && row.benchmark === "json" && row.statistic === "p50")!
        .comparison!;
    expect(p(many, "cell0/s").p).toBe(p(one, "a/s").p);
    expect(p(many, "cell0/s").adjustedP).toBeGreaterThanOrEqual(p(one, "a/s").adjustedP!);
  });

  it("holds budgets and acceptances of suites in every cell", () => {
    const strict = { ...P50, match: "s/json", threshold: 0.5 };
    expect(rows(judged([beside("mac", 1.3)], { budgets: [strict, ...DEFAULT_BUDGETS] }))).toMatchObject({
      "mac/s/json": "unchanged",
      "mac/s/yaml": "unchanged",
    });
    const accept = [{ match: "s/json latency *", upTo: 0.5, reason: "worth it", until: null }];
    const outcome = judged([beside("mac", 1.3), beside("linux", 1)], { accept });
    expect(outcome.outcome).not.toBe("fail");
    expect(outcome.judgements.filter(({ accepted }) => accepted !== null).map(({ suite }) => suite)).toContain("mac/s");
  });

  it("offers acceptances without the cell, as benchgate.yml has them", () => {
    const comment = commentBody(judged([beside("mac", 1.3)]), { marker: "m", now: "2026-11-23T00:00:00Z" });
    expect(comment).toContain('- match: "s/json latency p50"');
  });

  it("judges by stored runs where a cell was held against those, each cell by its own", () => {
    const outcome = judged([stored("linux", 1), stored("mac", 1.5)]);
    expect(rows(outcome)).toMatchObject({ "linux/s/json": "unchanged", "mac/s/json": "regression" });
    expect(outcome.baseline).toMatchObject({ kind: "stored", runs: 10 });
  });

  it("calls new what has no history in its own cell, and says so where none has any", () => {
    const [screened] = stored("mac", 1).comparisons;
    const without = stored("mac", 1, { comparisons: [{ ...screened!, baseline: [] }] });
    expect(rows(judged([stored("linux", 1), without]))).toMatchObject({
      "linux/s/json": "unchanged",
      "mac/s/json": "added",
    });
    const first = judged([without]);
    expect(first.baseline).toEqual({ kind: "none" });
    expect(first.warnings.map(({ code }) => code)).toContain("no-baseline");
  });

  it("lets what was measured side by side decide, and turns nothing red by stored runs alone where the cell confirms", () => {
    const [screened, pairs] = [stored("linux", 1.5), beside("linux", 1)];
    const both = { ...screened, comparisons: [...screened.comparisons, ...pairs.comparisons], confirmed: true };
    expect(rows(judged([both]))).toMatchObject({ "linux/s/json": "unchanged" });
    expect(judged([both]).outcome).not.toBe("fail");

    // A benchmark that the pairs lack stays open: neither red by stored runs alone, nor green because it was left out.
    const without = { ...both.comparisons[1]!, ...pairsOf("yaml") };
    const partly = judged([{ ...both, comparisons: [both.comparisons[0]!, without] }]);
    expect(rows(partly)).toMatchObject({ "linux/s/json": "inconclusive", "linux/s/yaml": "unchanged" });
    expect(partly.outcome).toBe("warn");
  });

  it("takes no cell's word that it confirms where it left nothing side by side", () => {
    const alone = judged([stored("linux", 1.5, { confirmed: true })]);
    expect(rows(alone)).toMatchObject({ "linux/s/json": "regression" });
    expect(alone.outcome).toBe("fail");
    expect(judged([stored("linux", 1.5)]).outcome).toBe("fail");
  });

  it("judges cells side by side and cells by stored runs in one outcome", () => {
    const outcome = judged([beside("linux", 1), stored("mac", 1.5)]);
    expect(rows(outcome)).toMatchObject({ "linux/s/json": "unchanged", "mac/s/json": "regression" });
    expect(outcome.outcome).toBe("fail");
  });

  it("keeps a failure inside a cell with its cell", () => {
    const cell = beside("mac", 1);
    const [made] = cell.comparisons;
    const failing = withRounds(made!.candidate, (round) => ({
      ...round,
      failures: [{ suite: "s", benchmark: "json", reason: "exit code 1", output: "boom" }],
    }));
    const outcome = judged([{ ...cell, comparisons: [{ ...made!, candidate: failing }] }, beside("linux", 1)]);
    expect(outcome.judgements.find(({ verdict }) => verdict === "failed")).toMatchObject({
      suite: "mac/s",
      cell: "mac",
    });
    expect(rows(outcome)).toMatchObject({ "linux/s/json": "unchanged" });
  });

  it("says how many kinds of machine there were", () => {
    const mac = beside("mac", 1);
    const [made] = mac.comparisons;
    const environment = { ...made!.candidate.environment, cpu: "M1", cores: 3 };
    const candidate = { ...made!.candidate, environment };
    const baseline = made!.baseline.map((each) => ({ ...each, environment }));
    const outcome = judged([beside("linux", 1), { ...mac, comparisons: [{ ...made!, baseline, candidate }] }]);
    expect(outcome.candidate.environment).toMatchObject({ cpu: "2 kinds of machine", cores: 0, os: "linux" });
    expect(outcome.differences).toEqual([]);
    expect(commentBody(outcome, { marker: "m" })).toContain("2 kinds of machine");
    expect(commentBody(outcome, { marker: "m" })).not.toContain("0\u00A0×");
  });
});
