import type { Design } from "../../../model/verdict.ts";
import type { Warning } from "../../../model/warning.ts";
import type { Ink } from "../../parts/ink.ts";

/** A warning in words: what is the case, and what to do about it. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

/** What a warning is about, where that is one metric: needed to write its numbers in the right unit. */
export interface Subject {
  readonly unit: string;
  readonly metric: string;
  /** How its sides were brought together, which some remedies depend on. */
  readonly comparison?: { readonly design: Design } | null;
}

/** The warning of a code. */
export type Coded<Code extends Warning["code"]> = Extract<Warning, { readonly code: Code }>;

/** How each warning is put into words, everything from outside written in `ink`. */
export type Table = {
  readonly [Code in Warning["code"]]: (warning: Coded<Code>, ink: Ink, subject: Subject | null) => Message;
};
