import { describe, expect, it } from "vitest";
import { globs } from "../../src/config/fields.ts";
import { refusal } from "./errors.ts";

describe("globs", () => {
  it.each([
    "bench/**/*.bench.{js,ts}",
    "./bench/a.js",
    "!bench/slow/**",
    "bench/..hidden/*.js",
    "bench/v1..2.js",
    "bench/{1..3}.js",
    "bench/@(a|b).js",
    "C/x.js",
  ])("%s stays inside", (pattern) => {
    expect(globs([pattern])).toEqual([pattern]);
  });

  it.each([
    "..",
    "../x.js",
    "bench/../../x.js",
    "bench/..",
    "!../x.js",
    "{..,bench}/x.js",
    "@(..|bench)/x.js",
    "..\\x.js",
    "/etc/*.js",
    "!/etc/*.js",
    "C:/x.js",
    "c:\\x.js",
    "\\\\server\\share\\x.js",
  ])("%s is refused, wherever it stands in the list", (pattern) => {
    expect(refusal(() => globs(["bench/a.js", pattern]))).toBe(
      `${JSON.stringify(pattern)} leads out of the repository. Patterns stay inside it: write one such as "bench/**/*.bench.js"`,
    );
  });
});
