import {
  commandKeys,
  type Found,
  type FoundKey,
  type FoundLoad,
  type FoundSuite,
  folderKey,
  type LoadSize,
  type Runtime,
  suiteName,
} from "../found.ts";
import { folderOf, isOwn, type Repository } from "../repository.ts";
import { addressesIn } from "./addresses.ts";
import { artillery } from "./artillery.ts";
import { jmeter } from "./jmeter.ts";
import { k6 } from "./k6.ts";
import { chosen, shorterSize, sizeOf } from "./load-choice.ts";
import { locust } from "./locust.ts";
import { nodeSetup } from "./node-setup.ts";
import { manifestOf } from "./package-json.ts";
import { type Imports, importsIn } from "./script-imports.ts";
import { localPort, serviceFor, servicesIn } from "./service.ts";
import { startedBy } from "./services/node.ts";
import { type FoundService, fixedPort, servedFrom, serviceKeys } from "./services/service.ts";

/** A load and the service that it is for; null where none was found. */
interface Pairing {
  readonly load: FoundLoad;
  readonly service: FoundService | null;
}

/** Load tests and the services that they are for: k6, Locust, Artillery, JMeter, and the command lines of autocannon, wrk and their like. */
export function detectLoads(repository: Repository): Found {
  const own = repository.paths.filter(isOwn);
  const imports = { js: importsIn(repository, "js"), py: importsIn(repository, "py") };
  const loads = [
    ...own.flatMap((path) => loadOf(path, repository.text(path) ?? "", imports)),
    ...scriptsOf(repository, own),
  ];
  const found = loads.map(
    (load): Pairing => ({
      load,
      service: withPortOf(load, serviceFor(repository, load.folder ?? folderOf(load.path), load.text)),
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
function withPortOf(load: FoundLoad, service: FoundService | null): FoundService | null {
  const usual = localPort(load.text);
  if (service === null || service.port.from !== "unseen" || usual === null) return service;
  return { ...service, port: { from: "fixed", usual } };
}

function loadOf(path: string, text: string, imports: Readonly<Record<"js" | "py", Imports>>): readonly FoundLoad[] {
  const script = k6(path, text, imports.js) ?? locust(path, text, imports.py) ?? artillery(path, text, imports.js);
  if (script !== null) return [script];
  return path.endsWith(".jmx") ? [jmeter(path, text)] : [];
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

/** The flags by which each tool is told how long it runs. */
const LENGTHS: Readonly<Record<string, string>> = {
  autocannon: "-d|--duration",
  wrk: "-d|--duration",
  hey: "-z",
  bombardier: "-d|--duration",
  oha: "-z",
  ab: "-t",
};

/** A command line whose load is no longer than so many seconds, where it says how long it is. */
function withLength(line: string, tool: string, seconds: number): string {
  const length = new RegExp(`(\\s(?:${LENGTHS[tool]})[\\s=]*)(\\d+)([smh]?)(?=\\s|$)`);
  return line.replace(length, (whole, flag: string, count: string, unit: string) => {
    const given = Number(count) * { s: 1, m: 60, h: 3600, "": 1 }[unit]!;
    return given <= seconds ? whole : `${flag}${seconds}${unit === "" ? "" : "s"}`;
  });
}

/** Command lines of load tools among the scripts of package.json files. */
function scriptsOf(repository: Repository, own: readonly string[]): readonly FoundLoad[] {
  return own
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .flatMap((path) =>
      [...(manifestOf(repository, folderOf(path))?.scripts ?? [])].flatMap(([name, script]) => {
        const [, line, tool] =
          /(?:^|["'\s;&|])((?:npx\s+)?(autocannon|wrk|hey|bombardier|oha|ab)\s[^"'&|;]*)/.exec(script) ?? [];
        if (line === undefined || tool === undefined) return [];
        const address = /(?<![\w.-])(https?:\/\/)?(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?(?![\w.-])/;
        if (!address.test(line)) return [];
        const sent = line.trim().replace(address, "$BENCHGATE_URL");
        // One load of two addresses goes to whom the second one names.
        if (addressesIn(sent).length > 0 || address.test(sent)) return [];
        const run = COMMAND_LINES[tool]!(sent);
        return [
          {
            path,
            tool,
            text: line,
            run: ({ seconds }: LoadSize) => withLength(run, tool, seconds),
            why: `${path} has a script "${name}" that calls ${tool}`,
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
    notes: [...(load.notes?.(size) ?? []), ...portNotes(service), ...(service.notes ?? [])],
    ...(shorter !== run && {
      shorter: {
        run: shorter,
        note: `Its rounds took too long as they were: these have fewer users or less time, ${shorterSize(size).seconds} s at most where the command says how long.`,
      },
    }),
  };
}

function portNotes({ serve, port }: FoundService): readonly string[] {
  const fixed = fixedPort(port);
  if (fixed !== null)
    return [
      `\`${serve}\` listens on ${fixed} as far as was seen, whatever the variable PORT says, so Benchgate runs the two services one after the other. Let it read PORT, and write $PORT in \`ready\`: both then run under the same conditions.`,
    ];
  if (port.from === "given") return [];
  return [
    `\`${serve}\` must listen on the port in the variable PORT: both revisions' services are up at once. Benchgate could not tell whether it does.`,
  ];
}
