import { markdownTable } from "markdown-table";
import type { ToolTrials } from "./green.ts";
import { isWrong, SCENARIOS, type Scenario, type Trial } from "./trial.ts";

const NAMES = Object.keys(SCENARIOS) as readonly Scenario[];

/** Every tool in a row, every scenario in a column: how many candidates were answered how. What must not be is bold. */
export function greenTable(tools: readonly ToolTrials[]): string {
  const rows = tools.map(({ tool, outputs, metrics, native, trials }) => [
    `\`${tool}\``,
    String(outputs),
    `${native} of ${metrics}`,
    ...NAMES.map((scenario) => cell(scenario, trials)),
  ]);
  const all = tools.flatMap(({ trials }) => trials);
  const total = (of: (tool: ToolTrials) => number) => tools.reduce((sum, tool) => sum + of(tool), 0);
  const last = [
    "all",
    String(total(({ outputs }) => outputs)),
    `${total(({ native }) => native)} of ${total(({ metrics }) => metrics)}`,
    ...NAMES.map((scenario) => cell(scenario, all)),
  ];
  return markdownTable([["`tool`", "outputs", "in its own form", ...NAMES], ...rows, last]);
}

/** `12 red, 1 doubt, **2 silent**`; `–` where there was nothing to try. */
function cell(scenario: Scenario, trials: readonly Trial[]): string {
  const mine = trials.filter((trial) => trial.scenario === scenario);
  const parts = (["red", "doubt", "refused", "green", "silent"] as const).flatMap((result) => {
    const count = mine.filter((trial) => trial.result === result).length;
    const text = `${count} ${result}`;
    return count === 0 ? [] : [isWrong({ scenario, result }) ? `**${text}**` : text];
  });
  return parts.join(", ") || "–";
}

/** What is wrong, each kind once: how often, with which tools, and the first of them. */
export function findingLines(tools: readonly ToolTrials[]): readonly string[] {
  const kinds = new Map<string, Map<string, string[]>>();
  for (const trial of tools.flatMap(({ trials }) => trials).filter(isWrong)) {
    for (const { of, what } of trial.findings) {
      const kind = `${trial.scenario}: ${what}`;
      const found = kinds.get(kind) ?? new Map<string, string[]>();
      kinds.set(kind, found);
      const place = of.startsWith(trial.detail) ? trial.input : `${trial.input}, ${trial.detail}`;
      found.set(trial.tool, [...(found.get(trial.tool) ?? []), `${place}: ${of}`]);
    }
  }
  return [...kinds].map(([kind, found]) => {
    const places = [...found].map(([tool, all]) => `  ${tool} (${all.length}): ${all[0]}`);
    return [kind, ...places].join("\n");
  });
}
