import { gateName, shardGate } from "../baseline/entry.ts";
import { partOf } from "../config/part.ts";
import { shardText } from "../model/part.ts";
import type { Opened, Step } from "./step.ts";

/** The gate whose baselines count: this step of this job of this workflow, and this cell of its matrix. */
export function gateOf({ event, inputs: { cell } }: Pick<Opened, "event" | "inputs">): string {
  return gateName(event.workflow, `${event.job}${event.step}${cell === null ? "" : ` ${cell}`}`);
}

/** The gate under which this step stores what it measured: its own, or that of its shard. */
export function storedGateOf(step: Step): string {
  const shard = step.plan.part?.shard;
  return shard === undefined ? gateOf(step) : shardGate(gateOf(step), shard);
}

/** What tells the comments of several gates on one pull request apart. */
export function commentKey({ event, inputs }: Pick<Opened, "event" | "inputs">): string {
  const { cell } = inputs;
  const part = partOf(inputs);
  const shard = part?.shard === undefined ? "" : `/shard ${shardText(part.shard)}`;
  const runner = part?.seat === undefined ? "" : `/${part.seat.pool} ${part.seat.runner}`.trimEnd();
  return `${event.workflow}/${event.job}${event.step}${cell === null ? "" : `/${cell}`}${shard}${runner}`;
}

/** The name of a gate's status, and of its check run. */
export function checkName(opened: Pick<Opened, "event" | "inputs">): string {
  return `Benchgate: ${commentKey(opened)}`;
}
