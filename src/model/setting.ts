import { placed } from "./error.ts";

/** How a setting stands on a command line: a flag alone, with one value, or repeated. As an input it is one text, whatever its form. */
type Form = "switch" | "value" | "list";

/** A type of setting: how it stands there, and what its words mean. */
export interface SettingType<Value, Shape extends Form = Form> {
  readonly form: Shape;
  /** The value of the words that were given, none where the setting is absent. Throws a `GateError`. */
  readonly read: (words: readonly string[]) => Value;
}

/** A row of the tables of flags and inputs: parsers, help, action.yml, docs/action.md and docs/cli.md come from it. */
interface Setting<Value = unknown, Shape extends Form = Form> {
  readonly type: SettingType<Value, Shape>;
  /** What stands for its value in help: `FILE`. */
  readonly value?: string;
  /** What holds where it is absent, as it would be written. */
  readonly default?: string;
  /** Whole sentences, in Markdown. */
  readonly about: string;
}

/** A setting that is a flag: one with a value says what stands for it. */
export type Flag<Value = unknown> =
  | (Setting<Value, "switch"> & { readonly short?: string })
  | (Setting<Value> & { readonly value: string; readonly short?: string });

/** Settings by name. */
export type SettingTable = Readonly<Record<string, Setting>>;

/** The flags of a command by name. */
export type FlagTable = Readonly<Record<string, Flag>>;

type Read<Row extends Setting> = ReturnType<Row["type"]["read"]>;

/** The values of a table's settings, by name. Only what has a default is never null. */
export type Values<Table extends SettingTable> = {
  readonly [Name in keyof Table]: Table[Name] extends { readonly default: string }
    ? Exclude<Read<Table[Name]>, null>
    : Read<Table[Name]>;
};

/** A type of one word; null where it is absent. */
export function one<Value>(read: (word: string) => Value): SettingType<Value | null, "value"> {
  return { form: "value", read: ([word]) => (word === undefined ? null : read(word)) };
}

/** A type of any number of words. */
export function many<Value>(read: (words: readonly string[]) => Value): SettingType<Value, "list"> {
  return { form: "list", read };
}

/** A text as it is written. */
export const TEXT = one((word) => word);

/** Texts as they are written. */
export const TEXTS = many((words) => words);

/** Given or not. */
export const SWITCH: SettingType<boolean, "switch"> = { form: "switch", read: (words) => words.length > 0 };

/** Reads all settings of a table. `words` gives what stands for a name; `written` is how the user writes the name, for errors: `--rounds`. */
export function readSettings<Table extends SettingTable>(
  table: Table,
  words: (name: string) => readonly string[],
  written: (name: string) => string,
): Values<Table> {
  const values = Object.entries(table).map(([name, { type, default: standard }]) => {
    const given = words(name);
    const meant = given.length === 0 && standard !== undefined ? [standard] : given;
    return [name, placed({ path: written(name) }, () => type.read(meant))];
  });
  return Object.fromEntries(values);
}
