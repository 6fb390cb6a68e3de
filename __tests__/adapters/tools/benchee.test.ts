import { describe, expect, it } from "vitest";
import { benchee } from "../../../src/adapters/tools/benchee.ts";
import { fixture, measured, numbersOf, onlyRound, refusal } from "../outputs.ts";

function scenario(more: object): string {
  return JSON.stringify([{ name: "a", input_name: null, run_time_data: { samples: [1, 2] }, ...more }]);
}

describe("Benchee", () => {
  it("gives every sample, and what a run allocates", () => {
    const text = fixture("benchee/inputs.json");
    const round = onlyRound(benchee, text);
    const scenarios: { name: string; input_name: string; run_time_data: { samples: number[] } }[] = JSON.parse(text);
    expect(numbersOf(round)).toEqual(
      Object.fromEntries(
        scenarios.map((each) => [
          `${each.name} (${each.input_name})`,
          each.run_time_data.samples.map((time) => time * 1e-9),
        ]),
      ),
    );
    expect(measured(round, "flat_map (Small)", "memory")).toMatchObject({
      unit: "B",
      better: "lower",
      per: "operation",
    });
  });

  it("has no input in the name where there is none, and no memory that was not measured", () => {
    const { measurements } = onlyRound(benchee, fixture("benchee/plain.json"));
    expect(measurements.map(({ benchmark, metric }) => [benchmark, metric])).toEqual([["sort, twice", "latency"]]);
    expect(Object.keys(numbersOf(onlyRound(benchee, scenario({}))))).toEqual(["a"]);
  });

  it("reads reductions, and reports a scenario without a sample", () => {
    expect(numbersOf(onlyRound(benchee, scenario({ reductions_data: { samples: [12] } })), "reductions")).toEqual({
      a: [12],
    });
    expect(onlyRound(benchee, scenario({ run_time_data: { samples: [] } })).failures).toEqual([
      { benchmark: "a", reason: "Benchee has no sample of it: give it some `time`" },
    ]);
  });

  it("refuses the microseconds of old versions", () => {
    expect(refusal(benchee, fixture("benchee/unread-old.json")).message).toContain(
      "Update benchee and benchee_json to 1.0",
    );
  });

  it.each([
    ["[]", "It holds no benchmarks"],
    [scenario({ name: "" }), "[0].name: Expected a name"],
    [scenario({ run_time_data: { samples: ["1"] } }), "[0].run_time_data.samples[0]: Expected a finite number"],
    [scenario({ run_time_data: null }), "[0].run_time_data: Expected an object, found null"],
    [
      scenario({ memory_usage_data: { samples: [-1] } }),
      "[0].memory_usage_data.samples[0]: Expected a number of at least 0",
    ],
  ])("refuses %#", (text, message) => {
    expect(refusal(benchee, text).message).toContain(message);
  });
});
