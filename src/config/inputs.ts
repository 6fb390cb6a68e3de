import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { DEFAULT_BASELINE_BRANCH, MOST_ROUNDS } from "./defaults.ts";
import { choice, duration, globs, text, wholeNumber } from "./fields.ts";
import { quote } from "./scalars.ts";
import { COMPARE_MODES, ON_INCONCLUSIVE } from "./schema.ts";
import { parseThresholds } from "./thresholds.ts";

/** Where baselines may be kept; `artifact` and `s3` are planned. */
const BASELINE_STORES = ["branch", "directory"] as const;

/** When the pull request gets a comment. */
const COMMENT_MODES = ["always", "on-change", "never"] as const;

/** A reader of an input that may be absent (the empty text). */
const orNull =
  <T>(read: (value: string) => T) =>
  (value: string): T | null =>
    value === "" ? null : read(value);

/**
 * Every input of the action by name, with its reader. An absent input is the empty text. What benchgate.yml can also say is null
 * where it is absent, so that the file decides; everything else has its default here and in action.yml.
 */
const READERS = {
  config: orNull(text),
  run: orNull(text),
  bench: orNull((value) => globs(lines(value))),
  tool: orNull(text),
  output: orNull(text),
  setup: orNull(text),
  threshold: parseThresholds,
  compare: orNull((value) => choice(value, COMPARE_MODES)),
  rounds: orNull((value) => wholeNumber(value, MOST_ROUNDS)),
  "time-budget": orNull(duration),
  "baseline-store": (value: string) => choice(value || "branch", BASELINE_STORES, ["artifact", "s3"]),
  "baseline-branch": (value: string) => branch(value || DEFAULT_BASELINE_BRANCH),
  "baseline-directory": (value: string) => value || ".benchgate/baseline",
  cell: orNull(cellName),
  "fan-in": orNull(text),
  expect: (value: string) => distinct(lines(value.replaceAll(",", "\n")).map(cellName)),
  comment: (value: string) => choice(value || "always", COMMENT_MODES),
  status: (value: string) => yesOrNo(value || "false"),
  "on-inconclusive": orNull((value) => choice(value, ON_INCONCLUSIVE)),
  fail: (value: string) => yesOrNo(value || "true"),
  token: (value: string) => value,
} as const;

/** The name of an input, as it is written in a workflow. */
export type InputName = keyof typeof READERS;

/** The names of all inputs, in the order of action.yml. */
export const INPUT_NAMES = Object.keys(READERS) as readonly InputName[];

/** The inputs of the action, read and checked. Durations in seconds, shares of one. */
export type Inputs = { readonly [Name in InputName]: ReturnType<(typeof READERS)[Name]> };

/** Reads all inputs through `get`, which gives the empty text for an absent one. Throws a `GateError` that names the input. */
export function readInputs(get: (name: string) => string): Inputs {
  const entries = INPUT_NAMES.map((name) => [name, named(`input ${name}`, () => READERS[name](get(name).trim()))]);
  return Object.fromEntries(entries) as Inputs;
}

/**
 * Refuses inputs that do not exist: the runner only warns of them, and a misspelt `treshold` would leave the gate wide open.
 * `env` is the action's environment, where the runner puts an input `time-budget` as `INPUT_TIME-BUDGET`.
 */
export function refuseUnknownInputs(env: Readonly<Record<string, string | undefined>>): void {
  const given = Object.keys(env).filter((name) => name.startsWith("INPUT_") && env[name] !== undefined);
  const names = given.map((name) => name.slice("INPUT_".length).toLowerCase());
  const unknown = names.sort().find((name) => !(INPUT_NAMES as readonly string[]).includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown.replaceAll("_", "-"), INPUT_NAMES);
  throw new GateError(
    `There is no input ${quote(unknown)}`,
    near === null ? `Known: ${INPUT_NAMES.join(", ")}` : `Did you mean ${quote(near)}?`,
    { path: "with" },
  );
}

/** Runs `read`, and puts `name` in front of its `GateError`. */
export function named<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    throw new GateError(error.problem, error.remedy, { path: name });
  }
}

function lines(value: string): readonly string[] {
  return value
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

/** YAML's own words, as the runner's toolkit reads them. */
function yesOrNo(value: string): boolean {
  return choice(value.toLowerCase(), ["true", "false"]) === "true";
}

/** The name of a matrix cell. It may be an artifact's name too, so it has the characters that GitHub allows there. */
function cellName(value: string): string {
  if (/^[^\p{C}\p{Zl}\p{Zp}"*/:<>?\\|]{1,64}$/u.test(value) && !/^\.+$/.test(value)) return value;
  throw new GateError(
    `${quote(value)} cannot be a cell's name`,
    'Use 64 characters at most, and none of " * / : < > ? \\ |',
  );
}

function distinct(names: readonly string[]): readonly string[] {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return names;
  throw new GateError(`${quote(twice)} is there twice`, "Name each cell once");
}

/** A branch name in the characters that need no second thought in a refspec. */
function branch(value: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(value) && !/\.\.|\/\/|\.lock$|[./]$/.test(value)) return value;
  throw new GateError(
    `${quote(value)} is not a branch name`,
    `Write one such as ${DEFAULT_BASELINE_BRANCH}, without refs/heads/`,
  );
}
