import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { actionYml } from "../scripts/action-yml.ts";
import { INPUTS, readInputs } from "../src/action/inputs.ts";

interface ActionFile {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<string, { readonly description: string; readonly default: unknown; readonly required?: boolean }>
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
  readonly runs: { readonly using: string; readonly main: string };
}

const text = readFileSync(new URL("../action.yml", import.meta.url), "utf8");
const action = parse(text) as ActionFile;

describe("action.yml", () => {
  it("is what the tables of inputs and outputs say: otherwise run `npm run generate`", () => {
    expect(text).toBe(actionYml());
  });

  it("declares exactly the inputs that are read, in the same order", () => {
    expect(Object.keys(action.inputs)).toEqual(Object.keys(INPUTS));
  });

  it("declares the defaults that the code has", () => {
    const declared = (name: string) => String(action.inputs[name]?.default).replace("${{ github.token }}", "");
    expect(readInputs(declared)).toEqual(readInputs(() => ""));
  });

  it("gives every input a text as default and requires none", () => {
    for (const input of Object.values(action.inputs)) {
      expect(typeof input.default).toBe("string");
      expect(input.required).toBeUndefined();
    }
  });

  it("declares the documented outputs", () => {
    const outputs = [
      "outcome",
      "verdicts",
      "report",
      "summary",
      "regressions",
      "improvements",
      "inconclusive",
      "folder",
    ];
    expect(Object.keys(action.outputs)).toEqual(expect.arrayContaining(outputs));
  });

  it("fits the limits of the Marketplace and describes everything in whole sentences", () => {
    expect(action.description.length).toBeLessThanOrEqual(125);
    const described = [...Object.values(action.inputs), ...Object.values(action.outputs)];
    for (const { description } of described) expect(description).toMatch(/^[A-Z`$].*\.$/);
  });

  it("runs the bundle on Node 24", () => {
    expect(action.runs).toEqual({ using: "node24", main: "dist/index.js" });
  });
});
