import { storedCosts } from "../baseline/costs.ts";
import { type Deal, openDeal } from "../measure/deal.ts";
import { gateOf } from "./names.ts";
import type { Step } from "./step.ts";

/** What this job's shard is dealt, by what the history of `sha` knows of costs; null where nothing is dealt. */
export async function dealOf(prepared: Step, sha: string | undefined): Promise<Deal | null> {
  const { ports, store, plan, event } = prepared;
  const shard = plan.part?.shard;
  if (shard === undefined) return null;
  const costs = await storedCosts(ports, store, { gate: gateOf(prepared), sha: sha ?? event.sha });
  return openDeal(shard, plan.suites, costs);
}
