import { readFileSync } from "node:fs";
import type { Plugin } from "rolldown";

/** A rolldown plugin that writes style sheets, in order, as one file. */
export function styleSheet(fileName: string, files: readonly string[]): Plugin {
  return {
    name: "style-sheet",
    buildStart() {
      for (const file of files) this.addWatchFile(file);
    },
    generateBundle() {
      const source = files.map((file) => readFileSync(file, "utf8").replaceAll("\r\n", "\n").trim()).join("\n");
      this.emitFile({ type: "asset", fileName, source: `${source}\n` });
    },
  };
}
