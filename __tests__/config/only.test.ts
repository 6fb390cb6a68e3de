import { describe, expect, it } from "vitest";
import { patternsOf } from "../../src/config/only.ts";
import { isAsked } from "../../src/measure/asked.ts";

const SUITES = ["bench", "api"];
const asked = (text: string) => patternsOf(text, SUITES, { path: "--only" });

describe("what somebody asks for", () => {
  it.each([
    ["bench/slow1", "bench/slow1", true],
    ["bench/slow1", "bench/slow10", false],
    ["*/slow1", "bench/slow1", true],
    ["*/slow1", "api/slow1", true],
    ["*/slow1", "bench/a.js / slow1", true],
    ["*/slow1", "bench/slow10", false],
    ["*/slow1", "bench/very slow1", false],
    ["b*/slow*", "bench/slow10", true],
    ["b*", "bench/slow10", true],
    ["b*", "api/b", false],
    ["*", "api/b", true],
    ["api", "api/GET /", true],
    ["api", "bench/slow1", false],
    ["*/GET*", "api/GET /", true],
  ])("%s fits %s: %s", (text, benchmark, fits) => {
    const [suite = "", ...name] = benchmark.split("/");
    expect(isAsked(asked(text))(suite, name.join("/"))).toBe(fits);
  });

  it.each([
    ["aip/x", '--only: "aip/x" names a suite that is not there. Did you mean "api/x"?'],
    [
      "aip",
      '--only: "aip" names a suite that is not there. Did you mean "api"? For a benchmark of that name in any suite write "*/aip"',
    ],
    [
      "slow1",
      '--only: "slow1" names a suite that is not there. The suites are bench, api; for a benchmark of that name in any suite write "*/slow1"',
    ],
    ["slow*", 'for a benchmark of that name in any suite write "*/slow*"'],
    ["", '--only: "" names a suite that is not there'],
    [
      "BenchmarkA/sub",
      '--only: "BenchmarkA/sub" names a suite that is not there. The suites are bench, api; for a benchmark of that name in any suite write "*/BenchmarkA/sub"',
    ],
  ])("%s is refused at once", (text, message) => {
    expect(() => asked(text)).toThrow(message);
  });
});
