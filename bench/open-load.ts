import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";

/*
 * Does the gate prove a regression of p99 alone under an open load, and is it never red where nothing changed? The service and the load of
 * examples/http-service, 1,500 requests a round at 250 a second, and a candidate that stalls for 8 ms in 1 of 40 requests. Real repositories, the
 * real command line, the default thresholds. A pair takes about 13 s:
 *
 *   npm run bench:open-load -- --planted 3 --runs 20 --pairs 12
 */

const { values } = parseArgs({
  options: {
    /** Gates of a candidate that stalls. */
    planted: { type: "string", default: "3" },
    /** Gates of a candidate in which nothing changed. */
    runs: { type: "string", default: "20" },
    pairs: { type: "string", default: "12" },
  },
});

const CLI = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const EXAMPLE = fileURLToPath(new URL("../examples/http-service", import.meta.url));
const RATE = 250;
const EVERY = 40;
const STALL = 8;

const CONFIG = `suites:
  api:
    serve: node server.js
    ready: http://127.0.0.1:$PORT/health
    run: node load.js
    tool: benchgate
`;

/** What the handler of the candidate begins with: the whole process does nothing else meanwhile. */
const STALLING = `
  if (++count % ${EVERY} === 0) for (const end = performance.now() + ${STALL}; performance.now() < end; );`;

interface Verdict {
  readonly benchmark: string;
  readonly metric: string;
  readonly statistic: string;
  readonly verdict: string;
  readonly ratio: number;
  readonly interval?: { readonly lower: number | null; readonly upper: number | null };
  readonly rounds?: number;
}

const server = readFileSync(join(EXAMPLE, "server.js"), "utf8");
const stalling = replaced(
  replaced(server, "const server =", "let count = 0;\nconst server ="),
  "  await sleep(STORE);",
  `${STALLING}\n  await sleep(STORE);`,
);

const folder = mkdtempSync(join(tmpdir(), "benchgate-open-load-"));
try {
  createRepository();
  const rows: string[][] = [["gate", "exit code", "p50", "p99", "pairs", "s", "load average"]];
  const right = { planted: 0, unchanged: 0 };
  const counts = { planted: Number(values.planted), unchanged: Number(values.runs) };
  for (const kind of ["planted", "unchanged"] as const) {
    writeFileSync(join(folder, "server.js"), kind === "planted" ? stalling : server);
    for (let repetition = 1; repetition <= counts[kind]; repetition++) {
      const { exitCode, verdicts, seconds } = await gate();
      const [p50, p99] = ["p50", "p99"].map((statistic) => latency(verdicts, statistic));
      const proven = exitCode === 1 && p99?.verdict === "regression" && p50?.verdict !== "regression";
      if (kind === "planted" ? proven : exitCode === 0) right[kind]++;
      const load = loadavg()[0]!.toFixed(1);
      rows.push([
        `${kind} ${repetition}`,
        String(exitCode),
        words(p50),
        words(p99),
        String(p99?.rounds),
        seconds,
        load,
      ]);
      process.stderr.write(`${rows.at(-1)!.join(" | ")}\n`);
    }
  }
  process.stdout.write(`${markdownTable(rows)}\n\n`);
  const proven = `p99 alone proven in ${right.planted} of ${counts.planted} gates`;
  process.stdout.write(`${proven}; nothing planted: green in ${right.unchanged} of ${counts.unchanged}\n`);
  if (right.planted < counts.planted || right.unchanged < counts.unchanged) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A text with one part replaced; throws where the example has lost that part. */
function replaced(text: string, part: string, by: string): string {
  if (!text.includes(part)) throw new Error(`examples/http-service has no \`${part}\` any more`);
  return text.replace(part, () => by);
}

/** The base: the example at this load. */
function createRepository(): void {
  copyFileSync(join(EXAMPLE, "package.json"), join(folder, "package.json"));
  const load = replaced(readFileSync(join(EXAMPLE, "load.js"), "utf8"), "RATE = 500", `RATE = ${RATE}`);
  const files = { "server.js": server, "load.js": load, "benchgate.yml": CONFIG, ".gitignore": "result.json\n" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  for (const argv of [
    ["init", "-b", "main"],
    ["add", "."],
    ["commit", "-m", "base"],
  ]) {
    const author = ["-c", "user.name=b", "-c", "user.email=b@example.com"];
    execFileSync("git", [...author, ...argv], { cwd: folder, stdio: "ignore" });
  }
}

async function gate(): Promise<{ exitCode: number; verdicts: readonly Verdict[]; seconds: string }> {
  const result = join(folder, "result.json");
  rmSync(result, { force: true });
  const began = performance.now();
  const argv = [CLI, "run", "--base", "HEAD", "--rounds", values.pairs, "--json", result];
  const child = spawn(process.execPath, argv, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  const exitCode = await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const { verdicts } = JSON.parse(readFileSync(result, "utf8")) as { verdicts: readonly Verdict[] };
  return { exitCode, verdicts, seconds };
}

function latency(verdicts: readonly Verdict[], statistic: string): Verdict | undefined {
  return verdicts.find((each) => each.metric === "latency" && each.statistic === statistic);
}

function words(verdict: Verdict | undefined): string {
  if (verdict === undefined) return "-";
  const { verdict: said, ratio, interval } = verdict;
  const [lower, upper] = [interval?.lower, interval?.upper].map((end) => end?.toFixed(2) ?? "-");
  return `${said} ${ratio.toFixed(2)} (${lower} … ${upper})`;
}
