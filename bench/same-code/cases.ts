/** What is at a path of a planted tree: a file's text or bytes, a link, an empty folder, the source of an addon, another name of a file, or nothing any more. */
export type Planted =
  | string
  | Uint8Array
  | { readonly link: string }
  | { readonly folder: true }
  | { readonly addon: string }
  | { readonly twin: string }
  | null;

/** A project with a benchmark that says what it computed, and a change of it. */
export interface Case {
  readonly name: string;
  /** The benchmark: it calls `say`, once. */
  readonly module: string;
  readonly base: Readonly<Record<string, Planted>>;
  /** What the change makes of some paths. */
  readonly change: Readonly<Record<string, Planted>>;
  /** Files that another suite writes once the trees have been compared: the text of each on one side, and on the other. */
  readonly late?: Readonly<Record<string, readonly [string, string]>>;
  /** What another module writes once this one has run: on one side, and on the other. */
  readonly later?: Readonly<Record<string, readonly [Planted, Planted]>>;
  /** Whether nothing that the benchmark does depends on the change. */
  readonly inert?: true;
  /** The first version of Node that has what it takes. */
  readonly node?: number;
}

type Files = Readonly<Record<string, Planted>>;
type More = Pick<Case, "inert" | "node" | "late" | "later">;

const at = (name: string, module: string, base: Files, change: Files, more: More = {}): Case => ({
  name,
  module,
  base,
  change,
  ...more,
});
const inert = (name: string, module: string, base: Files, change: Files, more: More = {}): Case =>
  at(`inert: ${name}`, module, base, change, { ...more, inert: true });

const FS = 'import fs from "node:fs"; import fsp from "node:fs/promises";\n';
const REQUIRE = 'import m from "node:module"; const require = m.createRequire(import.meta.url);\n';
const CHILD = 'import { execFileSync, execSync } from "node:child_process";\n';
const ADDON = `${REQUIRE}say(require("./x.node"))`;
const pkg = (fields: object): string => JSON.stringify({ name: "p", ...fields });
const P = "node_modules/p/";
const wasm = (value: number): Uint8Array =>
  new Uint8Array([
    0,
    97,
    115,
    109,
    1,
    0,
    0,
    0,
    1,
    5,
    1,
    96,
    0,
    1,
    127,
    3,
    2,
    1,
    0,
    7,
    5,
    1,
    1,
    102,
    0,
    0,
    10,
    6,
    1,
    4,
    0,
    65,
    value,
    11,
  ]);
const WORKER = 'require("worker_threads").parentPort.postMessage(';

/** A module by every way that leads to one. */
const MODULES: readonly Case[] = [
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

/** A package.json, whose changes Node sees by itself. */
const MANIFESTS: readonly Case[] = [
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

/** What a name leads to, and what is not there. */
const LOOKUPS: readonly Case[] = [
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

/** A file's contents by every door. */
const READS: readonly Case[] = [
  ...[
    ["readFileSync", 'fs.readFileSync("d", "utf8")'],
    ["readFileSync of a URL", 'String(fs.readFileSync(new URL("d", import.meta.url)))'],
    ["readFileSync of bytes", 'String(fs.readFileSync(Buffer.from("d")))'],
    ["promises", 'await fsp.readFile("d", "utf8")'],
    [
      "a handle",
      'await (async () => { const h = await fsp.open("d"); try { return await h.readFile("utf8") } finally { await h.close() } })()',
    ],
    [
      "a stream",
      'await (async () => { let t = ""; for await (const c of fs.createReadStream("d")) t += c; return t })()',
    ],
    [
      "lines",
      'await (async () => { const h = await fsp.open("d"); let t = ""; for await (const l of h.readLines()) t += l; return t })()',
    ],
    ["a blob", 'await (await fs.openAsBlob("d")).text()'],
    [
      "a descriptor",
      '(() => { const b = Buffer.alloc(9); const f = fs.openSync("d"); fs.readvSync(f, [b]); fs.closeSync(f); return String(b) })()',
    ],
    ["a callback", 'await new Promise((r) => fs.readFile("d", "utf8", (_, t) => r(t)))'],
    ["a copy", '(() => { fs.copyFileSync("d", "copied"); return fs.readFileSync("copied", "utf8") })()'],
    ["a swallowed failure", '(() => { try { return fs.readFileSync("d", "utf8") } catch { return 0 } })()'],
    ["size", "fs.statSync('d').size"],
    [
      "size of a handle",
      'await (async () => { const h = await fsp.open("d"); try { return (await h.stat()).size } finally { await h.close() } })()',
    ],
  ].map(([name, read]) => at(`read: ${name}`, `${FS}say(${read})`, { d: "1" }, { d: "22" })),
  at(
    "read: a function that was kept",
    'import { readFile } from "node:fs"; readFile("d", "utf8", (_, t) => say(t))',
    { d: "1" },
    { d: "2" },
  ),
  at(
    "read: templates of a folder",
    `${FS}say(fs.readdirSync("tpl").map((f) => fs.readFileSync(\`tpl/\${f}\`, "utf8")))`,
    { "tpl/a.hbs": "1" },
    { "tpl/a.hbs": "2" },
  ),
  at(
    "read: wasm",
    `${FS}const { instance } = await WebAssembly.instantiate(fs.readFileSync("m.wasm")); say(Object.values(instance.exports)[0]())`,
    { "m.wasm": wasm(1) },
    { "m.wasm": wasm(2) },
  ),
  at(
    "read: wasm, compiled",
    `${FS}const i = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync("m.wasm"))); say(Object.values(i.exports)[0]())`,
    { "m.wasm": wasm(1) },
    { "m.wasm": wasm(2) },
  ),
  at(
    "read: a tree that is copied",
    `${FS}import os from "node:os"; const t = fs.mkdtempSync(os.tmpdir() + "/c-"); fs.cpSync("data", t, { recursive: true }); const r = fs.readFileSync(t + "/a", "utf8"); fs.rmSync(t, { recursive: true }); say(r)`,
    { "data/a": "1" },
    { "data/a": "2" },
  ),
  at(
    "read: .env by Node",
    "process.loadEnvFile(); say(process.env.LEVEL)",
    { ".env": "LEVEL=1" },
    { ".env": "LEVEL=2" },
  ),
  at(
    "read: .env by hand",
    `${FS}say(fs.readFileSync(".env", "utf8").split("=")[1])`,
    { ".env": "LEVEL=1" },
    { ".env": "LEVEL=2" },
  ),
  at(
    "read: sqlite",
    'import { DatabaseSync } from "node:sqlite"; let r; try { r = new DatabaseSync("d.db").prepare("pragma user_version").get() } catch (e) { r = e.message } say(r)',
    { "d.db": "" },
    { "d.db": "not a database, is it" },
    { node: 22 },
  ),
  at(
    "read: locale",
    `${FS}say(JSON.parse(fs.readFileSync(\`locales/\${new Intl.DateTimeFormat().resolvedOptions().locale.slice(0, 2)}.json\`, "utf8")))`,
    { "locales/en.json": "1" },
    { "locales/en.json": "2" },
  ),
  at("read: through /proc", `${FS}say(fs.readFileSync("/proc/self/cwd/d", "utf8"))`, { d: "1" }, { d: "2" }),
  at(
    "read: what Git keeps",
    `${FS}say(fs.readFileSync(".git/HEAD", "utf8"))`,
    { ".git/HEAD": "1" },
    { ".git/HEAD": "2", "a.md": "" },
  ),
  at(
    "read: Node's inside",
    'const b = process.binding("fs"); const { readFileSync } = await import("node:fs"); b.open; say(readFileSync("d", "utf8"))',
    { d: "1" },
    { d: "2" },
  ),
];

/** Whether something is there, and what is in a folder. */
const PRESENCE: readonly Case[] = [
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

/** Threads, processes, machines. */
const OTHERS: readonly Case[] = [
  at(
    "worker",
    'import { Worker } from "node:worker_threads"; new Worker("./w.cjs").on("message", say)',
    { "w.cjs": `${WORKER}require("fs").readFileSync("d","utf8"))`, d: "1" },
    { d: "2" },
  ),
  at(
    "worker, existence",
    'import { Worker } from "node:worker_threads"; new Worker("./w.cjs").on("message", say)',
    { "w.cjs": `${WORKER}require("fs").existsSync("d"))` },
    { d: "2" },
  ),
  at(
    "worker, environment cleared",
    'import { Worker } from "node:worker_threads"; delete process.env.BENCHGATE_TOUCHED; new Worker("./w.cjs").on("message", say)',
    { "w.cjs": `${WORKER}require("fs").existsSync("d"))`, d: "" },
    { d: null },
  ),
  at(
    "worker with arguments",
    'import { Worker } from "node:worker_threads"; new Worker("./w.cjs", { execArgv: [] }).on("message", say)',
    { "w.cjs": `${WORKER}require("fs").readFileSync("d","utf8"))`, d: "1" },
    { d: "2" },
  ),
  at(
    "worker with an environment",
    'import { Worker } from "node:worker_threads"; new Worker("./w.cjs", { env: { ...process.env } }).on("message", say)',
    { "w.cjs": `${WORKER}require("fs").existsSync("d"))` },
    { d: "2" },
  ),
  at(
    "worker from text",
    `import { Worker } from "node:worker_threads"; new Worker("${WORKER.replaceAll('"', "'")}require('fs').readFileSync('d','utf8'))", { eval: true }).on("message", say)`,
    { d: "1" },
    { d: "2" },
  ),
  at(
    "loader thread",
    'import m from "module"; m.register("./hooks.mjs", import.meta.url); say((await import("virtual:x")).default)',
    {
      "hooks.mjs":
        'import fs from "node:fs"; export const resolve = (s, c, n) => s === "virtual:x" ? { url: s, shortCircuit: true } : n(s, c); export const load = (u, c, n) => u === "virtual:x" ? { format: "module", shortCircuit: true, source: `export default ${fs.readFileSync("d", "utf8")}` } : n(u, c)',
      d: "1",
    },
    { d: "2" },
  ),
  at(
    "data module",
    'say((await import("data:text/javascript,export default 1")).default + (await import("node:fs")).readFileSync("d", "utf8"))',
    { d: "1" },
    { d: "2" },
  ),
  at(
    "child of Node's",
    `${CHILD}say(String(execFileSync(process.execPath, ["c.cjs"])))`,
    { "c.cjs": 'process.stdout.write("1")' },
    { "c.cjs": 'process.stdout.write("2")' },
  ),
  at(
    "child without an environment",
    `${CHILD}say(String(execFileSync(process.execPath, ["c.cjs"], { env: {} })))`,
    { "c.cjs": 'process.stdout.write("1")' },
    { "c.cjs": 'process.stdout.write("2")' },
  ),
  at("shell, contents", `${CHILD}say(String(execSync("cat d")))`, { d: "1" }, { d: "2" }),
  at("shell, existence", `${CHILD}say(String(execSync("test -e d && echo y || echo n")))`, {}, { d: "2" }),
  at("shell, size", `${CHILD}say(String(execSync("wc -c < d")))`, { d: "1" }, { d: "22" }),
  at("addon itself", ADDON, { "x.node": { addon: "return 1" }, d: "" }, { "x.node": { addon: "return 2" } }),
  at(
    "addon reads",
    ADDON,
    {
      "x.node": { addon: 'int c = -1; FILE *f = fopen("d", "r"); if (f) { c = fgetc(f); fclose(f); } return c' },
      d: "1",
    },
    { d: "2" },
  ),
  at("addon asks", ADDON, { "x.node": { addon: 'return access("d", 0) == 0' } }, { d: "2" }),
  at(
    "server elsewhere",
    'const r = await fetch("http://127.0.0.1:39997").then((r) => r.text(), () => "down"); say(r + process.cwd())',
    { "a.md": "1" },
    { "a.md": "2" },
  ),
  at(
    "name server",
    'import dns from "node:dns/promises"; const r = await Promise.race([dns.resolve4("a.invalid").catch((e) => e.code), new Promise((d) => setTimeout(d, 50))]); say(String(r) + process.cwd()); process.exit()',
    { "a.md": "1" },
    { "a.md": "2" },
  ),
  at(
    "name server, a name that begins like this machine's",
    'import dns from "node:dns/promises"; const r = await Promise.race([dns.lookup("localhost.invalid").catch((e) => e.code), new Promise((d) => setTimeout(d, 50))]); say(String(r) + process.cwd()); process.exit()',
    { "a.md": "1" },
    { "a.md": "2" },
  ),
  at(
    "working folder",
    `${FS}process.chdir("data"); say(fs.readFileSync("d", "utf8"))`,
    { "data/d": "1" },
    { "data/d": "2" },
  ),
];

/** What is written by somebody else while everything is measured. */
const LATE: readonly Case[] = [
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

/** Changes that nothing depends on: what is worth leaving out. */
const INERT: readonly Case[] = [
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

/** Every case. */
export const CASES: readonly Case[] = [
  ...MODULES,
  ...MANIFESTS,
  ...LOOKUPS,
  ...READS,
  ...PRESENCE,
  ...OTHERS,
  ...LATE,
  ...INERT,
];
