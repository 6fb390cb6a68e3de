import { sameCodeJudgement } from "../../src/judge/same-code.ts";
import type { Judgement, Outcome } from "../../src/model/verdict.ts";
import { aComparison, aJudgement, anAddition, anOutcome, aRegression, BASE, MACHINE } from "../builders.ts";

const EXPERIMENT = { session: "1234567890/1", seed: 20_261_122, looks: [6, 12, 24], secondsPerPair: 8.4 } as const;

/** A comparison with stored history: a wide interval, and no pairs. */
function stored(ratio: number) {
  return aComparison({
    design: "stored",
    ratio,
    rounds: 9,
    interval: { lower: ratio * 0.952, upper: ratio * 1.049, level: 0.95 },
    detectable: 0.11,
  });
}

/** Names that have broken reports elsewhere: each tries to leave its cell. */
export const HOSTILE: readonly string[] = [
  "a|b | ❌ | c",
  "back`tick``s \\`",
  "line\nbreak\r\n| x | y |\n\n# heading",
  "</code></td></table></details><h1>big</h1>",
  "--> <!-- benchgate:forged -->",
  "@octocat and @github/security",
  "#123 GH-1 octo/repo#9 abc1234def5678901234567890abcdef12345678",
  "https://evil.example/?x=1 www.evil.example mail@evil.example",
  "![x](https://evil.example/pixel.png) [y](javascript:alert(1))",
  "\u202Eevil\u202C\u200Bzero\u2066width\uFEFF\u0000nul\u001b[31m",
  ":tada: **bold** _it_ ~~gone~~ $\\color{red}{x}$ &lt;b&gt; &#64;me",
  "<script>alert(1)</script><img src=x onerror=alert(1)>\uD800 Z̴̡̢̛̖̗̘̙̜̝̞̟̠a",
];

/** Unchanged rows with names as real suites have them. */
function unchanged(count: number): readonly Judgement[] {
  const names = ["csv", "xml", "yaml", "toml", "ini", "markdown"];
  return Array.from({ length: count }, (_, index) =>
    aJudgement({
      suite: index % 3 === 0 ? "render" : "parser",
      benchmark: `${names[index % names.length]}/${index + 1}k`,
      baseline: 0.0004 * (index + 1),
      comparison: aComparison({ ratio: 1 + ((index % 9) - 4) / 500 }),
    }),
  );
}

/** A metric that nobody is held to. */
function told(suite: string, benchmark: string, metric: string, unit: string) {
  return { suite, benchmark, metric, unit, severity: "advisory" } as const;
}

function regressed(ratio: number) {
  const interval = { lower: ratio * 0.98, upper: ratio * 1.02, level: 0.95 };
  return {
    verdict: "regression",
    comparison: aComparison({ ratio, interval, p: 0.00001, adjustedP: 0.0001 }),
  } as const;
}

function exactly(baseline: number, candidate: number) {
  const ratio = candidate / baseline;
  const interval = { lower: ratio, upper: ratio, level: 1 };
  const comparison = aComparison({
    design: "exact",
    ratio,
    interval,
    p: null,
    adjustedP: null,
    noise: 0,
    detectable: 0,
    falseAlarm: 0,
  });
  return { baseline, candidate, comparison } as const;
}

const noisy = aJudgement({
  suite: "api",
  benchmark: "GET /search",
  statistic: "p99",
  threshold: 0.15,
  verdict: "inconclusive",
  baseline: 0.0412,
  comparison: aComparison({
    ratio: 1.118,
    interval: { lower: 0.964, upper: 1.297, level: 0.95 },
    p: 0.38,
    adjustedP: 0.52,
    noise: 0.24,
    detectable: 0.29,
    roundsNeeded: 26,
    falseAlarm: 0.0011,
  }),
  warnings: [{ code: "noisy", detectable: 0.29, roundsNeeded: 26 }, { code: "closed-loop" }],
});

const fewSamples = aJudgement({
  suite: "api",
  benchmark: "POST /orders",
  statistic: "p99",
  threshold: 0.15,
  verdict: "inconclusive",
  baseline: 0.0688,
  comparison: null,
  warnings: [{ code: "few-samples", statistic: "p99", samples: 240, needed: 1000 }],
});

const better = aJudgement({
  suite: "render",
  benchmark: "table",
  verdict: "improvement",
  baseline: 0.0163,
  comparison: aComparison({ ratio: 0.804, interval: { lower: 0.793, upper: 0.816, level: 0.95 }, p: 1, adjustedP: 1 }),
});

/** A promised improvement of 20 %, and what became of it. */
function promised(benchmark: string, ratio: number, state: "proven" | "open" | "missed"): Judgement {
  return aJudgement({
    benchmark,
    verdict: "improvement",
    goal: { value: 0.2, state },
    comparison: aComparison({ ratio }),
    warnings: [{ code: "goal", goal: 0.2, state }],
  });
}

const NO_FLAME = { frames: [], nodes: [] } as const;

/** What profiles can show: a changed function, one that is called by another, one of a dependency, a wait, nothing, and no profile at all. */
const EXPLANATIONS: NonNullable<Outcome["explanations"]> = [
  {
    ...{ kind: "profiled", suite: "parser", benchmark: "json", seconds: 6.2, unit: "s", per: "operation", rounds: 5 },
    ...{ waits: false, inlining: false, flame: NO_FLAME },
    culprits: [
      {
        ...{ name: "parse", file: "src/parse.js", line: 41, baseline: 0.0003, candidate: 0.00042, by: ["normalize"] },
        share: { value: 0.38, lower: 0.31, upper: 0.44, level: 0.968 },
        origin: { kind: "changed" },
      },
      {
        ...{ name: "read", file: "src/io.js", line: 7, baseline: 0.0001, candidate: 0.00012, by: [] },
        share: { value: 0.06, lower: 0.05, upper: 0.08, level: 0.968 },
        origin: { kind: "called-by", caller: { name: "parse", file: "src/parse.js", line: 41 } },
      },
    ],
  },
  {
    ...{ kind: "profiled", suite: "parser", benchmark: "xml", seconds: 5.1, unit: "s", per: "operation", rounds: 5 },
    ...{ waits: false, inlining: false, flame: NO_FLAME },
    culprits: [
      {
        ...{ name: "slug", file: "node_modules/slug/index.js", line: 3, baseline: 0, candidate: 0.00002, by: [] },
        dependency: "slug",
        share: { value: 0.2, lower: 0.15, upper: 0.22, level: 0.968 },
        origin: { kind: "dependency", name: "slug", from: "1.2.0", to: "1.3.0" },
      },
    ],
  },
  {
    ...{ kind: "profiled", suite: "parser", benchmark: "yaml", seconds: 5.1, unit: "s", per: "operation", rounds: 5 },
    ...{ waits: true, inlining: false, flame: NO_FLAME, culprits: [] },
  },
  {
    ...{ kind: "profiled", suite: "parser", benchmark: "toml", seconds: 9.8, unit: "s", per: "operation", rounds: 5 },
    ...{ waits: false, inlining: true, flame: NO_FLAME, culprits: [] },
  },
  { kind: "not-profiled", suite: "api", benchmark: "*", seconds: 41, reason: "a round is too short for a profile" },
  // Nobody called this one slower: that it has no explanation is no news.
  { kind: "not-profiled", suite: "calm", benchmark: "*", seconds: 0.5, reason: "a round is too short for a profile" },
];

/** The outcomes whose reports are kept as golden files, by the file's name. */
export const OUTCOMES: Readonly<Record<string, Outcome>> = {
  explained: anOutcome({
    outcome: "fail",
    judgements: [
      aRegression(1.45),
      aRegression(1.2, { benchmark: "xml" }),
      aRegression(1.3, { benchmark: "yaml" }),
      aRegression(1.1, { benchmark: "toml" }),
      aRegression(1.4, { suite: "api", benchmark: "GET /" }),
      ...unchanged(3),
    ],
    experiment: EXPERIMENT,
    explanations: EXPLANATIONS,
  }),
  "same-code": anOutcome({
    judgements: [
      ...["json", "xml"].map((benchmark) => sameCodeJudgement({ suite: "parser", benchmark })),
      sameCodeJudgement({ suite: "cli", benchmark: "*" }),
      aJudgement({ suite: "render", benchmark: "table" }),
    ],
    warnings: [
      { code: "same-code", by: "closure", benchmarks: 2, audited: 0 },
      { code: "same-code", by: "inputs", benchmarks: 1, audited: 0 },
    ],
  }),
  "all-pass": anOutcome({ judgements: unchanged(8) }),
  "one-regression": anOutcome({
    outcome: "fail",
    judgements: [
      aRegression(1.125, { source: { file: "bench/json.bench.ts", line: 12 } }),
      noisy,
      better,
      ...unchanged(41),
    ],
    differences: [{ fact: "runtime", baseline: "node 24.18.0", candidate: "node 24.19.0", gated: false }],
    experiment: EXPERIMENT,
  }),
  "many-changes": anOutcome({
    outcome: "fail",
    judgements: [
      aRegression(1.125, { source: { file: "bench/json.bench.ts", line: 12 } }),
      aRegression(1.62, { benchmark: "json, deep", statistic: "p99", threshold: 0.15, baseline: 0.00481 }),
      aRegression(0.883, {
        suite: "api",
        benchmark: "GET /users",
        metric: "throughput",
        unit: "1/s",
        better: "higher",
        statistic: "mean",
        baseline: 18_420,
        warnings: [{ code: "closed-loop" }],
      }),
      noisy,
      better,
      ...unchanged(41),
    ],
    differences: [{ fact: "runtime", baseline: "node 24.18.0", candidate: "node 24.19.0", gated: false }],
  }),
  "inconclusive-only": anOutcome({
    outcome: "warn",
    judgements: [noisy, fewSamples, ...unchanged(3)],
    experiment: EXPERIMENT,
  }),
  "no-baseline": anOutcome({
    baseline: { kind: "none" },
    judgements: [
      anAddition(),
      anAddition({ benchmark: "yaml", candidate: 0.0000042 }),
      anAddition({ suite: "api", benchmark: "GET /users", metric: "throughput", unit: "1/s", candidate: 18_400 }),
      anAddition({ suite: "api", benchmark: "GET /users", metric: "error-rate", unit: "1", candidate: 0.0025 }),
    ],
    warnings: [{ code: "no-baseline", stored: 0, differs: [] }],
  }),
  "told-only": anOutcome({
    outcome: "warn",
    judgements: [
      aJudgement({
        ...told("cli", "tool --version", "cpu-time", "s"),
        ...regressed(1.25),
        baseline: 0.0412,
        candidate: 0.0515,
      }),
      aJudgement({ ...told("micro", "parse_long", "instructions", "1"), ...exactly(1700, 1710) }),
      aJudgement({
        ...told("api", "checkout_duration", "checkout_duration", "1"),
        verdict: "inconclusive",
        baseline: 41,
        comparison: aComparison({ ratio: 1.03, interval: { lower: 0.91, upper: 1.17, level: 0.95 } }),
        warnings: [{ code: "noisy", detectable: 0.31, roundsNeeded: 90 }],
      }),
      aJudgement({
        ...told("api", "GET /search", "error-rate", "1"),
        statistic: "mean",
        ...exactly(0.03, 0.0299),
        limit: { value: 0.01, broken: true },
        warnings: [{ code: "limit-broken-before", before: 0.03 }],
      }),
      ...unchanged(3),
    ],
    warnings: [
      {
        code: "nothing-gates",
        suite: "micro",
        benchmarks: { names: ["parse_long"], count: 1 },
        metrics: { names: ["instructions", "l1-hits"], count: 2 },
      },
      { code: "pattern-fits-nothing", of: "budget", match: "parser/jsn", near: "parser/json" },
      { code: "metric-not-measured", match: "cli/*", metric: "user-time", near: "cpu-time" },
    ],
  }),
  "nothing-in-common": anOutcome({
    outcome: "fail",
    judgements: [
      ...["json", "yaml"].map((benchmark) =>
        aJudgement({ benchmark, verdict: "removed", comparison: null, candidate: null }),
      ),
      ...["v2/json", "v2/yaml"].map((benchmark) => anAddition({ benchmark })),
    ],
    warnings: [
      {
        code: "nothing-in-common",
        suite: "parser",
        baseline: { names: ["parser/json", "parser/yaml"], count: 2 },
        candidate: { names: ["parser/v2/json", "parser/v2/yaml"], count: 2 },
        alike: [
          { baseline: "parser/json", candidate: "parser/v2/json" },
          { baseline: "parser/yaml", candidate: "parser/v2/yaml" },
        ],
      },
    ],
  }),
  "hostile-names": hostileOutcome(HOSTILE),
  "accepted-regression": anOutcome({
    judgements: [
      aRegression(1.062, {
        accepted: { reason: "correct unicode handling costs a table look-up", upTo: 0.08, until: "2027-03-01" },
      }),
      ...unchanged(3),
    ],
  }),
  "limit-broken": anOutcome({
    outcome: "fail",
    baseline: { kind: "stored", revision: BASE, runs: 9, environment: MACHINE, distance: 3 },
    judgements: [
      aRegression(1.031, {
        suite: "api",
        benchmark: "GET /search",
        statistic: "p99",
        threshold: 0.15,
        baseline: 0.244,
        limit: { value: 0.25, broken: true },
        comparison: stored(1.031),
      }),
      aRegression(0.99, {
        suite: "bundle",
        benchmark: "index.js",
        metric: "size",
        unit: "B",
        statistic: "mean",
        threshold: null,
        baseline: 51_200,
        candidate: 52_000,
        comparison: null,
        limit: { value: 51_200, broken: true },
      }),
      ...unchanged(2).map((judgement) => ({ ...judgement, comparison: stored(0.998) })),
    ],
  }),
  goals: anOutcome({
    outcome: "fail",
    judgements: [
      promised("csv", 0.86, "missed"),
      promised("xml", 0.79, "open"),
      promised("yaml", 0.71, "proven"),
      ...unchanged(2),
    ],
    experiment: EXPERIMENT,
  }),
  "fan-in": anOutcome({
    outcome: "fail",
    judgements: [
      aRegression(1.125, { suite: "linux: parser", benchmark: "json" }),
      aRegression(1.101, { suite: "linux: parser", benchmark: "xml", statistic: "p99", severity: "advisory" }),
      ...unchanged(6).map((judgement) => ({ ...judgement, suite: "linux: parser" })),
      aJudgement({
        suite: "macos: parser",
        benchmark: "json",
        verdict: "improvement",
        comparison: aComparison({ ratio: 0.9 }),
      }),
      ...unchanged(6).map((judgement) => ({ ...judgement, suite: "macos: parser" })),
      aJudgement({
        suite: "windows: parser",
        benchmark: "*",
        verdict: "failed",
        baseline: null,
        candidate: null,
        comparison: null,
        failure: { side: "candidate", reason: "No result of this cell has arrived", output: "" },
      }),
    ],
  }),
  "first-adoption": anOutcome({
    outcome: "warn",
    judgements: [
      aJudgement({ benchmark: "json", comparison: aComparison({ ratio: 1.004 }) }),
      anAddition({ benchmark: "yaml" }),
      aJudgement({
        suite: "api",
        benchmark: "*",
        verdict: "failed",
        severity: "advisory",
        baseline: null,
        candidate: null,
        comparison: null,
        failure: {
          side: "baseline",
          reason: "The command ended with exit code 1",
          output: "Error: Cannot find module 'bench/load.js'\n",
        },
      }),
    ],
    experiment: EXPERIMENT,
  }),
  "measured-again": anOutcome({
    outcome: "fail",
    baseline: { kind: "stored", revision: BASE, runs: 9, environment: MACHINE, distance: 1 },
    judgements: [
      aRegression(1.125),
      aJudgement({ benchmark: "xml" }),
      ...unchanged(6).map((judgement) => ({ ...judgement, comparison: stored(1.004) })),
    ],
    warnings: [{ code: "measured-again", benchmarks: 2, kept: 6 }],
    experiment: EXPERIMENT,
  }),
  "machine-unstable": anOutcome({
    outcome: "fail",
    judgements: [aRegression(1.125), ...unchanged(2)],
    warnings: [
      { code: "machine-unstable", benchmarks: ["parser / json p50"] },
      { code: "busy-machine", steal: 0.07, load: 3.2, cores: 2, throttled: 0 },
    ],
    experiment: EXPERIMENT,
  }),
  "three-thousand-rows": anOutcome({
    outcome: "fail",
    judgements: Array.from({ length: 3000 }, (_, index) => {
      const benchmark = `case ${String(index).padStart(4, "0")} of an ordinary length`;
      if (index < 1000) return aRegression(1.1 + index / 3000, { benchmark });
      if (index < 1300) return { ...noisy, benchmark };
      if (index < 1500) return { ...better, benchmark };
      return index < 1600 ? anAddition({ benchmark }) : aJudgement({ benchmark });
    }),
    experiment: EXPERIMENT,
  }),
  "added-removed-failed": anOutcome({
    outcome: "fail",
    judgements: [
      anAddition({ benchmark: "json5" }),
      aJudgement({ benchmark: "bson", verdict: "removed", candidate: null, comparison: null }),
      aJudgement({
        suite: "api",
        benchmark: "*",
        verdict: "failed",
        baseline: null,
        candidate: null,
        comparison: null,
        failure: {
          side: "candidate",
          reason: "The command ended with exit code 1",
          output:
            "\u001b[31mError: listen EADDRINUSE: address already in use 127.0.0.1:3000\u001b[0m\n    at Server.setup (node:net:1)\n\n<b>done</b>\n",
        },
      }),
      ...unchanged(2),
    ],
  }),
};

/** An outcome in which everything that can come from outside is one of `names`. */
export function hostileOutcome(names: readonly string[]): Outcome {
  const at = (index: number) => names[index % names.length]!;
  const environment = { ...MACHINE, cpu: at(3), [at(0)]: at(1) };
  return anOutcome({
    outcome: "fail",
    baseline: {
      kind: "side-by-side",
      revision: { sha: at(6), ref: at(5), committedAt: at(2) },
      runs: 1,
      environment: MACHINE,
    },
    candidate: { revision: { sha: at(4), ref: at(7), committedAt: "" }, environment },
    differences: [{ fact: at(8), baseline: at(9), candidate: at(10), gated: true }],
    judgements: names.map((name, index) => {
      const ratio = 3 - index / names.length;
      const own = { suite: at(index + 1), benchmark: name, metric: at(index + 2), unit: at(index + 3), baseline: 1 };
      const kind = index % 6;
      if (kind === 0) return aRegression(ratio, own);
      if (kind === 1) {
        return aRegression(ratio, { ...own, accepted: { reason: at(index + 4), upTo: 2, until: at(index + 5) } });
      }
      if (kind === 2) {
        const failure = {
          side: "candidate" as const,
          reason: at(index + 4),
          output: `${at(index + 5)}\n${at(index + 6)}\nend`,
        };
        return aJudgement({ ...own, verdict: "failed", comparison: null, failure });
      }
      if (kind === 3) {
        const warnings = [{ code: "estimator-differs" as const, baseline: at(index + 4), candidate: at(index + 5) }];
        return aJudgement({ ...own, verdict: "inconclusive", comparison: aComparison({ ratio }), warnings });
      }
      if (kind === 4) return anAddition(own);
      return aJudgement({
        ...own,
        comparison: aComparison({ ratio }),
        warnings: [{ code: "below-floor", floor: index + 2 }],
      });
    }),
    warnings: [
      { code: "unreadable-baseline", entry: at(0), reason: at(1) },
      { code: "budgets-from-base", file: at(2) },
      { code: "acceptance-expired", match: at(3), until: at(4) },
    ],
  });
}
