import { keyOf } from "../../model/key.ts";
import type { Suite } from "../../model/plan.ts";
import type { Progress } from "../../model/progress.ts";
import type { CodeCompared, SameCode } from "../../model/same-code.ts";
import type { Warning } from "../../model/warning.ts";
import type { Ports } from "../../ports/index.ts";
import { xoshiro128 } from "../../stats/random.ts";
import type { SlotResult } from "../execution.ts";
import type { MeasuredSide, Recordings } from "../recorder.ts";
import type { Side } from "../schedule.ts";
import { Audits } from "./audits.ts";
import { DeclaredSuites } from "./declared-suites.ts";
import { type Ground, groundOf } from "./ground.ts";
import { isOf, LeftOut } from "./left-out.ts";
import { rewritten } from "./since.ts";
import type { Watch, Watcher } from "./watch.ts";
import { watchRun } from "./watching.ts";

const AT_RANDOM = "one in twenty of the same code is measured all the same, as a check";

/** Sets its numbers apart from those that the order of sides and the layouts are drawn by, with the same seed. */
const APART = 0x73616d65;

/** What is asked about the code of two sides. */
export interface SameCodeOptions {
  readonly suites: readonly Suite[];
  readonly seed: number;
  /** The configuration's path in the tree; absent: there is none. */
  readonly config?: string;
  /** Whether something has to be measured whatever its code is, such as what has a limit; without a benchmark, anything of the suite. */
  readonly needed: (suite: string, benchmark: string | null) => boolean;
  /** Told what is left out, and why something is not. */
  readonly onFound: (suite: string, found: NonNullable<Progress["code"]>) => void;
}

/**
 * What of a plan need not be measured, because both sides run the same code: suites by the inputs that they declare, modules of benchmarks by what they
 * were seen to load and read while they warmed up. Of each twenty of them one is measured all the same, as the seed falls.
 */
export class SameCodeFinder implements Watcher {
  readonly #ports: Pick<Ports, "files" | "host">;
  readonly #ground: Ground;
  readonly #sides: readonly [MeasuredSide, MeasuredSide];
  readonly #options: SameCodeOptions;
  readonly #folder: string;
  readonly #warmedUp = new Map<string, ReadonlyMap<Side, SlotResult>>();
  readonly #left: LeftOut;
  readonly #audits: Audits;
  readonly #declared: DeclaredSuites;
  #same: readonly SameCode[] = [];
  #runs = 0;

  private constructor(
    ports: Pick<Ports, "files" | "host">,
    given: { readonly ground: Ground; readonly sides: readonly [MeasuredSide, MeasuredSide]; readonly folder: string },
    options: SameCodeOptions,
  ) {
    this.#ports = ports;
    this.#ground = given.ground;
    this.#left = new LeftOut(given.ground);
    this.#sides = given.sides;
    this.#declared = new DeclaredSuites({ ...given, files: ports.files, config: options.config });
    this.#folder = given.folder;
    this.#options = options;
    this.#audits = new Audits(xoshiro128(options.seed + APART)());
  }

  /** Compares the trees that both sides, which are set up, are parts of; null where nothing can be said of them. */
  static async begin(
    ports: Pick<Ports, "files" | "host" | "trees">,
    sides: readonly [MeasuredSide, MeasuredSide],
    roots: readonly [string, string],
    options: SameCodeOptions,
  ): Promise<SameCodeFinder | null> {
    const asked = options.suites.some(({ workload, inputs }) => workload.kind === "bench" || inputs !== undefined);
    const ground = asked ? await groundOf(ports, roots) : null;
    if (ground === null) return null;
    const folder = await ports.files.temporaryFolder();
    const finder = new SameCodeFinder(ports, { ground, sides, folder }, options);
    for (const suite of options.suites)
      if (suite.inputs !== undefined && suite.targets === undefined) await finder.#compare(suite, suite.inputs);
    return finder;
  }

  /** What was found so far. */
  get compared(): CodeCompared {
    return { same: this.#same, audited: this.#audits.all };
  }

  /** What is measured as a check, and need not be measured until it is decided. */
  get settling(): readonly SameCode[] {
    return this.#audits.settling;
  }

  /** Whether a suite is not measured at all. */
  leavesOut(suite: string): boolean {
    return this.#same.some((each) => each.suite === suite && each.benchmark === "*");
  }

  /** The modules of a suite that are not measured. */
  modulesLeft(suite: string): ReadonlySet<string> {
    return this.#left.of(suite);
  }

  async watch(suite: string, module: string): Promise<Watch | null> {
    const own = this.#options.suites.find(({ name }) => name === suite);
    if (own?.workload.kind !== "bench") return null;
    const watching = await watchRun(this.#ports, {
      ground: this.#ground,
      sides: this.#sides,
      module,
      folder: own.folder,
      notes: { folder: this.#folder, run: this.#runs++ },
    });
    if (watching === null) return null;
    return {
      env: watching.env,
      end: async () => {
        const found = await watching.end();
        if (typeof found === "string") return found;
        this.#left.keep(suite, module, found);
        return null;
      },
    };
  }

  /** The first path that a watched module depends on and that has been written since it ran; null where none was. */
  writtenSince(suite: string, module: string): Promise<string | null> {
    return this.#left.writtenSince(suite, module, this.#ground);
  }

  /**
   * The benchmarks that are to be measured after all, by suite: what is measured has meanwhile written what their modules depend on. They no longer count as the
   * same code.
   */
  async takeBack(): Promise<ReadonlyMap<string, readonly string[]>> {
    const back = new Map<string, readonly string[]>();
    for (const late of await this.#left.takeBack()) {
      const { suite, file, benchmarks, path } = late;
      this.#same = this.#same.filter((each) => !isOf(late, each));
      back.set(suite, [...(back.get(suite) ?? []), ...benchmarks]);
      this.#options.onFound(suite, { why: `${file} ${rewritten(path)}` });
    }
    return back;
  }

  /** The modules that are measured as a check and no longer count as the same code, since the last time. */
  lateAudits(): Promise<readonly { readonly suite: string; readonly benchmarks: readonly string[] }[]> {
    return this.#audits.noteLate(this.#left);
  }

  /**
   * At the end, when it is too late to measure them: what was left out as the same code, and may not be. What was to be measured after all counts as left out where
   * no round of it was.
   */
  async doubts({ candidate }: Recordings): Promise<readonly Warning[]> {
    const never = this.#left.missingIn(candidate);
    const same = never.flatMap(({ suite, benchmarks }) =>
      benchmarks.map((benchmark) => ({ suite, benchmark, by: "closure" as const })),
    );
    this.#same = [...this.#same, ...same];
    const found = [...never, ...(await this.#left.overtaken())].map(
      ({ suite, file, path }): Warning => ({ code: "same-code-late", suite, file, path }),
    );
    for (const { suite, path } of await this.#declared.overtaken()) {
      if (this.leavesOut(suite)) found.push({ code: "same-code-late", suite, file: null, path });
      this.#audits.noteLateSuite(suite);
    }
    await this.#audits.noteLate(this.#left);
    return found;
  }

  /** Takes note of a suite's warm-up. */
  note(suite: string, results: ReadonlyMap<Side, SlotResult>): void {
    this.#warmedUp.set(suite, results);
  }

  /**
   * Once everything has warmed up, and may have written what others read: what is not measured from now on. A module is left out as a whole, and only where
   * both sides have the same benchmarks in it, all of them sound. The suites of which nothing is left.
   */
  async settle(): Promise<readonly string[]> {
    const over: string[] = [];
    const ground = this.#left.asItIs();
    for (const [suite, results] of this.#warmedUp) if (await this.#settle(suite, results, ground)) over.push(suite);
    this.#warmedUp.clear();
    return over;
  }

  async #settle(suite: string, results: ReadonlyMap<Side, SlotResult>, ground: Ground): Promise<boolean> {
    const [one, other] = this.#sides.map(({ name }) => results.get(name)?.modules ?? []);
    for (const { file, benchmarks, why } of other ?? []) {
      const twin = one?.find((each) => each.file === file);
      const names = [...benchmarks].sort();
      const alike = names.length > 0 && keyOf(...names) === keyOf(...[...(twin?.benchmarks ?? [])].sort());
      const needed = names.some((name) => this.#options.needed(suite, name));
      const reason =
        why ??
        (alike ? null : "does not have the same benchmarks on both sides") ??
        (needed ? "has a limit or a goal" : null) ??
        rewritten(await this.#left.writtenSince(suite, file, ground));
      if (reason !== null) this.#options.onFound(suite, { why: `${file} ${reason}` });
      else if (this.#draw(names.map((benchmark) => ({ suite, benchmark, by: "closure" })))) {
        this.#left.add(suite, file, names);
      } else this.#audits.watch({ suite, file, benchmarks: names });
    }
    const same = new Set(this.#same.filter((each) => each.suite === suite).map(({ benchmark }) => benchmark));
    const all = [...results.values()];
    return (
      same.size > 0 &&
      all.every(
        ({ measurements, failures }) =>
          failures.length === 0 && measurements.every(({ benchmark }) => same.has(benchmark)),
      )
    );
  }

  async #compare(suite: Suite, inputs: readonly string[]): Promise<void> {
    const { name } = suite;
    const why =
      (await this.#declared.compare(suite, inputs)) ??
      (this.#options.needed(name, null) ? "has a limit or a goal" : null);
    if (why !== null) this.#options.onFound(name, { why: `it ${why}` });
    else this.#draw([{ suite: name, benchmark: "*", by: "inputs" }]);
  }

  /** Whether these, which need not be measured, are not. */
  #draw(found: readonly SameCode[]): boolean {
    const audited = this.#audits.draw(found);
    if (!audited) this.#same = [...this.#same, ...found];
    const [{ suite }] = found as readonly [SameCode];
    this.#options.onFound(suite, audited ? { why: AT_RANDOM } : { same: found.map(({ benchmark }) => benchmark) });
    return !audited;
  }
}
