import { describe, expect, it } from "vitest";
import { airspeedVelocity } from "../../../src/adapters/tools/airspeed-velocity.ts";
import { fixture, measured, numbersOf, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const TRIAL = { params: { evals: 1 }, times: [5, 7], gctimes: [0, 0], memory: 16, allocs: 1 };

function group(data: object): object {
  return { tags: [], data };
}

describe("AirspeedVelocity.jl", () => {
  it("gives all times of every benchmark by the path of its groups, and what it allocates as facts", () => {
    const round = onlyRound(airspeedVelocity, fixture("airspeed-velocity/results.json"));
    const times = (...nanoseconds: readonly number[]) => nanoseconds.map((time) => time * 1e-9);
    expect(numbersOf(round)).toEqual({
      time_to_load: times(8.206145e6, 7.9e6, 8.1e6),
      "fib/20": times(24150.5, 24012, 24990.25, 24101, 24055.5),
      "fib/25": times(268411, 267001, 270914),
    });
    expect(measured(round, "fib/20", "latency").estimator).toBe("batch-means");
    expect(measured(round, "fib/25", "latency").estimator).toBeUndefined();
    expect(measured(round, "fib/25", "memory")).toMatchObject({
      per: "operation",
      distribution: { value: 160, exact: true },
    });
    expect(measured(round, "fib/25", "allocations")).toMatchObject({ distribution: { value: 4, exact: true } });
  });

  it("is told by the first benchmark in it, not by groups alone", () => {
    expect(recognisedBy(JSON.stringify(group({ a: group({ b: TRIAL }) })))).toEqual(["airspeed-velocity"]);
    expect(recognisedBy(JSON.stringify(group({ a: group({}) })))).toEqual([]);
  });

  it.each([
    [group({}), "It holds no benchmarks"],
    [group({ a: { ...TRIAL, times: [] } }), "data.a.times: Expected at least one time"],
    [group({ a: { ...TRIAL, times: [-1] } }), "data.a.times[0]: Expected a number of at least 0"],
    [group({ a: group({ b: { ...TRIAL, memory: "1" } }) }), "data.a.data.b.memory: Expected a finite number"],
    [TRIAL, "Expected a group of benchmarks, found an object"],
  ])("refuses %#", (value, message) => {
    expect(refusal(airspeedVelocity, JSON.stringify(value)).message).toContain(message);
  });
});
