import type { Outcome } from "../../model/verdict.ts";
import { titleOf } from "../words/title.ts";
import { annotations } from "./annotations.ts";

/** A check run's own words: a conclusion that branch rules read, a title, and remarks on lines of the change. */
export interface Check {
  /** A warning is `neutral`, which passes where the check is required. */
  readonly conclusion: "success" | "neutral" | "failure";
  readonly title: string;
  readonly annotations: readonly {
    readonly file: string;
    readonly line: number;
    readonly level: "failure" | "warning";
    readonly title: string;
    readonly message: string;
  }[];
}

const CONCLUSIONS = { pass: "success", warn: "neutral", fail: "failure" } as const;
/** Ten requests of fifty. */
const MOST_ANNOTATIONS = 500;
const LONGEST_TITLE = 255;

/** An outcome as a check run. Findings of which no file is known are in its summary alone: GitHub takes none without one. */
export function checkOf(outcome: Outcome): Check {
  return {
    conclusion: CONCLUSIONS[outcome.outcome],
    title: titleOf(outcome).text,
    annotations: annotations(outcome, MOST_ANNOTATIONS).flatMap(({ file, line = 1, level, title, message }) =>
      file === undefined
        ? []
        : [{ file, line, level: level === "error" ? "failure" : level, title: title.slice(0, LONGEST_TITLE), message }],
    ),
  };
}
