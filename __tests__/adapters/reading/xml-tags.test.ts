import { describe, expect, it } from "vitest";
import { tagReader } from "../../../src/adapters/reading/xml-tags.ts";

function tagsOf(text: string, size = 1000): string[] {
  const told: string[] = [];
  const reader = tagReader({
    open: (name, attributes, line) => void told.push(`${line} <${name} ${JSON.stringify([...attributes])}`),
    close: (name, line) => void told.push(`${line} >${name}`),
    text: (line) => void (told.at(-1) === `${line} text` || told.push(`${line} text`)),
  });
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  reader.end();
  return told;
}

describe("the tags of an XML document", () => {
  const TEXT = `<?xml version="1.0"?>\n<!-- <no> "tag -->\n<a b="1 > 0" c='&lt;&#x41;&#66;&amp;'>\n  <d/><![CDATA[<x>]]></a>\n`;

  it.each([1, 2, 7, 1000])("are found in pieces of %i bytes, with their attributes and lines", (size) => {
    expect(tagsOf(TEXT, size)).toEqual(['3 <a [["b","1 > 0"],["c","<AB&"]]', "4 <d []", "4 >d", "4 >a"]);
  });

  it("are told apart from text", () => {
    expect(tagsOf("<a>x\ny</a>")).toEqual(["1 <a []", "1 text", "2 text", "2 >a"]);
  });

  it.each([
    ["<a", "1: the file is cut off within a tag"],
    ["\n<a b=1>", "2: This is no tag"],
    ['<!DOCTYPE a [<!ENTITY x "y">]>', "1: This is no tag"],
    ['<a b="&x;"/>', "1: &x; is no character"],
    ["<!-- never closed", "1: the file is cut off"],
  ])("are refused at a line: %s", (text, message) => {
    expect(() => tagsOf(text)).toThrow(message);
  });

  it("are passed over in memory that does not grow with a comment", () => {
    expect(tagsOf(`<!--${"x".repeat(500_000)}--><a/>`)).toEqual(["1 <a []", "1 >a"]);
  });
});
