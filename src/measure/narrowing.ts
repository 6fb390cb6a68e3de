import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { DealtBenchmark } from "../model/part.ts";
import { fits, isDeal, type Only } from "./asked.ts";
import { shardOf, withNames } from "./deal.ts";
import type { SlotResult } from "./execution.ts";

/** Names that the error lists. */
const LISTED = 8;

/** What the warm-ups say of the benchmarks that are asked about, so that the rounds measure nothing else where that can be helped. */
export class Narrowing {
  #only: Only;
  readonly #names = new Map<string, ReadonlySet<string>>();
  #unknown = false;
  #dealt: readonly DealtBenchmark[] | null = null;

  constructor(only: Only) {
    this.#only = only;
  }

  /** Takes note of a suite's warm-up: those of its benchmarks that are asked about; null where that is all, or not known. */
  note(suite: string, results: Iterable<SlotResult>): readonly string[] | null {
    if (this.#only === null) return null;
    const all = [...results];
    const told = all.flatMap(({ measurements, failures, left = [] }) => [
      ...[...measurements, ...failures].map(({ benchmark }) => benchmark),
      ...left,
    ]);
    // What has failed as a whole may hold anything.
    if (told.length === 0 || told.includes("*")) {
      this.#unknown = true;
      // The shards of a suite of which a part fails share the rest all the same.
      if (!isDeal(this.#only) || told.every((name) => name === "*")) return null;
    }
    const names = new Set(told.filter((name) => name !== "*"));
    this.#names.set(suite, names);
    // Dealt once all suites are known.
    if (isDeal(this.#only) && !this.#only.settled) return null;
    return [...names].filter((name) => fits(this.#only, suite, name));
  }

  /**
   * Deals the benchmarks that there are, once all are known: this shard's, by suite, where it is to measure some of them alone. Null where nothing is dealt, or was
   * dealt before.
   */
  deal(): ReadonlyMap<string, readonly string[]> | null {
    if (!isDeal(this.#only) || this.#only.settled) return null;
    const { whole } = this.#only;
    const divisible = [...this.#names].filter(([suite]) => !whole.has(suite));
    const all = divisible.flatMap(([suite, names]) => [...names].map((name) => `${suite}/${name}`));
    const only = { ...withNames(this.#only, all), settled: true as const };
    this.#only = only;
    const named = (suite: string, benchmark: string) => ({ suite, benchmark, shard: shardOf(only, suite, benchmark) });
    this.#dealt = [
      ...[...whole].map((suite) => named(suite, "*")),
      ...divisible.flatMap(([suite, names]) => [...names].map((benchmark) => named(suite, benchmark))),
    ];
    return new Map(
      divisible.map(([suite, names]) => [suite, [...names].filter((name) => fits(only, suite, name))] as const),
    );
  }

  /** All benchmarks that were warmed up or passed over, with the shards that they were dealt to. Empty where nothing was dealt. */
  get dealt(): readonly DealtBenchmark[] {
    return this.#dealt ?? [];
  }

  /** What is asked about, as far as it is known by now. */
  get only(): Only {
    return this.#only;
  }

  /** Throws a `GateError` that names what there is, where nothing that was warmed up is asked about. */
  refuseNothing(): void {
    if (this.#only === null || isDeal(this.#only) || this.#unknown || this.#names.size === 0) return;
    const names = [...this.#names].flatMap(([suite, benchmarks]) =>
      [...benchmarks].map((name) => [suite, name] as const),
    );
    if (names.some(([suite, name]) => fits(this.#only, suite, name))) return;
    const [asked = ""] = this.#only;
    const full = names.map(([suite, name]) => `${suite}/${name}`);
    const near =
      nearest(asked, full) ??
      nearest(
        asked.replace(/^.*\//, ""),
        names.map(([, name]) => name),
      );
    const more = full.length > LISTED ? ` and ${full.length - LISTED} more` : "";
    const remedy =
      near === null
        ? `${full.length === 1 ? "The only one is" : "There are"} ${full.slice(0, LISTED).join(", ")}${more}`
        : `Did you mean ${JSON.stringify(near)}?`;
    throw new GateError(`${JSON.stringify(asked)} fits no benchmark`, remedy, { path: "only" });
  }
}
