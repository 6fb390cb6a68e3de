import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { RESULT_SCHEMA_FILE, resultSchemaText } from "../../scripts/result-schema.ts";
import { resultJson } from "../../src/report/formats/json.ts";
import { aComparison, aJudgement, anOutcome } from "../builders.ts";
import { HOSTILE, hostileOutcome, OUTCOMES } from "./outcomes.ts";

const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(JSON.parse(resultSchemaText()));
const problems = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors);

describe("schema/result.schema.json", () => {
  it("is what the code says: otherwise run `node scripts/result-schema.ts`", () => {
    expect(readFileSync(RESULT_SCHEMA_FILE, "utf8")).toBe(resultSchemaText());
  });

  it.each(Object.keys(OUTCOMES))("describes every key of the result of %s", (name) => {
    expect(problems(resultJson(OUTCOMES[name]!))).toEqual([]);
  });

  it("describes results of hostile names, of numbers that JSON lacks, and of measurements side by side", () => {
    expect(problems(resultJson(hostileOutcome(HOSTILE)))).toEqual([]);
    const interval = { lower: Number.NaN, upper: Number.POSITIVE_INFINITY, level: 0.95 };
    const odd = aJudgement({ comparison: aComparison({ ratio: Number.POSITIVE_INFINITY, interval, check: interval }) });
    const experiment = { session: "1/1", seed: 7, looks: [6, 12, 24], secondsPerPair: 3.5 };
    expect(problems(resultJson(anOutcome({ judgements: [odd], experiment })))).toEqual([]);
  });

  it("knows no other keys and no other words", () => {
    const document = JSON.parse(resultJson(anOutcome()));
    for (const wrong of [
      { ...document, surplus: 1 },
      { ...document, outcome: "passed" },
      { ...document, verdicts: [{ ...document.verdicts[0], verdict: "slower" }] },
      { ...document, verdicts: [{ ...document.verdicts[0], ratio: "1" }] },
    ]) {
      expect(problems(JSON.stringify(wrong))).not.toEqual([]);
    }
  });
});
