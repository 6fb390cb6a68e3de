import { type Address, addressesIn, addressText, LOCAL, withoutComments, withoutImports } from "./addresses.ts";

/** How a script of k6 is made to send its requests to one side: by variables, by another address in place of its own, or not at all. */
type Target =
  | { readonly by: "variables"; readonly flags: string }
  | { readonly by: "literal"; readonly origin: string }
  | { readonly by: "nothing"; readonly why: string };

/** A host that only a cluster or a network of containers or of a house knows, or whose name is but an address: there it is this very service. */
const INNER =
  /^(?:[\w-]+|[\w.-]+\.(?:local|internal|lan|svc|test|nip\.io|sslip\.io)|(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3})(?::\d+)?$/;

/** What variables may be called that hold a target, and what they are not about. */
const NAMED = /(?:URL|URI|HOST|HOSTNAME|TARGET|ADDR|ADDRESS|ENDPOINT|ORIGIN)$/i;
const OTHER =
  /PATH|KEY|TOKEN|PASS|SECRET|PROM|GRAFANA|INFLUX|STATSD|OTEL|LOKI|SLACK|HOOK|(?:^|_)DB|DATABASE|POSTGRES|MYSQL|MONGO|REDIS|KAFKA|AUTH|LOGIN|CALLBACK|REDIRECT|PROXY|CDN|S3/i;

/** A variable, perhaps with what stands for it where it is not set: a text, a number or a name. */
const READ = String.raw`__ENV\.(\w+)\s*(?:(?:\|\||\?\?)\s*(?:(["'\`])([^"'\`\n]*)\2|(\w+))\s*)?`;

/**
 * Where the requests of a script and of what it imports go. Every address that is in them has to be the side's own: the replaced one, the default of the variable
 * that is set, or made of it. One that is left may get the load of both sides, and then nothing is measured and a stranger is disturbed.
 */
export function targetOf(script: string, imported: readonly string[]): Target {
  const own = codeOf(script);
  const code = [own, ...imported.map(codeOf)].join("\n");
  const set = variablesOf(code);
  if (set !== null) {
    const stranger = addressesIn(code).find((address) => !isSet(address, code, set)) ?? callOf(code, set);
    if (stranger !== undefined) return { by: "nothing", why: strangerWords(stranger) };
    const given = [...set.keys()].find((name) => isGiven(name, code));
    if (given !== undefined) return { by: "nothing", why: `It gives ${given} a value itself` };
    return { by: "variables", flags: [...set].map(([name, value]) => `-e ${name}=${value}`).join(" ") };
  }
  const mine = addressesIn(own).filter(isReplaceable);
  const [first] = mine;
  if (first === undefined) return { by: "nothing", why: "It does not take its address from the environment" };
  const stranger =
    addressesIn(code).find((each) => addressText(each) !== addressText(first)) ?? callOf(code, new Map());
  if (stranger !== undefined) return { by: "nothing", why: strangerWords(stranger) };
  const imports = imported.flatMap((each) => addressesIn(codeOf(each)));
  if (imports.length > 0) return { by: "nothing", why: `What it imports has the address ${addressText(first)} in it` };
  return { by: "literal", origin: addressText(first) };
}

/** Only what is executed: no comments, no imports, and texts that are added up as one. */
function codeOf(script: string): string {
  return withoutImports(withoutComments(script))
    .replace(/__ENV\[\s*["'`](\w+)["'`]\s*\]/g, "__ENV.$1")
    .replace(/(?<=:(?:\/\/)?)["'`]\s*\+\s*([A-Za-z_]\w*(?:\.\w+)*)(?![\w.]|\s*[([])(?:\s*\+\s*["'`])?/g, "$${$1}");
}

function isReplaceable({ scheme, host }: Address): boolean {
  return /^https?$/.test(scheme) && (LOCAL.test(host) || INNER.test(host));
}

function strangerWords(stranger: Address | string): string {
  const address = typeof stranger === "string" ? stranger : addressText(stranger);
  return `It may send requests to ${address} as well, whichever side is measured`;
}

/** The variables that send the requests of a script to one side, with their values; null where it has none. */
function variablesOf(code: string): ReadonlyMap<string, string> | null {
  const reads = [...code.matchAll(new RegExp(READ, "g"))].map(([, name, , text]) => ({ name: name!, text }));
  const named = reads.find(({ name }) => NAMED.test(name) && !OTHER.test(name));
  const urls = reads.filter(({ text }) => /^https?:\/\//.test(text ?? ""));
  // A load of what other loads only log in to may have a target of such a name, and no other.
  const whole = urls.find(({ name }) => !OTHER.test(name)) ?? (named === undefined ? urls[0] : undefined);
  if (whole !== undefined) {
    const path = whole.text!.replace(/^https?:\/\/[^/]*/, "").replace(/\/$/, "");
    return new Map([[whole.name, `$BENCHGATE_URL${/^[\w./-]*$/.test(path) ? path : ""}`]]);
  }
  const parts = new Map(addressesIn(code).flatMap(({ host }) => partsOf(host, code)));
  if (parts.size > 0) return parts;
  if (named === undefined) return null;
  const text = reads.find((each) => each.name === named.name && each.text !== undefined)?.text;
  // A default without a scheme says that the script writes the scheme itself.
  const isHost = /^[\w.-]+(?::\d+)?$/.test(text ?? "");
  return new Map([[named.name, isHost ? "127.0.0.1:$PORT" : "$BENCHGATE_URL"]]);
}

/** The variables of which the host and the port of one address are made, with the values that make them the side's. */
function partsOf(host: string, code: string): readonly (readonly [string, string])[] {
  const whole = /^\$\{([^{}]*)\}$/.exec(host);
  const both = /^(?:\$\{([^{}]*)\}|(?:localhost|127\.0\.0\.1|0\.0\.0\.0)):\$\{([^{}]*)\}$/.exec(host);
  const [name, port] = [whole?.[1] ?? both?.[1], both?.[2]].map((each) => {
    const variable = each === undefined ? null : variableOf(each, code);
    return variable === null || OTHER.test(variable) ? null : variable;
  });
  if (whole !== null) return name ? [[name, "127.0.0.1:$PORT"]] : [];
  const named = [name ? ([name, "127.0.0.1"] as const) : null, port ? ([port, "$PORT"] as const) : null];
  return named.filter((each) => each !== null);
}

/** The variable that an expression is, itself or by a name that is given once; null where it may be anything else. */
function variableOf(expression: string, code: string): string | null {
  const read = new RegExp(`^\\s*${READ}$`).exec(expression)?.[1];
  if (read !== undefined) return read;
  const name = expression.trim();
  if (!/^\w+$/.test(name) || (code.match(new RegExp(`\\b${name}\\s*=(?![=>])`, "g")) ?? []).length !== 1) return null;
  return new RegExp(`\\b(?:const|let|var)\\s+${name}\\s*=\\s*${READ}[ \\t]*(?=[;,\\n]|$)`).exec(code)?.[1] ?? null;
}

/** Whether an address is the side's once the variables are set. */
function isSet({ scheme, host, at }: Address, code: string, set: ReadonlyMap<string, string>): boolean {
  const before = code.slice(Math.max(0, at - 200), at);
  const byDefault =
    /__ENV\.(\w+)\s*(?:\|\||\?\?)\s*["'`]$/.exec(before)?.[1] ??
    /__ENV\.(\w+)\s*\?\s*__ENV\.\1\s*:\s*["'`]$/.exec(before)?.[1];
  if (byDefault !== undefined) return set.has(byDefault);
  const constant = /\b(?:const|let|var)\s+(\w+)\s*=\s*["'`]$/.exec(before)?.[1];
  if (constant !== undefined && isOnlyDefault(constant, code, set)) return true;
  if (!/^(?:https?|wss?)$/.test(scheme)) return false;
  const filled = host
    .replace(/\$\{([^{}]*)\}/g, (_, expression: string) => set.get(variableOf(expression, code) ?? "") ?? "?")
    .replace(/^(?:localhost|0\.0\.0\.0):/, "127.0.0.1:");
  return filled === "127.0.0.1:$PORT";
}

/** Whether a name is used but once, as what stands for a variable that is set. */
function isOnlyDefault(name: string, code: string, set: ReadonlyMap<string, string>): boolean {
  const uses = code.match(new RegExp(`\\b${name}\\b`, "g")) ?? [];
  const variable = new RegExp(`__ENV\\.(\\w+)\\s*(?:\\|\\||\\?\\?)\\s*${name}\\b`).exec(code)?.[1];
  return uses.length === 2 && variable !== undefined && set.has(variable);
}

/** The first address without a scheme that a client of gRPC or of a socket connects to, and no variable replaces. */
function callOf(code: string, set: ReadonlyMap<string, string>): string | undefined {
  const calls = code.matchAll(/(?:__ENV\.(\w+)\s*(?:\|\||\?\?)\s*|\bconnect\(\s*)["'`]([\w.-]+:\d{2,5})["'`]/g);
  return [...calls].find(([, name]) => name === undefined || !set.has(name))?.[2];
}

/** Whether a script gives a variable a value, which holds whatever the command line says: a scenario has variables of its own. */
function isGiven(name: string, code: string): boolean {
  return new RegExp(`__ENV\\.${name}\\s*=(?!=)|\\benv["']?\\s*:\\s*\\{[^{}]*\\b${name}["']?\\s*:`).test(code);
}
