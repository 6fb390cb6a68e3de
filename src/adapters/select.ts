import { BROKEN_OFF, brokenOff } from "../codec/place.ts";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import type { Adapter, ToolOutput } from "./adapter.ts";
import { ADAPTERS } from "./index.ts";
import { documentsOf } from "./parse.ts";
import { profileKind } from "./profiles.ts";
import { refusal } from "./refused.ts";

/** The word that lets the output itself say which tool wrote it. */
const AUTO = "auto";

/**
 * The adapter called `tool`, or the one that recognises the output where `tool` is `auto`.
 * Throws a `GateError` for an unknown name (with the nearest right one), and where `auto` fits no tool or more than one; a profile is named.
 */
export function selectAdapter(tool: string, output: ToolOutput, adapters: readonly Adapter[] = ADAPTERS): Adapter {
  return tool === AUTO ? recognised(output, adapters) : adapterCalled(tool, adapters);
}

/** The adapter of that name, without looking at any output. Throws a `GateError` with the nearest right name where there is none. */
export function adapterCalled(tool: string, adapters: readonly Adapter[] = ADAPTERS): Adapter {
  const found = adapters.find(({ name }) => name === tool);
  if (found !== undefined) return found;
  const near = nearest(tool, [...adapters.map(({ name }) => name), AUTO]);
  const meant = near === null ? "" : `Did you mean ${JSON.stringify(near)}? `;
  throw new GateError(
    `There is no tool ${JSON.stringify(tool.slice(0, 100))}`,
    `${meant}\`benchgate parse --tool list\` shows them all`,
  );
}

function recognised(output: ToolOutput, adapters: readonly Adapter[]): Adapter {
  const whole = adapters.filter((adapter) => adapter.recognises(output));
  // What a program prints may stand around a result, which is looked for only where nothing else is seen in the output.
  const fitting = whole.length > 0 ? whole : adapters.filter((adapter) => documentsOf(adapter, output).length > 0);
  if (fitting.length === 1) return fitting[0]!;
  const tools = `Name the tool: ${list(fitting)}`;
  if (fitting.length > 1) throw new GateError("More than one tool could have written this output", tools, { line: 1 });
  const known = refusal(output);
  if (known !== null) throw known;
  const profile = profileKind(output);
  if (profile !== null)
    throw new GateError(
      `This is ${profile}: a profile is evidence, not a measurement`,
      "Give the output of the benchmark itself",
      { line: 1 },
    );
  const end = brokenOff(output.text);
  if (end !== null) throw new GateError(BROKEN_OFF.problem, BROKEN_OFF.remedy, { line: end });
  if (output.text.trim() === "") throw emptyOutput();
  throw new GateError(
    "No tool that we know has written this output",
    "Name the tool; `benchgate parse --tool list` shows them all. A program that prints no measurements can be timed: use `time` in place of `run` in `benchgate.yml`",
    { line: 1 },
  );
}

/** The error for an output in which there is nothing at all. */
export function emptyOutput(): GateError {
  return new GateError("it is empty: the tool wrote nothing", "Give the output of a run that came to its end", {
    line: 1,
  });
}

function list(adapters: readonly Adapter[]): string {
  return adapters.map(({ name }) => name).join(", ");
}
