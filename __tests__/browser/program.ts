import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import config from "../../rolldown.config.ts";
import type { PageProgram } from "../../src/model/report-program.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The browser program as the build makes it from the sources of now: dist/ may be older. */
export async function buildPage(): Promise<PageProgram> {
  const options = [config].flat().find(({ input }) => typeof input === "object" && "page" in input);
  if (options === undefined) throw new Error("rolldown.config.ts has no input named page");
  const build = await rolldown({ ...options, cwd: ROOT });
  const { output } = await build.generate([options.output ?? {}].flat()[0]);
  const textOf = (name: string) => {
    const found = output.find(({ fileName }) => fileName === name);
    if (found === undefined) throw new Error(`The build gives no ${name}`);
    return found.type === "chunk" ? found.code : String(found.source);
  };
  return { script: inlined(textOf("page.js")), style: inlined(textOf("page.css")) };
}

function inlined(text: string) {
  return { text, hash: `sha256-${createHash("sha256").update(text).digest("base64")}` };
}
