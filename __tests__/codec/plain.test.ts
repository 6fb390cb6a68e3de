import fc from "fast-check";
import { expect, test } from "vitest";
import { plainMeasurement } from "../../src/codec/plain.ts";
import { recordingSchema } from "../../src/codec/schema.ts";

const NAMED = { suite: "s", benchmark: "b", metric: "latency", unit: "s", better: "lower" };
const PLAIN: readonly object[] = [
  { ...NAMED, samples: [0.1, 0.2], medians: [0.1], tails: [0.2] },
  { ...NAMED, sketch: { n: 3, min: 0.1, d: [0, 1, 2], a: [-8, 8], m: [3, -4], independent: true } },
  { ...NAMED, sketch: { e: 3, v: [1, 2], c: [1, 9] }, resolution: 0.001, loadModel: "open" },
  { ...NAMED, quantiles: { "0.5": 0.1, "0.99": 0.3 }, count: 10, mean: 0.2 },
  { benchmark: "b", metric: "size", unit: "B", per: "operation", value: 5, exact: true },
];

const asSchema = (measurement: unknown) => {
  const checked = recordingSchema.safeParse({
    schema: "benchgate.recording/4",
    rounds: [{ measurements: [measurement] }],
  });
  return checked.success ? checked.data.rounds[0]!.measurements[0] : null;
};

test.each(PLAIN)("%j is plain, and what the schema makes of it", (measurement) => {
  expect(plainMeasurement(measurement)).toEqual(asSchema(measurement));
  expect(plainMeasurement(measurement)).not.toBeNull();
});

// What a key may hold that it must not, and what looks nearly right.
const ODD: readonly unknown[] = [
  ...[undefined, null, "", "x", "lower", "operation", "open", 0, -1, 1, 9, 13, 1.5, 2 ** 53, Number.POSITIVE_INFINITY],
  ...[true, false, [], {}, [0], [1.5], [null], ["1"], [Number.POSITIVE_INFINITY], [-9], [[1]]],
  ...[{ "0.5": "1" }, { "0.5": 1 }, { "0.5": null }, { n: 1, min: 0, d: [0], a: [] }, { v: [1], c: [] }],
];
const odd = fc.constantFrom(...ODD);
const KEYS = [
  ...new Set([...PLAIN.flatMap((each) => Object.keys(each)), "estimator", "histogram", "scale", "source", "other"]),
];
const SKETCH_KEYS = ["n", "min", "d", "a", "m", "e", "v", "c", "independent", "other"];

test.each(PLAIN)("of %j with any one key changed, what is plain is what the schema makes of it", (base) => {
  const sketch = "sketch" in base ? (base.sketch as object) : {};
  const changed = ODD.flatMap((value) => [
    ...KEYS.map((key) => ({ ...base, [key]: value })),
    ...SKETCH_KEYS.map((key) => ({ ...base, sketch: { ...sketch, [key]: value } })),
  ]);
  const plain = changed.flatMap((made) => {
    const found = plainMeasurement(made);
    return found === null ? [] : [{ found, made }];
  });
  expect(plain.length).toBeGreaterThan(ODD.length);
  for (const { found, made } of plain) expect(found, JSON.stringify(made)).toEqual(asSchema(made));
});

test("what is plain is always what the schema makes of it, whatever stands in it", () => {
  let plain = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...PLAIN),
      fc.dictionary(fc.constantFrom(...KEYS), odd, { maxKeys: 2 }),
      fc.dictionary(fc.constantFrom(...SKETCH_KEYS), odd, { maxKeys: 2 }),
      (base, changes, inSketch) => {
        const made: Record<string, unknown> = { ...base, ...changes };
        if (typeof made.sketch === "object" && made.sketch !== null && !Array.isArray(made.sketch))
          made.sketch = { ...made.sketch, ...inSketch };
        const found = plainMeasurement(made);
        if (found === null) return;
        plain++;
        expect(found).toEqual(asSchema(made));
      },
    ),
    { numRuns: 3000, seed: 18 },
  );
  expect(plain).toBeGreaterThan(200);
});

test.each(["[]", '{"__proto__":1}', '"text"', "null"])("%s is left to the schema", (json) => {
  expect(plainMeasurement(JSON.parse(json))).toBeNull();
});
