import { GateError } from "../model/error.ts";
import type { Command, Shell } from "../model/plan.ts";
import type { WrittenCommand } from "./schema.ts";

/** A command as the model has it: a line is for `shell`. */
export function commandOf(written: WrittenCommand, shell: Shell = "sh"): Command {
  if ("line" in written) return { kind: "shell", line: written.line, shell };
  const [program, ...rest] = written.argv;
  return { kind: "argv", argv: [program!, ...rest] };
}

/** The error for a key that means nothing as things are. */
export function unfit(key: string, beside: string): GateError {
  return new GateError(`${key} requires ${beside}`, "Add that, or remove this", { path: key });
}
