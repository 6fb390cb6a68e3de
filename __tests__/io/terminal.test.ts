import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { PassThrough } from "node:stream";
import { text } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { describe, expect, it, vi } from "vitest";
import { createTerminal, type TerminalProcess } from "../../src/io/terminal.ts";

const MODULE = new URL("../../src/io/terminal.ts", import.meta.url).href;

/** A program around the real terminal that waits for the end of its input before it does `body`. */
function program(body: string, stdout: "pipe" | number, stderr: "pipe" | number = "pipe") {
  const code = `
    import { createTerminal } from ${JSON.stringify(MODULE)};
    const terminal = createTerminal();
    for await (const _ of terminal.input());
    ${body}`;
  return spawn(process.execPath, ["--input-type=module", "-e", code], { stdio: ["pipe", stdout, stderr] });
}

async function endOf(child: ReturnType<typeof program>) {
  const closed = once(child, "close");
  const [stdout, stderr] = await Promise.all([child.stdout, child.stderr].map((stream) => stream && text(stream)));
  return { exitCode: (await closed)[0], stdout, stderr };
}

/** A program with one stream on a device that is always full. */
async function onFullDisk(body: string, broken: "stdout" | "stderr") {
  const full = openSync("/dev/full", "w");
  const child = broken === "stdout" ? program(body, full) : program(body, "pipe", full);
  closeSync(full);
  child.stdin?.end();
  return endOf(child);
}

describe("what is read from stdin", () => {
  const read = (bytes: Uint8Array) => {
    const stdin = new PassThrough();
    stdin.end(bytes);
    const streams = { stdin, stdout: new PassThrough(), stderr: new PassThrough(), env: {}, once: () => undefined };
    return text(createTerminal(streams as unknown as TerminalProcess).input());
  };

  it("is unpacked where it is in gzip", async () => {
    expect(await read(gzipSync("µs ✓\n"))).toBe("µs ✓\n");
    expect(await read(Buffer.from("µs ✓\n"))).toBe("µs ✓\n");
  });

  it("is refused by name where it is cut short", async () => {
    await expect(read(gzipSync("hello").subarray(0, -8))).rejects.toThrow("stdin: this gzip file is cut short");
  });
});

describe("a reader that has left", () => {
  it.each([0, 1, 3])("is no error, and leaves the exit code %d", async (code) => {
    const child = program(
      `terminal.out("x".repeat(1_000_000));
       await new Promise((resolve) => setImmediate(resolve));
       terminal.out("more");
       terminal.err("the end");
       process.exitCode = ${code};`,
      "pipe",
    );
    child.stdout?.destroy();
    await once(child.stdout!, "close");
    const stderr = text(child.stderr!);
    const closed = once(child, "close");
    child.stdin?.end();
    expect((await closed)[0]).toBe(code);
    expect(await stderr).toBe("the end\n");
  });

  it("is no error on stderr either", async () => {
    const child = program(`terminal.err("x".repeat(1_000_000)); terminal.out("result"); process.exitCode = 3;`, "pipe");
    child.stderr?.destroy();
    await once(child.stderr!, "close");
    const stdout = text(child.stdout!);
    const closed = once(child, "close");
    child.stdin?.end();
    expect((await closed)[0]).toBe(3);
    expect(await stdout).toBe("result\n");
  });
});

describe.runIf(existsSync("/dev/full"))("a full disk", () => {
  it.each(["process.exitCode = 0;", "process.exitCode = 1;", "process.exit(0);"])(
    "is one line on stderr and exit code 2, though the program ends with %s",
    async (last) => {
      const { exitCode, stderr } = await onFullDisk(
        `terminal.out("a"); terminal.out("b");
         await new Promise((resolve) => setImmediate(resolve));
         terminal.out("c"); ${last}`,
        "stdout",
      );
      expect(stderr).toMatch(/^benchgate: stdout cannot be written: ENOSPC[^\n]*\n$/);
      expect(exitCode).toBe(2);
    },
  );

  it("below stderr costs no result, and ends with exit code 2", async () => {
    const { exitCode, stdout } = await onFullDisk('terminal.err("progress"); terminal.out("result");', "stderr");
    expect(stdout).toBe("result\n");
    expect(exitCode).toBe(2);
  });
});

describe("a terminal that does not know its width", () => {
  const stream = () => Object.assign(new PassThrough(), { columns: 0, isTTY: true });
  const owner = () => ({ stdin: new PassThrough(), stdout: stream(), stderr: stream(), env: {}, once: () => {} });

  it("has the usual one, and shows the progress line whole", () => {
    const streams = owner();
    const terminal = createTerminal(streams as unknown as TerminalProcess);
    terminal.progress("round 3 of 12");
    expect(streams.stderr.read().toString()).toBe("round 3 of 12");
    expect(terminal.columns).toBe(120);
  });

  it("shows how long it has been at work, every second, until there is something to read", () => {
    vi.useFakeTimers();
    try {
      const streams = owner();
      const terminal = createTerminal(streams as unknown as TerminalProcess);
      terminal.progress("api: round 1 of 6");
      vi.advanceTimersByTime(130_000);
      expect(streams.stderr.read().toString().endsWith("\r\u001b[Kapi: round 1 of 6 · 2:10")).toBe(true);
      terminal.out("result");
      vi.advanceTimersByTime(5_000);
      expect(streams.stderr.read().toString()).toBe("\r\u001b[K");
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});
