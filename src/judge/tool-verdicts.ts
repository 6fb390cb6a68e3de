import { keyOf } from "../model/key.ts";
import type { ToolExit } from "../model/measurement.ts";
import type { Recording, Round } from "../model/recording.ts";
import type { RoundShare, Warning } from "../model/warning.ts";
import { sampleCount } from "../stats/statistic.ts";
import { median } from "../stats/summary.ts";

/** Requests that differ by less than this share may do so by chance. */
const SAME_LOAD = 0.1;

/** A load of fewer than this share of the baseline's requests is another load, whatever its tool says. */
const HALF = 0.5;

/**
 * The tools' own verdicts on their rounds, by the exit codes of their commands, and loads that were cut short although no exit code says so. A
 * verdict on the candidate alone, or on more than half of its rounds beyond the baseline's, is a warning.
 */
export function toolVerdicts(baseline: readonly Recording[], candidate: Recording): readonly Warning[] {
  const before = baseline.flatMap(({ rounds }) => rounds);
  const verdicts = verdictsOn(before, candidate.rounds);
  const told = new Set(verdicts.filter(({ requests }) => requests !== null).map(({ suite }) => suite));
  return [...verdicts, ...shortLoads(before, candidate.rounds, told)];
}

type Verdict = Extract<Warning, { readonly code: "tool-verdict" | "tool-verdict-before" }>;

function verdictsOn(before: readonly Round[], after: readonly Round[]): readonly Verdict[] {
  const exits = [...after, ...before].flatMap((round) => round.exits ?? []);
  const found = new Map(exits.map((exit) => [keyOf(exit.suite, exit.exitCode), exit]));
  return [...found.values()].map((what): Verdict => {
    const [baseline, candidate] = [shareOf(before, what), shareOf(after, what)];
    const more = share(candidate) - share(baseline);
    const news = candidate.rounds > 0 && (baseline.rounds === 0 || more > HALF);
    const code = news ? "tool-verdict" : "tool-verdict-before";
    return { code, ...what, baseline, candidate, requests: requestsOf(what.suite, before, after, 1 - SAME_LOAD) };
  });
}

/** In how many of the rounds that ran the suite it ended so. */
function shareOf(rounds: readonly Round[], { suite, exitCode }: ToolExit): RoundShare {
  const ran = rounds.filter(({ measurements, failures }) =>
    [...measurements, ...failures].some((each) => each.suite === suite),
  );
  const ended = ran.filter(({ exits = [] }) =>
    exits.some((each) => each.suite === suite && each.exitCode === exitCode),
  );
  return { rounds: ended.length, of: ran.length };
}

function share({ rounds, of }: RoundShare): number {
  return of === 0 ? 0 : rounds / of;
}

/** Load suites, other than those in `told`, whose rounds are cut short although no exit code says so. */
function shortLoads(before: readonly Round[], after: readonly Round[], told: ReadonlySet<string>): readonly Warning[] {
  const loads = new Set(
    after.flatMap(({ measurements }) =>
      measurements.filter(({ loadModel }) => loadModel !== undefined).map(({ suite }) => suite),
    ),
  );
  return [...loads].flatMap((suite): Warning[] => {
    const requests = told.has(suite) ? null : requestsOf(suite, before, after, HALF);
    return requests === null ? [] : [{ code: "fewer-requests", suite, ...requests }];
  });
}

/** The requests that a round of each side holds, where the candidate has less than `share` of the baseline's; else null. */
function requestsOf(suite: string, before: readonly Round[], after: readonly Round[], share: number) {
  const [baseline, candidate] = [before, after].map((rounds) =>
    rounds.map((round) => requestsIn(round, suite)).filter((count) => count > 0),
  );
  if (!baseline?.length || !candidate?.length) return null;
  const requests = { baseline: median(baseline), candidate: median(candidate) };
  return requests.candidate < share * requests.baseline ? requests : null;
}

function requestsIn({ measurements }: Round, suite: string): number {
  return measurements
    .filter((each) => each.suite === suite && each.metric === "latency")
    .reduce((sum, { distribution }) => sum + (sampleCount(distribution) ?? 0), 0);
}
