import { GateError, placed } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Budget, Command, CompareMode, Plan, Suite } from "../model/plan.ts";
import type { Values } from "../model/setting.ts";
import type { ConfigFile } from "./config.ts";
import { COUNTED, DEFAULT_CONFIG_FILE, DEFAULT_SUITE, DEFAULT_TIME_LIMIT, PAIRS, STORED_ROUNDS } from "./defaults.ts";
import { quote } from "./scalars.ts";
import type { SETTINGS } from "./settings.ts";
import { type ConfigChecks, checkFilter, checkTool } from "./suite.ts";
import { type Threshold, withThresholds } from "./thresholds.ts";

/** What inputs or flags say of a plan in the words that both share; null where they leave it to the file. */
type Shared = Omit<Values<typeof SETTINGS>, "config">;

/** What the inputs of the action say of a plan. */
export interface PlanInputs extends Shared {
  readonly output: string | null;
  readonly compare: CompareMode | null;
  readonly cell: string | null;
  readonly comment: "always" | "on-change" | "never";
}

/** What the flags of a command say of a plan. */
export interface PlanFlags extends Shared {
  /** The suites to run, by name; empty: all. */
  readonly suite: readonly string[];
}

interface Orders extends Omit<PlanInputs, "cell" | "comment">, PlanFlags {
  /** How a setting is written there: `input run`, `--run`. */
  readonly written: (name: string) => string;
}

/** The plan of the action. Inputs come before the file, the file before defaults. Throws where both describe suites, or neither. */
export function planFromInputs(inputs: PlanInputs, config: ConfigFile | null, checks: ConfigChecks = {}): Plan {
  const plan = merge({ ...inputs, suite: [], written: (name) => `input ${name}` }, config, checks);
  // Then another job judges what this one records, and recordings say nothing of what was left out.
  return inputs.cell !== null || inputs.comment === "never" ? { ...plan, measureSameCode: true } : plan;
}

/** The plan of a command. `compare` is the command's own nature: `benchgate run` is side by side whatever the file says. */
export function planFromFlags(
  flags: PlanFlags,
  config: ConfigFile | null,
  compare: CompareMode | null = null,
  checks: ConfigChecks = {},
): Plan {
  return merge({ ...flags, output: null, compare, written: (name) => `--${name}` }, config, checks);
}

/**
 * All budgets in force, in the order in which they are tried: the file's, then the defaults with `thresholds` in place of theirs.
 * The gate calls it with the *base* revision's file, so that a pull request cannot loosen its own. A default is left out where
 * the file already rules the metric for `*`.
 */
export function budgetsOf(config: ConfigFile | null, thresholds: readonly Threshold[] = []): readonly Budget[] {
  const own = config?.budgets ?? [];
  const settled = new Set(own.filter(({ match }) => match === "*").map(({ metric }) => metric));
  const defaults = withThresholds(thresholds).filter(({ metric }) => !settled.has(metric));
  const counted = (config?.suites ?? []).filter(({ workload }) => workload.kind !== "bench" && workload.count);
  // What the user has ruled by the same pattern is theirs as a whole.
  const isOpen = ({ match, metric }: Budget) => !own.some((each) => each.match === match && each.metric === metric);
  // Time gates as well: a program may get slower at an equal count.
  const counts = counted.map(({ name }): Budget => ({ ...COUNTED, match: `${name}/*` })).filter(isOpen);
  return [...own, ...counts, ...defaults];
}

function merge(orders: Orders, config: ConfigFile | null, checks: ConfigChecks): Plan {
  const rounds = orders.rounds ?? config?.rounds ?? null;
  const all = suitesOf(orders, config, checks);
  const suites = narrow(all, orders);
  const compare = comparedBy(suites, orders, config);
  const left = all.filter((suite) => !suites.includes(suite)).map(({ name }) => name);
  // Rules of suites that are left out would fit nothing.
  const isAsked = ({ match }: { readonly match: string }) => !left.includes(match.split("/")[0]!);
  return {
    setup: orders.setup === null ? (config?.setup ?? null) : shellLine(orders.setup),
    suites,
    budgets: budgetsOf(config, orders.threshold).filter(isAsked),
    accept: (config?.accept ?? []).filter(isAsked),
    compare,
    rounds: rounds ?? STORED_ROUNDS,
    // Whatever is measured again must be able to come to a verdict, however few rounds the screening has.
    pairs: compare === "auto" ? Math.max(rounds ?? 0, PAIRS) : (rounds ?? PAIRS),
    timeBudget: orders["time-budget"] ?? config?.timeBudget ?? null,
    onInconclusive: orders["on-inconclusive"] ?? config?.onInconclusive ?? "warn",
    control: config?.control ?? false,
    explain: orders.explain ?? config?.explain ?? "red",
    ...(config?.explainBudget != null && { explainBudget: config.explainBudget }),
    ...(!skipsSameCode(orders, config) && { measureSameCode: true }),
    ...(config !== null && { config: config.file }),
  };
}

function skipsSameCode({ "skip-same-code": said }: Orders, config: ConfigFile | null): boolean {
  return said === null ? (config?.skipSameCode ?? true) : said === "true";
}

/** How suites are compared. Deployments are put under load in turns: what one of them did another day says nothing of either machine. */
function comparedBy(suites: readonly Suite[], orders: Orders, config: ConfigFile | null): CompareMode {
  const compare = orders.compare ?? config?.compare ?? "auto";
  const deployed = suites.find(({ targets }) => targets !== undefined);
  if (deployed === undefined) return compare;
  if (compare !== "stored") return "side-by-side";
  throw conflict(
    orders,
    "compare",
    `cannot be stored where a suite has targets (${deployed.name}): its deployments are compared in turns`,
    "Use side-by-side, or remove it",
  );
}

function suitesOf(orders: Orders, config: ConfigFile | null, checks: ConfigChecks): readonly Suite[] {
  const own = ownSuite(orders, checks);
  if (own === null) {
    const needless = (["tool", "output"] as const).find((name) => orders[name] !== null);
    if (needless !== undefined) throw conflict(orders, needless, "requires run", "Give run too, or remove it");
    if (config !== null && config.suites.length > 0) return config.suites;
    const here = config === null ? DEFAULT_CONFIG_FILE : config.file;
    throw new GateError(
      "There is nothing to measure",
      orders.written("run") === "--run"
        ? `Give \`--run 'node bench.js' --tool tinybench\`, or write suites in ${here}`
        : `Give \`run: node bench.js\` and \`tool: tinybench\`, or write suites in ${here}`,
      config === null ? {} : { file: config.file },
    );
  }
  if (config === null || config.suites.length === 0) return [own];
  const given = orders.run === null ? "bench" : "run";
  throw conflict(
    orders,
    given,
    `describes a suite, and so does ${config.file}`,
    "Keep one of them: move the command into the file",
  );
}

/** The suite that inputs or flags describe, or null. */
function ownSuite(orders: Orders, checks: ConfigChecks): Suite | null {
  const { run, bench, tool, output } = orders;
  if (run !== null && bench !== null)
    throw conflict(orders, "bench", "cannot be combined with run", "Write two suites in benchgate.yml");
  const suite = { name: DEFAULT_SUITE, timeLimit: DEFAULT_TIME_LIMIT };
  if (bench !== null) {
    const needless = (["tool", "output"] as const).find((name) => orders[name] !== null);
    if (needless === undefined) return { ...suite, workload: { kind: "bench", patterns: bench } };
    throw conflict(orders, needless, "cannot be combined with bench, which Benchgate's own harness runs", "Remove it");
  }
  if (run === null) return null;
  placed({ path: orders.written("tool") }, () => checkTool(tool ?? "auto", checks.tools));
  placed({ path: orders.written("run") }, () => checkFilter(run, tool ?? "auto", checks.filters));
  return { ...suite, workload: { kind: "run", command: shellLine(run), tool: tool ?? "auto", output } };
}

function narrow(suites: readonly Suite[], { suite: only, written }: Orders): readonly Suite[] {
  const names = suites.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const near = nearest(unknown, names);
    const remedy = near === null ? allOf(names) : `Did you mean ${quote(near)}?`;
    throw new GateError(`There is no suite ${quote(unknown)}`, remedy, { path: written("suite") });
  }
  return only.length === 0 ? suites : suites.filter(({ name }) => only.includes(name));
}

/** The suites that there are, as a remedy. */
function allOf(names: readonly string[]): string {
  return names.length === 1 ? `The only suite is ${names[0]}` : `There are ${names.join(", ")}`;
}

function shellLine(line: string): Command {
  return { kind: "shell", line, shell: "sh" };
}

function conflict({ written }: Orders, name: string, problem: string, remedy: string): GateError {
  return new GateError(`${name} ${problem}`, remedy, { path: written(name) });
}
