import { commandKeys, type Found, type FoundSuite, fileByFile, folderKey, shellWord, suiteName } from "../found.ts";
import { filesOf, folderOf, named, type Repository, within } from "../repository.ts";
import { nodeSetup } from "./node-setup.ts";
import { type Manifest, manifestOf } from "./package-json.ts";

/** What a benchmark file is written for. */
const LIBRARIES = ["tinybench", "vitest", "mitata", "benchmark"] as const;
type Library = (typeof LIBRARIES)[number];

const BENCH_FILE =
  /((^|\/)(bench|benches|benchmarks?|perf|performance)\/([^/]+\/)*[^/]+|[._-](bench|benchmark|perf)|(^|\/)(bench|benchmark|perf)[^/]*)\.(m?[jt]s|cjs)$/i;

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
        .map(({ folder, texts }) => ({ folder, texts })),
    ),
    runtimes: suites.length > 0 ? ["node"] : [],
    notes: found.flatMap(({ notes }) => notes),
  };
}

interface PackageFound extends Pick<Found, "suites" | "notes"> {
  readonly folder: string;
  /** Its script for benchmarks, measured from outside. */
  readonly whole: readonly FoundSuite[];
  /** The texts of its benchmark files: they say whether it has to be built first. */
  readonly texts: readonly string[];
}

function packageOf(repository: Repository, folder: string, folders: readonly string[]): PackageFound {
  const manifest = manifestOf(repository, folder);
  const files = filesOf(repository, folder, folders).filter((path) => BENCH_FILE.test(path) && !path.endsWith(".d.ts"));
  const written = files.map((path) => ({ path, text: repository.text(path) ?? "" }));
  const of = (library: Library) => written.filter(({ text }) => libraryOf(text) === library);
  const name = suiteName(manifest?.name ?? "", suiteName(folder, "bench"));
  const suites = [
    ...tinybench(folder, name, of("tinybench")),
    ...vitest(folder, name, of("vitest"), manifest),
    ...of("mitata").map((file) => mitata(folder, file)),
    ...of("benchmark").map((file) => benchmarkjs(folder, file)),
  ];
  return {
    folder,
    suites,
    whole: manifest === null ? [] : scriptOf(folder, name, manifest),
    notes: [],
    texts: written.map(({ text }) => text),
  };
}

interface BenchFile {
  readonly path: string;
  readonly text: string;
}

function libraryOf(text: string): Library | null {
  const imports = (name: string) =>
    new RegExp(`(from|require\\(|import\\(|import)\\s*["']${name}["']`).test(text.replace(/^\s*(\/\/|\*).*$/gm, ""));
  if (/(?:^|[^.\w])bench(\.\w+)*\s*\(/.test(text) && imports("vitest")) return "vitest";
  return LIBRARIES.find((name) => name !== "vitest" && imports(name)) ?? null;
}

function tinybench(folder: string, name: string, files: readonly BenchFile[]): readonly FoundSuite[] {
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

function vitest(
  folder: string,
  name: string,
  files: readonly BenchFile[],
  manifest: Manifest | null,
): readonly FoundSuite[] {
  if (files.length === 0) return [];
  const major = Number(/\d+/.exec(manifest?.dependencies.get("vitest") ?? "")?.[0] ?? 5);
  const output = major >= 5 ? "--reporter=json --outputFile=$BENCHGATE_OUTPUT" : "--outputJson=$BENCHGATE_OUTPUT";
  const suiteOf = (paths: readonly string[], name: string): FoundSuite => {
    const which = paths.length === files.length ? [] : paths.map((path) => shellWord(within(folder, path)));
    const run = ["npx vitest bench --run", ...which, output].join(" ");
    return {
      name,
      why: `${paths[0]} is a bench file of Vitest`,
      keys: [...folderKey(folder), ...commandKeys(run, "vitest", "Vitest writes its results as JSON.")],
    };
  };
  return [fileByFile(files, name, suiteOf)];
}

/** mitata prints for people unless it is told otherwise: a copy of the file, beside it, asks for JSON. */
function mitata(folder: string, { path, text }: BenchFile): FoundSuite {
  const file = within(folder, path);
  const why = `${path} imports mitata`;
  if (/format\s*:\s*['"{]?\s*['"]?json/.test(text)) {
    return {
      name: fileName(path),
      why,
      keys: [...folderKey(folder), ...commandKeys(`node ${shellWord(file)}`, "mitata", "One round of it.")],
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
        `${edit} ${shellWord(file)} > ${shellWord(copy)} && node ${shellWord(copy)}; code=$?; rm -f ${shellWord(copy)}; exit $code`,
        "mitata",
        "A copy of the file that asks mitata for JSON.",
      ),
    ],
    notes: [
      `With \`run({ format: process.env.BENCHGATE_OUTPUT ? "json" : "mitata" })\` in ${path}, \`node ${file}\` will do as the command.`,
    ],
  };
}

function benchmarkjs(folder: string, { path }: BenchFile): FoundSuite {
  return {
    name: fileName(path),
    why: `${path} uses Benchmark.js`,
    keys: [
      ...folderKey(folder),
      ...commandKeys(
        `node ${shellWord(within(folder, path))}`,
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
