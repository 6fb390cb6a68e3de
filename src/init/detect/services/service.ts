import { onceFor } from "../../../model/once.ts";
import type { FoundKey, Runtime, SetupStep } from "../../found.ts";
import { shellWord } from "../../found.ts";

/** How a service of the repository is started, so that it listens on the port that it is given, or on the one that its code fixes. */
export interface FoundService {
  /** Where it is started. */
  readonly folder: string;
  /** Where its own code is, in `folder` or below: what lies there is no other service's. */
  readonly home: string;
  readonly serve: string;
  /** The file of Node that it starts, as it is seen from `folder`; none where that was not seen. */
  readonly file?: string;
  /** The path that tells its health; null where none was seen. */
  readonly health: string | null;
  readonly port: Port;
  /** What it needs that its language's own detectors do not set up. */
  readonly setup: readonly SetupStep[];
  readonly runtime: Runtime | null;
  /** What the user must know of it. */
  readonly notes?: readonly string[];
}

/** The port of a service: `given` by the variable PORT or its command line, `fixed` in its code, or not seen; `usual` is the one that it has where nothing is said. */
export interface Port {
  readonly from: "given" | "fixed" | "unseen";
  readonly usual: number | null;
}

const HEALTH = /["'`](\/(?:health|healthz|healthcheck|ready|readyz|livez|ping|status|_health))["'`]/;

/** The path of health that the file has which starts the service: elsewhere a path may be below another one. */
export function healthIn(entry: string): string | null {
  return HEALTH.exec(entry)?.[1] ?? null;
}

/** The keys of a suite that starts the service; a connection is proof enough where no path for health was seen. */
export function serviceKeys({ serve, health, port }: FoundService): readonly FoundKey[] {
  const fixed = fixedPort(port);
  const at = `127.0.0.1:${fixed ?? "$PORT"}`;
  return [
    {
      key: "serve",
      value: serve,
      about:
        fixed === null
          ? "Started for each round on each side, with a PORT of its own."
          : "Started for each round, one side after the other: its port is fixed in its code.",
    },
    {
      key: "ready",
      value: health === null ? `tcp://${at}` : `http://${at}${health}`,
      about: "How it shows that it takes requests.",
    },
  ];
}

/** The port that a service has whatever it is told; null where it takes what it is given, or may do so. */
export function fixedPort({ from, usual }: Port): number | null {
  return from === "fixed" ? usual : null;
}

/** The service as it is seen from the folder of a suite. */
export function servedFrom(service: FoundService, folder: string): FoundService {
  if (service.folder === folder) return service;
  const up = folder === "" ? "" : "../".repeat(folder.split("/").length);
  return { ...service, serve: `cd ${shellWord(`${up}${service.folder || "."}`)} && ${service.serve}` };
}

/** Variables and constants that name the port of the program itself, and not that of its database. */
const OWN_PORT = "(?:(?:HTTP|SERVER|APP|API|SERVICE|WEB|LISTEN|NODE|BACKEND)_)?PORT";

/** Names of constants that hold the port of the program itself, for a pattern that ignores case. */
export const PORT_NAME = "(?:(?:http|server|app|api|service|web|listen|node|backend|default)_?)?port";

/** How a language's programs read a variable, and write the port that they listen on. */
export interface PortWords {
  /** A pattern in which `NAME` stands for the name of a variable. */
  readonly variable: string;
  /** A call that listens, whose first group is its port where that is a number. */
  readonly calls: RegExp;
  /** Other places where a port is a number. */
  readonly numbers: readonly RegExp[];
}

/** Files of a program in one language. */
export interface Code {
  readonly texts: readonly string[];
  readonly words: PortWords;
}

/**
 * The port of a program, and the variables that have to be set for it, such as `SERVER_PORT=$PORT`. The first of its places that says something decides, which is
 * the file that starts it: others have the ports of what the program itself calls as well.
 */
export function portIn(places: readonly Code[]): { readonly port: Port; readonly variables: string } {
  for (const [index, place] of places.entries()) {
    // A number in other files than those that start it may be the port of a database.
    const { name, usual } = portOf(index < places.length - 1 || index === 0 ? place : withoutNumbers(place));
    if (name !== null) return { port: { from: "given", usual }, variables: name === "PORT" ? "" : `${name}=$PORT ` };
    if (usual !== null) return { port: { from: "fixed", usual }, variables: "" };
  }
  return { port: UNSEEN, variables: "" };
}

const withoutNumbers = onceFor(({ texts, words }: Code): Code => ({ texts, words: { ...words, numbers: [] } }));

/** The variable that the port of these files is read from, and its number; null each where there is none. */
const portOf = onceFor(({ texts, words: { variable, calls, numbers } }: Code) => {
  const reads = new RegExp(variable.replaceAll("NAME", `(${OWN_PORT})`), "g");
  const fallback = new RegExp(`(?<!\\w)${OWN_PORT}["'\`)\\]]*\\s*(?:\\|\\||\\?\\?|,)\\s*["'\`:]*(\\d{2,5})\\b`);
  const listening = texts.flatMap((text) => [...text.matchAll(calls)].map((call) => call.slice(1).find(Boolean)));
  const [first] = listening.filter((each) => each !== undefined);
  // Where each call that listens names its number, a variable is somebody else's port.
  if (first !== undefined && !listening.includes(undefined)) return { name: null, usual: Number(first) };
  const names = texts.flatMap((text) =>
    [...text.matchAll(reads)].flatMap((match) => match.slice(1).find(Boolean) ?? []),
  );
  const usual = [
    ...texts.flatMap((text) => fallback.exec(text)?.[1] ?? []),
    ...texts.flatMap((text) => constantsIn(text, calls)),
    ...texts.flatMap((text) => numbers.flatMap((pattern) => pattern.exec(text)?.[1] ?? [])),
    ...(first === undefined ? [] : [first]),
  ][0];
  const name = names.includes("PORT") ? "PORT" : (names[0] ?? null);
  return { name, usual: usual === undefined ? null : Number(usual) };
});

/** The numbers of the constants that calls which listen name, however they are called. */
function constantsIn(text: string, calls: RegExp): readonly string[] {
  return [...text.matchAll(calls)].flatMap((call) => {
    const [name] = /^[A-Za-z_]\w*(?=\s*[,)])/.exec(text.slice(call.index + call[0].length).slice(0, 100)) ?? [];
    if (name === undefined) return [];
    const value = new RegExp(`(?<![\\w.])${name}(?:\\s*:?\\s*\\w+)?\\s*:?=\\s*["'\`]?(?:[\\w.]*:)?(\\d{2,5})\\b`);
    return value.exec(text)?.[1] ?? [];
  });
}

/** The port of a program of which nothing was seen. */
export const UNSEEN: Port = { from: "unseen", usual: null };
