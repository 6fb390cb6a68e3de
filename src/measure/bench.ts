import { benchgate } from "../adapters/benchgate.ts";
import { GateError } from "../model/error.ts";
import type { Failure, Measurement } from "../model/measurement.ts";
import type { Workload } from "../model/plan.ts";
import { cutShort, type Execution, orFailure, type SlotResult, suiteFailure } from "./execution.ts";
import { parseRound } from "./parse.ts";

/**
 * Runs each module that the patterns name once, in a fresh child of Benchgate's own harness, under the `node` on PATH.
 */
export function runModules(execution: Execution, workload: Workload & { readonly kind: "bench" }): Promise<SlotResult> {
  const { ports, suite, cwd, timeLimit } = execution;
  return orFailure(suite, async () => {
    const files = await ports.files.glob(workload.patterns, cwd);
    if (files.length === 0) {
      const patterns = workload.patterns.map((pattern) => `\`${pattern}\``).join(", ");
      return suiteFailure(
        suite,
        `no file matches ${patterns} in ${cwd}. Correct \`bench\`; node_modules is never searched.`,
      );
    }
    const deadline = ports.clock.monotonic() + timeLimit;
    const results: SlotResult[] = [];
    for (const file of files) {
      const left = deadline - ports.clock.monotonic();
      results.push(
        left > 0
          ? await runModule(execution, file, left)
          : suiteFailure(suite, `${file}: the round's time limit was used up. Raise \`time-limit\`.`, {
              source: { file },
            }),
      );
    }
    return withoutClashes(suite, results);
  });
}

function runModule({ ports, suite, cwd, env, timeLimit }: Execution, file: string, left: number): Promise<SlotResult> {
  const source = { file };
  return orFailure(
    suite,
    async () => {
      await ports.files.remove(env.BENCHGATE_OUTPUT);
      const result = await ports.processes.run({ argv: ["node", ports.host.harness, file], cwd, env, timeLimit: left });
      const output = result.tail;
      const fail = (reason: string) => suiteFailure(suite, `${file}: ${reason}`, { output, source });
      const short = cutShort(result, timeLimit);
      if (short !== null) return fail(short);
      const text = await ports.files.readTextIfAny(env.BENCHGATE_OUTPUT);
      if (result.exitCode !== 0 || text === null) return fail(lastWords(output, result.exitCode));
      try {
        return parseRound(suite, benchgate, text, { output, source });
      } catch (error) {
        throw error instanceof GateError ? error.in(file) : error;
      }
    },
    { source },
  );
}

/** The harness ends with one line that says what is wrong and what to do. */
const COMPLAINT = /^benchgate: (.+)$/gm;

function lastWords(output: string, exitCode: number | null): string {
  const complaint = [...output.matchAll(COMPLAINT)].at(-1)?.[1];
  if (complaint !== undefined) return complaint;
  return exitCode === 0
    ? "the module ended the process before its benchmarks were done. Remove `process.exit()` from it."
    : `exited with code ${exitCode}.`;
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
