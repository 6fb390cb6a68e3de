import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  clean,
  code,
  fenced,
  link,
  outputLines,
  preformatted,
  quotedOutput,
  visibleJson,
  yamlString,
} from "../../../src/report/parts/escape.ts";
import { HOSTILE } from "../outcomes.ts";

const anyText = fc.string({ unit: "binary", maxLength: 300 });

describe("clean", () => {
  it("leaves an ordinary name as it is", () => {
    expect(clean("GET /users?id=1 — größer 漢字")).toBe("GET /users?id=1 — größer 漢字");
  });

  it("removes controls, bidi marks, zero-width characters and colour codes", () => {
    expect(clean("\u202Ea\u0000b\u200Bc\u2066d\uFEFF\u001b[31me")).toBe("abcde");
  });

  it("makes one line of many, with single spaces", () => {
    expect(clean(" a\r\n\tb \u2028 c\u00A0d ")).toBe("a b c d");
  });

  it("replaces lone surrogates and unstacks marks", () => {
    expect(clean("\uD800x")).toBe("\uFFFDx");
    expect(clean(`a${"\u0301".repeat(40)}b`)).toBe(`a${"\u0301".repeat(3)}b`);
  });

  it("leaves out the middle of a long name, whose ends tell it apart", () => {
    const text = clean(`${"a".repeat(500)}-end`);
    expect([...text]).toHaveLength(80);
    expect(text).toMatch(/^a+…a+-end$/);
  });

  it("is one printable line within the limit, for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const cleaned = clean(text, 40);
        expect([...cleaned].length).toBeLessThanOrEqual(40);
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe("code", () => {
  it("writes every ASCII character but letters, digits and spaces as an entity", () => {
    expect(code("a|b `c` <d>")).toBe("<code>a&#124;b &#96;c&#96; &#60;d&#62;</code>");
  });

  it("has something to show for a name of nothing", () => {
    expect(code("\u200B")).toBe("<code>&#40;empty&#41;</code>");
  });

  it("lets no character through that Markdown reads, for any text", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...HOSTILE)), (text) => {
        const inner = code(text).slice("<code>".length, -"</code>".length);
        expect(inner.replaceAll("<!-- -->", "").replace(/&#\d+;/g, "")).not.toMatch(/[!-/:-@[-`{-~\n\r]/);
      }),
    );
  });
});

describe("preformatted", () => {
  it("keeps the last whole lines, printable and escaped", () => {
    expect(preformatted("first\n\u001b[31msecond <b>\u001b[0m\n\n", 16)).toBe("<pre>second &#60;b&#62;</pre>");
  });

  it("is empty where nothing can be shown", () => {
    expect(preformatted("\n\u0007\n", 100)).toBe("");
  });

  it("never has more characters than allowed", () => {
    fc.assert(
      fc.property(fc.array(anyText), (lines) => {
        expect(outputLines(lines.join("\n"), 200).join("\n").length).toBeLessThanOrEqual(200);
      }),
    );
  });
});

describe("yamlString", () => {
  it("reads back exactly, on one line on which everything shows", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-composite" }), fc.constantFrom(...HOSTILE, ""), (text, hostile) => {
        const name = `${text}${hostile.replace("\uD800", "")}`;
        const quoted = yamlString(name);
        expect(parse(`match: ${quoted}`)).toEqual({ match: name });
        expect(quoted).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe("visibleJson", () => {
  it("reads back exactly and hides nothing", () => {
    const value = { name: "\u202Eevil\u{E0041}\u0085", list: [1, null] };
    expect(JSON.parse(visibleJson(value))).toEqual(value);
    expect(visibleJson(value)).toContain("\\u202eevil\\udb40\\udc41\\u0085");
  });
});

describe("fenced", () => {
  it("uses a fence that the text does not hold", () => {
    expect(fenced("sh", "echo '````'")).toBe("`````sh\necho '````'\n`````");
  });
});

describe("link", () => {
  it("links to http and https alone, with nothing that ends the link early", () => {
    expect(link("run", "https://example.org/a(b) c?d=[e]")).toBe("[run](https://example.org/a%28b%29%20c?d=%5be%5d)");
    expect(link("run", "javascript:alert(1)")).toBe("run");
    expect(link("run", "not an address")).toBe("run");
  });
});

describe("a child's output on a terminal", () => {
  it("never begins a line as a workflow command does, spaces before it or not", () => {
    const lines = quotedOutput("::error::planted\n  ::add-mask::x\n\t::stop-commands::y\nold ##[error]z", 2_000);
    expect(lines).toHaveLength(4);
    for (const line of lines) expect(line.trimStart()).not.toMatch(/^::|##\[/);
  });
});
