import { describe, expect, it } from "vitest";
import { resultSchema } from "../../../src/codec/result.ts";
import { carriersOf } from "../../../src/explain/carriers.ts";
import type { Carriage, IngredientFound } from "../../../src/model/carriage.ts";
import type { Explanation } from "../../../src/model/explanation.ts";
import { resultJson } from "../../../src/report/formats/json.ts";
import { encodeWhy } from "../../../src/report/html/encode-why.ts";
import { MARKDOWN, PLAIN } from "../../../src/report/parts/ink.ts";
import { carriageWords } from "../../../src/report/words/carriage.ts";
import { profilingWords, whyWords } from "../../../src/report/words/why.ts";
import { anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE, OUTCOMES } from "../outcomes.ts";

const explained = OUTCOMES.explained!;

type State = IngredientFound extends infer Each ? Omit<Each, "ingredient" | "files"> : never;

const measured = (value: number, width = 0.02) =>
  ({ state: "measured", value, lower: value - width, upper: value + width, level: 0.95, rounds: 8 }) as const;
const same = { state: "same" } as const;
const alone = { state: "alone" } as const;
const failed = { state: "not-measured", reason: "setup `npm ci` exited with code 1" } as const;

function carriage(code: object, dependencies: object, runtime: object = same): Carriage {
  const ingredients = [
    { ingredient: "code", files: [], ...code },
    { ingredient: "dependencies", files: dependencies === same ? [] : ["a.lock", "b.lock", "c.lock"], ...dependencies },
    { ingredient: "runtime", files: [], ...runtime },
  ] as unknown as readonly IngredientFound[];
  const weighed = { change: 0.12, ingredients };
  return { benchmark: "json", metric: "latency", statistic: "p50", ...weighed, carriers: carriersOf(weighed) };
}

const CASES: readonly (readonly [string, Carriage, RegExp])[] = [
  [
    "one of two",
    carriage(measured(0.002), measured(0.118)),
    /^It comes with the dependencies\. The base takes \+0\.2 % \(−1\.8 % … \+2\.2 %\) with the head's code, \+11\.8 % \(\+9\.8 % … \+13\.8 %\) with the head's dependencies \(a\.lock, b\.lock, 1 more\)\.$/,
  ],
  ["both", carriage(measured(0.06), measured(0.07)), /^It comes with the code and the dependencies\./],
  ["both, which neither does alone", carriage(measured(0.01), measured(0.012)), /^It comes with none of them alone\./],
  [
    "what is all that differs",
    carriage(alone, same),
    /^It comes with the code: the dependencies and the files that choose the runtime are the same on both sides\.$/,
  ],
  ["nothing", carriage(same, same), /^Code, dependencies and the files that choose the runtime are the same/],
  [
    "not what is measured, where the other one fails",
    carriage(failed, measured(0)),
    /^It does not come with the dependencies\..* With the head's code it was not measured: setup `npm ci` exited with code 1\.$/,
  ],
  [
    "nobody knows what, where intervals are wide",
    carriage(measured(0.05, 0.2), measured(0.07, 0.2)),
    /^What it comes with is not decided\./,
  ],
  [
    "nobody knows what, where nothing could be measured",
    carriage(failed, failed, failed),
    /^What it comes with was not measured: setup/,
  ],
];

describe("what a slowdown comes with", () => {
  it.each(CASES)("is said: %s", (_, found, words) => {
    expect(carriageWords(found, PLAIN)).toMatch(words);
  });

  it("is a gain of nothing, and no small part of it", () => {
    const kindOf = (...of: readonly [State, State]) => carriage(...of).carriers.kind;
    expect(kindOf(measured(-0.1), measured(-0.1))).toBe("together");
    // Proven, but a quarter of it; and a third, whose interval holds zero.
    expect(kindOf(measured(0.03, 0.01), measured(0.03, 0.01))).toBe("together");
    expect(kindOf(measured(0.04, 0.041), measured(0.12))).toBe("by");
    expect(carriage(measured(0.04, 0.041), measured(0.12)).carriers).toEqual({
      kind: "by",
      ingredients: ["dependencies"],
    });
  });

  it("counts the files that are not listed", () => {
    const found = carriage(measured(0.002), { ...measured(0.118), more: 40 });
    expect(carriageWords(found, PLAIN)).toMatch(/dependencies \(a\.lock, b\.lock, 41 more\)\.$/);
    expect(() => resultSchema.parse(JSON.parse(resultJson(outcomeOf(found))))).not.toThrow();
  });

  it("ends once, however its reason does", () => {
    const ended = { ...failed, reason: "it failed. Run it." };
    expect(carriageWords(carriage(ended, measured(0)), PLAIN)).toMatch(/not measured: it failed\. Run it\.$/);
    expect(carriageWords(carriage(ended, ended, ended), PLAIN)).toBe(
      "What it comes with was not measured: it failed. Run it.",
    );
  });

  it("names what lockfiles have other versions of, the first four", () => {
    const versions = ["a", "b", "c", "d", "e"].map((name) => ({ name, from: "1.0.0", to: "2.0.0" }));
    const of = (all: typeof versions) => carriage(measured(0.002), { ...measured(0.118), versions: all });
    expect(carriageWords(of(versions), PLAIN)).toMatch(
      / Other versions: a 1\.0\.0 → 2\.0\.0, .*, d 1\.0\.0 → 2\.0\.0, 1 more\.$/,
    );
    const edges = [
      { name: "a", from: null, to: "1.0.0" },
      { name: "b", from: "1.0.0", to: null },
    ] as never;
    expect(carriageWords(of(edges), PLAIN)).toMatch(/ Other versions: a new: 1\.0\.0, b gone\.$/);
    expect(() => resultSchema.parse(JSON.parse(resultJson(outcomeOf(of(versions)))))).not.toThrow();
  });

  const told = (found: Carriage): Explanation => ({ ...explained.explanations![0]!, carriage: found });
  const outcomeOf = (found: Carriage) => anOutcome({ judgements: [aRegression(1.12)], explanations: [told(found)] });

  it("follows what profiles say, and the report says that it was measured apart", () => {
    const outcome = outcomeOf(carriage(alone, same));
    expect(whyWords(outcome, PLAIN)[0]!.first).toMatch(/changed here\. It comes with the code: /);
    expect(profilingWords(outcome)).toMatch(/^Why it got slower was profiled and measured apart after/);
  });

  it.each(CASES)("is in the result as its schema has it: %s", (_, found) => {
    expect(() => resultSchema.parse(JSON.parse(resultJson(outcomeOf(found))))).not.toThrow();
  });

  it.each(HOSTILE)("is one line of escaped words, whatever a setup printed: %j", (text) => {
    const found = carriage({ state: "not-measured", reason: text }, measured(0.1));
    const named = {
      ...found,
      ingredients: found.ingredients.map((each) => ({
        ...each,
        files: [text],
        versions: [{ name: text, from: text, to: text }],
      })),
    };
    for (const ink of [PLAIN, MARKDOWN]) expect(carriageWords(named, ink)).not.toMatch(/[\n\r\u202E]/);
    expect(carriageWords(named, MARKDOWN)).not.toMatch(/<script|<\/td|@octocat|\|/);
    const [page] = encodeWhy({ explanations: [told(named)] });
    expect(JSON.stringify(page!.carriage)).not.toMatch(/\\n|\\r|\u202E/);
  });

  it("names who allocates more under a collector that takes more", () => {
    const [first] = explained.explanations!;
    const profiled = first as Extract<Explanation, { kind: "profiled" }>;
    const allocators = [{ ...profiled.culprits[0]!, baseline: 104e3, candidate: 245e3 }];
    const explanations = [{ ...profiled, allocators }];
    const outcome = anOutcome({ judgements: [aRegression(1.12)], explanations });
    expect(whyWords(outcome, PLAIN)[0]!.more.at(-1)).toMatch(
      /^what the garbage collector collects: parse .* of what is allocated \(.*102 → 239 KiB an operation\)/,
    );
    expect(() => resultSchema.parse(JSON.parse(resultJson(outcome)))).not.toThrow();
  });

  it("says what the system counted more of, by itself where no function stands out", () => {
    const [first] = explained.explanations!;
    const profiled = first as Extract<Explanation, { kind: "profiled" }>;
    const usage = [{ usage: "page-faults", baseline: 3, candidate: 40.25 }] as const;
    const outcome = anOutcome({
      judgements: [aRegression(1.12)],
      explanations: [{ ...profiled, culprits: [], waits: false, usage }],
    });
    expect(whyWords(outcome, PLAIN)[0]!.first).toMatch(
      /: it is given more new pages of memory: 3\.00 → 40\.3 an operation$/,
    );
    expect(() => resultSchema.parse(JSON.parse(resultJson(outcome)))).not.toThrow();
  });
});
