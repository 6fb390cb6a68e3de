import { percent, plural, signedPercent, significant } from "../format.ts";
import { REASON, some } from "./pieces.ts";
import type { Table } from "./row.ts";

/** What machines, shards and runners had a part in, in words. */
export const MACHINES = {
  "common-shift": ({ suite, metric, statistic, ratio, lower, upper, benchmarks }, ink) => ({
    sentence: `All ${benchmarks} benchmarks of ${ink.name(suite)} moved together: ${ink.name(metric)} ${statistic} by ${signedPercent(ratio)} (${signedPercent(lower)} … ${signedPercent(upper)}).`,
    remedy: "Look for a cause that they share: the machine, the runtime, the build. Nothing was subtracted.",
  }),
  "odd-runner": ({ runner, suite, benchmark, metric, statistic, ratio, others, comparisons }, ink) => ({
    sentence: `Runner ${ink.name(runner)} saw ${ink.name(suite)} / ${ink.name(benchmark)} ${ink.name(metric)} ${statistic} change by ${signedPercent(ratio)}, and the others by ${signedPercent(others)}${comparisons > 1 ? ` (so in ${comparisons} comparisons)` : ""}.`,
    remedy: "The difference is part of the interval. Look at that machine, or run its job again.",
  }),
  "runners-missing": ({ pool, of, missing, runners }, ink) => ({
    sentence: `Of ${plural(runners, "runner", "runners")} of the pool ${ink.name(pool)}, ${missing.toLocaleString("en-US")} left nothing that counts${of === "" ? "" : ` of ${ink.name(of)}`}.`,
    remedy: "The others decide, with fewer pairs. See why in its job.",
  }),
  part: ({ shard, benchmarks, of, pool }, ink) => ({
    sentence: `This is a part of the gate: ${[
      ...(shard === ""
        ? []
        : [`shard ${ink.name(shard)}${of === 0 ? "" : `, ${benchmarks} of ${plural(of, "benchmark", "benchmarks")}`}`]),
      ...(pool === "" ? [] : [`one runner of the pool ${ink.name(pool)}`]),
    ].join(", on ")}.`,
    remedy: "The job with `fan-in` judges all of it.",
  }),
  "part-left-out": ({ part, reason }, ink) => ({
    sentence: `What ${ink.name(part)} left does not count: ${ink.name(reason, REASON)}.`,
    remedy: "Nothing to do if that is a job that ran again.",
  }),
  "different-sessions": () => ({
    sentence:
      "The two sides were measured at different times, so anything that differed between those times counts as change.",
    remedy: "Measure side by side to be sure: `benchgate run --base REF`.",
  }),
  canary: ({ suite, dropped, of }, ink) => ({
    sentence: `${dropped} of ${plural(of, "pair", "pairs")} of ${ink.name(suite)} ${dropped === 1 ? "was" : "were"} measured again, because the machine itself changed speed between the sides.`,
    remedy:
      "Pairs are repeated because of the machine's speed alone, never because of their results. A quieter machine repeats fewer.",
  }),
  "busy-machine": ({ steal, load, cores, throttled }) => ({
    sentence: `Other work was running on this machine: ${busyWith(steal, load, cores, throttled)}.`,
    remedy: "Expect to need more rounds; run one job at a time if you can.",
  }),
  "machine-unstable": ({ benchmarks }, ink) => ({
    sentence: `The machine is unstable: measured against itself, this revision appeared to change in ${some(benchmarks, ink)}.`,
    remedy: "Don't trust this run's verdicts; repeat it on a quieter machine.",
  }),
} satisfies Partial<Table>;

/** What was remarkable about a machine, as a list. */
function busyWith(steal: number, load: number, cores: number, throttled: number): string {
  const parts = [
    steal > 0.02 ? `${percent(steal)} of its time went to others` : null,
    load > cores ? `a load of ${significant(load)} on ${plural(cores, "core", "cores")}` : null,
    throttled > 0 ? `heat slowed its cores ${plural(throttled, "time", "times")}` : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
