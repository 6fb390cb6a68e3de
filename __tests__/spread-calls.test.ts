import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/** A call of what takes any number of arguments with those of a list: past some ten thousand there is no room for them on the stack. */
const SPREAD =
  /\b(?:push|unshift|append|prepend|splice|concat|fromCharCode|fromCodePoint|Math\.(?:max|min|hypot))\(\s*(?:[^()"'`{}[\]]*,\s*)?\.\.\.|(?<!\bReflect)\.apply\(/;

describe("calls in src", () => {
  it("are given no list of any length as their arguments", () => {
    const found = readdirSync(SRC, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => {
        const text = readFileSync(join(SRC, name), "utf8");
        return [...text.matchAll(new RegExp(SPREAD, "g"))].map(({ index }) => {
          const line = text.slice(0, index).split("\n").length;
          return `${name}:${line}`;
        });
      });
    expect(found).toEqual([]);
  });

  it.each([
    "list.push(...others)",
    "Math.max(\n  0,\n  ...values)",
    "Math.min(a, ...values)",
    "el.append(...children)",
  ])("are recognised: %s", (code) => expect(code).toMatch(SPREAD));

  it.each(["list.push({ ...other })", "Math.max(0, largest([...values]))", "[...a, ...b]"])(
    "are not taken for one that are none: %s",
    (code) => expect(code).not.toMatch(SPREAD),
  );
});
