/** Progress for people in a workflow's log. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
  /** Child output that must not be taken for workflow commands. */
  quote(text: string): void;
}
