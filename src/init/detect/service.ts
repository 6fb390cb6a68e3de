import { onceFor } from "../../model/once.ts";
import { ancestors, folderOf, isOwn, named, type Repository } from "../repository.ts";
import { PYTHON_BIN } from "./python-environment.ts";
import { goServices } from "./services/go.ts";
import { nodeServices } from "./services/node.ts";
import { pythonServices } from "./services/python.ts";
import { type FoundService, UNSEEN } from "./services/service.ts";

/** Every service of a repository that is started in a known way, in the order in which they are taken where several are in one folder. */
const servicesOf: (repository: Repository) => readonly FoundService[] = onceFor((repository) => {
  const programs = [...nodeServices(repository), ...pythonServices(repository), ...goServices(repository)];
  return [...procfiles(repository, programs), ...programs];
});

/**
 * The service that a load test is for: one in its own folder, else the one that has the most of the paths that the load asks for, or listens where it asks, else
 * the nearest around it. Null where there is none, or where several may be meant: measuring a wrong one would find both sides equal for ever.
 */
export function serviceFor(repository: Repository, near: string, load: string): FoundService | null {
  const all = servicesOf(repository);
  const nextTo = all.filter(({ folder }) => folder === near);
  if (nextTo.length > 0) return meant(repository, nextTo, load) ?? nextTo[0]!;
  const around = ancestors(near).flatMap((folder) => all.filter((each) => each.folder === folder));
  return meant(repository, all, load) ?? around[0] ?? null;
}

/** How many services there are to choose from. */
export function servicesIn(repository: Repository): number {
  return servicesOf(repository).length;
}

/** The one of several services that a load asks for by its paths, else by its port; null where that is not plain. */
function meant(repository: Repository, services: readonly FoundService[], load: string): FoundService | null {
  const paths = pathsIn(load).filter((path) => path !== "/");
  const scores = services.map((each) => {
    const code = codeOf(repository, each.folder);
    return paths.filter((path) => isWritten(path, code)).length;
  });
  const most = scores.reduce((a, b) => Math.max(a, b), 0);
  const best = services.filter((_, index) => scores[index] === most);
  if (best.length === 1) return best[0]!;
  const port = localPort(load);
  const listening = best.filter(({ port: { usual } }) => port !== null && usual === port);
  return listening.length === 1 ? listening[0]! : null;
}

/** The port of this machine that a load asks first; null where it has none in it. */
export function localPort(load: string): number | null {
  const port = /(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d{2,5})/.exec(load)?.[1];
  return port === undefined ? null : Number(port);
}

/** The paths that a load asks for, without what is put into them. */
export function pathsIn(load: string): readonly string[] {
  const own = load.replace(/^\s*(import\b.*|\/\/.*|#.*)$/gm, "");
  const found = own.matchAll(/["'`](?:https?:\/\/[^/"'`]+|\$\{\w[\w.]*\})?(\/[\w./-]*)/g);
  return [...new Set([...found].map(([, path]) => (path === "/" ? path : path!.replace(/\/$/, ""))))];
}

/** Whether a path is written as a whole in a code, or its end: a router often has the rest. */
function isWritten(path: string, code: string): boolean {
  const parts = path.split("/").slice(1);
  return parts.some((_, index) => {
    const end = `/${parts.slice(index).join("/")}`.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`["'\`\\s]${end}/?(?:["'\`?]|/[:{<$])`).test(code);
  });
}

/** What is written in a service's folder, but for its loads. */
function codeOf(repository: Repository, folder: string): string {
  return repository.paths
    .filter((path) => isOwn(path) && (folder === "" || path.startsWith(`${folder}/`)))
    .flatMap((path) => repository.text(path) ?? [])
    .filter((text) => !/["']k6(\/\w+)?["']|\blocust\b/.test(text))
    .join("\n");
}

/** What a Procfile says starts the service. What it needs is told by the program in the same folder. */
function procfiles(repository: Repository, programs: readonly FoundService[]): readonly FoundService[] {
  return named(repository, /^Procfile$/).flatMap((path) => {
    const line = /^web:\s*(.+)$/m.exec(repository.text(path) ?? "")?.[1]?.trim();
    if (line === undefined) return [];
    const folder = folderOf(path);
    const program = programs.find((each) => each.folder === folder);
    const { health = null, setup = [], runtime = null } = program ?? {};
    const programPath = runtime === "python" ? `PATH="$PWD/${PYTHON_BIN}:$PATH" ` : "";
    return [{ folder, serve: `${programPath}${line}`, health, port: { ...UNSEEN, from: "given" }, setup, runtime }];
  });
}
