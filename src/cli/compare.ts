import { TOOL_WORDS } from "../adapters/index.ts";
import { budgetsOf } from "../config/plan.ts";
import { readConfig } from "../config/read.ts";
import { SETTINGS } from "../config/settings.ts";
import type { Baseline } from "../judge/baseline.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import { judge } from "../judge/judge.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import { TEXT } from "../model/setting.ts";
import { command } from "./command.ts";
import { named } from "./named.ts";
import { readRecording } from "./read.ts";
import { checkReports, OTLP_FLAG, REPORT_FLAGS, sendMetrics, writeReports } from "./report-flags.ts";

/** Verdicts on recordings that were made earlier. */
export const compare = command({
  name: "compare",
  usage: "BASE… CAND",
  summary:
    "recordings, or tool outputs with --tool → verdicts; the last is the candidate, several BASE are its history",
  flags: {
    tool: {
      type: TEXT,
      value: "NAME",
      about:
        "The tool that wrote the files. Without it, a recording is known by its schema, any other file by its content.",
    },
    threshold: SETTINGS.threshold,
    config: SETTINGS.config,
    ...REPORT_FLAGS,
    ...OTLP_FLAG,
  },
  operands: Number.POSITIVE_INFINITY,
  async run({ given, operands }, world) {
    const { files, clock } = world.ports;
    await checkReports(given, world);
    if (operands.length < 2) {
      throw new GateError(
        "compare needs two files at least",
        "Name a baseline and the candidate: `benchgate compare BASE CAND`.",
      );
    }
    const recordings: Recording[] = [];
    for (const file of operands) {
      // One suite name for all, so that two tools' outputs meet under it.
      recordings.push(
        await readRecording(file, { tool: given.tool, suite: null }, { files, terminal: world.terminal }),
      );
    }
    const candidate = recordings.pop()!;
    const [first, ...rest] = recordings as [Recording, ...Recording[]];
    // Files are named oldest first, as `git log --reverse` would; history is kept newest first.
    const baseline: Exclude<Baseline, { kind: "none" }> =
      rest.length === 0
        ? { kind: "file", recordings: [first] }
        : { kind: "stored", recordings: recordings.reverse() as [Recording, ...Recording[]] };
    const config = await readConfig(named(files), given.config, TOOL_WORDS);
    const outcome = judge(baseline, candidate, {
      budgets: budgetsOf(config, given.threshold),
      accept: config?.accept ?? [],
      onInconclusive: config?.onInconclusive ?? "warn",
      today: clock.now().toISOString().slice(0, 10),
    });
    const { kind, recordings: against } = baseline;
    await writeReports(outcome, given, world, {
      compared: [{ kind, baseline: against, candidate }],
      accept: config?.accept ?? [],
    });
    await sendMetrics(outcome, given.otlp, world);
    return exitCodeOf(outcome);
  },
});
