import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SORT_KEYS } from "../../src/browser/filter.ts";
import { hashParts } from "../../src/browser/hash.ts";
import { DEFAULT_VIEW, queryOf, viewOf } from "../../src/browser/view-address.ts";
import { READING_ORDER } from "../../src/report/parts/buckets.ts";

describe("the address of what the table shows", () => {
  it("has no words for the default, and reads what it cannot have written as the default", () => {
    expect(queryOf(DEFAULT_VIEW)).toBe("");
    expect(viewOf("")).toEqual(DEFAULT_VIEW);
    expect(viewOf("verdict=nonsense&sort=toString&x=1")).toEqual(DEFAULT_VIEW);
  });

  it("brings back every filter and order, beside any benchmark's own address", () => {
    const text = fc.string({ unit: "grapheme" }).map((word) => word.trim());
    const view = fc.record({
      filter: fc.record({ text, bucket: fc.constantFrom("" as const, ...READING_ORDER), suite: text, metric: text }),
      sorting: fc.record({ key: fc.constantFrom(...SORT_KEYS), descending: fc.boolean() }),
    });
    fc.assert(
      fc.property(view, (each) => {
        const query = queryOf(each);
        expect(query).toMatch(/^[^#<>"\s]*$/);
        const { subject, query: read } = hashParts(`#/a%3F/b/c${query}`);
        expect(subject).toBe("#/a%3F/b/c");
        expect(viewOf(read)).toEqual(each);
      }),
    );
  });

  it("tells the table from a benchmark", () => {
    expect(hashParts("")).toEqual({ subject: "", query: "" });
    expect(hashParts("#")).toEqual({ subject: "", query: "" });
    expect(hashParts("#?q=x")).toEqual({ subject: "", query: "q=x" });
  });
});
