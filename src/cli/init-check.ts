import { TOOL_WORDS, TOOLS_WITHOUT_P99 } from "../adapters/index.ts";
import { STORE_INPUTS } from "../baseline/index.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { inputTable } from "../config/inputs.ts";
import { lint } from "../init/lint/lint.ts";
import { type Mistake, mistakeLine } from "../init/lint/mistake.ts";
import { GateError } from "../model/error.ts";
import type { World } from "./command.ts";
import { readRepository } from "./init-repository.ts";

/**
 * The inputs of the action, by name.
 *
 * @internal Exported for its tests.
 */
export const INPUT_NAMES = [...STORE_INPUTS, ...Object.keys(inputTable({}))];

/** Checks the set-up that is there, and prints a line for each mistake. Resolves to the exit code: 2 where there is something to mend. */
export async function checkSetup(world: World, branch: string | null): Promise<number> {
  const { ports, terminal } = world;
  const repository = await readRepository(ports.files, ports.host.cwd);
  const config = await ports.files.readTextIfAny(DEFAULT_CONFIG_FILE);
  const workflows = repository.paths
    .filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path))
    .map((file) => ({ file, text: repository.text(file) ?? "" }))
    .filter(({ text }) => text.includes("benchgate@"));
  if (config === null && workflows.length === 0)
    throw new GateError("There is no set-up here to check", "Run `benchgate init`, which writes one");
  const mistakes = lint(
    { config: config === null ? null : { file: DEFAULT_CONFIG_FILE, text: config }, workflows },
    {
      paths: repository.paths,
      inputs: INPUT_NAMES,
      withoutP99: TOOLS_WITHOUT_P99,
      branch,
      today: ports.clock.now().toISOString().slice(0, 10),
    },
    TOOL_WORDS,
  );
  for (const mistake of mistakes) terminal.out(mistakeLine(mistake));
  terminal.err(
    summary(mistakes, [...(config === null ? [] : [DEFAULT_CONFIG_FILE]), ...workflows.map(({ file }) => file)]),
  );
  return mistakes.length === 0 ? 0 : 2;
}

function summary(mistakes: readonly Mistake[], files: readonly string[]): string {
  const count =
    mistakes.length === 0
      ? "Nothing to fix"
      : `${mistakes.length} ${mistakes.length === 1 ? "thing" : "things"} to fix`;
  return `${count} in ${files.join(", ")}.`;
}
