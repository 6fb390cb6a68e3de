import { GateError } from "../../model/error.ts";
import { keyOf } from "../../model/key.ts";
import type { Command, Suite } from "../../model/plan.ts";
import type { Progress } from "../../model/progress.ts";
import type { CodeCompared, SameCode } from "../../model/same-code.ts";
import type { Ports } from "../../ports/index.ts";
import { xoshiro128 } from "../../stats/random.ts";
import type { SlotResult } from "../execution.ts";
import { suiteFolder } from "../preflight.ts";
import type { MeasuredSide } from "../recorder.ts";
import type { Side } from "../schedule.ts";
import { outlineOf } from "./difference.ts";
import { type Ground, groundOf, watchedPaths } from "./ground.ts";
import { whyInputsDiffer } from "./inputs.ts";
import { readNotes } from "./notes.ts";
import type { Watch, Watcher } from "./watch.ts";
import { foldersOf, placesOf, type Watched, whyMeasured } from "./why-measured.ts";

/** How many of what need not be measured are measured all the same: a twentieth. */
const AUDITED = 1 / 20;

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
 * were seen to load and read while they warmed up. Of each hundred of them five are measured all the same, as the seed falls.
 */
export class SameCodeFinder implements Watcher {
  readonly #ports: Pick<Ports, "files" | "host">;
  readonly #ground: Ground;
  readonly #sides: readonly [MeasuredSide, MeasuredSide];
  readonly #options: SameCodeOptions;
  readonly #random: () => number;
  readonly #folder: string;
  readonly #watched = new Map<string, readonly [Watched, Watched]>();
  readonly #warmedUp = new Map<string, ReadonlyMap<Side, SlotResult>>();
  readonly #left = new Map<string, Set<string>>();
  readonly #found: { readonly same: SameCode[]; readonly audited: SameCode[] } = { same: [], audited: [] };
  #runs = 0;

  private constructor(
    ports: Pick<Ports, "files" | "host">,
    given: { readonly ground: Ground; readonly sides: readonly [MeasuredSide, MeasuredSide]; readonly folder: string },
    options: SameCodeOptions,
  ) {
    this.#ports = ports;
    this.#ground = given.ground;
    this.#sides = given.sides;
    this.#folder = given.folder;
    this.#options = options;
    this.#random = xoshiro128(options.seed + APART);
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
      if (suite.inputs !== undefined && suite.targets === undefined) await finder.#compareInputs(suite, suite.inputs);
    return finder;
  }

  /** What was found so far. */
  get compared(): CodeCompared {
    return this.#found;
  }

  /** Whether a suite is not measured at all. */
  leavesOut(suite: string): boolean {
    return this.#found.same.some((each) => each.suite === suite && each.benchmark === "*");
  }

  /** The modules of a suite that are not measured. */
  modulesLeft(suite: string): ReadonlySet<string> {
    return this.#left.get(suite) ?? new Set();
  }

  async watch(suite: string, module: string): Promise<Watch | null> {
    const { recorder, preload } = this.#ports.host;
    const { trees, roots, difference } = this.#ground;
    const own = this.#options.suites.find(({ name }) => name === suite);
    if (recorder === undefined || preload === undefined || own?.workload.kind !== "bench") return null;
    const aged = await Promise.all(roots.map((root) => trees.age(watchedPaths(root, difference))));
    if (aged.includes(null)) return null;
    const run = this.#runs++;
    const log = (side: Side) => `${this.#folder}/${run}-${side}`;
    return {
      env: (side, env) => ({
        // The first of all: what another module that is loaded ahead looks at has to be seen as well.
        NODE_OPTIONS: `--require "${escaped(recorder)}" ${env.NODE_OPTIONS ?? preload.options}`.trimEnd(),
        BENCHGATE_TOUCHED: log(side),
      }),
      end: async () => {
        const read = await Promise.all(aged.map((each) => each!()));
        const watched = await Promise.all(
          this.#sides.map(async ({ name, cwd }, index): Promise<Watched> => {
            const notes = readNotes((await this.#ports.files.readTextIfAny(log(name))) ?? "");
            const root = roots[index]!;
            const paths = [...new Set([...notes.loaded, ...notes.touched, ...notes.listed])];
            const file = `${suiteFolder(cwd, own.folder)}/${module}`;
            const [here, ...ways] = await trees.ways([file, ...paths]);
            return {
              root,
              module: here!.end.slice(root.length + 1),
              notes,
              ways: new Map(paths.map((path, at) => [path, ways[at]!])),
              read: read[index]!.map((path) => path.slice(root.length + 1)),
            };
          }),
        );
        const both = watched as [Watched, Watched];
        const why = whyMeasured(difference, both) ?? (await readsElsewhere(this.#ground, both, this.#folder));
        if (why === null) this.#watched.set(keyOf(suite, module), both);
        return why;
      },
    };
  }

  /** What of a watched module differs on both sides by now, as the rest of a sentence; null where nothing does. */
  async differsByNow(suite: string, module: string): Promise<string | null> {
    const watched = this.#watched.get(keyOf(suite, module));
    return watched === undefined ? null : nowDiffers(this.#ground, watched);
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
    for (const [suite, results] of this.#warmedUp) if (await this.#settle(suite, results)) over.push(suite);
    this.#warmedUp.clear();
    return over;
  }

  async #settle(suite: string, results: ReadonlyMap<Side, SlotResult>): Promise<boolean> {
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
        (await this.differsByNow(suite, file));
      if (reason !== null) this.#options.onFound(suite, { why: `${file} ${reason}` });
      else if (this.#draw(names.map((benchmark) => ({ suite, benchmark, by: "closure" })))) {
        this.#left.set(suite, new Set([...this.modulesLeft(suite), file]));
      }
    }
    const same = new Set(this.#found.same.filter((each) => each.suite === suite).map(({ benchmark }) => benchmark));
    const all = [...results.values()];
    return (
      same.size > 0 &&
      all.every(
        ({ measurements, failures }) =>
          failures.length === 0 && measurements.every(({ benchmark }) => same.has(benchmark)),
      )
    );
  }

  async #compareInputs({ name, folder, workload }: Suite, patterns: readonly string[]): Promise<void> {
    const { trees, roots, difference } = this.#ground;
    // What the command line names is part of it, declared or not.
    const named = "command" in workload ? wordsOf(workload.command) : [];
    const places = new Set<string>();
    const empty = new Set(patterns);
    for (const [index, { cwd }] of this.#sides.entries()) {
      const from = suiteFolder(cwd, folder);
      const found = await this.#ports.files.glob(patterns, from).catch(orNone);
      for (const pattern of empty) {
        if ((await this.#ports.files.glob([pattern], from).catch(orNone)).length > 0) empty.delete(pattern);
      }
      for (const way of await trees.ways([...found, ...named].map((path) => `${from}/${path}`))) {
        for (const place of way.places) {
          if (place.startsWith(`${roots[index]}/`)) places.add(place.slice(roots[index]!.length + 1));
        }
      }
    }
    const [none] = empty;
    const why =
      none === undefined
        ? (whyInputsDiffer(difference, places, this.#options.config) ??
          (this.#options.needed(name, null) ? "has a limit or a goal" : null))
        : `has inputs that fit no file (${none})`;
    if (why !== null) this.#options.onFound(name, { why: `it ${why}` });
    else this.#draw([{ suite: name, benchmark: "*", by: "inputs" }]);
  }

  /** Whether these, which need not be measured, are not. */
  #draw(found: readonly SameCode[]): boolean {
    const audited = this.#random() < AUDITED;
    for (const each of found) (audited ? this.#found.audited : this.#found.same).push(each);
    const [{ suite }] = found as readonly [SameCode];
    this.#options.onFound(suite, audited ? { why: AT_RANDOM } : { same: found.map(({ benchmark }) => benchmark) });
    return !audited;
  }
}

/**
 * The file outside both trees that one side alone touched, as the rest of a sentence: a cache that goes by the tree's path, say, holds what may differ. What
 * Benchgate gives each side for itself, in folders named like `folder`, is none.
 */
async function readsElsewhere(
  { trees, roots }: Ground,
  sides: readonly [Watched, Watched],
  folder: string,
): Promise<string | null> {
  const own = folder.replace(/[^-/]*$/, "");
  const [one, other] = sides.map(
    ({ notes, ways }) =>
      new Set(
        [...notes.loaded, ...notes.touched]
          .map((path) => ways.get(path)?.end ?? path)
          .filter((end) => !end.startsWith(own) && !roots.some((root) => `${end}/`.startsWith(`${root}/`))),
      ),
  ) as [Set<string>, Set<string>];
  const odd = [...[...one].filter((path) => !other.has(path)), ...[...other].filter((path) => !one.has(path))];
  const there = await trees.look(
    "",
    odd.map((path) => path.slice(1)),
  );
  const [file] = [...there].flatMap(([path, { kind }]) => (kind === "folder" ? [] : [path]));
  return file === undefined ? null : `reads /${file}, which the other side does not`;
}

/**
 * What differs only since the trees were compared, as the rest of a sentence: other suites and modules have run meanwhile, and what they wrote is read by this
 * one. What it wrote itself is the same, if its code is.
 */
async function nowDiffers({ trees, roots }: Ground, sides: readonly [Watched, Watched]): Promise<string | null> {
  const places = [...new Set(sides.flatMap((side) => [...placesOf(side)]))];
  const pairs = [await Promise.all(roots.map((root) => trees.look(root, places)))];
  for (const folder of new Set(sides.flatMap((side) => [...foldersOf(side)]))) {
    pairs.push(await Promise.all(roots.map(async (root) => (await trees.walk(`${root}/${folder}`)) ?? new Map())));
  }
  for (const [one, other] of pairs) {
    const { shape, resized } = outlineOf(one!, other!);
    const [first] = [...shape, ...resized];
    if (first !== undefined) return `touches ${first}, which differs by now`;
  }
  const files = places.filter((path) => pairs[0]![0]!.get(path)?.kind === "file");
  const unequal = await trees.unequal(...roots, files);
  if (unequal === null) return "touches more than is worth comparing";
  return unequal.length === 0 ? null : `touches ${unequal[0]}, which differs by now`;
}

/** What may be the name of a file in a command. */
function wordsOf(command: Command): readonly string[] {
  const words = command.kind === "argv" ? command.argv : command.line.split(/[\s;&|<>()"'`]+/);
  return words
    .flatMap((word) => [word, word.slice(word.indexOf("=") + 1)])
    .map((word) => word.replace(/^(?:\.\/)+/, ""))
    .filter((word) => word !== "" && !word.startsWith("/"));
}

function orNone(error: unknown): readonly string[] {
  if (error instanceof GateError) return [];
  throw error;
}

/** As Node reads a path with spaces in NODE_OPTIONS. */
function escaped(path: string): string {
  return path.replace(/["\\]/g, "\\$&");
}
