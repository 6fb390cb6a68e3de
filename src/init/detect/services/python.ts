import { shellWord } from "../../found.ts";
import { ancestors, folderOf, inside, isOwn, type Repository, within } from "../../repository.ts";
import { django } from "./django.ts";
import { PYTHON_NEEDS, pythonFor, pythonNotes } from "./python-needs.ts";
import { type FoundService, healthIn, PORT_NAME, type Port, type PortWords, portIn } from "./service.ts";

/** Files that programs of Python start from, the likeliest first. */
const ENTRIES = ["main", "app", "server", "api", "asgi", "wsgi", "application", "run", "web", "service"];
const ENTRY = new RegExp(`^(${ENTRIES.join("|")})\\.py$`);

/** Folders further down hold parts. */
const DEEPEST = 4;

const WORDS: PortWords = {
  variable: "(?:environ(?:\\.get)?[[(]|getenv\\()\\s*[\"']NAME[\"']",
  // Others take a `port` too: the clients of databases.
  calls:
    /(?:\b(?:run|run_app|serve|TCPSite)\((?:[^()]|\([^()]*\))*?\bport\s*=\s*|\.listen\(\s*|Server\(\s*\(\s*[^,()]*,\s*)(?:(\d{2,5})\b)?/g,
  numbers: [new RegExp(`^[ \\t]*${PORT_NAME}(?:\\s*:\\s*int)?\\s*=\\s*(\\d{2,5})\\b`, "im")],
};

/** The services of Python: programs of the frameworks that are known, and of Django. What lies below one of them is a part of it. */
export function pythonServices(repository: Repository): readonly FoundService[] {
  const files = repository.paths
    .filter((path) => isOwn(path) && path.endsWith(".py") && !/(^|\/)(tests?|migrations)\//.test(path))
    .map((path) => ({ path, folder: projectOf(repository, path) }));
  const folders = [...new Set(files.map(({ folder }) => folder))];
  return folders.flatMap((folder) => {
    const own = files.filter((each) => each.folder === folder).map(({ path }) => within(folder, path));
    const found = byLikelihood(own).flatMap((file) => serviceOf(repository, folder, file) ?? []);
    const isPart = ({ home }: FoundService, index: number) =>
      found.slice(0, index).some((other) => [home, ...ancestors(home)].includes(other.home));
    const whole = found.filter((each, index) => !isPart(each, index));
    return whole.length > 0 ? whole : (django(repository, folder, own) ?? []);
  });
}

function byLikelihood(files: readonly string[]): readonly string[] {
  const name = (file: string) => file.slice(file.lastIndexOf("/") + 1);
  const rank = (file: string) => ENTRIES.indexOf(ENTRY.exec(name(file))?.[1] ?? "");
  const depth = (file: string) => file.split("/").length;
  return files
    .filter((file) => ENTRY.test(name(file)) && depth(file) <= DEEPEST)
    .sort((a, b) => depth(a) - depth(b) || rank(a) - rank(b));
}

/** The nearest folder around a file that says what its project needs; the root where none does. */
function projectOf(repository: Repository, path: string): string {
  const folder = folderOf(path);
  const around = [folder, ...ancestors(folder)];
  return around.find((each) => PYTHON_NEEDS.some((name) => repository.text(inside(each, name)) !== null)) ?? "";
}

function serviceOf(repository: Repository, folder: string, file: string): FoundService | null {
  const text = repository.text(inside(folder, file)) ?? "";
  const module = file.replace(/\.py$/, "").replaceAll("/", ".");
  const path = pathOf(repository, folder, file, text);
  const { port, variables } = portIn([{ texts: [text], words: WORDS }]);
  const given: Port = { ...port, from: "given" };
  const served = (server: string | null, line: (python: string) => string, itsPort: Port): FoundService => {
    const { python, setup } = pythonFor(repository, folder, server);
    return {
      folder,
      home: folderOf(inside(folder, file)),
      serve: `${path}${line(python)}`,
      health: healthIn(text),
      port: itsPort,
      setup: setup === null ? [] : [setup],
      runtime: setup === null ? null : "python",
      notes: pythonNotes(python),
    };
  };
  const application = /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:FastAPI|Starlette|Litestar|Quart|Sanic)\(/m.exec(text)?.[1];
  // A folder whose name is no part of a module's.
  const isModule = /^[\w.-]+$/.test(module);
  if (application !== undefined) {
    const target = isModule
      ? `${module}:${application}`
      : `--app-dir ${shellWord(folderOf(file))} ${module.slice(module.lastIndexOf(".") + 1)}:${application}`;
    return served("uvicorn", (python) => `${python} -m uvicorn ${target} --port $PORT`, given);
  }
  const isFlask = /=\s*Flask\(/.test(text);
  // Its debugger would be measured, and its reloader ends in a process of its own.
  const isDebugged = /\bdebug\s*=\s*True\b/.test(text);
  if (isFlask && (port.from !== "given" || !/__main__/.test(text) || isDebugged)) {
    const target = isModule ? module : shellWord(file);
    // Flask before version 2.2 has no --app.
    return served("flask", (python) => `FLASK_APP=${target} ${python} -m flask run --port $PORT`, given);
  }
  if (isFlask || /http\.server|ThreadingHTTPServer|socketserver|web\.run_app|Tornado|tornado/.test(text)) {
    const isArgument = port.from === "unseen" && /sys\.argv/.test(text);
    const [argument, itsPort] = isArgument ? [" $PORT", given] : ["", port];
    return served(null, (python) => `${variables}${python} ${shellWord(file)}${argument}`, itsPort);
  }
  return null;
}

/** Where a program's own modules are imported from, where that is not the folder that it is started in: its own, or one around it, such as `src`. */
function pathOf(repository: Repository, folder: string, file: string, text: string): string {
  const place = folderOf(file);
  if (place === "") return "";
  const names = [...text.matchAll(/^(?:from|import)\s+(\w+)/gm)].map(([, name]) => name!);
  const has = (at: string, name: string) =>
    repository.paths.some((path) => path === inside(at, `${name}.py`) || path.startsWith(inside(at, `${name}/`)));
  const places = [place, ...ancestors(place)].filter((each) => each !== "");
  const found = places.find((each) => names.some((name) => has(inside(folder, each), name) && !has(folder, name)));
  return found === undefined ? "" : `PYTHONPATH=${shellWord(found)} `;
}
