import type { Adapter, ParsedRound } from "../adapters/adapter.ts";
import { ADAPTERS } from "../adapters/index.ts";
import { documentsOf, parseText } from "../adapters/parse.ts";
import { HEAD, headOf, outputOf } from "../adapters/reading/output.ts";
import { refuseStatuses } from "../adapters/reading/status.ts";
import { emptyOutput, selectAdapter } from "../adapters/select.ts";
import { GateError } from "../model/error.ts";
import type { StatusRange } from "../model/status.ts";
import type { FileBytes, Files } from "../ports/index.ts";
import { fitFolder, type Stamps } from "./folder.ts";
import { mergeParts } from "./parts.ts";

/** What a tool left behind, wherever that is. `place` is what the user would call it. */
export type Output =
  | { readonly kind: "text"; readonly place: string; readonly text: string }
  /** `text` is all of it at once, for adapters that must have it so. */
  | {
      readonly kind: "file";
      readonly place: string;
      /** Absent of what is no file, such as stdin. */
      readonly path?: string;
      readonly file: FileBytes;
      readonly text: () => Promise<string>;
    }
  | { readonly kind: "folder"; readonly place: string; readonly path: string; readonly before: Stamps }
  /** What several generators of one tool wrote at the same time, at least one of them. */
  | { readonly kind: "parts"; readonly place: string; readonly path?: string; readonly parts: readonly Output[] };

/** What is to be known to read an output. */
interface Reading {
  readonly tool: string;
  readonly files: Files;
  /** Those that are asked for `tool`: every one, where there is no reason for fewer. */
  readonly adapters?: readonly Adapter[];
}

/** An adapter that fits an output, and how it reads it. */
export interface Fitting {
  readonly adapter: Adapter;
  /**
   * Seconds of warm-up to cut, and the statuses that count as successes in place of the tool's own. Throws what the adapter's `parse` throws, and where
   * the adapter can do neither.
   */
  read(skip: number, expected?: readonly StatusRange[]): Promise<readonly ParsedRound[]>;
}

/** A larger file is read piece by piece where its adapter can, and its tool recognised by its beginning alone. */
export const LARGE = 32 * 2 ** 20;

/** Throws a `GateError` where a path leads to what is no output of a round: a link may name any file of the machine. */
export async function refuseOutside(files: Files, path: string, place: string): Promise<void> {
  if (!(await files.isOutside(path))) return;
  const problem = "this leads out of the working tree and the temporary folder";
  throw new GateError(problem, "Have the tool write a file of its own into one of them", { file: place });
}

/**
 * The adapter that `tool` names, or that recognises the output where it is `auto`, ready to read. Null for a folder into which nothing was written.
 * Throws a `GateError` that names the place where there is no such adapter, or more than one.
 */
export function fitOutput(output: Output, { adapters = ADAPTERS, ...asked }: Reading): Promise<Fitting | null> {
  const reading = { adapters, ...asked };
  return called(output, async (): Promise<Fitting | null> => {
    const found = await fitting(output, reading);
    return (
      found && {
        adapter: found.adapter,
        read: (skip, expected) =>
          called(output, async () => {
            if (skip > 0) refuseToCut(found.adapter, output);
            if (expected !== undefined) refuseToJudge(found.adapter);
            return notTooMany(await found.read(skip, expected));
          }),
      }
    );
  });
}

/** Whether nothing in an output is of the adapter's tool. Not looked into where it is large, a folder, or in parts. */
export async function isForeign(adapter: Adapter, output: Output): Promise<boolean> {
  if (output.kind !== "text" && (output.kind !== "file" || output.file.size > LARGE)) return false;
  const text = outputOf(output.kind === "text" ? output.text : await output.text());
  return !adapter.recognises(text) && documentsOf(adapter, text).length === 0;
}

function fitting(output: Output, reading: Required<Reading>): Promise<Fitting | null> | Fitting {
  switch (output.kind) {
    case "text":
      return textFitting(output.text, reading);
    case "file":
      return fileFitting(output, reading);
    case "folder":
      return fitFolder(output.path, output.before, reading);
    case "parts":
      return partsFitting(output.parts, reading);
  }
}

/** Each part has its own place in errors, and a warm-up of its own. */
async function partsFitting(parts: readonly Output[], reading: Required<Reading>): Promise<Fitting | null> {
  const fittings: Fitting[] = [];
  for (const part of parts) {
    const fit = await fitOutput(part, reading);
    if (fit !== null) fittings.push(fit);
  }
  const [first] = fittings;
  if (first === undefined) return null;
  const other = fittings.find(({ adapter }) => adapter.name !== first.adapter.name);
  if (other !== undefined) {
    const problem = `the outputs are of ${first.adapter.title} and of ${other.adapter.title}`;
    throw new GateError(problem, "Give each tool a suite of its own, or a narrower pattern");
  }
  return {
    adapter: first.adapter,
    async read(skip, expected) {
      const rounds: (readonly ParsedRound[])[] = [];
      for (const fit of fittings) rounds.push(await fit.read(skip, expected));
      return [mergeParts(rounds)];
    },
  };
}

function textFitting(text: string, { adapters, tool }: Required<Reading>): Fitting {
  if (text.trim() === "") throw emptyOutput();
  const output = outputOf(text);
  const adapter = selectAdapter(tool, output, adapters);
  return { adapter, read: async (skip, expected) => parseText(adapter, { ...output, ...given(skip, expected) }) };
}

async function fileFitting(
  { file, text }: Output & { readonly kind: "file" },
  reading: Required<Reading>,
): Promise<Fitting> {
  if (file.size > LARGE) {
    const adapter = await streaming(file, reading);
    if (adapter !== null)
      return { adapter, read: (skip, expected) => readInPieces(adapter, file, given(skip, expected)) };
  }
  return textFitting(await text(), reading);
}

/** The adapter that reads a file piece by piece; null where the file must be read whole. */
async function streaming(file: FileBytes, { adapters, tool }: Required<Reading>): Promise<Adapter | null> {
  const able = adapters.filter(({ stream }) => stream !== undefined);
  if (tool !== "auto") return able.find(({ name }) => name === tool) ?? null;
  const head = outputOf(await headOfFile(file));
  return able.some(({ recognises }) => recognises(head)) ? selectAdapter(tool, head, able) : null;
}

async function headOfFile(file: FileBytes): Promise<string> {
  const head = new Uint8Array(HEAD);
  let size = 0;
  for await (const chunk of file.chunks()) {
    const part = chunk.subarray(0, HEAD - size);
    head.set(part, size);
    size += part.length;
    if (size === HEAD) break;
  }
  return headOf(head.subarray(0, size));
}

/** The most measurements of one output: more of them take the memory of a runner before they are judged. */
const MOST_MEASUREMENTS = 200_000;

function notTooMany(rounds: readonly ParsedRound[]): readonly ParsedRound[] {
  const count = rounds.reduce((sum, { measurements }) => sum + measurements.length, 0);
  if (count <= MOST_MEASUREMENTS) return rounds;
  const problem = `there are ${count.toLocaleString("en-US")} measurements, more than ${MOST_MEASUREMENTS.toLocaleString("en-US")}`;
  throw new GateError(problem, "Measure fewer benchmarks, or split them into several suites");
}

type Asked = Parameters<NonNullable<Adapter["stream"]>>[0];

/** What is asked, as an adapter has it. */
function given(skip: number, expected: readonly StatusRange[] | undefined): Asked {
  return { skip, ...(expected !== undefined && { expected }) };
}

async function readInPieces(adapter: Adapter, file: FileBytes, asked: Asked): Promise<readonly ParsedRound[]> {
  const reader = adapter.stream!(asked);
  for await (const chunk of file.chunks()) reader.push(chunk);
  return reader.end();
}

function refuseToJudge({ title, tellsStatus }: Adapter): void {
  if (tellsStatus !== true) refuseStatuses([], `the output of ${title}`, "Use a tool that does, or remove it");
}

function refuseToCut({ title, cutsWarmup }: Adapter, { kind }: Output): void {
  if (cutsWarmup === true && kind !== "folder") return;
  const problem = `a warm-up cannot be cut from the output of ${title}, which does not say when its samples were taken`;
  throw new GateError(problem, "Use `warmup: run`, which runs the command once more before, or the tool's own warm-up");
}

/** What `step` gives; an error of it that names no file, or the path of this one, names the place that the user knows. */
export async function called<T>(
  { place, path }: { readonly place: string; readonly path?: string },
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    if (!(error instanceof GateError) || ![undefined, path].includes(error.position.file)) throw error;
    throw new GateError(error.problem, error.remedy, { ...error.position, file: place }, error.kind);
  }
}
