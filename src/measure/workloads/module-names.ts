import { shortestPaths } from "../../adapters/reading/shortest-paths.ts";

/** What parts the name of a file from that of a benchmark in it. */
const SEPARATOR = " / ";

/**
 * The benchmarks that the modules of a suite were seen to have, on any side and in any round. A name that several modules have goes by its
 * file as well: as much of the end of its path as no other module shares.
 */
export class ModuleNames {
  readonly #known = new Map<string, Set<string>>();
  readonly #count = new Map<string, number>();
  #short = new Map<string, string>();

  /** Takes note of modules, before any is run. */
  expect(files: readonly string[]): void {
    const fresh = files.filter((file) => !this.#short.has(file));
    if (fresh.length === 0) return;
    const all = [...this.#short.keys(), ...fresh];
    const ends = shortestPaths(all);
    this.#short = new Map(all.map((file, index) => [file, ends[index]!]));
  }

  /** Takes note of a module's benchmarks, by the names that they have there; `*` stands for what is not known. */
  note(file: string, benchmarks: Iterable<string>): void {
    const known = this.#known.get(file) ?? new Set();
    this.#known.set(file, known);
    for (const name of benchmarks) {
      if (known.has(name)) continue;
      known.add(name);
      this.#count.set(name, (this.#count.get(name) ?? 0) + 1);
    }
  }

  /** Whether a module may have one of these benchmarks; one that has failed as a whole, or was never run, may have any. */
  mayHold(file: string, benchmarks: readonly string[]): boolean {
    const known = this.#known.get(file);
    if (known === undefined || known.has("*")) return true;
    return benchmarks.some((name) => known.has(name) || known.has(this.within(file, name)));
  }

  /** What a benchmark of a module is called in the suite. */
  nameOf(file: string, benchmark: string): string {
    const shared = benchmark !== "*" && (this.#count.get(benchmark) ?? 0) > 1;
    return shared ? `${this.prefix(file)}${benchmark}` : benchmark;
  }

  /** What a benchmark of the suite is called in a module, if it is that one's. */
  within(file: string, benchmark: string): string {
    const prefix = this.prefix(file);
    return benchmark.startsWith(prefix) ? benchmark.slice(prefix.length) : benchmark;
  }

  /** What stands before a name that several modules have. */
  prefix(file: string): string {
    return `${this.#short.get(file) ?? file}${SEPARATOR}`;
  }
}
