import { atSuite } from "../config/place.ts";
import { exitCodeOf } from "../judge/exit-code.ts";
import { GateError } from "../model/error.ts";
import { isDeployed } from "../model/plan.ts";
import { MARKDOWN } from "../report/parts/ink.ts";
import { warnOfMistakes } from "./check-setup.ts";
import { checkRecorded, fanIn } from "./fan-in.ts";
import { judgeChange } from "./judge-change.ts";
import { type ActionWorld, type Opened, onDefaultBranch, open, prepare } from "./step.ts";
import { storeBaseline } from "./store-baseline.ts";

async function carryOut(opened: Opened): Promise<number> {
  const { event, inputs, config } = opened;
  await warnOfMistakes(opened);
  const records = onDefaultBranch(event) && inputs.base === null;
  // Deployments are no baseline for another day: the default branch's are compared like any other's.
  if (inputs["fan-in"] !== null)
    return records && !isDeployed(config?.suites ?? []) ? checkRecorded(opened) : fanIn(opened);
  const prepared = await prepare(opened);
  return records && !isDeployed(prepared.plan.suites) ? storeBaseline(prepared) : judgeChange(prepared);
}

/** The workflow step: stores a baseline on the default branch, judges everywhere else. Resolves to the exit code. */
export async function runAction(world: ActionWorld): Promise<number> {
  const { step, interrupt } = world;
  try {
    const opened = await open(world);
    const code = await carryOut(opened).catch(async (error) => {
      throw await atSuite(error, opened.ports.files, opened.file);
    });
    return interrupt.exitCode() ?? code;
  } catch (error) {
    if (interrupt.exitCode() !== null) return interrupt.exitCode()!;
    const known = error instanceof GateError;
    const problem = known ? error.message : `This is a bug in Benchgate: please report it. ${String(error)}`;
    step.annotate({ level: "error", title: "Benchgate", message: problem });
    if (!known) step.log.quote(error instanceof Error ? (error.stack ?? "") : "");
    step.summary(`## ❌ Could not judge\n\n${MARKDOWN.name(problem, 1000)}\n`);
    step.outputs({ outcome: "fail" });
    return known ? exitCodeOf(error) : 3;
  }
}
