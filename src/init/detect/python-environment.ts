import { type FoundSuite, type SetupStep, shellWord } from "../found.ts";
import { folderOf, inside, named, type Repository, within } from "../repository.ts";
import { extrasOf, groupedPackages, isPackage, packagesOf } from "./pyproject.ts";

/** The environment of a side: its tree has one of its own, so that neither side can import the other's code. */
export const VENV = ".benchgate-venv";

/** The programs of that environment. */
export const PYTHON_BIN = `${VENV}/bin`;

/** The interpreter of that environment. */
export const PYTHON = `${PYTHON_BIN}/python`;

/** Extras and groups that usually hold what benchmarks need. */
const EXTRA = /^(bench|benchmarks?|benchmarking|perf|performance|tests?|testing)$/;

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

/** The step that makes the environment of a project with benchmarks. */
export function setupOf(repository: Repository, folder: string, { suites, texts }: Needing): SetupStep {
  const file = (name: string) => repository.text(inside(folder, name));
  const toml = file("pyproject.toml") ?? "";
  const extras = extrasOf(toml).filter((name) => EXTRA.test(name) || isImported(packagesOf(toml, name), texts));
  const conftests = named(repository, /^conftest\.py$/).map((path) => repository.text(path) ?? "");
  const needed = { "pytest-benchmark": "pytest pytest-benchmark", pyperf: "pyperf", asv: "asv" } as const;
  const tools = Object.entries(needed).filter(([tool]) =>
    suites.some(({ keys }) => keys.some(({ key, value }) => key === "tool" && value === tool)),
  );
  return environmentOf(repository, folder, {
    extras,
    packages: [
      ...tools.map(([, packages]) => packages),
      ...(tools.some(([tool]) => tool === "pytest-benchmark") ? pytestNeeds(toml, [...texts, ...conftests]) : []),
      ...asvPackages(file("asv.conf.json") ?? "").map(shellWord),
    ],
  });
}

/** What is installed into an environment besides the project itself and its requirements. */
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
  return environmentStep(folder, what);
}

/** The step that makes an environment, and installs into it what pip is told. */
export function environmentStep(folder: string, what: readonly string[]): SetupStep {
  return {
    folder,
    line: `python3 -m venv ${VENV} && printf '*' > ${VENV}/.gitignore && ${PYTHON} -m pip install --quiet ${what.join(" ")}`,
    about: "an environment of its own for each side: neither can import the other's code",
  };
}

/** Whether a file imports one of these packages, by the name that a package's module usually has. */
function isImported(packages: readonly string[], texts: readonly string[]): boolean {
  return packages.some((name) => {
    const module = name.replaceAll("-", "_");
    return texts.some((text) => new RegExp(`^\\s*(?:import|from)\\s+${module}\\b`, "im").test(text));
  });
}

/** Plugins that do not belong to a measurement: they slow it down, spread it over processes, or measure themselves. */
const NO_PLUGIN = /^pytest-(benchmark|cov|xdist|codspeed|mypy.*|randomly|sugar)$/;

/** What a project's groups hold that its benchmarks cannot do without: plugins of pytest, and what is imported. */
function pytestNeeds(toml: string, texts: readonly string[]): readonly string[] {
  return [...new Set(groupedPackages(toml))]
    .filter(
      (name) => name !== "pytest" && ((/^pytest-/.test(name) && !NO_PLUGIN.test(name)) || isImported([name], texts)),
    )
    .sort();
}
