import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createProcesses } from "../../src/io/processes.ts";
import { STOPWATCHES } from "../../src/io/stopwatches.ts";
import { createTimer } from "../../src/io/timer.ts";
import type { ProcessResult, ProcessSpec, TimedSpec } from "../../src/ports/index.ts";
import { fakeProcesses } from "../fakes/processes.ts";
import { hasTool } from "../tool.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-timer-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { run, time } = createProcesses(process.env);

const spec = (argv: readonly [string, ...string[]], given: Partial<TimedSpec> = {}): TimedSpec => ({
  argv,
  cwd: folder,
  env: {},
  timeLimit: 60,
  memory: false,
  ...given,
});
const BURN = "const end = Date.now() + 200; while (Date.now() < end); globalThis.kept = Buffer.alloc(100e6, 1);";
const ended = (given: Partial<ProcessResult>): ProcessResult => ({
  exitCode: 0,
  signal: null,
  timedOut: false,
  stdout: "",
  overflowed: false,
  tail: "",
  seconds: 1,
  ...given,
});

const [, , python, bash, gnu, mac] = STOPWATCHES;
const HERE = [
  { name: "Python", stopwatch: python!, here: () => hasTool("/usr/bin/python3"), memory: true },
  { name: "bash", stopwatch: bash!, here: () => hasTool("bash"), memory: false },
  { name: "GNU time", stopwatch: gnu!, here: () => hasTool("/usr/bin/time", "-f", "%U", "true"), memory: true },
];

describe.each(HERE)("$name as a stopwatch", ({ stopwatch, here, memory }) => {
  const timed = (argv: readonly [string, ...string[]]) => run(spec(stopwatch.argv(argv)));
  const read = async (argv: readonly [string, ...string[]]) => {
    const result = await timed(argv);
    return { result, reading: stopwatch.read(result) };
  };

  it.skipIf(!here())("reads CPU time and peak memory", async () => {
    const { reading } = await read([process.execPath, "-e", BURN]);
    // The loop ends by the clock: on a busy machine it gets less than that of the CPU.
    expect(reading!.cpu.user + reading!.cpu.system).toBeGreaterThan(0.02);
    if (memory) expect(reading?.peakMemory).toBeGreaterThan(100e6);
    else expect(reading?.peakMemory).toBeNull();
    if (reading?.seconds !== null) expect(reading?.seconds).toBeGreaterThan(0.2);
  });

  it.skipIf(!here())("throws stdout away and keeps stderr as it is", async () => {
    const { result, reading } = await read(["sh", "-c", "echo out; echo benchgate 1 2 3 >&2; echo err >&2"]);
    expect(result.exitCode).toBe(0);
    expect(reading?.tail).toBe("benchgate 1 2 3\nerr");
    expect(result.stdout).not.toContain("out");
  });

  it.skipIf(!here())("passes an exit code on", async () => {
    const { result, reading } = await read(["sh", "-c", "echo why >&2; exit 3"]);
    expect(reading?.exitCode ?? result.exitCode).toBe(3);
    expect(reading?.tail).toBe("why");
  });

  it.skipIf(!here())("hands arguments and environment over as they are", async () => {
    const show = `require("fs").writeFileSync("shown", JSON.stringify([process.argv.slice(1), Object.keys(process.env).sort()]))`;
    const shown = () => JSON.parse(readFileSync(join(folder, "shown"), "utf8"));
    const argv = [process.execPath, "-e", show, "--", "a b", "$HOME", "*", ""] as const;
    await timed(argv);
    const [through, environment] = shown();
    await run(spec(argv));
    const [direct, usual] = shown();
    expect(through).toEqual(direct);
    // A shell in between may leave its own marks, which every command line has.
    const marks = ["_", "OLDPWD", "PWD", "SHLVL"];
    const own = (names: readonly string[]) => names.filter((name) => !marks.includes(name));
    expect(own(environment)).toEqual(own(usual));
  });
});

describe("a stopwatch of macOS", () => {
  it("is read although it says a lot", () => {
    const tail = [
      "warning: x",
      "        0.52 real         0.48 user         0.03 sys",
      "            41435136  maximum resident set size",
      "                   0  average shared memory size",
      "          1234567890  instructions retired",
    ].join("\n");
    expect(mac!.read(ended({ tail }))).toEqual({
      seconds: null,
      cpu: { user: 0.48, system: 0.03 },
      peakMemory: 41435136,
      tail: "warning: x",
    });
    expect(mac!.read(ended({ tail: "/usr/bin/time: invalid option -- 'l'" }))).toBeNull();
  });
});

describe("timing a process", () => {
  it("tells a missing program from one that fails", async () => {
    await expect(time(spec(["no-such-program-here"]))).rejects.toThrow("`no-such-program-here` is not on PATH");
    expect(await time(spec(["sh", "-c", "exit 127"]))).toMatchObject({ exitCode: 127 });
  });

  it.skipIf(!hasTool("/usr/bin/python3"))("names the signal that ended the process, not the stopwatch", async () => {
    expect(await time(spec(["sh", "-c", "kill -9 $$"]))).toMatchObject({ exitCode: null, signal: "SIGKILL" });
  });

  it("ends it at its time limit", async () => {
    const result = await time(spec(["sleep", "1000"], { timeLimit: 1 }));
    expect(result).toMatchObject({ timedOut: true, cpu: null, peakMemory: null });
  });

  it.skipIf(!hasTool("/usr/bin/time", "-f", "%U", "true"))(
    "tells the peak of a process that is smaller than the stopwatch",
    async () => {
      const { peakMemory } = await time(spec(["true"], { memory: true }));
      expect(peakMemory).toBeGreaterThan(0);
      expect(peakMemory).toBeLessThan(6e6);
    },
  );

  it("is not led astray by files of the folder it runs in", async () => {
    for (const name of ["time.py", "posix.py", "sys.py", "os.py"])
      writeFileSync(join(folder, name), "raise SystemExit(9)\n");
    expect(await time(spec(["true"]))).toMatchObject({ exitCode: 0 });
  });
});

describe("choosing a stopwatch", () => {
  const isTrial = ({ argv }: ProcessSpec) => argv.at(-1) === "true";

  it("takes the first that works, once, and no other after it", async () => {
    const processes = fakeProcesses(({ argv }) => {
      if (argv[0] === "env") return { exitCode: 1 };
      if (argv[0] === "bash") return { stdout: "benchgate 0.250 0.100 0.050\n" };
      return {};
    });
    const timed = createTimer(processes.run, "linux");
    expect(await timed(spec(["tool"]))).toEqual({
      exitCode: 0,
      signal: null,
      timedOut: false,
      tail: "",
      seconds: 0.25,
      cpu: { user: 0.1, system: 0.05 },
      resolution: 1e-3,
      startUp: null,
      peakMemory: null,
    });
    await timed(spec(["tool"]));
    expect(processes.specs.filter(isTrial)).toHaveLength(4);
    expect(processes.specs.slice(4).map(({ argv }) => argv.at(-1))).toEqual(["tool", "tool"]);
  });

  it("tells its start-up where it does not time the child itself", async () => {
    const processes = fakeProcesses(({ argv }) => {
      if (argv[0] === "/usr/bin/time")
        return { tail: "benchgate 0.10 0.02 2048", seconds: argv.at(-1) === "true" ? 0.005 : 0.5 };
      return argv[0] === "true" ? { seconds: 0.002 } : { exitCode: 1 };
    });
    const result = await createTimer(processes.run, "linux")(spec(["tool"], { memory: true }));
    expect(result).toMatchObject({ peakMemory: 2048 * 1024, resolution: 0.01 });
    expect(result.seconds).toBe(0.5);
    expect(result.startUp).toEqual({ under: new Array(9).fill(0.005), alone: new Array(9).fill(0.002) });
    expect(result.cpu).toEqual({ user: 0.1, system: 0.02 });
  });

  it.each(["linux", "win32"] as const)("leaves wall-clock time alone where there is none (%s)", async (platform) => {
    const processes = fakeProcesses(({ argv }) => (argv[0] === "tool" ? { seconds: 3 } : { exitCode: 1 }));
    expect(await createTimer(processes.run, platform)(spec(["tool"], { memory: true }))).toMatchObject({
      exitCode: 0,
      seconds: 3,
      cpu: null,
      peakMemory: null,
    });
  });

  it("asks GNU time for a peak that the stopwatch's own may hide", async () => {
    const processes = fakeProcesses(({ argv }) => {
      if (argv[0] === "/usr/bin/time") return { tail: "benchgate 0.00 0.00 1500" };
      return { stdout: `benchgate 0.1 0.1 0 ${argv.at(-1) === "big" ? 90e6 : 8e6} 0 0` };
    });
    const timed = createTimer(processes.run, "linux");
    expect(await timed(spec(["small"], { memory: true }))).toMatchObject({ peakMemory: 1500 * 1024 });
    expect(await timed(spec(["big"], { memory: true }))).toMatchObject({ peakMemory: 90e6 });
    expect(await timed(spec(["small"]))).toMatchObject({ peakMemory: null });
  });
});
