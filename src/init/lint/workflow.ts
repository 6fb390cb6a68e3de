import { readYaml, type YamlSource } from "../../config/source.ts";
import { GateError } from "../../model/error.ts";
import { nearest } from "../../model/nearest.ts";
import { ACCESS_RULES } from "./access.ts";
import { gateSteps, type Path } from "./gate-step.ts";
import { JOB_RULES } from "./jobs.ts";
import type { Mistake, SetupFile } from "./mistake.ts";
import type { Rule, Rules } from "./rule.ts";
import { TRIGGER_RULES } from "./triggers.ts";

/** The rules by name, in the order in which their findings are told. */
const RULES: Rules = {
  "unknown-input": ({ with: given, stepPath }, { inputs }) =>
    Object.keys(given)
      .filter((name) => !inputs.includes(name))
      .map((name) => {
        const near = nearest(name, inputs);
        return [
          [...stepPath, "with", name],
          `There is no input "${name}"`,
          near === null ? "Remove it" : `Did you mean "${near}"?`,
        ];
      }),
  ...ACCESS_RULES,
  ...TRIGGER_RULES,
  ...JOB_RULES,
};

/**
 * The names of the rules for workflows.
 *
 * @internal Exported for its tests.
 */
export const WORKFLOW_RULES = Object.keys(RULES);

/** What is wrong with a workflow that runs the gate; nothing where it runs none. A file that is not YAML is a mistake of its own. */
export function lintWorkflow({ file, text }: SetupFile, facts: Parameters<Rule>[1]): readonly Mistake[] {
  if (!/benchgate@/.test(text)) return [];
  const source = sourceOf(text, file);
  if (!("value" in source)) return [source];
  return gateSteps(source.value).flatMap((gate) =>
    Object.entries(RULES).flatMap(([rule, check]) =>
      check(gate, facts).map(([path, problem, remedy]) => ({ rule, problem, remedy, position: placeOf(source, path) })),
    ),
  );
}

function placeOf(source: YamlSource, path: Path): Mistake["position"] {
  const { path: _, ...position } = source.position(path);
  return position;
}

function sourceOf(text: string, file: string): YamlSource | Mistake {
  try {
    return readYaml(text, file);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const { problem, remedy, position } = error;
    return { rule: "not-yaml", problem, remedy, position };
  }
}
