import { existsSync, readFileSync, rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createProcesses } from "../../src/io/processes.ts";
import { setUp, trySetUp, unbuilt } from "../../src/measure/setup.ts";
import { GateError } from "../../src/model/error.ts";
import type { Command } from "../../src/model/plan.ts";
import { fakeProcesses } from "../fakes/processes.ts";

const processes = createProcesses(process.env);
const side = { name: "baseline" as const, cwd: process.cwd() };
const sh = (line: string): Command => ({ kind: "shell", shell: "sh", line });

describe("setting a side up", () => {
  it("does nothing without a command, and is content with exit code 0", async () => {
    await setUp({ processes }, side, null);
    await setUp({ processes }, { ...side, cwd: "/" }, sh('test "$PWD" = /'));
    expect(await trySetUp({ processes }, side, sh("true"))).toEqual({ ok: true });
  });

  it("tells on one line what failed, on which side, and what it said last", async () => {
    const line = "for i in 1 2 3 4 5 6 7; do echo line $i; done\necho 'not found' >&2; exit 4";
    const error = await setUp({ processes }, side, sh(line)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GateError);
    const { kind, problem, message } = error as GateError;
    expect(kind).toBe("measure");
    expect(problem).toMatch(/of the baseline exited with code 4: line 4 \| line 5 \| line 6 \| line 7 \| not found$/);
    expect(message).not.toContain("\n");
  });

  it("is a failure of every suite of that side, with its output, for whoever goes on without it", async () => {
    const result = await trySetUp({ processes }, side, sh("echo one; echo two >&2; exit 5"));
    if (result.ok) throw new Error("it should have failed");
    const revision = { sha: "abc", ref: "", committedAt: "" };
    const environment = { os: "linux", arch: "x64", cpu: "c", cores: 2, runtime: "none" };
    const recording = unbuilt({ revision }, result.failure, {
      session: "s/1",
      suites: [{ name: "a" }, { name: "b" }],
      environment,
      startedAt: "2026-11-22T10:00:00Z",
    });
    expect(recording).toMatchObject({ revision, environment, rounds: [{ session: "s/1", pair: 0, measurements: [] }] });
    expect(recording.rounds[0]?.failures.map(({ suite, benchmark }) => [suite, benchmark])).toEqual([
      ["a", "*"],
      ["b", "*"],
    ]);
    expect(recording.rounds[0]?.failures[0]).toMatchObject({
      reason:
        "setup `echo one; echo two >&2; exit 5` of the baseline exited with code 5. Run it by hand in a fresh checkout of the baseline.",
      output: expect.stringMatching(/^(one\ntwo|two\none)$/),
    });
  });

  it("does not fail for an hour's limit without saying so", async () => {
    const slow = fakeProcesses(() => ({ timedOut: true, exitCode: null, signal: "SIGTERM", tail: "still linking" }));
    const result = await trySetUp({ processes: slow }, side, sh("make"));
    expect(result).toMatchObject({
      ok: false,
      failure: { problem: expect.stringContaining("limit of 3600 s"), output: "still linking" },
    });
  });

  it.runIf(process.platform === "linux")(
    "leaves a daemon that it started alone: what is measured may need it",
    async () => {
      const file = `/tmp/benchgate-setup-${process.pid}`;
      await setUp(
        { processes },
        side,
        sh(`setsid sh -c 'echo $$ >${file}; exec sleep 1000' >/dev/null 2>&1 & sleep 0.3`),
      );
      expect(existsSync(file)).toBe(true);
      const pid = Number(readFileSync(file, "utf8"));
      expect(() => process.kill(pid, 0)).not.toThrow();
      process.kill(pid, "SIGKILL");
      rmSync(file);
    },
  );
});
