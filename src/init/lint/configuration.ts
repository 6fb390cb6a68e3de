import type { ConfigFile } from "../../config/config.ts";
import { readYaml, type YamlSource } from "../../config/source.ts";
import { traitsOf } from "../../model/metric.ts";
import { commandText } from "../../model/plan.ts";
import type { Mistake, SetupFacts, SetupFile } from "./mistake.ts";

type Finding = readonly [path: readonly PropertyKey[], problem: string, remedy: string];
type Rule = (config: ConfigFile, facts: SetupFacts, value: unknown) => readonly Finding[];

/** Below this no measurement of time decides in the minutes of a pull request. */
const SMALLEST_THRESHOLD = 0.005;

/** Flags that repeat inside a round, by tool: Benchgate repeats rounds, and both multiply. */
const REPETITIONS: Readonly<Record<string, RegExp>> = {
  go: /-(?:test\.)?count[= ](?:[2-9]|\d\d)/,
  "google-benchmark": /--benchmark_repetitions[= ](?:[2-9]|\d\d)/,
  hyperfine: /(?:--runs|--min-runs|-r)[= ]\d{3,}/,
  jmh: /-f\s+(?:[2-9]|\d\d)/,
  phpbench: /--iterations[= ]\d{3,}/,
  benchmarkdotnet: /--launchCount[= ](?:[2-9]|\d\d)/,
  pyperf: /--rigorous/,
};

const RULES: Readonly<Record<string, Rule>> = {
  "glob-fits-nothing": ({ suites }, { paths }) =>
    suites.flatMap(({ name, workload, folder }): readonly Finding[] => {
      if (workload.kind !== "bench") return [];
      const inside =
        folder === undefined
          ? paths
          : paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
      return workload.patterns
        .filter((pattern) => !/[[\]()!]/.test(pattern) && !inside.some((path) => globOf(pattern).test(path)))
        .map(
          (pattern) =>
            [
              ["suites", name, "bench"],
              `No file fits ${pattern}`,
              "Check the pattern: it is seen from the suite's folder",
            ] as const,
        );
    }),
  "no-such-folder": ({ suites }, { paths }) =>
    suites.flatMap(({ name, folder }): readonly Finding[] =>
      folder === undefined || paths.some((path) => path.startsWith(`${folder}/`))
        ? []
        : [[["suites", name, "cwd"], `There is no folder ${folder}`, "Name one that is tracked"]],
    ),
  "no-such-script": ({ suites }, { paths }) =>
    suites.flatMap(({ name, workload, folder }): readonly Finding[] => {
      if (workload.kind === "bench") return [];
      const line = commandText(workload.command);
      const file =
        /^(?:node|python3?|ruby|php|deno run|bun)\s+(?:--?\S+\s+)*([\w./-]+\.(?:m?[jt]s|cjs|py|rb|php))\b/.exec(
          line,
        )?.[1];
      if (file === undefined || file.startsWith("/")) return [];
      const path = normal(folder === undefined ? file : `${folder}/${file}`);
      const built = /(^|\/)(dist|build|out|lib|node_modules)\//.test(path);
      return built || paths.includes(path)
        ? []
        : [[["suites", name], `There is no file ${path}`, "Check the command: it runs in the suite's folder"]];
    }),
  "fixed-port": ({ suites }) =>
    suites.flatMap(({ name, workload, service }): readonly Finding[] => {
      if (service === undefined || workload.kind !== "run") return [];
      const line = commandText(workload.command);
      const literal = /(?:localhost|127\.0\.0\.1):(\d+)/.exec(line)?.[1];
      // Where results go may have a port of its own.
      return literal === undefined || Number(literal) === service.fixedPort || /\$\{?(BENCHGATE_URL|PORT)\b/.test(line)
        ? []
        : [
            [
              ["suites", name, "run"],
              `The load goes to port ${literal}, whichever side is measured`,
              "Send it to $BENCHGATE_URL: each side's service has a port of its own",
            ],
          ];
    }),
  "p99-never": ({ suites, budgets }, { withoutP99 }, value) =>
    suites.flatMap(({ name, workload }): readonly Finding[] => {
      const tool = workload.kind === "run" ? workload.tool : workload.kind;
      if (tool !== "time" && !withoutP99.includes(tool)) return [];
      const asked = budgets.findIndex(
        ({ metric, statistic, match, origin }) =>
          metric === "latency" &&
          statistic === "p99" &&
          origin === "user" &&
          (match === "*" || match.startsWith(`${name}/`)) &&
          isOwn(match, suites.length),
      );
      if (asked < 0) return [];
      const index = entryOf(value, budgets[asked]!.match);
      return [
        [
          ["budgets", index],
          `${tool} never gives a p99 of ${name}: too few samples a round`,
          "Ask for p50, or measure with a tool that gives samples",
        ],
      ];
    }),
  "threshold-too-small": ({ budgets }, _, value) =>
    [
      ...new Set(
        budgets
          .filter(({ metric, threshold }) => threshold !== null && threshold < SMALLEST_THRESHOLD && isTime(metric))
          .map(({ match }) => match),
      ),
    ].map((match) => [
      ["budgets", entryOf(value, match)],
      "No measurement of time decides so small a threshold in a pull request",
      "Write 1% at least, or count instructions",
    ]),
  "expired-acceptance": ({ accept }, { today }) =>
    accept.flatMap(({ match, until }, index): readonly Finding[] =>
      until !== null && until < today
        ? [[["accept", index], `The acceptance of "${match}" ended on ${until}`, "Remove it, or set a new date"]]
        : [],
    ),
  "endless-acceptance": ({ accept }) =>
    accept.flatMap(({ match, until, upTo }, index): readonly Finding[] =>
      until === null && upTo > 1
        ? [
            [
              ["accept", index],
              `"${match}" may become twice as slow, for ever`,
              "Give it `until`, or a smaller `up-to`",
            ],
          ]
        : [],
    ),
  "multiplied-repetitions": ({ suites }) =>
    suites.flatMap(({ name, workload }): readonly Finding[] => {
      if (workload.kind !== "run") return [];
      const flag = REPETITIONS[workload.tool]?.exec(commandText(workload.command))?.[0];
      return flag === undefined
        ? []
        : [
            [
              ["suites", name, "run"],
              `\`${flag.trim()}\` repeats inside every round, and Benchgate repeats the rounds`,
              "Leave it out: fresh processes are what a verdict counts",
            ],
          ];
    }),
  "no-latencies": ({ suites }) =>
    suites.flatMap(({ name, workload }): readonly Finding[] =>
      workload.kind === "run" && workload.tool === "wrk" && !/--latency|\s-L\b/.test(commandText(workload.command))
        ? [[["suites", name, "run"], "wrk prints percentiles only when it is asked to", "Add --latency"]]
        : [],
    ),
};

/**
 * The names of the rules for benchgate.yml.
 *
 * @internal Exported for its tests.
 */
export const CONFIG_RULES = Object.keys(RULES);

/** What is wrong with a benchgate.yml that can be read. */
export function lintConfig(config: ConfigFile, { file, text }: SetupFile, facts: SetupFacts): readonly Mistake[] {
  const source: YamlSource = readYaml(text, file);
  return Object.entries(RULES).flatMap(([rule, check]) =>
    check(config, facts, source.value).map(([path, problem, remedy]) => {
      const { path: _, ...position } = source.position(path);
      return { rule, problem, remedy, position };
    }),
  );
}

/** A rule for `*` is meant for whatever suites have it: it is out of place only where no suite can. */
function isOwn(match: string, suites: number): boolean {
  return match !== "*" || suites === 1;
}

/** The index of the entry of `budgets` with this pattern. */
function entryOf(value: unknown, match: string): number {
  const budgets = (value as { readonly budgets?: readonly { readonly match?: unknown }[] } | null)?.budgets ?? [];
  return Math.max(
    0,
    budgets.findIndex((entry) => entry.match === match),
  );
}

/** Whether a metric is a time, or a rate over time: what no two runs give alike. */
function isTime(metric: string): boolean {
  const [dimension] = traitsOf(metric).dimensions;
  return ["duration", "rate", "byte-rate"].includes(dimension);
}

/** A path without steps on the spot and up. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** A glob as a regular expression: `**`, `*`, `?` and braces. */
function globOf(pattern: string): RegExp {
  const parts = pattern.replace(/^\.\//, "").split(/(\*\*\/|\*\*|\*|\?|\{[^}]*\})/);
  const text = parts.map((part) => {
    if (part === "**/") return "(?:.*/)?";
    if (part === "**") return ".*";
    if (part === "*") return "[^/]*";
    if (part === "?") return "[^/]";
    if (part.startsWith("{")) return `(?:${part.slice(1, -1).split(",").map(escaped).join("|")})`;
    return escaped(part);
  });
  return new RegExp(`^${text.join("")}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
