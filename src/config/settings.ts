import { EXPLAIN_MODES } from "../model/explanation.ts";
import { many, one, type SettingTable, type SettingType, TEXT } from "../model/setting.ts";
import { MOST_ROUNDS, PAIRS, STORED_ROUNDS } from "./defaults.ts";
import { choice, duration, globs, wholeNumber } from "./fields.ts";
import { ON_INCONCLUSIVE } from "./schema.ts";
import { parseThresholds } from "./thresholds.ts";

/** A length of time, in seconds. */
export const DURATION = one(duration);

/** Thresholds; none where they are absent. */
const THRESHOLDS = many(parseThresholds);

/** One of some words. */
export function oneOf<Word extends string>(words: readonly Word[]): SettingType<Word | null, "value"> {
  return one((word) => choice(word, words));
}

/** Globs that stay inside the repository, one a line; null where they are absent. */
const GLOBS = many((words) => (words.length === 0 ? null : globs(words.flatMap(lines))));

/** A number of rounds. */
const ROUNDS = one((word) => wholeNumber(word, MOST_ROUNDS));

/**
 * The settings that inputs and flags share. None has a default: where benchgate.yml can say it too, an absent one leaves it to the file.
 */
export const SETTINGS = {
  config: {
    type: TEXT,
    value: "FILE",
    about: "Path of the configuration file. Without it, `benchgate.yml` is read where it exists.",
  },
  run: {
    type: TEXT,
    value: "COMMAND",
    about: "A command, as a line for `sh`, that runs the benchmarks once. Each round starts it in a fresh process.",
  },
  bench: {
    type: GLOBS,
    value: "GLOB",
    about:
      "Globs of tinybench modules inside the repository, one per line, for Benchgate's own harness. Instead of `run`.",
  },
  tool: {
    type: TEXT,
    value: "NAME",
    about:
      "The tool whose output `run` leaves behind, such as `tinybench` or `k6`. `auto` (the default) recognises it.",
  },
  setup: {
    type: TEXT,
    value: "COMMAND",
    about:
      "A command that runs once in each side's working tree before the first round, such as `npm ci && npm run build`.",
  },
  threshold: {
    type: THRESHOLDS,
    value: "SHARE",
    about:
      "Smallest relative change that counts: `5%` for all gating statistics, or `p50=5%, p99=15%`. Ignored for metrics that have a budget in `benchgate.yml`. Default: p50=5%, p99=15%.",
  },
  rounds: {
    type: ROUNDS,
    value: "N",
    about: `Number of rounds, each in a fresh process. Default: ${STORED_ROUNDS} against stored runs; side by side up to ${PAIRS} pairs, stopping as soon as everything is decided.`,
  },
  "time-budget": {
    type: DURATION,
    value: "TIME",
    about:
      "Maximum time spent measuring, such as `10m`. Undecided benchmarks report how much more they would need. Default: `10m`, but never less than the rounds of the first look.",
  },
  explain: {
    type: oneOf(EXPLAIN_MODES),
    value: "WORD",
    about:
      "When both sides are profiled after the measurement to name the function that got slower, where something is `red` (the default), `always` or `never`; `deep` measures as well whether it comes with the code, the dependencies or the runtime. It takes two minutes a gate at most, or `explain-budget`, and changes no verdict.",
  },
  "skip-same-code": {
    type: oneOf(["true", "false"]),
    value: "WORD",
    about:
      "Whether benchmarks whose code is the same on both sides are left out, side by side: `true` (the default) or `false`. Everything that a module loads and reads is compared, and what cannot be seen is measured.",
  },
  "on-inconclusive": {
    type: oneOf(ON_INCONCLUSIVE),
    value: "WORD",
    about:
      "What an inconclusive verdict on a gating statistic does to the outcome, `pass`, `warn` (the default) or `fail`.",
  },
} as const satisfies SettingTable;

/** The lines of a text that have something in them. */
export function lines(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}
