import type { Source } from "./drawn.ts";
import { WITH_LOOKS } from "./looks.ts";
import { FIXED } from "./ours.ts";
import type { Rule } from "./rule.ts";

const FIXED_PAIRS = 24;

/** Machine time that looks save against a fixed 24 pairs. */
export interface SavingsRow {
  readonly source: string;
  readonly change: number;
  readonly meanPairs: number;
  /** Mean pairs ÷ 24. */
  readonly share: number;
  /** Share called slower, with looks and with 24 pairs. */
  readonly looks: number;
  readonly fixed: number;
}

/** p50, each comparison the only one of its gate, stopping for itself. */
export function savingsTable(sources: readonly Source[], repeats: number): readonly SavingsRow[] {
  const fixed = FIXED[2] as Rule;
  return sources.flatMap((source) => {
    const suite = Array.from({ length: repeats }, (_, index) => source.draw(index));
    return [0, 0.1].map((change) => {
      const trial = { suite, statistic: "p50", effect: Math.log1p(change), comparisons: 1 } as const;
      const [withLooks, all] = [WITH_LOOKS.calls(trial) ?? [], fixed.calls(trial) ?? []];
      const meanPairs = withLooks.reduce((sum, { rounds }) => sum + rounds, 0) / repeats;
      const red = (rule: Rule, calls: typeof all) => calls.filter((call) => rule.red([call])[0]).length / repeats;
      return {
        source: source.name,
        change,
        meanPairs,
        share: meanPairs / FIXED_PAIRS,
        looks: red(WITH_LOOKS, withLooks),
        fixed: red(fixed, all),
      };
    });
  });
}
