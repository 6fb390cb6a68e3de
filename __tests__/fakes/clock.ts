import type { Clock } from "../../src/ports/index.ts";

/** A clock that stands still until somebody sleeps or `pass`es time. */
export function fakeClock(start = "2026-11-22T10:00:00.000Z"): Clock & { pass(seconds: number): void } {
  let seconds = 0;
  const pass = (by: number) => {
    seconds += by;
  };
  return {
    now: () => new Date(Date.parse(start) + seconds * 1000),
    monotonic: () => seconds,
    sleep: async (by) => pass(by),
    pass,
  };
}
