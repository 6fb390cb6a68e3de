import { describe, expect, it } from "vitest";
import { outputOf } from "../../../src/adapters/reading/output.ts";
import { ab } from "../../../src/adapters/tools/ab/ab.ts";
import { fixture, onlyRound, recognisedBy, refusal } from "../outputs.ts";

const text = fixture("ab/gnuplot.tsv");

describe("ab -g", () => {
  it("gives the total time of each request, and nothing that it does not tell", () => {
    const times = text
      .trimEnd()
      .split("\n")
      .slice(1)
      .map((line) => Number(line.split("\t")[4]) / 1000);
    expect(times).toHaveLength(40);
    expect(onlyRound(ab, text)).toEqual({
      measurements: [
        {
          ...{
            benchmark: "requests",
            metric: "latency",
            unit: "s",
            better: "lower",
            resolution: 0.001,
            loadModel: "closed",
          },
          distribution: { kind: "samples", samples: Float64Array.from(times) },
        },
      ],
      failures: [],
    });
    expect(recognisedBy(text)).toEqual(["ab"]);
  });

  it("is sorted by time, so that no warm-up can be cut", () => {
    expect(() => ab.parse({ ...outputOf(text), skip: 1 })).toThrow("a warm-up cannot be cut from ab -g");
  });

  it.each([
    ["a time", text.replace(/\t(\d+)\t(\d+)\n/, "\t5ms\t$2\n"), '2: ttime: Expected whole milliseconds, found "5ms"'],
    ["an end", text.trimEnd(), "41: the last line is cut off"],
    ["requests", `${text.split("\n", 1)[0]}\n`, "1: It holds no requests"],
  ])("is refused at a line where it lacks %s", (_, changed, message) => {
    expect(refusal(ab, changed).message).toContain(message);
  });
});

describe("ab -e", () => {
  it("is refused: it does not tell on how many requests its percentiles rest", () => {
    expect(refusal(ab, fixture("ab/unread-percentages.csv")).message).toContain("ab's table of percentiles (-e)");
    const error = refusal(ab, "Percentage served,Time in ms\n0,5.801\n1,5.801\n99,11.2\n");
    expect(error.message).toBe(
      "1: this is ab's table of percentiles (-e), which does not say of how many requests. Run ab with -g FILE, or give what it prints",
    );
    expect(recognisedBy("Percentage served,Time in ms\n0,5.801\n")).toEqual(["ab"]);
  });
});
