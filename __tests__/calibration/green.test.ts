import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Green, green } from "../../bench/green/green.ts";
import { isWrong } from "../../bench/green/trial.ts";
import { FILE, greenDoc } from "../../scripts/green-doc.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";

let found: Green;
beforeAll(async () => {
  found = await green(["fixture"]);
}, 600_000);

describe("candidates made of every fixture", () => {
  it.each(ADAPTERS.map(({ name }) => name))("%s: nothing worse is silent, and nothing unchanged is red", (name) => {
    const { trials } = found.tools.find(({ tool }) => tool === name)!;
    const wrong = trials.filter(isWrong).map(({ input, scenario, detail, findings }) => ({
      input,
      scenario,
      detail,
      findings: findings.map(({ of, what }) => `${of}: ${what}`),
    }));
    expect(wrong).toEqual([]);
    expect(trials.some(({ scenario, result }) => scenario === "all worse" && result !== "green")).toBe(true);
  });

  it("are nearly all written in the tool's own form", () => {
    const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
    const [native, metrics] = [
      sum(found.tools.map((tool) => tool.native)),
      sum(found.tools.map((tool) => tool.metrics)),
    ];
    expect(native / metrics).toBeGreaterThan(0.8);
  });
});

describe("docs/green.md", () => {
  it("says what became of them", () => {
    expect(readFileSync(FILE, "utf8")).toBe(greenDoc(found));
  });
});
