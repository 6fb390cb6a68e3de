import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Distribution } from "../../src/model/measurement.ts";
import { mixtureQuantiles } from "../../src/stats/mixture.ts";

const samples = (...values: readonly number[]): Distribution => ({
  kind: "samples",
  samples: Float64Array.from(values),
});
const repeated = (value: number, times: number) => samples(...Array.from({ length: times }, () => value));
const at = (rounds: readonly Distribution[], ...levels: readonly number[]) => mixtureQuantiles(rounds, levels)?.values;

describe("quantiles of rounds together", () => {
  it("are those of the ECDF for one round", () => {
    const round = samples(...Array.from({ length: 100 }, (_, index) => 100 - index));
    expect(at([round], 0, 0.01, 0.5, 0.505, 0.99, 1)).toEqual([1, 1, 50, 51, 99, 100]);
  });

  it("give every round the same weight, however many samples it has", () => {
    const rounds = [repeated(1, 10), repeated(2, 1000)];
    expect(at(rounds, 0.5)).toEqual([1]);
    expect(at(rounds, 0.51)![0]).toBeCloseTo(2, 3);
  });

  it("are the same from a histogram as from its samples", () => {
    const histogram: Distribution = {
      kind: "histogram",
      values: Float64Array.of(1, 2, 5),
      counts: Float64Array.of(10, 20, 10),
      encoded: "",
      scale: 1,
    };
    const written = samples(...Array(10).fill(1), ...Array(20).fill(2), ...Array(10).fill(5));
    const levels = [0, 0.2, 0.25, 0.3, 0.75, 0.8, 0.975, 1];
    expect(at([histogram, repeated(3, 8)], ...levels)).toEqual(at([written, repeated(3, 8)], ...levels));
  });

  it("are missing beyond what so many samples can tell, but for the ends", () => {
    expect(at([repeated(1, 50), repeated(1, 50)], 0.99, 0.995, 1)).toEqual([1, null, 1]);
  });

  it("are none where a round is neither samples nor a histogram, or there is no round", () => {
    expect(mixtureQuantiles([], [0.5])).toBeNull();
    expect(mixtureQuantiles([samples(1), { kind: "value", value: 1, exact: true }], [0.5])).toBeNull();
    expect(mixtureQuantiles([{ kind: "samples", samples: new Float64Array() }], [0.5])).toBeNull();
  });

  it("reach their level, and nothing clearly below them does", () => {
    const round = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        fc.array(round, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (rounds, level) => {
          const all = rounds.flat();
          const value = mixtureQuantiles(
            rounds.map((values) => samples(...values)),
            [level],
          )!.values[0];
          if (value == null) return (1 - level) * all.length < 1;
          const share = (x: number) =>
            rounds.reduce((sum, values) => sum + values.filter((each) => each <= x).length / values.length, 0) /
            rounds.length;
          const spread = Math.max(...all) - Math.min(...all);
          return share(value) >= level - 1e-9 && share(value - 2e-4 * spread - 1e-9) <= level + 1e-9;
        },
      ),
    );
  });
});
