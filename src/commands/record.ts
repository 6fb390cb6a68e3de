import { encodeRecording } from "../codec.ts";
import { record as measureAlone } from "../gate.ts";
import { GateError } from "../model/error.ts";
import { hasFailures } from "../model/recording.ts";
import { PLAIN } from "../report/ink.ts";
import { message } from "../report/messages.ts";
import type { CliCommand } from "./command.ts";
import { herePlace, newSession } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { progressOn } from "./progress.ts";

/** Measures this working tree and writes a recording. */
export const record: CliCommand = {
  name: "record",
  usage: "-o FILE",
  summary: "measure, write a recording",
  flags: { ...PLAN_FLAGS, output: "value" },
  operands: 0,
  async run(flags, { ports, terminal, signal }) {
    const output = flags.value("output");
    if (output === null)
      throw new GateError(
        "record has nowhere to write",
        "Name a file: `benchgate record -o FILE`, or `-o -` for stdout.",
      );
    const plan = await planOf(flags, ports.files, "stored");
    const request = {
      plan,
      candidate: await herePlace(ports),
      only: null,
      ...newSession(ports),
      onProgress: progressOn(terminal),
      signal,
    };
    const { recording, warnings } = await measureAlone(ports, request);
    terminal.progress("");
    const text = encodeRecording(recording);
    if (output === "-") terminal.out(text);
    else await ports.files.writeText(output, `${text.trimEnd()}\n`);
    for (const warning of warnings) terminal.err(`benchgate: ${message(warning, PLAIN).sentence}`);
    const failures = recording.rounds.flatMap((round) => round.failures);
    const seen = new Set<string>();
    for (const { suite, benchmark, reason, output: lines } of failures) {
      const line = `${suite} / ${benchmark}: ${reason}`;
      if (seen.has(line)) continue;
      seen.add(line);
      terminal.err(`benchgate: failed: ${line}${lines === "" ? "" : `\n${lines}`}`);
    }
    return hasFailures(recording) ? 3 : 0;
  },
};
