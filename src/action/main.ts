import { exitCodeOf } from "../cli/exit-code.ts";
import { createActionsLog } from "../io/actions-log.ts";
import { handleInterrupts } from "../io/interrupt.ts";
import * as step from "../io/step.ts";
import { GateError } from "../model/error.ts";
import { MARKDOWN } from "../report/parts/ink.ts";
import { checkRecorded, fanIn } from "./fan-in.ts";
import { judgeChange } from "./judge-change.ts";
import { type Opened, open, prepare } from "./step.ts";
import { storeBaseline } from "./store-baseline.ts";

/** Events that store a baseline, on the default branch. */
const RECORDING: readonly step.ActionEvent["kind"][] = ["push", "schedule", "workflow_dispatch"];

async function carryOut(opened: Opened): Promise<number> {
  const { event, inputs } = opened;
  const records = RECORDING.includes(event.kind) && event.ref === `refs/heads/${event.defaultBranch}`;
  if (inputs["fan-in"] !== null) return records ? checkRecorded(opened) : fanIn(opened);
  const prepared = await prepare(opened);
  return records ? storeBaseline(prepared) : judgeChange(prepared);
}

/** The workflow step: stores a baseline on the default branch, judges everywhere else. Resolves to the exit code. */
export async function runAction(entry: string): Promise<number> {
  const log = createActionsLog();
  const interrupt = handleInterrupts();
  try {
    const opened = await open(entry, log, interrupt.signal);
    const code = await carryOut(opened);
    return interrupt.exitCode() ?? code;
  } catch (error) {
    if (interrupt.exitCode() !== null) return interrupt.exitCode()!;
    const known = error instanceof GateError;
    const problem = known ? error.message : `This is a bug in Benchgate: please report it. ${String(error)}`;
    step.annotate({ level: "error", title: "Benchgate", message: problem });
    if (!known) log.quote(error instanceof Error ? (error.stack ?? "") : "");
    step.writeSummary(`## ❌ Could not judge\n\n${MARKDOWN.name(problem, 1000)}\n`);
    step.setOutputs({ outcome: "fail" });
    return known ? exitCodeOf(error) : 3;
  }
}
