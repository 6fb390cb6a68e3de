import { describe, expect, it } from "vitest";
import { editDistance, nearest } from "../../src/model/nearest.ts";

const TOOLS = ["tinybench", "vitest", "hyperfine", "go", "pytest-benchmark", "k6"];

describe("nearest", () => {
  it("finds the word behind a typing error", () => {
    expect(nearest("hyprefine", TOOLS)).toBe("hyperfine");
    expect(nearest("tinybnech", TOOLS)).toBe("tinybench");
    expect(nearest("vittest", TOOLS)).toBe("vitest");
  });

  it("does not care about capitals", () => {
    expect(nearest("HyperFine", TOOLS)).toBe("hyperfine");
  });

  it("allows one wrong letter in the shortest words", () => {
    expect(nearest("k7", TOOLS)).toBe("k6");
  });

  it("offers nothing where nothing is near", () => {
    expect(nearest("criterion", TOOLS)).toBeNull();
    expect(nearest("", ["alpha"])).toBeNull();
    expect(nearest("a", [])).toBeNull();
  });

  it("takes the nearer of two, and the first of equals", () => {
    expect(nearest("rouds", ["round", "rounds"])).toBe("rounds");
    expect(nearest("rouns", ["round", "rounds"])).toBe("round");
    expect(nearest("rouns", ["rounds", "round"])).toBe("rounds");
  });

  it("does not spend time on words nobody mistyped", () => {
    expect(nearest("x".repeat(1_000_000), TOOLS)).toBeNull();
    expect(nearest("go", ["x".repeat(1_000_000)])).toBeNull();
  });
});

describe("editDistance", () => {
  it.each([
    ["", "", 0],
    ["abc", "abc", 0],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
    ["ab", "ba", 1],
    ["ca", "abc", 3],
  ])("from %j to %j is %d", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
    expect(editDistance(b, a)).toBe(distance);
  });
});
