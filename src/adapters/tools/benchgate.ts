import { decodeRecording } from "../../codec/recording.ts";
import { GateError } from "../../model/error.ts";
import type { Measurement, ToolMeasurement } from "../../model/measurement.ts";
import { RECORDING_SCHEMA } from "../../model/recording.ts";
import type { Adapter } from "../adapter.ts";

/**
 * The adapter of Benchgate's own format: any program that prints a recording, of which `{"schema", "rounds"}` is enough.
 * Suites that the recording names are left out: the suite that ran the program is the one that counts.
 */
export const benchgate: Adapter = {
  name: "benchgate",
  title: "Benchgate recording",
  command: "node my-benchmark.js > $BENCHGATE_OUTPUT",
  gives: { samples: true, p99: true, memory: true },
  exitCodes: [0],
  recognises: ({ text }) =>
    /^\uFEFF?\s*\{/.test(text) && /"schema"\s*:\s*"benchgate\.recording\/\d/.test(text.slice(0, 65_536)),
  parse({ text, json }) {
    const { rounds } = decodeRecording(text, json());
    if (rounds.length === 0) {
      throw new GateError(
        "the recording holds no rounds",
        `Print {"schema": "${RECORDING_SCHEMA}", "rounds": [{"measurements": […]}]}`,
      );
    }
    return rounds.map(({ measurements, failures }) => {
      refuseClashes(measurements);
      return {
        measurements: measurements.map(withoutSuite),
        failures: failures.map(({ benchmark, reason }) => ({ benchmark, reason })),
      };
    });
  },
};

function withoutSuite({ suite: _, ...measurement }: Measurement): ToolMeasurement {
  return measurement;
}

/** Two suites of one recording may hold a benchmark of one name; in one suite they cannot. */
function refuseClashes(measurements: readonly Measurement[]): void {
  const seen = new Set<string>();
  for (const { benchmark, metric } of measurements) {
    const key = JSON.stringify([benchmark, metric]);
    if (seen.has(key)) {
      const problem = `two suites of the recording hold the benchmark ${JSON.stringify(benchmark)} with ${metric}`;
      throw new GateError(problem, "Give each benchmark a name of its own: one suite runs the whole program");
    }
    seen.add(key);
  }
}
