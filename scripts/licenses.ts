import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

/** The licences of packages that name theirs and leave out its text, as their repositories have them. */
const MISSING = join(import.meta.dirname, "licenses");

/** A rolldown plugin that writes the licence of every package in the bundle to one file. Fails where the text of one is not there. */
export function licenses(fileName: string): Plugin {
  return {
    name: "licenses",
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((chunk) => (chunk.type === "chunk" ? chunk.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      const texts = [...folders].map(licenceOf).sort();
      this.emitFile({ type: "asset", fileName, source: `${[...new Set(texts)].join(`\n\n${"-".repeat(80)}\n\n`)}\n` });
    },
  };
}

function packageFolder(id: string): string | null {
  return /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/.exec(id.replace(/^\0/, ""))?.[0] ?? null;
}

function licenceOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const own = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const file = own === undefined ? join(MISSING, `${name}.txt`) : join(folder, own);
  if (!existsSync(file)) throw new Error(`${name} comes without the text of its licence: add ${file}, or replace it`);
  const text = readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim();
  return `${name} ${version} (${license ?? "see below"})\n\n${text}`;
}
