import { smallest } from "../model/extremes.ts";

/** Times that the kernel is run for one reading: the best of them is what the machine can do now. */
const TRIES = 3;

/** Runs before the first reading, so that the compiler is done with the kernel: it is after the first. */
const REHEARSALS = 5;

/** Steps of the kernel: a few milliseconds. */
const STEPS = 400_000;

/** 256 KiB, about a core's own cache: who shares the machine is felt in time and in memory. */
const TABLE = new Int32Array(65_536).map((_, index) => Math.imul(index, 0x9e3779b1));

let rehearsed = false;

/**
 * The seconds that a fixed piece of work takes on this machine at this moment: integer arithmetic and reads all over a small table,
 * whatever is being measured besides. It tells how two moments differ, and nothing about how fast a machine is.
 */
export function canary(): number {
  for (let run = 0; run < REHEARSALS && !rehearsed; run++) kernel();
  rehearsed = true;
  return smallest(Array.from({ length: TRIES }, timed));
}

function timed(): number {
  const started = performance.now();
  kernel();
  return (performance.now() - started) / 1000;
}

/** Marsaglia's xorshift (Journal of Statistical Software 8(14), 2003), 32 bits, whose state chooses what is read next. */
function kernel(): number {
  let state = 2_463_534_242 | 0;
  for (let step = 0; step < STEPS; step++) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state = (state ^ TABLE[state & 0xffff]!) | 1;
  }
  return state;
}
