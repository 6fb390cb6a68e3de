import type { Cell } from "./stage.ts";

/** The figures of a campaign as a table, by part. */
export function figures(cells: readonly Cell[]): string {
  const parts = [...new Set(cells.map(({ part }) => part))];
  const rows: readonly (readonly [string, readonly Cell[]])[] = [
    ...parts.map((part) => [part, cells.filter((cell) => cell.part === part)] as const),
    ["all", cells] as const,
  ];
  const head = "| part | cells | right | wrong | not run | summary | longest run | left over |\n|-|-|-|-|-|-|-|-|";
  const lines = rows.map(([part, those]) => {
    const wrong = those.filter((cell) => cell.wrong.length > 0).length;
    const notRun = those.filter((cell) => cell.notRun !== undefined).length;
    const left = those.filter((cell) => cell.wrong.some((each) => /^left | is left$/.test(each))).length;
    const longest = those.reduce((most, { seconds }) => Math.max(most, seconds), 0);
    const summaries = those.filter(({ summary }) => summary).length;
    return `| ${[part, those.length, those.length - wrong - notRun, wrong, notRun, summaries, `${longest.toFixed(1)} s`, left].join(" | ")} |`;
  });
  return [head, ...lines].join("\n");
}
