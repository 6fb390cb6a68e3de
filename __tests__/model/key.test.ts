import { describe, expect, it } from "vitest";
import { benchmarkKey, isSameSubject, keyOf, pairKey, subjectKey } from "../../src/model/key.ts";

const subject = { suite: "api", benchmark: "get /", metric: "latency", unit: "s", better: "lower" } as const;

describe("a key", () => {
  it("tells apart what differs in where one name ends and the next begins", () => {
    const pairs = [
      ["a", "b/c"],
      ["a/b", "c"],
      ["a b", "c"],
      ["a", "b c"],
    ] as const;
    expect(new Set(pairs.map(([suite, benchmark]) => benchmarkKey({ suite, benchmark }))).size).toBe(4);
    expect(keyOf("a", undefined, "b")).not.toBe(keyOf("a", "b"));
    expect(pairKey({ session: "1", pair: 23 })).not.toBe(pairKey({ session: "12", pair: 3 }));
  });

  it("of a subject is its own for each of the names that make it up, and for nothing else", () => {
    const others = [{ suite: "x" }, { benchmark: "x" }, { metric: "x" }, { unit: "x" }, { better: "higher" }] as const;
    expect(new Set([subject, ...others.map((other) => ({ ...subject, ...other }))].map(subjectKey)).size).toBe(6);
    expect(subjectKey({ ...subject, ...{ resolution: 1 } })).toBe(subjectKey(subject));
    for (const other of others) expect(isSameSubject(subject, { ...subject, ...other })).toBe(false);
    expect(isSameSubject(subject, { ...subject, ...{ resolution: 1 } })).toBe(true);
    expect(isSameSubject(undefined, subject)).toBe(false);
  });
});
