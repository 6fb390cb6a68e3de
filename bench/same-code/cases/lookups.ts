import { at, type Case, FS, P, pkg, REQUIRE } from "../case.ts";

/** What a name leads to, and what is not there. */
export const LOOKUPS: readonly Case[] = [
  at(
    "a new file shadows",
    `${REQUIRE}say(require("./lib"))`,
    { "lib/index.js": "module.exports=1" },
    { "lib.js": "module.exports=2" },
  ),
  at(
    "a nearer node_modules",
    'import "./sub/e.mjs"',
    {
      "sub/e.mjs": 'import a from "p"; console.log(a)',
      [`${P}package.json`]: pkg({ type: "module" }),
      [`${P}index.js`]: "export default 1",
    },
    { "sub/node_modules/p/index.js": "export default 2", "sub/node_modules/p/package.json": pkg({ type: "module" }) },
  ),
  at(
    "an optional dependency",
    'let r = 0; try { r = (await import("q")).default } catch {} say(r)',
    {},
    { "node_modules/q/index.js": "module.exports=2" },
  ),
  at(
    "require.resolve",
    `${REQUIRE}let r; try { r = require.resolve("./maybe") } catch { r = "no" } say(r.split("/").pop())`,
    {},
    { "maybe.js": "" },
  ),
  at(
    "hoisting",
    'import a from "p"; say(a)',
    { [`${P}index.js`]: 'module.exports=require("q")', "node_modules/q/index.js": "module.exports=1" },
    { [`${P}node_modules/q/index.js`]: "module.exports=2" },
  ),
  at(
    "a link of pnpm's",
    'import a from "p"; say(a)',
    {
      "node_modules/p": { link: ".store/p@1/p" },
      "node_modules/.store/p@1/p/index.js": "module.exports=1",
      "node_modules/.store/p@2/p/index.js": "module.exports=2",
    },
    { "node_modules/p": { link: ".store/p@2/p" } },
  ),
  at(
    "a linked folder",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { data: { link: "v1" }, "v1/x": "1", "v2/x": "2" },
    { data: { link: "v2" } },
  ),
  at(
    "a file behind a link",
    `${FS}say(fs.readFileSync("cur/x", "utf8"))`,
    { cur: { link: "v1" }, "v1/x": "1" },
    { "v1/x": "2" },
  ),
  at(
    "above a link",
    `${FS}say(fs.readFileSync("cur/../y", "utf8"))`,
    { cur: { link: "deep/v1" }, "deep/v1/x": "", "deep/y": "1", y: "0" },
    { "deep/y": "2" },
  ),
  at(
    "a link in a chain",
    `${FS}say(fs.readFileSync("a", "utf8"))`,
    { a: { link: "b" }, b: { link: "c" }, c: "1", d: "2" },
    { b: { link: "d" } },
  ),
  at("a link that is read", `${FS}say(fs.readlinkSync("a"))`, { a: { link: "b" } }, { a: { link: "c" } }),
  at(
    "a real path",
    `${FS}say(fs.realpathSync("a/x").split("/").slice(-2))`,
    { a: { link: "b" }, "b/x": "", "c/x": "" },
    { a: { link: "c" } },
  ),
];
