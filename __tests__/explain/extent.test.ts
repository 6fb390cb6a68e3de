import { describe, expect, it } from "vitest";
import { definitionLine, firstNewLine, functionText, holds } from "../../src/explain/extent.ts";

describe("the text of a function", () => {
  it.each([
    ["a block", "function a() {\n  one();\n}\nfunction b() {}", 1, "function a() {\none();\n}"],
    ["one line", "function a() { one(); }\nfunction b() {}", 1, "function a() { one(); }"],
    [
      "its signature on several lines",
      "function a(\n  x,\n) {\n  one();\n}\nb();",
      1,
      "function a(\nx,\n) {\none();\n}",
    ],
    [
      "an else",
      "  if (x) {\n    one();\n  } else {\n    two();\n  }\n  three();",
      1,
      "if (x) {\none();\n} else {\ntwo();\n}",
    ],
    ["a brace on a line of its own", "int a()\n{\n  one();\n}\nint b()\n", 1, "int a()\n{\none();\n}"],
    ["Python", "def a():\n    one()\n\n    two()\nb()", 1, "def a():\none()\ntwo()"],
    [
      "a callback in a call",
      "  const x = list.map((y) => {\n    return y;\n  });\n  next();",
      1,
      "const x = list.map((y) => {\nreturn y;\n});",
    ],
  ])("is %s", (_name, text, line, expected) => {
    expect(functionText(text, line)).toBe(expected);
  });

  it("is null beyond the end", () => {
    expect(functionText("a\n", 9)).toBeNull();
  });

  it("is held by a text wherever it is moved to and however it is indented, and not when a line differs", () => {
    const text = functionText("function a() {\n  one();\n}", 1)!;
    expect(holds("class X {\n    function a() {\n        one();\n    }\n}", text)).toBe(true);
    expect(holds("function a() {\n  two();\n}", text)).toBe(false);
  });
});

describe("the first new line", () => {
  it("is the first that the other text does not have", () => {
    expect(firstNewLine("a\nb\nc", "a\nc\nx\nb")).toBe(3);
    expect(firstNewLine("a\nb", "b\n  a\n")).toBeNull();
  });
});

describe("where a function is defined", () => {
  it.each([
    ["Python", "import x\nfold(1)\ndef fold(word):\n    return word", "fold", 3],
    ["Go", "package a\nfunc (t *Tree) Walk(f int) {\n}", "a.(*Tree).Walk", 2],
    ["Rust", "use a;\nlet x = parse(1);\npub fn parse<T>(t: T) {\n", "lex::parse", 3],
    ["C++", "int total = parse(x);\nint parse(const char* s) {\n", "parse(char const*)", 2],
    ["Java", "class A {\n  int parse(String s) {\n", "demo.A.parse", 2],
  ])("in %s", (_name, text, name, line) => {
    expect(definitionLine(text, name)).toBe(line);
  });

  it("is null where it is not there", () => {
    expect(definitionLine("parse(1);", "parse")).toBeNull();
    expect(definitionLine("", "(anonymous)")).toBeNull();
  });
});
