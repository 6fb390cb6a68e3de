import { type FoundSuite, type SetupStep, shellWord } from "../found.ts";
import { folderOf, inside, named, type Repository, within } from "../repository.ts";

/** The environment of a side: its tree has one of its own, so that neither side can import the other's code. */
const VENV = ".benchgate-venv";

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
  const extras = sectionKeys(toml, "project.optional-dependencies").filter(
    (name) => EXTRA.test(name) || isImported(packagesOf(toml, name), texts),
  );
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
function environmentStep(folder: string, what: readonly string[]): SetupStep {
  return {
    folder,
    line: `python3 -m venv ${VENV} && printf '*' > ${VENV}/.gitignore && ${PYTHON} -m pip install --quiet ${what.join(" ")}`,
    about: "an environment of its own for each side: neither can import the other's code",
  };
}

function isPackage(repository: Repository, folder: string): boolean {
  const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
  return (
    /^[ \t]*\[(project|build-system|tool\.poetry)\]/m.test(toml) || repository.text(inside(folder, "setup.py")) !== null
  );
}

/** The files in which a Python project says what it needs. */
export const PYTHON_NEEDS = [
  "requirements.txt",
  "pyproject.toml",
  "setup.py",
  "requirements/requirements.txt",
] as const;

/** How a Python service is run, and what has to be there before: an environment of its own, where the project says what it needs. */
export function pythonFor(
  repository: Repository,
  folder: string,
  server: string | null,
): { readonly python: string; readonly setup: SetupStep | null } {
  const needs = PYTHON_NEEDS.flatMap((name) => plain(repository.text(inside(folder, name)) ?? ""))
    .join("\n")
    .trim();
  if (needs === "") return { python: "python3", setup: null };
  const packages = server === null || new RegExp(`\\b${server}\\b`, "i").test(needs) ? [] : [server];
  const what = [...serviceNeeds(repository, folder), ...packages];
  // A file of settings for tools alone names nothing that pip could install.
  if (what.length === 0) return { python: "python3", setup: null };
  const listed = what.find((each) => each.startsWith("-r "))?.slice("-r ".length);
  if (listed === undefined || !OF_WINDOWS.test(plain(repository.text(inside(folder, listed)) ?? "")))
    return { python: PYTHON, setup: environmentStep(folder, what) };
  const portable = `${VENV}/requirements.txt`;
  const step = environmentStep(
    folder,
    what.map((each) => (each === `-r ${listed}` ? `-r ${portable}` : each)),
  );
  const filter = `tr -d '\\000\\376\\377' < ${listed} | grep -viE '${WINDOWS_ONLY}' > ${portable}`;
  const line = step.line.replace(" && ", ` && ${filter} && `);
  return { python: PYTHON, setup: { ...step, line, about: `${step.about}; without what only Windows has` } };
}

/** What the user must know of a service that this Python runs: nothing where it is that of its side's own environment. */
export function pythonNotes(python: string): readonly string[] {
  if (python === PYTHON) return [];
  return [
    "What the service imports must be installed by `setup`, into an environment of each side's own: one for both would measure one side's code twice.",
  ];
}

/** Packages that only Windows has: lists that were frozen there name them. */
const WINDOWS_ONLY = "^(pywin32|pypiwin32|pywinpty|windows-curses|wmi|comtypes)([^a-z0-9_-]|$)";
const OF_WINDOWS = new RegExp(WINDOWS_ONLY, "im");

/** A text without the zeros of the encoding that PowerShell writes lists in; pip reads that as well. */
function plain(text: string): string {
  return text.replaceAll("\0", "");
}

/**
 * What a service needs: its requirements, else the dependencies that its project lists, else the project itself. The project is installed last of all, as programs
 * that are started from their folder often are no packages that could be.
 */
function serviceNeeds(repository: Repository, folder: string): readonly string[] {
  const listed = ["requirements.txt", "requirements/requirements.txt"].find(
    (name) => repository.text(inside(folder, name)) !== null,
  );
  const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
  const source = inside(folder, "src/");
  const isSrc =
    !repository.paths.includes(`${source}__init__.py`) &&
    repository.paths.some((path) => path.startsWith(source) && path.endsWith("/__init__.py"));
  const dependencies = dependenciesOf(toml);
  const isInstalled = isPackage(repository, folder) && !/^[ \t]*package-mode\s*=\s*false/m.test(toml);
  if (isInstalled && (isSrc || (listed === undefined && dependencies.length === 0))) {
    return ["-e .", ...(listed === undefined ? [] : [`-r ${listed}`])];
  }
  return listed === undefined ? dependencies.map(shellWord) : [`-r ${listed}`];
}

/** The requirements that a project lists; those of Poetry without their versions, which pip does not read. */
function dependenciesOf(toml: string): readonly string[] {
  const [, list = ""] =
    /^dependencies\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/m.exec(sectionOf(toml, "project")) ?? [];
  const listed = [...list.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, double, single]) => (double ?? single)!);
  const poetry = sectionKeys(toml, "tool.poetry.dependencies").filter((name) => name !== "python");
  return listed.length > 0 ? listed : poetry;
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

/** Tables of packages that are not the project's own: dependency groups, and what Poetry, PDM and uv had before there were any. */
const GROUPS =
  /^(dependency-groups|tool\.poetry\.(group\.[\w-]+\.dependencies|dev-dependencies)|tool\.pdm\.dev-dependencies|tool\.uv)$/;

/** What a project's groups hold that its benchmarks cannot do without: plugins of pytest, and what is imported. */
function pytestNeeds(toml: string, texts: readonly string[]): readonly string[] {
  const sections = [...toml.matchAll(/^\[([\w.-]+)\]\s*$/gm)]
    .map(([, name]) => name!)
    .filter((name) => GROUPS.test(name));
  const names = sections.flatMap((section) => {
    const body = sectionOf(toml, section).replace(/\{[^}\n]*include-group[^}\n]*\}/g, "");
    // Poetry has a key for each package, the others lists of requirements.
    const found = section.startsWith("tool.poetry")
      ? body.matchAll(/^([A-Za-z0-9][\w.-]*)\s*=/gm)
      : body.matchAll(/^[^#\n=]*?["']([A-Za-z0-9][\w.-]*)|[[,]\s*["']([A-Za-z0-9][\w.-]*)/gm);
    return [...found].map(([, key, listed]) => (key ?? listed)!.toLowerCase());
  });
  return [...new Set(names)]
    .filter(
      (name) => name !== "pytest" && ((/^pytest-/.test(name) && !NO_PLUGIN.test(name)) || isImported([name], texts)),
    )
    .sort();
}

/** Options that every run of pytest gets here and no measurement should: they count lines, or spread the work. */
export function hasOwnOptions(toml: string): boolean {
  return /^[ \t]*addopts\s*=\s*(\[[^\]]*|[^\n]*)(--cov|--codspeed|-n\b|--numprocesses|--benchmark)/m.test(toml);
}

/** The packages of an extra, without their versions. */
function packagesOf(toml: string, extra: string): readonly string[] {
  const [, list = ""] =
    new RegExp(`^${extra}\\s*=\\s*\\[((?:[^\\]"']|"[^"]*"|'[^']*')*)\\]`, "m").exec(
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
    new RegExp(`^\\[${section.replaceAll(".", "\\.")}\\]\\s*$([\\s\\S]*?)(?=^\\[|(?![\\s\\S]))`, "m").exec(
      uncommented(toml),
    ) ?? [];
  return body;
}

/** A TOML file without its comments: what is quoted in them is nobody's. */
function uncommented(toml: string): string {
  return toml.replace(/("[^"\n]*"|'[^'\n]*')|#.*$/gm, (_, quoted: string | undefined) => quoted ?? "");
}
