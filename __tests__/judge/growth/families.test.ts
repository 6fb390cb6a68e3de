import { describe, expect, it } from "vitest";
import { familiesOf } from "../../../src/judge/growth/families.ts";

const named = (...names: readonly string[]) => familiesOf(names.map((benchmark) => ({ suite: "s", benchmark })));

describe("familiesOf", () => {
  it.each([
    ["a parameter with its name", "sort/n=1000", "sort/n=4000", "sort/n=16000", "sort/n=*"],
    [
      "Google Benchmark",
      "BM_sort/1024/real_time",
      "BM_sort/4096/real_time",
      "BM_sort/16384/real_time",
      "BM_sort/*/real_time",
    ],
    ["pytest", "test_sort[10]", "test_sort[100]", "test_sort[1000]", "test_sort[*]"],
    [
      "pytest with another parameter",
      "test_sort[list-10]",
      "test_sort[list-100]",
      "test_sort[list-1000]",
      "test_sort[list-*]",
    ],
    [
      "JMH",
      "shop.Sort.run (size=10) [sample]",
      "shop.Sort.run (size=100) [sample]",
      "shop.Sort.run (size=40) [sample]",
      "shop.Sort.run (size=*) [sample]",
    ],
    ["BenchmarkDotNet", "Sort.Run(N: 10)", "Sort.Run(N: 20)", "Sort.Run(N: 40)", "Sort.Run(N: *)"],
    ["Criterion and Go", "sort/quick/64", "sort/quick/1024", "sort/quick/256", "sort/quick/*"],
    ["words", "sort 1,000 items", "sort 10,000 items", "sort 100,000 items", "sort * items"],
    ["units", "read/1KiB", "read/1MiB", "read/64KiB", "read/*"],
    ["powers", "sort/1e3", "sort/1e4", "sort/1e5", "sort/*"],
    ["underscores", "sort_1k", "sort_10k", "sort_100k", "sort_*"],
  ])("reads sizes as they are written: %s", (_, first, second, third, label) => {
    expect(named(first, second, third).map((family) => family.label)).toEqual([label]);
  });

  it("puts the smallest size first, and no size twice", () => {
    const [family] = named("a/4k", "a/1000", "a/2000", "a/1k");
    expect(family?.members.map(({ size, of }) => [size, of.benchmark])).toEqual([
      [1000, "a/1000"],
      [2000, "a/2000"],
      [4000, "a/4k"],
    ]);
  });

  it("keeps the other parameters of a grid apart", () => {
    const names = [10, 100, 1000].flatMap((n) => [1, 8].map((k) => `join/n=${n}/k=${k}`));
    expect(named(...names).map(({ label }) => label)).toEqual(["join/n=*/k=1", "join/n=*/k=8"]);
  });

  it.each([
    ["two sizes", ["a/10", "a/1000"]],
    ["sizes too near", ["a/10", "a/20", "a/30"]],
    ["numbers within words", ["sha1", "sha256", "sha512"]],
    ["encodings", ["base16", "base32", "base64", "utf8"]],
    ["threads", ["a/threads:1", "a/threads:8", "a/threads:64"]],
    ["seeds", ["a (seed=1)", "a (seed=10)", "a (seed=100)"]],
    ["a size of zero", ["a/0", "a/1", "a/100"]],
  ])("sees no family in %s", (_, names) => {
    expect(named(...names)).toEqual([]);
  });

  it("keeps suites apart", () => {
    const all = ["one", "two", "three"].map((suite, i) => ({ suite, benchmark: `a/${10 ** (i + 1)}` }));
    expect(familiesOf(all)).toEqual([]);
  });
});
