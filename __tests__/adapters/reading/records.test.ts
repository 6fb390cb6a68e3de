import { describe, expect, it } from "vitest";
import { readRecords } from "../../../src/adapters/reading/records.ts";

describe("the rows of a table with a header", () => {
  it("come by the names of their columns, with the line on which each begins", () => {
    expect(readRecords('\uFEFFName,__proto__\r\n"a, ""b""\r\nc",1\r\n\r\nd,\r\n')).toEqual([
      {
        cells: Object.fromEntries([
          ["Name", 'a, "b"\nc'],
          ["__proto__", "1"],
        ]),
        line: 2,
      },
      {
        cells: Object.fromEntries([
          ["Name", "d"],
          ["__proto__", ""],
        ]),
        line: 5,
      },
    ]);
    expect(readRecords("a,b\n1,2")).toEqual([{ cells: { a: "1", b: "2" }, line: 2 }]);
    expect(readRecords("a,b\n")).toEqual([]);
  });

  it.each([
    ["a,b\n1,2\n3\n", "3: This row has 1 cells, its header 2"],
    ["a,b\n1,2,3\n", "2: This row has 3 cells, its header 2"],
    ['a,b\n1,2\n3,"4', "3: A quote is never closed"],
  ])("are refused at a line where one is not whole: %j", (text, message) => {
    expect(() => readRecords(text)).toThrow(message);
  });
});
