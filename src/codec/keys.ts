import { editDistance } from "../model/nearest.ts";
import type { Path, Refuse } from "./place.ts";
import { KNOWN_KEYS } from "./schema.ts";

/** How many different unknown keys are held against the known ones: who writes more of them has not mistyped one. */
const MOST_UNKNOWN = 1000;

/**
 * Refuses `__proto__` as a key, and keys of rounds and measurements that are nearly a known one, with the right word.
 * Other unknown keys pass: they are how a later version adds a fact without making its files unreadable.
 */
export function refuseKeys(raw: unknown, refuse: Refuse): void {
  const root = asObject(raw);
  refuseProto(root, [], refuse);
  for (const part of ["revision", "environment"]) refuseProto(asObject(root[part]), [part], refuse);
  const harmless = new Set<string>();
  asList(root.rounds).forEach((value, i) => {
    const round = asObject(value);
    refuseTypos(round, KNOWN_KEYS.round, ["rounds", i], refuse, harmless);
    asList(round.measurements).forEach((inner, j) => {
      const measurement = asObject(inner);
      const path = ["rounds", i, "measurements", j];
      refuseTypos(measurement, KNOWN_KEYS.measurement, path, refuse, harmless);
      refuseProto(asObject(measurement.quantiles), [...path, "quantiles"], refuse);
    });
  });
}

/** Tighter than `nearest`: a key of a later version must pass, and `median` is no mistyped `mean`. */
function refuseTypos(value: object, known: readonly string[], path: Path, refuse: Refuse, harmless: Set<string>): void {
  refuseProto(value, path, refuse);
  for (const key of Object.keys(value)) {
    if (known.includes(key) || key.length > 20) continue;
    const seen = `${path.length} ${key}`;
    if (harmless.has(seen) || harmless.size === MOST_UNKNOWN) continue;
    const meant = known.find(
      (word) => editDistance(key.toLowerCase(), word.toLowerCase()) <= (word.length > 6 ? 2 : 1),
    );
    if (meant === undefined) harmless.add(seen);
    else refuse([...path, key], "is not a key of a recording", `Write \`${meant}\``);
  }
}

function refuseProto(value: object, path: Path, refuse: Refuse): void {
  if (Object.hasOwn(value, "__proto__")) refuse([...path, "__proto__"], "is not allowed as a key", "Rename it");
}

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
