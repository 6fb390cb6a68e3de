import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createNetwork } from "../../src/io/network.ts";
import { benchgate } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { RUNNER_NODE } from "./kit/runner.ts";

/** As few as a p99 is judged by. */
const COUNT = 300;

/**
 * A deployment that tells how long each answer takes it, 10 ms and a little more or less, and every 50th 20 ms longer where it is slow: what is measured is the
 * same on any machine.
 */
const SERVER = `
import { createServer } from "node:http";
let [count, state] = [0, Number(process.env.PORT)];
const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
createServer((request, response) => {
  const ms = (10 + (++count % 50 === 0 ? Number(process.env.EXTRA) : 0)) * (0.98 + 0.04 * random());
  response.end(String(ms / 1000));
}).listen(Number(process.env.PORT), "127.0.0.1", () => console.log("up"));
`;

/** A load that takes the deployment's word for its latencies. */
const LOAD = `
import { writeFileSync } from "node:fs";
import { Agent, get } from "node:http";
import { text } from "node:stream/consumers";
const agent = new Agent({ keepAlive: true, maxSockets: 4 });
const answer = () => new Promise((resolve) => get(process.env.BENCHGATE_URL, { agent }, async (response) => resolve(Number(await text(response)))));
const samples = await Promise.all(Array.from({ length: ${COUNT} }, answer));
const measurements = [{ benchmark: "GET /", metric: "latency", unit: "s", better: "lower", loadModel: "open", samples }];
agent.destroy();
writeFileSync(process.env.BENCHGATE_OUTPUT, JSON.stringify({ schema: "benchgate.recording/1", rounds: [{ measurements }] }));
`;

let repository: Repository;
let ports: readonly number[];
const deployed: ChildProcess[] = [];

function deploy(port: number, extra: number): Promise<void> {
  const env = { ...process.env, PORT: String(port), EXTRA: String(extra) };
  const child = spawn(RUNNER_NODE, ["--input-type=module", "-e", SERVER], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  deployed.push(child);
  return new Promise((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", (code) => reject(new Error(`the deployment ended with ${code}`)));
  });
}

beforeAll(async () => {
  repository = await createRepository();
  await repository.commit({ "load.mjs": LOAD });
  ports = await createNetwork().freePorts(2);
  await deploy(ports[0]!, 0);
  await deploy(ports[1]!, 20);
});
afterAll(() => {
  for (const each of deployed) each.kill();
  repository.close();
});

const run = (targets: string) => {
  writeFileSync(
    join(repository.author, "benchgate.yml"),
    `rounds: 5
explain: never
suites:
  api:
    targets: ${targets}
    run: node load.mjs
    tool: benchgate
budgets:
  - match: "*"
    latency: { p50: 5%, p99: 15% }
`,
  );
  return benchgate(["run", "--json", "-"], { cwd: repository.author });
};

describe("two deployments, one with 20 ms more in 2 % of its requests", () => {
  it("differ in p99 alone, and the report says that they are two machines", async () => {
    const { code, stdout, stderr } = await run(
      `{ baseline: "http://127.0.0.1:${ports[0]}", candidate: "http://127.0.0.1:${ports[1]}" }`,
    );
    expect(code, stderr).toBe(1);
    const { verdicts, warnings } = JSON.parse(stdout) as {
      readonly verdicts: readonly { readonly metric: string; readonly statistic: string; readonly verdict: string }[];
      readonly warnings: readonly { readonly code: string; readonly sentence?: string }[];
    };
    const latency = Object.fromEntries(
      verdicts.filter(({ metric }) => metric === "latency").map(({ statistic, verdict }) => [statistic, verdict]),
    );
    expect(latency).toMatchObject({ p50: "unchanged", p99: "regression" });
    expect(warnings.filter(({ sentence }) => sentence?.includes("deployments of their own"))).toHaveLength(1);
  });

  it("are refused where both are one", async () => {
    process.env.SAME_TARGET = `http://127.0.0.1:${ports[0]}/`;
    const { code, stderr } = await run(`{ baseline: "http://127.0.0.1:${ports[0]}", candidate: $SAME_TARGET }`);
    delete process.env.SAME_TARGET;
    expect(code).toBe(2);
    expect(stderr).toContain("the same deployment");
  });
});
