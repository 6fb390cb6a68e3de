import { describe, expect, it } from "vitest";
import { fnv1a } from "../../src/model/hash.ts";

describe("FNV-1a", () => {
  // From the vectors of its authors (http://www.isthe.com/chongo/src/fnv/test_fnv.c).
  it.each([
    ["", 0x811c9dc5n, 0xcbf29ce484222325n],
    ["a", 0xe40c292cn, 0xaf63dc4c8601ec8cn],
    ["foobar", 0xbf9cf968n, 0x85944171f73967e8n],
  ])("of %j is what its authors say", (text, short, long) => {
    expect(fnv1a(text, 32)).toBe(short);
    expect(fnv1a(text, 64)).toBe(long);
  });
});
