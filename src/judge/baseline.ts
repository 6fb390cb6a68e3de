import type { EnvironmentDifference } from "../model/environment.ts";
import type { Recording } from "../model/recording.ts";
import type { BaselineMode } from "./rows/compared.ts";

/** What the candidate is compared with; recordings newest first. */
export type Baseline =
  /** Nothing: how many runs are stored that it cannot be compared with, and what makes the newest of them so. */
  | { readonly kind: "none"; readonly stored: number; readonly differs: readonly string[] }
  | { readonly kind: BaselineMode; readonly recordings: readonly [Recording, ...Recording[]] };

/** Runs that cannot be compared with. */
interface Others {
  readonly count: number;
  readonly differences: readonly EnvironmentDifference[];
}

/** Stored runs, newest first, as a baseline; without any, what else is stored. */
export function storedBaseline(
  [newest, ...older]: readonly Recording[],
  { count, differences }: Others = { count: 0, differences: [] },
): Baseline {
  if (newest !== undefined) return { kind: "stored", recordings: [newest, ...older] };
  const differs = differences.map(({ fact, baseline, candidate }) => `${fact}: ${baseline} → ${candidate}`);
  return { kind: "none", stored: count, differs };
}
