import { setTimeout as delay } from "node:timers/promises";
import type { Clock } from "../ports/index.ts";

/** The machine's clocks. */
export function createClock(): Clock {
  return {
    now: () => new Date(),
    monotonic: () => performance.now() / 1000,
    sleep: async (seconds) => {
      await delay(seconds * 1000);
    },
  };
}
