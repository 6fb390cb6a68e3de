import type { Warning } from "../../model/warning.ts";
import type { Ink } from "../parts/ink.ts";
import { CONFIGURATION } from "./messages/configuration.ts";
import { GITHUB } from "./messages/github.ts";
import { JUDGING } from "./messages/judging.ts";
import { MACHINES } from "./messages/machines.ts";
import { ROUNDS } from "./messages/rounds.ts";
import type { Message, Subject, Table } from "./messages/row.ts";
import { SAME_CODE } from "./messages/same-code.ts";
import { STORED } from "./messages/stored.ts";
import { TOOLS } from "./messages/tools.ts";

/** Every warning in words. A code without a row does not compile. */
const MESSAGES: Table = {
  ...ROUNDS,
  ...JUDGING,
  ...MACHINES,
  ...STORED,
  ...SAME_CODE,
  ...CONFIGURATION,
  ...TOOLS,
  ...GITHUB,
};

/** A warning in words, with everything from outside written in `ink`. */
export function message(warning: Warning, ink: Ink, subject: Subject | null = null): Message {
  const write = MESSAGES[warning.code] as (warning: Warning, ink: Ink, subject: Subject | null) => Message;
  return write(warning, ink, subject);
}

/** A warning with its remedy, on one line. */
export function messageLine(warning: Warning, ink: Ink): string {
  const { sentence, remedy } = message(warning, ink);
  return `${sentence} ${remedy}`;
}

/** What each exit code of the command line says, in words. */
export const EXIT_WORDS = {
  0: "passed",
  1: "a regression, a broken limit, a missed goal, or no benchmark in common",
  2: "usage, configuration or input error",
  3: "could not measure",
} as const;
