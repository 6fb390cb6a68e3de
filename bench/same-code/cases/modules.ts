import { at, type Case, P, pkg, REQUIRE } from "../case.ts";

/** A module by every way that leads to one. */
export const MODULES: readonly Case[] = [
  at("the module itself", "say(1)", {}, { "bench.mjs": "console.log(JSON.stringify(2))" }),
  at(
    "esm import",
    'import a from "./lib.mjs"; say(a)',
    { "lib.mjs": "export default 1" },
    { "lib.mjs": "export default 2" },
  ),
  at(
    "transitive dependency",
    `${REQUIRE}say(require("p"))`,
    { [`${P}index.js`]: 'module.exports=require("q")', "node_modules/q/index.js": "module.exports=1" },
    { "node_modules/q/index.js": "module.exports=2" },
  ),
  at("json import", 'import j from "./d.json" with { type: "json" }; say(j)', { "d.json": "1" }, { "d.json": "2" }),
  at("json require", `${REQUIRE}say(require("./d"))`, { "d.json": "1" }, { "d.json": "2" }),
  at(
    "computed import",
    'say((await import(`./l${"ib"}.mjs`)).default)',
    { "lib.mjs": "export default 1" },
    { "lib.mjs": "export default 2" },
  ),
  at(
    "late import",
    'setTimeout(async () => say((await import("./lib.mjs")).default), 20)',
    { "lib.mjs": "export default 1" },
    { "lib.mjs": "export default 2" },
  ),
  at(
    "typescript",
    'import { a } from "./lib.mts"; say(a)',
    { "lib.mts": "export const a: number = 1" },
    { "lib.mts": "export const a: number = 2" },
    { node: 22 },
  ),
  at(
    "generated file that git ignores",
    'import a from "./dist/g.mjs"; say(a)',
    { ".gitignore": "dist", "dist/g.mjs": "export default 1" },
    { "dist/g.mjs": "export default 2" },
  ),
  at(
    "compile cache",
    `${REQUIRE}m.enableCompileCache?.("./cc"); say((await import("./lib.mjs")).default)`,
    { "lib.mjs": "export default 1" },
    { "lib.mjs": "export default 2" },
  ),
  at(
    "self reference",
    'import a from "p/a"; say(a)',
    { "package.json": pkg({ type: "module", exports: { "./a": "./a.js" } }), "a.js": "export default 1" },
    { "a.js": "export default 2" },
  ),
  at(
    "query of an import",
    'import a from "./lib.mjs?x=1"; say(a)',
    { "lib.mjs": "export default 1" },
    { "lib.mjs": "export default 2" },
  ),
  at(
    "vm that imports",
    'import vm from "node:vm"; import { readFileSync } from "node:fs"; say(vm.runInThisContext(readFileSync("v.js", "utf8")))',
    { "v.js": "1" },
    { "v.js": "2" },
  ),
];
