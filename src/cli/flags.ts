import { type ParseArgsConfig, parseArgs } from "node:util";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { type FlagTable, readSettings, type Values } from "../model/setting.ts";

/** What stood on a command line, read and checked. */
export interface Flags<Table extends FlagTable> {
  /** The value of each flag, by name. */
  readonly given: Values<Table>;
  /** The words of each flag as they stood there, none where it did not. */
  readonly written: (name: keyof Table & string) => readonly string[];
  /** The words beside the flags. */
  readonly operands: readonly string[];
}

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads a command line. Throws a `GateError` on an unknown flag, with the one that was meant, and on one whose value is missing, empty or wrong. */
export function parseFlags<Table extends FlagTable>(argv: readonly string[], table: Table): Flags<Table> {
  const options: Options = {};
  for (const [name, { type, short }] of Object.entries(table)) {
    options[name] = {
      type: type.form === "switch" ? "boolean" : "string",
      multiple: type.form === "list",
      ...(short !== undefined && { short }),
    };
  }
  const { values, positionals } = split(argv, options, table);
  const empty = Object.keys(values).find((name) => [values[name]].flat().includes(""));
  // Most often a variable of a script that holds nothing.
  if (empty !== undefined)
    throw new GateError(`--${empty} has an empty value`, `Write ${usageOf(empty, table)}, or leave it out`);
  const written = (name: string) => [values[name] ?? []].flat().map(String);
  return { given: readSettings(table, written, (name) => `--${name}`), written, operands: positionals };
}

function split(argv: readonly string[], options: Options, table: FlagTable) {
  const config = { args: [...argv], options, allowPositionals: true };
  try {
    return parseArgs({ ...config, strict: true });
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") throw unknownFlag(config);
    if (!code.startsWith("ERR_PARSE_ARGS_")) throw error;
    // `--threshold -5%`: a value that looks like a flag is its value, and told of as such.
    const joined = withDashes(argv, options);
    if (joined.length < argv.length) return split(joined, options, table);
    throw wrongValue(message, table);
  }
}

/** The error for a flag that lacks a value, or has one where it takes none; `message` is Node's, and names the flag. */
function wrongValue(message: string, table: FlagTable): GateError {
  const name = /--([^\s'<=]+)/.exec(message)?.[1] ?? "";
  return table[name]?.type.form === "switch"
    ? new GateError(`--${name} takes no value`, `Write --${name} alone`)
    : new GateError(`--${name} needs a value`, `Write ${usageOf(name, table)}`);
}

/** A flag as it is to be written, with what stands for its value: `--base REF`. */
function usageOf(name: string, table: FlagTable): string {
  return `--${name} ${table[name]?.value ?? "VALUE"}`;
}

/** The arguments with negative numbers joined to the flags before them: `--threshold=-5%`. */
function withDashes(argv: readonly string[], options: Options): readonly string[] {
  const words: string[] = [];
  for (const word of argv) {
    const last = words.at(-1) ?? "";
    const takes = last.startsWith("--") && options[last.slice(2)]?.type === "string";
    if (takes && /^-\.?\d/.test(word)) words[words.length - 1] = `${last}=${word}`;
    else words.push(word);
  }
  return words;
}

/** The error for the first flag that is not among the options. */
function unknownFlag(config: { readonly args: string[]; readonly options: Options }): GateError {
  const { tokens } = parseArgs({ ...config, allowPositionals: true, strict: false, tokens: true });
  const flags = tokens.flatMap((token) => (token.kind === "option" ? [token] : []));
  const { name, rawName } = flags.find((flag) => !Object.hasOwn(config.options, flag.name))!;
  const known = Object.keys(config.options);
  const near = nearest(name, known);
  return new GateError(
    `There is no flag ${rawName}`,
    near === null ? `The flags are ${known.map((each) => `--${each}`).join(", ")}.` : `Did you mean --${near}?`,
  );
}
