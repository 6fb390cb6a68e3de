import { GateError } from "../../model/error.ts";
import { type FlagTable, readSettings, type Values } from "../../model/setting.ts";
import type { ObjectSchema } from "./server.ts";

/** A table of flags without some of them. */
export function without(table: FlagTable, names: readonly string[]): FlagTable {
  return Object.fromEntries(Object.entries(table).filter(([name]) => !names.includes(name)));
}

/** The schema of an object with these properties and no others. */
export function objectOf(properties: Readonly<Record<string, object>>, required: readonly string[] = []): ObjectSchema {
  return { type: "object", properties, required, additionalProperties: false };
}

/** Flags as properties of a JSON schema. */
export function flagProperties(table: FlagTable): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(table).map(([name, { type, about }]) => {
      const text = { type: "string" } as const;
      const forms = { switch: { type: "boolean" }, value: text, list: { type: "array", items: text } } as const;
      return [name, { ...forms[type.form], description: about }];
    }),
  );
}

/** What was given as the words of a command line. Throws a `GateError` on what is no flag. */
export function wordsOf(given: Readonly<Record<string, unknown>>, table: FlagTable): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const flag = Object.hasOwn(table, name) ? table[name] : undefined;
    if (flag === undefined)
      throw new GateError(`there is no argument ${name}`, `The arguments are ${Object.keys(table).join(", ")}`);
    if (flag.type.form === "switch") return switchOf(value, name) ? [`--${name}`] : [];
    return textsOf(value, name).map((word) => `--${name}=${word}`);
  });
}

/** Whether a switch is on. Throws a `GateError` on anything but true and false: what is taken for off in silence was meant. */
function switchOf(value: unknown, name: string): boolean {
  if (typeof value === "boolean") return value;
  throw new GateError(`${name} is neither true nor false`, "Give one of them, or leave the argument out");
}

/** What was given as the values of a table of flags. Throws a `GateError`. */
export function settingsOf<Table extends FlagTable>(
  given: Readonly<Record<string, unknown>>,
  table: Table,
): Values<Table> {
  wordsOf(given, table);
  return readSettings(
    table,
    (name) => (given[name] === undefined ? [] : textsOf(given[name], name)),
    (name) => name,
  );
}

/** One text or several: clients leave out the list where there is one. Numbers are taken as they would be written. */
export function textsOf(value: unknown, name: string): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((each) => textOf(each, name));
}

/** A text, or a number as it would be written. Throws a `GateError` on anything else. */
export function textOf(value: unknown, name: string): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  throw new GateError(`${name} is not a text`, "Give a text, or leave the argument out");
}
