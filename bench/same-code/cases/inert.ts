import { type Case, FS, inert, P, pkg } from "../case.ts";

/** Changes that nothing depends on: what is worth leaving out. */
export const INERT: readonly Case[] = [
  inert("readme", "say(1)", { "README.md": "a" }, { "README.md": "b" }),
  inert(
    "a test is added",
    'import a from "./lib.mjs"; say(a)',
    { "lib.mjs": "export default 1" },
    { "lib.test.mjs": "//" },
  ),
  inert(
    "version of a dependency",
    'import a from "p"; say(a)',
    { [`${P}package.json`]: pkg({ version: "1.0.0", type: "module" }), [`${P}index.js`]: "export default 1" },
    { [`${P}package.json`]: pkg({ version: "1.0.1", type: "module" }) },
  ),
  inert(
    "another package",
    'import a from "p"; say(a)',
    {
      [`${P}package.json`]: pkg({ type: "module" }),
      [`${P}index.js`]: "export default 1",
      "node_modules/q/index.js": "1",
    },
    { "node_modules/q/index.js": "2" },
  ),
  inert("a listing elsewhere", `${FS}say(fs.readdirSync("data"))`, { "data/a": "1" }, { "docs/b": "1" }),
  inert(
    "a server of its own",
    'import http from "node:http"; const s = http.createServer((_, r) => r.end("x")).listen(0, "127.0.0.1", async () => { say(await (await fetch(`http://127.0.0.1:${s.address().port}`)).text()); s.close(); })',
    { "a.md": "1" },
    { "a.md": "2" },
  ),
  inert(
    "a cache of its own",
    `${FS}fs.mkdirSync(".cache", { recursive: true }); fs.writeFileSync(".cache/x", "1"); say(fs.readFileSync(".cache/x", "utf8"))`,
    { "a.md": "1" },
    { "a.md": "2" },
  ),
  inert(
    "scripts of the project",
    'import a from "./lib.mjs"; say(a)',
    { "package.json": pkg({ scripts: { a: "1" } }), "lib.mjs": "export default 1" },
    { "package.json": pkg({ scripts: { a: "2" } }) },
  ),
  inert(
    "the state of a folder",
    `${FS}say(fs.statSync("data").nlink)`,
    { "data/x": "1", "data/sub/y": "1" },
    { "data/x": "2", "data/sub/z/n": "" },
  ),
  inert(
    "a link elsewhere",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { "data/x": "1", other: { link: "a" } },
    { other: { link: "b" } },
  ),
];
