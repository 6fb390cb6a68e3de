/** What a side tells the conductor over its pipe, a line each. */
export type SideMessage =
  /** Its process has started, and waits for its first turn. */
  | { readonly kind: "ready" }
  /** Its slice is over. */
  | { readonly kind: "slice" }
  /** The benchmarks that it will come to, in order. */
  | { readonly kind: "tasks"; readonly tasks: readonly string[] }
  /** It has come to a step: a phase of a benchmark. */
  | { readonly kind: "step"; readonly phase: Phase; readonly task: string };

/** What the conductor gives a side the turn with, one character: whether others are in the same phase, or have all left it. */
export const GO = { together: "g", last: "l" } as const;

/** A part of a benchmark's run that both sides go through at the same time. */
export type Phase = "warmup" | "run";

/** A slice is over thousands of times: one character says so. */
const SLICE = ".";

/** A message as it is written. */
export function messageLine(message: SideMessage): string {
  return `${message.kind === "slice" ? SLICE : JSON.stringify(message)}\n`;
}

/** The message on a line; null where somebody else wrote it, such as a benchmark that guesses at descriptors. */
export function parseMessage(line: string): SideMessage | null {
  if (line === SLICE) return { kind: "slice" };
  try {
    const message: SideMessage = JSON.parse(line);
    return message.kind === "ready" || message.kind === "tasks" || message.kind === "step" ? message : null;
  } catch {
    return null;
  }
}
