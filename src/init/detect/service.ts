import { type FoundKey, type SetupStep, shellWord } from "../found.ts";
import { ancestors, inside, isOwn, type Repository, within } from "../repository.ts";
import { manifestOf } from "./package-json.ts";
import { pythonFor } from "./python-environment.ts";

/** How a service of the repository is started, so that it listens on the port that it is given. */
export interface FoundService {
  readonly folder: string;
  readonly serve: string;
  readonly health: string | null;
  /** Whether its code was seen to take its port from PORT. */
  readonly takesPort: boolean;
  /** What it needs that its language's own detectors do not set up. */
  readonly setup?: SetupStep;
}

const HEALTH = /["'`](\/(?:health|healthz|healthcheck|ready|readyz|ping|status|_health))["'`]/;

/** The service that a load test is for: what the project itself says starts it. Null where nobody says so. */
export function serviceFor(repository: Repository, near: string): FoundService | null {
  const folders = [near, ...ancestors(near)];
  for (const folder of folders) {
    const found =
      procfile(repository, folder) ??
      npmStart(repository, folder) ??
      python(repository, folder) ??
      go(repository, folder);
    if (found !== null) return found;
  }
  return null;
}

/** The keys of a suite that starts the service; a connection is proof enough where no path for health was seen. */
export function serviceKeys({ serve, health }: FoundService): readonly FoundKey[] {
  return [
    { key: "serve", value: serve, about: "Started for each round on each side, with a PORT of its own." },
    {
      key: "ready",
      value: health === null ? "tcp://127.0.0.1:$PORT" : `http://127.0.0.1:$PORT${health}`,
      about: "How it shows that it takes requests.",
    },
  ];
}

/** The service as it is seen from the folder of a suite. */
export function servedFrom(service: FoundService, folder: string): FoundService {
  if (service.folder === folder) return service;
  const up = folder === "" ? "" : "../".repeat(folder.split("/").length);
  return { ...service, serve: `cd ${shellWord(`${up}${service.folder || "."}`)} && ${service.serve}` };
}

function procfile(repository: Repository, folder: string): FoundService | null {
  const text = at(repository, folder, "Procfile");
  const line = /^web:\s*(.+)$/m.exec(text ?? "")?.[1];
  return line === undefined
    ? null
    : { folder, serve: line.trim(), health: healthIn(repository, folder), takesPort: true };
}

function npmStart(repository: Repository, folder: string): FoundService | null {
  const manifest = manifestOf(repository, folder);
  const start = manifest?.scripts.get("start") ?? manifest?.scripts.get("serve");
  const file = ["server.js", "server.mjs", "server.ts", "src/server.js", "src/server.ts", "app.js", "index.js"].find(
    (name) => /createServer|\.listen\(/.test(at(repository, folder, name) ?? ""),
  );
  if (start !== undefined && !/webpack|vite|react-scripts|next dev|tsc -w|watch|nodemon/.test(start)) {
    // Without npm in between the service ends with its own process.
    const serve = /^node\s[^&|;]+$/.test(start)
      ? start
      : `npm run --silent ${manifest!.scripts.has("start") ? "start" : "serve"}`;
    const script = /node\s+(?:--\S+\s+)*(\S+)/.exec(start)?.[1];
    const text = script === undefined ? null : at(repository, folder, script.replace(/^\.\//, ""));
    return { folder, serve, health: healthIn(repository, folder), takesPort: /\bPORT\b/.test(text ?? "") };
  }
  if (file === undefined) return null;
  return {
    folder,
    serve: `node ${file}`,
    health: healthIn(repository, folder),
    takesPort: /\bPORT\b/.test(at(repository, folder, file) ?? ""),
  };
}

const PYTHON_SERVICE = /^(?:[^/]+\/)?(?:app|main|server|api|asgi|wsgi)\.py$/;

function python(repository: Repository, folder: string): FoundService | null {
  const paths = repository.paths
    .filter((path) => isOwn(path) && (folder === "" || path.startsWith(`${folder}/`)))
    .map((path) => within(folder, path))
    .filter((path) => PYTHON_SERVICE.test(path))
    .sort((a, b) => a.split("/").length - b.split("/").length);
  for (const file of paths) {
    const found = pythonService(repository, folder, file);
    if (found !== null) return found;
  }
  return null;
}

function pythonService(repository: Repository, folder: string, file: string): FoundService | null {
  const text = at(repository, folder, file) ?? "";
  const module = file.replace(/\.py$/, "").replaceAll("/", ".");
  const health = healthIn(repository, folder);
  const served = (server: string | null, line: (python: string) => string, takesPort: boolean): FoundService => {
    const { python, setup } = pythonFor(repository, folder, server);
    return { folder, serve: line(python), health, takesPort, ...(setup !== null && { setup }) };
  };
  const application = /^(\w+)\s*=\s*(?:FastAPI|Starlette|Litestar|Quart)\(/m.exec(text)?.[1];
  if (application !== undefined)
    return served("uvicorn", (python) => `${python} -m uvicorn ${module}:${application} --port $PORT`, true);
  if (/=\s*Flask\(/.test(text) && !/\bPORT\b/.test(text))
    return served("flask", (python) => `${python} -m flask --app ${module} run --port $PORT`, true);
  if (/http\.server|ThreadingHTTPServer|socketserver|=\s*Flask\(|web\.run_app|Tornado|tornado/.test(text))
    return served(null, (python) => `${python} ${file}`, /\bPORT\b|sys\.argv/.test(text));
  return null;
}

function go(repository: Repository, folder: string): FoundService | null {
  const text = at(repository, folder, "main.go");
  if (text === null || !/ListenAndServe|\.Run\(|\.Listen\(/.test(text)) return null;
  return { folder, serve: "go run .", health: healthIn(repository, folder), takesPort: /"PORT"/.test(text) };
}

/** A path of the service that tells its health, as some file of the project writes it. */
function healthIn(repository: Repository, folder: string): string | null {
  for (const path of repository.paths) {
    if (!isOwn(path) || (folder !== "" && !path.startsWith(`${folder}/`)) || !/\.(m?[jt]s|cjs|py|go)$/.test(path))
      continue;
    const found = HEALTH.exec(repository.text(path) ?? "")?.[1];
    if (found !== undefined) return found;
  }
  return null;
}

function at(repository: Repository, folder: string, name: string): string | null {
  return repository.text(inside(folder, name));
}
