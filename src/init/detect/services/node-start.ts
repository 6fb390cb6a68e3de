import { type SetupStep, shellWord } from "../../found.ts";
import { inside, type Repository } from "../../repository.ts";
import { buildStep, isBuilt } from "../node-build.ts";
import type { Manifest } from "../package-json.ts";

/** Scripts that start what another language has, a load, a container, several services on one PORT, or what lives on when the script ends. */
const OF_OTHERS =
  /\b(uvicorn|gunicorn|python3?|flask|docker|podman|go run|cargo|java|mvnw?|gradlew?|dotnet|php|bundle|rails)\b|(?<![\w./-])(k6|artillery|locust|jmeter|autocannon|wrk|hey|bombardier|oha|ab|pm2|forever|nx|turbo|lerna|concurrently|npm-run-all|run-[ps]|wsrun)(?=\s|$)|\s(-ws|--workspaces)(?=\s|$)|\b(yarn|pnpm)\s+(workspaces?|-r|--recursive|--filter)\b/;

/** Scripts that serve a page to its author. */
const OF_PAGES =
  /webpack|\bvite\b|react-scripts|next dev|ng serve|\bexpo\b|tsc -w|parcel|gatsby|start-storybook|(?<![\w./-])(docusaurus|vitepress|vuepress|storybook|astro|http-server|serve|live-server|docsify|electron|vue-cli-service)(?=\s|$)/;

/** Programs that serve what a package has without a call of its own that listens. */
const SERVERS =
  /\b(next|nuxt|nuxi|remix-serve|react-router-serve|nest|fastify|strapi|keystone|sails|moleculer-runner|json-server|medusa|directus)\b/;

/** The version of tsx where a project names none: both sides have the same one. */
const TSX = "tsx@4.20.3";

/** A line that starts a program. */
export interface Line {
  readonly serve: string;
  /** The file that it starts, where that was seen. */
  readonly file: string | null;
  readonly setup: readonly SetupStep[];
}

/** A package whose scripts start a service, and whether one of its files listens. */
interface Started {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly listens: boolean;
}

/** Flags of Node and of its watchers that are followed by a value. */
const VALUED = "-(?:[rwei]|-(?:exec|require|import|loader|env-file|ext|ignore|project))";

/** A line that runs one file: the runner, its flags, the file and the file's arguments. What only makes the log pretty is left out. */
const RUNS = new RegExp(
  `^(?:npx\\s+)?(node|nodemon|ts-node-dev|ts-node|tsx|node-dev)\\s+((?:(?:watch|${VALUED}\\s+\\S+|(?!${VALUED}\\s)-\\S+)\\s+)*)([\\w./@-]+)((?:\\s[^&|;]*)?)(?:\\|\\s*(?:npx\\s+)?(?:pino-pretty|bunyan)\\b[^&|;]*)?$`,
);

/** What the scripts of a package start, without npm or a watcher in between: the service ends with its own process that way. Null where they start none. */
export function scripted(repository: Repository, { folder, manifest, listens }: Started): Line | null {
  const { scripts } = manifest;
  const name = ["start:prod", "start", "serve", "dev"].find((each) => {
    const line = scripts.get(each);
    return line !== undefined && !OF_PAGES.test(line) && !OF_OTHERS.test(line);
  });
  if (name === undefined) return null;
  const script = scripts.get(name)!;
  const [, build, last = ""] = /^(?:(tsc|(?:npm|yarn|pnpm)(?: run)? build)\s*&&\s*)?(.*)$/.exec(script.trim()) ?? [];
  const [, variables = "", command = ""] = /^(?:cross-env\s+)?((?:\w+=\S+\s+)*)(.*)$/.exec(last) ?? [];
  const [, runner, flags = "", file, rest = ""] = RUNS.exec(command) ?? [];
  const built = scripts.has("build") ? [buildStep(repository, folder, "the service under load")] : [];
  if (file === undefined) {
    // Whatever else it is: only a script that is meant for production, of a package that listens, is taken as it stands.
    return name === "dev" || /\bwatch\b|nodemon/.test(script) || !(listens || SERVERS.test(script))
      ? null
      : { serve: `npm run --silent ${name}`, file: null, setup: built };
  }
  if (!isThere(repository, folder, file)) return null;
  const compiled =
    build === "tsc" && built.length === 0
      ? [{ folder, line: "npx tsc", about: "what its start script builds" }]
      : built;
  const path = file.replace(/^\.\//, "");
  const isMade =
    isBuilt(path) && (repository.text(inside(folder, path)) === null || sourceOf(repository, folder, file) !== path);
  const setup = build !== undefined || isMade ? compiled : [];
  const line = lineOf(file, manifest, { runner: runner!, flags });
  return { serve: `${variables}${line.serve}${rest.trimEnd()}`, file, setup: [...line.setup, ...setup] };
}

/** Whether a file is in the repository, or made by a build. */
function isThere(repository: Repository, folder: string, file: string): boolean {
  const path = inside(folder, file.replace(/^\.\//, ""));
  const names = [path, `${path}.js`, `${path}.ts`, `${path}/index.js`, `${path}/index.ts`];
  return isBuilt(file.replace(/^\.\//, "")) || names.some((name) => repository.paths.includes(name));
}

/** The line that starts a file, with those flags of its script that the program needs. */
export function lineOf(
  file: string,
  manifest: Manifest | null,
  { runner, flags } = { runner: "", flags: "" },
): Pick<Line, "serve" | "setup"> {
  const word = shellWord(file);
  if (runner === "node") return { serve: `node ${flags.replace(/--watch(-\S+)?\s+/g, "")}${word}`, setup: [] };
  const kept = [
    ...flags.matchAll(/(?<!\S)(?:-r|--require|--import|--loader)(?:\s+|=)\S+\s+|(?<!\S)--env-file(?:\s+|=)\S+\s+/g),
  ].join("");
  if (!/\.[cm]?ts$/.test(file)) return { serve: `node ${kept}${word}`, setup: [] };
  const named = /^ts-node/.test(runner) ? "ts-node" : "tsx";
  const tool = [named, "tsx", "ts-node"].find((name) => manifest?.dependencies.has(name) === true);
  if (tool !== undefined) return { serve: `npx ${tool} ${kept}${word}`, setup: [] };
  const fetched = {
    folder: "",
    line: `npx --yes ${TSX} --version > /dev/null`,
    about: "what compiles the service as it runs",
  };
  return { serve: `npx --yes ${TSX} ${kept}${word}`, setup: [fetched] };
}

/** The source of a file that a build makes. */
export function sourceOf(repository: Repository, folder: string, file: string): string {
  const plain = file.replace(/^\.\//, "");
  const [, rest] = /^(?:dist|build|out|lib)\/(?:src\/)?(.+?)(?:\.[cm]?js)?$/.exec(plain) ?? [];
  const candidates = rest === undefined ? [plain, `${plain}.js`] : [`src/${rest}.ts`, `${rest}.ts`, `src/${rest}.js`];
  return candidates.find((name) => repository.text(inside(folder, name)) !== null) ?? plain;
}
