// How Benchgate's own timing of processes compares with hyperfine's, on this machine: the same commands, in turns. Run it with
// `node bench/process-time.ts [turns]`; it needs hyperfine. The ratio is ours ÷ hyperfine's, the median over turns.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClock } from "../src/io/clock.ts";
import { createNetwork } from "../src/io/network.ts";
import { createProcesses } from "../src/io/processes.ts";
import type { Execution } from "../src/measure/execution.ts";
import { timeProcess } from "../src/measure/workloads/time.ts";
import type { Command } from "../src/model/plan.ts";

const TURNS = Number(process.argv[2] ?? 7);
const RUNS = 10;
const HYPERFINE = "hyperfine";

const COMMANDS: readonly { readonly name: string; readonly command: Command }[] = [
  { name: "true, no shell", command: { kind: "argv", argv: ["true"] } },
  { name: "node, no shell", command: { kind: "argv", argv: ["node", "-e", "0"] } },
  { name: "sleep 0.02, no shell", command: { kind: "argv", argv: ["sleep", "0.02"] } },
  { name: "sleep 0.02 in sh", command: { kind: "shell", line: "sleep 0.02", shell: "sh" } },
  { name: "node in sh", command: { kind: "shell", line: "node -e 0", shell: "sh" } },
  { name: "two programs in bash", command: { kind: "shell", line: "ls / | sort", shell: "bash" } },
];

/** Medians of one turn, in seconds and bytes; null where it was not told. */
interface Medians {
  readonly wall: number;
  readonly cpu: number | null;
  readonly memory: number | null;
}

const processes = createProcesses(process.env);
const folder = mkdtempSync(join(tmpdir(), "benchgate-process-time-"));

async function ours(command: Command): Promise<Medians> {
  const unused = undefined as never;
  const ports = { processes, clock: createClock(), network: createNetwork(), files: unused, host: unused };
  const env = { BENCHGATE_OUTPUT: join(folder, "unused"), BENCHGATE_ROUND: "1" };
  const execution: Execution = {
    ports,
    suite: "s",
    side: "candidate",
    cwd: folder,
    timeLimit: 60,
    deadline: Number.POSITIVE_INFINITY,
    skip: 0,
    only: null,
    env,
  };
  const [result] = await timeProcess({ kind: "time", command })([execution]);
  const of = (metric: string) => {
    const distribution = result?.measurements.find((each) => each.metric === metric)?.distribution;
    if (distribution?.kind === "samples") return median([...distribution.samples]);
    return distribution?.kind === "value" ? distribution.value : null;
  };
  return { wall: of("latency") ?? Number.NaN, cpu: of("cpu-time"), memory: of("memory") };
}

function hyperfines(command: Command): Medians {
  const file = join(folder, "hyperfine.json");
  const shell = command.kind === "argv" ? "none" : command.shell === "bash" ? "bash --noprofile --norc" : command.shell;
  const line = command.kind === "argv" ? command.argv.join(" ") : command.line;
  const args = ["--runs", String(RUNS), "--style", "none", "--export-json", file, "--shell", shell, line];
  execFileSync(HYPERFINE, args, { stdio: "ignore" });
  const [result] = (JSON.parse(readFileSync(file, "utf8")) as { results: HyperfineResult[] }).results;
  return {
    wall: result!.median,
    cpu: result!.user + result!.system,
    memory: result!.memory_usage_byte === undefined ? null : Math.max(...result!.memory_usage_byte),
  };
}

interface HyperfineResult {
  readonly median: number;
  readonly user: number;
  readonly system: number;
  readonly memory_usage_byte?: readonly number[];
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const ms = (seconds: number | null) => (seconds === null ? "-" : `${(seconds * 1000).toFixed(2)} ms`);
const ratio = (a: readonly (number | null)[], b: readonly (number | null)[]) => {
  const pairs = a.flatMap((value, i) => (value === null || b[i] === null || b[i] === undefined ? [] : value / b[i]!));
  return pairs.length === 0 ? "-" : median(pairs).toFixed(2);
};

console.log("| command | wall: ours | hyperfine | ratio | CPU: ours | hyperfine | ratio | peak memory: ours |");
console.log("| --- | --: | --: | --: | --: | --: | --: | --: |");
try {
  for (const { name, command } of COMMANDS) {
    const us: Medians[] = [];
    const them: Medians[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      if (turn % 2 === 0) us.push(await ours(command));
      them.push(hyperfines(command));
      if (turn % 2 === 1) us.push(await ours(command));
    }
    const of = (medians: readonly Medians[], key: keyof Medians) => medians.map((each) => each[key]);
    const told = (medians: readonly Medians[], key: keyof Medians) => {
      const values = of(medians, key).filter((value) => value !== null);
      return values.length === 0 ? null : median(values);
    };
    const memory = told(us, "memory");
    const cells = [
      name,
      ms(told(us, "wall")),
      ms(told(them, "wall")),
      ratio(of(us, "wall"), of(them, "wall")),
      ms(told(us, "cpu")),
      ms(told(them, "cpu")),
      ratio(of(us, "cpu"), of(them, "cpu")),
      memory === null ? "-" : `${(memory / 2 ** 20).toFixed(1)} MiB`,
    ];
    console.log(`| ${cells.join(" | ")} |`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
