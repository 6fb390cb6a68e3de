import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { INPUTS } from "../src/action/inputs.ts";
import { OUTPUTS } from "../src/action/outputs.ts";
import type { InputTable } from "../src/config/inputs.ts";

/** What the runner reads of the action. */
const ACTION_FILE = fileURLToPath(new URL("../action.yml", import.meta.url));

const HEAD = `name: Benchgate
description: Compares p50 and p99 of benchmarks and load tests with a baseline, and fails the check on a proven regression.
author: Benchgate contributors
branding:
  icon: activity
  color: green

# Inputs that benchgate.yml can also set have no default here: an input that is given comes before the file.
`;

const RUNS = `runs:
  using: node24
  main: dist/index.js
`;

/** The text of action.yml, from the tables of inputs and outputs: the same bytes for the same code. */
export function actionYml(): string {
  const inputs = Object.entries<InputTable[string]>(INPUTS).map(
    ([name, { about, default: standard = "", runner = standard }]) => [name, { description: about, default: runner }],
  );
  const outputs = Object.entries(OUTPUTS).map(([name, about]) => [name, { description: about }]);
  return [HEAD + block("inputs", inputs), block("outputs", outputs), RUNS].join("\n");
}

function block(name: string, entries: readonly (readonly unknown[])[]): string {
  return stringify({ [name]: Object.fromEntries(entries) }, { lineWidth: 0 });
}

if (import.meta.main) writeFileSync(ACTION_FILE, actionYml());
