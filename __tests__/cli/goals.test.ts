import { describe, expect, it } from "vitest";
import { GOALS, refuseUnfitting, withGoals } from "../../src/cli/goals.ts";
import { budgetsOf } from "../../src/config/plan.ts";
import type { Judgement } from "../../src/model/verdict.ts";

describe("goals on a command line", () => {
  it("are p50's where they name no statistic, and any metric's where they do", () => {
    expect(GOALS.read(["20%"])).toEqual([{ metric: "latency", statistic: "p50", value: 0.2 }]);
    expect(GOALS.read(["p99=10%, throughput.mean=5%"])).toEqual([
      { metric: "latency", statistic: "p99", value: 0.1 },
      { metric: "throughput", statistic: "mean", value: 0.05 },
    ]);
    expect(GOALS.read([])).toEqual([]);
    expect(() => GOALS.read(["p5=20%"])).toThrow(/is not a statistic/);
  });

  it("are promised by every rule for that statistic, and by one of their own where there is none", () => {
    const budgets = budgetsOf(null);
    expect(withGoals(budgets, [])).toEqual(budgets);
    const promised = withGoals(budgets, GOALS.read(["20%, cpu-time.mean=30%"]));
    expect(promised.find(({ metric, statistic }) => metric === "latency" && statistic === "p50")).toMatchObject({
      goal: 0.2,
      severity: "gate",
      threshold: 0.05,
    });
    expect(promised.find(({ statistic }) => statistic === "p99")).not.toHaveProperty("goal");
    expect(promised.at(-1)).toMatchObject({ match: "*", metric: "cpu-time", goal: 0.3, severity: "gate" });
  });

  it("are refused where nothing measured could meet them: silence is no proof", () => {
    const judged = (metric: string, statistic: string, goal: object | null) =>
      ({ metric, statistic, goal }) as Judgement;
    const goals = GOALS.read(["20%"]);
    const throughput = judged("throughput", "mean", null);
    expect(() => refuseUnfitting(goals, [throughput])).toThrow(/latency p50 fits nothing.*throughput\.mean/);
    expect(() => refuseUnfitting(goals, [judged("latency", "p50", null)])).toThrow(/fits nothing/);
    expect(() => refuseUnfitting(goals, [throughput, judged("latency", "p50", { state: "open" })])).not.toThrow();
    expect(() => refuseUnfitting(goals, [{ ...throughput, verdict: "failed" }])).not.toThrow();
    expect(() => refuseUnfitting([], [])).not.toThrow();
  });
});
