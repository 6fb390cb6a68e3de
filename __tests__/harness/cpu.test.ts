import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { choosePin, cpuOf } from "../../src/harness/cpu.ts";

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
