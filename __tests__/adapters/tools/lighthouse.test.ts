import { describe, expect, it } from "vitest";
import { lighthouse } from "../../../src/adapters/tools/lighthouse.ts";
import { corpus, fixture, hasCorpus, measured, onlyRound, recognisedBy, refusal, single } from "../outputs.ts";

const PAGE = fixture("lighthouse/page.json");

function changed(change: (report: Record<string, Record<string, object>>) => void): string {
  const report = JSON.parse(PAGE);
  change(report);
  return JSON.stringify(report);
}

describe("a Lighthouse report", () => {
  it("gives each measured audit as a benchmark of its own, under the page's path", () => {
    const audits: Record<string, { numericValue: number }> = JSON.parse(PAGE).audits;
    const round = onlyRound(lighthouse, PAGE);
    expect(round.failures).toEqual([]);
    expect(round.measurements).toHaveLength(12);
    expect(measured(round, "/page largest-contentful-paint", "latency")).toEqual({
      ...{ benchmark: "/page largest-contentful-paint", metric: "latency", unit: "s", better: "lower" },
      distribution: single(audits["largest-contentful-paint"]!.numericValue / 1000),
    });
    expect(measured(round, "/page total-byte-weight", "total-byte-weight")).toMatchObject({
      unit: "B",
      distribution: single(audits["total-byte-weight"]!.numericValue),
    });
    expect(measured(round, "/page dom-size-insight", "dom-size-insight")).toMatchObject({
      unit: "1",
      distribution: single(audits["dom-size-insight"]!.numericValue),
    });
  });

  it("leaves scores and estimated savings out", () => {
    expect(Object.keys(JSON.parse(PAGE).audits)).toContain("unused-javascript");
    const names = onlyRound(lighthouse, PAGE).measurements.map(({ benchmark }) => benchmark);
    expect(names.filter((name) => /unused|score|redirects|metrics/.test(name))).toEqual([]);
  });

  it("reports a page that did not load as a failure", () => {
    const { measurements, failures } = onlyRound(lighthouse, fixture("lighthouse/refused.json"));
    expect(measurements).toEqual([]);
    expect(failures).toEqual([{ benchmark: "*", reason: expect.stringContaining("CHROME_INTERSTITIAL_ERROR") }]);
  });

  it("reports an audit in error by its name, and keeps the others", () => {
    const text = changed(({ audits }) => {
      audits!["speed-index"] = { scoreDisplayMode: "error", errorMessage: "SPEEDINDEX_OF_ZERO\n at x" };
    });
    const { measurements, failures } = onlyRound(lighthouse, text);
    expect(failures).toEqual([{ benchmark: "/page speed-index", reason: "SPEEDINDEX_OF_ZERO at x" }]);
    expect(measurements).toHaveLength(11);
  });

  it("keeps a unit that it does not know instead of guessing", () => {
    const text = changed(({ audits }) => Object.assign(audits!["speed-index"]!, { numericUnit: "fortnight" }));
    expect(measured(onlyRound(lighthouse, text), "/page speed-index", "speed-index").unit).toBe("fortnight");
  });

  it.each([
    [
      /^audits\["speed-index"\]\.numericUnit: Expected a text/,
      changed(({ audits }) => Object.assign(audits!["speed-index"]!, { numericUnit: 1 })),
    ],
    [
      /^audits\["speed-index"\]\.numericValue: Expected a number of at least 0/,
      changed(({ audits }) => Object.assign(audits!["speed-index"]!, { numericValue: -1 })),
    ],
    [/It holds no benchmarks.*category performance/, changed((report) => Object.assign(report, { audits: {} }))],
    [/^1: This is not a report of Lighthouse/, "{}"],
  ])("refuses with %s", (message, text) => {
    expect(refusal(lighthouse, text).message).toMatch(message);
  });
});

describe.skipIf(!hasCorpus)("Lighthouse's files in the corpus, which hold scores alone", () => {
  it.each(corpus("lighthouse"))("$file is refused with the file to give instead", ({ file, text }) => {
    expect(recognisedBy(text)).toEqual(file.includes("manifest") ? ["lighthouse"] : []);
    expect(refusal(lighthouse, text).message).toMatch(
      /^1: This is not a report of Lighthouse: scores alone .*`jsonPath`/,
    );
  });
});
