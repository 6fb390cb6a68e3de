import type { Warning } from "../model/warning.ts";
import type { Vitals } from "../ports/index.ts";

/** The share of stolen time beyond which a measurement is remarkable. */
const REMARKABLE_STEAL = 0.02;

/**
 * What was remarkable about the machine between the beginning and the end of a measurement: time that the hypervisor gave to others,
 * more processes waiting than there are cores both before and after, cores slowed down for heat. Null where nothing was.
 */
export function busyMachine(before: Vitals, after: Vitals, cores: number): Warning | null {
  const steal = stolen(before, after);
  // What was measured is part of the load at the end, what was built before of the load at the beginning: foreign is what both have.
  const load = Math.min(before.load ?? 0, after.load ?? 0);
  const throttled = Math.max(0, (after.throttled ?? 0) - (before.throttled ?? 0));
  if (steal <= REMARKABLE_STEAL && load <= cores && throttled === 0) return null;
  return { code: "busy-machine", steal, load, cores, throttled };
}

function stolen({ cpu: before }: Vitals, { cpu: after }: Vitals): number {
  if (before === null || after === null || after.total <= before.total) return 0;
  return Math.max(0, (after.steal - before.steal) / (after.total - before.total));
}
