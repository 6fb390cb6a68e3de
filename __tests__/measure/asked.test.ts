import { describe, expect, it } from "vitest";
import { isAsked, suitesAsked } from "../../src/measure/asked.ts";
import type { Suite } from "../../src/model/plan.ts";

const suite = (name: string): Suite => ({
  name,
  timeLimit: 60,
  workload: { kind: "time", command: { kind: "argv", argv: ["true"] } },
});

describe("what is asked about", () => {
  it("is everything without a pattern, and what fits it with one", () => {
    expect(isAsked(null)("api", "GET /")).toBe(true);
    expect(isAsked(["api/GET *"])("api", "GET /")).toBe(true);
    expect(isAsked(["api/GET *"])("api", "POST /")).toBe(false);
  });

  it("is a whole suite whatever the pattern: what failed as a whole holds what was asked for", () => {
    expect(isAsked(["api/GET *"])("api", "*")).toBe(true);
  });

  it("is only what is measured, where that is not all", () => {
    const open = new Map([
      ["api", ["GET /"]],
      ["cli", null],
    ]);
    const asked = isAsked(null, open);
    expect(asked("api", "GET /")).toBe(true);
    expect(asked("api", "POST /")).toBe(false);
    expect(asked("cli", "start")).toBe(true);
    expect([asked("web", "home"), asked("web", "*")]).toEqual([false, false]);
  });

  it("leaves out the suites that cannot hold it", () => {
    const names = (only: string | null) =>
      suitesAsked([suite("api"), suite("apples"), suite("cli")], only === null ? null : [only]).map(({ name }) => name);
    expect(names(null)).toEqual(["api", "apples", "cli"]);
    expect(names("ap*/x")).toEqual(["api", "apples"]);
    expect(names("*start")).toEqual(["api", "apples", "cli"]);
  });

  it("is refused where no suite can hold it, with those that there are", () => {
    expect(() => suitesAsked([suite("api"), suite("cli")], ["z*/x"])).toThrow(
      'only: "z*/x" fits no suite. There are api, cli',
    );
  });
});
