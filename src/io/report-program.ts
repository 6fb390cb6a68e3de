import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { GateError } from "../model/error.ts";
import type { Inlined, PageProgram, Program } from "../model/report-program.ts";

/**
 * The browser's part of HTML pages, as it was bundled: beside the bundle that asks for it, or in dist/ where Benchgate runs unbuilt.
 *
 * @param from the `import.meta.url` of a file of Benchgate's own.
 */
export async function readPageProgram(from: string = import.meta.url): Promise<PageProgram> {
  const folder = from.endsWith(".ts") ? "../../dist/" : "./";
  const part = (name: string) => inlined(fileURLToPath(new URL(folder + name, from)));
  const program = async (name: string): Promise<Program> => {
    const [script, style] = await Promise.all([part(`${name}.js`), part(`${name}.css`)]);
    return { script, style };
  };
  const [page, trend] = await Promise.all([program("page"), program("trend")]);
  return { ...page, trend };
}

async function inlined(file: string): Promise<Inlined> {
  try {
    const text = await readFile(file, "utf8");
    return { text, hash: `sha256-${createHash("sha256").update(text).digest("base64")}` };
  } catch (error) {
    const problem = `a part of the HTML report is missing (${(error as NodeJS.ErrnoException).code})`;
    throw new GateError(problem, "Build it with `npm run build`, or install Benchgate again", { file });
  }
}
