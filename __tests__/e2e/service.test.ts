import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasTool } from "../tool.ts";
import { benchgate, CLI } from "./kit/command-line.ts";
import type { Repository } from "./kit/repository.ts";
import { RUNNER_NODE } from "./kit/runner.ts";
import { createServiceRepository, LOCUST, listens, type ServiceRepository, server, until } from "./services.ts";

let service: ServiceRepository;
let repository: Repository;
beforeAll(async () => {
  service = await createServiceRepository();
  repository = service.repository;
});
afterAll(() => repository.close());

describe("Locust with a master and workers of its own", () => {
  it.skipIf(!hasTool("/usr/bin/python3", "-c", "import locust"))(
    "is one command, whose requests are counted together",
    async () => {
      // The recipe of docs/load.md.
      const run = `for worker in 1 2; do /usr/bin/python3 -m locust -f locustfile.py --worker --master-host 127.0.0.1 >&2 & done
${LOCUST} --master --master-bind-host 127.0.0.1 --expect-workers 2 --expect-workers-max-wait 60 -u 6 -r 6 -t 2s >&2
code=$?
wait
mv out_stats.csv $BENCHGATE_OUTPUT
exit $code`;
      service.configure(run, "locust");
      const { code, stderr } = await benchgate(["record", "--rounds", "1", "-o", "r.txt"], { cwd: repository.author });
      expect(code, stderr).toBe(0);
      const [round] = JSON.parse(readFileSync(join(repository.author, "r.txt"), "utf8")).rounds;
      const latency = round.measurements.find((each: { metric: string }) => each.metric === "latency");
      expect(latency).toMatchObject({ benchmark: "GET /articles", loadModel: "closed" });
      expect(latency.count).toBeGreaterThan(10);
      await service.expectNothingLeft(2);
    },
  );
});

describe("a service that is not there any more", () => {
  it("leaves nothing where its load fails", async () => {
    service.configure("echo no such luck >&2; exit 3", "benchgate");
    const { code, stderr } = await benchgate(["record", "-o", "r.txt"], { cwd: repository.author });
    expect(code).toBe(3);
    expect(stderr).toContain("exited with code 3");
    expect(stderr).toContain("no such luck");
    await service.expectNothingLeft(2);
  });

  it("leaves nothing where it is never ready", async () => {
    service.configure("exit 1", "benchgate");
    const file = join(repository.author, "benchgate.yml");
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("/health", "/nowhere-$PORT")
        .replace("    run:", "    ready-limit: 4s\n    run:"),
    );
    writeFileSync(
      join(repository.author, "server.mjs"),
      server(0).replace('"/health"', '"/x"').replace('response.end("hello")', "response.writeHead(503).end()"),
    );
    const { code, stderr } = await benchgate(["record", "-o", "r.txt"], { cwd: repository.author });
    await repository.git("checkout", "--quiet", "server.mjs");
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /was not ready at http:\/\/127\.0\.0\.1:\d+\/nowhere-\d+ within 4 s \(status 503\)\. .*`ready-limit`/,
    );
    await service.expectNothingLeft(2);
  });

  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("leaves nothing where the user interrupts by %s while both sides are up", async (signal, code) => {
    service.configure("echo loading > $STARTED.load; sleep 1000", "benchgate");
    rmSync(`${service.started}.load`, { force: true });
    const child = spawn(RUNNER_NODE, [CLI, "run", "--base", "HEAD"], { cwd: repository.author, stdio: "ignore" });
    const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
    await until(() => existsSync(`${service.started}.load`));
    expect(service.services()).toHaveLength(2);
    for (const { port } of service.services()) expect(await listens(port)).toBe(true);
    child.kill(signal);
    expect(await ended).toBe(code);
    await service.expectNothingLeft(2);
  });
});
