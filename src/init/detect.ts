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

/** The suites that do not work as a whole, file by file; null where there is none. */
export function narrowed(found: Found, broken: ReadonlyMap<string, string>): Found | null {
  const isSplit = ({ name, alone }: FoundSuite) => broken.has(name) && alone !== undefined;
  if (!found.suites.some(isSplit)) return null;
  return { ...found, suites: distinct(found.suites.flatMap((suite) => (isSplit(suite) ? suite.alone! : [suite]))) };
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
    return { ...suite, name };
  });
}
