import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { usageOf } from "../../src/io/usage.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-proc-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly session: number;
  /** utime, stime, cutime, cstime. */
  readonly ticks: readonly [number, number, number, number];
  /** kB; a zombie has none. */
  readonly peak?: number;
  readonly name?: string;
}

/** A /proc with these processes. */
function proc(name: string, processes: readonly Process[]): string {
  const root = join(folder, name);
  mkdirSync(join(root, "self"), { recursive: true });
  for (const { pid, parent, session, ticks, peak, name = "node" } of processes) {
    mkdirSync(join(root, String(pid)));
    const before = [pid, `(${name})`, "S", parent, session, session, 0, -1, 4194304, 1, 2, 3, 4];
    writeFileSync(join(root, String(pid), "stat"), [...before, ...ticks, 20, 0, 1, 0].join(" "));
    const status =
      peak === undefined ? "State:\tZ (zombie)\n" : `VmPeak:\t 999999 kB\nVmHWM:\t   ${peak} kB\nVmRSS:\t 1 kB\n`;
    writeFileSync(join(root, String(pid), "status"), `Name:\tx\n${status}`);
  }
  return root;
}

describe("the usage of a service, from /proc", () => {
  it("is the time of its session and all their descendants, with those they waited for, and their peaks added up", () => {
    const root = proc("group", [
      { pid: 1, parent: 0, session: 1, ticks: [9999, 9999, 9999, 9999], peak: 9999 },
      { pid: 50, parent: 1, session: 50, ticks: [10, 5, 3, 2], peak: 1000, name: "a (b) c) 7" },
      { pid: 51, parent: 50, session: 50, ticks: [100, 0, 0, 0], peak: 200 },
      // Left by the one that started it, still in the session; and one that has a session of its own, still a child.
      { pid: 52, parent: 1, session: 50, ticks: [0, 30, 0, 0], peak: 30 },
      { pid: 53, parent: 51, session: 53, ticks: [1, 0, 0, 0], peak: 4 },
      { pid: 54, parent: 53, session: 53, ticks: [1, 0, 0, 0] },
      { pid: 60, parent: 1, session: 60, ticks: [777, 0, 0, 0], peak: 777 },
    ]);
    expect(usageOf(50, root)).toEqual({
      cpuSeconds: expect.closeTo(1.52, 9),
      peakMemory: 1234 * 1024,
      resolution: 0.01,
    });
  });

  it("is unknown where the service is gone, and where there is no /proc", () => {
    const root = proc("gone", [{ pid: 60, parent: 1, session: 60, ticks: [1, 1, 1, 1], peak: 1 }]);
    expect(usageOf(50, root)).toBeNull();
    expect(usageOf(50, join(folder, "nothing"))).toBeNull();
  });
});
