/** The user's wish to stop. */
export interface Interrupt {
  /** Aborts on the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Null while nobody has interrupted; else what the program must exit with. */
  exitCode(): number | null;
}
