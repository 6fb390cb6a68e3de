import { describe, expect, it } from "vitest";
import { DEFAULT_BUDGETS } from "../../../src/config/defaults.ts";
import { codeAsked } from "../../../src/measure/same-code/asked.ts";
import type { Plan } from "../../../src/model/plan.ts";

/** Whether a rule of the user's for `match` has something measured whatever its code is. */
function neededBy(match: string, rule: object) {
  const budgets = [{ ...DEFAULT_BUDGETS[0]!, origin: "user" as const, match, ...rule }, ...DEFAULT_BUDGETS];
  const { needed } = codeAsked({ budgets } as unknown as Plan);
  return (suite: string, benchmark: string | null) => needed(suite, benchmark);
}

describe("what is measured whatever its code is", () => {
  it("is what has a limit of the user's, and the suites that may hold it", () => {
    const needed = neededBy("par*/GET *", { limit: 0.1 });
    expect([needed("parser", "GET /"), needed("parser", "POST /"), needed("api", "GET /")]).toEqual([
      true,
      false,
      false,
    ]);
    expect([needed("parser", null), needed("api", null)]).toEqual([true, false]);
  });

  it.each([
    ["*", [true, true]],
    ["parser/*", [true, false]],
    ["parser/sort", [true, false]],
    ["parser", [false, false]],
    ["pars", [false, false]],
  ] as const)("by %s: of a whole suite", (match, expected) => {
    const needed = neededBy(match, { limit: 0.1 });
    expect([needed("parser", null), needed("api", null)]).toEqual(expected);
  });

  it("is nothing by a threshold, nor by a limit that nobody wrote", () => {
    expect(neededBy("*", { threshold: 0.02 })("api", null)).toBe(false);
    expect(neededBy("*", { limit: 0.01, defaultLimit: true })("api", null)).toBe(false);
  });
});
