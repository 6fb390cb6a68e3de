import { z } from "zod";
import { INGREDIENTS } from "../model/carriage.ts";
import { USAGES } from "../model/explanation.ts";
import { STATISTICS } from "../model/statistic.ts";
import { VERDICTS } from "../model/verdict.ts";

const number = z.number().nullable();
const seconds = z.number().nonnegative();
const count = z.int().nonnegative();
const share = z.number().min(0).max(1);

const interval = z
  .strictObject({ lower: number, upper: number, level: share.describe("The level actually reached") })
  .describe("candidate ÷ baseline as measured, never sign-flipped; null where there is no finite bound");

const warning = z
  .looseObject({ code: z.string().min(1) })
  .describe("A diagnosis: what else it holds depends on its code, and codes may be added");

const revision = z.strictObject({
  sha: z.string(),
  ref: z.string(),
  committedAt: z.string().describe("ISO 8601, UTC; empty where unknown"),
});

const environment = z
  .object({ os: z.string(), arch: z.string(), cpu: z.string(), cores: count, runtime: z.string() })
  .catchall(z.union([z.string(), z.number()]));

const baseline = z.union([
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.enum(["stored", "side-by-side", "file"]),
    revision,
    runs: count.describe("Stored runs, or 1"),
    environment,
    distance: count
      .optional()
      .describe("Commits of the base branch after `revision`, up to the one that was asked for"),
  }),
]);

const verdict = z.strictObject({
  cell: z.string().optional().describe("The cell of a matrix; `suite` begins with it and a slash"),
  suite: z.string(),
  benchmark: z.string().describe("* is a whole suite"),
  metric: z.string(),
  statistic: z.enum(STATISTICS),
  unit: z.string().describe("Canonical: s, B, 1/s, B/s, 1, or the tool's own symbol"),
  verdict: z.enum(VERDICTS),
  severity: z.enum(["gate", "advisory"]).describe("Whether a regression turns the check red, or is only shown"),
  baseline: number.describe("In `unit`"),
  candidate: number.describe("In `unit`"),
  ratio: number.describe("candidate ÷ baseline"),
  interval: interval.nullable(),
  p: number.describe("One-sided, for worse by more than half the threshold (against stored runs: the whole)"),
  adjustedP: number.describe("After Benjamini-Hochberg over the gating comparisons"),
  threshold: number.describe("The smallest relative change that matters: 0.05 is 5 %"),
  resolution: number.describe("The smallest step that the numbers can move by, in `unit`; null where it is not known"),
  judged: z
    .strictObject({
      bound: z.number().nullable().describe("As a share of the baseline, as `threshold` is"),
      amount: z.number().describe("In `unit`"),
      why: z.enum(["floor", "resolution"]).describe("The budget's floor, or two steps of what measured it"),
    })
    .nullable()
    .describe("The bound in force, where it is more than `threshold`"),
  limit: z.strictObject({ value: z.number(), broken: z.boolean() }).nullable(),
  rounds: count.nullable().describe("Pairs, rounds of the smaller side, or stored runs"),
  roundsNeeded: number.describe("Rounds after which a change of this size would be decided"),
  paired: z.boolean(),
  goal: z.strictObject({ value: z.number(), state: z.enum(["proven", "open", "missed"]) }).nullable(),
  check: interval.nullable().describe("An interval that assumes nothing of the noise, next to the other; never used"),
  noise: number.describe("Standard deviation of the log ratio of one pair, or of one round"),
  detectable: number.describe("The smallest relative change that would have been found 80 % of the time"),
  warnings: z.array(warning),
  failure: z
    .strictObject({ side: z.enum(["baseline", "candidate"]), reason: z.string(), output: z.string() })
    .nullable(),
  accepted: z.strictObject({ reason: z.string(), upTo: z.number(), until: z.string().nullable() }).optional(),
});

const exponent = z.strictObject({
  value: z.number().describe("The slope of ln(time) against ln(size): 1 is linear, 2 is quadratic"),
  interval: z.strictObject({ lower: number, upper: number, level: share }),
});

const growth = z.strictObject({
  suite: z.string(),
  family: z.string().describe("The benchmarks' name with * in place of the size"),
  metric: z.string(),
  statistic: z.enum(STATISTICS),
  unit: z.string(),
  points: z
    .array(z.strictObject({ benchmark: z.string(), size: z.number(), baseline: number, candidate: number }))
    .describe("Smallest size first; values in `unit`"),
  baseline: exponent.nullable(),
  candidate: exponent,
  change: exponent.nullable().describe("Of the exponent, from what both sides share"),
  verdict: z.enum(["steeper", "flatter", "unproven"]).describe("What is proven of the change"),
  rounds: count.describe("Pairs, rounds of the smaller side, or stored runs"),
});

const place = {
  name: z.string(),
  file: z.string().nullable().describe("Relative to the tree's root where it lies in it"),
  line: count.nullable().describe("From 1"),
  dependency: z.string().optional().describe("The package that it belongs to"),
};

const origin = z
  .union([
    z.strictObject({ kind: z.enum(["changed", "unexplained"]) }),
    z.strictObject({ kind: z.literal("called-by"), caller: z.strictObject(place) }),
    z.strictObject({ kind: z.literal("same-file"), line: count }),
    z.strictObject({
      kind: z.literal("dependency"),
      name: z.string(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    }),
  ])
  .describe("How a function relates to what is changed");

const culprit = z.strictObject({
  ...place,
  baseline: z.number().describe("What it takes itself, in `unit`"),
  candidate: z.number(),
  share: interval.extend({ value: z.number() }).describe("The difference as a share of the baseline's whole"),
  by: z.array(z.string()).describe("Functions of the runtime by way of which"),
  origin,
});

const ingredient = z.enum(INGREDIENTS);
const found = {
  ingredient,
  files: z.array(z.string()).describe("Those that differ, as seen from the root: the first ones"),
  more: count.optional().describe("How many more differ; absent where all are listed"),
  versions: z
    .array(z.strictObject({ name: z.string(), from: z.string().nullable(), to: z.string().nullable() }))
    .optional()
    .describe("Packages whose versions differ, as lockfiles tell; null where a side has none"),
};

const carriage = z
  .strictObject({
    benchmark: z.string(),
    metric: z.string(),
    statistic: z.enum(STATISTICS),
    change: number.describe("What the verdict has proven, as a share of the baseline: worse is positive"),
    ingredients: z.array(
      z.union([
        z.strictObject({ ...found, state: z.enum(["same", "alone"]) }),
        z.strictObject({
          ...found,
          state: z.literal("measured"),
          value: z.number().describe("How much more the base takes with the head's in place of its own, as a share"),
          lower: z.number(),
          upper: z.number(),
          level: share,
          rounds: count,
        }),
        z.strictObject({ ...found, state: z.literal("not-measured"), reason: z.string() }),
      ]),
    ),
    carriers: z.union([
      z.strictObject({ kind: z.enum(["nothing", "together", "open"]) }),
      z.strictObject({ kind: z.literal("alone"), ingredient }),
      z.strictObject({ kind: z.enum(["by", "not-by"]), ingredients: z.array(ingredient) }),
    ]),
  })
  .describe("What a slowdown comes with: the base measured with one part of the head at a time");

const explained = {
  suite: z.string(),
  benchmark: z.string().describe("* is a whole suite"),
  seconds: seconds.describe("What explaining it took"),
  carriage: carriage.optional(),
};

const explanation = z.union([
  z.strictObject({ ...explained, kind: z.literal("not-profiled"), reason: z.string() }),
  z.strictObject({
    ...explained,
    kind: z.literal("profiled"),
    unit: z.enum(["s", "B", "1"]),
    per: z.enum(["operation", "round"]),
    rounds: count.describe("Profiled rounds a side"),
    waits: z.boolean().describe("Whether it waits longer more than it computes more"),
    inlining: z.boolean(),
    usage: z
      .array(z.strictObject({ usage: z.enum(USAGES), baseline: z.number(), candidate: z.number() }))
      .optional()
      .describe(
        "What the system counted more of, an operation or a round: waits, page faults, and those that read a disk",
      ),
    live: z.literal(true).optional().describe("Bytes are of what stays allocated, and not of all that was"),
    culprits: z.array(culprit).describe("The functions of which it is proven that they take more, worst first"),
    allocators: z
      .array(culprit)
      .optional()
      .describe("Where the garbage collector is a culprit: the functions that allocate more, in bytes"),
  }),
]);

/** The zod schema of a result, `benchgate.result/1`: what schema/result.schema.json is generated from, and what tests hold `resultJson` against. */
export const resultSchema = z
  .strictObject({
    schema: z.literal("benchgate.result/1"),
    outcome: z.enum(["pass", "warn", "fail"]),
    baseline,
    candidate: z.strictObject({ revision, environment }),
    verdicts: z.array(verdict),
    warnings: z.array(warning).describe("On the gate as a whole; those on one comparison stay with it"),
    experiment: z
      .strictObject({
        session: z.string(),
        seed: z.number().describe("Draws the order of the sides again"),
        looks: z.array(count).describe("The pairs after which the data were looked at, as planned"),
        secondsPerPair: seconds.optional(),
      })
      .optional()
      .describe("How rounds were measured side by side; absent where none were"),
    cost: z
      .strictObject({
        jobs: count.describe("Jobs that measured"),
        seconds: z.number().describe("Of all jobs together"),
      })
      .optional()
      .describe("What the verdict cost; absent where one job measured and told"),
    growth: z
      .array(growth)
      .optional()
      .describe("How benchmarks that run at several sizes grow with them; absent where there are none"),
    explanations: z
      .array(explanation)
      .optional()
      .describe("Why benchmarks got slower, from profiled rounds of their own; absent where nothing was profiled"),
  })
  .meta({
    title: "Benchgate result",
    description: "The verdicts of one gate. Numbers that JSON cannot write (infinite, not a number) are null.",
  });
