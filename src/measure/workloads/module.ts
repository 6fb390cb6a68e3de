import { outputOf } from "../../adapters/reading/output.ts";
import { benchgate } from "../../adapters/tools/benchgate.ts";
import { placed } from "../../model/error.ts";
import type { ProcessResult } from "../../ports/index.ts";
import { cutShort, type Execution, orFailure, type SlotResult, suiteFailure } from "../execution.ts";
import { called } from "../output.ts";
import { parseRound } from "../rounds.ts";

/** The longest list of benchmarks that goes into a variable, in characters: systems bound a variable's length, and all of them together. */
const LONGEST_LIST = 30_000;

/** The environment of a module's child: beside the execution's own, the benchmarks that are still asked for; all of them where they are too many. */
export function moduleEnv({ env, only }: Execution): Readonly<Record<string, string>> {
  const list = JSON.stringify(only);
  return only === null || list.length > LONGEST_LIST ? env : { ...env, BENCHGATE_ONLY: list };
}

/** Runs one module of one side in a child of its own: how that ended. */
export function runAlone(execution: Execution, file: string, timeLimit: number): Promise<ProcessResult> {
  const { ports, cwd } = execution;
  return ports.processes.run({ argv: ["node", ports.host.harness, file], cwd, env: moduleEnv(execution), timeLimit });
}

/** What a module's child, which ended so, has recorded; a failure that says why where it has not. */
export function moduleResult(execution: Execution, file: string, end: ProcessResult): Promise<SlotResult> {
  const { ports, suite, env, only, timeLimit } = execution;
  const source = { file };
  const { tail: output } = end;
  const fail = (reason: string) => suiteFailure(suite, `${file}: ${reason}`, { output, source });
  return orFailure(
    suite,
    async () => {
      const short = cutShort(end, timeLimit);
      if (short !== null) return fail(short);
      const path = env.BENCHGATE_OUTPUT;
      const text = await called({ place: "$BENCHGATE_OUTPUT", path }, () => ports.files.readTextIfAny(path));
      if (end.exitCode !== 0 || text === null) return fail(lastWords(output, end.exitCode));
      return placed({ file }, () =>
        only !== null && isEmpty(text)
          ? { measurements: [], failures: [] }
          : parseRound(suite, benchgate, text, { output, source }),
      );
    },
    { source },
  );
}

/** A module that has none of the benchmarks that are asked for has nothing to say, and that is no failure. */
function isEmpty(text: string): boolean {
  return benchgate
    .parse(outputOf(text))
    .every(({ measurements, failures }) => measurements.length + failures.length === 0);
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
