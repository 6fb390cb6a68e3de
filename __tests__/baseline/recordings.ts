import type { Environment } from "../../src/model/environment.ts";
import type { Recording } from "../../src/model/recording.ts";

/** A machine that exists nowhere. */
export const MACHINE: Environment = {
  os: "linux",
  arch: "x64",
  cpu: "Example 9000",
  cores: 4,
  runtime: "node 24.19.0",
};

/** A small sound recording of one commit. */
export function recordingOf(sha: string, environment: Environment = MACHINE, sample = 0.0012): Recording {
  return {
    revision: { sha, ref: "refs/heads/main", committedAt: "2026-01-01T00:00:00Z" },
    environment,
    rounds: [
      {
        session: "1/1",
        pair: 0,
        startedAt: "2026-01-01T00:00:01Z",
        measurements: [
          {
            suite: "parser",
            benchmark: "json",
            metric: "latency",
            unit: "s",
            better: "lower",
            distribution: { kind: "samples", samples: Float64Array.of(sample, 0.0013) },
          },
        ],
        failures: [],
      },
    ],
  };
}

/** The same with a failure in it. */
export function failedRecordingOf(sha: string): Recording {
  const recording = recordingOf(sha);
  const failure = { suite: "parser", benchmark: "json", reason: "exited with 1", output: "" };
  return { ...recording, rounds: recording.rounds.map((round) => ({ ...round, failures: [failure] })) };
}
