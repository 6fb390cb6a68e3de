import { childEnvironment } from "../environment.ts";
import type { Address, Checkout } from "./checkout.ts";
import { bareEnvironment, type GitSetting, pinnedPath, userEnvironment } from "./environment.ts";
import { connectionSettings, httpSettings } from "./settings.ts";

/** One way to reach a remote: the settings and the environment of a git that goes there. */
export interface Route {
  readonly settings: readonly GitSetting[];
  readonly env: Readonly<Record<string, string>>;
}

/** Who asks the remote. */
export interface Credentials {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly token: string;
  readonly serverUrl: string;
}

/** A server that says nothing for so long is given up; the user's own settings win. */
const PATIENCE: readonly GitSetting[] = [
  ["http.lowSpeedLimit", "1"],
  ["http.lowSpeedTime", "20"],
];

/** The ways to an address. */
export interface Routes {
  /** The first that knows the caller wins. */
  readonly all: readonly [Route, ...Route[]];
  /** The one without secrets, which may start what the user has named. */
  readonly user: Route;
}

/**
 * The ways to reach an address. A secret (our token, a header that the user has set, a password in the address) goes over HTTP only, to
 * this address alone, in a git whose settings start no program. The user's own means, which may start one (ssh, a credential helper), go
 * without.
 */
export function routesTo(address: Address, checkout: Checkout, credentials: Credentials): Routes {
  const secret = secretRoute(address, checkout, credentials);
  const means = connectionSettings(checkout);
  const { env } = credentials;
  const user: Route = {
    settings: [...PATIENCE, ...means.settings, ["remote.origin.url", withoutPassword(address.url)]],
    // A program that the checkout itself names finds no token that the command line was started with.
    env: { ...userEnvironment(means.own ? childEnvironment(env) : env), GIT_ALLOW_PROTOCOL: schemeOf(address.url) },
  };
  if (secret === null) return { all: [user], user };
  const asks = means.any || [env.GIT_ASKPASS, env.SSH_ASKPASS].some((program) => program);
  return { all: asks ? [secret, user] : [secret], user };
}

function secretRoute({ url, header }: Address, checkout: Checkout, credentials: Credentials): Route | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const token = header ? null : tokenHeader(url, credentials);
  if (!header && token === null && !hasPassword(url)) return null;
  const secure = /^https:/i.test(url);
  const env = bareEnvironment(childEnvironment(credentials.env));
  return {
    settings: [
      ...PATIENCE,
      ...httpSettings(checkout, new URL(url)),
      ["remote.origin.url", url],
      ...(token === null ? [] : [token]),
    ],
    env: { ...env, PATH: pinnedPath(env.PATH ?? ""), GIT_ALLOW_PROTOCOL: secure ? "https" : "http:https" },
  };
}

/** The header that carries the token to the server, where the address is on it. */
function tokenHeader(url: string, { token, serverUrl }: Credentials): GitSetting | null {
  const server = `${serverUrl.replace(/\/+$/, "")}/`;
  if (token === "" || !/^https?:/i.test(server) || !URL.canParse(server)) return null;
  const [asked, named] = [new URL(url), new URL(server)];
  if (asked.origin !== named.origin || !asked.pathname.startsWith(named.pathname)) return null;
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [`http.${server}.extraheader`, `AUTHORIZATION: basic ${credentials}`];
}

function hasPassword(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url) && new URL(url).password !== "";
}

/** An address that may be shown to a program: no password for HTTP is in it. */
function withoutPassword(url: string): string {
  if (!hasPassword(url)) return url;
  const shown = new URL(url);
  shown.password = "";
  return shown.href;
}

/** What `GIT_ALLOW_PROTOCOL` calls the way to an address. `ext::`, which is a command line, has no name: it is never allowed. */
function schemeOf(url: string): string {
  const helper = /^([A-Za-z0-9][A-Za-z0-9+.-]*)::/.exec(url)?.[1];
  if (helper !== undefined) return helper === "ext" ? "none" : helper;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined) return /^[^/\\]{2,}:/.test(url) ? "ssh" : "file";
  if (scheme === "http" || scheme === "https") return "http:https";
  return /^(?:git\+ssh|ssh\+git)$/.test(scheme) ? "ssh" : scheme;
}
