import { GateError, placed } from "../../../model/error.ts";
import type { ToolMeasurement } from "../../../model/measurement.ts";
import type { Adapter } from "../../adapter.ts";
import { field, opensWith, parseJson, readArray, readName, readObject, readString } from "../../reading/json.ts";
import { searched } from "../../reading/output.ts";
import { anyOf } from "../../reading/pattern.ts";
import { round } from "../../reading/round.ts";
import { textLines } from "../../reading/text-lines.ts";
import { ownUnit, secondsIn } from "../../reading/time-unit.ts";
import { isConsole, readConsole } from "./console.ts";
import { readFolder } from "./folder.ts";
import { perCall } from "./samples.ts";

const HINTS = {
  remedy: "Give each benchmark of a group a name of its own",
  nothing: "Give the folder target/criterion, or what `cargo criterion --message-format=json` or `cargo bench` prints",
};

const COMPLETE = '{"reason":"benchmark-complete"';
const PARTS = "This is one of the files that Criterion writes for each benchmark, and cannot be read alone";

/**
 * Criterion.rs: the folder `target/criterion`, the messages of `cargo criterion --message-format=json`, and, where nothing else is left, the console.
 *
 * Folder and messages hold the raw samples: each is the time of a batch of calls, divided by the calls here, so that percentiles are percentiles of
 * batch means (`batch-means`), never of calls. The console has one estimate. Throughput is the same numbers turned over and is left out,
 * as is `change`, which compares with whatever was in that folder before.
 *
 * The folder keeps benchmarks that were renamed or deleted: begin with an empty one. It does not say what a custom measurement measures;
 * `cargo criterion` does. What `--output-format bencher` prints is for `libtest`.
 */
export const criterion: Adapter = {
  name: "criterion",
  title: "Criterion.rs",
  command: "rm -rf target/criterion && cargo bench (`output: target/criterion`)",
  gives: { samples: true, p99: false, memory: false },
  exitCodes: [0],
  filter: { all: ".", only: (names) => anyOf(names) },
  recognises: (output) => {
    const text = searched(output);
    return text.includes(COMPLETE) || isConsole(text);
  },
  parse: ({ text }) => {
    if (
      opensWith(
        text,
        '{"group_id"',
        '{"sampling_mode"',
        '{"mean":{"confidence_interval"',
        '{"Mean":{"confidence_interval"',
        "group,function,value,",
      )
    )
      throw new GateError(PARTS, HINTS.nothing, { line: 1 });
    const messages = readMessages(text);
    return [round(messages.length > 0 ? messages : readConsole(text), HINTS)];
  },
  folder: {
    patterns: ["**/new/benchmark.json", "**/new/sample.json", "**/new/estimates.json"],
    parse: (files) => [round(readFolder(files), HINTS)],
  },
};

/** Every `benchmark-complete`; other messages and other lines tell of no benchmark, and what stands before one on its line is the program's own. */
function readMessages(text: string): ToolMeasurement[] {
  return textLines(text).flatMap((line) => {
    const start = line.text.indexOf(COMPLETE);
    return start < 0 ? [] : [placed({ line: line.number }, () => readMessage(line.text.slice(start), line.number))];
  });
}

function readMessage(text: string, line: number): ToolMeasurement {
  const message = readObject(parseJson(text, line), "");
  const unit = readString(field(message, "unit"), "unit");
  const scale = secondsIn(unit);
  const counts = readArray(field(message, "iteration_count"), "iteration_count");
  const values = readArray(field(message, "measured_values"), "measured_values");
  return {
    benchmark: readName(field(message, "id"), "id"),
    metric: scale === null ? ownUnit(unit) || "value" : "latency",
    unit: scale === null ? ownUnit(unit) || "1" : "s",
    better: "lower",
    ...perCall(values, counts, "measured_values", "iteration_count", scale ?? 1),
  };
}
