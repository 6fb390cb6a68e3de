import { describe, expect, it } from "vitest";
import { whereThrown } from "../../src/harness/error.ts";

/** An error with a stack of somebody's making. */
const withStack = (stack: unknown) => Object.defineProperty(new Error("x"), "stack", { value: stack });
const here = process.cwd().replaceAll("\\", "/");

describe("where something was thrown", () => {
  it.each([
    ["a path", `Error: x\n    at run (${here}/bench/a.js:12:3)`],
    ["an address", `Error: x\n    at file://${here.replace(/^(?!\/)/, "/")}/bench/a.js:12:3`],
  ])("is the first place below the working folder: %s", (_, stack) => {
    expect(whereThrown(withStack(stack))).toBe("bench/a.js:12");
  });

  it.each<[string, unknown]>([
    ["no error", "text"],
    ["a list of places", withStack([{ getFileName: () => "a.js" }])],
    ["an address that is no file's", withStack("Error: x\n    at file:///a%2Fb.js:1:2")],
    ["nothing", withStack(undefined)],
    ["a long line", withStack(`${"at /".repeat(50_000)}x`)],
    [
      "a getter that throws",
      Object.defineProperty(new Error("x"), "stack", {
        get: () => {
          throw new Error("no");
        },
      }),
    ],
  ])("is nowhere where the stack is %s", (_, thrown) => {
    expect(whereThrown(thrown)).toBeNull();
  });
});
