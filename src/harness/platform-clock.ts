import { type RealClock, VirtualClock } from "./virtual-clock.ts";

/** The platform's own clocks, whatever is put in their place later. */
export const realClock: RealClock = {
  ms: performance.now.bind(performance),
  ns: process.hrtime.bigint.bind(process.hrtime),
};

/**
 * The clock of a process that takes turns; null in one that runs alone. It is there before any tinybench is: this module comes first in the
 * harness, so that one which harness and module share (as when the harness runs unbuilt) has hold of it too.
 */
export const clock: VirtualClock | null = clockFor(process.env.BENCHGATE_SLICE);

/**
 * Puts virtual time in the place of the platform's clocks. While a module loads, its tinybench takes hold of a clock for good (version 6
 * keeps the function for each task, out of reach), so whoever takes one then gets one that `yields`. Afterwards they only stand still while
 * we wait: a benchmark that reads the time by itself is not interrupted half-way.
 */
export function installClock(clock: VirtualClock, { yields }: { readonly yields: boolean }): void {
  performance.now = yields ? clock.yieldingNow : clock.now;
  const bigint = yields ? clock.yieldingBigint : clock.bigint;
  process.hrtime = Object.assign((earlier?: [number, number]) => tuple(bigint(), earlier), { bigint });
}

function clockFor(slice: string | undefined): VirtualClock | null {
  if (slice === undefined) return null;
  const made = new VirtualClock(realClock, Number(slice));
  installClock(made, { yields: true });
  return made;
}

function tuple(now: bigint, earlier: [number, number] | undefined): [number, number] {
  const since = earlier === undefined ? 0n : BigInt(earlier[0]) * 1_000_000_000n + BigInt(earlier[1]);
  const passed = now - since;
  return [Number(passed / 1_000_000_000n), Number(passed % 1_000_000_000n)];
}
