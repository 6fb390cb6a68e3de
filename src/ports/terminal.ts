/** The terminal that a command was started from. */
export interface Terminal {
  /** Results: the only thing that goes to stdout. */
  out(text: string): void;
  /** A result that is no text, on stdout as it is. */
  bytes(bytes: Uint8Array): void;
  /** Progress and prose, on stderr. */
  err(text: string): void;
  /** Replaces the last progress line where stderr is a terminal; prints `line` where it is not. Empty: clears it. */
  progress(line: string): void;
  /** Stdin in pieces, as text in UTF-8. It can be read once. */
  input(): AsyncIterable<Uint8Array>;
  /** Whether it does replace it. */
  readonly live?: boolean;
  readonly columns: number;
  readonly colour: boolean;
}
