import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createNetwork } from "../../src/io/network.ts";
import { createProcesses } from "../../src/io/processes.ts";
import type { RunningService } from "../../src/ports/index.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-service-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const network = createNetwork();
const { start } = createProcesses({ ...process.env, GITHUB_TOKEN: "s3cr3t" });
const script = (code: string) => [process.execPath, "-e", code] as const;
const service = (argv: readonly [string, ...string[]], env: Record<string, string> = {}) =>
  start({ argv, cwd: folder, env });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
const says = (running: RunningService, word: string) => until(() => running.tail().includes(word));

/** Whether a process is there; a zombie that nobody has waited for yet is not. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

const HTTP = `
  const http = require("node:http");
  http.createServer((_, response) => response.end("hello")).listen(process.env.PORT, "127.0.0.1", () => console.log("up"));`;

describe("a service", () => {
  it("answers on its port until it is stopped, and the port is free again", async () => {
    const [port] = await network.freePorts(1);
    const url = `http://127.0.0.1:${port}/`;
    const running = await service(script(HTTP), { PORT: String(port) });
    await until(async () => (await network.status(url, 20)) === 200);
    await running.stop();
    expect(await running.exited).toEqual({ exitCode: null, signal: "SIGTERM" });
    expect(await network.status(url, 20)).toBeNull();
    const next = await service(script(HTTP), { PORT: String(port) });
    await until(async () => (await network.status(url, 20)) === 200);
    await next.stop();
  });

  it("ends with everybody that it started", async () => {
    const running = await service(["sh", "-c", "sleep 1000 & echo child $!; wait"]);
    await says(running, "child ");
    const child = Number(/child (\d+)/.exec(running.tail())?.[1]);
    expect(alive(child)).toBe(true);
    await running.stop();
    await until(() => !alive(child));
  });

  it("that does not listen to SIGTERM is killed", async () => {
    const running = await service(
      script(`process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)`),
    );
    await says(running, "up");
    await running.stop();
    expect(await running.exited).toEqual({ exitCode: null, signal: "SIGKILL" });
  });

  it("that ends by itself says how, with its last words, and can still be stopped", async () => {
    const running = await service(script(`console.error("no database"); process.exitCode = 3`));
    expect(await running.exited).toEqual({ exitCode: 3, signal: null });
    expect(running.tail()).toBe("no database");
    await running.stop();
  });

  it("whose starter returns has ended, and what it left in the background with it", async () => {
    const running = await service(["sh", "-c", "sleep 1000 & echo $!"]);
    expect(await running.exited).toEqual({ exitCode: 0, signal: null });
    const daemon = Number(running.tail());
    expect(daemon).toBeGreaterThan(0);
    await until(() => !alive(daemon));
  });

  it("sees no secrets, and what it is given", async () => {
    const running = await service(["sh", "-c", 'echo "$PORT/$GITHUB_TOKEN/"'], { PORT: "1" });
    await running.exited;
    expect(running.tail()).toBe("1//");
  });

  it("may print without end: no more than its last lines are kept", async () => {
    const running = await service(script(`for (let i = 0; i < 2e5; i++) console.log("line", i); console.log("done")`));
    await says(running, "done");
    expect(running.tail().split("\n").length).toBeLessThanOrEqual(40);
    await running.stop();
  });

  it.runIf(process.platform === "linux")("tells the CPU time and the memory of its whole group", async () => {
    const burn = `const end = Date.now() + 300; while (Date.now() < end); globalThis.kept = Buffer.alloc(64e6, 1); console.log("burnt"); setInterval(() => {}, 1000)`;
    const running = await service(["sh", "-c", `"$0" -e '${burn}' & "$0" -e '${burn}' & wait`, process.execPath]);
    const before = running.usage();
    await until(() => running.tail().split("burnt").length > 2);
    const after = running.usage();
    expect(before).not.toBeNull();
    expect(after!.cpuSeconds).toBeGreaterThan(before!.cpuSeconds + 0.1);
    expect(after!.peakMemory).toBeGreaterThan(128e6);
    await running.stop();
    expect(running.usage()).toBeNull();
  });
});
