import type { Found, FoundKey, FoundSuite, SetupStep } from "./found.ts";
import { shellWord } from "./found.ts";

/** The minutes that rounds may take unless a first look needs more: with setup and proof, a first verdict is there in five. */
const FIRST_MINUTES = 3;

/** What Node runs is profiled where it is red, which may take two minutes more unless it is bounded: the verdict waits for it. */
const EXPLAINED = [
  "# When a benchmark is red, Benchgate looks for the functions that got slower, for at most this long.",
  "explain-budget: 1m",
  "",
];

/** What a measurement showed of the suites. */
interface Shown {
  /** Why a suite does not work here, by its name: it is written as a comment. */
  readonly broken?: ReadonlyMap<string, string>;
  /** The time budget. */
  readonly minutes?: number;
}

/** The benchgate.yml of what was found, every line explained. */
export function configText(
  { suites, setup, runtimes, notes }: Found,
  { broken = new Map(), minutes = FIRST_MINUTES }: Shown = {},
): string {
  const working = suites.filter(({ name }) => !broken.has(name));
  const parts = [
    "# What Benchgate measures, and what may change by how much. Written by `benchgate init`: yours to change.",
    "# All keys: docs/configuration.md of Benchgate.",
    ...setupLines(setup),
    "",
    "# No new round starts after this long; what is undecided by then says what it would take, and more time finds smaller changes.",
    `time-budget: ${minutes}m`,
    "",
    ...(runtimes.includes("node") ? EXPLAINED : []),
    // A mapping of comments alone would be no mapping.
    working.length === 0 ? "# Nothing here works yet: fix one suite, and remove the #.\nsuites: {}" : "suites:",
    ...suites.flatMap((suite) => suiteLines(suite, broken.get(suite.name) ?? null)),
    ...(notes.length === 0 ? [] : ["", "# Found as well:", ...notes.map((note) => `# - ${note}`)]),
    "",
    "# What may change by how much. Without budgets p50 may change by 5 %, p99 by 15 %, memory by 10 %.",
    ...budgetLines(working),
  ];
  return `${parts.join("\n")}\n`;
}

function setupLines(setup: readonly SetupStep[]): readonly string[] {
  if (setup.length === 0) return [];
  const steps = setup.map(({ folder, line }) => (folder === "" ? line : `(cd ${shellWord(folder)} && ${line})`));
  return [
    "",
    "# Once a side, in that side's working tree, before its first round:",
    ...setup.map(({ folder, about }) => `# - ${folder === "" ? "" : `in ${folder}: `}${about}`),
    "setup: >-",
    ...steps.map((step, index) => `  ${step}${index < steps.length - 1 ? " &&" : ""}`),
  ];
}

function suiteLines(suite: FoundSuite, reason: string | null): readonly string[] {
  const notes = (suite.notes ?? []).map((note) => `  # Note: ${note}`);
  const lines = [
    `  ${suite.name}: # ${suite.why}`,
    ...notes.map((line) => `  ${line}`),
    ...suite.keys.flatMap(keyLines),
  ];
  if (reason === null) return lines;
  return [`  # This did not work here: ${reason}`, ...lines.map((line) => `  # ${line.slice(2)}`)];
}

function keyLines({ key, value, about }: FoundKey): readonly string[] {
  const comment = `    # ${about}`;
  if (typeof value === "string") {
    return /^[\w./~-][\w./~ -]*$/.test(value)
      ? [comment, `    ${key}: ${value}`]
      : [comment, `    ${key}: >-`, `      ${value}`];
  }
  if (Array.isArray(value)) return [comment, `    ${key}:`, ...value.map((each) => `      - ${scalar(each)}`)];
  return [comment, `    ${key}:`, ...Object.entries(value).map(([name, each]) => `      ${name}: ${scalar(each)}`)];
}

function scalar(text: string): string {
  return /^[\w/][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

function budgetLines(suites: readonly FoundSuite[]): readonly string[] {
  const suite = suites[0]?.name ?? "suite";
  return ["# budgets:", `#   - match: "${suite}/*"`, "#     latency: { p50: 5%, p99: 15% }"];
}
