import { describe, expect, it } from "vitest";
import { createProcesses } from "../../src/io/processes.ts";
import { setUp } from "../../src/measure/setup.ts";
import { GateError } from "../../src/model/error.ts";

const processes = createProcesses(process.env);
const side = { name: "baseline" as const, cwd: process.cwd() };

describe("setting a side up", () => {
  it("does nothing without a command, and is content with exit code 0", async () => {
    await setUp({ processes }, side, null);
    await setUp({ processes }, { ...side, cwd: "/" }, { kind: "shell", shell: "sh", line: 'test "$PWD" = /' });
  });

  it("tells on one line what failed, on which side, and what it said last", async () => {
    const line = "for i in 1 2 3 4 5 6 7; do echo line $i; done\necho 'not found' >&2; exit 4";
    const error = await setUp({ processes }, side, { kind: "shell", shell: "sh", line }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(GateError);
    const { kind, problem, message } = error as GateError;
    expect(kind).toBe("measure");
    expect(problem).toMatch(/of the baseline exited with code 4: line 4 \| line 5 \| line 6 \| line 7 \| not found$/);
    expect(message).not.toContain("\n");
  });
});
