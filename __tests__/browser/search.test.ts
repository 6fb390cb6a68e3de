import { describe, expect, it } from "vitest";
import { matcher } from "../../src/browser/search.ts";

const row = (name: string) => ({ names: [name.toLowerCase()], haystack: `suite/${name} p50 unchanged`.toLowerCase() });
const ROWS = ["case 1", "case 12", "group, case 1", "json", "json, deep", "GET /search", "a.b"].map(row);
const found = (text: string) => {
  const holds = matcher(text, ROWS);
  return ROWS.filter(holds).map(({ names: [name] }) => name);
};

describe("the search of the page", () => {
  it("finds words anywhere, in any order", () => {
    expect(found("1 case")).toEqual(["case 1", "case 12", "group, case 1"]);
    expect(found("")).toHaveLength(ROWS.length);
  });

  it("finds a quoted name alone, whatever else contains it", () => {
    expect(found('"case 1"')).toEqual(["case 1"]);
    expect(found('"JSON"')).toEqual(["json"]);
    expect(found('"get /search"')).toEqual(["get /search"]);
  });

  it("finds a quoted stretch of whole words where it is nobody's name", () => {
    expect(found('"deep"')).toEqual(["json, deep"]);
    expect(found('"group, case"')).toEqual(["group, case 1"]);
    expect(found('"cas"')).toEqual([]);
    expect(found('"/search"')).toEqual(["get /search"]);
  });

  it("takes signs of patterns as they are, and a quote that is not closed for none", () => {
    expect(found('"a.b"')).toEqual(["a.b"]);
    expect(found('"a-b"')).toEqual([]);
    expect(found('"(.*"')).toEqual([]);
    expect(found('"case 12')).toEqual(["case 12"]);
    expect(found('""')).toHaveLength(ROWS.length);
  });
});
