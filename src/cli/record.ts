import { decodeRecording, encodeRecording } from "../codec/recording.ts";
import { record as measureAlone } from "../gate.ts";
import { refuseEarly } from "../measure/preflight.ts";
import { fingerprint } from "../model/environment.ts";
import { GateError, placed } from "../model/error.ts";
import { failuresOf, hasFailures, type Recording, type Revision } from "../model/recording.ts";
import { SWITCH, TEXT } from "../model/setting.ts";
import type { Ports } from "../ports/index.ts";
import { quotedOutput } from "../report/parts/escape.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { messageLine } from "../report/words/messages.ts";
import { progressOn } from "../report/words/progress.ts";
import { command } from "./command.ts";
import { herePlace, newSession } from "./here.ts";
import { PLAN_FLAGS, planOf } from "./plan-flags.ts";
import { refuseUnwritable } from "./unwritable.ts";

/** Measures this working tree and writes a recording. */
export const record = command({
  name: "record",
  usage: "-o FILE [--append]",
  summary: "measure, write a recording; --append adds rounds to one of the same revision and machine",
  flags: {
    output: { type: TEXT, value: "FILE", short: "o", about: "A file for the recording; `-` is stdout." },
    append: {
      type: SWITCH,
      about:
        "Adds the rounds to the recording in the file, which must be of the same revision and the same kind of machine.",
    },
    ...PLAN_FLAGS,
  },
  operands: 0,
  async run({ given }, { ports, terminal, interrupt: { signal } }) {
    const { output, append } = given;
    if (output === null)
      throw new GateError(
        "record has nowhere to write",
        "Name a file: `benchgate record -o FILE`, or `-o -` for stdout.",
      );
    if (output === "-" && append) {
      throw new GateError("--append has nothing to add to on stdout", "Name the recording that is to grow: `-o FILE`");
    }
    const plan = await planOf(given, ports.files, "stored");
    const candidate = await herePlace(ports);
    // Before anything is measured: rounds that cannot be written, or added, would be lost.
    const earlier = output === "-" ? null : await reserve(ports, output, append, candidate.revision);
    await refuseEarly(ports.files, plan, candidate);
    const request = {
      plan,
      candidate,
      only: null,
      ...newSession(ports),
      onProgress: progressOn(terminal),
      signal,
    };
    const { recording: measured, warnings } = await measureAlone(ports, request);
    const recording = earlier === null ? measured : { ...measured, rounds: [...earlier.rounds, ...measured.rounds] };
    terminal.progress("");
    const text = encodeRecording(recording);
    if (output === "-") terminal.out(text);
    else await ports.files.write(output, `${text.trimEnd()}\n`);
    for (const warning of warnings) terminal.err(`benchgate: ${messageLine(warning, PLAIN)}`);
    for (const { suite, benchmark, reason, output: lines } of failuresOf(measured)) {
      terminal.err([`benchgate: failed: ${suite} / ${benchmark}: ${reason}`, ...quotedOutput(lines, 2_000)].join("\n"));
    }
    return hasFailures(measured) ? 3 : 0;
  },
});

/** Makes sure that `file` can be written; with `append`, the recording that is to grow, which must be of the same revision and machine. */
async function reserve(
  { files, host }: Ports,
  file: string,
  append: boolean,
  revision: Revision,
): Promise<Recording | null> {
  await refuseUnwritable(files, file);
  const text = append ? await files.readTextIfAny(file) : null;
  if (text === null) return null;
  const earlier = readEarlier(text, file);
  if (earlier.revision.sha !== revision.sha) {
    throw new GateError(
      "this is a recording of another revision",
      "Leave --append out, or name another file: rounds of two revisions cannot be compared",
      { file },
    );
  }
  if (fingerprint(earlier.environment) !== fingerprint(await host.environment())) {
    throw new GateError("this was recorded on another kind of machine", "Leave --append out, or name another file", {
      file,
    });
  }
  return earlier;
}

function readEarlier(text: string, file: string): Recording {
  return placed({ file }, () => decodeRecording(text));
}
