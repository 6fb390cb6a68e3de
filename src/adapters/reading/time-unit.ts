import { GateError } from "../../model/error.ts";

/** Both micro signs of Unicode: the sign, and the Greek letter. */
const [SIGN, LETTER] = ["\u00b5", "\u03bc"];

/**
 * What a micro sign becomes where its bytes are taken for another encoding's and written again, as PowerShell does with what a program prints: those of UTF-8
 * as code page 437, 850, 936, 932, 1251 or 1252 (once and twice), and those of the code pages themselves as each other. None of these is the beginning
 * of a unit otherwise.
 */
const MANGLED: readonly (readonly [form: string, sign: string])[] = [
  ["\u252c\u2561", SIGN],
  ["\u256c\u255d", LETTER],
  ["\u252c\u00c1", SIGN],
  ["\u00c2\u00b5", SIGN],
  ["\u00ce\u00bc", LETTER],
  ["\u00c3\u201a\u00c2\u00b5", SIGN],
  ["\u00c3\u0082\u00c2\u00b5", SIGN],
  ["\u00c3\u017d\u00c2\u00bc", LETTER],
  ["\u00c3\u008e\u00c2\u00bc", LETTER],
  ["\u0412\u00b5", SIGN],
  ["\u041e\u0458", LETTER],
  ["\u788c", SIGN],
  ["\u6e2d", LETTER],
  ["\uff82\uff75", SIGN],
  ["\uff8e\uff7c", LETTER],
  ["\u00e6", SIGN],
  ["\u2561", SIGN],
  ["\u00c1", SIGN],
];

const SECONDS: ReadonlyMap<string, number> = new Map([
  ["ps", 1e-12],
  ["ns", 1e-9],
  ["us", 1e-6],
  [`${SIGN}s`, 1e-6],
  [`${LETTER}s`, 1e-6],
  ["ms", 1e-3],
  ["s", 1],
]);

/** How many seconds a unit from `ps` to `s` is worth, its micro sign in whatever form; null for any other. */
export function secondsIn(unit: string): number | null {
  return SECONDS.get(withMicro(unit)) ?? null;
}

/** A unit with its micro sign as it was before it was mangled; any other unit as it is. */
export function withMicro(unit: string): string {
  const [, before = "", rest] = /^(.*?)([^ -~].*)$/.exec(unit) ?? [];
  const form = rest === undefined ? undefined : MANGLED.find(([mangled]) => rest.startsWith(`${mangled}s`));
  return form === undefined ? unit : `${before}${form[1]}${rest!.slice(form[0].length)}`;
}

/**
 * A unit that is not known, as it stands. Throws a `GateError` where it is one of time whose first sign is lost: `?s` may be a microsecond or a nanosecond,
 * and is no unit of anything.
 */
export function ownUnit(unit: string): string {
  const mended = withMicro(unit);
  if (!/(?:^|-)(?:\?{1,4}|[^ -~\u00b5\u03bc]{1,4})s(?:$|\/)/.test(mended)) return mended;
  throw new GateError(
    `${JSON.stringify(unit.slice(0, 40))} is a unit whose first sign is lost`,
    "Have the output written as UTF-8: in PowerShell set [Console]::OutputEncoding before the tool runs",
  );
}
