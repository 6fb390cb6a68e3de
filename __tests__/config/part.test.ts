import { describe, expect, it } from "vitest";
import { MATRIX_JOB, type PartInputs, POOL, partOf, SHARD } from "../../src/config/part.ts";

const NOTHING: PartInputs = { shard: null, pool: null, "matrix-job": null, cell: null };
const job = (text: string) => MATRIX_JOB.read([text]);

describe("the part that a job measures", () => {
  it("is all of the gate where nothing is said, in a matrix too", () => {
    expect(partOf(NOTHING)).toBeNull();
    expect(partOf({ ...NOTHING, "matrix-job": job("2/5") })).toBeNull();
  });

  it("is the shard that is written, or the job of the matrix", () => {
    expect(partOf({ ...NOTHING, shard: SHARD.read(["2/5"]) })).toEqual({ shard: { index: 2, of: 5 } });
    expect(partOf({ ...NOTHING, shard: SHARD.read(["auto"]), "matrix-job": job("0/4") })).toEqual({
      shard: { index: 1, of: 4 },
    });
  });

  it("is a runner of a pool, of which the matrix tells how many there are, or the name", () => {
    const pool = POOL.read(["fleet"]);
    expect(partOf({ ...NOTHING, pool, "matrix-job": job("3/4") })).toEqual({
      seat: { pool: "fleet", runner: "4", of: 4 },
    });
    expect(partOf({ ...NOTHING, pool, "matrix-job": job("0/1") })).toEqual({
      seat: { pool: "fleet", runner: "", of: 0 },
    });
    const four = { ...NOTHING, pool: POOL.read(["fleet/4"]), "matrix-job": job("5/8"), cell: "linux" };
    expect(partOf(four)).toEqual({ seat: { pool: "fleet", runner: "6", of: 4 } });
    expect(partOf({ ...four, pool })).toEqual({ seat: { pool: "fleet", runner: "6", of: 0 } });
  });

  it("is both: five shards, of each two runners", () => {
    const both = { ...NOTHING, shard: SHARD.read(["2/5"]), pool: POOL.read(["fleet"]), "matrix-job": job("6/10") };
    expect(partOf(both)).toEqual({ shard: { index: 2, of: 5 }, seat: { pool: "fleet", runner: "7", of: 2 } });
  });

  it.each(["0/5", "6/5", "2/0", "2", "two/five", "1/257", "-1/5"])("refuses the shard %s", (word) => {
    expect(() => SHARD.read([word])).toThrow("Write one such as 2/5");
  });

  it.each(["", "a b", "a/0", "a/300", "a/b", "ä"])("refuses the pool %s", (word) => {
    expect(() => POOL.read([word])).toThrow("cannot be a pool's name");
  });

  it.each([
    [{ "matrix-job": null }, "finds no matrix"],
    [{ "matrix-job": job("0/1") }, "finds no matrix"],
    [{ "matrix-job": job("0/4"), pool: POOL.read(["fleet"]) }, "pool says that it has other dimensions"],
    [{ "matrix-job": job("0/4"), cell: "linux" }, "cell says that it has other dimensions"],
  ] as const)("refuses shard: auto where it cannot tell: %#", (more, words) => {
    expect(() => partOf({ ...NOTHING, shard: "auto", ...more })).toThrow(words);
  });
});
