import type { Suite } from "../../model/plan.ts";
import type { Ports } from "../../ports/index.ts";
import type { MeasuredSide } from "../recorder.ts";
import { differsByNow } from "./compared.ts";
import { declaredBy, whyDeclaredDiffer } from "./declared.ts";
import type { Ground } from "./ground.ts";
import type { Reach } from "./why-measured.ts";

/** What it takes to compare declared inputs. */
interface Means {
  readonly files: Ports["files"];
  readonly ground: Ground;
  readonly sides: readonly MeasuredSide[];
  /** The configuration's path in the tree; absent: there is none. */
  readonly config: string | undefined;
}

/** The suites whose declared inputs are the same on both sides. */
export class DeclaredSuites {
  readonly #means: Means;
  readonly #inputs = new Map<string, Reach>();

  constructor(means: Means) {
    this.#means = means;
  }

  /** Why a suite with the inputs `patterns` must be measured, as the rest of a sentence; null where they are the same, and looked after from here on. */
  async compare(suite: Suite, patterns: readonly string[]): Promise<string | null> {
    const declared = await declaredBy(suite, patterns, this.#means);
    const why = await whyDeclaredDiffer(declared, this.#means.ground, this.#means);
    if (why === null) this.#inputs.set(suite.name, { places: [...declared.places], folders: [], asked: new Set() });
    return why;
  }

  /** The suites whose inputs were the same and differ by now, each with the first path that does. */
  async overtaken(): Promise<readonly { readonly suite: string; readonly path: string }[]> {
    const found: { readonly suite: string; readonly path: string }[] = [];
    for (const [suite, reach] of this.#inputs) {
      const path = await differsByNow(this.#means.ground, reach);
      if (path !== null) found.push({ suite, path });
    }
    return found;
  }
}
