import type { Standing } from "./answer.ts";
import type { Input } from "./inputs.ts";

/** What is done to a candidate, and what must not come of it: red where nothing is worse, silence where something is. */
export const SCENARIOS = {
  unchanged: "red",
  "half the samples": "red",
  "all worse": "silent",
  "two files": "silent",
  "stored runs": "silent",
  "half and worse": "silent",
  "tail worse": "silent",
  "one worse": "silent",
  "one gone": "silent",
  "part gone": "silent",
  "bad round": "silent",
  "printed into": "silent",
  "all failed": "silent",
} as const;
export type Scenario = keyof typeof SCENARIOS;

/** What is wrong with an answer: of which benchmark and metric, and in words that are the same for all of the kind. */
export interface Finding {
  readonly of: string;
  readonly what: string;
}

/** One candidate, and how it was answered. */
export interface Trial {
  readonly tool: string;
  readonly input: string;
  readonly scenario: Scenario;
  /** What exactly was done, where a scenario has several candidates. */
  readonly detail: string;
  /** `refused`: the output was, with the place in it; `green`: neither red nor worse. */
  readonly result: Standing["kind"] | "refused" | "green";
  /** What passed in silence, or was red for nothing. */
  readonly findings: readonly Finding[];
}

/** Whether an answer is what must not be. */
export function isWrong({ scenario, result }: Pick<Trial, "scenario" | "result">): boolean {
  return result === SCENARIOS[scenario];
}

/** What names a trial. */
export function trialNamed({ tool, source, name }: Input, scenario: Scenario, detail = "") {
  return { tool, input: `${source} ${name}`, scenario, detail };
}
