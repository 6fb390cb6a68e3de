import type { FoundKey, Runtime, SetupStep } from "../../found.ts";
import { shellWord } from "../../found.ts";

/** How a service of the repository is started, so that it listens on the port that it is given, or on its own. */
export interface FoundService {
  readonly folder: string;
  readonly serve: string;
  /** The path that tells its health; null where none was seen. */
  readonly health: string | null;
  readonly port: Port;
  /** What it needs that its language's own detectors do not set up. */
  readonly setup: readonly SetupStep[];
  readonly runtime: Runtime | null;
}

/** The port of a service: `given` by the variable PORT or its command line, its own, or not seen; `usual` is the one that it has where nothing is said. */
export interface Port {
  readonly from: "given" | "own" | "unseen";
  readonly usual: number | null;
}

const HEALTH = /["'`](\/(?:health|healthz|healthcheck|ready|readyz|livez|ping|status|_health))["'`]/;

/** The path of health that the file has which starts the service: elsewhere a path may be below another one. */
export function healthIn(entry: string): string | null {
  return HEALTH.exec(entry)?.[1] ?? null;
}

/** The keys of a suite that starts the service; a connection is proof enough where no path for health was seen. */
export function serviceKeys({ serve, health, port }: FoundService): readonly FoundKey[] {
  const own = ownPort(port);
  const at = `127.0.0.1:${own ?? "$PORT"}`;
  return [
    {
      key: "serve",
      value: serve,
      about:
        own === null
          ? "Started for each round on each side, with a PORT of its own."
          : "Started for each round, on one side after the other: its port is its own.",
    },
    {
      key: "ready",
      value: health === null ? `tcp://${at}` : `http://${at}${health}`,
      about: "How it shows that it takes requests.",
    },
  ];
}

/** The port that a service has whatever it is told; null where it takes what it is given, or may do so. */
export function ownPort({ from, usual }: Port): number | null {
  return from === "own" ? usual : null;
}

/** The service as it is seen from the folder of a suite. */
export function servedFrom(service: FoundService, folder: string): FoundService {
  if (service.folder === folder) return service;
  const up = folder === "" ? "" : "../".repeat(folder.split("/").length);
  return { ...service, serve: `cd ${shellWord(`${up}${service.folder || "."}`)} && ${service.serve}` };
}

/** Variables that name the port of the program itself, and not that of its database. */
const OWN_PORT = "(?:(?:HTTP|SERVER|APP|API|SERVICE|WEB|LISTEN|NODE|BACKEND)_)?PORT";

/** How a language's programs read a variable, and write the port that they listen on; `NAME` stands for the name of a variable. */
export interface PortWords {
  readonly variable: string;
  readonly fixed: readonly RegExp[];
}

/** The port of a program as its files tell it, and the variables that have to be set for it, such as `SERVER_PORT=$PORT`. */
export function portIn(texts: readonly string[], { variable, fixed }: PortWords): { port: Port; variables: string } {
  const reads = new RegExp(variable.replaceAll("NAME", `(${OWN_PORT})`));
  const names = texts.flatMap((text) => reads.exec(text)?.slice(1).find(Boolean) ?? []);
  const numbers = texts.flatMap((text) => fixed.flatMap((pattern) => pattern.exec(text)?.[1] ?? []));
  const written = texts.flatMap(
    (text) =>
      new RegExp(`${OWN_PORT}["'\`)\\]]*\\s*(?:\\|\\||\\?\\?|,)\\s*["'\`:]*(\\d{2,5})\\b`).exec(text)?.[1] ?? [],
  );
  const [usual] = [...written, ...numbers].map(Number);
  const name = names[0];
  const variables = name === undefined || name === "PORT" ? "" : `${name}=$PORT `;
  if (name !== undefined) return { port: { from: "given", usual: usual ?? null }, variables };
  return { port: usual === undefined ? UNSEEN : { from: "own", usual }, variables };
}

/** The port of a program of which nothing was seen. */
export const UNSEEN: Port = { from: "unseen", usual: null };
