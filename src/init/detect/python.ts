import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundSuite,
  fileByFile,
  folderKey,
  NOTHING,
  type SetupStep,
  shellWord,
  suiteName,
} from "../found.ts";
import { filesOf, folderOf, inside, named, type Repository, within } from "../repository.ts";

/** The environment of a side: its tree has one of its own, so that neither side can import the other's code. */
const VENV = ".benchgate-venv";
const PYTHON = `${VENV}/bin/python`;

const PROJECT = /^(pyproject\.toml|setup\.py|setup\.cfg|asv\.conf\.json|requirements[^/]*\.txt)$/;
/** Extras and groups that usually hold what benchmarks need. */
const EXTRA = /^(bench|benchmarks?|benchmarking|perf|performance|tests?|testing)$/;

/** Benchmarks of Python projects: pytest-benchmark, pyperf and asv. */
export function detectPython(repository: Repository): Found {
  const folders = [...new Set(["", ...named(repository, PROJECT).map(folderOf)])];
  const found = folders.map((folder) => projectOf(repository, folder, folders));
  const suites = found.flatMap(({ suites }) => suites);
  if (suites.length === 0) return NOTHING;
  return { suites, setup: found.flatMap(({ setup }) => setup), runtimes: ["python"], notes: [] };
}

function projectOf(repository: Repository, folder: string, folders: readonly string[]) {
  const files = filesOf(repository, folder, folders).filter((path) => path.endsWith(".py"));
  const own = files.map((path) => ({ path, text: repository.text(path) ?? "" }));
  const name = suiteName(projectName(repository, folder), suiteName(folder, "python"));
  const pytest = own.filter(({ text }) => /^\s*(async\s+)?def\s+test\w*\([^)]*\bbenchmark\b/m.test(text));
  const pyperf = own.filter(({ text }) => /^\s*(import|from)\s+pyperf\b/m.test(text) && /\bRunner\(/.test(text));
  const asv = repository.text(inside(folder, "asv.conf.json"));
  const suites: FoundSuite[] = [];
  if (pytest.length > 0) {
    const run = (paths: readonly string[], time: string) =>
      `${PYTHON} -m pytest -q --benchmark-only --benchmark-max-time=${time} --benchmark-json=$BENCHGATE_OUTPUT -k {benchmarks} ${paths.map((path) => shellWord(within(folder, path))).join(" ")}`;
    const suiteOf = (paths: readonly string[], name: string): FoundSuite => ({
      name,
      why: `${paths[0]} uses the fixture of pytest-benchmark`,
      keys: [
        ...folderKey(folder),
        ...commandKeys(
          run(paths, "0.2"),
          "pytest-benchmark",
          "Short rounds, many of them; {benchmarks} stands for those that are not decided yet.",
        ),
        ...pathKey(files, folder),
      ],
      shorter: run(paths, "0.02 --benchmark-min-rounds=3"),
    });
    suites.push(fileByFile(pytest, name, suiteOf));
  }
  for (const { path } of pyperf) {
    const file = within(folder, path);
    const run = (times: string) =>
      `${PYTHON} ${shellWord(file)} ${times} --inherit-environ=PYTHONPATH -o $BENCHGATE_OUTPUT`;
    suites.push({
      name: suiteName(file.replace(/^.*\//, "").replace(/\.py$/, ""), "pyperf"),
      why: `${path} is a script of pyperf`,
      keys: [
        ...folderKey(folder),
        ...commandKeys(run("--processes=3"), "pyperf", "Few processes a round: Benchgate repeats whole rounds."),
        ...pathKey(files, folder),
      ],
      shorter: run("--processes=1 --values=3 --warmups=1 --min-time=0.01"),
    });
  }
  if (asv !== null) suites.push(asvSuite(folder, asv, files));
  const texts = [...pytest, ...pyperf].map(({ text }) => text);
  return { suites, setup: suites.length === 0 ? [] : [setupOf(repository, folder, { suites, texts })] };
}

function asvSuite(folder: string, config: string, files: readonly string[]): FoundSuite {
  const results = /^\s*"results_dir"\s*:\s*"([^"]+)"/m.exec(config)?.[1] ?? ".asv/results";
  return {
    name: "asv",
    why: inside(folder, "asv.conf.json"),
    keys: [
      ...folderKey(folder),
      ...commandKeys(
        `${PYTHON} -m asv machine --yes && ${PYTHON} -m asv run --record-samples --python=same --set-commit-hash $(git rev-parse HEAD)`,
        "asv",
        "asv measures the tree as it is, in its environment.",
      ),
      { key: "output", value: results, about: "asv leaves a folder of results." },
      ...pathKey(files, folder),
    ],
  };
}

/** A `src` layout is imported from there, whatever is installed. */
function pathKey(files: readonly string[], folder: string): readonly FoundKey[] {
  const prefix = inside(folder, "src/");
  const isSrc = files.some((path) => path.startsWith(prefix) && path.endsWith("/__init__.py"));
  return [
    {
      key: "env",
      value: { PYTHONPATH: isSrc ? "src" : "." },
      about: "The code of this side, whatever else is installed.",
    },
  ];
}

function projectName(repository: Repository, folder: string): string {
  const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
  return /^\s*name\s*=\s*["']([^"']+)["']/m.exec(toml)?.[1] ?? "";
}

/** The packages that asv installs for the benchmarks, each in the first of its versions: `matrix`, whose older form has no `req`. */
function asvPackages(config: string): readonly string[] {
  const text = config.replace(/^\s*\/\/.*$/gm, "").replace(/,(\s*[}\]])/g, "$1");
  const matrix = objectOf(objectOf(parsed(text)).matrix);
  const { env: _, env_nobuild: __, req = matrix, ...older } = matrix;
  return Object.entries(req === matrix ? older : objectOf(req)).flatMap(([name, versions]) => {
    const version = Array.isArray(versions) ? versions[0] : "";
    if (typeof version !== "string") return [];
    return `${name.replace(/^pip\+/, "")}${/^\d/.test(version) ? `==${version}` : version}`;
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** What a project's environment is for: its suites, and the texts of their files. */
interface Needing {
  readonly suites: readonly FoundSuite[];
  readonly texts: readonly string[];
}

function setupOf(repository: Repository, folder: string, { suites, texts }: Needing): SetupStep {
  const file = (name: string) => repository.text(inside(folder, name));
  const toml = file("pyproject.toml") ?? "";
  const extras = sectionKeys(toml, "project.optional-dependencies").filter(
    (name) => EXTRA.test(name) || isImported(packagesOf(toml, name), texts),
  );
  const needed = { "pytest-benchmark": "pytest pytest-benchmark", pyperf: "pyperf", asv: "asv" } as const;
  const tools = Object.entries(needed).filter(([tool]) =>
    suites.some(({ keys }) => keys.some(({ key, value }) => key === "tool" && value === tool)),
  );
  return environmentOf(repository, folder, {
    extras,
    packages: [...tools.map(([, packages]) => packages), ...asvPackages(file("asv.conf.json") ?? "").map(shellWord)],
  });
}

/** What is installed into an environment beside the project itself and its requirements. */
interface Installed {
  readonly extras: readonly string[];
  readonly packages: readonly string[];
}

/** The step that makes the environment of a Python project, with what it needs. */
function environmentOf(repository: Repository, folder: string, { extras, packages }: Installed): SetupStep {
  const requirements = repository.paths.filter(
    (path) =>
      folderOf(path) === folder &&
      /^requirements([-_.](bench|benchmarks?|tests?|dev))?\.txt$/.test(within(folder, path)),
  );
  const what = [
    ...(isPackage(repository, folder) ? [`-e ${extras.length > 0 ? `'.[${extras.join(",")}]'` : "."}`] : []),
    ...requirements.map((path) => `-r ${shellWord(within(folder, path))}`),
    ...packages,
  ];
  return {
    folder,
    line: `python3 -m venv ${VENV} && printf '*' > ${VENV}/.gitignore && ${PYTHON} -m pip install --quiet ${what.join(" ")}`,
    about: "an environment of its own for each side: neither can import the other's code",
  };
}

function isPackage(repository: Repository, folder: string): boolean {
  const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
  return (
    /^\s*\[(project|build-system|tool\.poetry)\]/m.test(toml) || repository.text(inside(folder, "setup.py")) !== null
  );
}

/** How a Python service is run, and what has to be there before: an environment of its own, where the project says what it needs. */
export function pythonFor(
  repository: Repository,
  folder: string,
  server: string | null,
): { readonly python: string; readonly setup: SetupStep | null } {
  const texts = ["requirements.txt", "pyproject.toml", "setup.py"].map((name) => repository.text(inside(folder, name)));
  const needs = texts.filter((text) => text !== null).join("\n");
  if (needs === "") return { python: "python3", setup: null };
  const packages = server === null || new RegExp(`\\b${server}\\b`, "i").test(needs) ? [] : [server];
  return { python: PYTHON, setup: environmentOf(repository, folder, { extras: [], packages }) };
}

/** Whether a file imports one of these packages, by the name that a package's module usually has. */
function isImported(packages: readonly string[], texts: readonly string[]): boolean {
  return packages.some((name) => {
    const module = name.replaceAll("-", "_");
    return texts.some((text) => new RegExp(`^\\s*(?:import|from)\\s+${module}\\b`, "im").test(text));
  });
}

/** The packages of an extra, without their versions. */
function packagesOf(toml: string, extra: string): readonly string[] {
  const [, list = ""] =
    new RegExp(`^${extra}\\s*=\\s*\\[([^\\]]*(?:\\[[^\\]]*\\][^\\]]*)*)\\]`, "m").exec(
      sectionOf(toml, "project.optional-dependencies"),
    ) ?? [];
  return [...list.matchAll(/["']([A-Za-z0-9][\w.-]*)/g)].map(([, name]) => name!);
}

/** The keys of a table of a TOML file, as far as lines tell. */
function sectionKeys(toml: string, section: string): readonly string[] {
  return [...sectionOf(toml, section).matchAll(/^([A-Za-z0-9_-]+)\s*=/gm)].map(([, key]) => key!);
}

function sectionOf(toml: string, section: string): string {
  const [, body = ""] =
    new RegExp(`^\\[${section.replaceAll(".", "\\.")}\\]\\s*$([\\s\\S]*?)(?=^\\[|(?![\\s\\S]))`, "m").exec(toml) ?? [];
  return body;
}
