import type { Position } from "../../model/error.ts";

/** Something in a set-up that makes its gate silent, wrong or useless, with the rule that names it. */
export interface Mistake {
  readonly rule: string;
  readonly problem: string;
  readonly remedy: string;
  readonly position: Position;
}

/** A file of the set-up. */
export interface SetupFile {
  readonly file: string;
  readonly text: string;
}

/** What a set-up is checked against. */
export interface SetupFacts {
  /** Paths of the repository's files, relative to its root. */
  readonly paths: readonly string[];
  /** The inputs of the action, by name. */
  readonly inputs: readonly string[];
  /** The tools whose output can never give a p99 of its own. */
  readonly withoutP99: readonly string[];
  /** The branch that pull requests go to; null where nobody knows. */
  readonly branch: string | null;
  /** ISO date, UTC. */
  readonly today: string;
}

/** A mistake as one line. */
export function mistakeLine({ rule, problem, remedy, position }: Mistake): string {
  const place = [position.file, position.line, position.column].filter((part) => part !== undefined).join(":");
  return `${place}: ${rule}: ${problem}. ${remedy}${remedy.endsWith("?") ? "" : "."}`;
}
