import { at, type Case, FS } from "../case.ts";

/** Whether something is there, and what is in a folder. */
export const PRESENCE: readonly Case[] = [
  ...[
    ["statSync", 'fs.statSync("data").nlink'],
    ["lstatSync", 'fs.lstatSync("data/").nlink'],
    ["stat", '(await fsp.stat("data")).nlink'],
    ["stat, callback", 'await new Promise((r) => fs.stat("data", (_, s) => r(s.nlink)))'],
    [
      "a handle",
      'await (async () => { const h = await fsp.open("data"); try { return (await h.stat()).nlink } finally { await h.close() } })()',
    ],
  ].map(([name, asks]) =>
    at(`links of a folder: ${name}`, `${FS}say(${asks})`, { "data/x": "" }, { "data/sub": { folder: true } }),
  ),
  at("links of a file", `${FS}say(fs.statSync("d").nlink)`, { d: "1" }, { e: { twin: "d" } }),
  ...[
    ["existsSync", 'fs.existsSync("flag")'],
    ["access", 'await fsp.access("flag").then(() => 1, () => 0)'],
    ["accessSync", '(() => { try { fs.accessSync("flag"); return 1 } catch { return 0 } })()'],
    ["stat", 'await fsp.stat("flag").then(() => 1, () => 0)'],
    ["lstatSync", 'fs.lstatSync("flag", { throwIfNoEntry: false }) !== undefined'],
    ["exists", 'await new Promise((r) => fs.exists("flag", r))'],
    ["open", 'await fsp.open("flag").then((h) => h.close().then(() => 1), () => 0)'],
    [
      "mkdir that fails",
      '(() => { try { fs.mkdirSync("flag"); fs.rmdirSync("flag"); return 1 } catch { return 0 } })()',
    ],
  ].map(([name, asks]) => at(`presence: ${name}`, `${FS}say(${asks})`, {}, { flag: "" })),
  ...[
    ["readdirSync", 'fs.readdirSync("data").length'],
    ["readdir", '(await fsp.readdir("data")).length'],
    ["readdir, deep", 'fs.readdirSync("data", { recursive: true }).length'],
    ["opendir", 'await (async () => { let n = 0; for await (const _ of await fsp.opendir("data")) n++; return n })()'],
    [
      "opendirSync",
      '(() => { const d = fs.opendirSync("data"); let n = 0; while (d.readSync()) n++; d.closeSync(); return n })()',
    ],
    ["glob", '(fs.globSync ? fs.globSync("data/**/*") : fs.readdirSync("data", { recursive: true })).length'],
  ].map(([name, lists]) => at(`listing: ${name}`, `${FS}say(${lists})`, { "data/a": "" }, { "data/b": "" })),
  at(
    "listing: a glob from elsewhere",
    `${FS}say((fs.globSync ? fs.globSync("**/*", { cwd: "data" }) : fs.readdirSync("data")).length)`,
    { "data/a": "" },
    { "data/b": "" },
  ),
  at(
    "listing: from above",
    `${FS}say(fs.readdirSync("..", { recursive: true }).filter((e) => e.endsWith(".new")).length)`,
    { "in/a": "" },
    { "in/b.new": "" },
  ),
  at(
    "presence: a rename that fails",
    `${FS}let r = 1; fs.writeFileSync("t", ""); try { fs.renameSync("t", "flag/t") } catch { r = 0 } fs.rmSync("t", { force: true }); say(r)`,
    {},
    { flag: { folder: true } },
  ),
  at(
    "presence: an unlink that fails",
    `${FS}let r = 1; try { fs.unlinkSync("flag") } catch { r = 0 } say(r)`,
    {},
    { flag: "" },
  ),
  at("presence: an empty folder", `${FS}say(fs.existsSync("data"))`, {}, { data: { folder: true } }),
];
