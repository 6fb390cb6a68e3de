import { onceFor } from "../../model/once.ts";
import { ancestors, folderOf, isOwn, named, nearestFolder, type Repository } from "../repository.ts";
import { withoutComments, withoutHashes } from "./addresses.ts";
import { PYTHON_BIN } from "./python-environment.ts";
import { goServices } from "./services/go.ts";
import { nodeServices } from "./services/node.ts";
import { pythonServices } from "./services/python.ts";
import { pythonFor, pythonNotes } from "./services/python-needs.ts";
import { type FoundService, healthIn, UNSEEN } from "./services/service.ts";

/** Every service of a repository that is started in a known way. A Procfile stands for the program that it starts. */
const servicesOf: (repository: Repository) => readonly FoundService[] = onceFor((repository) => {
  const programs = [...nodeServices(repository), ...pythonServices(repository), ...goServices(repository)];
  const started = procfiles(repository, programs);
  const isTold = (program: FoundService) => started.some(({ program: its }) => its === program);
  return [...started.map(({ service }) => service), ...programs.filter((each) => !isTold(each))];
});

/**
 * The service that a load test is for: the one that has the most of the paths that the load asks for, in the load's own folder first; of several such the one that
 * listens where it asks, else the only one in the nearest folder around it. Null where there is none, or where several may be meant: measuring a wrong one would
 * find both sides equal for ever.
 */
export function serviceFor(repository: Repository, near: string, load: string): FoundService | null {
  const all = servicesOf(repository);
  const scores = scoresOf(repository, load);
  const isIn = (folder: string) => (each: FoundService) => each.folder === folder || each.home === folder;
  const some = [all.filter(isIn(near)), all].find((them) => them.some((each) => scores.get(each)! > 0)) ?? all;
  const most = some.reduce((a, each) => Math.max(a, scores.get(each)!), 0);
  const matching = some.filter((each) => scores.get(each) === most);
  if (matching.length === 1 && most > 0) return matching[0]!;
  const port = localPort(load);
  const listening = matching.filter(({ port: { usual } }) => port !== null && usual === port);
  if (listening.length === 1) return listening[0]!;
  const left = listening.length > 0 ? listening : matching;
  const nearest = [near, ...ancestors(near)]
    .map((folder) => left.filter(isIn(folder)))
    .find(({ length }) => length > 0);
  if (nearest?.length === 1 && (most > 0 || isSameProject(repository, nearest[0]!.folder, near))) return nearest[0]!;
  if (nearest !== undefined || most > 0) return null;
  // A folder of loads is for the project that it is in, and a project may have its service in any folder.
  const project = projectOf(near);
  const [only, ...others] = all.filter(({ folder }) => project === "" || folder.startsWith(`${project}/`));
  return others.length === 0 ? (only ?? null) : null;
}

/** How many services there are to choose from. */
export function servicesIn(repository: Repository): number {
  return servicesOf(repository).length;
}

/** How many of the paths that a load asks for each service has in its code. */
function scoresOf(repository: Repository, load: string): ReadonlyMap<FoundService, number> {
  // Every service has some of those.
  const asked = pathsIn(load).filter((path) => path !== "/" && healthIn(`"${path}"`) === null);
  return new Map(
    [...writtenIn(repository)].map(([service, written]) => [
      service,
      asked.filter((path) => endsOf(path).some((end) => written.has(end))).length,
    ]),
  );
}

/** Folders that hold loads, and not a project of their own. */
const OF_LOADS =
  /^(k6|locust|artillery|jmeter|gatling|load.*|perf.*|bench.*|stress.*|tests?|e2e|scripts?|qa|tools|src)$/i;

/** The folder of the project that a folder of loads is in. */
function projectOf(folder: string): string {
  const name = folder.slice(folder.lastIndexOf("/") + 1);
  return folder !== "" && OF_LOADS.test(name) ? projectOf(folderOf(folder)) : folder;
}

/** Files by which a folder is a project. */
const PROJECT =
  /(^|\/)(package\.json|go\.mod|Cargo\.toml|pyproject\.toml|requirements\.txt|setup\.py|pom\.xml|build\.gradle(\.kts)?|[^/]+\.csproj|composer\.json|Gemfile|mix\.exs|Dockerfile)$/;

/** Whether no other project lies between a folder of loads and a folder around it. */
function isSameProject(repository: Repository, outer: string, near: string): boolean {
  const project = projectOf(near);
  const between = [project, ...ancestors(project)].filter((each) => ancestors(each).includes(outer));
  return !repository.paths.some((path) => between.includes(folderOf(path)) && PROJECT.test(path));
}

/** The port of this machine that a load asks first; null where it has none in it. */
export function localPort(load: string): number | null {
  const code = withoutHashes(withoutComments(load));
  const port = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})/.exec(code)?.[1];
  return port === undefined ? null : Number(port);
}

/** The paths that a load asks for, without what is put into them. */
export function pathsIn(load: string): readonly string[] {
  const own = load.replace(/^[ \t]*(import\b.*|\/\/.*|#.*)$/gm, "");
  const found = own.matchAll(/["'`](?:https?:\/\/[^/"'`]+|\$\{\w[\w.]*\})?(\/[\w./-]*)/g);
  return [...new Set([...found].map(([, path]) => (path === "/" ? path : path!.replace(/\/$/, ""))))];
}

/** A path and its ends: a router often has the rest. */
function endsOf(path: string): readonly string[] {
  const parts = path.split("/").slice(1);
  return parts.map((_, index) => `/${parts.slice(index).join("/")}`);
}

/** The paths that are written as a whole in each service's code. */
const writtenIn: (repository: Repository) => ReadonlyMap<FoundService, ReadonlySet<string>> = onceFor((repository) => {
  const services = servicesOf(repository);
  const homes = services.map(({ home }) => home);
  const found = new Map(services.map((each) => [each, new Set<string>()]));
  for (const path of repository.paths.filter(isOwn)) {
    const text = repository.text(path);
    if (text === null || OF_LOAD.test(text) || path.endsWith(".jmx")) continue;
    const home = nearestFolder(homes, path);
    const owners = services.filter((each) => isCodeOf(each, path, home));
    if (owners.length === 0) continue;
    for (const [, written] of text.matchAll(/["'`\s]((?:\/[\w.-]+)+)\/?(?=["'`?]|\/[:{<$])/g))
      for (const owner of owners) found.get(owner)!.add(written!);
  }
  return found;
});

/** Texts that ask for paths, and do not answer them. */
const OF_LOAD = /["']k6(\/\w+)?["']|\blocust\b|^scenarios:/m;

/** Whether a file is a service's: in its home, or in its folder and in no other service's home, as what several share is. */
function isCodeOf({ folder, home }: FoundService, path: string, nearest: string | null): boolean {
  if (folder !== "" && !path.startsWith(`${folder}/`)) return false;
  if (nearest === null || nearest === home) return true;
  return ancestors(home).includes(nearest) && folderOf(path) !== nearest;
}

/** What a Procfile starts, and the program of its folder that this is; null where it is none that was found. */
interface Started {
  readonly service: FoundService;
  readonly program: FoundService | null;
}

/** What each Procfile says starts the service. What it needs is told by the program that it starts. */
function procfiles(repository: Repository, programs: readonly FoundService[]): readonly Started[] {
  return named(repository, /^Procfile$/).flatMap((path) => {
    const line = /^web:[ \t]*(\S.*)$/m.exec(repository.text(path) ?? "")?.[1]?.trim();
    if (line === undefined) return [];
    const folder = folderOf(path);
    const own = programs.filter((each) => each.folder === folder);
    const isNamed = ({ home }: FoundService) =>
      home !== folder && line.replaceAll(".", "/").includes(home.slice(folder === "" ? 0 : folder.length + 1));
    const program = own.length === 1 ? own[0]! : (own.find(isNamed) ?? own.find(({ home }) => home === folder) ?? null);
    const isPython =
      program?.runtime === "python" || /\b(gunicorn|uvicorn|hypercorn|daphne|waitress|flask|python3?)\b/.test(line);
    const { python, setup: environment } = isPython ? pythonFor(repository, folder, null) : { python: "", setup: null };
    const setup = program?.setup ?? (environment === null ? [] : [environment]);
    // For every command of the line: the machine's own programs would import one tree on both sides.
    const programPath = environment === null ? "" : `export PATH="$PWD/${PYTHON_BIN}:$PATH" && `;
    const service: FoundService = {
      folder,
      home: program?.home ?? folder,
      serve: `${programPath}${line}`,
      health: program?.health ?? null,
      port: { ...UNSEEN, from: "given" },
      setup,
      runtime: program?.runtime ?? (environment === null ? null : "python"),
      ...(program?.file !== undefined && { file: program.file }),
      notes: program?.notes ?? (isPython ? pythonNotes(python) : []),
    };
    return [{ service, program }];
  });
}
