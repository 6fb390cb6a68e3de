import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { listensOn, usageOf } from "../../src/io/usage.ts";

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

describe("whether a service listens on its port", () => {
  const line = (port: number, state: string, inode: number) =>
    `   0: 0100007F:${port.toString(16).toUpperCase().padStart(4, "0")} 00000000:0000 ${state} 00000000:00000000 00:00000000 00000000  1000        0 ${inode} 1 0 100 0`;

  /** A /proc of a leader 50 with a child 51, and somebody else, 60; `sockets` are open by process. */
  function listening(name: string, table: readonly string[], sockets: Readonly<Record<number, readonly number[]>>) {
    const root = proc(name, [
      { pid: 50, parent: 1, session: 50, ticks: [0, 0, 0, 0], peak: 1 },
      { pid: 51, parent: 50, session: 51, ticks: [0, 0, 0, 0], peak: 1 },
      { pid: 60, parent: 1, session: 60, ticks: [0, 0, 0, 0], peak: 1 },
    ]);
    mkdirSync(join(root, "net"));
    writeFileSync(join(root, "net/tcp"), ["  sl  local_address rem_address   st", ...table, ""].join("\n"));
    for (const pid of [50, 51, 60]) {
      mkdirSync(join(root, `${pid}/fd`));
      for (const inode of sockets[pid] ?? []) symlinkSync(`socket:[${inode}]`, join(root, `${pid}/fd/${inode}`));
    }
    return root;
  }

  it.each([
    ["the leader", { 50: [7] }, true],
    ["a child in a session of its own", { 51: [6, 7] }, true],
    ["somebody else", { 60: [7] }, false],
    ["nobody that is seen, as behind a rule of a firewall", {}, false],
  ])("goes by whose socket it is: that of %s", (who, sockets, expected) => {
    const root = listening(`listens-${who}`, [line(8080, "0A", 7), line(9090, "0A", 6)], sockets);
    expect(listensOn(50, [8081, 8080], root)).toBe(expected);
  });

  it("does not take a connection for a socket that listens, nor another port for its own", () => {
    const root = listening("connected", [line(8080, "01", 7), line(9090, "0A", 6)], { 50: [6, 7] });
    expect(listensOn(50, [8080], root)).toBe(false);
  });

  it("is unknown without the table of sockets", () => {
    expect(listensOn(50, [8080], join(folder, "nothing"))).toBeNull();
  });

  it("is unknown where a member hides what it has open, as one of another user does", () => {
    const root = listening("hidden", [line(8080, "0A", 7)], {});
    rmSync(join(root, "51/fd"), { recursive: true });
    expect(listensOn(50, [8080], root)).toBeNull();
  });

  it.runIf(process.platform === "linux")("is found in the real /proc, for a grandchild as well", async () => {
    const code = `const { createServer } = require("node:net");
      const server = createServer().listen(0, "127.0.0.1", () => console.log(server.address().port));`;
    const child = spawn("sh", ["-c", `"$0" -e "$1" & wait`, process.execPath, code], { detached: true });
    try {
      const port = await new Promise<number>((resolve) =>
        child.stdout.once("data", (chunk: Buffer) => resolve(Number(String(chunk)))),
      );
      expect(listensOn(child.pid!, [port])).toBe(true);
      expect(listensOn(process.pid, [port === 65_535 ? 1 : port + 1])).toBe(false);
    } finally {
      process.kill(-child.pid!, "SIGKILL");
    }
  });
});
