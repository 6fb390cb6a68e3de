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
  (repository) => {
    const found = detectLoads(repository);
    return { ...found, setup: found.setup.map((step) => ({ ...step, isOfLoad: true })) };
  },
];

/** Folders of what a project shows others. */
const SHOWN = /(^|\/)(examples?|demos?|samples?|templates?|playgrounds?)\//;

function folderOfSuite({ keys }: FoundSuite): string {
  const cwd = keys.find(({ key }) => key === "cwd")?.value;
  return typeof cwd === "string" ? cwd : "";
}

/** The folder that a suite's service is started in; none where that is the suite's own, or where it has none. */
function serviceFolder(suite: FoundSuite): readonly string[] {
  return servesOf([suite]).flatMap((serve) => /^cd '?(?:\.\.\/)*(.+?)'? && /.exec(serve)?.[1] ?? []);
}

/** All that a repository says of its benchmarks and loads. Suites have names of their own; a peer's command counts where nothing else was found. */
export function detect(repository: Repository): Found {
  const found = DETECTORS.map((detector) => detector(repository));
  const peers = detectPeers(repository);
  const all = found.flatMap(({ suites }) => suites);
  // What a project shows others counts where there is nothing else.
  const isShown = all.some((suite) => !SHOWN.test(`${folderOfSuite(suite)}/`));
  const left = isShown ? all.filter((suite) => SHOWN.test(`${folderOfSuite(suite)}/`)) : [];
  const own = all.filter((suite) => !left.includes(suite));
  // A project's own load may have one of its examples as its service.
  const served = own.flatMap(serviceFolder);
  const isNeeded = (folder: string) => served.some((each) => `${each}/`.startsWith(`${folder}/`));
  const setup = found
    .flatMap((each) => each.setup)
    .filter(({ folder }) => !isShown || !SHOWN.test(`${folder}/`) || isNeeded(folder));
  return {
    suites: distinct(own.length > 0 ? own : peers.suites),
    setup: setup.filter(
      ({ folder, line }, index) => setup.findIndex((each) => each.folder === folder && each.line === line) === index,
    ),
    runtimes: [...new Set(found.flatMap(({ runtimes }) => runtimes))],
    notes: [
      ...found.flatMap(({ notes }) => notes),
      ...left.map(({ why }) => `${why}: left out, as it lies among what the project shows others`),
      ...peers.notes,
    ],
  };
}

/** What one quick measurement of suites showed, by their names. */
interface Tried {
  /** Why a suite does not work. */
  readonly broken: ReadonlyMap<string, string>;
  /** The suites whose rounds take too long for many of them. */
  readonly long: ReadonlySet<string>;
  /** The suites whose round was cut short: their files one by one would take as long. */
  readonly cut: ReadonlySet<string>;
}

/**
 * The suites as they may do better: with less time for each benchmark, without that again where it does not work so, or file by file where they do not work as a
 * whole. The same object where nothing changes.
 */
export function adapted(found: Found, { broken, long, cut }: Tried): Found {
  const better = (suite: FoundSuite): readonly FoundSuite[] => {
    const { shorter, ...longer } = suite;
    const { name, keys, notes = [], alone, fewer } = longer;
    if (long.has(name) && shorter !== undefined) {
      const shortened = keys.map((each) => (each.key === "run" ? { ...each, value: shorter.run } : each));
      const noted = shorter.note === undefined ? notes : [...notes, shorter.note];
      return [{ ...longer, keys: shortened, notes: noted, longer }];
    }
    if (!broken.has(name)) return [suite];
    // What takes too long does not work with more time for each benchmark, nor file by file.
    if (cut.has(name)) return [fewer ?? suite];
    return alone ?? [suite.longer ?? fewer ?? suite];
  };
  const suites = found.suites.flatMap(better);
  return suites.every((suite) => found.suites.includes(suite)) ? found : { ...found, suites: distinct(suites) };
}

/** The same with a setup that does less, for where it fails; the same object where nothing can be left out. */
export function plainer(found: Found): Found {
  if (found.setup.every((step) => step.plainer === undefined)) return found;
  const setup = found.setup.map((step) =>
    step.plainer === undefined
      ? step
      : {
          ...step,
          line: step.plainer,
          about: `${step.about}, without the scripts of packages, one of which fails here`,
        },
  );
  return { ...found, setup };
}

/**
 * The same without its services and what they alone need, for where the setup fails and the other suites may do without; the same object where all or none have
 * a service.
 */
export function withoutServices(found: Found): Found {
  const suites = found.suites.filter((suite) => !hasService(suite));
  if (suites.length === 0 || suites.length === found.suites.length) return found;
  return { ...found, suites, setup: found.setup.filter(({ isOfLoad }) => isOfLoad !== true) };
}

function hasService(suite: FoundSuite): boolean {
  return servesOf([suite]).length > 0;
}

/** The commands that start the services of suites. */
export function servesOf(suites: readonly FoundSuite[]): readonly string[] {
  const serves = suites.flatMap(({ keys }) => keys.filter(({ key }) => key === "serve").map(({ value }) => `${value}`));
  return [...new Set(serves)];
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
