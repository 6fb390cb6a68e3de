import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { forecast } from "../../src/judge/forecast.ts";
import { judge } from "../../src/judge/judge.ts";
import { aRecording, withRounds } from "../synthetic.ts";

const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "warn", today: "2026-11-22" } as const;
const run = (seed: number) => {
  const recording = aRecording({ seed, session: `m/${seed}`, rounds: 6, benchmarks: { a: 0.001, b: 0.002 } });
  return withRounds(recording, (round, index) => ({
    ...round,
    startedAt: new Date(Date.UTC(2026, 10, 22, 10, 0, index * 20)).toISOString(),
  }));
};

describe("a forecast", () => {
  it("takes the time of a round, and what the next run could find, from stored runs", () => {
    const runs = [9, 8, 7, 6, 5, 4, 3].map(run);
    const { seconds, detectable } = forecast(runs, 12, rules);
    expect(seconds).toBe(240);
    const next = judge({ kind: "stored", recordings: [runs[0]!, ...runs.slice(1)] }, run(10), rules);
    const found = next.judgements.flatMap(({ comparison }) => comparison?.detectable ?? []);
    expect(detectable).toBeGreaterThan(Math.min(...found) / 2);
    expect(detectable).toBeLessThan(Math.max(...found) * 2);
  });

  it("says nothing that history does not know", () => {
    expect(forecast([], 6, rules)).toEqual({ seconds: null, detectable: null });
    expect(forecast([run(1)], 6, rules)).toEqual({ seconds: 120, detectable: null });
    const undated = withRounds(run(1), (round) => ({ ...round, startedAt: "" }));
    expect(forecast([undated], 6, rules).seconds).toBeNull();
  });
});
