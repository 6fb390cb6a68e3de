/** A repository as `init` sees it: what files there are, and the texts of those that may say how it is benchmarked. */
export interface Repository {
  /** Relative to the root, `/` as separator, sorted. */
  readonly paths: readonly string[];
  /** The text of a file; null where there is none, or nobody asked for it (`tellingOf`). */
  readonly text: (path: string) => string | null;
}

/** Folders that hold other people's projects, what tools made, or samples for tests. */
const FOREIGN =
  /(^|\/)(node_modules|vendor|third_party|third-party|fixtures?|__fixtures__|testdata|target|dist|_?build|out|coverage|\.git|\.?venv|site-packages|\.benchgate[^/]*)\//;

/** Files that say what a project is made of, and how it is built. */
const MANIFEST =
  /(^|\/)(package\.json|pnpm-workspace\.yaml|\.yarnrc\.yml|\.gitignore|go\.mod|Cargo\.toml|pyproject\.toml|setup\.(py|cfg)|(requirements|dev-requirements)[^/]*\.txt|asv\.conf\.json|pom\.xml|build\.gradle(\.kts)?|libs\.versions\.toml|[^/]+\.csproj|CMakeLists\.txt|composer\.json|phpbench\.json(\.dist)?|Gemfile|Makefile|Procfile|deno\.jsonc?|pubspec\.yaml|Project\.toml)$/;

/** Files in which benchmarks and loads are written, and programs start. */
const SCRIPT =
  /((^|[/_.-])(bench|benches|benchmarks?|perf|performance|load|loadtests?|stress|locust|k6|artillery|gatling)[^/]*(\/.*)?|_test|(^|\/)(test_|conftest|locustfile|server|app|main|index)[^/]*|(^|\/)(smoke|soak|spike)[^/]*(\/[^/]*)?|_bench)\.(m?[jt]sx?|c[jt]s|py|go|rs|java|kt|scala|cc?|cpp|cxx|php|rb|jl|dart|ya?ml|jmx|sh)$/i;

/** Files in which services say what they answer, and where they listen. */
const OF_SERVICE =
  /(^|\/)(server|app|main|index|asgi|wsgi|api|run|web|www|service|settings|config|routes?|routers?|handlers?|controllers?|views|urls|manage)[^/]*(\/[^/]*)?\.(m?[jt]sx?|c[jt]s|py|go|rs|java|kt|scala|php|rb|dart)$/i;

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;

/** The files that may tell something, the most telling first: only such files are read, and not all of very many. */
export function tellingOf(paths: readonly string[]): readonly string[] {
  const isFirst = (path: string) => MANIFEST.test(path) || SCRIPT.test(path) || WORKFLOW.test(path);
  const own = paths.filter((path) => isOwn(path) && (isFirst(path) || OF_SERVICE.test(path)));
  return [...own.filter(isFirst), ...own.filter((path) => !isFirst(path))];
}

/** Whether a file is the project's own. */
export function isOwn(path: string): boolean {
  return !FOREIGN.test(path);
}

/** The folder of a path; "" at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** The folders around a folder, the nearest first; the root is the last. */
export function ancestors(folder: string): readonly string[] {
  return folder === "" ? [] : [folderOf(folder), ...ancestors(folderOf(folder))];
}

/** A path as it is seen from a folder above it. */
export function within(folder: string, path: string): string {
  return folder === "" ? path : path.slice(folder.length + 1);
}

/** The path of what lies in a folder. */
export function inside(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** The files of that name, nearest the root first. */
export function named(repository: Repository, name: RegExp): readonly string[] {
  const found = repository.paths.filter((path) => isOwn(path) && name.test(path.slice(path.lastIndexOf("/") + 1)));
  const depth = (path: string) => path.split("/").length;
  return found.sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
}

/** The nearest of these folders that holds the path; null where none does. */
export function nearestFolder(folders: readonly string[], path: string): string | null {
  const around = folders.filter((folder) => folder === "" || path.startsWith(`${folder}/`));
  return around.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** The files of a project: those below its folder that are in no project further down. */
export function filesOf(repository: Repository, folder: string, folders: readonly string[]): readonly string[] {
  const isBelow = (path: string) => folder === "" || path.startsWith(`${folder}/`);
  return repository.paths.filter((path) => isBelow(path) && isOwn(path) && nearestFolder(folders, path) === folder);
}
