import { at, type Case, FS, wasm } from "../case.ts";

/** A file's contents by every door. */
export const READS: readonly Case[] = [
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
