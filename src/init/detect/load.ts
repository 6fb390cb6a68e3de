import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundLoad,
  type FoundSuite,
  folderKey,
  type Runtime,
  shellWord,
  suiteName,
} from "../found.ts";
import { folderOf, inside, isOwn, type Repository } from "../repository.ts";
import { k6 } from "./k6.ts";
import { nodeSetup } from "./node-setup.ts";
import { manifestOf } from "./package-json.ts";
import { type FoundService, servedFrom, serviceFor, serviceKeys } from "./service.ts";

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
    files: [{ path: inside(folder, "-"), text: `import ${JSON.stringify(`./${serve.replace(/^node\s+/, "")}`)}` }],
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

function loadOf(path: string, text: string): readonly FoundLoad[] {
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
function scriptsOf(repository: Repository, own: readonly string[]): readonly FoundLoad[] {
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

function suiteOf(load: FoundLoad, service: FoundService): FoundSuite {
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
