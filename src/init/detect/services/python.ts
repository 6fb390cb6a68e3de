import { ancestors, folderOf, inside, isOwn, type Repository, within } from "../../repository.ts";
import { PYTHON_NEEDS, pythonFor } from "../python-environment.ts";
import { type FoundService, healthIn, type Port, type PortWords, portIn } from "./service.ts";

/** Files that programs of Python start from, the likeliest first. */
const ENTRIES = ["main", "app", "server", "api", "asgi", "wsgi", "application", "run", "web", "service"];
const ENTRY = new RegExp(`^(${ENTRIES.join("|")})\\.py$`);

/** Folders further down hold parts. */
const DEEPEST = 4;

const WORDS: PortWords = {
  variable: "(?:environ(?:\\.get)?[[(]|getenv\\()\\s*[\"']NAME[\"']",
  fixed: [/\bport\s*=\s*(\d{2,5})\b/i, /Server\(\s*\(\s*[^,]*,\s*(\d{2,5})\s*\)/],
};

/** The services of Python: programs of the frameworks that are known, one in each folder that says what it needs, and of Django. */
export function pythonServices(repository: Repository): readonly FoundService[] {
  const files = repository.paths
    .filter((path) => isOwn(path) && path.endsWith(".py") && !/(^|\/)(tests?|migrations)\//.test(path))
    .map((path) => ({ path, folder: projectOf(repository, path) }));
  const folders = [...new Set(files.map(({ folder }) => folder))];
  return folders.flatMap((folder) => {
    const own = files.filter((each) => each.folder === folder).map(({ path }) => within(folder, path));
    const found = byLikelihood(own).map((file) => serviceOf(repository, folder, file));
    return found.find((each) => each !== null) ?? django(repository, folder, own) ?? [];
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
  const { port, variables } = portIn([text], WORDS);
  const given: Port = { ...port, from: "given" };
  const served = (server: string | null, line: (python: string) => string, itsPort: Port): FoundService => {
    const { python, setup } = pythonFor(repository, folder, server);
    const steps = setup === null ? [] : [setup];
    const runtime = setup === null ? null : "python";
    return { folder, serve: `${path}${line(python)}`, health: healthIn(text), port: itsPort, setup: steps, runtime };
  };
  const application = /^(\w+)(?:\s*:\s*\w+)?\s*=\s*(?:FastAPI|Starlette|Litestar|Quart|Sanic)\(/m.exec(text)?.[1];
  if (application !== undefined)
    return served("uvicorn", (python) => `${python} -m uvicorn ${module}:${application} --port $PORT`, given);
  const isFlask = /=\s*Flask\(/.test(text);
  if (isFlask && (port.from !== "given" || !/__main__/.test(text)))
    // Flask before version 2.2 has no --app.
    return served("flask", (python) => `FLASK_APP=${module} ${python} -m flask run --port $PORT`, given);
  if (isFlask || /http\.server|ThreadingHTTPServer|socketserver|web\.run_app|Tornado|tornado/.test(text)) {
    const isArgument = port.from === "unseen" && /sys\.argv/.test(text);
    return served(null, (python) => `${variables}${python} ${file}`, isArgument ? given : port);
  }
  return null;
}

/** A project of Django whose database is a file: the tables of any other one are not made here. */
function django(repository: Repository, folder: string, files: readonly string[]): FoundService | null {
  const file = files.find((each) => each === "manage.py");
  const settings = files.filter((each) => /(^|\/)settings[^/]*(\/[^/]*)?\.py$/.test(each));
  const code = settings
    .map((each) => (repository.text(inside(folder, each)) ?? "").replace(/^\s*#.*$/gm, ""))
    .join("\n");
  const isFile = /backends\.sqlite3/.test(code) && !/backends\.(postgresql|mysql|oracle)|dj_database_url/.test(code);
  if (file === undefined || !isFile) return null;
  const { python, setup } = pythonFor(repository, folder, "django");
  return {
    folder,
    serve: `${python} ${file} runserver --noreload 127.0.0.1:$PORT`,
    health: null,
    port: { from: "given", usual: 8000 },
    setup: [
      ...(setup === null ? [] : [setup]),
      {
        folder,
        line: `${python} ${file} migrate --noinput`,
        about: "the tables of the database that the settings name",
      },
    ],
    runtime: setup === null ? null : "python",
  };
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
  return found === undefined ? "" : `PYTHONPATH=${found} `;
}
