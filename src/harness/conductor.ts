import { availableParallelism } from "node:os";
import type { LockstepPlan, LockstepReport, LockstepStep, StepMark } from "../model/lockstep.ts";
import { bind, choosePin } from "./cpu.ts";
import { ModuleError } from "./error.ts";
import { hashSeedFlags } from "./hash-seed.ts";
import { Side, TURNS_FD } from "./side.ts";
import { SLICE } from "./slices.ts";
import { isLast, mayGoOn, Rota } from "./turn-order.ts";

/**
 * Runs one module on all sides, one process each, and keeps them on the same benchmark. Only one is awake at any time: they take turns of a few milliseconds. With
 * `atOnce` all are, on CPUs of their own. `harness` is the file that each of them runs. A side that fails or hangs ends alone.
 */
export async function conduct(plan: LockstepPlan, harness: string): Promise<LockstepReport> {
  const { leader = 0 } = plan;
  // On one CPU each of them would get half as far as in turns.
  const atOnce = plan.atOnce === true && availableParallelism() >= plan.sides.length;
  const pin = plan.pin === false || atOnce ? null : choosePin();
  const rota = new Rota(plan.sides.length);
  const tell = stepTeller();
  let begun = false;
  const passTurn = (): void => {
    if (!begun) return;
    tell(sides[leader]);
    if (sides[leader]?.unfit) for (const side of sides) side.dismiss();
    const free = mayGoOn(sides, leader);
    const turn = atOnce ? null : rota.next(free);
    const next = sides.filter((side, index) => (atOnce ? free[index] && !side.hasTurn : index === turn));
    for (const side of next) side.go(isLast(sides, side));
  };
  const slice = atOnce ? Number.POSITIVE_INFINITY : (plan.slice ?? SLICE);
  const turns = { BENCHGATE_TURNS: String(TURNS_FD), BENCHGATE_SLICE: String(slice) };
  const envs = plan.sides.map((side) => ({ ...process.env, ...side.env, ...turns }));
  const argv = [process.execPath, ...hashSeedFlags(envs, Math.random), harness, plan.module] as const;
  const sides: readonly Side[] = plan.sides.map((side, index) => new Side(argv, side, envs[index]!, passTurn));
  // Only then are they bound to one CPU: until then they start side by side.
  await Promise.all(sides.map(({ started }) => started));
  const pids = sides.filter(({ alive }) => alive).map(({ pid }) => pid!);
  const cpu = pin && (await bind(pin, pids));
  begun = true;
  passTurn();
  return { cpu, sides: await Promise.all(sides.map(({ ended }) => ended)) };
}

const STEP: StepMark = "benchgate-step ";

/** Says on stderr which benchmark a side has come to, once each. */
function stepTeller(): (side: Side | undefined) => void {
  let last = "";
  return (side) => {
    const { step, tasks } = side ?? {};
    if (!step || !tasks || step.task === last) return;
    last = step.task;
    const [at, of] = [tasks.indexOf(step.task) + 1, tasks.length];
    const told: LockstepStep = { name: step.task, warmsUp: step.phase === "warmup", at, of };
    process.stderr.write(`${STEP}${JSON.stringify(told)}\n`);
  };
}

/** The plan that a conductor has read. Whoever started it ahead, and did not need it, does not hear the complaint. */
export function planFrom(text: string): LockstepPlan {
  if (text === "") throw new ModuleError("the conductor has read no plan on its stdin", "Let Benchgate start it");
  return JSON.parse(text) as LockstepPlan;
}
