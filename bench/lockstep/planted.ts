import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { keepBusy } from "./busy.ts";

/*
 * Does the gate find a planted +5 % in one of eight benchmarks at a threshold of 2 %, and nothing else? Real repositories, the real command
 * line: `node bench/lockstep/planted.ts --planted 10 --unchanged 20 --busy 0`.
 */

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));
const KERNELS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta"];
const SLOWED = "delta";
const STEPS = 20_000;

/** Time in proportion to the steps, whatever the compiler makes of it. */
const WORK = `function work(steps) {
  let x = 1;
  for (let i = 0; i < steps; i++) x = (Math.imul(x, 1664525) + 1013904223) | 0;
  return x;
}`;

const CONFIG = `suites:
  kernels:
    bench: bench/*.bench.mjs
budgets:
  - match: "*"
    latency: { p50: 2% }
`;

const { values } = parseArgs({
  options: {
    planted: { type: "string", default: "10" },
    unchanged: { type: "string", default: "20" },
    busy: { type: "string", default: "0" },
    /** Milliseconds a benchmark, side and pair. */
    time: { type: "string", default: "100" },
  },
});

/** What one run of the gate said. */
interface Said {
  readonly exitCode: number;
  readonly seconds: number;
  /** Benchmarks by verdict. */
  readonly verdicts: ReadonlyMap<string, readonly string[]>;
  readonly pairs: number;
}

const folder = mkdtempSync(join(tmpdir(), "benchgate-planted-"));
const stop = keepBusy(Number(values.busy));
try {
  const [planted, unchanged] = [repository("planted", 1.05), repository("unchanged", 1)];
  const rows: string[][] = [["repetition", "planted", "regression", "other", "pairs", "s", "exit code"]];
  let right = 0;
  let red = 0;
  for (const [kind, count, place] of [
    ["+5 %", Number(values.planted), planted],
    ["nothing", Number(values.unchanged), unchanged],
  ] as const) {
    for (let repetition = 1; repetition <= count; repetition++) {
      const said = await gate(place);
      const slower = said.verdicts.get("regression") ?? [];
      if (kind === "nothing" && said.exitCode !== 0) red++;
      if (kind !== "nothing" && slower.join() === SLOWED && said.exitCode === 1) right++;
      const others = [...said.verdicts].filter(([verdict]) => verdict !== "regression");
      const tally = others.map(([verdict, benchmarks]) => `${benchmarks.length} ${verdict}`).join(", ");
      rows.push([
        String(repetition),
        kind,
        slower.join(" ") || "-",
        tally,
        String(said.pairs),
        said.seconds.toFixed(0),
        String(said.exitCode),
      ]);
      process.stderr.write(`${rows.at(-1)!.join(" | ")}\n`);
    }
  }
  process.stdout.write(`${markdownTable(rows)}\n\n`);
  process.stdout.write(
    `planted: right in ${right} of ${values.planted}; nothing planted: red in ${red} of ${values.unchanged}\n`,
  );
  if (right < Number(values.planted) || red > 0) process.exitCode = 1;
} finally {
  stop();
  rmSync(folder, { recursive: true, force: true });
}

/** A repository of two commits, of which the second has one kernel do `factor` times the work. */
function repository(name: string, factor: number): string {
  const place = join(folder, name);
  mkdirSync(join(place, "bench"), { recursive: true });
  const git = (...argv: string[]) =>
    execFileSync("git", ["-c", "user.name=b", "-c", "user.email=b@example.com", ...argv], {
      cwd: place,
      stdio: "ignore",
    });
  const write = (slowed: number) => {
    const steps = (kernel: string) => Math.round(STEPS * (kernel === SLOWED ? slowed : 1));
    const sources = KERNELS.map((kernel) => `export const ${kernel} = () => work(${steps(kernel)});`);
    writeFileSync(join(place, "work.mjs"), `${WORK}\n${sources.join("\n")}\n`);
  };
  const imports = `import { ${KERNELS.join(", ")} } from "../work.mjs";`;
  writeFileSync(join(place, "bench/suite.bench.mjs"), `${imports}\nexport default { ${KERNELS.join(", ")} };\n`);
  writeFileSync(join(place, "benchgate.yml"), CONFIG);
  write(1);
  git("init", "-b", "main");
  git("add", ".");
  git("commit", "-m", "base");
  write(factor);
  // A change there is in any case: a commit wants one.
  writeFileSync(join(place, "README.md"), "head\n");
  git("add", ".");
  git("commit", "-m", "head");
  return place;
}

async function gate(place: string): Promise<Said> {
  const result = join(folder, "result.json");
  rmSync(result, { force: true });
  const began = performance.now();
  const argv = [CLI, "run", "--base", "HEAD~1", "--json", result];
  const child = spawn(process.execPath, argv, {
    cwd: place,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, BENCHGATE_TIME_MS: values.time },
  });
  const exitCode = await new Promise<number>((resolve) => child.once("exit", (code) => resolve(code ?? -1)));
  const seconds = (performance.now() - began) / 1000;
  const { verdicts } = JSON.parse(readFileSync(result, "utf8")) as {
    verdicts: readonly { benchmark: string; metric: string; verdict: string; rounds?: number }[];
  };
  const latencies = verdicts.filter(({ metric }) => metric === "latency");
  const grouped = new Map<string, string[]>();
  for (const { verdict, benchmark } of latencies) grouped.set(verdict, [...(grouped.get(verdict) ?? []), benchmark]);
  return { exitCode, seconds, verdicts: grouped, pairs: Math.max(...latencies.map(({ rounds = 0 }) => rounds)) };
}
