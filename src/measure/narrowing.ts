import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { fits, type Only } from "./asked.ts";
import type { SlotResult } from "./execution.ts";

/** Names that the error lists. */
const LISTED = 8;

/** What the warm-ups say of the benchmarks that are asked about, so that the rounds measure nothing else where that can be helped. */
export class Narrowing {
  readonly #only: Only;
  readonly #names = new Map<string, ReadonlySet<string>>();
  #unknown = false;

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
      return null;
    }
    const names = new Set(told);
    this.#names.set(suite, names);
    return [...names].filter((name) => fits(this.#only, suite, name));
  }

  /** Throws a `GateError` that names what there is, where nothing that was warmed up is asked about. */
  refuseNothing(): void {
    if (this.#only === null || this.#unknown || this.#names.size === 0) return;
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
      near === null ? `There are ${full.slice(0, LISTED).join(", ")}${more}` : `Did you mean ${JSON.stringify(near)}?`;
    throw new GateError(`${JSON.stringify(asked)} fits no benchmark`, remedy, { path: "only" });
  }
}
