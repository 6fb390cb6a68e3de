import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder that holds the outputs which adapters are tested on, a folder for each tool. */
export const FIXTURES = join(import.meta.dirname, "..", "__tests__", "fixtures");

/** Where a tool's fixtures are, where the folder is not called as the adapter is. */
const FOLDERS: Readonly<Record<string, string>> = { go: "go-bench" };

/** Where the outputs in a folder come from. */
export type Origin =
  | { readonly kind: "hand-written" }
  /** `writer`: the tool and its versions; `byHand`: the files that no run of it wrote. */
  | { readonly kind: "real"; readonly writer: string; readonly byHand: readonly string[] };

/** The folder of a tool's fixtures, in `FIXTURES`. */
export function fixtureFolder(tool: string): string {
  return FOLDERS[tool] ?? tool;
}

/**
 * Where a tool's fixtures come from, as the first line of the folder's README says: `origin: real (Go 1.19)` or `origin: hand-written`. A file of a
 * real folder that was written by hand has a line of its own, `- sub-results.jtl: **hand-written**, …`. Throws where the README does not say, or names
 * a file that is not there.
 */
export function originOf(tool: string): Origin {
  const folder = join(FIXTURES, fixtureFolder(tool));
  const readme = readFileSync(join(folder, "README.md"), "utf8");
  const [, writer, hand] = /^origin: (?:real \(([^\n]+)\)|(hand-written))\n/.exec(readme) ?? [];
  if (hand !== undefined) return { kind: "hand-written" };
  if (writer === undefined)
    throw new Error(`${folder}/README.md does not begin with "origin: real (TOOL VERSION)" or "origin: hand-written"`);
  const byHand = [...readme.matchAll(/^- (\S+): \*\*hand-written\*\*/gm)].map(([, file]) => file!);
  const missing = byHand.find((file) => !existsSync(join(folder, file)));
  if (missing !== undefined) throw new Error(`${folder}/README.md names ${missing}, which is not there`);
  const files = readdirSync(folder).filter((file) => file !== "README.md");
  if (files.every((file) => byHand.includes(file)))
    throw new Error(`${folder} is hand-written, and its README says real`);
  return { kind: "real", writer, byHand };
}
