import { type SetupStep, shellWord } from "../../found.ts";
import { inside, type Repository } from "../../repository.ts";
import { dependenciesOf, isPackage } from "../pyproject.ts";
import { environmentStep, PYTHON, VENV } from "../python-environment.ts";

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
