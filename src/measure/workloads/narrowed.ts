import { ADAPTERS } from "../../adapters/index.ts";
import { type Command, commandText, type Workload } from "../../model/plan.ts";
import type { Execution } from "../execution.ts";
import { namesBenchmarks, withBenchmarks } from "./command.ts";

/** The longest command line that is narrowed, in bytes: Linux takes 128 KiB in one argument, Windows 32 KiB in all, its cmd 8 KiB. */
const LONGEST_LINE = { cmd: 7000, other: 30_000 } as const;

/** The most names that a filter has: Python's parser, for one, gives up at a thousand that are joined by `or`. */
const MOST_NAMES = 500;

/** A command that runs what is still to be measured, and the names that it was given; null where it runs all that it has, since it takes no names, or too few of them. */
export function narrowed(
  { command, tool }: Workload & { readonly kind: "run" },
  only: Execution["only"],
): { readonly command: Command; readonly named: readonly string[] | null } {
  const whole = withBenchmarks(command, filterOf(null, tool));
  if (only === null || !namesBenchmarks(command)) return { command: whole, named: null };
  const line = withBenchmarks(command, filterOf(only, tool));
  if (only.length > MOST_NAMES) return { command: whole, named: null };
  const most = command.kind === "shell" && command.shell === "cmd" ? LONGEST_LINE.cmd : LONGEST_LINE.other;
  if (new TextEncoder().encode(commandText(line)).length > most) return { command: whole, named: null };
  return { command: line, named: only };
}

/** What stands for `{benchmarks}`: the filter of the suite's tool. A configuration that names none with a filter is refused before. */
export function filterOf(only: Execution["only"], tool: string): string {
  const filter = ADAPTERS.find(({ name }) => name === tool)?.filter;
  if (filter === undefined) return "";
  return only === null ? filter.all : filter.only(only);
}
