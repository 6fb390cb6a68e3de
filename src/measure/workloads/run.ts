import { GateError } from "../../model/error.ts";
import type { ToolExit } from "../../model/measurement.ts";
import { commandText, type Workload } from "../../model/plan.ts";
import type { Files, ProcessResult } from "../../ports/index.ts";
import { cutShort, type Execution, orFailure, type SlotResult, suiteFailure } from "../execution.ts";
import { globOf, type OutputGlob, type Stamps, stampsIn, writtenSince } from "../folder.ts";
import { called, type Fitting, fitOutput, isForeign, type Output, refuseOutside } from "../output.ts";
import { preloadEnv } from "../profiling/order.ts";
import { failedAlone, fileRounds, onlyNamed } from "../rounds.ts";
import { argvOf } from "./command.ts";
import { countOnce, withCount } from "./count.ts";
import { exitWords, neverRan } from "./exit.ts";
import { narrowed } from "./narrowed.ts";
import { benchmarkName } from "./time.ts";

const STDOUT = "stdout";

/**
 * Runs a suite's command once and reads what its tool wrote: into `output`, a file, a folder or the files that fit a pattern, else into
 * $BENCHGATE_OUTPUT, else to stdout. A folder keeps what is in it, and only what the round wrote there counts; so it is with a pattern.
 */
export function runCommand(execution: Execution, workload: Workload & { readonly kind: "run" }): Promise<SlotResult> {
  const { ports, suite, cwd, timeLimit, skip, expected } = execution;
  const env = workload.times === "auto" ? { ...execution.env, ...shortTimesEnv(ports, execution.env) } : execution.env;
  const { files } = ports;
  return orFailure(suite, async () => {
    const glob = workload.output === null ? null : globOf(workload.output);
    if (workload.output !== null) {
      const path = within(cwd, glob === null ? workload.output : `${glob.folder}/x`);
      await refuseOutside(files, path.replace(/[\\/]+[^\\/]*$/, "/"), workload.output);
    }
    const before = workload.output === null ? null : await stampsBefore(files, cwd, workload.output, glob);
    // A file of the round before must not pass for this one's.
    if (workload.output !== null && before === null) await files.remove(within(cwd, workload.output));
    const given = { place: "$BENCHGATE_OUTPUT", path: env.BENCHGATE_OUTPUT };
    await called(given, () => files.remove(env.BENCHGATE_OUTPUT));
    const { command, named } = narrowed(workload, execution.only);
    const argv = argvOf(command);
    const result = await ports.processes.run({ argv, cwd, env, timeLimit });
    const output = result.tail;
    const fail = (reason: string) =>
      failedAlone(suiteFailure(suite, `\`${commandText(workload.command)}\` ${reason}`, { output }), named);
    if (neverRan(result.exitCode)) return { ...fail(exitWords(result.exitCode)), hopeless: true };

    const short = cutShort(result, timeLimit);
    if (short !== null) return fail(short);
    const found = await findOutput(execution, { output: workload.output, glob, before }, result);
    const overflowed = found?.place === STDOUT && result.overflowed;
    const fitting =
      found === null || overflowed ? null : await orError(fitOutput(found, { tool: workload.tool, files }));
    const verdict = verdictOf(suite, fitting, result.exitCode);
    if (result.exitCode !== 0 && verdict === null) return fail(await unexpected(fitting, result.exitCode, skip));
    if (overflowed) {
      return fail("printed more than can be kept. Have the tool write to the file $BENCHGATE_OUTPUT instead.");
    }
    if (found?.kind === "text" && found.text.trim() === "") {
      return unread(
        fail(
          "wrote nothing, neither into $BENCHGATE_OUTPUT nor to stdout. Have it print its results, or name the file that it writes as `output`. A program that prints none can be timed: use `time` in place of `run` in `benchgate.yml`.",
        ),
      );
    }
    if (fitting === null) {
      const place = workload.output;
      return unread(
        fail(
          `did not write ${before === null ? "" : "into "}${place}. Correct \`output\`, or have the tool write there.`,
        ),
      );
    }
    const told = await orFailure(
      suite,
      async () => {
        if (fitting instanceof GateError) throw fitting;
        const { adapter } = fitting;
        const read = onlyNamed(await fitting.read(skip, expected), adapter.filter?.keepsOthers ? named : null);
        const rounds = fileRounds(suite, adapter, read, { output });
        const parsed = verdict === null ? rounds : { ...rounds, exits: [verdict] };
        return workload.tool === "auto" ? { ...parsed, recognised: adapter.name } : parsed;
      },
      { output },
    );
    const filed = failedAlone(told, named);
    if (result.exitCode !== 0 || filed.measurements.length > 0) return filed;
    return fitting instanceof GateError || (await isForeign(fitting.adapter, found!)) ? unread(filed) : filed;
  });
}

/** The failure of a command that came to its end. */
function unread(failure: SlotResult): SlotResult {
  return { ...failure, unread: true };
}

/** What has tinybench, whoever imports it, give its benchmarks short times. */
function shortTimesEnv(ports: Execution["ports"], own: Execution["env"]): Readonly<Record<string, string>> {
  return ports.host.preload === undefined ? {} : { ...preloadEnv(ports, own), BENCHGATE_SHORT_TIMES: "1" };
}

/**
 * Has `run` followed by one more execution under a counter. The count is of the whole command: it is the benchmark's where there is one alone, else that of a benchmark with
 * the command's name.
 */
export function countedToo(
  run: (execution: Execution) => Promise<SlotResult>,
  { command }: Workload & { readonly kind: "run" },
): (execution: Execution) => Promise<SlotResult> {
  return async (execution) => {
    const result = await run(execution);
    const counted = result.failures.length > 0 ? undefined : await countOnce(execution, command);
    if (counted === undefined) return result;
    const [only, ...others] = new Set(result.measurements.map(({ benchmark }) => benchmark));
    const benchmark = only === undefined || others.length > 0 ? benchmarkName(command) : only;
    return withCount(result, { suite: execution.suite, benchmark }, counted);
  };
}

/** Null where what is there must be removed: a file. What fits a pattern may be anybody's, and stays. */
async function stampsBefore(
  files: Files,
  cwd: string,
  output: string,
  glob: OutputGlob | null,
): Promise<Stamps | null> {
  if (glob === null) return stampsIn(files, within(cwd, output));
  return (await stampsIn(files, within(cwd, glob.folder), [glob.pattern])) ?? new Map();
}

interface Place {
  readonly output: string | null;
  readonly glob: OutputGlob | null;
  readonly before: Stamps | null;
}

async function findOutput(
  { ports, cwd, env }: Execution,
  { output, glob, before }: Place,
  result: ProcessResult,
): Promise<Output | null> {
  if (output !== null && glob !== null) {
    const folder = within(cwd, glob.folder);
    const parts: Output[] = [];
    for (const path of await writtenSince(ports.files, folder, glob.pattern, before ?? new Map())) {
      const part = await openFile(ports, `${folder}/${path}`, glob.folder === "." ? path : `${glob.folder}/${path}`);
      if (part !== null) parts.push(part);
    }
    return parts.length === 0 ? null : { kind: "parts", place: output, parts };
  }
  if (output !== null) {
    const path = within(cwd, output);
    const isFolder = before !== null || (await ports.files.listFolder(path, [])) !== null;
    if (!isFolder) return openFile(ports, path, output);
    await refuseOutside(ports.files, path, output);
    return { kind: "folder", place: output, path, before: before ?? new Map() };
  }
  const written = await openFile(ports, env.BENCHGATE_OUTPUT, "$BENCHGATE_OUTPUT");
  if (written !== null && !(await isBlank(written))) return written;
  return { kind: "text", place: STDOUT, text: result.stdout };
}

type OpenFile = Output & { readonly kind: "file"; readonly path: string };

async function openFile({ files }: Execution["ports"], path: string, place: string): Promise<OpenFile | null> {
  const file = await called({ place, path }, () => files.open(path));
  // What it is comes first: a device is no file, wherever it lies.
  await refuseOutside(files, path, place);
  return file === null ? null : { kind: "file", place, path, file, text: () => files.readText(path) };
}

/** Whether a file holds nothing but spaces; a large one is not looked into. */
async function isBlank({ place, path, file, text }: OpenFile): Promise<boolean> {
  return file.size < 4096 && (await called({ place, path }, text)).trim() === "";
}

/** The verdict that the tool which wrote the output gives by this exit code; null where it gives none, or its results are not complete. */
function verdictOf(suite: string, fitting: Fitting | GateError | null, exitCode: number | null): ToolExit | null {
  if (fitting === null || fitting instanceof GateError) return null;
  const known = fitting.adapter.exitCodes.find((each) => each !== 0 && each.code === exitCode);
  return known ? { suite, exitCode: known.code, means: known.means } : null;
}

/** How a command ended whose exit code its tool does not give with complete results, though it may have written some. */
async function unexpected(fitting: Fitting | GateError | null, exitCode: number | null, skip: number): Promise<string> {
  if (fitting === null || fitting instanceof GateError) return exitWords(exitCode);
  const rounds = await orError(fitting.read(skip));
  if (rounds instanceof GateError || rounds.every(({ measurements }) => measurements.length === 0))
    return exitWords(exitCode);
  const { title, exitCodes } = fitting.adapter;
  const known = exitCodes.map((each) => (each === 0 ? 0 : each.code)).join(" or ");
  return `exited with code ${exitCode}, although there are results of ${title}: they count only where it ends with ${known}. Find out why it does not.`;
}

/** The result of a step, or the error that the user can act on. */
async function orError<T>(step: Promise<T>): Promise<T | GateError> {
  try {
    return await step;
  } catch (error) {
    if (error instanceof GateError) return error;
    throw error;
  }
}

/** `path` as seen from `folder`, unless it is absolute (`/…`, `C:\…`). */
function within(folder: string, path: string): string {
  return /^([\\/]|[A-Za-z]:[\\/])/.test(path) ? path : `${folder}/${path}`;
}
