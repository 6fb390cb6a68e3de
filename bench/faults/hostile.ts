import { type Cell, FILES, numbers, type Right, type Stage, type Wanted } from "./stage.ts";

/** What a benchmark leaves or does, as the end of a module that has `out`, `fs`, `run` and `print`. */
interface Hostile {
  readonly code: string;
  /** The suite is failed, and this is said of it; absent: its numbers are read. */
  readonly fails?: RegExp;
}

const SAMPLE = ["orders to the runner"];

/** Twenty-five outputs, and more, that nobody wants to read. */
const HOSTILE: Readonly<Record<string, Hostile>> = {
  "a named pipe": { code: 'run("mkfifo", out);', fails: /named pipe/ },
  "a link to a device": { code: 'fs.symlinkSync("/dev/zero", out);', fails: /a device/ },
  "a folder": { code: "fs.mkdirSync(out);", fails: /folder/ },
  "a link in a circle": { code: "fs.symlinkSync(out, out);", fails: /cannot be used|link/ },
  "a socket": {
    code: 'const { createServer } = await import("node:net"); const server = createServer(); await new Promise((done) => server.listen(out, done)); process.exit(0);',
    fails: /s/,
  },
  "a link to its own memory": { code: 'fs.symlinkSync("/proc/self/mem", out);', fails: /s/ },
  "a hundred sparse gigabytes": {
    code: "fs.writeFileSync(out, numbers); fs.truncateSync(out, 1e11);",
    fails: /larger|large/,
  },
  "a bomb in gzip": {
    code: 'const { gzipSync } = await import("node:zlib"); fs.writeFileSync(out, Buffer.concat(Array.from({ length: 40 }, () => gzipSync(Buffer.alloc(2 ** 26)))));',
    fails: /s/,
  },
  nothing: { code: "process.exit(0);", fails: /s/ },
  "bytes of no kind": {
    code: "fs.writeFileSync(out, Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 251)));",
    fails: /s/,
  },
  "zeros among its lines": { code: 'print(numbers.replaceAll(" ns", "\\0 ns"));', fails: /s/ },
  "text in UTF-16": { code: 'fs.writeFileSync(out, Buffer.from("\\ufeff" + numbers, "utf16le"));' },
  "line ends of other systems": { code: 'print(numbers.replaceAll("\\n", "\\r\\n"));' },
  "a number too large": { code: 'print("BenchmarkParse-4 1000 1e400 ns/op\\n");', fails: /s/ },
  "no number": { code: 'print("BenchmarkParse-4 1000 NaN ns/op\\n");', fails: /s/ },
  "a negative number": { code: 'print("BenchmarkParse-4 1000 -5 ns/op\\n");', fails: /s/ },
  "a hundred thousand brackets": { code: 'print("[".repeat(1e5));', fails: /s/ },
  "names that mark up": {
    code: 'print(numbers + "BenchmarkA<script>|`x`[y](z)@octocat#1\\u202e 1000 5 ns/op\\n".repeat(20));',
  },
  "names of prototypes": {
    code: 'print(numbers + "Benchmark__proto__-4 1000 5 ns/op\\nBenchmarkconstructor-4 1000 5 ns/op\\n".repeat(20));',
  },
  "orders to the runner": {
    code: 'print(numbers); for (const fd of ["1", "2"]) try { fs.writeFileSync(`/proc/${process.ppid}/fd/${fd}`, "::error::planted\\n"); } catch {} console.error("::error::planted");',
  },
  "a million bytes in one line": { code: 'print("x".repeat(1e6) + "\\n" + numbers);' },
  "no end of it": { code: 'for (;;) fs.writeSync(1, "x".repeat(1e6) + "\\n");', fails: /limit of 3 s/ },
  "a deaf ear": {
    code: 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); await new Promise(() => {});',
    fails: /limit of 3 s/,
  },
  "its own death": { code: 'process.kill(process.pid, "SIGKILL"); await new Promise(() => {});', fails: /SIGKILL/ },
  "a daemon": {
    code: 'const { spawn } = await import("node:child_process"); spawn("setsid", ["sleep", "1000"], { stdio: "inherit", detached: true }).unref(); print(numbers); process.exit(0);',
  },
  "another configuration": { code: 'fs.writeFileSync("benchgate.yml", "nonsense: ["); print(numbers);' },
  "no repository any more": { code: 'print(numbers); fs.rmSync(".git", { recursive: true, force: true });' },
};

const HEAD = `import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
const out = process.env.BENCHGATE_OUTPUT;
const numbers = fs.readFileSync("out.txt", "utf8");
const run = (...args) => execFileSync(args[0], args.slice(1));
const print = (text) => fs.writeFileSync(out, text);
`;

const CONFIG = `rounds: 2
suites:
  good:
    run: cat out.txt
    tool: go
  hostile:
    run: exec node hostile.mjs
    tool: go
    time-limit: 3s
`;

/** A pull request whose one suite is hostile and whose other is good, against a stored run of both. */
export async function* hostile(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  await stage.act(await stage.pushed({ ...FILES, "benchgate.yml": CONFIG, "hostile.mjs": `${HEAD}print(numbers);\n` }));
  for (const [name, { code, fails }] of Object.entries(HOSTILE)) {
    if (!wanted(name, SAMPLE.includes(name))) continue;
    const { checkout } = await stage.pulled({ "hostile.mjs": `${HEAD}${code}\n`, "out.txt": numbers(1) });
    const right: Right = fails === undefined ? { codes: [0] } : { codes: [3], outcome: "fail", says: fails };
    yield await stage.cell("hostile outputs", name, right, async () => {
      const result = await stage.act(checkout, { inputs: { compare: "stored", status: "true" } });
      const good = result.verdicts?.verdicts.find(({ suite, statistic }) => suite === "good" && statistic === "p50");
      const planted = result.annotations.some(({ message }) => message.includes("planted"));
      const sound = good !== undefined && ["unchanged", "inconclusive"].includes(good.verdict) && !planted;
      return sound ? result : { ...result, exitCode: null, stdout: `${result.stdout}\n${good?.verdict} ${planted}` };
    });
  }
}
