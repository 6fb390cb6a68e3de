import { encodeRecording } from "../codec.ts";
import { GateError } from "../model/error.ts";
import { hasFailures } from "../model/recording.ts";
import type { CliCommand } from "./command.ts";
import { readRecording } from "./read.ts";

/** A tool's output as a recording. */
export const parse: CliCommand = {
  name: "parse",
  usage: "--tool NAME FILE -o FILE",
  summary: "tool output → recording (- is stdin or stdout)",
  flags: { tool: "value", suite: "value", output: "value" },
  operands: 1,
  async run(flags, { ports, terminal }) {
    const [file, ...more] = flags.positionals;
    if (file === undefined || more.length > 0) {
      throw new GateError(
        "parse reads one file",
        "Name it: `benchgate parse --tool NAME FILE -o FILE`, with `-` for stdin.",
      );
    }
    const recording = await readRecording(file, flags.value("tool"), flags.value("suite"), {
      files: ports.files,
      terminal,
    });
    const text = encodeRecording(recording);
    const output = flags.value("output") ?? "-";
    if (output === "-") terminal.out(text);
    else await ports.files.writeText(output, `${text.trimEnd()}\n`);
    for (const { benchmark, reason } of recording.rounds.flatMap((round) => round.failures)) {
      terminal.err(`benchgate: failed: ${benchmark}: ${reason}`);
    }
    return hasFailures(recording) ? 3 : 0;
  },
};
