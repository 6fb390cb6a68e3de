/** What to do about an error: `fix` is the user's to mend (exit code 2), `measure` means that nothing could be measured (exit code 3). */
export type GateErrorKind = "fix" | "measure";

/** A place in a file. Lines and columns count from 1; `path` is a key path such as `rounds[3].pair`. */
export interface Position {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly path?: string;
}

/**
 * An error that the user can act on; anything else that is thrown is a bug and keeps its stack.
 * `message` reads, on one line: `file:line:column: path: what is wrong. Remedy.`
 */
export class GateError extends Error {
  readonly kind: GateErrorKind;
  readonly problem: string;
  readonly remedy: string;
  readonly position: Position;

  constructor(problem: string, remedy: string, position: Position = {}, kind: GateErrorKind = "fix") {
    super([words(position), position.path, `${problem}. ${remedy}`].filter(Boolean).join(": "));
    this.name = "GateError";
    this.kind = kind;
    this.problem = problem;
    this.remedy = remedy;
    this.position = position;
  }

  /** The same error at `place`, which fills only what its own position lacks: whoever threw it knew best where it is. */
  at(place: Position): GateError {
    return new GateError(this.problem, this.remedy, { ...place, ...this.position }, this.kind);
  }
}

/** What `step` gives, or promises; a `GateError` from within it is `at` the position. */
export function placed<T>(position: Position, step: () => T): T {
  const rethrow = (error: unknown): never => {
    throw error instanceof GateError ? error.at(position) : error;
  };
  try {
    const given = step();
    return given instanceof Promise ? (given.catch(rethrow) as T) : given;
  } catch (error) {
    return rethrow(error);
  }
}

function words({ file, line, column }: Position): string {
  return [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(":");
}
