import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** By how much the heap may outgrow what is alive in it before it is looked through again, in percent. V8's own choice is several times as much. */
const GROWTH = 30;

/**
 * Gives back the memory that is no longer used, and from now on lets the heap grow slowly. Left to itself V8 waits until the heap is several times as large as what is alive in it, which a program that
 * reads what strangers wrote cannot afford. Node has no other way to ask for it once it runs.
 */
export function collectGarbage(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH}`);
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  if (typeof collect === "function") collect();
}
