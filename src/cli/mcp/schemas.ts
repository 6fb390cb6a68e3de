import { VERDICTS } from "../../model/verdict.ts";
import type { ObjectSchema } from "./server.ts";

const TEXT = { type: "string" } as const;
const NUMBER = { type: "number" } as const;
const NULLABLE = { type: ["number", "null"] } as const;

/** What `run` and `compare` answer: the exit code of the command line, and `benchgate.result/1` with the keys that are read most. */
export const outcomeSchema: ObjectSchema = {
  type: "object",
  properties: {
    exitCode: {
      type: "integer",
      description: "0 pass or warn, 1 a regression, a broken limit or a missed goal, 3 could not measure.",
    },
    result: {
      type: "object",
      description: "The document `benchgate.result/1`; schema/result.schema.json of Benchgate has every key.",
      properties: {
        schema: { const: "benchgate.result/1" },
        outcome: { enum: ["pass", "warn", "fail"] },
        verdicts: {
          type: "array",
          items: {
            type: "object",
            properties: {
              suite: TEXT,
              benchmark: TEXT,
              metric: TEXT,
              statistic: TEXT,
              unit: TEXT,
              verdict: { enum: VERDICTS },
              severity: { enum: ["gate", "advisory"] },
              baseline: NULLABLE,
              candidate: NULLABLE,
              ratio: { ...NULLABLE, description: "candidate ÷ baseline" },
              interval: {
                type: ["object", "null"],
                properties: { lower: NULLABLE, upper: NULLABLE, level: NUMBER },
                description: "Of the ratio.",
              },
              goal: {
                type: ["object", "null"],
                properties: { value: NUMBER, state: { enum: ["proven", "open", "missed"] } },
              },
            },
            required: ["suite", "benchmark", "metric", "statistic", "verdict", "severity", "ratio", "goal"],
          },
        },
        warnings: { type: "array", items: { type: "object" } },
      },
      required: ["schema", "outcome", "verdicts", "warnings"],
    },
  },
  required: ["exitCode", "result"],
};

/** What `explain` answers. */
export const explanationSchema: ObjectSchema = {
  type: "object",
  properties: {
    rounds: { type: "integer", description: "Profiles a side." },
    unit: { enum: ["s", "B", "1"] },
    culprits: {
      type: "array",
      description: "The functions that take more than they did, worst first.",
      items: {
        type: "object",
        properties: {
          name: TEXT,
          file: { type: ["string", "null"] },
          line: { type: ["integer", "null"] },
          baseline: NUMBER,
          candidate: NUMBER,
        },
        required: ["name", "file", "line", "baseline", "candidate"],
      },
    },
  },
  required: ["rounds", "unit", "culprits"],
};

/** What `history` answers. */
export const historySchema: ObjectSchema = {
  type: "object",
  properties: {
    place: { ...TEXT, description: "Where it is stored." },
    stored: { type: "integer", description: "How many runs are stored." },
    series: {
      type: "array",
      items: {
        type: "object",
        properties: {
          gate: TEXT,
          machine: { ...TEXT, description: "Runs of different kinds of machine are never compared." },
          suite: TEXT,
          benchmark: TEXT,
          metric: TEXT,
          statistic: TEXT,
          unit: TEXT,
          better: { enum: ["lower", "higher"] },
          points: {
            type: "array",
            items: {
              type: "object",
              properties: {
                sha: TEXT,
                committedAt: TEXT,
                value: NUMBER,
                spread: { ...NULLABLE, description: "Standard deviation of ln over the run's rounds." },
              },
              required: ["sha", "committedAt", "value", "spread"],
            },
          },
        },
        required: ["suite", "benchmark", "metric", "statistic", "unit", "better", "points"],
      },
    },
    warnings: { type: "array", items: { type: "object" } },
  },
  required: ["place", "stored", "series", "warnings"],
};
