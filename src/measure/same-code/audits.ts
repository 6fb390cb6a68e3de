import type { SameCode } from "../../model/same-code.ts";
import { isOf, type LeftOut } from "./left-out.ts";

/** Of so many in a row that need not be measured, one is measured all the same. */
const ROW = 20;

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
  /** The place in its row of what comes next. */
  #next: number;

  /** `start`, from 0 to 1, says how far in its row the first is. */
  constructor(start: number) {
    this.#next = Math.floor(start * ROW);
  }

  get all(): readonly SameCode[] {
    return this.#all;
  }

  /** Those that need not be measured until they are decided. What the inputs of a suite are by the end, nobody knows before. */
  get settling(): readonly SameCode[] {
    return this.#all.filter(({ by }) => by === "closure");
  }

  /**
   * Whether the next module or suite, of which these need not be measured, is measured all the same. A systematic sample (Cochran, Sampling Techniques, ch. 8): each is as likely
   * as any other, and no run has more than one of each twenty.
   */
  draw(found: readonly SameCode[]): boolean {
    const drawn = this.#next++ % ROW === 0;
    if (drawn) this.#all = [...this.#all, ...found];
    return drawn;
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
