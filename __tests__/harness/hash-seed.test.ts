import { cachedDataVersionTag } from "node:v8";
import { describe, expect, it } from "vitest";
import { forgetHashSeed, hashSeedFlags } from "../../src/harness/hash-seed.ts";

describe("the seed of hashes", () => {
  it("is a whole number that V8 does not take for any", () => {
    const seeds = [0, 0.5, 1 - 2 ** -53].map((each) => Number(hashSeedFlags([{}], () => each)[0]?.split("=")[1]));
    expect(seeds).toEqual([1, 2 ** 30, 2 ** 31 - 1]);
  });

  it("is V8's own where a side caches what it compiles, which each seed would do anew", () => {
    expect(hashSeedFlags([{}, { NODE_COMPILE_CACHE: "/cache" }], Math.random)).toEqual([]);
    expect(hashSeedFlags([{ NODE_COMPILE_CACHE: "" }], Math.random)).toHaveLength(1);
  });

  it("is taken out of the arguments of the process, and nothing else is", () => {
    const own = ["--expose-gc", ...hashSeedFlags([{}], Math.random), "--stack-size=900"];
    const tag = cachedDataVersionTag();
    forgetHashSeed(own);
    expect(own).toEqual(["--expose-gc", "--stack-size=900"]);
    expect(cachedDataVersionTag()).toBe(tag);
    forgetHashSeed(own);
    expect(own).toHaveLength(2);
  });
});
