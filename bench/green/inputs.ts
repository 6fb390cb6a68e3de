import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { CORPUS, corpusIndex, expectedTools } from "../../scripts/corpus.ts";
import { FIXTURES, fixtureFolder } from "../../scripts/fixture-origin.ts";
import { ADAPTERS } from "../../src/adapters/index.ts";
import { readRecording } from "../../src/cli/read.ts";
import { createFiles } from "../../src/io/files.ts";
import { GateError } from "../../src/model/error.ts";
import { RECORDING_SCHEMA, type Recording } from "../../src/model/recording.ts";
import type { Terminal } from "../../src/ports/index.ts";

/** Where an output lies: with the tests, in the corpus of real outputs, or in a case of something that passed in silence once. */
export type Source = "fixture" | "corpus" | "case";

/** An output of a tool. */
export interface Input {
  readonly tool: string;
  readonly source: Source;
  /** Its path, from the folder of its source. */
  readonly name: string;
  /** Null of a folder of files. */
  readonly text: string | null;
  /** What Benchgate reads from it. */
  readonly recording: Recording;
  /** Reads another text as this one was read. Throws the `GateError` that it is refused with. */
  readonly read: (text: string) => Promise<Recording>;
}

/** An output that Benchgate does not read, and says why. */
export interface Refused {
  readonly source: Source;
  readonly name: string;
  readonly reason: string;
}

/** Everything that is there to try: what is read, and what is refused. */
export interface Inputs {
  readonly read: readonly Input[];
  readonly refused: readonly Refused[];
}

const CASES = join(CORPUS, "..", "cases");

/** The outputs of the given sources; those that are not beside the project are empty. */
export async function inputsFrom(sources: readonly Source[]): Promise<Inputs> {
  const candidates = sources.flatMap((source) => LISTED[source]().map((listed) => ({ source, ...listed })));
  const read: Input[] = [];
  const refused: Refused[] = [];
  for (const { source, name, path, tools } of candidates) {
    const found = await firstToRead(path, tools);
    if (typeof found === "string") refused.push({ source, name, reason: found });
    else read.push({ source, name, ...found });
  }
  return { read, refused };
}

interface Listed {
  readonly name: string;
  readonly path: string;
  /** The tools that may have written it; null is whichever recognises it. */
  readonly tools: readonly (string | null)[];
}

const LISTED: Readonly<Record<Source, () => readonly Listed[]>> = {
  fixture: () =>
    ADAPTERS.flatMap(({ name: tool }) =>
      entriesOf(join(FIXTURES, fixtureFolder(tool)))
        .filter((path) => basename(path) !== "README.md")
        .map((path) => ({ name: relative(FIXTURES, path), path, tools: [tool] })),
    ),
  corpus: () =>
    corpusIndex().map(({ file, index }) => ({
      name: file,
      path: join(CORPUS, file),
      tools: expectedTools(index).filter((tool) => ADAPTERS.some(({ name }) => name === tool)),
    })),
  case: () => {
    const table = join(CASES, "INDEX.tsv");
    const rows = existsSync(table) ? readFileSync(table, "utf8").trimEnd().split("\n").slice(1) : [];
    const named = (folder: string) =>
      rows
        .filter((row) => row.startsWith(`${folder}\t`))
        .flatMap((row) => /--tool (\S+)/.exec(row)?.[1] ?? [])
        .filter((tool, index, all) => all.indexOf(tool) === index);
    return (existsSync(CASES) ? entriesOf(CASES) : [])
      .flatMap((path) => (extensionless(path) ? entriesOf(path) : []))
      .filter((path) => !/\.(?:md|py|yml)$/.test(path))
      .map((path) => ({ name: relative(CASES, path), path, tools: [null, ...named(basename(dirname(path)))] }));
  },
};

function extensionless(path: string): boolean {
  return !basename(path).includes(".") && basename(path) !== "check";
}

function entriesOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
}

async function firstToRead(
  path: string,
  tools: readonly (string | null)[],
): Promise<Omit<Input, "source" | "name"> | string> {
  let refusal = "No tool that Benchgate knows has written it";
  for (const tool of tools) {
    try {
      const recording = await readRecording(path, { tool, suite: null }, { files: createFiles(), terminal: NOBODY });
      const text = await textOf(path);
      // Which tool it was is the suite's name; a recording is Benchgate's own form.
      const own = text?.slice(0, 4096).includes(RECORDING_SCHEMA.split("/")[0]!) === true;
      const suite = recording.rounds.flatMap((round) => [...round.measurements, ...round.failures])[0]?.suite;
      return {
        tool: own ? "benchgate" : (tool ?? suite ?? "benchgate"),
        text,
        recording,
        read: (other) => readRecording("-", { tool, suite: null }, { files: createFiles(), terminal: typing(other) }),
      };
    } catch (error) {
      if (!(error instanceof GateError)) throw error;
      refusal = error.message;
    }
  }
  return refusal;
}

/** The text of a file; null of a folder. */
async function textOf(path: string): Promise<string | null> {
  const files = createFiles();
  return (await files.listFolder(path, [])) === null ? files.readText(path) : null;
}

/** A terminal on which nobody types anything but `text`. */
function typing(text: string): Terminal {
  return {
    ...NOBODY,
    async *input() {
      yield new TextEncoder().encode(text);
    },
  };
}

const NOBODY: Terminal = {
  out: () => {},
  bytes: () => {},
  err: () => {},
  progress: () => {},
  async *input() {},
  columns: 80,
  colour: false,
};
