import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/config/config.ts";
import { GateError } from "../../src/model/error.ts";
import { refusal } from "./errors.ts";

const FULL = `# yaml-language-server: $schema=schema/benchgate.schema.json
setup: npm ci && npm run build
compare: side-by-side
rounds: 24
time-budget: 10m
on-inconclusive: fail
suites:
  parser:
    bench: bench/**/*.bench.ts
  api:
    run: k6 run --out json=$BENCHGATE_OUTPUT load.js
    tool: k6
    shell: bash
    time-limit: 60s
  cli:
    run: [hyperfine, --export-json, out.json, "./tool --version"]
    tool: hyperfine
    output: out.json
budgets:
  - match: "api/*"
    latency: { p50: 5%, p99: { threshold: 15%, limit: 250ms } }
    error-rate: { limit: 1% }
  - match: "parser/*"
    latency: 3%
    memory: { max: 5%, floor: 64KiB }
accept:
  - match: "parser/json latency p50"
    up-to: 8%
    reason: correct unicode handling costs a table look-up
    until: 2027-03-01
`;

const TOOLS = ["tinybench", "k6", "hyperfine", "go"];
const read = (text: string) => parseConfig(text, "benchgate.yml", { tools: TOOLS, filters: ["go"] });
const refused = (text: string) => refusal(() => read(text));
const budgets = (text: string) => read(`budgets:\n${text}`).budgets;

describe("benchgate.yml", () => {
  it("becomes suites, budgets and acceptances in canonical units", () => {
    const config = read(FULL);
    expect(config).toMatchObject({
      file: "benchgate.yml",
      setup: { kind: "shell", line: "npm ci && npm run build", shell: "sh" },
      compare: "side-by-side",
      rounds: 24,
      timeBudget: 600,
      onInconclusive: "fail",
    });
    expect(config.suites).toEqual([
      { name: "parser", workload: { kind: "bench", patterns: ["bench/**/*.bench.ts"] }, timeLimit: 600 },
      {
        name: "api",
        workload: {
          kind: "run",
          command: { kind: "shell", line: "k6 run --out json=$BENCHGATE_OUTPUT load.js", shell: "bash" },
          tool: "k6",
          output: null,
        },
        timeLimit: 60,
      },
      {
        name: "cli",
        workload: {
          kind: "run",
          command: { kind: "argv", argv: ["hyperfine", "--export-json", "out.json", "./tool --version"] },
          tool: "hyperfine",
          output: "out.json",
        },
        timeLimit: 600,
      },
    ]);
    const rule = { limit: null, floor: null, severity: "gate", origin: "user" };
    expect(config.budgets).toEqual([
      { ...rule, match: "api/*", metric: "latency", statistic: "p50", threshold: 0.05 },
      { ...rule, match: "api/*", metric: "latency", statistic: "p99", threshold: 0.15, limit: 0.25 },
      {
        ...rule,
        match: "api/*",
        metric: "error-rate",
        statistic: "mean",
        threshold: null,
        limit: 0.01,
        origin: "usual",
      },
      { ...rule, match: "parser/*", metric: "latency", statistic: "p50", threshold: 0.03, origin: "usual" },
      { ...rule, match: "parser/*", metric: "latency", statistic: "p99", threshold: 0.03, origin: "usual" },
      { ...rule, match: "parser/*", metric: "memory", statistic: "max", threshold: 0.05, floor: 65536 },
    ]);
    expect(config.accept).toEqual([
      {
        match: "parser/json latency p50",
        upTo: 0.08,
        reason: "correct unicode handling costs a table look-up",
        until: "2027-03-01",
      },
    ]);
  });

  it.each(["", "# nothing yet\n", "{}", "\uFEFF"])("may leave everything open: %j", (text) => {
    expect(read(text)).toEqual({
      file: "benchgate.yml",
      setup: null,
      skipSameCode: null,
      suites: [],
      budgets: [],
      accept: [],
      compare: null,
      rounds: null,
      timeBudget: null,
      control: null,
      onInconclusive: null,
      explain: null,
      explainBudget: null,
    });
  });

  it("describes a service under load, a whole process, and what a round does first", () => {
    const text = `
control: true
suites:
  api:
    serve: node server.js
    ready: http://127.0.0.1:$PORT/health
    run: k6 run load.js
    tool: k6
    warmup: 10s
    env: { USERS: "20" }
    time-budget: 2m
  cli: { time: ./tool --version }
`;
    const { suites, control } = read(text);
    expect(control).toBe(true);
    expect(suites).toMatchObject([
      {
        workload: { kind: "run", tool: "k6" },
        service: {
          serve: { line: "node server.js" },
          ready: { kind: "http", url: "http://127.0.0.1:$PORT/health", statuses: [{ from: 200, to: 299 }] },
          readyLimit: 60,
          ports: 1,
        },
        warmup: 10,
        env: { USERS: "20" },
        timeBudget: 120,
      },
      { workload: { kind: "time", command: { kind: "shell", line: "./tool --version" } } },
    ]);
    expect(read("suites: { a: { bench: x, times: keep } }").suites[0]?.workload).toMatchObject({ times: "keep" });
    expect(read("suites: { a: { bench: x, times: auto } }").suites[0]?.workload).not.toHaveProperty("times");
    const run = (times: string) =>
      read(`suites: { a: { run: x, tool: tinybench, times: ${times} } }`).suites[0]?.workload;
    expect(run("auto")).toMatchObject({ times: "auto" });
    expect(run("keep")).not.toHaveProperty("times");
    expect(read("suites: { a: { run: x, warmup: run } }").suites[0]?.warmup).toBe("run");
  });

  it.each([
    ["tcp://127.0.0.1:$PORT", { kind: "tcp", url: "tcp://127.0.0.1:$PORT" }],
    ["'grpc://localhost:${PORT_2}/shop.Cart'", { kind: "grpc", url: "grpc://localhost:${PORT_2}/shop.Cart" }],
    ["'grpcs://[::1]:$PORT'", { kind: "grpc", url: "grpcs://[::1]:$PORT" }],
    [
      "{ http: 'http://127.0.0.1:$PORT/', status: '200-399, 404' }",
      {
        kind: "http",
        url: "http://127.0.0.1:$PORT/",
        statuses: [
          { from: 200, to: 399 },
          { from: 404, to: 404 },
        ],
      },
    ],
    [
      "{ http: 'https://127.0.0.1:$PORT/', status: 204 }",
      { kind: "http", url: "https://127.0.0.1:$PORT/", statuses: [{ from: 204, to: 204 }] },
    ],
  ])("knows a service to be ready by %s", (ready, expected) => {
    expect(read(`suites: { a: { run: x, serve: y, ready: ${ready} } }`).suites[0]?.service?.ready).toEqual(expected);
  });

  it.each([
    ["serve: 'y $PORT', ready: 'http://127.0.0.1:$PORT/', run: x", 1],
    ["serve: 'y --admin ${PORT_3}', ready: 'http://127.0.0.1:$PORT/', run: x", 3],
    ["serve: y, ready: 'tcp://127.0.0.1:$PORT_2', run: x", 2],
    ["serve: y, ready: 'tcp://127.0.0.1:$PORT', run: [x, --metrics, 'localhost:$PORT_4']", 4],
    ["serve: 'SUPPORT_7=1 REPORT=2 y', ready: 'tcp://127.0.0.1:$PORT', run: x", 1],
  ])("gives a service as many ports as { %s } names", (suite, ports) => {
    expect(read(`suites: { a: { ${suite} } }`).suites[0]?.service?.ports).toBe(ports);
  });

  it("knows the port of a service that has one of its own, and of none that takes what it is given", () => {
    const portOf = (ready: string) =>
      read(`suites: { a: { run: x, serve: y, ready: ${ready} } }`).suites[0]?.service?.fixedPort;
    expect(portOf("'http://127.0.0.1:3000/health'")).toBe(3000);
    expect(portOf("{ http: 'http://localhost:80' }")).toBe(80);
    expect(portOf("'tcp://127.0.0.1:$PORT'")).toBeUndefined();
  });

  it.each([
    ["packages/a", "packages/a"],
    ["./packages//a/", "packages/a"],
    [".", undefined],
  ])("has a suite run in the folder %s", (cwd, folder) => {
    expect(read(`suites: { a: { run: x, cwd: ${cwd} } }`).suites[0]?.folder).toBe(folder);
  });

  it("reads CRLF, a byte order mark, anchors and aliases", () => {
    const text = "\uFEFFsuites:\r\n  a: &a { run: x }\r\n  b: *a\r\n";
    expect(read(text).suites.map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("lets any tool be named where nobody says which there are", () => {
    expect(parseConfig("suites: { a: { run: x, tool: mine } }", "c.yml").suites[0]?.workload).toMatchObject({
      tool: "mine",
    });
  });
});

describe("budgets", () => {
  it("take a metric's own threshold, limit and floor for each statistic that does not set them", () => {
    const [p50, p90] = budgets(
      '  - { match: "*", latency: { threshold: 4%, limit: 1s, floor: 2ms, p50: {}, p90: { threshold: 9%, limit: 3s } } }',
    );
    expect(p50).toMatchObject({ statistic: "p50", threshold: 0.04, limit: 1, floor: 0.002 });
    expect(p90).toMatchObject({ statistic: "p90", threshold: 0.09, limit: 3, floor: 0.002 });
  });

  it("mean a metric's usual statistics where none is named", () => {
    const statistics = (rule: string) => budgets(`  - { match: "*", ${rule} }`).map(({ statistic }) => statistic);
    expect(statistics("latency: 5%")).toEqual(["p50", "p99"]);
    expect(statistics("latency: { limit: 2s }")).toEqual(["p50", "p99"]);
    expect(statistics("throughput: 5%")).toEqual(["mean"]);
    expect(statistics("memory: { threshold: 5% }")).toEqual(["max"]);
    expect(statistics("bundle-size: 0%")).toEqual(["p50"]);
  });

  it("measure the limits of a tool's own metric in the tool's unit, or any other that is written", () => {
    expect(budgets('  - { match: "*", widgets: { limit: 12, p50: 1% } }')[0]).toMatchObject({ limit: 12 });
    expect(budgets('  - { match: "*", widgets: { limit: 12ms, p50: 1% } }')[0]).toMatchObject({ limit: 0.012 });
  });

  it("may name metrics that only begin like a known one", () => {
    for (const metric of ["latency-us", "memory_rss", "error-rate-4xx"]) {
      expect(budgets(`  - { match: "*", ${metric}: 5% }`)[0]).toMatchObject({ metric });
    }
  });

  it("may rule other metrics, or other benchmarks, behind a general entry", () => {
    const text =
      '  - { match: "*", latency: 5% }\n  - { match: "*", memory: 5% }\n  - { match: "bench/*", throughput: 5% }';
    expect(budgets(text).map(({ metric }) => metric)).toEqual(["latency", "latency", "memory", "throughput"]);
  });
});

describe("an error in benchgate.yml names line, column, key path and remedy", () => {
  const refusals: readonly (readonly [text: string, message: string])[] = [
    // Words that do not exist.
    ["suits: {}", '1:1: Unknown key "suits". Did you mean "suites"?'],
    ["colour: red", '1:1: Unknown key "colour". Known here: setup, suites, budgets,'],
    ["suites:\n  a:\n    rum: x", '3:5: suites.a: Unknown key "rum". Did you mean "run"?'],
    ["budgets:\n  - mach: x", '2:5: budgets[0]: Unknown key "mach". Did you mean "match"?'],
    ['budgets:\n  - match: "*"\n    latancy: 5%', '3:5: budgets[0]: Unknown key "latancy". Did you mean "latency"?'],
    ['budgets: [{ match: "*", latencyy: 5% }]', 'Unknown key "latencyy". Did you mean "latency"?'],
    ['budgets: [{ match: "*", memorys: 5% }]', 'Unknown key "memorys". Did you mean "memory"?'],
    ['budgets: [{ match: "*", latency-: 5% }]', 'Unknown key "latency-". Did you mean "latency"?'],
    [
      'budgets: [{ match: "*", latency: { p5O: 5% } }]',
      '36: budgets[0].latency: Unknown key "p5O". Did you mean "p50"?',
    ],
    ['budgets: [{ match: "*", latency: { p50: { trheshold: 5% } } }]', 'Did you mean "threshold"?'],
    ["accept: [{ match: x, upto: 5% }]", '1:22: accept[0]: Unknown key "upto". Did you mean "up-to"?'],
    ["__proto__: 1", '1:1: Unknown key "__proto__"'],
    ["budgets: [{ __proto__: 5% }]", '1:13: Unknown key "__proto__"'],
    // Services, whole processes, warm-up, variables.
    [
      "suites:\n  a:\n    run: x\n    serve: y",
      "4:12: suites.a.serve: Nothing says when the service is ready. Add `ready:",
    ],
    [
      "suites: { a: { run: x, serve: y, ready: 'tcp://127.0.0.1:$PORT/x' } }",
      'suites.a.ready: "tcp://127.0.0.1:$PORT/x" is not a URL of the service that Benchgate starts',
    ],
    [
      "suites: { a: { run: x, serve: y, ready: { http: 'tcp://127.0.0.1:$PORT' } } }",
      'suites.a.ready: "tcp://127.0.0.1:$PORT" is not a URL of the service that Benchgate starts',
    ],
    [
      "suites: { a: { run: x, serve: y, ready: { http: 'http://127.0.0.1:$PORT/', status: ok } } }",
      'suites.a.ready.status: "ok" is not a status',
    ],
    [
      "suites: { a: { run: x, serve: y, ready: { http: 'http://127.0.0.1:$PORT/', status: 399-200 } } }",
      'suites.a.ready.status: "399-200" ends before it begins',
    ],
    [
      "suites: { a: { run: x, serve: y, ready: { http: 'http://127.0.0.1:$PORT/', status: NotFound } } }",
      "suites.a.ready: This is a code of gRPC, not a status of HTTP. Write it like 200-399, 404",
    ],
    [
      "suites: { a: { run: x, serve: y, ready: { htpp: 'http://127.0.0.1:$PORT/' } } }",
      'suites.a.ready: Unknown key "htpp". Did you mean "http"?',
    ],
    [
      "suites: { a: { run: x, serve: 'y $PORT_40', ready: 'http://127.0.0.1:$PORT/' } }",
      "suites.a.serve: PORT_40 is not given. The ports are PORT, PORT_2, PORT_3 and so on, up to PORT_16",
    ],
    ["suites: { a: { run: x, env: { PORT_2: '1' } } }", "suites.a.env: PORT_2 is given by Benchgate itself"],
    ["suites: { a: { run: x, cwd: ../b } }", 'suites.a.cwd: "../b" leads out of the repository'],
    ["suites: { a: { run: x, cwd: /b } }", 'suites.a.cwd: "/b" leads out of the repository'],
    ["suites: { a: { run: x, ready: y } }", "suites.a.ready: ready requires `serve: …`"],
    [
      "suites: { a: { run: x, serve: y, ready: 'http://example.com/' } }",
      'suites.a.ready: "http://example.com/" is not a URL of the service that Benchgate starts',
    ],
    ["suites: { a: { run: x, serve: y, ready: 'tcp://127.0.0.1:70000' } }", "suites.a.ready: 70000 is not a port"],
    ["suites: { a: { bench: x.js, serve: y } }", "suites.a.serve: serve cannot be combined with bench"],
    ["suites: { a: { time: x, tool: k6 } }", "suites.a.tool: tool cannot be combined with time: the process itself"],
    ["suites: { a: { time: x, bench: y } }", "suites.a.time: A suite has either bench or time, not both"],
    ["suites: { a: { time: x, warmup: 3s } }", "suites.a.warmup: warmup requires a `run`"],
    ["suites: { a: { run: x, warmup: fast } }", "suites.a.warmup:"],
    [
      "suites: { a: { time: x, times: keep } }",
      "suites.a.times: times requires a `bench`, or a `run` whose tool is vitest or",
    ],
    ["suites: { a: { run: x, tool: go, times: auto } }", "suites.a.times: times requires a `bench`, or a `run`"],
    ["suites: { a: { bench: x, count: instructions } }", "suites.a.count: count requires a `run` or a `time`"],
    [
      "suites: { a: { run: x, serve: y, ready: 'http://127.0.0.1:$PORT/', count: instructions } }",
      "suites.a.count: count requires a `run` without a service",
    ],
    [
      "suites: { a: { run: 'go test -bench {benchmarks}', tool: go, count: instructions } }",
      "suites.a.count: count cannot be combined with {benchmarks}",
    ],
    ["suites: { a: { time: x, count: cycles } }", "suites.a.count:"],
    ["suites: { a: { bench: x, times: kept } }", "suites.a.times:"],
    ["suites: { a: { run: x, env: { PORT: '1' } } }", "suites.a.env: PORT is given by Benchgate itself"],
    ["suites: { a: { run: x, env: { 'A-B': '1' } } }", 'suites.a.env: "A-B" cannot be a variable'],
    ["control: maybe", "control"],
    ["suites: { a: { run: 'x {benchmarks}', tool: k6 } }", 'Benchgate does not know how "k6" picks benchmarks'],
    ["suites: { a: { run: 'x {benchmarks}' } }", 'Benchgate does not know how "auto" picks benchmarks'],
    ["suites: { a: { run: 'x \"{benchmarks}\"', tool: go } }", "{benchmarks} is in quotes"],
    // Values.
    ["rounds: 0", "1:9: rounds: 0 is less than 1"],
    ["rounds: 2.5", "1:9: rounds: 2.5 is not a whole number"],
    ["rounds: 1000000", "rounds: 1000000 is more than 1000"],
    ["rounds:", "rounds: null is not a whole number"],
    ["time-budget: 10", "1:14: time-budget: 10 has no unit"],
    ["time-budget: 0s", "time-budget: No time at all is left"],
    [
      "compare: sidebyside",
      '1:10: compare: "sidebyside" is not one of auto, stored, side-by-side. Did you mean "side-by-side"?',
    ],
    ["on-inconclusive: maybe", '"maybe" is not one of pass, warn, fail. Write one of them'],
    ["suites: { a: { run: x, shell: zsh } }", 'suites.a.shell: "zsh" is not one of sh, bash, pwsh, cmd'],
    [
      "suites: { a: { bench: [bench/*.js, ../other/*.js] } }",
      '1:23: suites.a.bench: "../other/*.js" leads out of the repository. Patterns stay inside it',
    ],
    ["suites: { a: { bench: /etc/*.js } }", '1:23: suites.a.bench: "/etc/*.js" leads out of the repository'],
    ["suites: { a: { run: x, tool: k7 } }", '1:30: suites.a.tool: Benchgate does not read "k7". Did you mean "k6"?'],
    ["suites: { a: { run: x, tool: gatling } }", "Known: auto, tinybench, k6, hyperfine"],
    ["suites: { a: { run: [k6, 5] } }", 'suites.a.run: 5 is a number where a text is needed. Quote it: "5"'],
    ["suites: { a: { run: [] } }", "suites.a.run: The list is empty"],
    ['suites: { a: { run: "" } }', "suites.a.run: A text is missing"],
    ['suites: { a: { run: "a\\0b" } }', "suites.a.run: The text holds a NUL character"],
    ["setup: { run: x }", "1:8: setup: This is a mapping, not a text"],
    ['budgets: [{ match: "*", latency: 5 }]', "1:34: budgets[0].latency: 5 has no unit. Write 5%"],
    ['budgets: [{ match: "*", latency: { p50: 0.05 } }]', "budgets[0].latency.p50: 0.05 has no unit. Write 5%"],
    [
      'budgets: [{ match: "*", latency: { p50: { limit: 64KiB } } }]',
      "budgets[0].latency.p50.limit: 64KiB is a size where a duration is needed",
    ],
    ['budgets: [{ match: "*", memory: { limit: 5ms } }]', "5ms is a duration where a size is needed"],
    ['budgets: [{ match: "*", throughput: { limit: 5 } }]', "budgets[0].throughput.limit: 5 has no unit"],
    ['budgets: [{ match: "*", error-rate: { limit: 150% } }]', "An error rate is never above 100%"],
    [
      "accept: [{ match: bench/x latency p50, up-to: 3%, reason: y, until: 2027-02-30 }]",
      'accept[0].until: "2027-02-30" is not a day',
    ],
    ["accept: [{ match: bench/x latency p50, up-to: 3%, reason: y, until: soon }]", "Write it like 2027-03-01"],
    // Shapes.
    ["- a", "1:1: This is a list, not a mapping"],
    ["hello", "1:1: This is a text, not a mapping"],
    ["suites: [a]", "1:9: suites: This is a list, not a mapping"],
    ["suites:\n  a:\n", "suites.a: A mapping is missing"],
    ["suites:\n  a: npm test", "2:6: suites.a: This is a text, not a mapping"],
    ["budgets: 5", "1:10: budgets: This is a number, not a list. Begin each item with a dash"],
    ["budgets:\n  - latency: 5%", '2:5: budgets[0]: "match" is missing'],
    ["accept: [{ match: bench/x latency p50, up-to: 3% }]", '1:10: accept[0]: "reason" is missing'],
    // Combinations.
    ["suites: { a: { run: x, bench: y } }", "1:31: suites.a.bench: A suite has either run or bench, not both"],
    ["suites: { a: { tool: k6 } }", "suites.a: The suite does nothing"],
    ["suites: { a: { bench: x, tool: k6 } }", "suites.a.tool: tool cannot be combined with bench"],
    ["suites: { a: { run: [x], shell: bash } }", "suites.a.shell: shell cannot be combined with a run that is a list"],
    ["suites: { a/b: { run: x } }", '1:11: suites: "a/b" cannot be a suite\'s name'],
    ['budgets: [{ match: "*", latency: {} }]', "budgets[0].latency: The rule has no threshold, no limit and no goal"],
    ['budgets: [{ match: "*", latency: { floor: 3ns } }]', "no threshold, no limit and no goal"],
    ['budgets: [{ match: "*", latency: { floor: 3ns, limit: 1s } }]', "A floor without a threshold changes nothing"],
    [
      'budgets:\n  - { match: "*", latency: 5% }\n  - { match: "bench/x", latency: 9% }',
      '3:25: budgets[1]: The latency rule of "bench/x" never applies: "*" on line 2 comes first. Move it above',
    ],
    ['budgets:\n  - { match: "bench/x", latency: 5% }\n  - { match: "bench/x", latency: 9% }', "Merge them into one"],
    [
      'suites: { api: { run: x } }\nbudgets: [{ match: "apo/*", latency: 5% }]',
      'names a suite that is not there. Did you mean "api/*"?',
    ],
    [
      "suites: { api: { run: x } }\nbudgets: [{ match: api, latency: 5% }]",
      '"api" fits no benchmark: they are named suite/benchmark. Write "api/*"',
    ],
    ["accept: [{ match: bench/x, up-to: 3%, reason: y }]", '"bench/x" does not end with a statistic'],
    ["accept: [{ match: bench/x latency p5, up-to: 3%, reason: y }]", "Did you mean p50?"],
    ["accept: [{ match: other/x latency p50, up-to: 3%, reason: y }]", "names a suite that is not there"],
    // YAML.
    ["control: yes", '1:10: control: "yes" is neither true nor false. Write one of them'],
    ["suites: { a: { run: x\uFFFD } }", "1:22: The file is not in UTF-8. Save it in UTF-8"],
    [
      'budgets: [{ match: "*", latency: 105% }]',
      "budgets[0].latency: 105 % lets everything pass that is up to 2.05 times as slow. Did you mean 5%?",
    ],
    ["suites: { a: { run: x, count: cycles } }", '"cycles" is not "instructions". Write instructions'],
    ['suites: { a: { run: "x } }', "A quote or a bracket has no end"],
    ["rounds: 3\nrounds: 4", "2:1: This key is given twice"],
    ["suites: { a: { run: x }, a: { run: y } }", "1:26: This key is given twice"],
    ["rounds: [3", "benchgate.yml:1:"],
    ["\trounds: 3", "1:1: Tabs are not allowed as indentation"],
    [
      "budgets:\n  - match: */json",
      '2:12: */json is an alias of nothing. Quote a pattern that starts with an asterisk: "*"',
    ],
    ["budgets:\n  - match: *", 'Quote a pattern that starts with an asterisk: "*"'],
    ["rounds: 3\n---\nrounds: 4", "2:1: A second document begins here"],
    ["rounds: !!js/function x", "Unresolved tag"],
    ["? [a]\n: 1", "A key is not a text"],
  ];
  it.each(refusals.map(([text, message]) => ({ message, text })))("$message", ({ text, message }) => {
    const said = refused(text);
    expect(said).toContain(message);
    expect(said).toMatch(/^benchgate\.yml:/);
    expect(said).not.toContain("\n");
  });

  it("comes soon, too, where a file is made to exhaust its reader", () => {
    const references = (name: string) => `*${name},`.repeat(9);
    const laughs = [..."bcdefgh"].map((key, i) => `${key}: &${key} [${references("abcdefg"[i] ?? "a")}]`);
    expect(refused(`a: &a [x,x,x,x,x,x,x,x,x]\n${laughs.join("\n")}`)).toContain("Aliases multiply beyond measure");
    expect(refused(`setup: ${"[".repeat(20_000)}`)).toContain("The YAML is nested too deeply");
    expect(refused(`# ${"x".repeat(1_100_000)}`)).toContain("The file is larger than 1 MiB");
  });

  it("is the first of the file where there are several", () => {
    expect(refused("rounds: 0\nsuits: {}\ncompare: x")).toContain(":1:9: rounds");
    expect(refused("suits: {}\nrounds: 0")).toContain(':1:1: Unknown key "suits"');
  });

  it("is the only thing that any text can lead to besides a configuration", () => {
    const words = [
      "suites:",
      "budgets:",
      "accept:",
      "\n  - ",
      "\n  ",
      "match: ",
      '"*"',
      "latency: ",
      "5%",
      "{",
      "}",
      "[",
      "]",
      "&a ",
      "*a",
      "p50",
      ": ",
      "0",
    ];
    const texts = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.constantFrom(...words), { maxLength: 14 }).map((parts) => parts.join("")),
      fc.tuple(fc.nat(FULL.length), fc.nat(FULL.length)).map(([from, to]) => FULL.slice(0, from) + FULL.slice(to)),
    );
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(read(text).file).toBe("benchgate.yml");
        } catch (error) {
          expect(error).toMatchObject({ name: "GateError" });
          expect((error as Error).message).toMatch(/^benchgate\.yml/);
        }
      }),
      { numRuns: 400 },
    );
    expect(Object.prototype).not.toHaveProperty("latency");
  });
});

describe("a goal", () => {
  it("is a promised improvement with a threshold of its own or of 5 %", () => {
    const yaml = 'budgets:\n  - match: "*"\n    latency: { p99: { goal: 20% }, p50: { goal: 10%, threshold: 2% } }\n';
    expect(parseConfig(yaml, "benchgate.yml").budgets).toMatchObject([
      { statistic: "p50", threshold: 0.02, goal: 0.1 },
      { statistic: "p99", threshold: 0.05, goal: 0.2 },
    ]);
  });

  it.each(["-20%", "0.2"])("is never %s: it says how much better, as a percentage", (goal) => {
    expect(() => parseConfig(`budgets: [{ match: "*", latency: { goal: ${goal} } }]`, "b.yml")).toThrow(GateError);
  });
});

describe("a complexity rule", () => {
  const budgets = (rule: string) =>
    read(`suites: { a: { run: x } }\nbudgets:\n  - match: "a/*"\n    ${rule}\n`).budgets;

  it.each([
    ["complexity: 1.2", { limit: 1.2, threshold: null }],
    ["complexity: { max: 2 }", { limit: 2, threshold: null }],
    ["complexity: { change: 0.3 }", { limit: null, threshold: 0.3 }],
    ["complexity: { max: 1.2, change: 0.2 }", { limit: 1.2, threshold: 0.2 }],
  ])("is a largest exponent, or a largest change of it: %s", (rule, expected) => {
    expect(budgets(rule)).toMatchObject([{ match: "a/*", metric: "complexity", severity: "gate", ...expected }]);
  });

  it.each([
    ["complexity: 5%", '4:17: budgets[0].complexity: "5%" is not an exponent'],
    ["complexity: true", "4:17: budgets[0].complexity: This is a yes or no, not an exponent"],
    ["complexity: 12", "4:17: budgets[0].complexity: 12 is not between 0 and 10"],
    ["complexity: {}", "4:17: budgets[0].complexity: The rule has no max and no change"],
    ["complexity: { limit: 2 }", 'Unknown key "limit"'],
    ["complexity: { mx: 2 }", 'Did you mean "max"'],
    ["complexity: { change: 0 }", "4:27: budgets[0].complexity.change: A change of 0"],
    ["complexty: 2", 'Did you mean "complexity"'],
  ])("refuses %s with its place and a remedy", (rule, expected) => {
    expect(refusal(() => budgets(rule))).toContain(expected);
  });
});
