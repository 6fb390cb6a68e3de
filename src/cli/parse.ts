import { ADAPTERS } from "../adapters/index.ts";
import { encodeRecording } from "../codec/recording.ts";
import { DEFAULT_BUDGETS } from "../config/defaults.ts";
import { DURATION } from "../config/settings.ts";
import { statuses } from "../config/statuses.ts";
import { judge } from "../judge/judge.ts";
import { GateError } from "../model/error.ts";
import { sentenceOf } from "../model/measurement.ts";
import { hasFailures, type Recording } from "../model/recording.ts";
import { one, SWITCH, TEXT } from "../model/setting.ts";
import { terminalReport } from "../report/formats/terminal.ts";
import { toolList } from "../report/words/tool-list.ts";
import { command } from "./command.ts";
import { readRecording } from "./read.ts";

/** A tool's output as a recording, or as a table for people. */
export const parse = command({
  name: "parse",
  usage: "--tool NAME FILE [-o FILE | --table]",
  summary: "tool output → recording (- is stdin or stdout), or a table; --tool list shows all tools",
  flags: {
    tool: {
      type: TEXT,
      value: "NAME",
      about: "The tool that wrote the file, known by its content where none is named. `list` shows all tools.",
    },
    suite: {
      type: TEXT,
      value: "NAME",
      about: "The suite to file the benchmarks under. Without it, the name of the tool.",
    },
    output: {
      type: TEXT,
      value: "FILE",
      short: "o",
      about: "A file for the recording; `-` is stdout. Without it, the recording goes to stdout.",
    },
    warmup: {
      type: DURATION,
      value: "TIME",
      about:
        "How much of the beginning to leave out, such as `10s`. It needs a tool that records when each sample was taken.",
    },
    "expected-status": {
      type: one(statuses),
      value: "LIST",
      about:
        "The statuses that count as successes, such as `200-399, 404`, or codes of gRPC by name. It needs a tool whose output has statuses.",
    },
    table: { type: SWITCH, about: "Prints a table of what was measured, in place of a recording." },
  },
  operands: 1,
  async run({ given, operands }, { ports, terminal }) {
    const { tool, suite, output } = given;
    if (tool === "list") {
      terminal.out(toolList(ADAPTERS));
      return 0;
    }
    const [file] = operands;
    if (file === undefined) {
      throw new GateError(
        "parse reads one file",
        "Name it: `benchgate parse --tool NAME FILE -o FILE`, with `-` for stdin.",
      );
    }
    const options = { tool, suite, skip: given.warmup ?? 0, expected: given["expected-status"] ?? undefined };
    const recording = await readRecording(file, options, { files: ports.files, terminal });
    if (given.table) terminal.out(tableOf(recording, terminal.columns));
    else if (output === null || output === "-") terminal.out(encodeRecording(recording));
    if (output !== null && output !== "-") await ports.files.write(output, encodeRecording(recording));
    for (const { benchmark, reason } of recording.rounds.flatMap((round) => round.failures)) {
      terminal.err(`benchgate: failed: ${benchmark}: ${reason}`);
    }
    const notes = given.table ? [] : recording.rounds.flatMap((round) => round.notes ?? []);
    for (const note of notes) {
      terminal.err(`benchgate: note: ${note.benchmark}: ${sentenceOf(note, [note.count])}. To do: ${note.remedy}.`);
    }
    return hasFailures(recording) ? 3 : 0;
  },
});

/** What was measured, in the rows of the report: every metric, also those that nothing is asked of. */
function tableOf(recording: Recording, width: number): string {
  const today = "1970-01-01";
  const rules = { budgets: DEFAULT_BUDGETS, accept: [], onInconclusive: "pass", today } as const;
  const outcome = judge({ kind: "none", stored: 0, differs: [] }, recording, rules);
  const warnings = outcome.warnings.filter(({ code }) => code === "noted");
  return terminalReport({ ...outcome, warnings }, { width, rows: Number.POSITIVE_INFINITY });
}
