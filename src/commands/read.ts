import { ADAPTERS } from "../adapters/index.ts";
import { selectAdapter } from "../adapters/select.ts";
import { decodeRecording } from "../codec.ts";
import { GateError } from "../model/error.ts";
import { RECORDING_SCHEMA, type Recording } from "../model/recording.ts";
import type { Files, Terminal } from "../ports.ts";

const UNKNOWN = { os: "unknown", arch: "unknown", cpu: "unknown", cores: 0, runtime: "unknown" };

/**
 * Reads a recording, or a tool's output as one; `-` is stdin. Without `tool` a recording is known by its schema, anything else by its
 * content. A tool's output carries no revision and no environment; its rounds are the separate processes that it holds.
 */
export async function readRecording(
  file: string,
  tool: string | null,
  suite: string | null,
  { files, terminal }: { files: Files; terminal: Terminal },
): Promise<Recording> {
  const text = file === "-" ? await terminal.readInput() : await files.readText(file);
  const name = file === "-" ? "stdin" : file;
  try {
    if (tool === null && looksLikeRecording(text)) return decodeRecording(text);
    const adapter = selectAdapter(ADAPTERS, tool ?? "auto", text);
    const rounds = adapter.name === "benchgate" ? null : adapter.parse({ text });
    if (rounds === null) return decodeRecording(text);
    const label = suite ?? adapter.name;
    return {
      revision: { sha: "", ref: "", committedAt: "" },
      environment: UNKNOWN,
      rounds: rounds.map(({ measurements, failures }, pair) => ({
        session: "",
        pair,
        startedAt: "",
        measurements: measurements.map((measurement) => ({ suite: label, ...measurement })),
        failures: failures.map((failure) => ({ suite: label, output: "", ...failure })),
      })),
    };
  } catch (error) {
    throw error instanceof GateError && error.position.file === undefined ? error.in(name) : error;
  }
}

/** Whether the text says of itself that it is a recording of some version: then it is read as one, and refused as one. */
function looksLikeRecording(text: string): boolean {
  return text.slice(0, 4096).includes(RECORDING_SCHEMA.slice(0, RECORDING_SCHEMA.indexOf("/")));
}
