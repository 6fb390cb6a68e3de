import type { Ports } from "../../ports/index.ts";
import type { ProfileMode } from "./targets.ts";

/** What a process is asked to profile: the environment that asks it. `path`: a file, or a folder; `until`: a file that ends it. */
export function orderEnv(
  path: string,
  {
    mode,
    inlining,
    runs,
    until,
  }: { readonly mode: ProfileMode; readonly inlining: boolean; readonly runs?: number; readonly until?: string },
): Readonly<Record<string, string>> {
  return {
    BENCHGATE_PROFILE: path,
    BENCHGATE_PROFILE_MODE: mode,
    ...(inlining && { BENCHGATE_PROFILE_INLINING: "1" }),
    ...(until !== undefined && { BENCHGATE_PROFILE_UNTIL: until }),
    ...(runs !== undefined && { BENCHGATE_PROFILE_RUNS: String(runs) }),
  };
}

/** What has Node load the profiler first, beside the options that it has. */
export function preloadEnv(
  { host }: Pick<Ports, "host">,
  own: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const { url, options } = host.preload!;
  return { NODE_OPTIONS: [own.NODE_OPTIONS ?? options, `--import ${url}`].filter(Boolean).join(" ") };
}

/** How much of its own time a benchmark is profiled for, in seconds: some 500 samples and more. */
const WINDOW = 0.4;
/** The slower side takes at most so long. */
const LONGEST = 2;
const RUNS = { least: 3, most: 2_000_000 } as const;

/** How many operations are profiled on both sides, by what one takes on each; as many as the benchmark itself wants where that is not known. */
export function runsFor(seconds: { readonly baseline: number; readonly candidate: number } | null): number | undefined {
  if (seconds === null) return undefined;
  const { baseline, candidate } = seconds;
  const wanted = Math.min(WINDOW / baseline, LONGEST / Math.max(baseline, candidate));
  return Math.round(Math.min(Math.max(wanted, RUNS.least), RUNS.most));
}
