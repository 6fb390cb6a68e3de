import { detectGo } from "./detect/go.ts";
import { detectJvm } from "./detect/jvm.ts";
import { detectLoads } from "./detect/load.ts";
import { detectNative } from "./detect/native.ts";
import { detectNode } from "./detect/node.ts";
import { detectDeno, detectDotnet, detectJulia, detectPhp, detectRuby } from "./detect/others.ts";
import { detectPeers } from "./detect/peers.ts";
import { detectPython } from "./detect/python.ts";
import { detectRust } from "./detect/rust.ts";
import type { Found, FoundSuite } from "./found.ts";
import type { Repository } from "./repository.ts";

/** Whatever may be found in a repository, in the order in which it is written. A new language is one row. */
const DETECTORS: readonly ((repository: Repository) => Found)[] = [
  detectNode,
  detectDeno,
  detectGo,
  detectRust,
  detectPython,
  detectJvm,
  detectDotnet,
  detectNative,
  detectPhp,
  detectRuby,
  detectJulia,
  detectLoads,
];

/** All that a repository says of its benchmarks and loads. Suites have names of their own; a peer's command counts where nothing else was found. */
export function detect(repository: Repository): Found {
  const found = DETECTORS.map((detector) => detector(repository));
  const peers = detectPeers(repository);
  const own = found.flatMap(({ suites }) => suites);
  const setup = found.flatMap((each) => each.setup);
  return {
    suites: distinct(own.length > 0 ? own : peers.suites),
    setup: setup.filter(
      ({ folder, line }, index) => setup.findIndex((each) => each.folder === folder && each.line === line) === index,
    ),
    runtimes: [...new Set(found.flatMap(({ runtimes }) => runtimes))],
    notes: [...found.flatMap(({ notes }) => notes), ...peers.notes],
  };
}

/** What one quick measurement of suites showed, by their names. */
interface Tried {
  /** Why a suite does not work. */
  readonly broken: ReadonlyMap<string, string>;
  /** The suites whose rounds take too long for many of them. */
  readonly long: ReadonlySet<string>;
}

/** The suites as they may do better: with less time for each benchmark, or file by file where they do not work as a whole. The same object where nothing changes. */
export function adapted(found: Found, { broken, long }: Tried): Found {
  const better = (suite: FoundSuite): readonly FoundSuite[] => {
    const { name, keys, notes = [], shorter, alone } = suite;
    if (long.has(name) && shorter !== undefined) {
      const shortened = keys.map((each) => (each.key === "run" ? { ...each, value: shorter.run } : each));
      return [{ ...suite, keys: shortened, notes: [...notes, ...(shorter.note === undefined ? [] : [shorter.note])] }];
    }
    return broken.has(name) && !long.has(name) && alone !== undefined ? alone : [suite];
  };
  const suites = found.suites.flatMap(better);
  return suites.every((suite) => found.suites.includes(suite)) ? found : { ...found, suites: distinct(suites) };
}

/** Suites whose names differ: by the tool, then by a number. */
function distinct(suites: readonly FoundSuite[]): readonly FoundSuite[] {
  const taken = new Set<string>();
  return suites.map((suite) => {
    const tool = suite.keys.find(({ key }) => key === "tool")?.value ?? "bench";
    const base = suite.name.slice(0, 48);
    const candidates = [base, `${base}-${tool}`, ...suites.map((_, index) => `${base}-${index + 2}`)];
    const name = candidates.find((each) => !taken.has(each))!;
    taken.add(name);
    return name === suite.name ? suite : { ...suite, name };
  });
}
