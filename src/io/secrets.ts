import { closeSync, openSync, readFileSync, writeSync } from "node:fs";

/** The variables whose values nobody needs once the inputs have been read: tokens, by name. */
const SECRET =
  /^(?:(?:GITHUB|GH)_(?:ENTERPRISE_)?TOKEN|ACTIONS_(?:RUNTIME|ID_TOKEN_REQUEST)_TOKEN|INPUT_TOKEN|OTEL_EXPORTER_OTLP_(?:METRICS_)?HEADERS)$/i;

/**
 * Overwrites the tokens among what this process was started with, and takes them out of `process.env`: on Linux every process of the
 * same user may read the former (/proc/PID/environ), children included. Elsewhere, and where the system does not allow it, only the
 * latter. What still needs one must have taken it before.
 *
 * The block lies where fields 50 and 51 of /proc/self/stat say (proc_pid_stat(5)); only values are overwritten, in place and at the
 * same length, so that whoever holds a pointer into it still finds text.
 */
export function forgetSecrets(): void {
  for (const name of Object.keys(process.env)) if (SECRET.test(name)) delete process.env[name];
  if (process.platform !== "linux") return;
  try {
    overwrite();
  } catch {
    // A system without /proc, or one that guards it even against ourselves.
  }
}

function overwrite(): void {
  const stat = readFileSync("/proc/self/stat", "latin1");
  // The second field is the program's own name, which may hold spaces and brackets; the third follows it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const [start, end] = [Number(fields[50 - 3]), Number(fields[51 - 3])];
  const block = readFileSync("/proc/self/environ", "latin1");
  if (!(start > 0) || block.length !== end - start) return;
  const memory = openSync("/proc/self/mem", "r+");
  try {
    let at = 0;
    for (const entry of block.split("\0")) {
      const equals = entry.indexOf("=");
      const length = entry.length - equals - 1;
      if (equals > 0 && length > 0 && SECRET.test(entry.slice(0, equals))) {
        writeSync(memory, Buffer.alloc(length, "*"), 0, length, start + at + equals + 1);
      }
      at += entry.length + 1;
    }
  } finally {
    closeSync(memory);
  }
}
