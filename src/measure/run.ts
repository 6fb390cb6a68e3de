import type { Adapter } from "../adapters/adapter.ts";
import { selectAdapter } from "../adapters/select.ts";
import { GateError } from "../model/error.ts";
import type { Workload } from "../model/plan.ts";
import type { ProcessResult } from "../ports.ts";
import { argvOf, commandText } from "./command.ts";
import { cutShort, type Execution, orFailure, type SlotResult, suiteFailure } from "./execution.ts";
import { parseRound } from "./parse.ts";

/** Where a tool left its output, as the user would call the place, and what it says there. */
interface Found {
  readonly text: string;
  readonly place: string;
}

const STDOUT = "stdout";

/**
 * Runs a suite's command once and reads what its tool wrote: into `output`, else into $BENCHGATE_OUTPUT, else to
 * stdout.
 */
export function runCommand(execution: Execution, workload: Workload & { readonly kind: "run" }): Promise<SlotResult> {
  const { ports, adapters, suite, cwd, env, timeLimit } = execution;
  return orFailure(suite, async () => {
    // A file of the round before must not pass for this one's.
    if (workload.output !== null) await ports.files.remove(within(cwd, workload.output));
    await ports.files.remove(env.BENCHGATE_OUTPUT);
    const result = await ports.processes.run({ argv: argvOf(workload.command), cwd, env, timeLimit });
    const output = result.tail;
    const fail = (reason: string) => suiteFailure(suite, `\`${commandText(workload.command)}\` ${reason}`, { output });

    const short = cutShort(result, timeLimit);
    if (short !== null) return fail(short);
    const found = await findOutput(execution, workload.output, result);
    if (
      result.exitCode !== 0 &&
      !(found !== null && isComplete(adapters, workload.tool, found.text, result.exitCode))
    ) {
      return fail(`exited with code ${result.exitCode}.`);
    }
    if (found === null)
      return fail(`did not write ${workload.output}. Correct \`output\`, or have the tool write there.`);
    if (found.place === STDOUT && result.overflowed) {
      return fail("printed more than can be kept. Have the tool write to the file $BENCHGATE_OUTPUT instead.");
    }
    return orFailure(
      suite,
      () => {
        try {
          const adapter = selectAdapter(adapters, workload.tool, found.text);
          const parsed = parseRound(suite, adapter, found.text, { output });
          return workload.tool === "auto" ? { ...parsed, recognised: adapter.name } : parsed;
        } catch (error) {
          throw error instanceof GateError && error.position.file === undefined ? error.in(found.place) : error;
        }
      },
      { output },
    );
  });
}

async function findOutput(
  { ports, cwd, env }: Execution,
  output: string | null,
  result: ProcessResult,
): Promise<Found | null> {
  if (output !== null) {
    const text = await ports.files.readTextIfAny(within(cwd, output));
    return text === null ? null : { text, place: output };
  }
  const written = await ports.files.readTextIfAny(env.BENCHGATE_OUTPUT);
  if (written !== null && written.trim() !== "") return { text: written, place: "$BENCHGATE_OUTPUT" };
  return { text: result.stdout, place: STDOUT };
}

/** Whether the tool that wrote `text` ends with this exit code although its results are complete. */
function isComplete(adapters: readonly Adapter[], tool: string, text: string, exitCode: number | null): boolean {
  try {
    return exitCode !== null && selectAdapter(adapters, tool, text).exitCodes.includes(exitCode);
  } catch (error) {
    if (error instanceof GateError) return false;
    throw error;
  }
}

/** `path` as seen from `folder`, unless it is absolute (`/…`, `C:\…`). */
function within(folder: string, path: string): string {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${folder}/${path}`;
}
