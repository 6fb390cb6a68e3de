import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createConnection } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RUNNER_NODE } from "../e2e/kit/runner.ts";

const PROCESSES = JSON.stringify(new URL("../../src/io/processes.ts", import.meta.url).href);

let folder: string;
const started: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-strays-"));
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

/** A program that runs a command by the port to processes. */
const program = (argv: readonly string[]) => [
  "--input-type=module",
  "-e",
  `import { createProcesses } from ${PROCESSES};
process.on("SIGTERM", () => process.exit(0));
await createProcesses(process.env).run({ argv: ${JSON.stringify(argv)}, cwd: "/", env: {}, timeLimit: 600 });`,
];

/** Starts one whose command listens on a port, in a group of its own too; the ids of what it has started, and the port. */
async function begin(name: string): Promise<{ owner: ChildProcess; ids: readonly number[]; port: number }> {
  const file = join(folder, name);
  const listener = `const { writeFileSync } = require("node:fs");
const server = require("node:net").createServer().listen(0, "127.0.0.1", () => {
  const child = require("node:child_process").spawn("sleep", ["600"], { detached: true, stdio: "ignore" });
  writeFileSync(${JSON.stringify(file)}, JSON.stringify({ ids: [process.pid, child.pid], port: server.address().port }));
});`;
  const owner = spawn(RUNNER_NODE, program([RUNNER_NODE, "-e", listener]), { stdio: ["ignore", "ignore", "inherit"] });
  started.push(owner);
  for (;;) {
    try {
      return { owner, ...(JSON.parse(readFileSync(file, "utf8")) as { ids: number[]; port: number }) };
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Whether a process is there, and no zombie that nobody has looked after yet. */
function lives(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, "127.0.0.1", () => resolve(socket.destroy() !== null));
    socket.once("error", () => resolve(false));
  });

describe.skipIf(process.platform !== "linux")("what a killed program has left running", () => {
  it("is ended by the next one before its first command, with its ports, and nothing of a living one is", async () => {
    const [killed, living] = await Promise.all([begin("killed"), begin("living")]);
    const gone = new Promise((resolve) => killed.owner.once("exit", resolve));
    killed.owner.kill("SIGKILL");
    await gone;
    expect(killed.ids.map(lives)).toEqual([true, true]);
    expect(spawnSync(RUNNER_NODE, program(["true"])).status).toBe(0);
    expect(killed.ids.map(lives)).toEqual([false, false]);
    expect(living.ids.map(lives)).toEqual([true, true]);
    expect(await Promise.all([listens(killed.port), listens(living.port)])).toEqual([false, true]);
  });
});
