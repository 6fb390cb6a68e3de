import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { benchgate } from "./kit/command-line.ts";
import { createServiceRepository, type ServiceRepository, server } from "./services.ts";

const AUTOCANNON = fileURLToPath(new URL("../../node_modules/.bin/autocannon", import.meta.url));
/** The load of the example, shorter: of 500 requests five lie beyond p99, and 20 of the slow service's are slow. */
const OPEN_LOAD = readFileSync(new URL("../../examples/http-service/load.js", import.meta.url), "utf8").replace(
  /COUNT = \d+/,
  "COUNT = 500",
);

/** Tools that print whole milliseconds have steps of a tenth at 10 ms. */
const P50_THRESHOLD = 0.25;

let service: ServiceRepository;
beforeAll(async () => {
  service = await createServiceRepository({ "load.mjs": OPEN_LOAD });
});
afterAll(() => service.repository.close());

interface Verdict {
  readonly benchmark: string;
  readonly metric: string;
  readonly statistic: string;
  readonly verdict: string;
  readonly ratio: number;
  /** In seconds. */
  readonly baseline: number;
  readonly detectable: number;
}

/** What the slow requests take more makes p99 three times as long where the machine lets 99 of 100 requests be answered within this, in seconds. */
const QUIET_P99 = 0.01;

/** Expects a verdict. A machine whose noise hides a change of `size` may say `inconclusive` instead, with what it could have detected. */
function expectVerdict(verdict: Verdict | undefined, expected: readonly string[], size: number): void {
  const hidden = verdict?.verdict === "inconclusive" && verdict.detectable > size;
  if (!hidden) expect(expected, JSON.stringify(verdict)).toContain(verdict?.verdict);
}

// Locust has one life with a service in service.test.ts, and its numbers are judged from its outputs in calibration/green.test.ts.
const LOADS = [
  {
    name: "an open load",
    tool: "benchgate",
    run: "node load.mjs",
    benchmark: "GET /articles",
  },
  {
    name: "autocannon, closed",
    tool: "autocannon",
    run: `'${AUTOCANNON}' --json --connections 10 --amount 600 $BENCHGATE_URL/articles`,
    benchmark: "/articles",
  },
];

describe.each(LOADS)("a service with 20 ms more in 4 % of its requests, under $name", ({ tool, run, benchmark }) => {
  it("has a regression of p99 and an unchanged p50, and nothing is left of it", async () => {
    // Why something is slower is asked in explain.test.ts.
    const budgets = `rounds: 6
explain: never
budgets:
  - match: "*"
    latency: { p50: ${P50_THRESHOLD * 100}%, p99: 15% }
    cpu-time: 100%
`;
    const { repository, configure, expectNothingLeft } = service;
    configure(run, tool, budgets);
    writeFileSync(join(repository.author, "server.mjs"), server(20));
    const { code, stdout, stderr } = await benchgate(["run", "--base", "HEAD", "--json", "-"], {
      cwd: repository.author,
    });
    await repository.git("checkout", "--quiet", "server.mjs");
    expect(code, stderr).toBeLessThan(2);
    const { verdicts } = JSON.parse(stdout) as { verdicts: readonly Verdict[] };
    const verdict = (metric: string, statistic: string, of = benchmark) =>
      verdicts.find((each) => each.benchmark === of && each.metric === metric && each.statistic === statistic);
    const [p50, p99] = [verdict("latency", "p50"), verdict("latency", "p99")];
    // On a machine that delays one request of a hundred by more than what is planted, what is planted is not in the p99.
    const drowned = (p99?.baseline ?? 0) > QUIET_P99 ? ["not-slower", "unchanged", "improvement"] : [];
    expectVerdict(p99, ["regression", ...drowned], Math.abs((p99?.ratio ?? 1) - 1));
    expectVerdict(p50, ["unchanged", "not-slower"], P50_THRESHOLD);
    expect(code).toBe(p99?.verdict === "regression" ? 1 : 0);
    expect(verdict("memory", "max", "service")?.ratio).toBeGreaterThan(0.5);
    expect(verdict("cpu-time", "p50", "service")?.ratio).toBeGreaterThan(0);
    // A throw-away round and six more, on two sides.
    await expectNothingLeft(14);
  });
});
