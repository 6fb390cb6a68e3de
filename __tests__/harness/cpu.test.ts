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
    const found = choosePin({ PATH: [folder, first, second].join(delimiter) });
    // One CPU, or another system: there is nothing to bind to.
    expect([null, join(first!, "taskset")]).toContain(found?.taskset ?? null);
  });
});

const pin = choosePin();

describe.runIf(pin !== null)("processes that are bound", () => {
  const threadsOf = (pid: number) =>
    readdirSync(`/proc/${pid}/task`).map(
      (thread) => /^Cpus_allowed_list:\s*(.+)$/m.exec(readFileSync(`/proc/${pid}/task/${thread}/status`, "utf8"))?.[1],
    );
  const placesOf = (pids: readonly number[]) => [...new Set(pids.flatMap(threadsOf))];

  /** Two processes with threads of their own, for as long as `use` takes. */
  async function running(use: (pids: readonly number[]) => Promise<void>) {
    const code = "process.stdin.resume(); console.log('up')";
    const children = [0, 1].map(() => spawn(process.execPath, ["-e", code], { stdio: ["pipe", "pipe", "ignore"] }));
    await Promise.all(children.map(({ stdout }) => once(stdout, "data")));
    await use(children.map(({ pid }) => pid!)).finally(() => {
      for (const child of children) child.kill("SIGKILL");
    });
  }

  /** A `taskset` of our own; `real` in it is the system's. */
  function taskset(script: string): string {
    const file = join(folder, `taskset-${readdirSync(folder).length}`);
    writeFileSync(file, `#!/bin/sh\n${script.replaceAll("real", pin!.taskset)}\n`, { mode: 0o755 });
    return file;
  }

  it("have one CPU, with all their threads", async () => {
    await running(async (pids) => {
      expect(await bind(pin!, pids)).toBe(pin!.cpu);
      expect(placesOf(pids)).toEqual([String(pin!.cpu)]);
    });
  });

  it("are bound by a program that knows short options alone, as BusyBox does", async () => {
    const program = taskset('case "$*" in *--*) exit 1;; esac; exec real "$@"');
    await running(async (pids) => expect(await bind({ ...pin!, taskset: program }, pids)).toBe(pin!.cpu));
  });

  it("may have ended meanwhile", async () => {
    await running(async (pids) => expect(await bind(pin!, [...pids, 2 ** 22 + 1])).toBe(pin!.cpu));
  });

  it.each([
    ["is gone", () => join(folder, "none")],
    ["knows no `-a`", () => taskset('[ "$1" = -a ] && exit 1; exec real "$@"')],
    ["leaves threads out", () => taskset('shift; exec real "$@"')],
    ["fails for one", (pid: number) => taskset(`[ "$4 $5" = "${pin!.cpu} ${pid}" ] && exit 1; exec real "$@"`)],
    ["never ends", () => taskset("exec sleep 60")],
  ])("are all or none where the program %s", async (_, program) => {
    await running(async (pids) => {
      expect(await bind({ ...pin!, taskset: program(pids[0]!) }, pids)).toBeNull();
      expect(placesOf(pids)).toEqual([pin!.allowed]);
    });
  });

  it("are not left bound in part: that is an error", async () => {
    await running(async ([one, other]) => {
      const program = taskset(`[ "$4" = ${pin!.cpu} ] && [ "$5" = ${one} ] && exec real "$@"; exit 1`);
      await expect(bind({ ...pin!, taskset: program }, [one!, other!])).rejects.toThrow("does not set them free");
    });
  });
});
