import type { ParsedRound } from "../../adapters/adapter.ts";
import { outputOf } from "../../adapters/reading/output.ts";
import { benchgate } from "../../adapters/tools/benchgate.ts";
import { GateError, placed } from "../../model/error.ts";
import type { ProcessResult } from "../../ports/index.ts";
import { cutShort, type Execution, orFailure, type SlotResult, suiteFailure } from "../execution.ts";
import { called, refuseOutside } from "../output.ts";
import { fileRounds } from "../rounds.ts";

/** The longest list of benchmarks that goes into a variable, in characters: systems bound a variable's length, and all of them together. */
const LONGEST_LIST = 30_000;

/** One side of a module: its execution, what its child finds in its environment, and the seconds that it has left. */
export interface Seated {
  readonly execution: Execution;
  readonly env: Readonly<Record<string, string>>;
  readonly left: number;
}

/**
 * What a module's child finds in its environment: beside the execution's own, which benchmarks are asked for; all of them where their names are too
 * many. `prefix` is what a name of the suite begins with where other modules have it too.
 */
export function narrowedEnv({ env, only, asked, suite }: Execution, prefix: string): Readonly<Record<string, string>> {
  if (only === null && asked === undefined) return env;
  if (only === null) {
    const like = { before: [`${suite}/`, `${suite}/${prefix}`], pattern: asked!.map(expressionOf).join("|") };
    return { ...env, BENCHGATE_LIKE: JSON.stringify(like) };
  }
  const own = only.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const list = JSON.stringify([...new Set([...only, ...own])]);
  return list.length > LONGEST_LIST ? env : { ...env, BENCHGATE_ONLY: list };
}

/** A pattern, in which `*` stands for any run of characters, as a regular expression. */
function expressionOf(pattern: string): string {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return `^${parts.join("[^]*")}$`;
}

/**
 * How long the benchmarks of a module are measured, for its child's environment. `tail` says of those that are known whether they are measured for
 * a p99; with a list of benchmarks that has `taken` so many characters there may be no room for it.
 */
export function timesEnv(
  times: "keep" | "auto" | "brief",
  tail: ReadonlyMap<string, boolean>,
  taken: number,
): Readonly<Record<string, string>> {
  if (times === "keep") return {};
  const list = JSON.stringify(Object.fromEntries(tail));
  return {
    BENCHGATE_TIMES: times,
    ...(tail.size > 0 && list.length + taken <= LONGEST_LIST && { BENCHGATE_TAIL: list }),
  };
}

/** Runs one module of one side in a child of its own: how that ended. */
export function runAlone(file: string, { execution, env, left }: Seated): Promise<ProcessResult> {
  const { ports, cwd } = execution;
  return ports.processes.run({ argv: ["node", ports.host.harness, file], cwd, env, timeLimit: left });
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
      await refuseOutside(ports.files, path, "$BENCHGATE_OUTPUT");
      const text = await called({ place: "$BENCHGATE_OUTPUT", path }, () => ports.files.readTextIfAny(path));
      if (end.exitCode !== 0 || text === null) {
        const words = lastWords(output, end.exitCode);
        return end.exitCode === UNFIT ? { ...fail(words), refusal: refusalOf(file, words) } : fail(words);
      }
      return placed({ file }, () => {
        const written = outputOf(text);
        const rounds = benchgate.parse(written);
        const left = leftIn(written.json());
        if (isEmpty(rounds) && (only !== null || left.length > 0)) return { measurements: [], failures: [], left };
        return { ...fileRounds(suite, benchgate, rounds, { output, source }), left };
      });
    },
    { source },
  );
}

/** A module that has none of the benchmarks that are asked for has nothing to say, and that is no failure. */
function isEmpty(rounds: readonly ParsedRound[]): boolean {
  return rounds.every(({ measurements, failures }) => measurements.length + failures.length === 0);
}

/** The benchmarks that the harness left out, beside the recording that it wrote. */
function leftIn(written: unknown): readonly string[] {
  const { left = [] } = written as { readonly left?: readonly string[] };
  return left;
}

/** The exit code by which the harness says that a module is no benchmark for it. */
const UNFIT = 2;

/** What the harness says of such a module as an error: its sentences are a problem and a remedy. */
function refusalOf(file: string, words: string): GateError {
  const [problem = "", ...remedy] = words.replace(/\.$/, "").split(". ");
  return new GateError(problem, remedy.join(". "), { file });
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
