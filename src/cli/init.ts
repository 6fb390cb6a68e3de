import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { configText } from "../init/config-text.ts";
import { adapted, detect, plainer } from "../init/detect.ts";
import type { Found } from "../init/found.ts";
import { workflowText } from "../init/workflow-text.ts";
import { GateError } from "../model/error.ts";
import { SWITCH } from "../model/setting.ts";
import type { Terminal } from "../ports/index.ts";
import { command, type World } from "./command.ts";
import { checkSetup } from "./init-check.ts";
import { brokenIn, cutIn, longIn, minutesFor, type Proof, prove, withoutSuites } from "./init-proof.ts";
import { proofLines } from "./init-proof-words.ts";
import { readRepository } from "./init-repository.ts";

/** Where the workflow is written. */
const WORKFLOW_FILE = ".github/workflows/benchgate.yml";

/** The branches that a repository usually has for its main line. */
const MAIN_BRANCHES = ["main", "master", "trunk", "develop"];

/** How often another form of what does not work is tried: with less time, then of fewer files. */
const ATTEMPTS = 3;

/** Looks at the repository, writes benchgate.yml and the workflow, and proves by one quick measurement that they work. */
export const init = command({
  name: "init",
  usage: "[--yes | --check]",
  summary: "looks at the repository, writes benchgate.yml and the workflow, and measures once to prove that they work",
  flags: {
    check: {
      type: SWITCH,
      about: "Writes nothing: names the mistakes of the set-up that is there, each with its remedy.",
    },
    yes: { type: SWITCH, about: "Writes without asking. A file that is there already is never overwritten." },
  },
  operands: 0,
  async run({ given }, world) {
    const { ports, terminal } = world;
    if ((await ports.git.root()) !== null && (await ports.git.prefix()) !== "")
      throw new GateError(
        "this is not the root of the repository",
        "Go to its root folder, and run `benchgate init` again",
      );
    const branch = await mainBranch(world);
    if (given.check && given.yes) {
      throw new GateError("--check writes nothing, and --yes writes without asking", "Leave out either");
    }
    if (given.check) return checkSetup(world, branch);
    const found = detect(await readRepository(ports.files, ports.host.cwd));
    if (found.suites.length === 0) throw nothingFound(found);
    for (const { name, why } of found.suites) terminal.err(`found: ${name}: ${why}`);
    for (const note of found.notes) terminal.err(`note: ${note}`);
    const texts = new Map([
      [DEFAULT_CONFIG_FILE, configText(found)],
      [WORKFLOW_FILE, workflowText(found, { branch: branch ?? MAIN_BRANCHES[0]! })],
    ]);
    const missing = await missingOf(texts, world);
    if (missing.length === 0) return 0;
    for (const file of missing) terminal.err(newFile(file, texts.get(file)!));
    if (!given.yes && !(await agreed(terminal, missing))) {
      terminal.err("Nothing was written. `benchgate init --yes` writes without asking.");
      return 0;
    }
    for (const file of missing) await ports.files.write(file, texts.get(file)!);
    if (!missing.includes(DEFAULT_CONFIG_FILE)) return 0;
    terminal.err("Measuring once, to prove that it works …");
    const { written, proof } = await proveAdapted(found, world);
    terminal.progress("");
    const broken = brokenIn(proof);
    await ports.files.write(DEFAULT_CONFIG_FILE, configText(written, { broken, minutes: minutesFor(proof) }));
    for (const line of proofLines(proof)) terminal.err(line);
    for (const { name, notes = [] } of written.suites)
      for (const note of broken.has(name) ? [] : notes) terminal.err(`note: ${name}: ${note}`);
    return proof.setup === null || broken.size === written.suites.length ? 3 : 0;
  },
});

/** What was found as it does best here, and the proof of it: each other form of it is written and measured in its turn. */
async function proveAdapted(found: Found, world: World): Promise<{ readonly written: Found; readonly proof: Proof }> {
  const { ports, terminal } = world;
  const write = async (form: Found, why: string) => {
    await ports.files.write(DEFAULT_CONFIG_FILE, configText(form));
    terminal.err(why);
  };
  let form = found;
  let first = await prove(world, found);
  const simple = plainer(found);
  if (first.setup === null && simple !== found) {
    await write(simple, `The setup fails: ${first.setupFailure}`);
    terminal.err("Trying it again without the scripts of the packages that it installs …");
    const second = await prove(world, simple);
    if (second.setup !== null) [form, first] = [simple, second];
  }
  if (first.setup === null) return { written: form, proof: first };
  let proof = first;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const next = adapted(form, { broken: brokenIn(proof), long: longIn(proof, form), cut: cutIn(proof) });
    if (next === form) break;
    await write(next, "Not all of it works or is quick enough. Trying the rest again: shorter, or file by file …");
    const before = form.suites;
    const isSame = (name: string) => next.suites.some((suite) => suite.name === name && before.includes(suite));
    const same = withoutSuites(proof, (name) => !isSame(name));
    [form, proof] = [next, await prove(world, next, same)];
  }
  return { written: form, proof };
}

function nothingFound({ notes }: Found): GateError {
  return new GateError(
    ["Nothing here looks like a benchmark or a load test", ...notes].join(". "),
    `Write ${DEFAULT_CONFIG_FILE} with \`suites: { start: { time: ./your-program --version } }\`, which measures any command, and run \`benchgate init\` again for the workflow`,
  );
}

/** The files that are not there yet; the others are told, and stay as they are. */
async function missingOf(texts: ReadonlyMap<string, string>, { ports, terminal }: World): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const [file, text] of texts) {
    const there = await ports.files.readTextIfAny(file);
    if (there === null) missing.push(file);
    else
      terminal.err(`${file}: ${there === text ? "is as it would be written" : "is there already, and stays as it is"}`);
  }
  return missing;
}

function newFile(file: string, text: string): string {
  const lines = text.trimEnd().split("\n");
  return [`--- /dev/null`, `+++ ${file}`, ...lines.map((line) => `+${line}`)].join("\n");
}

/** Asks; what is no answer is no. */
async function agreed(terminal: Terminal, files: readonly string[]): Promise<boolean> {
  terminal.err(`Write ${files.join(" and ")}? [y/N]`);
  for await (const piece of terminal.input())
    return /^\s*y(es)?\s*$/im.test(new TextDecoder().decode(piece).split("\n")[0]!);
  return false;
}

/** The branch that pull requests go to, where one alone is usual; null where nobody knows. */
async function mainBranch({ ports: { git } }: World): Promise<string | null> {
  if ((await git.root()) === null) return null;
  const there: string[] = [];
  for (const name of MAIN_BRANCHES) {
    if ((await git.revision(`origin/${name}`)) !== null || (await git.revision(name)) !== null) there.push(name);
  }
  return there.length === 1 ? there[0]! : null;
}
