import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import { parse } from "yaml";
import type { Adapter } from "../src/adapters/adapter.ts";
import { ADAPTERS } from "../src/adapters/index.ts";
import { REPORTS } from "../src/report/index.ts";
import { between } from "./between.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The file whose tables are made. */
const README_FILE = at("README.md");

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** The README with the text between each pair of markers (`<!-- inputs -->` … `<!-- /inputs -->`) made anew from action.yml and the tables of reports and adapters. */
export function withTables(readme: string, actionYml: string): string {
  const { inputs, outputs } = parse(actionYml) as ActionFile;
  const inputRows = Object.entries(inputs).map(([name, input]) => [
    code(name),
    cell(input.description),
    code(input.default),
  ]);
  const outputRows = Object.entries(outputs).map(([name, { description }]) => [code(name), cell(description)]);
  const reportRows = REPORTS.map(({ name, noun, file }) => [code(`--${name} FILE`), cell(noun), code(file)]);
  const reports = table(["flag", "what it writes", "file that the action leaves"], reportRows);
  const inputTable = table(["input", "what it is", "default"], inputRows);
  const filled = between(between(readme, "reports", reports), "inputs", inputTable);
  const tools = [...ADAPTERS].sort((a, b) => (a.name < b.name ? -1 : 1)).map(toolWords);
  return between(between(filled, "outputs", table(["output", "what it is"], outputRows)), "tools", tools.join(" · "));
}

/** A tool by its word for `tool:`, and as its authors write it where that is another word. */
function toolWords({ name, title }: Adapter): string {
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return plain(name) === plain(title) ? code(name) : `${code(name)} (${title})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return markdownTable([[...head], ...rows.map((row) => [...row])], { alignDelimiters: false, padding: true });
}

function code(text: string): string {
  return text === "" ? "" : `\`${text}\``;
}

function cell(text: string): string {
  return text.trim().replace(/\s+/g, " ").replaceAll("|", "\\|");
}

if (import.meta.main) {
  const readme = readFileSync(README_FILE, "utf8");
  writeFileSync(README_FILE, withTables(readme, readFileSync(at("action.yml"), "utf8")));
}
