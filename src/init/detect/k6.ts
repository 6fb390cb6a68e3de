import { largest } from "../../model/extremes.ts";
import { type FoundLoad, type LoadSize, shellWord } from "../found.ts";
import { folderOf, within } from "../repository.ts";

/** An address of this machine, as load scripts have it in them. */
const LOCAL = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?/;

/** A script of k6; null where the text is none, or a part of one. */
export function k6(path: string, text: string): FoundLoad | null {
  if (!/\.(m?[jt]s)$/.test(path) || !/from\s+["']k6(\/[\w/]+)?["']/.test(text)) return null;
  const entry = /export\s+default|as default/.test(text) ? "" : defaultOf(text);
  if (entry === null) return null;
  const common = { path, tool: "k6", why: `${path} is a script of k6`, runtime: "k6", text } as const;
  const variables = variablesOf(text);
  const literal = variables === null ? onlyOrigin(text) : null;
  const stranger = calledOrigins(text).find((origin) => origin !== literal);
  if ((variables === null && literal === null) || stranger !== undefined) {
    const why =
      literal === null && variables === null
        ? "It does not take its address from the environment"
        : `It sends requests to ${stranger} as well, whichever side is measured`;
    return {
      ...common,
      run: () => "",
      elsewhere: `${why}: read __ENV.BASE_URL in it, and run \`benchgate init\` again`,
    };
  }
  const place = folderOf(path) === "" ? "" : `cd ${shellWord(folderOf(path))} && `;
  const file = shellWord(within(folderOf(path), path));
  const own =
    literal === null ? `cat ${file}` : `sed "s#${literal.replace(/[[\].]/g, "\\$&")}#$BENCHGATE_URL#g" ${file}`;
  const source = entry === "" ? own : `{ ${own}; printf '%s\\n' '' ${shellWord(entry)}; }`;
  const isPiped = literal !== null || entry !== "";
  const notes = [
    ...(literal === null
      ? []
      : [
          `${path} has the address ${literal} in it; the command replaces it. \`__ENV.BASE_URL\` in the script is plainer.`,
        ]),
    ...(sizeFlags(text, USUAL) === ""
      ? []
      : [
          `${path} has another shape or length than a round should: its own users and stages are replaced on the command line. Many short rounds decide.`,
        ]),
  ];
  const run = (size: LoadSize) => {
    const flags = ["--quiet", sizeFlags(text, size), variables ?? ""].filter((each) => each !== "").join(" ");
    const command = (script: string) => `k6 run ${flags} --out json=$BENCHGATE_OUTPUT ${script}`;
    return isPiped ? `${place}${source} | ${command("-")}` : command(shellWord(path));
  };
  return { ...common, run, notes };
}

/** The entry of a script whose scenarios name functions of it, so that a short load runs them in turn; null where it has none. */
function defaultOf(text: string): string | null {
  const named = [...text.matchAll(/\bexec\s*:\s*["'](\w+)["']/g)].map(([, name]) => name!);
  const functions = [...new Set(named)].filter((name) =>
    new RegExp(`export\\s+(?:async\\s+)?(?:function|const)\\s+${name}\\b`).test(text),
  );
  if (functions.length === 0) return null;
  return `export default function (data) { ${functions.map((name) => `${name}(data);`).join(" ")} }`;
}

/** What variables of a script may be called that name its target, and what they are not about. */
const TARGET = /URL|HOST|BASE|TARGET|ADDR|ENDPOINT|SERVER/i;
const OTHER = /PATH|KEY|TOKEN|VUS|DURATION|RATE|USER|PASS|SECRET|PROM|GRAFANA|INFLUX|CONTAINER|NAME(?<!HOSTNAME)$/i;

/** The flags that set the variables by which a script finds its target; null where it has none. */
function variablesOf(text: string): string | null {
  const all = [...new Set([...text.matchAll(/__ENV\.(\w+)/g)].map(([, name]) => name!))];
  const isHost = (name: string) => new RegExp(`https?://\\$\\{\\s*__ENV\\.${name}\\b`).test(text);
  const isUrl = (name: string) => new RegExp(`__ENV\\.${name}\\s*(?:\\|\\||\\?\\?)\\s*["'\`]https?://`).test(text);
  const targets = all.filter((name) => (TARGET.test(name) && !OTHER.test(name)) || isUrl(name) || isHost(name));
  const port = all.find((name) => /(^|_)PORT$/.test(name));
  const host = targets.find((name) => /HOST(NAME)?$|ADDR(ESS)?$|IP$/.test(name) && !isUrl(name));
  if (port !== undefined && !targets.some(isUrl)) {
    return [...(host === undefined ? [] : [`-e ${host}=127.0.0.1`]), `-e ${port}=$PORT`].join(" ");
  }
  const target = targets.find(isUrl) ?? targets.find((name) => !/(^|_)PORT$/.test(name));
  if (target === undefined) return null;
  return `-e ${target}=${isHost(target) ? "127.0.0.1:$PORT" : "$BENCHGATE_URL"}`;
}

/** A host that only a cluster or a network of containers or of a house knows, or whose name is but an address: there it is this very service. */
const INNER =
  /^https?:\/\/(?:[\w-]+|[\w.-]+\.(?:local|internal|lan|svc|test|nip\.io|sslip\.io)|(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d+){2,3})(?::\d+)?$/;

/** The one address inside of a cluster that a script sends all of its requests to, else the first one of this machine. Null where there is neither. */
function onlyOrigin(text: string): string | null {
  const own = text.replace(/^\s*(import\b.*|\/\/.*)$/gm, "");
  const origins = [...new Set([...own.matchAll(/https?:\/\/[\w.-]+(?::\d+)?/g)].map(([origin]) => origin))];
  return origins.length === 1 && INNER.test(origins[0]!) ? origins[0]! : (LOCAL.exec(own)?.[0] ?? null);
}

/** The addresses that a script's calls have in them. */
function calledOrigins(text: string): readonly string[] {
  const own = text.replace(/^\s*\/\/.*$/gm, "");
  return [...own.matchAll(/\bhttp\.\w+\(\s*["'`](https?:\/\/[\w.-]+(?::\d+)?)/g)].map(([, origin]) => origin!);
}

/** The size of a load that is alone. */
const USUAL: LoadSize = { seconds: 9, users: 50 };

/** As many users as a short load has at least whose users pause between two requests. */
const FEW_USERS = 10;

const SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** The flags that give a load another length, with as many users as it has and the size allows; none where its own are short. */
function sizeFlags(text: string, { seconds, users }: LoadSize): string {
  const lengths = [...text.matchAll(/\bduration\s*:\s*(?:["'](\d+)([smh])["']|(\w))/g)].map(([, count, unit]) =>
    count === undefined ? Number.POSITIVE_INFINITY : Number(count) * SECONDS[unit as keyof typeof SECONDS],
  );
  const counts = [...text.matchAll(/\b(?:target|vus|preAllocatedVUs)\s*:\s*(\d+)/g)].map(([, count]) => Number(count));
  const most = largest(counts, 1);
  const length = lengths.reduce((sum, each) => sum + each, 0);
  const pauses = /\bsleep\(/.test(text);
  const isFew = pauses && most < FEW_USERS;
  if (length > 0 && length <= seconds && !isFew && most <= users) return "";
  const wanted = Math.max(most, isFew || counts.length === 0 ? FEW_USERS : 1);
  return `--vus ${Math.min(users, wanted)} --duration ${seconds}s`;
}
