import { largest } from "../../model/extremes.ts";
import { pad } from "../parts/width.ts";

/** What the list says of a tool. */
interface Tool {
  readonly name: string;
  readonly title: string;
  readonly gives: { readonly samples: boolean; readonly p99: boolean; readonly memory: boolean };
}

const COLUMNS: readonly { readonly header: string; cell(tool: Tool): string }[] = [
  { header: "tool", cell: ({ name }) => name },
  { header: "written by", cell: ({ title }) => title },
  { header: "samples", cell: ({ gives }) => yes(gives.samples) },
  { header: "p99", cell: ({ gives }) => yes(gives.p99) },
  { header: "memory", cell: ({ gives }) => yes(gives.memory) },
];

/** All tools with what each gives, in aligned columns, for a terminal. */
export function toolList(tools: readonly Tool[]): string {
  const rows = [COLUMNS.map(({ header }) => header), ...tools.map((tool) => COLUMNS.map(({ cell }) => cell(tool)))];
  const widths = COLUMNS.map((_, column) => largest(rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => pad(cell, widths[i]!, "left"))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function yes(given: boolean): string {
  return given ? "yes" : "-";
}
