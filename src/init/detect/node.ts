import { commandKeys, type Found, type FoundSuite, fileByFile, folderKey, shellWord, suiteName } from "../found.ts";
import { filesOf, folderOf, named, type Repository, within } from "../repository.ts";
import type { ScriptFile } from "./node-build.ts";
import { nodeSetup } from "./node-setup.ts";
import { type Manifest, manifestOf } from "./package-json.ts";
import { isGlobalBench, vitestSuites } from "./vitest.ts";

/** What a benchmark file is written for. */
const LIBRARIES = ["tinybench", "vitest", "mitata", "benchmark"] as const;
type Library = (typeof LIBRARIES)[number];

const BENCH_FILE =
  /((^|\/)[^/]*(bench|perf)[^/]*\/([^/]+\/)*[^/]+|[._-](bench|benchmark|perf)|(^|\/)(bench|benchmark|perf)[^/]*)\.(m?[jt]sx?|c[jt]s)$/i;

/** Benchmarks of JavaScript packages, by the library that each file imports. */
export function detectNode(repository: Repository): Found {
  const folders = named(repository, /^package\.json$/).map(folderOf);
  const found = folders.map((folder) => packageOf(repository, folder, folders));
  const written = found.flatMap(({ suites }) => suites);
  // A script as a whole is the last resort: what its files measure one by one says more.
  const suites = written.length > 0 ? written : found.flatMap(({ whole }) => whole);
  return {
    suites,
    setup: nodeSetup(
      repository,
      found
        .filter(({ suites: own, whole }) => own.length > 0 || (written.length === 0 && whole.length > 0))
        .map(({ folder, files }) => ({ folder, files })),
    ),
    runtimes: suites.length > 0 ? ["node"] : [],
    notes: found.flatMap(({ notes }) => notes),
  };
}

interface PackageFound extends Pick<Found, "suites" | "notes"> {
  readonly folder: string;
  /** Its script for benchmarks, measured from outside. */
  readonly whole: readonly FoundSuite[];
  /** Its benchmark files: they say whether something has to be built first. */
  readonly files: readonly ScriptFile[];
}

function packageOf(repository: Repository, folder: string, folders: readonly string[]): PackageFound {
  const manifest = manifestOf(repository, folder);
  const files = filesOf(repository, folder, folders).filter((path) => BENCH_FILE.test(path) && !path.endsWith(".d.ts"));
  const written = files.map((path) => ({ path, text: repository.text(path) ?? "" }));
  const of = (library: Library) =>
    written.filter(
      ({ path, text }) =>
        !isWorker(text) && (libraryOf(text) ?? (isGlobalBench(repository, path, text) ? "vitest" : null)) === library,
    );
  const name = suiteName(manifest?.name ?? "", suiteName(folder, "bench"));
  const program = (path: string) => programFor(manifest, within(folder, path));
  const suites = [
    ...tinybench(folder, name, of("tinybench")),
    ...vitestSuites(repository, { folder, name, files: of("vitest").map(({ path }) => path) }),
    ...of("mitata").map((file) => mitata(folder, file, program(file.path))),
    ...of("benchmark").map(({ path }) =>
      benchmarkjs(folder, { path, why: `${path} uses Benchmark.js` }, program(path)),
    ),
    ...workersOf(written).map(({ path, worker }) =>
      benchmarkjs(folder, { path, why: `${path} measures in the threads of ${worker}` }, program(path)),
    ),
  ];
  return {
    folder,
    suites,
    whole: manifest === null ? [] : scriptOf(folder, name, manifest),
    notes: [],
    files: written,
  };
}

function libraryOf(text: string): Library | null {
  const imports = (name: string) =>
    new RegExp(`(from|require\\(|import\\(|import)\\s*["']${name}["']`).test(text.replace(/^\s*(\/\/|\*).*$/gm, ""));
  if (/(?:^|[^.\w])bench(\.\w+)*\s*\(/.test(text) && imports("vitest")) return "vitest";
  return LIBRARIES.find((name) => name !== "vitest" && imports(name)) ?? null;
}

function tinybench(folder: string, name: string, files: readonly ScriptFile[]): readonly FoundSuite[] {
  if (files.length === 0) return [];
  const suiteOf = (paths: readonly string[], name: string): FoundSuite => ({
    name,
    why: `${paths[0]} imports tinybench`,
    keys: [
      ...folderKey(folder),
      {
        key: "bench",
        value: paths.map((path) => within(folder, path)),
        about: "Modules for Benchgate's own harness: both revisions take turns of milliseconds.",
      },
    ],
  });
  return [fileByFile(files, name, suiteOf)];
}

/** Whether a file is run by another one, in a thread; one that asks whether it is in the main thread starts itself. */
function isWorker(text: string): boolean {
  const asks = (names: string) =>
    new RegExp(`\\{[^}]*\\b(${names})\\b[^}]*\\}\\s*(=\\s*require\\(|from)\\s*["'](node:)?worker_threads["']`).test(
      text,
    );
  return asks("parentPort|workerData") && !asks("isMainThread");
}

/** The files that start benchmarks in threads and print what these send them. */
function workersOf(files: readonly ScriptFile[]): readonly { readonly path: string; readonly worker: string }[] {
  return files.flatMap(({ path: worker, text }) => {
    if (!isWorker(text) || libraryOf(text) === null) return [];
    const stem = worker.slice(worker.lastIndexOf("/") + 1);
    const starter = files.find(
      (other) =>
        other.text.includes(stem) && /\bnew Worker\(/.test(other.text) && !/\b(exec|spawn|fork)\w*\(/.test(other.text),
    );
    return starter === undefined ? [] : [{ path: starter.path, worker }];
  });
}

/** What runs a file, with the flags that the project's own scripts give it. */
function programFor(manifest: Manifest | null, file: string): string {
  const name = file.replace(/[.*+?^$()|[\]\\{}]/g, "\\$&");
  const own = new RegExp(`\\b(node|tsx)((?:\\s+-[^\\s&|;]+)*)\\s+(?:\\./)?${name}(?=[\\s&|;]|$)`);
  const [, runner, flags = ""] =
    [...(manifest?.scripts.values() ?? [])].map((script) => own.exec(script)).find((found) => found !== null) ?? [];
  const isTyped = /\.[cm]?tsx?$/.test(file) && manifest?.dependencies.has("tsx") === true;
  return `${runner === "tsx" || (runner === undefined && isTyped) ? "npx tsx" : "node"}${flags.replace(/\s+/g, " ")}`;
}

/** mitata prints for people unless it is told otherwise: a copy of the file, beside it, asks for JSON. */
function mitata(folder: string, { path, text }: ScriptFile, program: string): FoundSuite {
  const file = within(folder, path);
  const why = `${path} imports mitata`;
  if (/format\s*:\s*['"{]?\s*['"]?json/.test(text)) {
    return {
      name: fileName(path),
      why,
      keys: [...folderKey(folder), ...commandKeys(`${program} ${shellWord(file)}`, "mitata", "One round of it.")],
    };
  }
  const place = folderOf(file) === "" ? "" : `${folderOf(file)}/`;
  const copy = `${place}.benchgate-${file.slice(place.length)}`;
  const json = "{ format: { json: { debug: false, samples: false } }";
  const edit = `sed -E 's/(^|[^.A-Za-z_])run\\(\\)/\\1run(${json} })/; s/(^|[^.A-Za-z_])run\\(\\{/\\1run(${json}, /'`;
  return {
    name: fileName(path),
    why,
    keys: [
      ...folderKey(folder),
      ...commandKeys(
        `${edit} ${shellWord(file)} > ${shellWord(copy)} && ${program} ${shellWord(copy)}; code=$?; rm -f ${shellWord(copy)}; exit $code`,
        "mitata",
        "A copy of the file that asks mitata for JSON.",
      ),
    ],
    notes: [
      `With \`run({ format: process.env.BENCHGATE_OUTPUT ? "json" : "mitata" })\` in ${path}, \`node ${file}\` will do as the command.`,
    ],
  };
}

function benchmarkjs(
  folder: string,
  { path, why }: Pick<FoundSuite, "why"> & { readonly path: string },
  program: string,
): FoundSuite {
  return {
    name: fileName(path),
    why,
    keys: [
      ...folderKey(folder),
      ...commandKeys(
        `${program} ${shellWord(within(folder, path))}`,
        "benchmarkjs",
        "The lines that Benchmark.js prints are read.",
      ),
    ],
  };
}

/** A script called `bench` whose output nobody knows: what it takes as a whole can still be compared. */
function scriptOf(folder: string, name: string, { scripts }: Manifest): readonly FoundSuite[] {
  const script = ["bench", "benchmark", "benchmarks", "perf"].find((each) => scripts.has(each));
  // A load on a service that somebody has to start is for the detector of loads.
  if (script === undefined || /autocannon|wrk|k6|artillery|hey\b|codspeed/.test(scripts.get(script)!)) return [];
  return [
    {
      name,
      why: `package.json has a script "${script}"`,
      keys: [
        ...folderKey(folder),
        {
          key: "time",
          value: `npm run --silent ${script}`,
          about:
            "The whole script: wall-clock time, CPU time, peak memory. If a tool that Benchgate reads writes its output, use run and tool instead.",
        },
      ],
    },
  ];
}

function fileName(path: string): string {
  return suiteName(
    path
      .slice(path.lastIndexOf("/") + 1)
      .replace(/\.[^.]+$/, "")
      .replace(/[._-](bench|benchmark)$/i, ""),
    "bench",
  );
}
