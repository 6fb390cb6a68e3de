import type { Source } from "./drawn.ts";
import type { Call, Rule, Trial } from "./rule.ts";
import { randomOf } from "./seed.ts";
import type { Gated } from "./within.ts";

/** The true changes at which power is measured. */
export const CHANGES = [0.03, 0.05, 0.1, 0.2] as const;
/** Benchmarks in a gate. */
export const GATES = [10, 100, 500] as const;

/** How much is drawn. */
export interface Size {
  /** Unchanged comparisons a source, in suites of 100. */
  readonly unchanged: number;
  /** Comparisons at each true change. */
  readonly changed: number;
  /** Gates of each size, put together from unchanged comparisons at random. */
  readonly gates: number;
}

/** What one rule does under one source of noise. Shares are of comparisons, or of gates; null where the rule cannot be asked. */
export interface Characteristics {
  readonly source: string;
  readonly rule: string;
  /** Share of unchanged comparisons, each the only one of its gate, that are called slower. */
  readonly falseAlarms: Readonly<Record<Gated, number | null>>;
  /** Share of red gates among gates of 10, 100 and 500 unchanged benchmarks, each with all statistics of the rule. */
  readonly redGates: readonly number[];
  /** Share called slower at each of `CHANGES`, each the only one of its gate. */
  readonly power: Readonly<Record<Gated, readonly number[] | null>>;
  /** Mean rounds a side, unchanged. */
  readonly rounds: number;
  /** Share of unchanged comparisons whose 95 % interval holds the truth. */
  readonly coverage: Readonly<Record<Gated, number | null>>;
}

const SUITE = 100;

/** All calls of one rule under one source, of each statistic. */
interface Collected {
  /** By the number of comparisons in the gate, for rules that know it; under 1 otherwise. */
  readonly unchanged: Map<string, Call[]>;
  /** By the true change. */
  readonly changed: Map<string, Call[]>;
}

/** What every rule does under one source of noise; rules that the source cannot feed are left out. Suite after suite, so that memory stays small. */
export function characteristicsOf(
  source: Source,
  rules: readonly Rule[],
  size: Size,
  seed: number,
): readonly Characteristics[] {
  const collected = rules.map((): Collected => ({ unchanged: new Map(), changed: new Map() }));
  const refused = new Set<Rule>();
  for (let start = 0; start < size.unchanged; start += SUITE) {
    const suite = Array.from({ length: SUITE }, (_, i) => source.draw(start + i));
    rules.forEach((rule, index) => {
      const { unchanged, changed } = collected[index] as Collected;
      const collect = (into: Map<string, Call[]>, key: string, trial: Omit<Trial, "suite">) => {
        const calls = rule.calls({ suite, ...trial });
        if (calls === null) refused.add(rule);
        else {
          const before = into.get(key) ?? [];
          into.set(key, before);
          for (const call of calls) before.push(call);
        }
      };
      for (const statistic of rule.statistics) {
        for (const comparisons of gateSizes(rule)) {
          collect(unchanged, `${statistic} ${comparisons}`, { statistic, effect: 0, comparisons });
        }
        if (start >= size.changed) continue;
        for (const change of CHANGES) {
          collect(changed, `${statistic} ${change}`, { statistic, effect: Math.log1p(change), comparisons: 1 });
        }
      }
    });
  }
  return rules.flatMap((rule, index) =>
    refused.has(rule) ? [] : [summary(source, rule, collected[index] as Collected, size.gates, seed)],
  );
}

function gateSizes(rule: Rule): readonly number[] {
  return rule.knowsGate ? [1, ...GATES.map((benchmarks) => benchmarks * rule.statistics.length)] : [1];
}

function summary(
  source: Source,
  rule: Rule,
  { unchanged, changed }: Collected,
  gates: number,
  seed: number,
): Characteristics {
  const alone = (statistic: Gated) => unchanged.get(`${statistic} 1`) ?? null;
  const of = <T>(statistic: Gated, what: (calls: readonly Call[]) => T): T | null => {
    const found = alone(statistic);
    return found === null ? null : what(found);
  };
  const red = (call: Call) => rule.red([call])[0] === true;
  const power = (statistic: Gated) =>
    alone(statistic) === null ? null : CHANGES.map((change) => share(changed.get(`${statistic} ${change}`) ?? [], red));
  return {
    source: source.name,
    rule: rule.name,
    falseAlarms: { p50: of("p50", (calls) => share(calls, red)), p99: of("p99", (calls) => share(calls, red)) },
    redGates: GATES.map((benchmarks) => {
      const key = rule.knowsGate ? benchmarks * rule.statistics.length : 1;
      const calls = rule.statistics.map((statistic) => unchanged.get(`${statistic} ${key}`) ?? []);
      return shareOfRedGates(rule, calls, benchmarks, gates, randomOf(seed, source.name, rule.name, benchmarks));
    }),
    power: { p50: power("p50"), p99: power("p99") },
    rounds: of("p50", (calls) => calls.reduce((sum, { rounds }) => sum + rounds, 0) / calls.length) ?? Number.NaN,
    coverage: { p50: of("p50", coverage), p99: of("p99", coverage) },
  };
}

/** Red gates among gates of benchmarks drawn without replacement; `calls` holds one list a statistic. */
function shareOfRedGates(
  rule: Rule,
  calls: readonly (readonly Call[])[],
  benchmarks: number,
  gates: number,
  random: () => number,
): number {
  const available = calls[0]?.length ?? 0;
  if (available < benchmarks) return Number.NaN;
  const order = Uint32Array.from({ length: available }, (_, i) => i);
  let red = 0;
  for (let gate = 0; gate < gates; gate++) {
    for (let i = 0; i < benchmarks; i++) {
      const j = i + Math.floor(random() * (available - i));
      [order[i], order[j]] = [order[j] as number, order[i] as number];
    }
    const members = Array.from(order.subarray(0, benchmarks)).flatMap((i) => calls.map((each) => each[i] as Call));
    if (rule.red(members).includes(true)) red++;
  }
  return red / gates;
}

function coverage(calls: readonly Call[]): number | null {
  return calls.every(({ held }) => held === null) ? null : share(calls, ({ held }) => held === true);
}

/** The share of items of which something holds. */
function share<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}
