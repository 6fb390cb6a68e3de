import type { Suite } from "../../model/plan.ts";
import { watched } from "../canary.ts";
import { type Execution, oneByOne, type Runner } from "../execution.ts";
import { benchRunner } from "./bench.ts";
import { countedToo, runCommand } from "./run.ts";
import { underLoad } from "./service.ts";
import { againstTargets } from "./targets.ts";
import { timeProcess } from "./time.ts";
import { afterWarmup } from "./warmup.ts";

/** How a suite is run: the one place that knows all kinds of workload. */
export function runnerOf({ workload, service, targets, warmup }: Suite): Runner {
  switch (workload.kind) {
    case "run": {
      const run = (execution: Execution) => runCommand(execution, workload);
      const twice = warmup === "run";
      if (service !== undefined) return underLoad(service, { run: watched(run), warmup: twice });
      const once = watched(twice ? afterWarmup(run) : run);
      const each = workload.count === undefined ? once : countedToo(once, workload);
      return targets === undefined ? oneByOne(each) : againstTargets(targets, each);
    }
    case "bench":
      return benchRunner(workload);
    case "time":
      return timeProcess(workload);
  }
}
