import type { SetupStep } from "../../found.ts";
import { ancestors, folderOf, inside, isOwn, type Repository, within } from "../../repository.ts";
import { type Manifest, manifestOf, manifestsOf } from "../package-json.ts";
import { type FoundService, healthIn, type PortWords, portIn } from "./service.ts";

/** Where programs of Node usually start, without the ending. */
const ENTRIES = ["server", "app", "index", "main"].flatMap((name) => [name, `src/${name}`]);

const LISTENS = /\bcreateServer\b|\.listen\(|\bserve\(/;

/** Scripts that start what another language has, or a container: its own detector knows what that needs. */
const OF_OTHERS =
  /\b(uvicorn|gunicorn|python3?|flask|docker|podman|go run|cargo|java|mvnw?|gradlew?|dotnet|php|bundle|rails)\b/;

/** Scripts that serve a page to its author. */
const OF_PAGES = /webpack|vite\b|react-scripts|next dev|ng serve|\bexpo\b|tsc -w|parcel|gatsby/;

const WORDS: PortWords = {
  variable: "env(?:\\.|\\[[\"'`])NAME\\b|\\{[^}]*\\b(PORT)\\b[^}]*\\}\\s*=\\s*process\\.env",
  fixed: [
    /\.listen\(\s*(\d{2,5})\b/,
    /\b(?:const|let|var)\s+\w*port\w*(?:\s*:\s*\w+)?\s*=\s*["'`]?(\d{2,5})\b/i,
    /\blisten\(\s*\{[^}]*\bport\s*:\s*(\d{2,5})\b/,
  ],
};

/** The services of Node: a `start` script, or the program that listens where a program usually starts. */
export function nodeServices(repository: Repository): readonly FoundService[] {
  const folders = [...new Set(["", ...manifestsOf(repository).keys()])];
  return folders.flatMap((folder) => serviceIn(repository, folder) ?? []);
}

function serviceIn(repository: Repository, folder: string): FoundService | null {
  const manifest = manifestOf(repository, folder);
  const at = (file: string) => repository.text(inside(folder, file));
  const script = manifest === null ? null : scripted(repository, folder, manifest);
  const entries = [manifest?.main ?? "", ...ENTRIES].filter((name) => name !== "");
  const entry = entries
    .flatMap((name) => (/\.[cm]?[jt]s$/.test(name) ? [name] : [".js", ".mjs", ".cjs", ".ts"].map((end) => name + end)))
    .find((file) => LISTENS.test(at(file) ?? ""));
  const command = script ?? (entry === undefined ? null : { serve: runnerOf(entry, manifest), file: entry, setup: [] });
  if (command === null) return null;
  const text = (command.file === null ? null : at(sourceOf(repository, folder, command.file))) ?? at(entry ?? "") ?? "";
  const { port, variables } = portIn([text, ...otherTexts(repository, folder)], WORDS);
  return {
    folder,
    serve: `${variables}${command.serve}`,
    health: healthIn(text),
    port,
    setup: command.setup,
    runtime: manifest === null ? null : "node",
  };
}

interface Line {
  readonly serve: string;
  /** The file that it starts, where that was seen. */
  readonly file: string | null;
  readonly setup: readonly SetupStep[];
}

/** What the scripts of a package start, without npm or a watcher in between: the service ends with its own process that way. Null where they start none. */
function scripted(repository: Repository, folder: string, manifest: Manifest): Line | null {
  const { scripts } = manifest;
  const name = ["start:prod", "start", "serve", "dev"].find((each) => {
    const line = scripts.get(each);
    return line !== undefined && !OF_PAGES.test(line) && !OF_OTHERS.test(line);
  });
  if (name === undefined) return null;
  const script = scripts.get(name)!;
  const [, build, last = ""] = /^(?:(tsc|(?:npm|yarn|pnpm)(?: run)? build)\s*&&\s*)?(.*)$/.exec(script.trim()) ?? [];
  const [, variables = "", command = ""] = /^(?:cross-env\s+)?((?:\w+=\S+\s+)*)(.*)$/.exec(last) ?? [];
  const [, runner, flags = "", file, rest = ""] =
    /^(?:npx\s+)?(node|nodemon|ts-node-dev|ts-node|tsx|node-dev)\s+((?:(?:watch|-r\s+\S+|--(?:exec|require|import|loader)\s+\S+|-\S+)\s+)*)([\w./@-]+)(\s[^&|;]*)?$/.exec(
      command,
    ) ?? [];
  if (file === undefined) {
    // Whatever else it is: only a script that is meant for production is taken as it stands.
    return name === "dev" || /\bwatch\b|nodemon/.test(script)
      ? null
      : { serve: `npm run --silent ${name}`, file: null, setup: [] };
  }
  const setup =
    build === "tsc" && !scripts.has("build")
      ? [{ folder, line: "npx tsc", about: "what its start script builds" }]
      : [];
  if (!isThere(repository, folder, file)) return null;
  if (runner !== "node") return { serve: `${variables}${runnerOf(file, manifest)}${rest}`, file, setup };
  const kept = flags.replace(/--watch(-\S+)?\s+/g, "");
  return { serve: `${variables}node ${kept}${file}${rest}`, file, setup };
}

/** Whether a file is in the repository, or made by a build. */
function isThere(repository: Repository, folder: string, file: string): boolean {
  const path = inside(folder, file.replace(/^\.\//, ""));
  const names = [path, `${path}.js`, `${path}.ts`, `${path}/index.js`, `${path}/index.ts`];
  return /^(\.\/)?(dist|build|out|lib)\//.test(file) || names.some((name) => repository.paths.includes(name));
}

function runnerOf(file: string, manifest: Manifest | null): string {
  if (!/\.[cm]?ts$/.test(file)) return `node ${file}`;
  const tool = ["tsx", "ts-node"].find((name) => manifest?.dependencies.has(name) === true);
  return `npx ${tool ?? "--yes tsx"} ${file}`;
}

/** The source of a file that a build makes. */
function sourceOf(repository: Repository, folder: string, file: string): string {
  const plain = file.replace(/^\.\//, "");
  const [, rest] = /^(?:dist|build|out|lib)\/(?:src\/)?(.+?)(?:\.[cm]?js)?$/.exec(plain) ?? [];
  const candidates = rest === undefined ? [plain, `${plain}.js`] : [`src/${rest}.ts`, `${rest}.ts`, `src/${rest}.js`];
  return candidates.find((name) => repository.text(inside(folder, name)) !== null) ?? plain;
}

/** The texts of a package's other files: many have their port in a file of settings. */
function otherTexts(repository: Repository, folder: string): readonly string[] {
  const inner = [...manifestsOf(repository).keys()].filter(
    (each) => each !== folder && ancestors(each).includes(folder),
  );
  return repository.paths
    .filter((path) => isOwn(path) && (folder === "" || path.startsWith(`${folder}/`)) && /\.[cm]?[jt]s$/.test(path))
    .filter((path) => !inner.some((each) => path.startsWith(`${each}/`)))
    .filter((path) => !/(^|\/)(tests?|__tests__|k6|load[^/]*)\//.test(within(folder, path)) && folderOf(path) !== "")
    .flatMap((path) => {
      const text = repository.text(path);
      return text === null || /["']k6(\/\w+)?["']/.test(text) ? [] : [text];
    });
}
