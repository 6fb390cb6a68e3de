import { withMicro } from "./time-unit.ts";

/** What a printed duration is: `seconds`, and the `step` between it and the next one that could have been printed so. */
export interface PrintedDuration {
  readonly seconds: number;
  readonly step: number;
}

/** Units as a power of ten of a second, or as seconds. Powers go into the text that is read: 13.9 ms is 0.0139 s to the last bit then. */
const UNITS: Readonly<Record<string, { readonly power?: number; readonly seconds?: number }>> = {
  ns: { power: -9 },
  us: { power: -6 },
  "\u00b5s": { power: -6 },
  "\u03bcs": { power: -6 },
  ms: { power: -3 },
  s: {},
  m: { seconds: 60 },
  h: { seconds: 3600 },
};

/** A number with its unit, as load tools print it: `168.00us`, `1.01s`, `2.50m`. Null for anything else: a unit is never guessed. */
export function parseDuration(text: string): PrintedDuration | null {
  const [, whole, decimals = "", written = ""] = /^(\d{1,15})(?:\.(\d{1,15}))?([^\d.\s]{1,6})$/.exec(text) ?? [];
  const unit = withMicro(written);
  if (whole === undefined || !Object.hasOwn(UNITS, unit)) return null;
  const { power = 0, seconds = 1 } = UNITS[unit]!;
  return {
    seconds: Number(`${whole}.${decimals}0e${power}`) * seconds,
    step: Number(`1e${power - decimals.length}`) * seconds,
  };
}
