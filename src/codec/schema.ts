import { z } from "zod";
import { METRIC_NAMES } from "../model/metric.ts";
import { READABLE_SCHEMAS } from "../model/recording.ts";

const text = z.string({ error: "must be a text" });
const name = text.min(1, "must not be empty");
const number = z.number({ error: "must be a finite number" });
const positive = number.positive("must be above 0");
const count = number.int("must be a whole number").nonnegative("must not be negative");
const instant = text.refine(
  (value) => value === "" || !Number.isNaN(Date.parse(value)),
  "must be an ISO 8601 time, or empty",
);
const unknown = text.default("unknown");
const object = { error: "must be an object" };
const list = { error: "must be a list" };

/** The keys of which a measurement has exactly one: how its distribution is written. */
export const DISTRIBUTIONS = ["samples", "sketch", "quantiles", "histogram", "value"] as const;

const whole = z.array(number.int("must be a whole number"), list).min(1, "must not be empty");
const independent = z.literal(true).optional().describe("The values did not lean on each other");

/** What a store keeps in place of samples: groups of neighbours in rank, or few distinct values (model/sketch.ts). */
const sketch = z.union(
  [
    z.object({
      n: count.min(1),
      min: positive,
      d: whole.describe("Steps of 0.0005 in ln(value / min) from group to group"),
      a: z.array(number.int().min(-8).max(8), list).describe("Sixteenths of a step, of the percentiles"),
      m: whole
        .optional()
        .describe("Medians of slices, in steps of 0.002: the first from `min`, the others from the first"),
      t: whole.optional().describe("P99s of the same slices, as `m`"),
      independent,
    }),
    z.object({
      e: count.max(12).optional().describe("Values are whole multiples of 10 to minus this"),
      v: z
        .array(number, list)
        .min(1, "must not be empty")
        .describe("Values, ascending; with `e` the first, then differences"),
      c: z.array(count.min(1), list).describe("How often each was seen"),
      independent,
    }),
  ],
  { error: "must hold n, min, d and a, or v and c" },
);

const source = z.object({ file: name, line: count.min(1, "must be at least 1").optional() }, object);

const measurement = z
  .object(
    {
      suite: text.default(""),
      benchmark: name,
      metric: name.describe(`${METRIC_NAMES.join(", ")}, or a name of your own`),
      unit: name.describe("A base unit: s, B, 1/s, B/s, 1 (a ratio or a count), or another; never ms, ns or kB"),
      better: z
        .enum(["lower", "higher"], { error: 'must be "lower" or "higher"' })
        .optional()
        .describe("May be left out where Benchgate knows the metric"),
      per: z
        .literal("operation", { error: 'must be "operation", or left out' })
        .optional()
        .describe(
          "A size that one operation allocates; left out: the size of a process, of its heap or of anything else",
        ),
      samples: z.array(number, list).min(1, "must not be empty").optional().describe("Every observed value, in order"),
      sketch: sketch.optional().describe("In place of samples, in a store"),
      medians: z
        .array(number, list)
        .min(1, "must not be empty")
        .optional()
        .describe(
          "With samples: the median or the middle (the mean of its middle half) of each slice of the round, in order; slice i of both sides of a pair ran side by side",
        ),
      tails: z
        .array(number, list)
        .min(1, "must not be empty")
        .optional()
        .describe("With medians: the p99 of each slice, where slices hold enough samples"),
      perSlice: positive.optional().describe("With tails: how many samples a slice holds on average"),
      quantiles: z
        .record(z.string(), number, object)
        .optional()
        .describe('Values by level: "0.5", "0.99"; "0" and "1" are the ends'),
      count: count.default(0).describe("How many values the quantiles rest on; 0: not known"),
      mean: number.optional().describe("With quantiles"),
      histogram: text.optional().describe("An HdrHistogram V2, compressed, in base64"),
      scale: positive.optional().describe("What one step of the histogram's values is worth, in `unit`"),
      value: number.optional(),
      exact: z.boolean({ error: "must be true or false" }).default(false).describe("The value is deterministic"),
      estimator: name.optional().describe("How the tool computed its quantiles: hdr, t-digest, interpolated, …"),
      resolution: positive.optional().describe("The smallest step the tool can print, in `unit`"),
      loadModel: z.enum(["open", "closed"], { error: 'must be "open" or "closed"' }).optional(),
      source: source.optional(),
    },
    object,
  )
  .meta({ oneOf: DISTRIBUTIONS.map((key) => ({ required: [key] })) });

const failure = z.object(
  { suite: text.default(""), benchmark: name, reason: text, output: text.default(""), source: source.optional() },
  object,
);

const note = z.object(
  {
    suite: text.default(""),
    benchmark: name.describe("* is the whole run"),
    metric: name.optional().describe("The metric whose numbers it is about, where it is about one"),
    sentence: name.describe("What is the case; # stands for count"),
    count: count.optional(),
    remedy: name.describe("What to do about it, as the end of a sentence"),
  },
  object,
);

const exit = z.object(
  {
    suite: text.default(""),
    exitCode: count.describe("By which the tool gives a verdict of its own"),
    means: text.default("").describe("What the tool says by it"),
  },
  object,
);

const round = z.object(
  {
    session: text.default("").describe("Rounds with equal session and pair were measured side by side"),
    pair: count.optional().describe("Where it is missing: the round's place in the list, from 0"),
    startedAt: instant.default(""),
    measurements: z.array(measurement, list),
    failures: z.array(failure, list).default([]),
    notes: z
      .array(note, list)
      .default([])
      .describe("What a reader must know in addition to the numbers; it decides nothing"),
    exits: z
      .array(exit, list)
      .default([])
      .describe("Commands that ended with another exit code than 0 and complete results"),
    seconds: z
      .array(z.object({ suite: text.default(""), seconds: number.min(0) }, object), list)
      .default([])
      .describe("How long an execution of each suite took, in seconds"),
  },
  object,
);

const commit = text.regex(/^[\w./+~^-]{0,100}$/, "must be the name of a commit");

const revision = z.object({ sha: commit.default(""), ref: text.default(""), committedAt: instant.default("") }, object);

const environment = z
  .object({ os: unknown, arch: unknown, cpu: unknown, cores: count.default(0), runtime: unknown }, object)
  .catchall(z.union([text, number], { error: "must be a text or a finite number" }));

/** The zod schema of a recording: what schema/recording.schema.json is generated from. Only `schema` and `rounds` must be there. */
export const recordingSchema = z
  .object(
    {
      schema: z.enum(READABLE_SCHEMAS),
      revision: revision.prefault({}),
      environment: environment.prefault({}),
      rounds: z.array(round, list),
    },
    object,
  )
  .meta({ title: "Benchgate recording", description: "All rounds of one revision in one environment." });

/** A measurement as it is written. */
export type WireMeasurement = z.output<typeof measurement>;
/** A round as it is written. */
export type WireRound = z.output<typeof round>;

/** Every key that a round, and a measurement, may have. */
export const KNOWN_KEYS = {
  round: Object.keys(round.shape),
  measurement: Object.keys(measurement.shape),
} as const;
