import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { Kept } from "../../src/io/bounded-buffer.ts";
import { childEnvironment } from "../../src/io/environment.ts";
import { Tail } from "../../src/io/output-tail.ts";
import { createProcesses } from "../../src/io/processes.ts";
import { GateError } from "../../src/model/error.ts";
import type { Processes, ProcessSpec } from "../../src/ports/index.ts";

const node = process.execPath;
const folder = mkdtempSync(join(tmpdir(), "benchgate-test-"));
const run = (
  spec: Partial<ProcessSpec> & Pick<ProcessSpec, "argv">,
  env: Record<string, string | undefined> = process.env,
) => createProcesses(env).run({ cwd: folder, env: {}, timeLimit: 60, ...spec });
const script = (code: string) => [node, "-e", code] as const;

/** Whether a process is there; a zombie that nobody has waited for yet is not. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The living processes that carry a word in their environment. */
function carriers(word: string): number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => {
      try {
        return pid > 0 && alive(pid) && readFileSync(`/proc/${pid}/environ`, "latin1").includes(word);
      } catch {
        return false;
      }
    });
}

/** Waits until `condition` holds; the test's own time limit is the bound. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

const SECRETS = [
  "GITHUB_TOKEN",
  "GH_TOKEN",
  "GH_ENTERPRISE_TOKEN",
  "ACTIONS_RUNTIME_TOKEN",
  "ACTIONS_RUNTIME_URL",
  "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
  "ACTIONS_ID_TOKEN_REQUEST_URL",
  "ACTIONS_RESULTS_URL",
  "ACTIONS_CACHE_URL",
  "ACTIONS_CACHE_SERVICE_V2",
  "ACTIONS_ORCHESTRATION_ID",
  "INPUT_TOKEN",
  "OTEL_EXPORTER_OTLP_HEADERS",
  "INPUT_FAIL-ON-REGRESSION",
  "input_token",
  "GITHUB_OUTPUT",
  "GITHUB_ENV",
  "GITHUB_PATH",
  "GITHUB_STATE",
  "GITHUB_STEP_SUMMARY",
  "GITHUB_ARTIFACTS",
  "GITHUB_ARTIFACTS_LIST",
];

afterAll(() => rmSync(folder, { recursive: true }));

/** The word that a child's descendants are known by: who started it, and a number of its own. */
const WORD = /^(?:\d+-){3}[0-9a-f-]{36}$/;

describe("the descriptors of a child", () => {
  it.runIf(process.platform === "linux")(
    "are its own three, though this process was started with others and has opened some",
    async () => {
      const code = `import { openSync } from "node:fs";
        import { createProcesses } from ${JSON.stringify(new URL("../../src/io/processes.ts", import.meta.url).href)};
        import { closeInherited } from ${JSON.stringify(new URL("../../src/io/inherited.ts", import.meta.url).href)};
        closeInherited();
        openSync("/dev/null", "w");
        const argv = ["sh", "-c", "ls -l /proc/$$/fd; true"];
        const spec = { argv, cwd: "/", env: {}, timeLimit: 60 };
        console.log((await createProcesses(process.env).run(spec)).stdout);`;
      const handed = join(folder, "handed");
      const shell = `exec 7>${handed} 40>${handed} 251>${handed}; exec "$0" --input-type=module -e "$1"`;
      const { stdout } = await run({ argv: ["bash", "-c", shell, node, code] });
      expect(stdout).not.toContain("handed");
      expect([...stdout.matchAll(/(\d+) -> /g)].map(([, fd]) => fd)).toEqual(["0", "1", "2"]);
    },
  );

  it.runIf(process.platform === "linux")("do not include a terminal that the user has", async () => {
    const { exitCode, stdout } = await run({
      argv: ["sh", "-c", "(echo ::error::x > /dev/tty) 2>/dev/null || echo none"],
    });
    expect([exitCode, stdout]).toEqual([0, "none\n"]);
  });
});

describe("the environment of a child", () => {
  it.each(SECRETS)("has no %s", (name) => {
    expect(childEnvironment({ [name]: "secret" })).toEqual({});
  });

  it.each([
    "PATH",
    "HOME",
    "GITHUB_SHA",
    "GITHUB_REPOSITORY",
    "GITHUB_PATHOLOGY",
    "RUNNER_TEMP",
    "RUNNER_TRACKING_ID",
    "MY_INPUT_X",
  ])("has %s", (name) => {
    expect(childEnvironment({ [name]: "kept" })).toEqual({ [name]: "kept" });
  });

  it("shows no secret to a child that prints it all, in any name or value", async () => {
    const secrets = Object.fromEntries(SECRETS.map((name) => [name, "s3cr3t"]));
    const { stdout, exitCode } = await run(
      { argv: ["env"], env: { BENCHGATE_ROUND: "3" } },
      { PATH: process.env.PATH, GITHUB_SHA: "abc", ...secrets },
    );
    expect(exitCode).toBe(0);
    expect(stdout.split("\n").map((line) => line.split("=")[0])).toEqual(
      expect.arrayContaining(["PATH", "GITHUB_SHA", "BENCHGATE_ROUND"]),
    );
    expect(stdout).not.toContain("s3cr3t");
    expect(stdout).not.toMatch(/TOKEN|INPUT_|ACTIONS_/);
  });
});

describe("running a child", () => {
  it("gives exit code, stdout, and a tail of both streams as they arrived", async () => {
    const code = `
      process.stdout.write("one\\nsu");
      setTimeout(() => process.stderr.write("\\u001b[31mwarning: zwei ✓\\u001b[0m\\n"), 50);
      setTimeout(() => { process.stdout.write("b\\n10%\\r100%\\n"); process.exitCode = 3; }, 150);`;
    const result = await run({ argv: script(code) });
    expect(result).toMatchObject({ exitCode: 3, signal: null, timedOut: false, overflowed: false });
    expect(result.stdout).toBe("one\nsub\n10%\r100%\n");
    expect(result.tail.split("\n")).toEqual(["one", "warning: zwei ✓", "sub", "100%"]);
    expect(result.seconds).toBeGreaterThan(0.1);
  });

  it("keeps the last 40 lines, each cut, in the tail", async () => {
    const { tail } = await run({ argv: script(`for (let i = 0; i < 100; i++) console.log(i + "x".repeat(1000))`) });
    const lines = tail.split("\n");
    expect(lines).toHaveLength(40);
    expect(lines[0]).toMatch(/^60x+…$/);
    expect(lines.every((line) => line.length <= 401)).toBe(true);
  });

  it("tells the lines of stderr as they come, whatever pieces they come in", async () => {
    const lines: string[] = [];
    const bytes = Buffer.from("one\nzwölf\nrest");
    const cut = bytes.indexOf(0xc3) + 1;
    const print = (from: number, to?: number) =>
      `process.stderr.write(Buffer.from("${bytes.subarray(from, to).toString("hex")}", "hex"));`;
    await run({
      argv: script(`${print(0, cut)}setTimeout(() => { ${print(cut)} }, 20)`),
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(["one", "zwölf"]);
  });

  it("lets a child that reads stdin see its end at once", async () => {
    expect((await run({ argv: ["cat"], timeLimit: 20 })).exitCode).toBe(0);
  });

  it("hands arguments over as they are, without any shell", async () => {
    const { stdout } = await run({ argv: ["printf", "%s|", "$HOME", "a b", "*", "`id`"] });
    expect(stdout).toBe("$HOME|a b|*|`id`|");
  });

  it("takes a program from the PATH that the child gets", async () => {
    const result = await run({ argv: ["node", "--version"], env: { PATH: dirname(node) } }, {});
    expect(result.stdout.trim()).toBe(process.version);
  });

  it("names the signal of a child that was killed", async () => {
    expect(await run({ argv: ["sh", "-c", "kill -9 $$"] })).toMatchObject({
      exitCode: null,
      signal: "SIGKILL",
      timedOut: false,
    });
  });

  it.each([
    ["a program that is nowhere", { argv: ["no-such-program-here"] as const }, "`no-such-program-here` is not on PATH"],
    ["a path that leads nowhere", { argv: ["./missing"] as const }, "there is no program `./missing`"],
    ["a folder that is not there", { argv: ["true"] as const, cwd: join(folder, "gone") }, "does not exist"],
    ["an argument with a NUL", { argv: ["true", "a\0b"] as const }, "`true` could not be started"],
  ])("says what to do about %s", async (_, spec, problem) => {
    const error = await run(spec).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GateError);
    expect(error).toMatchObject({ kind: "measure", problem: expect.stringContaining(problem) });
  });

  it("says what to do about a file that is not executable", async () => {
    writeFileSync(join(folder, "plain.sh"), "echo hi\n", { mode: 0o644 });
    await expect(run({ argv: ["./plain.sh"] })).rejects.toThrow("is not executable. Run `chmod +x`");
  });
});

describe("a tail", () => {
  const pieces = fc.array(fc.tuple(fc.constantFrom("out", "err"), fc.stringMatching(/^[ab\n]{0,8}$/)), {
    maxLength: 20,
  });

  it("is the same however one stream is cut into chunks", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab✓\n]{0,200}$/), fc.integer({ min: 1, max: 50 }), (text, size) => {
        const tail = new Tail();
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) tail.push("stdout", bytes.subarray(at, at + size));
        expect(tail.text()).toBe(text.replace(/\n$/, "").split("\n").slice(-40).join("\n"));
      }),
    );
  });

  it("never mixes two streams within a line", () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const tail = new Tail();
        for (const [stream, text] of all) tail.push(stream, Buffer.from(stream === "out" ? text : text.toUpperCase()));
        expect(tail.text()).not.toMatch(/[ab][AB]|[AB][ab]/);
      }),
    );
  });
});

// At the same time: most of them wait.
describe.concurrent("ending a child", () => {
  it("ends a child at its time limit, and what it started as well", async () => {
    const code = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const result = await run({ argv: script(code), timeLimit: 1 });
    const grandchild = Number(result.stdout);
    expect(result).toMatchObject({ timedOut: true, exitCode: null, signal: "SIGTERM" });
    expect(grandchild).toBeGreaterThan(0);
    await until(() => !alive(grandchild));
  });

  it("kills a child that does not listen to SIGTERM", async () => {
    const result = await run({
      argv: script(`process.on("SIGTERM", () => console.log("no")); setInterval(() => {}, 1000)`),
      timeLimit: 1,
    });
    expect(result).toMatchObject({ timedOut: true, signal: "SIGKILL", stdout: "no\n" });
  });

  it("keeps the time limit within a tenth, even of a child that does not listen", async () => {
    const deaf = script(`process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)`);
    const { seconds, timedOut, signal } = await run({ argv: deaf, timeLimit: 10 });
    expect({ timedOut, signal }).toEqual({ timedOut: true, signal: "SIGKILL" });
    expect(seconds).toBeGreaterThan(10);
    expect(seconds).toBeLessThan(11);
  });

  it("does not let a daemon outlive the round that started it, although it holds the pipe open", async () => {
    const result = await run({ argv: ["sh", "-c", "sleep 1000 & echo $!"] });
    expect(result).toMatchObject({ exitCode: 0, timedOut: false });
    const daemon = Number(result.stdout);
    expect(daemon).toBeGreaterThan(0);
    await until(() => !alive(daemon));
  });

  it.runIf(process.platform === "linux").each([
    ["a session of its own", "setsid sleep 1000"],
    ["a session of its own, and without the pipe", "setsid sleep 1000 >/dev/null 2>&1"],
    ["two forks, and init for a parent", "(setsid sh -c 'sleep 1000 & echo $! >pid2; wait' & )"],
    ["a deaf ear", `setsid sh -c 'trap "" TERM; while :; do sleep 0.1; done'`],
  ])("ends a daemon with %s, and waits for that", async (_, daemon) => {
    const line = `${daemon} & echo "$BENCHGATE_PROCESS"; sleep 0.3`;
    const { stdout, exitCode } = await run({ argv: ["sh", "-c", line], timeLimit: 10 });
    const word = stdout.trim();
    expect([exitCode, word]).toEqual([0, expect.stringMatching(WORD)]);
    expect(carriers(word)).toEqual([]);
  });

  it.runIf(process.platform === "linux")(
    "ends what left its group when the time is up, within the same grace",
    async () => {
      const line = `setsid sh -c 'trap "" TERM; echo $BENCHGATE_PROCESS; while :; do sleep 0.1; done' & trap "" TERM; while :; do sleep 0.1; done`;
      const { stdout, timedOut, signal } = await run({ argv: ["sh", "-c", line], timeLimit: 2 });
      expect({ timedOut, signal, carriers: carriers(stdout.trim()) }).toEqual({
        timedOut: true,
        signal: "SIGKILL",
        carriers: [],
      });
    },
  );

  it.runIf(process.platform === "linux")("does nothing to processes that are not its own", async () => {
    const other = spawn("sleep", ["1000"], { env: { ...process.env, BENCHGATE_PROCESS: "another" } });
    try {
      await run({ argv: ["sh", "-c", "setsid sleep 1000 &"] });
      expect(alive(other.pid ?? 0)).toBe(true);
    } finally {
      other.kill("SIGKILL");
    }
  });

  it.runIf(process.platform === "linux")("ends the daemons of a Benchgate that was itself measured", async () => {
    const outer = { ...process.env, BENCHGATE_PROCESS: "outer" };
    const { stdout } = await run({ argv: ["sh", "-c", "echo $BENCHGATE_PROCESS"] }, outer);
    expect(stdout.startsWith("outer,")).toBe(true);
    expect(stdout.trim().slice("outer,".length)).toMatch(WORD);
  });

  it.runIf(process.platform === "linux")("keeps the daemons it is told to keep, until this program ends", async () => {
    const code = `
      import { createProcesses } from ${JSON.stringify(new URL("../../src/io/processes.ts", import.meta.url).href)};
      const argv = ["sh", "-c", "setsid sleep 1000 >/dev/null 2>&1 & echo $!"];
      const { stdout } = await createProcesses(process.env).run({ argv, cwd: ".", env: {}, timeLimit: 60, daemons: "keep" });
      process.kill(Number(stdout), 0);
      console.log(stdout);`;
    const { stdout, exitCode, tail } = await run({ argv: [node, "--input-type=module", "-e", code] });
    expect(exitCode, tail).toBe(0);
    await until(() => !alive(Number(stdout)));
  });

  it("does not wait for a daemon that cannot be found and holds the pipe open", async () => {
    const code = `
      const { spawn } = require("node:child_process");
      const child = spawn("sleep", ["1000"], { stdio: "inherit", detached: true, env: {} });
      console.log(child.pid);
      child.unref();`;
    const result = await run({ argv: script(code), timeLimit: 60 });
    expect(result).toMatchObject({ exitCode: 0, timedOut: false });
    process.kill(Number(result.stdout), "SIGKILL");
  });
});

describe("a flood of output", () => {
  const flood = (stream: number, newline: number) =>
    `const b = Buffer.alloc(1e6, 'x'); b[999999] = ${newline}; for (let i = 0; i < 500; i++) require('fs').writeSync(${stream}, b)`;

  it.each([
    ["lines on stdout", flood(1, 10), true],
    ["one line on stdout", flood(1, 120), true],
    ["lines on stderr", flood(2, 10), false],
  ])("of half a GB of %s ends by itself and costs no memory", async (_, written, overflowed) => {
    const code = `
      import { createProcesses } from ${JSON.stringify(new URL("../../src/io/processes.ts", import.meta.url).href)};
      const { stdout, overflowed, tail, exitCode } = await createProcesses(process.env)
        .run({ argv: [process.execPath, "-e", ${JSON.stringify(written)}], cwd: ".", env: {}, timeLimit: 100 });
      const peak = process.resourceUsage().maxRSS * 1024;
      console.log(JSON.stringify({ length: stdout.length, overflowed, exitCode, tail: tail.length, peak }));`;
    const { stdout } = await run({ argv: [node, "--input-type=module", "-e", code], timeLimit: 110 });
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ length: 0, overflowed, exitCode: 0 });
    expect(told.tail).toBeLessThan(40 * 402);
    expect(told.peak).toBeLessThan(240e6);
  });

  it("keeps all of what is just small enough, in whatever pieces it comes", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), fc.nat(300), (chunks, limit) => {
        const kept = new Kept(limit);
        for (const chunk of chunks) kept.push(Buffer.from(chunk));
        const whole = Buffer.concat(chunks);
        expect(kept.overflowed).toBe(whole.length > limit);
        expect(kept.take()).toBe(whole.length > limit ? "" : whole.toString("utf8"));
      }),
    );
    const all = 32 * 2 ** 20;
    const kept = new Kept(all);
    for (let chunk = 0; chunk < 1024; chunk++) kept.push(Buffer.alloc(all / 1024, 120));
    expect([kept.overflowed, kept.take().length]).toEqual([false, all]);
  });

  it("does not grow with a line that never ends", async () => {
    const { tail } = await run({ argv: script(`for (let i = 0; i < 50; i++) process.stderr.write("y".repeat(1e6))`) });
    expect(tail).toMatch(/^y{400}…$/);
  });
});

describe("a child that was started ahead", () => {
  // Says that it is there, and prints what it reads with its process id.
  const reader = (file: string) => `
    require("fs").writeFileSync(${JSON.stringify(join(folder, "ahead-"))} + ${JSON.stringify(file)}, String(process.pid));
    let read = "";
    process.stdin.on("data", (chunk) => (read += chunk)).on("end", () => console.log(process.pid, process.env.WHO, read));`;
  const pidOf = (file: string) => {
    try {
      return Number(readFileSync(join(folder, `ahead-${file}`), "utf8"));
    } catch {
      return 0;
    }
  };
  const spec = (file: string, who = "me") => ({ argv: script(reader(file)), cwd: folder, env: { WHO: who } });
  const runWith = async (processes: Processes, start: ReturnType<typeof spec>, input = "it") => {
    const { stdout, exitCode } = await processes.run({ ...start, input, timeLimit: 60 });
    expect(exitCode).toBe(0);
    const [pid, ...words] = stdout.trim().split(" ");
    return { pid: Number(pid), words: words.join(" ") };
  };
  const waiting = async (processes: Processes, file: string) => {
    processes.ahead!(spec(file));
    await until(() => pidOf(file) > 0);
    return pidOf(file);
  };

  it("is the next one that is run with the same program, folder and variables, once", async () => {
    const processes = createProcesses(process.env);
    const pid = await waiting(processes, "once");
    expect(await runWith(processes, spec("once"), "first")).toEqual({ pid, words: "me first" });
    const second = await runWith(processes, spec("once"), "second");
    expect(second.words).toBe("me second");
    expect(second.pid).not.toBe(pid);
  });

  it("is not shared by two that are run at once", async () => {
    const processes = createProcesses(process.env);
    const pid = await waiting(processes, "shared");
    const both = await Promise.all(["a", "b"].map((input) => runWith(processes, spec("shared"), input)));
    expect(both.map(({ words }) => words)).toEqual(["me a", "me b"]);
    expect(both.filter((each) => each.pid === pid)).toHaveLength(1);
  });

  it("is taken as it starts, and started once however often it is asked for", async () => {
    const processes = createProcesses(process.env);
    processes.ahead!(spec("asked"));
    processes.ahead!(spec("asked"));
    const { pid } = await runWith(processes, spec("asked"));
    expect(pidOf("asked")).toBe(pid);
  });

  it("is not one that differs, and ends when another is started in its place", async () => {
    const processes = createProcesses(process.env);
    const pid = await waiting(processes, "differs");
    expect(await runWith(processes, spec("differs", "you"))).toMatchObject({ words: "you it" });
    expect(pidOf("differs")).not.toBe(pid);
    expect(alive(pid)).toBe(true);
    const { stdout } = await processes.run({ ...spec("differs"), timeLimit: 60 });
    expect(stdout.split(" ")[0]).not.toBe(String(pid));
    processes.ahead!(spec("other"));
    await until(() => !alive(pid));
  });

  it.runIf(process.platform === "linux")("is replaced where it has ended", async () => {
    const processes = createProcesses(process.env);
    const pid = await waiting(processes, "killed");
    process.kill(pid, "SIGKILL");
    // The main thread of a process may have ended before the others; this program is told of none of it meanwhile.
    while (alive(pid) || readdirSync(`/proc/${pid}/task`).length > 1);
    const { pid: other, words } = await runWith(processes, spec("killed"));
    expect(words).toBe("me it");
    expect(other).not.toBe(pid);
  });

  it("is no trouble where it cannot be started", async () => {
    const processes = createProcesses(process.env);
    processes.ahead!({ argv: ["no-such-program-anywhere"], cwd: folder, env: {} });
    const nowhere = { argv: ["no-such-program-anywhere"] as const, cwd: folder, env: {}, input: "", timeLimit: 60 };
    await expect(processes.run(nowhere)).rejects.toThrow(GateError);
  });

  it("keeps this program from nothing, and ends with it, though it reads nothing", async () => {
    const deaf = {
      ...spec("left"),
      argv: script(`${reader("left")} process.stdin.pause(); setInterval(() => {}, 1000);`),
    };
    const code = `import { existsSync, readFileSync } from "node:fs";
      import { createProcesses } from ${JSON.stringify(new URL("../../src/io/processes.ts", import.meta.url).href)};
      createProcesses(process.env).ahead(${JSON.stringify(deaf)});
      const file = ${JSON.stringify(join(folder, "ahead-left"))};
      // A file that is there may be empty yet.
      const wait = () => (existsSync(file) && readFileSync(file, "utf8") !== "") || setTimeout(wait, 10);
      wait();`;
    expect(await run({ argv: [node, "--input-type=module", "-e", code] })).toMatchObject({
      exitCode: 0,
      timedOut: false,
    });
    await until(() => pidOf("left") > 0 && !alive(pidOf("left")));
  });
});

describe("an interruption", () => {
  const program = (body: string) => `
    import { createProcesses } from ${JSON.stringify(new URL("../../src/io/processes.ts", import.meta.url).href)};
    import { handleInterrupts } from ${JSON.stringify(new URL("../../src/io/interrupt.ts", import.meta.url).href)};
    const interrupt = handleInterrupts();
    const child = "console.log('child', process.pid); require('fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);";
    const processes = createProcesses(process.env);
    const spec = { argv: [process.execPath, "-e", child], cwd: process.cwd(), env: {}, timeLimit: 1000 };
    ${body}`;

  /** Starts a program in a folder of its own and waits until its child is there. */
  async function started(body: string) {
    const cwd = mkdtempSync(join(folder, "interrupt-"));
    const parent = spawn(node, ["--input-type=module", "-e", program(body)], {
      cwd,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    parent.stdout.on("data", (chunk) => {
      printed += chunk;
    });
    const ended = new Promise<number | null>((resolve) => parent.once("close", (code) => resolve(code)));
    const pid = () => {
      try {
        return Number(readFileSync(join(cwd, "pid"), "utf8"));
      } catch {
        return 0;
      }
    };
    await until(() => pid() > 0);
    return { parent, ended, child: pid(), printed: () => printed };
  }

  it.each([
    ["SIGHUP", 129],
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)(
    "by %s ends the children, and lets the program put its things away and exit with %i",
    async (signal, code) => {
      const { parent, ended, child, printed } = await started(`
      const result = await processes.run(spec);
      const next = await processes.run(spec).catch((error) => error.problem);
      console.log(JSON.stringify([result.signal, result.timedOut, interrupt.signal.aborted, next]));
      process.exitCode = interrupt.exitCode();`);
      parent.kill(signal);
      expect(await ended).toBe(code);
      expect(JSON.parse(printed())).toEqual(["SIGTERM", false, true, expect.stringContaining("interrupted")]);
      await until(() => !alive(child));
    },
  );

  it("for the second time exits at once, and its children die all the same", async () => {
    const { parent, ended, child, printed } = await started(`
      interrupt.signal.addEventListener("abort", () => console.log("first"));
      await processes.run(spec);
      await new Promise(() => setInterval(() => {}, 1000));`);
    parent.kill("SIGINT");
    await until(() => printed().includes("first"));
    parent.kill("SIGTERM");
    expect(await ended).toBe(130);
    await until(() => !alive(child));
  });

  it("is not needed for children to die with a program that crashes", async () => {
    const { ended, child } = await started(
      `
      processes.run(spec);
      const { existsSync, readFileSync } = await import("node:fs");
      // A file that is there may be empty yet.
      while (!existsSync("pid") || readFileSync("pid", "utf8") === "") await new Promise((resolve) => setTimeout(resolve, 10));
      throw new Error("planted");`.replace(
        "throw",
        "console.error = () => {}; process.on('uncaughtException', () => process.exit(7)); throw",
      ),
    );
    expect(await ended).toBe(7);
    await until(() => !alive(child));
  });
});
