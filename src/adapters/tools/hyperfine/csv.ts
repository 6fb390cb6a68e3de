import type { ToolMeasurement } from "../../../model/measurement.ts";
import { opensWith } from "../../reading/json.ts";
import { readCell, readNameCell, readRecords } from "../../reading/records.ts";

/** What is said of an output without benchmarks, and of two equal names. */
export const HINTS = {
  remedy: "Name them with `--command-name`",
  nothing: "Run hyperfine with at least one command and `--export-json`",
};

const HEADER = "command,mean,stddev,median,user,system,min,max";
const PARAMETER = "parameter_";
const REMEDY = "Give what `--export-json` writes";

/** Whether a text is what `--export-csv` writes. */
export function isCsv(text: string): boolean {
  return opensWith(text, HEADER);
}

/**
 * The commands of `--export-csv`, each by the median of its runs in seconds, whatever `--time-unit` says. The file tells neither the runs nor how many they
 * were, nor whether one failed.
 */
export function readCsv(text: string): readonly ToolMeasurement[] {
  return readRecords(text).map((record) => {
    const parameters = Object.entries(record.cells)
      .filter(([column]) => column.startsWith(PARAMETER))
      .map(([column, value]) => [column.slice(PARAMETER.length), value] as const);
    const value = readCell(record, "median", REMEDY);
    return {
      benchmark: nameWith(readNameCell(record, "command", REMEDY), parameters),
      metric: "latency",
      unit: "s",
      better: "lower",
      distribution: { kind: "value", value, exact: false },
    };
  });
}

/** A command with its parameters: `sort (n=10)`. */
export function nameWith(command: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  const given = parameters.map(([name, value]) => `${name}=${value}`);
  return given.length === 0 ? command : `${command} (${given.join(", ")})`;
}
