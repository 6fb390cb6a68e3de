import { describe, expect, it } from "vitest";
import { LONGEST_LINE } from "../../../src/adapters/reading/lines.ts";
import { xmlReader } from "../../../src/adapters/reading/xml-reader.ts";
import { GateError } from "../../../src/model/error.ts";

/** What is told of a document that comes in pieces of so many characters; text in one, line breaks shown. */
function toldOf(text: string, size = 1000): string[] {
  const told: string[] = [];
  const reader = xmlReader({
    open: (name, attributes, line) => void told.push(`${line} <${name} ${JSON.stringify([...attributes])}`),
    close: (line) => void told.push(`${line} >`),
    text: (part, line) => void told.push(`${line} ${JSON.stringify(part)}`),
  });
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  told.push(`${reader.end()} end`);
  return told;
}

describe("the elements of an XML document", () => {
  const TEXT = `\uFEFF\r\n<?xml version="1.0"?>\r\n<!-- <no> "tag -->\n<a b="1 > 0" c='&lt;&#x41;&#66;&amp;'>\n  <d/><![CDATA[<x>&y;]]></a\n>\n`;

  it.each([1, 2, 7, 1000])("are found in pieces of %i characters, with their attributes, texts and lines", (size) => {
    expect(toldOf(TEXT, size)).toEqual([
      '4 <a [["b","1 > 0"],["c","<AB&"]]',
      '5 "\\n  "',
      "5 <d []",
      "5 >",
      '5 "<x>&y;"',
      "6 >",
      "7 end",
    ]);
  });

  it("may have names that objects inherit, and tags that go over several lines", () => {
    expect(toldOf('<__proto__\n a="1"\r\n constructor="2"\n><hasOwnProperty/></__proto__>')).toEqual([
      '1 <__proto__ [["a","1"],["constructor","2"]]',
      "4 <hasOwnProperty []",
      "4 >",
      "4 >",
      "4 end",
    ]);
  });

  it.each([1, 3, 1000])("may hold control characters, as they are or by number, in pieces of %i", (size) => {
    expect(toldOf('<a b="\u001B[31m">&#x0;&#27;&#x000b;&#9;&#x41;&#1234;\u0085</a>', size)).toEqual([
      '1 <a [["b","\uFFFD[31m"]]',
      '1 "\uFFFD\uFFFD\uFFFD\\tAӒ\u0085"',
      "1 >",
      "1 end",
    ]);
  });

  it("say on which line their text begins, white space before it left out", () => {
    expect(toldOf("<a>\n\nx\ny</a>")).toEqual(["1 <a []", '3 "\\n\\nx\\ny"', "4 >", "4 end"]);
  });

  it.each([
    ["<a", "1:2: Not valid XML: document must contain a root element"],
    ["<a>\n<b", "2: the file is cut off: it ends within <a>, which line 1 opens"],
    ["<a>\n<b/>\n", "3: the file is cut off: it ends within <a>, which line 1 opens"],
    ["\n<a b=1>", "2:6: Not valid XML: unquoted attribute value"],
    ["<a b/>", "1:5: Not valid XML"],
    ['<a b="1"c="2"/>', "1:9: Not valid XML: no whitespace between attributes"],
    ['<a b="1"\nb="2"/>', "2:7: Not valid XML: duplicate attribute: b"],
    ['<a b="<"/>', "1:7: Not valid XML"],
    ['<!DOCTYPE a [<!ENTITY x "y">]>', "1: A document type declaration"],
    ['\n<!DOCTYPE a [\n<!ENTITY x "y">\n]><a/>', "2: A document type declaration"],
    ["<a>\n<!DOCTYPE a></a>", "2:9: Not valid XML: inappropriately located doctype declaration"],
    ['<a b="&x;"/>', '1: Not valid XML: "&x" is not a character'],
    ["<a>&toString;</a>", '1: Not valid XML: "&toString" is not a character'],
    ["<a>\nx & y\n\n;</a>", '2: Not valid XML: "& y\\n\\n" is not a character'],
    ["<a>&#x110000;</a>", "1:13: Not valid XML: malformed character entity"],
    ["<a>&#x1g;</a>", "1:9: Not valid XML: malformed character entity"],
    ["<a>\n<b\u0007/></a>", "2: Not valid XML: <b\uFFFD> is not a name"],
    ['<a b="1" c&#0;d="2"/>', '1: Not valid XML: "c\uFFFDd" is not a name'],
    ["<a>]]></a>", "1:6: Not valid XML"],
    ["<a><!-- a -- b --></a>", "1:13: Not valid XML: malformed comment"],
    ["<!-- never closed", "1:17: Not valid XML: document must contain a root element"],
    ["<a/><!-- never closed", "1: Not valid XML: unexpected end"],
    ["<a/>\n\nb\n<!-- c -->", /^3(:1)?: Not valid XML: text data outside of root node/],
    ["\n\n&amp;<a/>", "3:1: Not valid XML: text data outside of root node"],
    ["<a/></a>", "1:8: Not valid XML: unmatched closing tag: a"],
    ["<a></b>", "1:7: Not valid XML: unexpected close tag"],
    ["<1/>", "1:2: Not valid XML: disallowed character in tag name"],
    [`${"<a>".repeat(101)}${"</a>".repeat(101)}`, "1: Elements are nested more than 100 deep"],
  ])("are refused at a line: %j", (text, message) => {
    expect(() => toldOf(text)).toThrow(GateError);
    expect(() => toldOf(text)).toThrow(message);
    expect(() => toldOf(text, 1)).toThrow(message);
  });

  it.each([
    ["a tag", '<a b="'],
    ["a comment", "<a><!--"],
    ["a reference", "<a>&"],
  ])("are refused where %s goes on and on, before it fills the memory", (_, start) => {
    const reader = xmlReader({ open: () => {}, close: () => {}, text: () => {} });
    reader.push(start);
    const piece = "x".repeat(2 ** 20);
    expect(() => {
      for (let size = 0; size <= LONGEST_LINE; size += piece.length) reader.push(piece);
    }).toThrow("1: A tag or a text never ends");
  });
});
