import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import { afterAll, describe, expect, it } from "vitest";
import { readProfile } from "../../src/explain/readers/index.ts";
import { Profiler, profileOrder } from "../../src/harness/profiler.ts";

const folder = mkdtempSync(join(tmpdir(), "benchgate-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kept: object[] = [];

function leaves(): void {
  for (let i = 0; i < 2000; i++) kept.push(Array.from({ length: 50 }, () => i));
}
function forgets(): number {
  let all = 0;
  for (let i = 0; i < 2000; i++) all += Array.from({ length: 500 }, () => i).length;
  return all;
}

/** What the profiler saw of both functions, and of what they called for it, in bytes. */
function seen(mode: string): { readonly leaves: number; readonly forgets: number } {
  const path = join(folder, mode);
  const order = profileOrder({
    BENCHGATE_PROFILE: path,
    BENCHGATE_PROFILE_MODE: mode,
    BENCHGATE_PROFILE_INLINING: "1",
  });
  const profiler = new Profiler(order!);
  profiler.start();
  leaves();
  forgets();
  profiler.stop(path, 1);
  const { nodes, frames, unit, usage } = readProfile(readFileSync(path), path);
  expect(unit).toBe("B");
  // Only the main thread tells what the system counts of the process.
  expect(usage !== undefined).toBe(isMainThread && process.platform !== "win32");
  const below = (name: string) => {
    const inside: boolean[] = [];
    return nodes.reduce((sum, { frame, parent, weight }) => {
      const isInside = frames[frame]!.name === name || (inside[parent] ?? false);
      inside.push(isInside);
      return isInside ? sum + weight : sum;
    }, 0);
  };
  return { leaves: below("leaves"), forgets: below("forgets") };
}

describe("the profiler of memory", () => {
  it("sees all that is allocated, whether it stays or not", () => {
    const { leaves, forgets } = seen("heap");
    expect(leaves).toBeGreaterThan(0.4e6);
    expect(forgets).toBeGreaterThan(4 * leaves);
  });

  it("sees what stays, and nothing that is gone", () => {
    const { leaves, forgets } = seen("live");
    expect(leaves).toBeGreaterThan(0.4e6);
    expect(forgets).toBeLessThan(0.2 * leaves);
  });
});
