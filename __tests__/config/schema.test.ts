import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { configJsonSchema, SCHEMA_FILE } from "../../scripts/config-schema.ts";
import { parseConfig } from "../../src/config/config.ts";
import { refusal } from "./errors.ts";

const schema: object = JSON.parse(readFileSync(SCHEMA_FILE, "utf8"));
const validate = new Ajv2020({ strict: false, formats: { date: /^\d{4}-\d\d-\d\d$/ } }).compile(schema);

const SOUND = [
  "{}",
  "setup: [npm, ci]\nsuites: { a: { run: x, tool: k6, output: o, shell: bash, time-limit: 1.5h }, b: { bench: [x, y] } }",
  'budgets: [{ match: "*", latency: { p50: 5%, p99: { threshold: 15 %, limit: 250ms, floor: 3ns } }, error-rate: { limit: 1% } }]',
  'budgets: [{ match: "*", memory: 5%, throughput: { mean: { limit: 500/s } }, widgets: { limit: 12, max: 1% } }]',
  "accept: [{ match: bench/x latency p50, up-to: 8%, reason: y, until: 2027-03-01 }]",
  "compare: stored\nrounds: 12\ntime-budget: 10m\non-inconclusive: pass",
];

const UNSOUND = [
  "suits: {}",
  "suites: { a: { rum: x } }",
  "suites: { a/b: { run: x } }",
  "suites: { a: { run: x, shell: zsh } }",
  'budgets: [{ match: "*", latency: 5 }]',
  'budgets: [{ match: "*", latency: { p51: 5% } }]',
  'budgets: [{ match: "*", latency: { limit: 64KiB } }]',
  "budgets: [{ latency: 5% }]",
  "accept: [{ match: bench/x latency p50, up-to: 8% }]",
  "rounds: 0",
  "time-budget: 10",
];

describe("schema/benchgate.schema.json", () => {
  it("is what the code makes of it: otherwise run `node scripts/config-schema.ts`", () => {
    expect(readFileSync(SCHEMA_FILE, "utf8")).toBe(configJsonSchema());
  });

  it.each(SOUND)("takes what Benchgate takes: %s", (text) => {
    expect(parseConfig(text, "benchgate.yml").file).toBe("benchgate.yml");
    validate(parse(text));
    expect(validate.errors).toBeNull();
  });

  it.each(UNSOUND)("refuses, as Benchgate does: %s", (text) => {
    expect(refusal(() => parseConfig(text, "benchgate.yml"))).toMatch(/^benchgate\.yml:1:/);
    expect(validate(parse(text))).toBe(false);
  });
});
