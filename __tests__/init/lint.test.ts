import { describe, expect, it } from "vitest";
import { INPUTS } from "../../src/action/inputs.ts";
import { TOOL_WORDS } from "../../src/adapters/index.ts";
import { INPUT_NAMES } from "../../src/cli/init-check.ts";
import { configText } from "../../src/init/config-text.ts";
import { detect } from "../../src/init/detect.ts";
import { CONFIG_RULES } from "../../src/init/lint/configuration.ts";
import { lint, type Setup } from "../../src/init/lint/lint.ts";
import { mistakeLine } from "../../src/init/lint/mistake.ts";
import { WORKFLOW_RULES } from "../../src/init/lint/workflow.ts";
import { workflowText } from "../../src/init/workflow-text.ts";
import { aRepository } from "./a-repository.ts";

const CONFIG = `setup: npm ci
suites:
  parser:
    bench: bench/*.js
  api:
    serve: node server.js
    ready: http://127.0.0.1:$PORT/health
    run: wrk --latency -d 5s $BENCHGATE_URL
    tool: wrk
  cli:
    time: node cli.js --version
`;

const WORKFLOW = `on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: write
  pull-requests: write
jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    steps:
      - uses: actions/checkout@v7
        with:
          fetch-depth: 0
          persist-credentials: false
      - run: npm ci
      - uses: acme/benchgate@v1
        with:
          time-budget: 10m
`;

const FACTS = {
  paths: ["bench/a.js", "cli.js", "server.js", "package-lock.json"],
  inputs: Object.keys(INPUTS),
  withoutP99: ["hyperfine"],
  branch: "main" as string | null,
  today: "2026-11-27",
};

/** The mistakes of a set-up as lines. */
function linesOf(config: string | null, workflow: string, facts = FACTS): readonly string[] {
  const setup: Setup = {
    config: config === null ? null : { file: "benchgate.yml", text: config },
    workflows: [{ file: ".github/workflows/gate.yml", text: workflow }],
  };
  return lint(setup, facts, TOOL_WORDS).map(mistakeLine);
}

describe("the lint of a set-up", () => {
  it("says nothing of a sound one, nor of what init writes", () => {
    expect(linesOf(CONFIG, WORKFLOW)).toEqual([]);
    const files = {
      "package.json": '{ "devDependencies": { "tinybench": "6" } }',
      "package-lock.json": "",
      "bench/a.js": 'import "tinybench";',
    };
    const found = detect(aRepository(files));
    const facts = { ...FACTS, paths: Object.keys(files) };
    expect(linesOf(configText(found), workflowText(found, { branch: "main" }), facts)).toEqual([]);
  });

  it("says nothing of a workflow that does not run the gate", () => {
    expect(
      linesOf(null, "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ uses: actions/checkout@main }] } }\n"),
    ).toEqual([]);
  });

  const planted: readonly (readonly [rule: string, edit: (text: string) => string, line: RegExp])[] = [
    [
      "unknown-input",
      (text) => text.replace("time-budget: 10m", "treshold: 5%"),
      /^\.github\/workflows\/gate\.yml:20:\d+: unknown-input: There is no input "treshold"\. Did you mean "threshold"\?/,
    ],
    [
      "fetch-depth",
      (text) => text.replace("          fetch-depth: 0\n", ""),
      /gate\.yml:13:\d+: .* Add `fetch-depth: 0`/,
    ],
    ["persisted-credentials", (text) => text.replace("          persist-credentials: false\n", ""), /gate\.yml:13:/],
    ["unpinned-action", (text) => text.replace("benchgate@v1", "benchgate@main"), /acme\/benchgate@main is whatever/],
    ["no-contents-permission", (text) => text.replace("contents: write", "contents: read"), /Add `contents: write`/],
    ["no-comment-permission", (text) => text.replace("  pull-requests: write\n", ""), /Add `pull-requests: write`/],
    ["no-status-permission", (text) => text.replace("time-budget: 10m", "status: true"), /Add `statuses: write`/],
    ["no-issue-permission", (text) => text.replace("time-budget: 10m", "alert: issue"), /Add `issues: write`/],
    ["broad-permissions", (text) => text.replace(/permissions:\n.*\n.*\n/, "permissions: write-all\n"), /gate\.yml:5:/],
    [
      "path-filter",
      (text) => text.replace("  pull_request:\n", "  pull_request:\n    paths: [src/**]\n"),
      /gate\.yml:3:.* waits for ever/,
    ],
    [
      "pull-request-target",
      (text) =>
        text
          .replace("  pull_request:\n", "  pull_request_target:\n")
          .replace("fetch-depth: 0", "fetch-depth: 0\n          ref: ${{ github.event.pull_request.head.sha }}"),
      /docs\/forks\.md/,
    ],
    ["never-on-pull-requests", (text) => text.replace("  pull_request:\n", ""), /Add `pull_request:`/],
    ["never-recorded", (text) => text.replace("[main]", "[release/*]"), /Pull requests go to main/],
    [
      "never-recorded",
      (text) => text.replace("  push:\n    branches: [main]\n", "").replace("time-budget: 10m", "compare: stored"),
      /no push records one/,
    ],
    [
      "cancelled-recording",
      (text) => text.replace("jobs:", "concurrency:\n  group: a\n  cancel-in-progress: true\njobs:"),
      /baseline is lost/,
    ],
    [
      "cannot-fail",
      (text) => text.replace("      - uses: acme", "      - continue-on-error: true\n        uses: acme"),
      /leaves this job green/,
    ],
    ["cannot-fail", (text) => text.replace("time-budget: 10m", "fail: false"), /leaves this step green/],
    ["job-too-short", (text) => text.replace("10m", "45m"), /ends after 30 minutes, and the time budget alone is 45/],
    ["no-job-limit", (text) => text.replace("    timeout-minutes: 30\n", ""), /Add `timeout-minutes: 30`/],
    [
      "matrix-without-cell",
      (text) => text.replace("    timeout-minutes", "    strategy: { matrix: { os: [a, b] } }\n    timeout-minutes"),
      /Add `cell: /,
    ],
  ];

  it.each(planted)("names %s (%#)", (rule, edit, line) => {
    expect(edit(WORKFLOW)).not.toBe(WORKFLOW);
    const lines = linesOf(CONFIG, edit(WORKFLOW));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`: ${rule}: `);
    expect(lines[0]).toMatch(line);
  });

  it.each([
    [
      "a group of its own for each push",
      (text: string) =>
        text.replace(
          "jobs:",
          "concurrency:\n  group: ci-${{ github.head_ref || github.run_id }}\n  cancel-in-progress: true\njobs:",
        ),
    ],
    [
      "a checkout of another repository first",
      (text: string) =>
        text.replace(
          "    steps:\n",
          "    steps:\n      - uses: actions/checkout@v7\n        with: { repository: o/tools, path: tools, persist-credentials: false }\n",
        ),
    ],
    ["a tool that is installed for all", (text: string) => text.replace("npm ci", "npm install -g autocannon")],
  ])("says nothing of %s", (_, edit) => {
    expect(edit(WORKFLOW)).not.toBe(WORKFLOW);
    expect(
      linesOf(
        CONFIG.replace("setup: npm ci\n", edit(WORKFLOW).includes("autocannon") ? "" : "setup: npm ci\n"),
        edit(WORKFLOW),
      ),
    ).toEqual([]);
  });

  it.each([
    ["a script above the suite's folder", "suites: { a: { cwd: bench, run: node ../cli.js } }\n"],
    ["a script of a package", "suites: { a: { run: node node_modules/foo/cli.js } }\n"],
    ["a glob with a class", 'suites: { a: { bench: "bench/[ab].js" } }\n'],
    [
      "a port that results go to",
      "suites: { a: { serve: node server.js, ready: 'tcp://127.0.0.1:$PORT', tool: k6, run: 'k6 run --out influxdb=http://localhost:8086/db -e U=$BENCHGATE_URL x.js' } }\n",
    ],
  ])("says nothing of %s", (_, config) => {
    expect(linesOf(`setup: npm ci\n${config}`, WORKFLOW)).toEqual([]);
  });

  it("does not say where pull requests go while nobody knows", () => {
    expect(linesOf(CONFIG, WORKFLOW.replace("[main]", "[next]"), { ...FACTS, branch: null })).toEqual([]);
  });

  it("names an installation that both sides would import", () => {
    const workflow = WORKFLOW.replace("npm ci", "pip install -e .");
    expect(linesOf(CONFIG.replace("setup: npm ci\n", ""), workflow)).toEqual([
      expect.stringContaining(": installed-outside-setup: "),
    ]);
  });

  it("names an installation that the base's tree never gets", () => {
    expect(linesOf(CONFIG.replace("setup: npm ci\n", ""), WORKFLOW)).toEqual([expect.stringContaining(": no-setup: ")]);
  });

  const wrong: readonly (readonly [rule: string, edit: (text: string) => string, line: RegExp])[] = [
    [
      "configuration",
      (text) => text.replace("tool: wrk", "tol: wrk"),
      /benchgate\.yml:9:\d+: configuration: .*tol.*Did you mean/,
    ],
    ["glob-fits-nothing", (text) => text.replace("bench/*.js", "benches/*.js"), /benchgate\.yml:4:/],
    [
      "no-such-folder",
      (text) => text.replace("    bench:", "    cwd: pkg\n    bench:").replace("bench/*.js", "a*.js"),
      /There is no folder pkg/,
    ],
    ["no-such-script", (text) => text.replace("node cli.js", "node cil.js"), /There is no file cil\.js/],
    ["fixed-port", (text) => text.replace("$BENCHGATE_URL", "http://localhost:3000"), /port 3000/],
    ["no-latencies", (text) => text.replace("--latency ", ""), /Add --latency/],
    [
      "multiplied-repetitions",
      (text) =>
        text
          .replace("wrk --latency -d 5s $BENCHGATE_URL", "go test -bench . -count 10")
          .replace("tool: wrk", "tool: go"),
      /`-count 10` repeats/,
    ],
    [
      "p99-never",
      (text) => `${text}budgets:\n  - match: "cli/*"\n    latency: { p99: 10% }\n`,
      /benchgate\.yml:13:.*time never gives a p99 of cli/,
    ],
    [
      "threshold-too-small",
      (text) => `${text}budgets:\n  - match: "parser/*"\n    latency: 0.1%\n`,
      /Write 1% at least/,
    ],
    [
      "expired-acceptance",
      (text) => `${text}accept:\n  - { match: "parser/* latency p50", up-to: 8%, reason: x, until: 2026-11-01 }\n`,
      /ended on 2026-11-01/,
    ],
    [
      "endless-acceptance",
      (text) => `${text}accept:\n  - { match: "parser/* latency p50", up-to: 300%, reason: x }\n`,
      /for ever/,
    ],
  ];

  it.each(wrong)("names %s in benchgate.yml (%#)", (rule, edit, line) => {
    expect(edit(CONFIG)).not.toBe(CONFIG);
    const lines = linesOf(edit(CONFIG), WORKFLOW).filter(
      (each) => !each.includes("no-such-folder") || rule === "no-such-folder",
    );
    expect(lines.filter((each) => each.includes(`: ${rule}: `))).toEqual([expect.stringMatching(line)]);
  });

  it("has nothing against a load that goes to the port which the service always listens on", () => {
    const fixed = CONFIG.replace("$BENCHGATE_URL", "http://localhost:3000").replace(
      "127.0.0.1:$PORT",
      "127.0.0.1:3000",
    );
    expect(linesOf(fixed, WORKFLOW).filter((each) => each.includes(": fixed-port: "))).toEqual([]);
  });

  it("has a planted mistake for each rule", () => {
    const tried = new Set([...planted, ...wrong].map(([rule]) => rule).concat("no-setup", "installed-outside-setup"));
    expect([...WORKFLOW_RULES, ...CONFIG_RULES].filter((rule) => !tried.has(rule))).toEqual([]);
  });

  it("knows every input of the action", () => {
    expect([...INPUT_NAMES].sort()).toEqual(Object.keys(INPUTS).sort());
  });
});
