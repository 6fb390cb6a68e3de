import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/**
 * Gives back the memory that is no longer used, and from now on lets the heap outgrow what is alive in it by `growth` percent before it is looked through
 * again. Left to itself V8 waits until the heap is several times as large, which a program that reads what strangers wrote cannot afford. Node has no other
 * way to ask for it once it runs.
 */
export function collectGarbage(growth: number): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("globalThis.gc");
  if (typeof collect === "function") collect();
}
