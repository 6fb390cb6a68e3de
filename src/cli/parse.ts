import { ADAPTERS } from "../adapters/index.ts";
import { encodeRecording } from "../codec/recording.ts";
import { DEFAULT_BUDGETS } from "../config/defaults.ts";
import { duration } from "../config/fields.ts";
import type { Flags } from "../io/argv.ts";
import { judge } from "../judge/judge.ts";
import { GateError } from "../model/error.ts";
import type { Budget } from "../model/plan.ts";
import { hasFailures, type Recording } from "../model/recording.ts";
import { terminalReport } from "../report/formats/terminal.ts";
import { toolList } from "../report/words/tool-list.ts";
import type { CliCommand } from "./command.ts";
import { readRecording } from "./read.ts";

/** A tool's output as a recording, or as a table for people. */
export const parse: CliCommand = {
  name: "parse",
  usage: "--tool NAME FILE [-o FILE | --table]",
  summary: "tool output → recording (- is stdin or stdout), or a table; --tool list shows all tools",
  flags: { tool: "value", suite: "value", output: "value", warmup: "value", table: "switch" },
  operands: 1,
  async run(flags, { ports, terminal }) {
    if (flags.value("tool") === "list") {
      terminal.out(toolList(ADAPTERS));
      return 0;
    }
    const [file] = flags.positionals;
    if (file === undefined) {
      throw new GateError(
        "parse reads one file",
        "Name it: `benchgate parse --tool NAME FILE -o FILE`, with `-` for stdin.",
      );
    }
    const options = { tool: flags.value("tool"), suite: flags.value("suite"), skip: warmupOf(flags) };
    const recording = await readRecording(file, options, { files: ports.files, terminal });
    const output = flags.value("output");
    if (flags.has("table")) terminal.out(tableOf(recording, terminal.columns));
    else if (output === null || output === "-") terminal.out(encodeRecording(recording));
    if (output !== null && output !== "-") await ports.files.writeText(output, encodeRecording(recording));
    for (const { benchmark, reason } of recording.rounds.flatMap((round) => round.failures)) {
      terminal.err(`benchgate: failed: ${benchmark}: ${reason}`);
    }
    return hasFailures(recording) ? 3 : 0;
  },
};

function warmupOf(flags: Flags): number {
  const written = flags.value("warmup");
  return written === null ? 0 : duration(written);
}

/** What was measured, in the rows of the report: every metric, also those that nothing is asked of. */
function tableOf(recording: Recording, width: number): string {
  const metrics = new Set(recording.rounds.flatMap(({ measurements }) => measurements.map(({ metric }) => metric)));
  const others = [...metrics].filter((name) => !DEFAULT_BUDGETS.some(({ metric }) => metric === name));
  const shown = others.map((metric): Budget => ({ ...SHOWN, metric }));
  const today = "1970-01-01";
  const rules = { budgets: [...DEFAULT_BUDGETS, ...shown], accept: [], onInconclusive: "pass", today } as const;
  const outcome = judge({ kind: "none", stored: 0, differs: [] }, recording, rules);
  return terminalReport({ ...outcome, warnings: [] }, { width, rows: Number.POSITIVE_INFINITY });
}

const SHOWN = {
  match: "*",
  statistic: "p50",
  threshold: null,
  limit: null,
  floor: 0,
  severity: "advisory",
  origin: "default",
} as const;
