import { describe, expect, it } from "vitest";
import type { Explanation } from "../../../src/model/explanation.ts";
import { commentBody } from "../../../src/report/formats/markdown.ts";
import { MARKDOWN, PLAIN } from "../../../src/report/parts/ink.ts";
import { marker } from "../../../src/report/parts/sticky.ts";
import { profilingWords, whyWords } from "../../../src/report/words/why.ts";
import { anOutcome, aRegression } from "../../builders.ts";
import { HOSTILE, OUTCOMES } from "../outcomes.ts";

const explained = OUTCOMES.explained!;

describe("why it got slower, in words", () => {
  it("names the function, its line, its share and what it has to do with the change, in one line", () => {
    const [json, xml] = whyWords(explained, PLAIN);
    expect(json!.first).toBe(
      "parser / json: most of it: parse src/parse.js:41, +38 % of the time (+31 % … +44 %; 300 → 420 µs an operation) by way of normalize, changed here",
    );
    expect(json!.more).toEqual([expect.stringContaining("also: read src/io.js:7")]);
    expect(xml!.first).toMatch(/in the dependency slug: 1\.2\.0 → 1\.3\.0$/);
  });

  it("says of what nobody called slower nothing, unless something is proven", () => {
    expect(whyWords(explained, PLAIN).some(({ first }) => first.startsWith("calm"))).toBe(false);
    const always = anOutcome({ explanations: explained.explanations!.slice(0, 1) });
    expect(whyWords(always, PLAIN)).toHaveLength(1);
    expect(whyWords(anOutcome(), PLAIN)).toEqual([]);
  });

  it("says nothing of the change where a function's text is not known: a stripped program, the garbage collector", () => {
    const [first] = explained.explanations!;
    const profiled = first as Extract<Explanation, { kind: "profiled" }>;
    const told = (file: string | null) => {
      const culprit = { ...profiled.culprits[0]!, file, origin: { kind: "unexplained" } as const };
      const outcome = anOutcome({
        judgements: [aRegression(1.45)],
        explanations: [{ ...profiled, culprits: [culprit] }],
      });
      return whyWords(outcome, PLAIN)[0]!.first;
    };
    expect(told(null)).toMatch(/by way of normalize$/);
    expect(told("src/parse.js")).toMatch(/, which nothing in this change explains$/);
  });

  it("ends once where the reason why nothing was profiled ends with a stop", () => {
    const [{ carriage: _, ...named }] = explained.explanations as readonly [Explanation];
    const none = { ...named, kind: "not-profiled", reason: "the service exited." } as Explanation;
    const told = (explanation: Explanation) =>
      whyWords(anOutcome({ judgements: [aRegression(1.45)], explanations: [explanation] }), PLAIN)[0]!.first;
    expect(told(none)).toMatch(/: not profiled: the service exited$/);
    const carriage = {
      benchmark: "json",
      metric: "latency",
      statistic: "p50",
      change: 0.45,
      ingredients: [],
      carriers: { kind: "nothing" },
    } as const;
    expect(told({ ...none, carriage })).toMatch(/ exited\. Code, /);
  });

  it("says what profiling took, and that no verdict rests on it", () => {
    expect(profilingWords(explained)).toMatch(/no verdict rests on: 68 seconds\.$/);
    expect(profilingWords(anOutcome())).toBeNull();
  });

  it("links the place in a comment, where it is the repository's own", () => {
    const source = "https://github.com/o/r/blob/abc";
    const body = commentBody(explained, { marker: marker("x"), links: { source } });
    expect(body).toContain(`](${source}/src/parse.js#L41)`);
    expect(body).not.toContain("blob/abc/node_modules");
  });

  it.each(HOSTILE)("is one line of escaped words, whatever a function is called: %j", (name) => {
    const [first] = explained.explanations!;
    const profiled = first as Extract<Explanation, { kind: "profiled" }>;
    const culprit = { ...profiled.culprits[0]!, name, file: name, by: [name] };
    const outcome = anOutcome({
      judgements: [aRegression(1.45)],
      explanations: [{ ...profiled, culprits: [culprit] }],
    });
    for (const ink of [PLAIN, MARKDOWN]) {
      const [words] = whyWords(outcome, ink);
      expect(words!.first).not.toMatch(/[\n\r\u202E]/);
    }
    expect(whyWords(outcome, MARKDOWN)[0]!.first).not.toMatch(/<script|<\/td|@octocat|\|/);
  });
});
