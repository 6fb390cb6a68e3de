import { describe, expect, it } from "vitest";
import { resultSchema } from "../../src/codec/result.ts";
import { explainGate } from "../../src/measure/explaining.ts";
import type { Suite } from "../../src/model/plan.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import type { Ports } from "../../src/ports/index.ts";
import { resultJson } from "../../src/report/formats/json.ts";
import { anOutcome, aRegression } from "../builders.ts";
import { fakeClock } from "../fakes/clock.ts";

const suite: Suite = {
  name: "s",
  timeLimit: 600,
  workload: { kind: "run", command: { kind: "argv", argv: ["go", "test"] }, tool: "go", output: null },
};

/** What deep says of these, where these files differ; no tree is to be made for it. */
async function told(judgements: readonly Judgement[], unequal: readonly string[]) {
  let trees = 0;
  const temporaryFolder = async () => `/tmp/${++trees}`;
  const side = (name: "baseline" | "candidate") =>
    ({ name, cwd: `/${name}`, revision: { sha: name, ref: "", committedAt: "" } }) as const;
  const ports = {
    clock: fakeClock(),
    files: { temporaryFolder, readTextIfAny: async () => null },
    git: { list: async () => unequal },
    trees: { unequal: async () => unequal, look: async () => new Map() },
    host: {},
  } as unknown as Ports;
  const explanations = await explainGate(ports, {
    judgements,
    plan: { suites: [suite], explain: "deep", setup: null },
    baseline: side("baseline"),
    candidate: side("candidate"),
    below: "",
    rules: { budgets: [], accept: [], onInconclusive: "warn", today: "2026-11-27" },
    seed: 1,
    session: "s/1",
  });
  expect(trees).toBe(0);
  return explanations;
}

const fromNothing = aRegression(Number.POSITIVE_INFINITY, { suite: "s", benchmark: "json", metric: "allocations" });
const slower = aRegression(1.2, { suite: "s", benchmark: "json" });

describe("what a change from nothing comes with", () => {
  it("is not measured, because no part has a share of it, and the result says so", async () => {
    const explanations = await told([fromNothing], ["a.go", "go.sum"]);
    const reason = "one side is 0, of which no part has a share";
    expect(explanations).toMatchObject([
      {
        carriage: {
          metric: "allocations",
          carriers: { kind: "open" },
          ingredients: [{ reason }, { reason }, { reason }],
        },
      },
    ]);
    const result = JSON.parse(resultJson(anOutcome({ judgements: [slower], explanations })));
    expect(() => resultSchema.parse(result)).not.toThrow();
  });

  it.each([
    ["first", [fromNothing, slower]],
    ["last", [slower, fromNothing]],
  ])("is told by what else of the benchmark is red: %s", async (_, judgements) => {
    expect(await told(judgements, ["a.go"])).toMatchObject([
      { carriage: { metric: "latency", carriers: { kind: "alone", ingredient: "code" } } },
    ]);
  });
});
