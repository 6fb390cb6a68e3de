import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { GateError } from "../model/error.ts";
import type { Inlined, PageProgram } from "../model/report-program.ts";

/**
 * The browser's part of HTML pages, as it was bundled: beside the bundle that asks for it, or in dist/ where Benchgate runs unbuilt.
 *
 * @param from the `import.meta.url` of a file of Benchgate's own.
 */
export async function readPageProgram(from: string = import.meta.url): Promise<PageProgram> {
  const folder = from.endsWith(".ts") ? "../../dist/" : "./";
  const [script, style, trend] = await Promise.all(
    ["page.js", "page.css", "trend.js"].map((name) => inlined(fileURLToPath(new URL(folder + name, from)))),
  );
  return { script: script!, style: style!, trend: trend! };
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
