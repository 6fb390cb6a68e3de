import { describe, expect, it } from "vitest";
import { opensWithElement, parseXml } from "../../../src/adapters/reading/xml.ts";
import { GateError } from "../../../src/model/error.ts";

describe("parseXml", () => {
  it("gives elements with their lines, decoded attributes and text", () => {
    const root = parseXml(
      '\uFEFF\r\n<?xml version="1.0"?>\r\n<!-- <b> -->\r\n<a x="1 &amp; 2&#10;3" constructor="y">\r\n<b/> t &lt;<![CDATA[<!DOCTYPE c> &lt;]]>\r\n</a>\r\n',
    );
    expect(root).toMatchObject({ name: "a", line: 4, text: "\n t <<!DOCTYPE c> &lt;\n" });
    expect([...root.attributes]).toEqual([
      ["x", "1 & 2\n3"],
      ["constructor", "y"],
    ]);
    expect(root.children).toMatchObject([{ name: "b", line: 5, children: [] }]);
  });

  it("reads many entities: they are what test runners write", () => {
    expect(parseXml(`<a>${'<b x="&lt;&quot;"/>'.repeat(20_000)}</a>`).children).toHaveLength(20_000);
  });

  it.each([
    ["", /^1: Not valid XML/],
    ["text", /^1:1: Not valid XML/],
    ["<a>\n<b></a>", /^2:7: Not valid XML: unexpected close tag/],
    ["\n\n<a>", /^3: the file is cut off: it ends within <a>, which line 3 opens/],
    ["<a/><b/>", /^1:7: Not valid XML: documents may contain only one root/],
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /^1: A document type declaration/],
    ['<!-- a -->\n<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', /^2: A document type declaration/],
    ['<a>\n\n<!DOCTYPE a [<!ENTITY b "c">]>&b;</a>', /^3:9: Not valid XML: inappropriately located doctype/],
    ["<a>".repeat(5000) + "</a>".repeat(5000), /Elements are nested more than 100 deep/],
    ["<__proto__ x='1'><a/>", /^1: the file is cut off/],
  ])("refuses %s", (text, message) => {
    expect(() => parseXml(text)).toThrow(GateError);
    expect(() => parseXml(text)).toThrow(message);
    expect(Object.hasOwn(Object.prototype, "x")).toBe(false);
  });
});

describe("opensWithElement", () => {
  it.each([
    ['\uFEFF<?xml version="1.0"?>\n<!-- > -->\n<a b="c">', true],
    ["<a/>", true],
    ["<ab/>", false],
    ["<?xml", false],
    ["<!-- <a> ", false],
    ["text <a>", false],
    ["", false],
  ])("of %j is %s", (text, opens) => {
    expect(opensWithElement(text, "a", "other")).toBe(opens);
  });
});
