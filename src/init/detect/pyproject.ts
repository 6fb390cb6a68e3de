import { inside, type Repository } from "../repository.ts";

/** Whether a folder holds a Python package, which pip can install. */
export function isPackage(repository: Repository, folder: string): boolean {
  const toml = repository.text(inside(folder, "pyproject.toml")) ?? "";
  return (
    /^[ \t]*\[(project|build-system|tool\.poetry)\]/m.test(toml) || repository.text(inside(folder, "setup.py")) !== null
  );
}

/** The requirements that a project lists; those of Poetry without their versions, which pip does not read. */
export function dependenciesOf(toml: string): readonly string[] {
  const [, list = ""] =
    /^dependencies\s*=\s*\[((?:[^\]"']|"[^"]*"|'[^']*')*)\]/m.exec(sectionOf(toml, "project")) ?? [];
  const listed = [...list.matchAll(/"([^"]+)"|'([^']+)'/g)].map(([, double, single]) => (double ?? single)!);
  const poetry = sectionKeys(toml, "tool.poetry.dependencies").filter((name) => name !== "python");
  return listed.length > 0 ? listed : poetry;
}

/** The names of a project's extras. */
export function extrasOf(toml: string): readonly string[] {
  return sectionKeys(toml, "project.optional-dependencies");
}

/** The packages of an extra, without their versions. */
export function packagesOf(toml: string, extra: string): readonly string[] {
  const [, list = ""] =
    new RegExp(`^${extra}\\s*=\\s*\\[((?:[^\\]"']|"[^"]*"|'[^']*')*)\\]`, "m").exec(
      sectionOf(toml, "project.optional-dependencies"),
    ) ?? [];
  return [...list.matchAll(/["']([A-Za-z0-9][\w.-]*)/g)].map(([, name]) => name!);
}

/** Tables of packages that are not the project's own: dependency groups, and what Poetry, PDM and uv had before there were any. */
const GROUPS =
  /^(dependency-groups|tool\.poetry\.(group\.[\w-]+\.dependencies|dev-dependencies)|tool\.pdm\.dev-dependencies|tool\.uv)$/;

/** The packages of a project's groups, in lower case and without their versions; some more than once. */
export function groupedPackages(toml: string): readonly string[] {
  const sections = [...toml.matchAll(/^\[([\w.-]+)\]\s*$/gm)]
    .map(([, name]) => name!)
    .filter((name) => GROUPS.test(name));
  return sections.flatMap((section) => {
    const body = sectionOf(toml, section).replace(/\{[^}\n]*include-group[^}\n]*\}/g, "");
    // Poetry has a key for each package, the others lists of requirements.
    const found = section.startsWith("tool.poetry")
      ? body.matchAll(/^([A-Za-z0-9][\w.-]*)\s*=/gm)
      : body.matchAll(/^[^#\n=]*?["']([A-Za-z0-9][\w.-]*)|[[,]\s*["']([A-Za-z0-9][\w.-]*)/gm);
    return [...found].map(([, key, listed]) => (key ?? listed)!.toLowerCase());
  });
}

/** Options that every run of pytest gets here and no measurement should: they count lines, or spread the work. */
export function hasOwnOptions(toml: string): boolean {
  return /^[ \t]*addopts\s*=\s*(\[[^\]]*|[^\n]*)(--cov|--codspeed|-n\b|--numprocesses|--benchmark)/m.test(toml);
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
