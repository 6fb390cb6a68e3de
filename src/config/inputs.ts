import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { many, one, readSettings, type SettingTable, type SettingType, TEXT, type Values } from "../model/setting.ts";
import { choice } from "./fields.ts";
import { OTLP, OTLP_ABOUT } from "./otlp.ts";
import { MATRIX_JOB, POOL, SHARD } from "./part.ts";
import { quote } from "./scalars.ts";
import { COMPARE_MODES } from "./schema.ts";
import { lines, oneOf, SETTINGS } from "./settings.ts";

/** When the pull request gets a comment. */
const COMMENT_MODES = ["always", "on-change", "never"] as const;

/** Who is told that the default branch got slower. */
const ALERTS = ["none", "issue"] as const;

/** YAML's own words, as the runner's toolkit reads them. */
const YES_OR_NO = one((word) => choice(word.toLowerCase(), ["true", "false"]) === "true");

/** The name of a matrix cell. */
const CELL = one(cellName);

/** Names of matrix cells, one a line or separated by commas. */
const CELLS = many((words) => distinct(words.flatMap((word) => lines(word.replaceAll(",", "\n"))).map(cellName)));

/** A secret; empty where it is absent. */
const SECRET: SettingType<string> = { form: "value", read: ([word = ""]) => word };

/** A row of the table of inputs. `runner` is the default in action.yml where only the runner can work it out. */
export type InputTable = Readonly<Record<string, SettingTable[string] & { readonly runner?: string }>>;

/**
 * Every input of the action by name, in the order of action.yml. What benchgate.yml can also say has no default: an input that is given comes
 * before the file.
 *
 * @param stores the inputs that say where baselines are kept, which is the stores' own affair.
 */
export function inputTable<Stores extends SettingTable>(stores: Stores) {
  return {
    config: SETTINGS.config,
    run: SETTINGS.run,
    bench: SETTINGS.bench,
    tool: SETTINGS.tool,
    output: {
      type: TEXT,
      about:
        "The file that the tool writes, or a pattern such as `out/*.json` for those of several generators, which are read as one. Without it, the file named by `$BENCHGATE_OUTPUT` is read if there is one, else stdout.",
    },
    setup: SETTINGS.setup,
    threshold: SETTINGS.threshold,
    compare: {
      type: oneOf(COMPARE_MODES),
      about:
        "Where the baseline comes from, `stored`, `side-by-side` or `auto` (the default), which measures side by side what the stored runs leave in doubt.",
    },
    base: {
      type: TEXT,
      about:
        "The tag, branch or commit to compare with, side by side, whatever the event; `latest-release` is the highest version tag behind the commit. Such a step records no baseline.",
    },
    rounds: SETTINGS.rounds,
    "time-budget": SETTINGS["time-budget"],
    ...stores,
    cell: {
      type: CELL,
      about:
        "The name of this cell of a matrix, such as the value of `matrix.os`. Shown in reports, and keeps this cell's history and comment separate.",
    },
    shard: {
      type: SHARD,
      about:
        "The part of the benchmarks that this job measures, such as `2/5`, or `auto`, which makes each job of the matrix one shard. A `fan-in` job judges all of them as one.",
    },
    pool: {
      type: POOL,
      about:
        "The name of a pool of runners that all measure the same benchmarks, such as `fleet` (`fleet/4` where the matrix has other dimensions too). Pairs stay within a runner, and a `fan-in` job judges all of them as one.",
    },
    "matrix-job": {
      type: MATRIX_JOB,
      runner: "${{ strategy.job-index }}/${{ strategy.job-total }}",
      about: "Which job of the matrix this is, as the runner says. Leave it alone.",
    },
    "fan-in": {
      type: TEXT,
      about:
        "A folder of what other jobs left (their output `folder`), one subfolder a cell. Nothing is measured here; all cells get one verdict and one comment.",
    },
    expect: {
      type: CELLS,
      about:
        "The cells that `fan-in` must find, one per line or separated by commas. A missing cell is reported as `failed`.",
    },
    comment: {
      type: oneOf(COMMENT_MODES),
      default: "always",
      about:
        "When the pull request gets a comment, `always`, `on-change` (a comment that is there is still brought up to date) or `never`.",
    },
    status: {
      type: YES_OR_NO,
      default: "false",
      about:
        "Whether the verdict is also set as a status of the commit, for branch rules. It needs the permission `statuses` to write.",
    },
    check: {
      type: YES_OR_NO,
      default: "false",
      about:
        "Whether the verdict is also a check run of its own, with an annotation for each finding whose file is known. It needs the permission `checks` to write.",
    },
    reuse: {
      type: YES_OR_NO,
      default: "false",
      about:
        "Whether a merge queue reuses the pull request's green verdict, instead of measuring again, where both trees are the same as they were then. It needs `check: true`, and trusts everyone who can push a branch.",
    },
    alert: {
      type: oneOf(ALERTS),
      default: "none",
      about:
        "With `issue`, an issue says what got worse on the default branch. It is opened and kept up to date, and closed once everything is fixed or accepted; there is never more than one. It needs the permission `issues` to write.",
    },
    otlp: { type: OTLP, about: `${OTLP_ABOUT} Nothing that comes from a fork is sent.` },
    explain: SETTINGS.explain,
    "skip-same-code": SETTINGS["skip-same-code"],
    "on-inconclusive": SETTINGS["on-inconclusive"],
    fail: {
      type: YES_OR_NO,
      default: "true",
      about: "Whether a `fail` outcome fails the step. With `false` the verdict is only reported.",
    },
    token: {
      type: SECRET,
      runner: "${{ github.token }}",
      about: "The token for the comment and for the baseline branch.",
    },
  } as const;
}

/** Reads all inputs of a table through `get`, which gives the empty text for an absent one. Throws a `GateError` that names the input. */
export function readInputs<Table extends SettingTable>(table: Table, get: (name: string) => string): Values<Table> {
  const words = (name: string) => [get(name).trim()].filter(Boolean);
  return readSettings(table, words, (name) => `input ${name}`);
}

/**
 * Refuses inputs that do not exist: the runner only warns of them, and a misspelt `treshold` would leave the gate wide open.
 * `variables` are the names in the action's environment, where the runner puts an input `time-budget` as `INPUT_TIME-BUDGET`.
 */
export function refuseUnknownInputs(known: readonly string[], variables: readonly string[]): void {
  const given = variables.filter((name) => name.startsWith("INPUT_"));
  const names = given.map((name) => name.slice("INPUT_".length).toLowerCase());
  const unknown = names.sort().find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearest(unknown.replaceAll("_", "-"), known);
  throw new GateError(
    `There is no input ${quote(unknown)}`,
    near === null ? `Known: ${known.join(", ")}` : `Did you mean ${quote(near)}?`,
    { path: "with" },
  );
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
