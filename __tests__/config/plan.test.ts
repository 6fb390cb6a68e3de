import { describe, expect, it } from "vitest";
import { readInputs } from "../../src/action/inputs.ts";
import { parseConfig } from "../../src/config/config.ts";
import { DEFAULT_BUDGETS } from "../../src/config/defaults.ts";
import { budgetsOf, planFromFlags, planFromInputs } from "../../src/config/plan.ts";
import { SETTINGS } from "../../src/config/settings.ts";
import { parseThresholds } from "../../src/config/thresholds.ts";
import { readSettings, TEXTS } from "../../src/model/setting.ts";
import { refusal } from "./errors.ts";

const FILE = `
setup: npm ci
compare: side-by-side
rounds: 24
time-budget: 5m
on-inconclusive: fail
suites:
  parser: { bench: bench/*.ts }
  api: { run: k6 run load.js, tool: k6, output: out.json, time-limit: 60s }
budgets:
  - { match: "api/*", latency: { p50: 3%, p99: { limit: 250ms } } }
accept:
  - { match: "parser/json latency p50", up-to: 8%, reason: unicode }
`;

const config = (text = FILE) => parseConfig(text, "benchgate.yml");
const inputs = (given: Readonly<Record<string, string>>) => readInputs((name) => given[name] ?? "");
const planned = (given: Readonly<Record<string, string>>, text?: string) =>
  planFromInputs(inputs(given), text === undefined ? null : config(text), { tools: ["tinybench", "k6"] });
const flags = (given: Readonly<Record<string, string | readonly string[]>>) =>
  readSettings(
    { ...SETTINGS, suite: { type: TEXTS, about: "" } },
    (name) => [given[name] ?? []].flat(),
    (name) => `--${name}`,
  );
const flagged = (given: Readonly<Record<string, string | readonly string[]>>, text?: string) =>
  planFromFlags(flags(given), text === undefined ? null : config(text), "side-by-side", { tools: ["tinybench", "k6"] });

describe("a plan", () => {
  it.each([
    ["a job that tells its own verdict", {}, undefined],
    ["a cell, whose verdict is another job's", { cell: "mac" }, true],
    ["a job that leaves the comment to another", { comment: "never" }, true],
    ["such a cell, whatever it says", { cell: "mac", "skip-same-code": "true" }, true],
  ] as const)("measures the same code where the recordings are all that is left of it: %s", (_, given, whole) => {
    expect(planned({ bench: "b/*.js", ...given }).measureSameCode).toBe(whole);
  });

  it("of inputs alone has one suite with a name that never changes", () => {
    expect(planned({ run: "node bench.js", tool: "tinybench" })).toEqual({
      setup: null,
      suites: [
        {
          name: "bench",
          workload: {
            kind: "run",
            command: { kind: "shell", line: "node bench.js", shell: "sh" },
            tool: "tinybench",
            output: null,
          },
          timeLimit: 600,
        },
      ],
      budgets: DEFAULT_BUDGETS,
      accept: [],
      compare: "auto",
      rounds: 6,
      pairs: 24,
      timeBudget: null,
      onInconclusive: "warn",
      control: false,
      explain: "red",
    });
    expect(planned({ bench: "a.ts\nb.ts" }).suites).toEqual([
      { name: "bench", workload: { kind: "bench", patterns: ["a.ts", "b.ts"] }, timeLimit: 600 },
    ]);
  });

  it("of the file alone is the file's", () => {
    const plan = planned({}, FILE);
    expect(plan.suites.map(({ name }) => name)).toEqual(["parser", "api"]);
    expect(plan).toMatchObject({ compare: "side-by-side", rounds: 24, timeBudget: 300, onInconclusive: "fail" });
    expect(plan.setup).toEqual({ kind: "shell", line: "npm ci", shell: "sh" });
    expect(plan.accept).toHaveLength(1);
  });

  it("takes what inputs say before what the file says", () => {
    const given = { setup: "make", compare: "stored", rounds: "3", "time-budget": "1m", "on-inconclusive": "pass" };
    expect(planned(given, FILE)).toMatchObject({
      setup: { kind: "shell", line: "make" },
      compare: "stored",
      rounds: 3,
      timeBudget: 60,
      onInconclusive: "pass",
    });
  });

  it("has as many rounds as its way of comparing needs", () => {
    expect(planned({ run: "x" })).toMatchObject({ rounds: 6, pairs: 24 });
    expect(planned({ run: "x", rounds: "9" })).toMatchObject({ rounds: 9, pairs: 24 });
    expect(planned({ run: "x", rounds: "30" })).toMatchObject({ rounds: 30, pairs: 30 });
    expect(planned({ run: "x", rounds: "9", compare: "side-by-side" })).toMatchObject({ pairs: 9 });
  });

  it("may take its suite from inputs and everything else from a file without suites", () => {
    const plan = planned({ run: "x" }, 'rounds: 9\nbudgets: [{ match: "bench/*", latency: 1% }]');
    expect(plan.suites.map(({ name }) => name)).toEqual(["bench"]);
    expect(plan.rounds).toBe(9);
    expect(plan.budgets[0]).toMatchObject({ match: "bench/*", threshold: 0.01 });
  });

  it("of flags is the plan of the same inputs", () => {
    const same = {
      run: "node bench.js",
      tool: "tinybench",
      setup: "make",
      rounds: "7",
      "time-budget": "9m",
      "on-inconclusive": "pass",
    };
    const fromInputs = planned({ ...same, threshold: "p50=2%,p99=9%", compare: "side-by-side" });
    expect(flagged({ ...same, threshold: ["p50=2%", "p99=9%"] })).toEqual(fromInputs);
    expect(flagged({ bench: ["a.ts"] })).toEqual(planned({ bench: "a.ts", compare: "side-by-side" }));
  });

  it("of a command is that command's way of comparing, or the file's where it has none", () => {
    expect(planFromFlags(flags({}), config(), "stored").compare).toBe("stored");
    expect(planFromFlags(flags({}), config()).compare).toBe("side-by-side");
  });

  it("may be narrowed to suites by name", () => {
    expect(flagged({ suite: ["api"] }, FILE).suites.map(({ name }) => name)).toEqual(["api"]);
    expect(flagged({ suite: ["api", "parser"] }, FILE).suites.map(({ name }) => name)).toEqual(["parser", "api"]);
    expect(refusal(() => flagged({ suite: ["apo"] }, FILE))).toBe(
      '--suite: There is no suite "apo". Did you mean "api"?',
    );
  });

  it.each<[string, () => unknown]>([
    [
      "There is nothing to measure. Give `run: node bench.js` and `tool: tinybench`, or write suites in benchgate.yml",
      () => planned({}),
    ],
    ["benchgate.yml: There is nothing to measure", () => planned({}, "rounds: 3")],
    [
      "input run: run describes a suite, and so does benchgate.yml. Keep one of them",
      () => planned({ run: "x" }, FILE),
    ],
    ["--bench: bench describes a suite, and so does benchgate.yml", () => flagged({ bench: ["x"] }, FILE)],
    ["input bench: bench cannot be combined with run", () => planned({ run: "x", bench: "y" })],
    ["input tool: tool cannot be combined with bench", () => planned({ bench: "y", tool: "k6" })],
    ["input tool: tool requires run", () => planned({ tool: "k6" }, FILE)],
    ["input output: output requires run", () => planned({ output: "x" }, FILE)],
    ['input tool: Benchgate does not read "k7". Did you mean "k6"?', () => planned({ run: "x", tool: "k7" })],
    ["--rounds: 0 is less than 1", () => flagged({ run: "x", rounds: "0" })],
    ["--time-budget: 5 has no unit", () => flagged({ run: "x", "time-budget": "5" })],
    ['--bench: "../x.js" leads out of the repository', () => flagged({ bench: ["a.js", "../x.js"] })],
    ["--threshold: 5 has no unit. Write 5%", () => flagged({ run: "x", threshold: ["5"] })],
    ['--on-inconclusive: "no" is not one of', () => flagged({ run: "x", "on-inconclusive": "no" })],
  ])("is refused: %s", (message, act) => {
    expect(refusal(act)).toContain(message);
  });
});

describe("the budgets in force", () => {
  const names = (text: string | null, thresholds = "") =>
    budgetsOf(text === null ? null : config(text), parseThresholds(thresholds)).map(
      ({ match, metric, statistic, threshold }) => `${match} ${metric} ${statistic} ${threshold ?? "-"}`,
    );

  it("are the file's, then the defaults", () => {
    expect(names(FILE)).toEqual([
      "api/* latency p50 0.03",
      "api/* latency p99 -",
      "* latency p50 0.05",
      "* latency p99 0.15",
      "* throughput mean 0.05",
      "* memory max 0.1",
      "* error-rate mean -",
      "* allocations p50 0.1",
      "* memory max 0.05",
      "* failed-checks mean -",
    ]);
    expect(names(null)).toEqual(names("rounds: 1"));
  });

  it("hold thresholds where no budget of the file names the metric, so that no limit is lost to them", () => {
    expect(names(FILE, "1%").slice(0, 4)).toEqual([
      "api/* latency p50 0.03",
      "api/* latency p99 -",
      "* latency p50 0.01",
      "* latency p99 0.01",
    ]);
  });

  it("leave a default out where the file rules its metric for every benchmark", () => {
    const text = 'budgets: [{ match: "*", latency: { p50: 2% }, memory: 1% }]';
    expect(names(text, "9%")).toEqual([
      "* latency p50 0.02",
      "* memory max 0.01",
      "* throughput mean 0.09",
      "* error-rate mean -",
      "* allocations p50 0.09",
      "* failed-checks mean -",
    ]);
  });
});

describe("when a plan explains", () => {
  it("is where something is red, unless the file or an input says otherwise; the input comes first", () => {
    const suite = "suites: { s: { run: node a.js } }\n";
    expect(planned({}, suite).explain).toBe("red");
    expect(planned({}, `${suite}explain: always`).explain).toBe("always");
    expect(planned({ explain: "never" }, `${suite}explain: always`).explain).toBe("never");
    expect(flagged({ explain: "always" }, suite).explain).toBe("always");
    expect(flagged({ explain: "deep" }, `${suite}explain: never`).explain).toBe("deep");
    expect(planned({}, suite).explainBudget).toBeUndefined();
    expect(planned({}, `${suite}explain-budget: 5m`).explainBudget).toBe(300);
    expect(refusal(() => planned({ explain: "sometimes" }, suite))).toMatch(/sometimes/);
  });

  it("keeps a suite's own profiler, as a line for its shell or as a list", () => {
    const of = (profile: string) => config(`suites: { s: { run: x, profile: ${profile} } }`).suites[0]!.profile;
    expect(of("go test -cpuprofile $BENCHGATE_PROFILE")).toMatchObject({ kind: "shell", shell: "sh" });
    expect(of("[py-spy, record]")).toEqual({ kind: "argv", argv: ["py-spy", "record"] });
  });
});
