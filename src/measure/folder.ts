import type { Adapter, FolderOutput, ParsedRound } from "../adapters/adapter.ts";
import { ADAPTERS } from "../adapters/index.ts";
import { adapterCalled } from "../adapters/select.ts";
import { GateError } from "../model/error.ts";
import type { Files, FolderFile } from "../ports/index.ts";

/** The most that is read of a folder, in bytes. */
const MOST_BYTES = 256 * 2 ** 20;

/** The stamps of the files that were in a folder, by path. */
export type Stamps = ReadonlyMap<string, string>;

/**
 * What is in a folder before a round, so that only what the round writes counts as its results: the files that are new afterwards, or were
 * written again. Null where there is no such folder.
 *
 * Note: the folder is not emptied, because a tool may keep there what it needs (Criterion's is below Cargo's own). Nor are times compared: the
 * clock of a file system is coarser than the one that a round starts by.
 */
export async function stampsIn(
  files: Files,
  path: string,
  patterns: readonly string[] = [...new Set(leavingFolders(ADAPTERS).flatMap(({ folder }) => folder.patterns))],
): Promise<Stamps | null> {
  const listed = await files.listFolder(path, patterns);
  return listed && new Map(listed.map((file) => [file.path, file.stamp]));
}

/** Several outputs by one pattern: the folder above its first `*`, and what fits below it. */
export interface OutputGlob {
  readonly folder: string;
  readonly pattern: string;
}

/** `output` as a pattern; null where it is the path of one file or folder. */
export function globOf(output: string): OutputGlob | null {
  const segments = output.replaceAll("\\", "/").split("/");
  const first = segments.findIndex((segment) => /[*?]|\{.*,.*\}/.test(segment));
  if (first < 0) return null;
  const folder = segments.slice(0, first).join("/");
  return { folder: folder === "" && first > 0 ? "/" : folder || ".", pattern: segments.slice(first).join("/") };
}

/** The files that fit a pattern and were written since `before`, as paths below its folder, sorted. */
export async function writtenSince(
  files: Files,
  path: string,
  pattern: string,
  before: Stamps,
): Promise<readonly string[]> {
  const listed = (await files.listFolder(path, [pattern])) ?? [];
  return listed.filter((file) => before.get(file.path) !== file.stamp).map((file) => file.path);
}

/** An adapter that fits a folder, and how it reads what a round wrote there. */
export interface FolderFitting {
  readonly adapter: Adapter;
  read(): Promise<readonly ParsedRound[]>;
}

/**
 * The adapter that `tool` names, or the only one of which there are files where it is `auto`. Null where nothing was written since `before`.
 * Throws a `GateError` where the tool leaves no folder, or where the files of several are there.
 */
export async function fitFolder(
  path: string,
  before: Stamps,
  { adapters, tool, files }: { readonly adapters: readonly Adapter[]; readonly tool: string; readonly files: Files },
): Promise<FolderFitting | null> {
  const able = leavingFolders(tool === "auto" ? adapters : [adapterCalled(tool, adapters)]);
  const names = leavingFolders(adapters)
    .map(({ name }) => name)
    .join(", ");
  if (able.length === 0) {
    throw new GateError(
      `this is a folder, and ${tool} does not leave one`,
      `Name a file; tools that leave a folder: ${names}`,
    );
  }
  const fitting: { adapter: LeavingFolder; found: readonly FolderFile[] }[] = [];
  for (const adapter of able) {
    const found = ((await files.listFolder(path, adapter.folder.patterns)) ?? []).filter(
      (file) => before.get(file.path) !== file.stamp,
    );
    if (found.length > 0) fitting.push({ adapter, found });
  }
  const [first, ...others] = fitting;
  if (first === undefined) return null;
  if (others.length > 0) {
    const tools = fitting.map(({ adapter }) => adapter.name).join(", ");
    throw new GateError("More than one tool could have left this folder", `Name the tool: ${tools}`);
  }
  return { adapter: first.adapter, read: () => readFiles(path, first, files) };
}

async function readFiles(
  path: string,
  { adapter, found }: { readonly adapter: LeavingFolder; readonly found: readonly FolderFile[] },
  files: Files,
): Promise<readonly ParsedRound[]> {
  const bytes = found.reduce((sum, { size }) => sum + size, 0);
  if (bytes > MOST_BYTES) {
    const problem = `the folder holds more than ${MOST_BYTES / 2 ** 20} MiB of results`;
    throw new GateError(problem, "Have the tool write less, or name a single file");
  }
  const texts = new Map<string, string>();
  for (const file of found) texts.set(file.path, await files.readText(`${path}/${file.path}`));
  return adapter.folder.parse(texts);
}

type LeavingFolder = Adapter & { readonly folder: FolderOutput };

function leavingFolders(adapters: readonly Adapter[]): readonly LeavingFolder[] {
  return adapters.filter((adapter): adapter is LeavingFolder => adapter.folder !== undefined);
}
