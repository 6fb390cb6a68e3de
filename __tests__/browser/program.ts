import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import config from "../../rolldown.config.ts";
import type { PageProgram } from "../../src/model/report-program.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The browser program as the build makes it from the sources of now: dist/ may be older. */
export async function buildPage(): Promise<PageProgram> {
  const [page, trend] = await Promise.all([built("page"), built("trend")]);
  return {
    script: page("page.js"),
    style: page("page.css"),
    trend: { script: trend("trend.js"), style: trend("trend.css") },
  };
}

/** The files of the bundle with an input of that name, by their own names. */
async function built(input: string) {
  const options = [config].flat().find((each) => typeof each.input === "object" && input in each.input);
  if (options === undefined) throw new Error(`rolldown.config.ts has no input named ${input}`);
  const build = await rolldown({ ...options, cwd: ROOT });
  const { output } = await build.generate([options.output ?? {}].flat()[0]);
  return (name: string) => {
    const found = output.find(({ fileName }) => fileName === name);
    if (found === undefined) throw new Error(`The build gives no ${name}`);
    return inlined(found.type === "chunk" ? found.code : String(found.source));
  };
}

function inlined(text: string) {
  return { text, hash: `sha256-${createHash("sha256").update(text).digest("base64")}` };
}
