import { at, type Case, FS, inert, REQUIRE } from "../case.ts";

/** What is written by somebody else while everything is measured. */
export const LATE: readonly Case[] = [
  at(
    "late: a generated module",
    'import a from "./gen.mjs"; say(a)',
    {},
    {},
    { late: { "gen.mjs": ["export default 1", "export default 2"] } },
  ),
  at(
    "late: a cache",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { "data/x": "0" },
    {},
    { late: { "data/x": ["1", "2"] } },
  ),
  at(
    "late: a name in a folder",
    `${FS}say(fs.readdirSync("data"))`,
    { "data/x": "0" },
    {},
    { late: { "data/y": ["", ""], "data/z": ["", "1"] } },
  ),
  at(
    "later: a file that was looked for",
    `${FS}say(fs.existsSync("gen/n"))`,
    {},
    {},
    { later: { "gen/n": [null, "1"] } },
  ),
  at(
    "later: a file that was read",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { "data/x": "0" },
    {},
    { later: { "data/x": ["1", "2"] } },
  ),
  at(
    "later: a link to what differs",
    `${FS}let r = 0; try { r = fs.readFileSync("cfg", "utf8") } catch {} say(r)`,
    {},
    {},
    { later: { real: ["1", "2"], cfg: [{ link: "real" }, { link: "real" }] } },
  ),
  at(
    "later: a package.json that Node reads by itself",
    `${REQUIRE}let r; try { r = require("./sub/x.js") } catch (e) { r = e.name } say(r)`,
    { "sub/x.js": "module.exports=(function(){return this===undefined})()" },
    {},
    { later: { "sub/package.json": ["{}", '{"type":"module"}'] } },
  ),
  at(
    "later: a name in a folder that was listed",
    `${FS}say(fs.readdirSync("data"))`,
    { "data/x": "0" },
    {},
    { later: { "data/y": [null, ""] } },
  ),
  at(
    "later: a folder in one that was asked about",
    `${FS}say(fs.statSync("data").nlink)`,
    { "data/x": "0" },
    {},
    { later: { "data/y": [null, { folder: true }] } },
  ),
  at(
    "later: what will differ the next time",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { "data/x": "0" },
    {},
    { later: { "data/x": ["1", "1"] } },
  ),
  inert(
    "later: something else",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { "data/x": "0" },
    { "a.md": "" },
    { later: { "out/y": ["1", "2"], "data/y": ["1", "2"] } },
  ),
  inert(
    "late: the same on both sides",
    `${FS}say(fs.readFileSync("data/x", "utf8"))`,
    { "data/x": "0" },
    { "a.md": "" },
  ),
];
