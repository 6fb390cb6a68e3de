import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commentBody } from "../../../src/report/formats/markdown.ts";
import { blockOf, decodeEvidence, decodeJudgements } from "../../../src/report/html/decode.ts";
import { encodePage } from "../../../src/report/html/encode.ts";
import { encodeGrowth } from "../../../src/report/html/encode-growth.ts";
import { PAGE, pieces } from "../../../src/report/html/ink.ts";
import { embedded, prose } from "../../../src/report/html/markup.ts";
import { fromWire, packed, unpacked, wireNumber } from "../../../src/report/html/numbers.ts";
import { clean } from "../../../src/report/parts/escape.ts";
import { sideBySide } from "../../browser/example.ts";
import { largeExample } from "../../browser/large.ts";
import { HOSTILE, OUTCOMES } from "../outcomes.ts";

const SIDES = { baseline: "main", candidate: "candidate" };

describe("numbers on the wire", () => {
  it("keep four significant digits, missing ones stay missing", () => {
    const values = [0.0012345678, 0, null, 0.0987654, 0.00100049];
    expect(unpacked(packed(values))).toEqual([0.001235, 0, null, 0.09877, 0.001]);
    expect(packed(values).every((each) => each === null || Number.isInteger(each))).toBe(true);
  });

  it("are within half of the fourth digit of what they were, for any list of one magnitude", () => {
    const number = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), fc.integer({ min: -250, max: 250 }), (mantissas, power) => {
        const values = mantissas.map((mantissa) => mantissa * 10 ** power);
        const back = unpacked(packed(values));
        return values.every((value, index) => Math.abs(back[index]! / value - 1) < 5.01e-4);
      }),
    );
  });

  it("write what is not finite as a word", () => {
    for (const value of [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, null, 1.5]) {
      expect(fromWire(JSON.parse(JSON.stringify(wireNumber(value, 9))))).toEqual(value);
    }
    expect(unpacked(JSON.parse(JSON.stringify(packed([1, Number.NaN, Number.POSITIVE_INFINITY]))))).toEqual([
      1,
      null,
      null,
    ]);
  });
});

describe("a number that reports print", () => {
  it("is not moved over a tie by being shortened", () => {
    const besideTie = 1.031 * 0.95;
    expect(besideTie).not.toBe(0.97945);
    expect(wireNumber(besideTie, 9)).toBe(besideTie);
    expect(wireNumber(1.0123456789012, 9)).toBe(1.01234568);
  });
});

describe("the page's data", () => {
  it.each(Object.entries(OUTCOMES).filter(([name]) => name !== "hostile-names"))(
    "of %s make the same comment again",
    (_, outcome) => {
      const { overview } = encodePage(outcome, [], SIDES);
      const judgements = decodeJudgements(JSON.parse(JSON.stringify(overview)));
      const options = { marker: "x", now: "2026-11-22T16:20:00Z" };
      expect(commentBody({ ...outcome, judgements }, options)).toBe(commentBody(outcome, options));
    },
  );

  it("bring back what verdicts rest on", () => {
    const { outcome, evidence } = sideBySide();
    const data = encodePage(outcome, evidence, SIDES);
    const [back] = decodeEvidence(JSON.parse(JSON.stringify(data.evidence)), data.overview);
    const [original] = evidence;
    expect(back!.subjects).toHaveLength(8);
    expect(back!.candidate).toEqual(original!.candidate);
    for (const [index, subject] of back!.subjects.entries()) {
      const { statistics, baseline } = original!.subjects[index]!;
      expect(subject.statistics).toEqual(statistics);
      expect(subject.baseline!.rounds[0]![3]! / baseline!.rounds[0]![3]!).toBeCloseTo(1, 3);
      expect(subject.baseline!.distribution).toMatchObject({ kind: "pooled", samples: 14_400 });
    }
  });

  it("cannot end the element that holds them, whatever the names", () => {
    const { overview } = encodePage(OUTCOMES["hostile-names"]!, [], SIDES);
    const json = embedded(overview);
    expect(json).not.toMatch(/[<\u2028\u2029]/);
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(overview)));
  });

  it("hold names of any length as short ones, and tell those apart that look the same", () => {
    const [judgement] = OUTCOMES["all-pass"]!.judgements;
    const long = "x".repeat(1_000_000);
    const judgements = [`${long}a${long}`, `${long}b${long}`].map((benchmark) => ({ ...judgement!, benchmark }));
    const { overview } = encodePage({ ...OUTCOMES["all-pass"]!, judgements }, [], SIDES);
    expect(JSON.stringify(overview).length).toBeLessThan(5_000);
    expect(overview.rows.map(([, benchmark]) => benchmark)).toHaveLength(2);
    expect(new Set(overview.rows.map(([, benchmark]) => benchmark)).size).toBe(2);
  });

  it("of 5,000 benchmarks with 24 rounds leave room for the program in 8 MB", () => {
    const { outcome, evidence } = largeExample(5_000, 24);
    const data = encodePage(outcome, evidence, SIDES);
    const size = (value: unknown) => Buffer.byteLength(embedded(value));
    expect(size(data.overview) + size(data.evidence)).toBeLessThan(7.6e6);
  });

  it("are found in the page by the name of their element", () => {
    const html =
      '<script type="application/json" id="a">{"x":1}</script><script type="application/json" id="b">2</script>';
    expect(blockOf(html, "a")).toBe('{"x":1}');
    expect(blockOf(html, "b")).toBe("2");
    expect(blockOf(html, "c")).toBe("null");
  });
});

describe("text in page ink", () => {
  it("keeps our words, our code and names apart", () => {
    expect(pieces(`Raise \`rounds\` of ${PAGE.name("a`b`c")}.`)).toEqual([
      { kind: "words", text: "Raise " },
      { kind: "code", text: "rounds" },
      { kind: "words", text: " of " },
      { kind: "name", text: "a`b`c" },
      { kind: "words", text: "." },
    ]);
  });

  it("lets no name pass for our words, whatever it holds", () => {
    const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\uE001`code`\uE000", ...HOSTILE));
    fc.assert(
      fc.property(anyText, (name) => {
        const parts = pieces(`before ${PAGE.name(name)} after`);
        expect(parts.map(({ kind }) => kind)).toEqual(["words", "name", "words"]);
        expect(prose(PAGE.name(name))).toMatch(/^<bdi>[^<>"']*<\/bdi>$/);
      }),
    );
  });
});

describe("the block of growth", () => {
  it("holds names as one printable line each, and the same for a family as for its rows", () => {
    const exponent = { value: 1, interval: { lower: 0.9, upper: 1.1, level: 0.95 } };
    for (const hostile of HOSTILE) {
      const [growth] = encodeGrowth({
        growth: [
          {
            suite: hostile,
            family: hostile,
            metric: "latency",
            statistic: "p50",
            unit: "s",
            points: [{ benchmark: hostile, size: 1, baseline: null, candidate: 1 }],
            baseline: null,
            candidate: exponent,
            change: null,
            verdict: "unproven",
            rounds: 0,
          },
        ],
      });
      expect([growth?.suite, growth?.family, growth?.points[0]?.benchmark]).toEqual(Array(3).fill(clean(hostile, 300)));
    }
  });
});
