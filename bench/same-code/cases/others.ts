import { ADDON, at, type Case, CHILD, FS, WORKER } from "../case.ts";

/** Threads, processes, machines. */
export const OTHERS: readonly Case[] = [
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
