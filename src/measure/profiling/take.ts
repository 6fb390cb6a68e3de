import { type Profile, together } from "../../explain/profile.ts";
import { bytesOf } from "../../explain/readers/bytes.ts";
import { readProfile } from "../../explain/readers/index.ts";
import { GateError } from "../../model/error.ts";
import type { Workload } from "../../model/plan.ts";
import type { Files, ProcessResult } from "../../ports/index.ts";
import { cutShort, type Execution, type SlotResult, suiteFailure } from "../execution.ts";
import { suiteFolder } from "../preflight.ts";
import type { MeasuredSide } from "../recorder.ts";
import { argvOf, withBenchmarks } from "../workloads/command.ts";
import { filterOf } from "../workloads/narrowed.ts";
import { underLoad } from "../workloads/service.ts";
import { orderEnv, preloadEnv, runsFor } from "./order.ts";
import type { ProfileMode, Target } from "./targets.ts";
import type { Way } from "./ways.ts";

/** One profiled round of one side. */
export interface ProfiledRound extends Pick<Execution, "ports" | "signal"> {
  readonly target: Target;
  readonly way: Way;
  readonly side: MeasuredSide;
  readonly mode: ProfileMode;
  readonly inlining: boolean;
  /** An empty folder of its own. */
  readonly folder: string;
  /** Seconds. */
  readonly timeLimit: number;
}

/** The most of a profile that is read, in bytes. */
const MOST_BYTES = 128 * 2 ** 20;

/** Runs what is to be explained once, under a profiler: what that saw. Nothing of what it measures is kept. Throws a `GateError` where there is no profile. */
export async function takeProfile(round: ProfiledRound): Promise<Profile> {
  const profile = await takeAny(round);
  const isOfMemory = profile.unit === "B";
  if (isOfMemory === (round.mode !== "cpu")) return profile;
  const [found, wanted] = isOfMemory ? ["memory", "time"] : ["time", "memory"];
  throw missing(`its profile is of ${found}, and ${wanted} is asked about: $BENCHGATE_PROFILE_MODE says so`);
}

async function takeAny(round: ProfiledRound): Promise<Profile> {
  const { way, folder, ports } = round;
  const file = `${folder}/profile`;
  switch (way.kind) {
    case "harness":
      await runModule(round, file);
      return readFile(ports.files, file);
    case "node":
      await runProgram(round);
      return readFolder(ports.files, folder);
    case "service":
      await runService(round, async (execution) => {
        const result = await load(round, execution);
        if (result.failures.length === 0) await written(round, execution.deadline);
        return result;
      });
      return readFolder(ports.files, folder);
    case "command":
      await runCommand(round, way, file);
      return readFile(ports.files, file);
  }
}

async function runModule(round: ProfiledRound, file: string): Promise<void> {
  const { ports, target, side, mode, inlining, timeLimit } = round;
  const { suite, benchmark } = target;
  const place = suite.folder === undefined ? target.file : (target.file?.slice(suite.folder.length + 1) ?? null);
  if (place === null) throw missing("its benchmark's file is not known");
  // Where several modules have the name, the suite's begins with an end of the path.
  const names = benchmark.split(" / ").map((_, index, parts) => parts.slice(index).join(" / "));
  const runs = runsFor(target.seconds);
  const env = {
    ...executionEnv(round),
    BENCHGATE_ONLY: JSON.stringify(names),
    ...orderEnv(file, { mode, inlining, ...(runs !== undefined && { runs }) }),
  };
  const cwd = suiteFolder(side.cwd, suite.folder);
  checked(await ports.processes.run({ argv: ["node", ports.host.harness, place], cwd, env, timeLimit }), timeLimit);
}

async function runProgram(round: ProfiledRound): Promise<void> {
  const { ports, target, side, folder, mode, inlining, timeLimit } = round;
  const { suite } = target;
  const workload = suite.workload as Exclude<Workload, { readonly kind: "bench" }>;
  const { command } = workload;
  const filled = workload.kind === "run" ? withBenchmarks(command, filterOf(null, workload.tool)) : command;
  const env = { ...executionEnv(round), ...orderEnv(folder, { mode, inlining }), ...preloadEnv(ports, suite.env) };
  const cwd = suiteFolder(side.cwd, suite.folder);
  // The exit code is the tool's own affair: it may give a verdict by it.
  const result = await ports.processes.run({ argv: argvOf(filled), cwd, env, timeLimit });
  if (cutShort(result, timeLimit) !== null) checked(result, timeLimit);
}

/** Puts the service under `work`, the profiler in the service alone. */
async function runService(round: ProfiledRound, work: (execution: Execution) => Promise<SlotResult>): Promise<void> {
  const { ports, target, side, folder, mode, inlining, way, timeLimit } = round;
  const { suite } = target;
  const env = {
    ...executionEnv(round),
    ...(way.kind === "service" && {
      ...orderEnv(folder, { mode, inlining, until: untilOf(folder) }),
      ...preloadEnv(ports, suite.env),
    }),
  };
  const execution: Execution = {
    ports,
    suite: suite.name,
    side: side.name,
    cwd: suiteFolder(side.cwd, suite.folder),
    timeLimit,
    deadline: ports.clock.monotonic() + timeLimit,
    skip: 0,
    only: null,
    env,
    ...(round.signal && { signal: round.signal }),
  };
  const [result] = await underLoad(suite.service!, { run: work, warmup: false })([execution]);
  const failure = result?.failures[0];
  if (failure !== undefined) throw missing(failure.reason);
}

/** How long a service may take to write its profile, and how often it is looked whether it has, in seconds. */
const WRITING = { longest: 20, pulse: 0.05 } as const;

function untilOf(folder: string): string {
  return `${folder}/enough`;
}

/** Asks a service for its profile while it still runs, and waits for that: one that is ended may be killed before it has written it. */
async function written({ ports: { files, clock }, folder, signal }: ProfiledRound, deadline: number): Promise<void> {
  await files.write(untilOf(folder), "");
  const end = Math.min(clock.monotonic() + WRITING.longest, deadline);
  while (clock.monotonic() < end && !signal?.aborted) {
    // One that gets its name while the folder is listed is listed the next time.
    const found = (await files.listFolder(folder, ["*.cpuprofile", "*.heapprofile", "*.part"]).catch(() => null)) ?? [];
    if (found.length > 0 && found.every(({ path }) => !path.endsWith(".part"))) return;
    await clock.sleep(WRITING.pulse);
  }
}

async function load({ ports, target, side }: ProfiledRound, execution: Execution): Promise<SlotResult> {
  const { suite } = target;
  const workload = suite.workload as Workload & { readonly kind: "run" };
  const env = Object.fromEntries(
    Object.entries(execution.env).filter(([name]) => !name.startsWith("BENCHGATE_PROFILE") && name !== "NODE_OPTIONS"),
  );
  const argv = argvOf(withBenchmarks(workload.command, filterOf(null, workload.tool)));
  const cwd = suiteFolder(side.cwd, suite.folder);
  const { timeLimit } = execution;
  const given = { ...env, ...suite.env, BENCHGATE_OUTPUT: execution.env.BENCHGATE_OUTPUT };
  const result = await ports.processes.run({ argv, cwd, env: given, timeLimit });
  const short = cutShort(result, timeLimit);
  return short === null ? { measurements: [], failures: [] } : suiteFailure(suite.name, short);
}

async function runCommand(
  round: ProfiledRound,
  { command }: Way & { readonly kind: "command" },
  file: string,
): Promise<void> {
  const { ports, target, side, mode, timeLimit } = round;
  const profile = async (env: Readonly<Record<string, string>>) => {
    const cwd = suiteFolder(side.cwd, target.suite.folder);
    const given = { ...env, BENCHGATE_PROFILE: file, BENCHGATE_PROFILE_MODE: mode };
    checked(await ports.processes.run({ argv: argvOf(command), cwd, env: given, timeLimit }), timeLimit);
  };
  if (target.suite.service === undefined) return profile(executionEnv(round));
  // The profiler watches the service while it is under its load.
  await runService(round, async (execution) => {
    const [result] = await Promise.all([load(round, execution), profile(execution.env)]);
    return result;
  });
}

function executionEnv({ target, folder }: ProfiledRound) {
  return { ...target.suite.env, BENCHGATE_OUTPUT: `${folder}/output`, BENCHGATE_ROUND: "0" };
}

function checked(result: ProcessResult, timeLimit: number): void {
  const short = cutShort(result, timeLimit);
  if (short !== null) throw missing(`the profiled round ${short}`);
  if (result.exitCode === 0) return;
  const last = result.tail.trimEnd().split("\n").at(-1) ?? "";
  throw missing(`the profiled round exited with code ${result.exitCode}${last === "" ? "" : `: ${last}`}`);
}

function missing(problem: string): GateError {
  return new GateError(problem, "Run the profiler by hand to see why", {}, "measure");
}

async function readFolder(files: Files, folder: string): Promise<Profile> {
  const found = (await files.listFolder(folder, ["*.cpuprofile", "*.heapprofile"])) ?? [];
  const profiles: Profile[] = [];
  for (const { path } of found) profiles.push(await readFile(files, `${folder}/${path}`));
  const whole = together(profiles);
  if (whole === null) throw missing("the profiled round left no profile: no Node process of it ended by itself");
  return whole;
}

async function readFile(files: Files, path: string): Promise<Profile> {
  const opened = await files.open(path);
  if (opened === null) throw missing("the profiled round left no file at $BENCHGATE_PROFILE");
  if (opened.size > MOST_BYTES) throw missing(`the profile has more than ${MOST_BYTES / 2 ** 20} MiB`);
  return readProfile(await bytesOf(opened.chunks()), "the profile");
}
