import { z } from "zod";
import { EXPLAIN_MODES } from "../model/explanation.ts";
import { METRICS, type MetricTraits, OTHER_METRIC } from "../model/metric.ts";
import { SHELLS } from "../model/plan.ts";
import { STATISTICS, type StatisticName } from "../model/statistic.ts";
import { COMPLEXITY_KEYS } from "./complexity.ts";
import { MOST_ROUNDS } from "./defaults.ts";
import { day, duration, folder, quantity, wholeNumber } from "./fields.ts";
import { RESERVED_METRICS, RULES } from "./metrics.ts";
import { ENV_NAME, SUITE_NAME } from "./patterns.ts";
import { quantityPattern } from "./scalars.ts";
import {
  choiceField,
  commandField,
  durationField,
  exponentField,
  field,
  globsField,
  shareField,
  textField,
} from "./schema-fields.ts";
import { STATUSES_PATTERN, statuses } from "./statuses.ts";

/** The words of `compare`, here and among the inputs. */
export const COMPARE_MODES = ["auto", "stored", "side-by-side"] as const;

/** Who says how long the benchmarks of a `bench` suite are measured. */
const TIMES = ["auto", "keep"] as const;

/** What an inconclusive verdict does to the outcome. */
export const ON_INCONCLUSIVE = ["pass", "warn", "fail"] as const;

function limits({ dimensions }: MetricTraits) {
  const json = dimensions.includes("count")
    ? {
        anyOf: [
          { type: "number", minimum: 0 },
          { type: "string", pattern: quantityPattern(dimensions) },
        ],
      }
    : { type: "string", pattern: quantityPattern(dimensions) };
  const read = quantity(dimensions);
  return {
    threshold: shareField("The smallest relative change that matters.").optional(),
    limit: field(read, {
      ...json,
      description: "A ceiling (a floor, where higher is better) that needs no baseline.",
    }).optional(),
    floor: field(read, { ...json, description: "A change of at most this much never matters." }).optional(),
    goal: shareField("A promised improvement: 20% is a fifth less latency, or a fifth more throughput.").optional(),
  };
}

/** The rule for a metric: a threshold alone, or a mapping with a rule for each statistic. `id` names the latter in the JSON schema. */
function metricRule(metric: string, traits: MetricTraits) {
  const bounds = limits(traits);
  const rule = z
    .union([shareField("The smallest relative change that matters."), z.strictObject(bounds)])
    .meta({ id: `${metric}-statistic` });
  const statistics = Object.fromEntries(STATISTICS.map((name) => [name, rule.optional()]));
  return z.union([
    shareField(`The threshold of ${traits.statistics.map(({ name }) => name).join(" and ")}.`),
    z.strictObject({ ...bounds, ...(statistics as Record<StatisticName, ReturnType<typeof rule.optional>>) }),
  ]);
}

/** How benchmarks may grow with their size. */
const complexityRule = z.union([
  exponentField("The largest exponent: 1 is linear, 2 is quadratic."),
  z.strictObject({
    max: exponentField("The largest exponent that the candidate may have.").optional(),
    change: exponentField("By how much the exponent may rise above the baseline's.").optional(),
  }),
]);

/** A suite as it is written. */
const suiteSchema = z.strictObject({
  run: commandField("What one round does: a line for the shell, or a list of a program and its arguments.").optional(),
  bench: globsField("Globs of tinybench modules, run by Benchgate's own harness.").optional(),
  time: commandField(
    "A command that is measured as a whole process: wall-clock time, CPU time, peak memory.",
  ).optional(),
  count: choiceField(
    ["instructions"],
    "What is counted as well: the instructions that the processes of a `time` suite retire, or those of a `run` suite's whole command, by perf events or under Valgrind.",
  ).optional(),
  times: choiceField(
    TIMES,
    "How long each benchmark of `bench` is measured: as long as its samples need (`auto`), or as its file says (`keep`). Default: auto. Of a `run` whose tool is vitest or tinybench: at most 100 ms (`auto`), or as its file says (`keep`, the default there).",
  ).optional(),
  serve: commandField(
    "The service that `run` puts under load: started for each round, with a PORT of its own, and PORT_2, PORT_3 … where they are named.",
  ).optional(),
  ready: z
    .union([
      textField(
        "A URL of the service, with $PORT for its port, or the number that it always listens on: http: answers with 2xx, tcp: takes a connection, grpc: is SERVING by gRPC's health service.",
      ),
      z.strictObject({
        http: textField("The URL that answers once the service is ready; $PORT stands for its port."),
        status: field(statuses, {
          anyOf: [
            { type: "string", minLength: 3 },
            { type: "integer", minimum: 100, maximum: 599 },
          ],
          description: 'The statuses that mean ready: "200-399", "200-299, 401". Default: 200-299.',
        }).optional(),
      }),
    ])
    .optional(),
  targets: z
    .strictObject({
      baseline: textField("The URL of the base revision's deployment; $NAME stands for a variable of the environment."),
      candidate: textField("The URL of the candidate's deployment."),
    })
    .describe(
      "Deployments that are there already, in place of `serve`: `run` puts them under load in turns, each as $BENCHGATE_URL. Always measured side by side.",
    )
    .optional(),
  "ready-limit": durationField("How long the service may take to be ready. Default: 60s.").optional(),
  warmup: field((value) => (value === "run" ? "run" : duration(value)), {
    anyOf: [{ const: "run" }, { type: "string", pattern: quantityPattern(["duration"]) }],
    description: "What does not count in each round: the first seconds of the tool's output, or a whole run.",
  }).optional(),
  "expected-status": field(statuses, {
    anyOf: [
      { type: "integer", minimum: 0, maximum: 999 },
      { type: "string", pattern: STATUSES_PATTERN },
      { type: "array", minItems: 1, items: { type: ["integer", "string"] } },
    ],
    examples: ["200-399, 404"],
    description: "The statuses that count as successes, in place of those that the tool takes for such.",
  }).optional(),
  env: z
    .record(z.string().meta({ pattern: ENV_NAME.source }), textField("Its value."))
    .describe("Variables for the suite's processes.")
    .optional(),
  cwd: field(folder, {
    type: "string",
    minLength: 1,
    description:
      "The folder of the repository that the suite runs in: its commands, its globs and its `output` are seen from there. `setup` is not.",
  }).optional(),
  tool: textField("The tool whose output is read; `auto` recognises it. Default: auto.").optional(),
  output: textField(
    "The file that the tool writes, or a pattern such as `out/*.json` for those of several generators; without it $BENCHGATE_OUTPUT or stdout.",
  ).optional(),
  shell: choiceField(SHELLS, "The shell that `run` is written for. Default: sh.").optional(),
  "time-limit": durationField("How long one round may take. Default: 10m.").optional(),
  "time-budget": durationField("No new round of this suite starts after its rounds took this long.").optional(),
  inputs: globsField(
    "Every file of the repository that the suite depends on, seen from its folder: where they, all dependencies and the configuration are the same on both sides, it is not measured. Globs.",
  ).optional(),
  profile: commandField(
    "A command that profiles what the suite runs and leaves the profile in the file $BENCHGATE_PROFILE: pprof, collapsed stacks, speedscope, cProfile's or V8's. `bench` and Node programs need none.",
  ).optional(),
});

const OTHER_RULE = metricRule("other", OTHER_METRIC);

/** An entry of `budgets` as it is written; every key but `match` is a metric. */
const budgetSchema = z
  .object({
    match: textField("A pattern over suite/benchmark; * stands for any run of characters."),
    ...Object.fromEntries(RESERVED_METRICS.map((metric) => [metric, metricRule(metric, METRICS[metric]).optional()])),
    complexity: complexityRule.optional(),
  })
  .catchall(OTHER_RULE);

/** An entry of `accept` as it is written. */
const acceptanceSchema = z.strictObject({
  match: textField('A pattern over "suite/benchmark metric statistic".'),
  "up-to": shareField("The largest relative change that is accepted."),
  reason: textField("Why this is accepted, for whoever reads it next year."),
  until: field(day, {
    type: "string",
    format: "date",
    description: "The last day (UTC) on which it holds. Default: for ever.",
  }).optional(),
});

/** The whole of benchgate.yml as it is written; parsing it gives quantities in canonical units. */
export const configSchema = z
  .strictObject({
    setup: commandField("Run once per side, in that side's working tree, before the first round.").optional(),
    suites: z
      .record(z.string().meta({ pattern: SUITE_NAME.source }), suiteSchema)
      .describe("What is measured, by name.")
      .optional(),
    budgets: z
      .array(budgetSchema)
      .describe(
        "What may change by how much. For each metric of a benchmark the first entry that fits and names the metric decides.",
      )
      .optional(),
    accept: z.array(acceptanceSchema).describe("Regressions that reviewers have agreed to.").optional(),
    compare: choiceField(COMPARE_MODES, "Where the baseline comes from. Default: auto.").optional(),
    rounds: field((value) => wholeNumber(value, MOST_ROUNDS), {
      type: "integer",
      minimum: 1,
      maximum: MOST_ROUNDS,
      description: "Rounds a side. Default: 6, or at most 24 pairs side by side.",
    }).optional(),
    "time-budget": durationField(
      "No new round starts after this long. Default: 10m, and every suite has the rounds of its first look, whatever they take.",
    ).optional(),
    control: z.boolean().describe("Measures the candidate against itself as well. Default: false.").optional(),
    "skip-same-code": z
      .boolean()
      .describe(
        "Whether benchmarks whose code is the same on both sides are left out when both are measured side by side. Default: true.",
      )
      .optional(),
    "explain-budget": durationField("How long it may take in all to explain what got slower. Default: 2m.").optional(),
    explain: choiceField(
      EXPLAIN_MODES,
      "When both sides are profiled to name the function that got slower, after the measurement and apart from it: where something is `red`, `always` or `never`; `deep` measures as well whether it comes with the code, the dependencies or the runtime. Default: red.",
    ).optional(),
    "on-inconclusive": choiceField(ON_INCONCLUSIVE, "What an inconclusive verdict does. Default: warn.").optional(),
  })
  .describe("Benchgate's configuration: what to measure, and what may change by how much.");

/** benchgate.yml as it is written, with quantities in canonical units. */
export type WrittenConfig = z.output<typeof configSchema>;
export type WrittenSuite = z.output<typeof suiteSchema>;
export type WrittenRule = z.output<typeof OTHER_RULE>;

/** A command as it is written: a line, or an argument vector. */
export type WrittenCommand = NonNullable<WrittenConfig["setup"]>;

const RULE_KEYS = Object.keys(limits(OTHER_METRIC));

/** The keys that are right at each place of the file; null stands for any name or index. */
const PLACES: readonly { readonly path: readonly (string | null)[]; readonly keys: readonly string[] }[] = [
  { path: [], keys: Object.keys(configSchema.shape) },
  { path: ["suites", null], keys: Object.keys(suiteSchema.shape) },
  { path: ["suites", null, "ready"], keys: ["http", "status"] },
  { path: ["budgets", null], keys: ["match", ...RULES] },
  { path: ["budgets", null, "complexity"], keys: COMPLEXITY_KEYS },
  { path: ["budgets", null, null], keys: [...RULE_KEYS, ...STATISTICS] },
  { path: ["budgets", null, null, null], keys: RULE_KEYS },
  { path: ["accept", null], keys: Object.keys(acceptanceSchema.shape) },
];

/** What may stand at a place of the file. */
export function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  const place = PLACES.find(
    (candidate) =>
      candidate.path.length === path.length && candidate.path.every((part, i) => part === null || part === path[i]),
  );
  return place?.keys ?? [];
}
