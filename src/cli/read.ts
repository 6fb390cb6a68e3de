import { HEAD } from "../adapters/reading/output.ts";
import { decodeRecording } from "../codec/recording.ts";
import { fitOutput, LARGE, type Output } from "../measure/output.ts";
import { GateError, placed } from "../model/error.ts";
import { RECORDING_SCHEMA, type Recording } from "../model/recording.ts";
import type { StatusRange } from "../model/status.ts";
import type { FileBytes, Files, Terminal } from "../ports/index.ts";
import { fromStdin } from "./stdin.ts";

const UNKNOWN = { os: "unknown", arch: "unknown", cpu: "unknown", cores: 0, runtime: "unknown" };

/** How a file is to be read: by which adapter (null: a recording, or whatever recognises it), under which suite, how much warm-up to cut (seconds), and
 * which statuses count as successes. */
export interface ReadOptions {
  readonly tool: string | null;
  readonly suite: string | null;
  readonly skip?: number;
  readonly expected?: readonly StatusRange[] | undefined;
}

/**
 * Reads a recording, or a tool's output as one; `-` is stdin, a folder is one that a tool left. Without `tool` a recording is known by its schema,
 * anything else by its content. A tool's output carries no revision and no environment; its rounds are the separate processes that it holds.
 */
export async function readRecording(
  file: string,
  { tool, suite, skip = 0, expected }: ReadOptions,
  { files, terminal }: { files: Files; terminal: Terminal },
): Promise<Recording> {
  const output = await find(file, files, terminal);
  const named = tool ?? "auto";
  const text = output.kind === "text" ? output.text : null;
  return placed({ file: output.place }, async () => {
    if (text !== null && tool === null && looksLikeRecording(text)) return decodeRecording(text);
    const fitting = await fitOutput(output, { tool: named, files });
    if (fitting === null)
      throw new GateError("the folder holds no results", "Name the folder that the tool wrote into");
    if (text !== null && fitting.adapter.name === "benchgate") return decodeRecording(text);
    const rounds = await fitting.read(skip, expected);
    const label = suite ?? fitting.adapter.name;
    return {
      revision: { sha: "", ref: "", committedAt: "" },
      environment: UNKNOWN,
      rounds: rounds.map(({ measurements, failures, notes }, pair) => ({
        session: "",
        pair,
        startedAt: "",
        measurements: measurements.map((measurement) => ({ suite: label, ...measurement })),
        failures: failures.map((failure) => ({ suite: label, output: "", ...failure })),
        ...(notes === undefined ? {} : { notes: notes.map((note) => ({ suite: label, ...note })) }),
      })),
    };
  });
}

/** What there is under a name. A recording is text, however large; another large file is read piece by piece where that is possible. */
async function find(name: string, files: Files, terminal: Terminal): Promise<Output> {
  if (name === "-") return fromStdin(terminal.input(), looksLikeRecording);
  if ((await files.listFolder(name, [])) !== null)
    return { kind: "folder", place: name, path: name, before: new Map() };
  const piped = await files.readPipe(name);
  if (piped !== null) return { kind: "text", place: name, text: piped };
  const file = await files.open(name);
  if (file !== null && file.size > LARGE && !looksLikeRecording(await beginning(file))) {
    return { kind: "file", place: name, file, text: () => files.readText(name) };
  }
  return { kind: "text", place: name, text: await files.readText(name) };
}

async function beginning(file: FileBytes): Promise<string> {
  for await (const chunk of file.chunks()) return new TextDecoder().decode(chunk.subarray(0, HEAD));
  return "";
}

/** Whether the text says of itself that it is a recording of some version: then it is read as one, and refused as one. */
function looksLikeRecording(text: string): boolean {
  return text.slice(0, 4096).includes(RECORDING_SCHEMA.slice(0, RECORDING_SCHEMA.indexOf("/")));
}
