import { type ParseArgsConfig, parseArgs } from "node:util";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";

/** The flags of a command by name: `true` for a switch, `value` for one word, `list` for a flag that may be repeated. */
export type FlagTypes = Readonly<Record<string, "switch" | "value" | "list">>;

/** What stood on the command line. */
export interface Flags {
  has(name: string): boolean;
  value(name: string): string | null;
  list(name: string): readonly string[];
  readonly positionals: readonly string[];
}

/** Splits a command line. Unknown flags, and flags without their value, are `GateError`s that name the right word. */
export function parseFlags(argv: readonly string[], types: FlagTypes): Flags {
  const options: ParseArgsConfig["options"] = {};
  for (const [name, type] of Object.entries(types)) {
    options[name] = type === "switch" ? { type: "boolean" } : { type: "string", multiple: type === "list" };
    if (name === "output") options[name] = { type: "string", short: "o" };
  }
  const { values, positionals } = parse(argv, options, Object.keys(types));
  return {
    has: (name) => values[name] !== undefined,
    value: (name) => (typeof values[name] === "string" ? values[name] : null),
    list: (name) => (Array.isArray(values[name]) ? (values[name] as string[]) : []),
    positionals,
  };
}

function parse(argv: readonly string[], options: NonNullable<ParseArgsConfig["options"]>, names: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const unknown = /Unknown option '(-+[^']*)'/.exec((error as Error).message)?.[1];
    if (unknown === undefined) throw new GateError(firstSentence(error as Error), "Run `benchgate help`.");
    const close = nearest(unknown.replace(/^-+/, ""), names);
    throw new GateError(
      `There is no flag ${unknown}`,
      close === null ? `The flags are ${names.map((name) => `--${name}`).join(", ")}.` : `Did you mean --${close}?`,
    );
  }
}

function firstSentence({ message }: Error): string {
  return message.split(/\.\s|\n/)[0]!.replace(/\.$/, "");
}
