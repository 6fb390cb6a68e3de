import type { Environment } from "../../model/environment.ts";
import { largest } from "../../model/extremes.ts";
import type { Recording, Revision } from "../../model/recording.ts";

/** What stands before the suites of a cell. */
export function prefixOf(cell: string): string {
  return cell === "" ? "" : `${cell}/`;
}

/** A recording of a cell, or of a part of it. */
interface Recorded {
  readonly name: string;
  readonly runner?: string | undefined;
  readonly recording: Recording;
}

/** The rounds of cells as those of one recording: suites under `cell/suite`, facts of the machine as far as all agree. */
export function merged(parts: readonly Recorded[], revision: Revision): Recording {
  const rounds = parts.flatMap(({ name, runner, recording }) => {
    const suites = new Map<string, string>();
    const named = <T extends { readonly suite: string }>(each: T): T => {
      const suite = suites.get(each.suite) ?? `${prefixOf(name)}${each.suite}`;
      suites.set(each.suite, suite);
      return { ...each, suite };
    };
    return recording.rounds.map((round) => ({
      ...round,
      // Runners count their pairs each for itself.
      ...(runner !== undefined && { runner, session: `${round.session} ${prefixOf(name)}${runner}` }),
      measurements: round.measurements.map(named),
      failures: round.failures.map(named),
      ...(round.notes !== undefined && { notes: round.notes.map(named) }),
      ...(round.exits !== undefined && { exits: round.exits.map(named) }),
    }));
  });
  return {
    revision,
    environment: common(parts.map(({ recording }) => recording.environment)),
    rounds,
  };
}

/** The facts on which all machines agree. */
export function common(environments: readonly Environment[]): Environment {
  const [first, ...others] = environments;
  const unknown = { os: "unknown", arch: "unknown", cpu: "unknown", cores: 0, runtime: "unknown" };
  if (first === undefined) return unknown;
  const shared = Object.entries(first).filter(([fact, value]) => others.every((other) => other[fact] === value));
  const machines = new Set(environments.map(({ cpu, cores }) => `${cores} ${cpu}`)).size;
  const several = machines > 1 ? { cpu: `${machines} kinds of machine`, cores: 0 } : {};
  return { ...unknown, ...Object.fromEntries(shared), ...several };
}

/** The histories of cells side by side, newest run first: a cell with fewer runs is missing from the older ones. */
export function historyOf(
  screened: readonly { readonly name: string; readonly baseline: readonly Recording[] }[],
): readonly Recording[] {
  const runs = largest(
    screened.map(({ baseline }) => baseline.length),
    0,
  );
  return Array.from({ length: runs }, (_, run) => {
    const parts = screened.flatMap(({ name, baseline }) => {
      const recording = baseline[run];
      return recording === undefined ? [] : [{ name, recording }];
    });
    return merged(parts, parts[0]!.recording.revision);
  });
}
