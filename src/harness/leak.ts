/** What a benchmark's measurement left on the heap: bytes after collection beyond those before it, and how many operations it made. */
export interface Grown {
  readonly bytes: number;
  readonly runs: number;
}

/** What it takes to look again: `run` makes so many operations, or says that it cannot; `heap` collects the garbage and gives what is left, in bytes. */
export interface Means {
  readonly run: (runs: number) => Promise<boolean>;
  readonly heap: () => number;
}

/** An operation that leaves less is no leak: smaller than any object with a field or two, and than what its own engine keeps of it. */
const LEAST = 16;
/** Compiled code and its feedback come and go by this many bytes, and by as many again for each time that so few operations go into this number. */
const NOISE = 32 * 1024;
const FEW = 100;

/** How often it is looked again, and how large a part of the measured operations each look makes. */
const LOOKS = 6;
const PART = 12;
/** A look makes at least as many operations as should leave this many bytes: collected heaps differ by a tenth of that. */
const PER_LOOK = 8 * 1024;
/** A look may find less, once: the engine has let go of something of its own. A heap that rises and falls has then lost all that it had gained. */
const ODD = 1;
/** The share of the usual look that each other must leave, and of what the looks leave an operation that the measurement must have left. */
const STEADY = 0.25;

/** Whether a measurement left so much that it is worth looking again. What leaves nothing costs nothing. */
function mayLeak({ bytes, runs }: Grown): boolean {
  return runs > 0 && bytes >= NOISE * (1 + FEW / runs) && bytes / runs >= LEAST;
}

/**
 * What each operation leaves on the heap for good, in bytes; 0 where it is not shown to leave anything.
 *
 * What the measurement left may be a cache that was filled once, or a heap that rises and falls: so it is looked at again, and look after look must find more. What
 * an operation leaves is the median over the looks (Theil and Sen's slope of equal steps), which a table that doubles now and then does not move.
 */
export async function leakOf(grown: Grown, { run, heap }: Means): Promise<number> {
  if (!mayLeak(grown)) return 0;
  const each = grown.bytes / grown.runs;
  const runs = Math.max(1, Math.ceil(grown.runs / PART), Math.ceil(PER_LOOK / each));
  const left: number[] = [];
  // The first operations after a pause compile what has been let go of.
  if (!(await run(1))) return 0;
  let before = heap();
  for (let look = 0; look < LOOKS; look++) {
    if (!(await run(runs))) return 0;
    const after = heap();
    left.push(after - before);
    // Whatever the others find: of what leaves `LEAST` an operation, all but `ODD` looks find so much.
    if (left.filter((found) => found < STEADY * LEAST * runs).length > ODD) return 0;
    before = after;
  }
  const ascending = [...left].sort((a, b) => a - b);
  const usual = (ascending[LOOKS / 2 - 1]! + ascending[LOOKS / 2]!) / 2;
  const slope = usual / runs;
  const all = left.reduce((sum, found) => sum + found, 0);
  const isSteady = ascending[ODD]! >= STEADY * usual && all >= (LOOKS / 2) * usual && each >= STEADY * slope;
  return isSteady && slope >= LEAST ? slope : 0;
}
