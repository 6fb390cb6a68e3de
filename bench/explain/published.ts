import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import type { Explanation } from "../../src/model/explanation.ts";
import type { Judgement } from "../../src/model/verdict.ts";
import { RELEASES, type Release } from "./releases.ts";

/*
 * Is the function named that got slower in a library's published version? For each pair of versions a repository is made whose last commit installs the later
 * one; `benchgate run` gates it as in anybody's pull request: `npm run bench:explain:published -- --only marked`. It needs the registries.
 */

const { values } = parseArgs({ options: { only: { type: "string", default: "" } } });

/** What the gate said, as its JSON has it. */
interface Result {
  readonly verdicts: readonly Pick<Judgement, "verdict" | "severity">[];
  readonly explanations?: readonly Explanation[];
}

const rows: string[][] = [["versions", "red", "first", "others", "told", "where it was reported"]];
let missed = 0;
for (const release of RELEASES.filter(({ name }) => name.includes(values.only))) {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-published-"));
  try {
    commit(folder, release, 0);
    commit(folder, release, 1);
    const result = gated(folder);
    const row = rowOf(release, result);
    rows.push(row);
    console.error(row.join(" | "));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
console.log(markdownTable(rows));
console.log(
  `\n${missed} not named. Load at the end: ${loadavg()
    .map((each) => each.toFixed(1))
    .join(", ")}.`,
);
process.exitCode = missed === 0 ? 0 : 1;

/** The repository with one of the versions. */
function commit(folder: string, { tree, versions, lock }: Release, at: 0 | 1): void {
  for (const [path, text] of Object.entries(tree(versions[at]))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  if (at === 0) run(folder, ["git", "init", "-q", "-b", "main", "."]);
  if (lock !== null) run(folder, ["sh", "-c", lock]);
  run(folder, ["git", "add", "-A"]);
  const who = ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false"];
  run(folder, ["git", ...who, "commit", "-qm", versions[at]]);
}

/** What the gate says of the last commit. */
function gated(folder: string): Result {
  const cli = new URL("../../src/cli.ts", import.meta.url).pathname;
  const json = join(folder, ".git", "result.json");
  // Modules are measured by the first Node of the path, and this one reads TypeScript.
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter);
  const argv = [process.execPath, cli, "run", "--base", "HEAD~1", "--json", json];
  run(folder, argv, { PATH, TMPDIR: tmpdir() });
  return JSON.parse(readFileSync(json, "utf8"));
}

function run(cwd: string, [program, ...rest]: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const result = spawnSync(program!, rest, { cwd, env: { ...process.env, ...env }, encoding: "utf8" });
  // A red gate exits with 1.
  if (result.status === null || result.status > (rest.includes("--base") ? 1 : 0)) {
    throw new Error(`${program} ${rest.join(" ")}: ${result.error ?? result.stdout + result.stderr}`);
  }
}

function rowOf({ name, report, right, versions, dependency }: Release, result: Result): string[] {
  const { verdicts, explanations = [] } = result;
  const red = verdicts.some(({ verdict, severity }) => verdict === "regression" && severity === "gate");
  const [explanation] = explanations;
  const culprits = explanation?.kind === "profiled" ? explanation.culprits : [];
  const [first, ...others] = culprits;
  const { origin } = first ?? {};
  const versionsTold =
    origin?.kind === "dependency" &&
    origin.name === dependency &&
    origin.from === versions[0] &&
    origin.to === versions[1];
  const named = red && first !== undefined && right.includes(first.name) && versionsTold;
  if (!named) missed++;
  const told =
    first === undefined
      ? explanation?.kind === "not-profiled"
        ? explanation.reason
        : "nothing"
      : `${first.name} ${first.file}:${first.line} +${Math.round(first.share.value * 100)} % by ${first.by.join(", ")}; ${JSON.stringify(origin)}`;
  const rest = others.map((each) => each.name).join(", ");
  return [`${name} ${versions.join(" → ")}`, red ? "✓" : "–", named ? "✓" : "–", rest, told, report];
}
