import { describe, expect, it } from "vitest";
import { controlWarning } from "../../src/judge/control.ts";
import type { Rules } from "../../src/judge/judge.ts";
import type { Budget } from "../../src/model/plan.ts";
import { aRecording } from "../synthetic.ts";

const budget = (parts: Partial<Budget> = {}): Budget => ({
  match: "*",
  metric: "latency",
  statistic: "p50",
  threshold: 0.05,
  limit: null,
  floor: 0,
  severity: "gate",
  origin: "user",
  ...parts,
});
const rules = (...budgets: Budget[]): Rules => ({ budgets, accept: [], onInconclusive: "warn", today: "2026-11-22" });
const arm = (seed: number, json: number) => aRecording({ seed, benchmarks: { json, xml: 0.002 } });

describe("the control", () => {
  it("has nothing to say of a machine that can tell equal from equal", () => {
    expect(controlWarning(arm(1, 0.001), arm(2, 0.001), rules(budget()))).toBeNull();
  });

  it.each([
    ["slower", 0.0012],
    ["faster", 0.0008],
  ])("names what became %s than itself", (_, json) => {
    expect(controlWarning(arm(1, 0.001), arm(2, json), rules(budget()))).toEqual({
      code: "machine-unstable",
      benchmarks: ["s / json p50"],
    });
  });

  it("does not count advisory comparisons, limits, goals or what is accepted", () => {
    const slow = arm(2, 0.0012);
    expect(controlWarning(arm(1, 0.001), slow, rules(budget({ severity: "advisory" })))).toBeNull();
    const equal = rules(budget({ limit: 1e-9, goal: 0.5 }), budget({ statistic: "p90", threshold: null, limit: 1e-9 }));
    expect(controlWarning(arm(1, 0.001), arm(2, 0.001), equal)).toBeNull();
    const accepting = {
      ...rules(budget()),
      accept: [{ match: "*", upTo: 9, reason: "because", until: null }],
    };
    expect(controlWarning(arm(1, 0.001), slow, accepting)).not.toBeNull();
  });
});
