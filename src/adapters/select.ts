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
  if (end !== null) {
    throw new GateError(
      "The JSON ends in the middle: its end is missing",
      "Give the whole output; the tool may have been stopped",
      {
        line: end,
      },
    );
  }
  throw new GateError(
    `No tool that we know has written this output${output.text.trim() === "" ? ": it is empty" : ""}`,
    "Name the tool; `benchgate parse --tool list` shows them all. A program that prints no measurements can be timed: use `time` in place of `run` in `benchgate.yml`",
    { line: 1 },
  );
}

/** The longest text that is looked into for a missing end. */
const LOOKED_INTO = 1 << 24;

/** The line on which a JSON document breaks off that began soundly; null where it is whole, or no JSON. */
function brokenOff(text: string): number | null {
  const start = text.trimStart();
  if (!/^[{[]/.test(start) || text.length > LOOKED_INTO) return null;
  try {
    JSON.parse(start);
    return null;
  } catch (error) {
    // What V8 says where nothing but the end is wrong.
    const { message } = error as Error;
    const at = message.startsWith("Unexpected end")
      ? start.length
      : Number(/at position (\d+)/.exec(message)?.[1] ?? 0);
    if (at < start.trimEnd().length) return null;
    return text.trimEnd().split("\n").length;
  }
}

function list(adapters: readonly Adapter[]): string {
  return adapters.map(({ name }) => name).join(", ");
}
