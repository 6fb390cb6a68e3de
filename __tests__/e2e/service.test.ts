import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTool } from "../tool.ts";
import { benchgate, CLI } from "./kit/command-line.ts";
import { createRepository, type Repository } from "./kit/repository.ts";
import { RUNNER_NODE } from "./kit/runner.ts";

const AUTOCANNON = fileURLToPath(new URL("../../node_modules/.bin/autocannon", import.meta.url));
const OPEN_LOAD = readFileSync(new URL("../../examples/http-service/load.js", import.meta.url), "utf8");

/** A service that answers after 10 ms, and every 50th request `extra` ms later. It notes down its process and its port. */
const server = (extra: number) => `
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
let count = 0;
const { PORT, STARTED } = process.env;
createServer(async (request, response) => {
  if (request.url === "/health") return response.end("ready");
  await sleep(10 + (++count % 50 === 0 ? ${extra} : 0));
  console.log("::error::printed by the service");
  response.end("hello");
}).listen(PORT, "127.0.0.1", () => appendFileSync(STARTED, process.pid + " " + PORT + "\\n"));
`;
const LOCUSTFILE = `
import locust.runners
from locust import HttpUser, task

# Debian's package has lost its version, and a master refuses workers that have none.
locust.runners.__version__ = locust.runners.__version__ or "2.12.1"

class Reader(HttpUser):
    @task
    def page(self):
        self.client.get("/articles")
`;
const LOCUST = "/usr/bin/python3 -m locust -f locustfile.py --headless --only-summary --host $BENCHGATE_URL --csv out";

/** Tools that print whole milliseconds have steps of a tenth at 10 ms. */
const P50_THRESHOLD = 0.25;

let repository: Repository;
const started = () => join(repository.author, "started.txt");
beforeAll(async () => {
  repository = await createRepository();
  await repository.commit({
    "server.mjs": server(0),
    "load.mjs": OPEN_LOAD,
    "locustfile.py": LOCUSTFILE,
    ".gitignore": "*.txt\nout_*\n",
  });
});
afterAll(() => repository.close());

/** A benchgate.yml with one suite, whose service the working tree has. */
function configure(run: string, tool: string, more = ""): void {
  rmSync(started(), { force: true });
  writeFileSync(
    join(repository.author, "benchgate.yml"),
    `suites:
  api:
    serve: node server.mjs
    ready: http://127.0.0.1:$PORT/health
    env: { STARTED: ${JSON.stringify(started())} }
    run: ${JSON.stringify(run)}
    tool: ${tool}
${more}`,
  );
}

/** The services that were started so far. */
function services(): readonly { readonly pid: number; readonly port: number }[] {
  if (!existsSync(started())) return [];
  const lines = readFileSync(started(), "utf8").trim().split("\n");
  return lines.map((line) => {
    const [pid = 0, port = 0] = line.split(" ").map(Number);
    return { pid, port };
  });
}

/** Whether a process is there; one that has ended and that nobody has waited for yet is not. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once("connect", () => done(true));
    socket.once("error", () => done(false));
  });
}

/** Waits until `condition` holds; the test's own time limit is the bound. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** No process and no port of the services is left. */
async function expectNothingLeft(atLeast: number): Promise<void> {
  expect(services().length).toBeGreaterThanOrEqual(atLeast);
  for (const { pid, port } of services()) {
    await until(() => !alive(pid));
    expect(await listens(port)).toBe(false);
  }
  expect(await repository.git("worktree", "list")).not.toContain("baseline");
}

interface Verdict {
  readonly benchmark: string;
  readonly metric: string;
  readonly statistic: string;
  readonly verdict: string;
  readonly ratio: number;
  readonly detectable: number;
  readonly warnings: readonly { readonly code: string; readonly samples?: number }[];
}

/**
 * Expects a verdict. A machine whose noise hides a change of `size`, or that is too slow for enough samples, may say `inconclusive`
 * instead, with what it could have detected or how many samples it has.
 */
function expectVerdict(verdict: Verdict | undefined, expected: string, size: number): void {
  const tooFew = verdict?.warnings.some(({ code, samples = 0 }) => code === "few-samples" && samples < 1000);
  const hidden = verdict?.verdict === "inconclusive" && (tooFew || verdict.detectable > size);
  if (!hidden) expect(verdict?.verdict, JSON.stringify(verdict)).toBe(expected);
}

const LOADS = [
  {
    name: "an open load",
    here: () => true,
    tool: "benchgate",
    run: "node load.mjs",
    benchmark: "GET /articles",
  },
  {
    name: "autocannon, closed",
    here: () => true,
    tool: "autocannon",
    run: `'${AUTOCANNON}' --json --connections 5 --amount 1200 $BENCHGATE_URL/articles`,
    benchmark: "/articles",
  },
  {
    name: "Locust, closed",
    here: () => hasTool("/usr/bin/python3", "-c", "import locust"),
    tool: "locust",
    run: `${LOCUST} -u 8 -r 8 -t 4s >&2; code=$?; mv out_stats.csv $BENCHGATE_OUTPUT; exit $code`,
    benchmark: "GET /articles",
  },
];

describe.each(LOADS)(
  "a service with 20 ms more in 2 % of its requests, under $name",
  ({ here, tool, run, benchmark }) => {
    it.skipIf(!here())(
      "has a regression of p99 and an unchanged p50, and nothing is left of it",
      async () => {
        const budgets = `time-budget: 150s
budgets:
  - match: "*"
    latency: { p50: ${P50_THRESHOLD * 100}%, p99: 15% }
    cpu-time: 100%
`;
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
        expectVerdict(p99, "regression", Math.abs((p99?.ratio ?? 1) - 1));
        expectVerdict(p50, "unchanged", P50_THRESHOLD);
        expect(code).toBe(p99?.verdict === "regression" ? 1 : 0);
        expect(verdict("memory", "max", "service")?.ratio).toBeGreaterThan(0.5);
        expect(verdict("cpu-time", "p50", "service")?.ratio).toBeGreaterThan(0);
        // A throw-away round and at least six more, on two sides.
        await expectNothingLeft(14);
      },
      300_000,
    );
  },
);

describe("Locust with a master and workers of its own", () => {
  it.skipIf(!hasTool("/usr/bin/python3", "-c", "import locust"))(
    "is one command, whose requests are counted together",
    async () => {
      // The recipe of docs/load.md.
      const run = `for worker in 1 2; do /usr/bin/python3 -m locust -f locustfile.py --worker --master-host 127.0.0.1 >&2 & done
${LOCUST} --master --master-bind-host 127.0.0.1 --expect-workers 2 --expect-workers-max-wait 60 -u 4 -r 4 -t 3s >&2
code=$?
wait
mv out_stats.csv $BENCHGATE_OUTPUT
exit $code`;
      configure(run, "locust");
      const { code, stderr } = await benchgate(["record", "--rounds", "1", "-o", "r.txt"], { cwd: repository.author });
      expect(code, stderr).toBe(0);
      const [round] = JSON.parse(readFileSync(join(repository.author, "r.txt"), "utf8")).rounds;
      const latency = round.measurements.find((each: { metric: string }) => each.metric === "latency");
      expect(latency).toMatchObject({ benchmark: "GET /articles", loadModel: "closed" });
      expect(latency.count).toBeGreaterThan(10);
      await expectNothingLeft(2);
    },
  );
});

describe("a service that is not there any more", () => {
  it("leaves nothing where its load fails", async () => {
    configure("echo no such luck >&2; exit 3", "benchgate");
    const { code, stderr } = await benchgate(["record", "-o", "r.txt"], { cwd: repository.author });
    expect(code).toBe(3);
    expect(stderr).toContain("exited with code 3");
    expect(stderr).toContain("no such luck");
    await expectNothingLeft(2);
  });

  it("leaves nothing where it is never ready", async () => {
    configure("node load.mjs", "benchgate");
    const file = join(repository.author, "benchgate.yml");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("/health", "/nowhere-$PORT")
        .replace("    run:", "    ready-limit: 8s\n    run:"),
    );
    writeFileSync(
      join(repository.author, "server.mjs"),
      server(0).replace('"/health"', '"/x"').replace('response.end("hello")', "response.writeHead(503).end()"),
    );
    const { code, stderr } = await benchgate(["record", "-o", "r.txt"], { cwd: repository.author });
    await repository.git("checkout", "--quiet", "server.mjs");
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /was not ready at http:\/\/127\.0\.0\.1:\d+\/nowhere-\d+ within 8 s \(status 503\)\. .*`ready-limit`/,
    );
    await expectNothingLeft(2);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("leaves nothing where the user interrupts by %s while both sides are up", async (signal, code) => {
    configure("echo loading > $STARTED.load; sleep 1000", "benchgate");
    rmSync(`${started()}.load`, { force: true });
    const child = spawn(RUNNER_NODE, [CLI, "run", "--base", "HEAD"], { cwd: repository.author, stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
    await until(() => existsSync(`${started()}.load`));
    expect(services()).toHaveLength(2);
    for (const { port } of services()) expect(await listens(port)).toBe(true);
    child.kill(signal);
    expect(await ended).toBe(code);
    await expectNothingLeft(2);
  });
});
