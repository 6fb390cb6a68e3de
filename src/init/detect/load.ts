import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundLoad,
  type FoundSuite,
  folderKey,
  type LoadSize,
  type Runtime,
  shellWord,
  suiteName,
} from "../found.ts";
import { folderOf, isOwn, type Repository } from "../repository.ts";
import { k6 } from "./k6.ts";
import { chosen, shorterSize, sizeOf } from "./load-choice.ts";
import { locust } from "./locust.ts";
import { nodeSetup } from "./node-setup.ts";
import { manifestOf } from "./package-json.ts";
import { localPort, serviceFor, servicesIn } from "./service.ts";
import { startedBy } from "./services/node.ts";
import { type FoundService, fixedPort, servedFrom, serviceKeys } from "./services/service.ts";

/** A load and the service that it is for; null where none was found. */
interface Pairing {
  readonly load: FoundLoad;
  readonly service: FoundService | null;
}

/** Load tests and the services that they are for: k6, Locust, Artillery, JMeter, Gatling, and the command lines of autocannon, wrk and their like. */
export function detectLoads(repository: Repository): Found {
  const own = repository.paths.filter(isOwn);
  const loads = [...own.flatMap((path) => loadOf(path, repository.text(path) ?? "")), ...scriptsOf(repository, own)];
  const found = loads.map(
    (load): Pairing => ({
      load,
      service: where(load, serviceFor(repository, load.folder ?? folderOf(load.path), load.text)),
    }),
  );
  // A load that does not reach the side it is for measures a stranger on both, and finds them equal.
  const reaching = found.flatMap(({ load, service }) =>
    service === null || load.elsewhere !== undefined ? [] : [{ load, service }],
  );
  const { kept: usable, left } = chosen(reaching);
  const packages = usable
    .filter(({ load, service }) => service.runtime === "node" || load.runtime === "node")
    .map(({ service }) => ({ folder: service.folder, files: startedBy(repository, service) }));
  const size = sizeOf(usable.length);
  return {
    suites: usable.map(({ load, service }) => suiteOf(load, service, size)),
    setup: [...nodeSetup(repository, packages), ...usable.flatMap(({ service }) => service.setup)],
    runtimes: [
      ...new Set<Runtime>([
        ...usable.flatMap(({ load }) => load.runtime ?? []),
        ...usable.flatMap(({ service }) => service.runtime ?? []),
      ]),
    ],
    notes: [
      ...left,
      ...found.flatMap(({ load: { why, run, elsewhere }, service }) => {
        if (elsewhere !== undefined) return [`${why}. ${elsewhere}`];
        if (service !== null) return [];
        const unknown =
          servicesIn(repository) > 1
            ? "which of the services here it is for was not seen"
            : "nothing was found that starts the service under load";
        return [
          `${why}, and ${unknown}. Add a suite with \`serve\`, \`ready\` and \`run: ${run(size)}\`; the service must listen on $PORT`,
        ];
      }),
    ],
  };
}

/** A service whose port was not seen listens where its load looks for it, and at one place alone: that holds whether or not it reads PORT as well. */
function where(load: FoundLoad, service: FoundService | null): FoundService | null {
  const usual = localPort(load.text);
  if (service === null || service.port.from !== "unseen" || usual === null) return service;
  return { ...service, port: { from: "fixed", usual } };
}

function loadOf(path: string, text: string): readonly FoundLoad[] {
  const script = k6(path, text) ?? locust(path, text);
  if (script !== null) return [script];
  if (/\.ya?ml$/.test(path) && /^config:/m.test(text) && /^scenarios:/m.test(text) && /^\s+target:/m.test(text)) {
    return [
      {
        path,
        tool: "artillery",
        text,
        run: () => `npx artillery run --target $BENCHGATE_URL -o $BENCHGATE_OUTPUT ${shellWord(path)}`,
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
        text,
        run: () =>
          `jmeter -n -t ${shellWord(path)} -l $BENCHGATE_OUTPUT -Jjmeter.save.saveservice.output_format=csv${property === undefined ? "" : ` -J${property}=$PORT`}`,
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
            text: line,
            run: () => run,
            why: `package.json has a script "${name}" that calls ${tool}`,
            folder: folderOf(path),
            runtime: "node" as const,
          },
        ];
      }),
    );
}

function suiteOf(load: FoundLoad, service: FoundService, size: LoadSize): FoundSuite {
  const folder = load.folder ?? "";
  const keysFor = (run: string): readonly FoundKey[] => [
    ...folderKey(folder),
    ...serviceKeys(servedFrom(service, folder)),
    ...commandKeys(run, load.tool, "The load of one round, on the service of one side."),
  ];
  const [run, shorter] = [load.run(size), load.run(shorterSize(size))];
  return {
    name: suiteName(
      load.path
        .slice(load.path.lastIndexOf("/") + 1)
        .replace(/\.[^.]+$/, "")
        .replace(/^package$/, "load"),
      "load",
    ),
    why: load.why,
    keys: keysFor(run),
    notes: [...(load.notes ?? []), ...portNotes(service), ...(service.notes ?? [])],
    ...(shorter !== run && { shorter: { run: shorter } }),
  };
}

function portNotes({ serve, port }: FoundService): readonly string[] {
  const fixed = fixedPort(port);
  if (fixed !== null)
    return [
      `\`${serve}\` listens on ${fixed} as far as was seen, whatever the variable PORT says, so the service of one side is up after the other's. Have it read PORT, and write $PORT in \`ready\`: then both have the same neighbours.`,
    ];
  if (port.from === "given") return [];
  return [
    `\`${serve}\` must listen on the port in the variable PORT: both revisions' services are up at once. That it does was not seen.`,
  ];
}
