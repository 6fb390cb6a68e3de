import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundSuite,
  folderKey,
  type Runtime,
  shellWord,
  suiteName,
} from "../found.ts";
import { folderOf, isOwn, type Repository, within } from "../repository.ts";
import { nodeSetup } from "./node-setup.ts";
import { manifestOf } from "./package-json.ts";
import { type FoundService, servedFrom, serviceFor, serviceKeys } from "./service.ts";

/** A load script as it was found: how it is run against `$BENCHGATE_URL`. */
interface Load {
  readonly path: string;
  readonly tool: string;
  readonly run: string;
  readonly why: string;
  /** Why its requests would not go to the side that is measured, and what to do. */
  readonly elsewhere?: string;
  readonly notes?: readonly string[];
  readonly runtime?: Runtime;
  readonly folder?: string;
}

/** An address of this machine, as load scripts have it in them. */
const LOCAL = /https?:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?/;

/** Load tests and the services that they are for: k6, Locust, Artillery, JMeter, Gatling, and the command lines of autocannon, wrk and their like. */
export function detectLoads(repository: Repository): Found {
  const own = repository.paths.filter(isOwn);
  const loads = [...own.flatMap((path) => loadOf(path, repository.text(path) ?? "")), ...scriptsOf(repository, own)];
  const found = loads.map((load) => ({
    load,
    service: serviceFor(repository, load.folder ?? folderOf(load.path)),
  }));
  // A load that does not reach the side it is for measures a stranger on both, and finds them equal.
  const usable = found.flatMap(({ load, service }) =>
    service === null || load.elsewhere !== undefined ? [] : [{ load, service }],
  );
  const services = usable.map(({ service: { folder, serve } }) => ({
    folder,
    texts: [JSON.stringify(`./${serve.replace(/^node\s+/, "")}`)],
  }));
  const isNode = services.some(({ folder }) => manifestOf(repository, folder) !== null);
  return {
    suites: usable.map(({ load, service }) => suiteOf(load, service)),
    setup: [...nodeSetup(repository, services), ...usable.flatMap(({ service }) => service.setup ?? [])],
    runtimes: [
      ...new Set<Runtime>([
        ...usable.flatMap(({ load }) => load.runtime ?? []),
        ...(isNode ? ["node" as const] : []),
        ...(usable.some(({ service }) => service.setup !== undefined) ? ["python" as const] : []),
      ]),
    ],
    notes: found.flatMap(({ load: { why, run, elsewhere }, service }) => {
      if (elsewhere !== undefined) return [`${why}. ${elsewhere}`];
      if (service !== null) return [];
      return [
        `${why}, and nothing was found that starts the service under load. Add a suite with \`serve\`, \`ready\` and \`run: ${run}\`; the service must listen on $PORT`,
      ];
    }),
  };
}

function loadOf(path: string, text: string): readonly Load[] {
  if (
    /\.(m?[jt]s)$/.test(path) &&
    /from\s+["']k6(\/[\w/]+)?["']/.test(text) &&
    /export\s+(default|\{[^}]*\bdefault\b|function|const options)/.test(text)
  ) {
    return /export\s+default|as default/.test(text) ? [k6(path, text)] : [];
  }
  if (
    path.endsWith(".py") &&
    /\bimport\s+.*\b(Fast)?HttpUser\b|^\s*import locust\b/m.test(text) &&
    /class\s+\w+\((Fast)?HttpUser|locust\.(Fast)?HttpUser/.test(text)
  ) {
    return [
      {
        path,
        tool: "locust",
        run: `locust -f ${shellWord(path)} --headless --only-summary -u 10 -r 10 -t 10s --host $BENCHGATE_URL --csv benchgate >&2; code=$?; mv benchgate_stats.csv $BENCHGATE_OUTPUT; rm -f benchgate_*.csv; exit $code`,
        why: `${path} is a locustfile`,
      },
    ];
  }
  if (/\.ya?ml$/.test(path) && /^config:/m.test(text) && /^scenarios:/m.test(text) && /^\s+target:/m.test(text)) {
    return [
      {
        path,
        tool: "artillery",
        run: `npx artillery run --target $BENCHGATE_URL -o $BENCHGATE_OUTPUT ${shellWord(path)}`,
        why: `${path} is a script of Artillery`,
        runtime: "node",
      },
    ];
  }
  if (path.endsWith(".jmx")) {
    const property = /\$\{__P\((port|PORT|server\.port)\b/.exec(text)?.[1];
    return [
      {
        path,
        tool: "jmeter",
        run: `jmeter -n -t ${shellWord(path)} -l $BENCHGATE_OUTPUT -Jjmeter.save.saveservice.output_format=csv${property === undefined ? "" : ` -J${property}=$PORT`}`,
        why: `${path} is a plan of JMeter`,
        ...(property === undefined && {
          elsewhere:
            "Its requests must go to port ${__P(port)}, because each side's service has a port of its own: change it, and run `benchgate init` again",
        }),
      },
    ];
  }
  return [];
}

function k6(path: string, text: string): Load {
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
      : [
          `${path} takes longer than a round should: \`${load}\` stands in for its own stages. Many short rounds decide.`,
        ];
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
  return `--vus ${Math.min(50, Math.max(1, ...users))} --duration 10s`;
}

/** How the command line of each load tool is made to write what is read. */
const COMMAND_LINES: Readonly<Record<string, (line: string) => string>> = {
  autocannon: (line) =>
    `npx ${line.replace(/^npx\s+/, "").replace(/^autocannon\s+(?!.*--json)/, "autocannon --json ")}`,
  wrk: (line) => line.replace(/^wrk\s+(?!.*--latency)/, "wrk --latency "),
  hey: (line) => line,
  bombardier: (line) => line.replace(/^bombardier\s+/, "bombardier -l -o json -p r "),
  oha: (line) => line.replace(/^oha\s+/, "oha --no-tui --output-format json "),
  ab: (line) => line,
};

/** Command lines of load tools among the scripts of package.json files. */
function scriptsOf(repository: Repository, own: readonly string[]): readonly Load[] {
  return own
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .flatMap((path) =>
      [...(manifestOf(repository, folderOf(path))?.scripts ?? [])].flatMap(([name, script]) => {
        const [, line, tool] =
          /(?:^|["'\s;&|])((?:npx\s+)?(autocannon|wrk|hey|bombardier|oha|ab)\s[^"'&|;]*)/.exec(script) ?? [];
        if (line === undefined || tool === undefined) return [];
        const address = /(https?:\/\/)?(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?/;
        if (!address.test(line)) return [];
        const run = COMMAND_LINES[tool]!(line.trim().replace(address, "$BENCHGATE_URL"));
        return [
          {
            path,
            tool,
            run,
            why: `package.json has a script "${name}" that calls ${tool}`,
            folder: folderOf(path),
            runtime: "node" as const,
          },
        ];
      }),
    );
}

function suiteOf(load: Load, service: FoundService): FoundSuite {
  const folder = load.folder ?? "";
  const keys: readonly FoundKey[] = [
    ...folderKey(folder),
    ...serviceKeys(servedFrom(service, folder)),
    ...commandKeys(load.run, load.tool, "The load of one round, on the service of one side."),
  ];
  const missing = [
    ...(service.takesPort
      ? []
      : [
          `\`${service.serve}\` must listen on the port in the variable PORT: both revisions' services are up at once. That it does was not seen.`,
        ]),
    ...(service.serve.startsWith("python3")
      ? [
          "What the service imports must be installed by `setup`, into an environment of each side's own: one for both would measure one side's code twice.",
        ]
      : []),
  ];
  return {
    name: suiteName(
      load.path
        .slice(load.path.lastIndexOf("/") + 1)
        .replace(/\.[^.]+$/, "")
        .replace(/^package$/, "load"),
      "load",
    ),
    why: load.why,
    keys,
    notes: [...(load.notes ?? []), ...missing],
  };
}
