import { GateError } from "../model/error.ts";
import type { Budget } from "../model/plan.ts";
import { notThe, quote } from "./scalars.ts";
import type { YamlSource } from "./source.ts";

/** The rule for how benchmarks grow with their size, as it is written: the largest exponent, or that and the largest change of it. */
export type WrittenComplexity = number | { readonly max?: number | undefined; readonly change?: number | undefined };

/** The keys of a `complexity` rule that is a mapping. */
export const COMPLEXITY_KEYS = ["max", "change"] as const;

/** Nothing that is measured at several sizes grows faster. */
const LARGEST = 10;

/** An exponent of growth as people write it: `1.2`, where 1 is linear and 2 is quadratic. */
export function exponent(value: unknown): number {
  const found =
    typeof value === "number" ? value : typeof value === "string" ? Number(value.trim() || Number.NaN) : null;
  const remedy = "Write an exponent such as 1.2: 1 is linear, 2 is quadratic";
  if (found === null) throw new GateError(notThe(value, "an exponent"), remedy);
  if (!Number.isFinite(found)) throw new GateError(`${quote(value)} is not an exponent`, remedy);
  if (found < 0 || found > LARGEST) throw new GateError(`${found} is not between 0 and ${LARGEST}`, remedy);
  return found;
}

/** The budget of a `complexity` rule. Throws where it says nothing, and where a change of nothing is asked. */
export function complexityOfFile(
  match: string,
  written: WrittenComplexity,
  { source, path }: { readonly source: YamlSource; readonly path: readonly (string | number)[] },
): Budget {
  const { max, change } = typeof written === "number" ? { max: written, change: undefined } : written;
  if (max === undefined && change === undefined) {
    throw new GateError(
      "The rule has no max and no change",
      "Write one, such as `complexity: 1.2`",
      source.position(path),
    );
  }
  if (change === 0) {
    throw new GateError(
      "A change of 0 calls every difference that can be measured a change",
      "Write what matters to you, such as 0.2",
      source.position([...path, "change"]),
    );
  }
  const common = {
    match,
    metric: "complexity",
    statistic: "mean",
    floor: null,
    severity: "gate",
    origin: "usual",
  } as const;
  return { ...common, threshold: change ?? null, limit: max ?? null };
}
