import { largest } from "../../model/extremes.ts";
import { type FoundLoad, shellWord } from "../found.ts";
import { folderOf, within } from "../repository.ts";

/** An address of this machine, as load scripts have it in them. */
const LOCAL = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?/;

/** How a script of k6 is run against `$BENCHGATE_URL`. */
export function k6(path: string, text: string): FoundLoad {
  const variable = [...text.matchAll(/__ENV\.(\w+)/g)]
    .map(([, name]) => name!)
    .find((name) => /URL|HOST|BASE|TARGET|ADDR/i.test(name));
  const literal = onlyOrigin(text);
  const common = { path, tool: "k6", why: `${path} is a script of k6`, runtime: "k6" as const };
  const load = shortLoad(text);
  const flags = load === null ? "--quiet" : `--quiet ${load}`;
  const length =
    load === null
      ? []
      : [`${path} takes longer than a round should: \`${load}\` replaces its own stages. Many short rounds decide.`];
  if (variable !== undefined) {
    const value = /https?:\/\/\$\{__ENV\./.test(text) ? "127.0.0.1:$PORT" : "$BENCHGATE_URL";
    const run = `k6 run ${flags} -e ${variable}=${value} --out json=$BENCHGATE_OUTPUT ${shellWord(path)}`;
    return { ...common, run, notes: length };
  }
  if (literal !== null) {
    const place = folderOf(path) === "" ? "" : `cd ${shellWord(folderOf(path))} && `;
    const file = shellWord(within(folderOf(path), path));
    return {
      ...common,
      run: `${place}sed "s#${literal.replace(/[[\].]/g, "\\$&")}#$BENCHGATE_URL#g" ${file} | k6 run ${flags} --out json=$BENCHGATE_OUTPUT -`,
      notes: [
        `${path} has the address ${literal} in it; the command replaces it. \`__ENV.BASE_URL\` in the script is plainer.`,
        ...length,
      ],
    };
  }
  return {
    ...common,
    run: "",
    elsewhere: `It does not take its address from the environment: read __ENV.BASE_URL in it, and run \`benchgate init\` again`,
  };
}

/** A host that only a cluster or a network of containers knows: there it is this very service. */
const INNER = /^https?:\/\/(?:[\w-]+|[\w.-]+\.(?:local|internal|lan|svc|test))(?::\d+)?$/;

/** The one address inside of a cluster that a script sends all of its requests to, else the first one of this machine. Null where there is neither. */
function onlyOrigin(text: string): string | null {
  const own = text.replace(/^\s*(import\b.*|\/\/.*)$/gm, "");
  const origins = [...new Set([...own.matchAll(/https?:\/\/[\w.-]+(?::\d+)?/g)].map(([origin]) => origin))];
  return origins.length === 1 && INNER.test(origins[0]!) ? origins[0]! : (LOCAL.exec(own)?.[0] ?? null);
}

/** A script that takes longer, in seconds, is cut short: a round is one load. */
const LONG_LOAD = 20;
const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** The flags that make a long load a short one with as many users, up to fifty; null where it is short, or does not tell. */
function shortLoad(text: string): string | null {
  const lengths = [...text.matchAll(/\bduration\s*:\s*["'](\d+)([smh])/g)].map(
    ([, count, unit]) => Number(count) * SECONDS[unit as keyof typeof SECONDS],
  );
  if (lengths.reduce((sum, each) => sum + each, 0) <= LONG_LOAD) return null;
  const users = [...text.matchAll(/\b(?:target|vus|preAllocatedVUs)\s*:\s*(\d+)/g)].map(([, count]) => Number(count));
  return `--vus ${Math.min(50, largest(users, 1))} --duration 10s`;
}
