import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bind, choosePin, cpuOf } from "../../src/harness/cpu.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-cpu-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the CPU that sides are bound to", () => {
  it.each([
    ["0-3", 3],
    ["0-1,4,6-7", 7],
    ["2,5\n", 5],
    ["0", null],
    ["3-3", null],
    ["", null],
    ["none", null],
  ])("is, of %j, %s", (list, cpu) => {
    expect(cpuOf(list)).toBe(cpu);
  });

  it("is none where there is no program to bind with, and on systems that cannot", () => {
    expect(choosePin({ PATH: folder })).toBeNull();
    expect(choosePin({})).toBeNull();
  });

  it("is bound to by the first taskset on PATH", () => {
    const [first, second] = ["first", "second"].map((name) => join(folder, name));
    for (const place of [first!, second!]) {
      mkdirSync(place);
      writeFileSync(join(place, "taskset"), "", { mode: 0o755 });
    }
    const pin = choosePin({ PATH: [folder, first, second].join(delimiter) });
    // One CPU, or another system: there is nothing to bind to.
    expect([null, join(first!, "taskset")]).toContain(pin?.taskset ?? null);
  });
});

describe.runIf(choosePin() !== null)("processes that are bound", () => {
  const { allowed } = choosePin()!;
  const allowedOf = (pid: number) =>
    readdirSync(`/proc/${pid}/task`).map(
      (task) => /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${pid}/task/${task}/status`, "utf8"))?.[1],
    );
  /** Two processes with threads of their own, for as long as `use` takes. */
  async function running(use: (pids: readonly number[]) => Promise<void>) {
    const code = "process.stdin.resume(); console.log('up')";
    const children = [0, 1].map(() => spawn(process.execPath, ["-e", code], { stdio: ["pipe", "pipe", "ignore"] }));
    await Promise.all(children.map(({ stdout }) => once(stdout, "data")));
    await use(children.map(({ pid }) => pid!));
    for (const child of children) child.kill("SIGKILL");
  }

  it("have one CPU, with all their threads", async () => {
    await running(async (pids) => {
      const pin = choosePin()!;
      expect(await bind(pin, pids)).toBe(pin.cpu);
      for (const pid of pids) expect(new Set(allowedOf(pid))).toEqual(new Set([String(pin.cpu)]));
    });
  });

  it("are all or none", async () => {
    await running(async (pids) => {
      const pin = choosePin()!;
      expect(await bind(pin, [...pids, 2 ** 22 + 1])).toBeNull();
      expect(await bind({ ...pin, taskset: join(folder, "none") }, pids)).toBeNull();
      for (const pid of pids) expect(new Set(allowedOf(pid))).toEqual(new Set([allowed]));
    });
  });
});
