import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "rolldown";

/** A rolldown plugin that writes the licence of every package in the bundle to one file. Fails where a package carries none. */
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
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${name} has no licence: replace it`);
  const text =
    file === undefined ? "" : `\n\n${readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim()}`;
  return `${name} ${version} (${license ?? "see below"})${text}`;
}
