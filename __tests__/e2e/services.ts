import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createConnection } from "node:net";
import { join } from "node:path";
import { expect } from "vitest";
import { createRepository, type Repository } from "./kit/repository.ts";

/** A service that answers after 10 ms, and every 25th request `extra` ms later. It notes down its process and its port. */
export const server = (extra: number) => `
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
let count = 0;
const { PORT, STARTED } = process.env;
createServer(async (request, response) => {
  if (request.url === "/health") return response.end("ready");
  await sleep(10 + (++count % 25 === 0 ? ${extra} : 0));
  console.log("::error::printed by the service");
  response.end("hello");
}).listen(PORT, "127.0.0.1", () => appendFileSync(STARTED, process.pid + " " + PORT + "\\n"));
`;

/** What Locust runs: it ends by itself after so many requests, where it is told, whatever the machine's speed. */
export const LOCUSTFILE = `
import os
import gevent
import locust.runners
import locust.stats
from locust import HttpUser, task

# Debian's package has lost its version, and a master refuses workers that have none.
locust.runners.__version__ = locust.runners.__version__ or "2.12.1"
# How often the numbers are written, in seconds: those since the last time are lost at the end.
locust.stats.CSV_STATS_INTERVAL_SEC = 0.1

class Reader(HttpUser):
    asked = answered = 0

    @task
    def page(self):
        most = int(os.environ.get("REQUESTS", 1000000))
        if Reader.asked == most:
            gevent.sleep(60)
        Reader.asked += 1
        self.client.get("/articles")
        Reader.answered += 1
        if Reader.answered == most:
            # Not by itself, for who quits ends every user; and not before the numbers are written.
            gevent.spawn_later(0.5, self.environment.runner.quit)
`;
export const LOCUST =
  "/usr/bin/python3 -m locust -f locustfile.py --headless --only-summary --host $BENCHGATE_URL --csv out";

/** A service that was started. */
interface StartedService {
  readonly pid: number;
  readonly port: number;
}

/** A repository with a service, and what is known of those that were started of it. */
export interface ServiceRepository {
  readonly repository: Repository;
  /** The file in which each service notes itself down. */
  readonly started: string;
  /** A benchgate.yml with one suite, whose service the working tree has. */
  configure(run: string, tool: string, more?: string): void;
  services(): readonly StartedService[];
  /** Waits until no process and no port of the services is left, and expects that there were some. */
  expectNothingLeft(atLeast: number): Promise<void>;
}

/** A repository with the service, the load of examples/http-service and a locustfile; `files` come on top. */
export async function createServiceRepository(
  files: Readonly<Record<string, string>> = {},
): Promise<ServiceRepository> {
  const repository = await createRepository();
  const started = join(repository.author, "started.txt");
  await repository.commit({
    "server.mjs": server(0),
    "locustfile.py": LOCUSTFILE,
    ".gitignore": "*.txt\nout_*\n",
    ...files,
  });

  function services(): readonly StartedService[] {
    if (!existsSync(started)) return [];
    const lines = readFileSync(started, "utf8").trim().split("\n");
    return lines.map((line) => {
      const [pid = 0, port = 0] = line.split(" ").map(Number);
      return { pid, port };
    });
  }

  return {
    repository,
    started,
    configure(run, tool, more = "") {
      rmSync(started, { force: true });
      writeFileSync(
        join(repository.author, "benchgate.yml"),
        `suites:
  api:
    serve: node server.mjs
    ready: http://127.0.0.1:$PORT/health
    env: { STARTED: ${JSON.stringify(started)} }
    run: ${JSON.stringify(run)}
    tool: ${tool}
${more}`,
      );
    },
    services,
    async expectNothingLeft(atLeast) {
      expect(services().length).toBeGreaterThanOrEqual(atLeast);
      for (const { pid, port } of services()) {
        await until(() => !alive(pid));
        expect(await listens(port)).toBe(false);
      }
      expect(await repository.git("worktree", "list")).not.toContain("baseline");
    },
  };
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

/** Whether somebody listens on a port of this machine. */
export function listens(port: number): Promise<boolean> {
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
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}
