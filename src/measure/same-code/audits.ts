import type { SameCode } from "../../model/same-code.ts";
import { isOf, type LeftOut } from "./left-out.ts";

/** A module that is measured as a check. */
interface Audit {
  readonly suite: string;
  readonly file: string;
  readonly benchmarks: readonly string[];
}

/** What is measured all the same although it is the same code, to see whether it agrees. */
export class Audits {
  #all: readonly SameCode[] = [];
  #modules: readonly Audit[] = [];

  get all(): readonly SameCode[] {
    return this.#all;
  }

  /** Those that need not be measured until they are decided. What the inputs of a suite are by the end, nobody knows before. */
  get settling(): readonly SameCode[] {
    return this.#all.filter(({ by }) => by === "closure");
  }

  add(found: readonly SameCode[]): void {
    this.#all = [...this.#all, ...found];
  }

  /** Looks after what a module depends on from here on. */
  watch(module: Audit): void {
    this.#modules = [...this.#modules, module];
  }

  /**
   * Takes note of the modules that depend on what has been written since, by their own rounds too: they go on as a check, and no longer as the same code where that
   * does not decide. Those that do since the last time.
   */
  async noteLate(left: LeftOut): Promise<readonly Audit[]> {
    const late: Audit[] = [];
    const ground = left.asItIs();
    for (const module of this.#modules) {
      if ((await left.writtenSince(module.suite, module.file, ground)) !== null) late.push(module);
    }
    this.#modules = this.#modules.filter((module) => !late.includes(module));
    this.#mark((each) => late.some((module) => isOf(module, each)));
    return late;
  }

  /** Takes note that the inputs of a suite are no longer the same. */
  noteLateSuite(suite: string): void {
    this.#mark((each) => each.suite === suite);
  }

  #mark(isLate: (each: SameCode) => boolean): void {
    this.#all = this.#all.map((each) => (isLate(each) ? { ...each, late: true } : each));
  }
}
