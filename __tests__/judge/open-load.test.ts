import { describe, expect, it } from "vitest";
import type { Recording } from "../../src/model/recording.ts";
import { gaussian, type Random, xoshiro128 } from "../../src/stats/random.ts";
import { aSeries, many } from "../synthetic.ts";
import { judged, row } from "./kit.ts";

const PAIRS = 12;
const REQUESTS = 1500;
/** 250 requests a second. */
const EVERY = 0.004;

/**
 * An open load on a service that takes one request after the other: a request is sent every 4 ms whether or not the last one was answered, so that a
 * stall hits its neighbours too, and samples follow each other. Latencies are a log-normal 2 ms; rounds differ by 2 %, and each of both sides has a
 * pause of its own now and then.
 */
function load(seed: number, stalls: (random: Random) => boolean): Recording {
  const random = xoshiro128(seed);
  return aSeries(PAIRS, () => {
    const level = 0.002 * Math.exp(0.02 * gaussian(random));
    let free = 0;
    const latencies = Array.from({ length: REQUESTS }, (_, i) => {
      const sent = i * EVERY;
      const pause = random() < 0.006 ? 0.005 : 0;
      const work = level * Math.exp(0.25 * gaussian(random)) + pause + (stalls(random) ? 0.008 : 0);
      free = Math.max(sent, free) + work;
      return free - sent;
    });
    return { ...many(latencies), loadModel: "open" };
  });
}
const sound = () => false;
/** 8 ms in 1 of 40 requests. */
const stalling = (random: Random) => random() < 1 / 40;

describe("an open load of 1,500 requests a round, 12 pairs", () => {
  it("proves a regression of p99 alone, though neighbours share each stall", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const outcome = judged(load(seed, sound), load(seed + 1000, stalling), {}, "side-by-side");
      expect(row(outcome, "p99"), `seed ${seed}`).toMatchObject({ verdict: "regression", severity: "gate" });
      expect(row(outcome, "p50").verdict, `seed ${seed}`).not.toBe("regression");
      expect(outcome.outcome).toBe("fail");
    }
  });

  it("says beside it that samples follow each other, which bars nothing", () => {
    const { warnings } = row(judged(load(1, sound), load(1001, stalling), {}, "side-by-side"), "p99");
    expect(warnings.map(({ code }) => code)).toContain("correlated");
  });

  it.each([
    ["without stalls", sound],
    ["with stalls on both sides", stalling],
  ])("is never red on unchanged code %s, in 40 runs", (_, service) => {
    for (let seed = 1; seed <= 40; seed++) {
      const outcome = judged(load(seed, service), load(seed + 5000, service), {}, "side-by-side");
      expect(
        outcome.judgements.map(({ verdict }) => verdict),
        `seed ${seed}`,
      ).not.toContain("regression");
    }
  });
});
