import { largest, smallest } from "../model/extremes.ts";
import type { Measurement } from "../model/measurement.ts";
import type { Recording } from "../model/recording.ts";
import { sampleCount } from "../stats/statistic.ts";

/** A load that makes fewer requests in a round makes none in some. */
const FEWEST_REQUESTS = 20;

/** Where more of a load's requests fail, it is for another service, or for one in another state. */
const MOST_FAILING = 0.5;

/** Where more of them fail, it is said: what fails may be slower, or faster, without being seen. */
const SOME_FAILING = 0.01;

/** What the user must know of a load that is worth a suite; null where nothing. */
export function loadNote(recording: Recording): string | null {
  const failing = failingShare(recording.rounds.flatMap((round) => round.measurements));
  if (failing < SOME_FAILING || failing > MOST_FAILING) return null;
  return `${Math.round(failing * 100)} % of its requests fail, on both sides alike. What those do is not measured: check that the load is for this service, and that the service has what it needs`;
}

/** Why a load that was run once would not be worth a suite; null where it would. */
export function loadTrouble(recording: Recording): string | null {
  const measurements = recording.rounds.flatMap((round) => round.measurements);
  const requests = requestsIn(measurements);
  if (requests !== null && requests < FEWEST_REQUESTS)
    return `it made ${requests} ${requests === 1 ? "request" : "requests"} in a round, too few to compare: a load that now and then makes none would fail the check. Make it longer, or have its users wait less`;
  const failing = failingShare(measurements);
  if (failing > MOST_FAILING)
    return `${Math.round(failing * 100)} % of its requests fail, and both sides fail alike: what it measures is not the work of the service. Check that the load is for this service, and that the service has what it needs`;
  return null;
}

/** The requests of the largest benchmark of a load, which is all of them where its tool adds them up; null where the tool tells no number. */
function requestsIn(measurements: readonly Measurement[]): number | null {
  const counts = measurements.map(requestsOf).filter((count) => count !== null);
  return counts.length === 0 ? null : largest(counts);
}

function requestsOf({ metric, distribution }: Measurement): number | null {
  return metric === "latency" ? sampleCount(distribution) : null;
}

/** The share of failing requests of a whole load: of its largest benchmark, where its tool tells several. One that fails alone is told of by its own row. */
function failingShare(measurements: readonly Measurement[]): number {
  const shares = measurements.flatMap(({ benchmark, metric, distribution }) =>
    metric === "error-rate" && distribution.kind === "value" ? [{ benchmark, share: distribution.value }] : [],
  );
  const most = requestsIn(measurements);
  const whole = measurements.find((each) => most !== null && requestsOf(each) === most)?.benchmark;
  const told = shares.find(({ benchmark }) => benchmark === whole)?.share;
  if (shares.length === 0) return 0;
  return told ?? smallest(shares.map(({ share }) => share));
}
