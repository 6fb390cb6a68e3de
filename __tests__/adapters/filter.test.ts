import { describe, expect, it } from "vitest";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { anyOf } from "../../src/adapters/reading/pattern.ts";

const filter = (tool: string, ...names: string[]) => ADAPTERS.find(({ name }) => name === tool)?.filter?.only(names);

describe("the filter for what is still undecided", () => {
  it("names whole functions of Go, without package and sub-benchmark", () => {
    expect(
      filter(
        "go",
        "example.com/app/text.BenchmarkSort/n=10",
        "example.com/app/text.BenchmarkSort/n=20",
        "BenchmarkJoin",
      ),
    ).toBe("^(BenchmarkSort|BenchmarkJoin)$");
  });

  it("names test functions of pytest, in Python's words", () => {
    expect(filter("pytest-benchmark", "tests/test_a.py::TestB::test_c[10-x]", "tests/test_a.py::test_d")).toBe(
      "test_c or test_d",
    );
  });

  it("names whole methods of JMH, without their parameters and modes", () => {
    expect(filter("jmh", "shop.Search.run (size=10)", "shop.Search.run (size=20) [sample]", "shop.Cart.add [ss]")).toBe(
      "^(shop\\.Search\\.run|shop\\.Cart\\.add)$",
    );
    expect(filter("jmh", "shop.Search.run [thrpt]")).toBe("^(shop\\.Search\\.run)$");
  });

  it("names benchmarks of asv with their parameters, which its patterns are held against", () => {
    expect(filter("asv", "sort.Time.time_sort(10, 'a')", "sort.time_join")).toBe(
      "^(sort\\.Time\\.time_sort\\(10, 'a'\\)|sort\\.time_join)$",
    );
  });

  it("takes nothing in a name for an expression", () => {
    const names = ["a.b*c", "(x|y)", "[z]", "\\d", "$^"];
    const pattern = new RegExp(anyOf(names));
    for (const name of names) expect(pattern.test(name)).toBe(true);
    for (const other of ["aXb*c", "x", "z", "5", ""]) expect(pattern.test(other)).toBe(false);
  });

  it("fits every benchmark where nothing is decided yet", () => {
    for (const { filter } of ADAPTERS.filter(({ name }) => name !== "pytest-benchmark")) {
      if (filter !== undefined) expect(new RegExp(filter.all).test("anything")).toBe(true);
    }
  });
});
