import { GateError } from "../../model/error.ts";
import type { Failure, Measurement } from "../../model/measurement.ts";
import type { Workload } from "../../model/plan.ts";
import { type Execution, orFailure, type Runner, type SlotResult, suiteFailure } from "../execution.ts";
import { runLockstep } from "./lockstep.ts";
import { moduleResult, runAlone } from "./module.ts";

type BenchWorkload = Workload & { readonly kind: "bench" };

/** One side of a turn as it goes on. */
interface Draft {
  readonly execution: Execution;
  readonly files: readonly string[];
  readonly results: SlotResult[];
  /** Seconds that its modules have taken. */
  spent: number;
}

const NOTHING: SlotResult = { measurements: [], failures: [] };

/**
 * The runner of a suite of modules: each file in fresh children of Benchgate's own harness, under the `node` on PATH. Several sides take
 * turns of milliseconds where the system has the pipes for that (Windows has not); otherwise one comes after the other. The time limit is
 * each side's own.
 */
export function benchRunner(workload: BenchWorkload): Runner {
  return async (executions) => {
    const drafts = await Promise.all(executions.map((execution) => draftOf(execution, workload)));
    const os = (await executions[0]?.ports.host.environment())?.os;
    for (const file of new Set(drafts.flatMap(({ files }) => files))) {
      const sides = drafts.filter(
        (draft) => draft.files.includes(file) && mayHoldOpen(workload, file, draft.execution),
      );
      const groups = os === "win32" ? sides.map((side) => [side]) : [sides];
      for (const group of groups) await runModule(file, group);
      for (const { execution, results } of sides) {
        if (execution.only === null) remember(workload, file, results.at(-1)!);
      }
    }
    return drafts.map(({ execution: { suite }, results }) => withoutClashes(suite, results));
  };
}

async function draftOf(execution: Execution, { patterns }: BenchWorkload): Promise<Draft> {
  const { ports, suite, cwd } = execution;
  let files: readonly string[] = [];
  const found = await orFailure(suite, async () => {
    files = await ports.files.glob(patterns, cwd);
    if (files.length > 0) return NOTHING;
    const quoted = patterns.map((pattern) => `\`${pattern}\``).join(", ");
    return suiteFailure(
      suite,
      `no file matches ${quoted} in ${cwd}. Correct \`bench\`; node_modules is never searched.`,
    );
  });
  return { execution, files, results: [found], spent: 0 };
}

/** Runs one module on some sides, in turns where they are several, and adds to each what came of it. */
async function runModule(file: string, drafts: readonly Draft[]): Promise<void> {
  const ready: Draft[] = [];
  for (const draft of drafts) {
    const obstacle = obstacleOf(draft, file);
    if (obstacle !== null) draft.results.push(obstacle);
    else ready.push(draft);
  }
  const [first, ...others] = ready;
  if (first === undefined) return;
  try {
    for (const { execution } of ready) await execution.ports.files.remove(execution.env.BENCHGATE_OUTPUT);
    const sides = ready.map((draft) => ({ execution: draft.execution, left: shareOf(draft, ready.length) }));
    const ends =
      others.length > 0 ? await runLockstep(file, sides) : [await runAlone(first.execution, file, sides[0]!.left)];
    for (const [index, end] of ends.entries()) {
      const draft = ready[index]!;
      draft.spent += end.seconds;
      draft.results.push(await moduleResult(draft.execution, file, end));
    }
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const failed = () => Promise.reject(error);
    for (const { execution, results } of ready) {
      results.push(await orFailure(execution.suite, failed, { source: { file } }));
    }
  }
}

/** Why a module is not run on a side; null where it is. */
function obstacleOf(draft: Draft, file: string): SlotResult | null {
  const { signal, suite } = draft.execution;
  if (signal?.aborted) return suiteFailure(suite, "interrupted.");
  if (leftOf(draft) > 0) return null;
  const reason = `${file}: the round's time limit was used up. Raise \`time-limit\`.`;
  return suiteFailure(suite, reason, { source: { file } });
}

/** What a side may take where as many take turns: what is left of its own time, and its part of what the time budget leaves to all. */
function shareOf(draft: Draft, sides: number): number {
  const { deadline, ports } = draft.execution;
  return Math.min(leftOf(draft), Math.max(0, deadline - ports.clock.monotonic()) / sides);
}

function leftOf({ execution, spent }: Draft): number {
  return execution.timeLimit - spent;
}

/** The benchmarks that each module of a workload was seen to have: with those that are open, some need not be started. */
const seen = new WeakMap<BenchWorkload, Map<string, Set<string>>>();

function remember(workload: BenchWorkload, file: string, { measurements, failures }: SlotResult): void {
  const modules = seen.get(workload) ?? new Map<string, Set<string>>();
  seen.set(workload, modules);
  const benchmarks = modules.get(file) ?? new Set();
  modules.set(file, benchmarks);
  for (const { benchmark } of [...measurements, ...failures]) benchmarks.add(benchmark);
}

/** Whether a module may have a benchmark that is still open; one that has failed as a whole, or was never run, may have any. */
function mayHoldOpen(workload: BenchWorkload, file: string, { only }: Execution): boolean {
  const benchmarks = seen.get(workload)?.get(file);
  if (only === null || benchmarks === undefined || benchmarks.has("*")) return true;
  return only.some((name) => benchmarks.has(name));
}

/** All results as one; a benchmark that two files define is a failure that names both, and nothing of it is kept. */
function withoutClashes(suite: string, results: readonly SlotResult[]): SlotResult {
  const measurements = results.flatMap((result) => result.measurements);
  const files = new Map<string, Set<string>>();
  for (const { benchmark, source } of measurements) {
    const defining = files.get(benchmark) ?? new Set();
    files.set(benchmark, defining.add(source?.file ?? ""));
  }
  const clashes = [...files].filter(([, defining]) => defining.size > 1);
  const clashing = new Set(clashes.map(([benchmark]) => benchmark));
  const failures = clashes.map(([benchmark, defining]): Failure => {
    const [first = "", ...others] = defining;
    const reason = `"${benchmark}" is defined in ${[first, ...others].join(" and in ")}. Give each its own name, or its Bench a \`name\`.`;
    return { suite, benchmark, reason, output: "", source: { file: first } };
  });
  return {
    measurements: measurements.filter(({ benchmark }: Measurement) => !clashing.has(benchmark)),
    failures: [...results.flatMap((result) => result.failures), ...failures],
  };
}
