import { at, type Case, CHILD, P, pkg, REQUIRE } from "../case.ts";

/** A package.json, whose changes Node sees by itself. */
export const MANIFESTS: readonly Case[] = [
  at(
    "version by require",
    `${REQUIRE}say(require("./package.json").version)`,
    { "package.json": pkg({ version: "1" }) },
    { "package.json": pkg({ version: "2" }) },
  ),
  at(
    "version by import",
    'import j from "./package.json" with { type: "json" }; say(j.version)',
    { "package.json": pkg({ version: "1" }) },
    { "package.json": pkg({ version: "2" }) },
  ),
  at(
    "version by a child",
    `${CHILD}say(String(execFileSync("cat", ["package.json"])))`,
    { "package.json": pkg({ version: "1" }) },
    { "package.json": pkg({ version: "2" }) },
  ),
  at(
    "order of exports",
    `${REQUIRE}say(require("p"))`,
    {
      [`${P}package.json`]: pkg({ exports: { require: "./a.cjs", node: "./b.cjs" } }),
      [`${P}a.cjs`]: "module.exports=1",
      [`${P}b.cjs`]: "module.exports=2",
    },
    { [`${P}package.json`]: pkg({ exports: { node: "./b.cjs", require: "./a.cjs" } }) },
  ),
  at(
    "import.meta.resolve",
    'let r; try { r = import.meta.resolve("p"); } catch (e) { r = e.code } say(r.split("/").pop())',
    { [`${P}package.json`]: pkg({ exports: "./a.js" }), [`${P}a.js`]: "", [`${P}b.js`]: "" },
    { [`${P}package.json`]: pkg({ exports: "./b.js" }) },
  ),
  at(
    "exports",
    'import a from "p"; say(a)',
    {
      [`${P}package.json`]: pkg({ exports: "./a.mjs" }),
      [`${P}a.mjs`]: "export default 1",
      [`${P}b.mjs`]: "export default 2",
    },
    { [`${P}package.json`]: pkg({ exports: "./b.mjs" }) },
  ),
  at(
    "type",
    'import * as a from "./x.js"; say(Object.keys(a).length)',
    { "package.json": pkg({}), "x.js": "var z" },
    { "package.json": pkg({ type: "module" }) },
  ),
  at(
    "imports",
    'import a from "#a"; say(a)',
    { "package.json": pkg({ imports: { "#a": "./a.mjs" } }), "a.mjs": "export default 1", "b.mjs": "export default 2" },
    { "package.json": pkg({ imports: { "#a": "./b.mjs" } }) },
  ),
  at(
    "main",
    `${REQUIRE}say(require("p"))`,
    { [`${P}package.json`]: pkg({ main: "a" }), [`${P}a.js`]: "module.exports=1", [`${P}b.js`]: "module.exports=2" },
    { [`${P}package.json`]: pkg({ main: "b" }) },
  ),
  at(
    "one appears below",
    `${REQUIRE}let r; try { r = require("./sub/x.js") } catch (e) { r = e.name } say(r)`,
    { "sub/x.js": "module.exports=(function(){return this===undefined})()" },
    { "sub/package.json": '{"type":"module"}' },
  ),
  at(
    "findPackageJSON",
    `${REQUIRE}say(JSON.parse(String((await import("node:fs")).readFileSync(m.findPackageJSON("..", import.meta.url)))).version)`,
    { "package.json": pkg({ version: "1" }) },
    { "package.json": pkg({ version: "2" }) },
    { node: 24 },
  ),
];
