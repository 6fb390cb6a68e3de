import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { markdownTable } from "markdown-table";
import { parse } from "yaml";
import { REPORTS } from "../src/report/index.ts";
import { between } from "./between.ts";

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** The file whose tables are made. */
const PAGE_FILE = at("docs/action.md");

interface ActionFile {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string }>>;
}

/** The page of the action with the text between each pair of markers (`<!-- inputs -->` … `<!-- /inputs -->`) made anew from action.yml and the table of reports. */
export function withTables(page: string, actionYml: string): string {
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
  const filled = between(between(page, "reports", reports), "inputs", inputTable);
  return between(filled, "outputs", table(["output", "what it is"], outputRows));
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
  const page = readFileSync(PAGE_FILE, "utf8");
  writeFileSync(PAGE_FILE, withTables(page, readFileSync(at("action.yml"), "utf8")));
}
