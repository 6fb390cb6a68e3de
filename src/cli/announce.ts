import type { Against, Stored } from "../gate.ts";
import type { Forecast } from "../judge/forecast.ts";
import { looksOf } from "../judge/undecided.ts";
import { commandText } from "../measure/workloads/command.ts";
import type { Plan, Suite } from "../model/plan.ts";
import type { Revision } from "../model/recording.ts";
import { duration, percent, plural } from "../report/words/format.ts";

/** What is about to happen, in lines for people, before it happens. `base` is how the user calls the revision. */
export function announce(plan: Plan, against: Against, base: string | null = null): readonly string[] {
  const { setup, suites, control, timeBudget } = plan;
  const sides = against.kind !== "stored" && control ? ", and the candidate beside itself as a control" : "";
  return [
    `benchgate: ${designOf(plan, against, base)}${sides}${timeBudget === null ? "" : `, ${duration(timeBudget)} at most`}`,
    ...(setup === null ? [] : [`  setup, once for each side: ${commandText(setup)}`]),
    ...suites.map((suite) => `  ${suite.name}: ${workOf(suite)}`),
  ];
}

/** What history says of the measurement that begins; empty where it says nothing. */
export function forecastLine({ seconds, detectable }: Forecast): string {
  const parts = [
    ...(seconds === null ? [] : [`about ${duration(seconds)}`]),
    ...(detectable === null
      ? []
      : [`would find changes of ${percent(detectable)} and more in half of the comparisons`]),
  ];
  return parts.length === 0 ? "" : `  going by the stored runs: ${parts.join("; ")}`;
}

function designOf({ rounds, pairs }: Plan, against: Against, base: string | null): string {
  switch (against.kind) {
    case "stored":
      return storedDesign(rounds, against);
    case "side-by-side":
      return besideDesign(pairs, against.revision, base);
    case "auto":
      return `${storedDesign(rounds, against.stored)}; what that leaves in doubt: ${besideDesign(pairs, against.revision, base)}`;
  }
}

function storedDesign(rounds: number, { store }: Stored): string {
  return `${plural(rounds, "round", "rounds")}, against the baseline in ${store.place}`;
}

function besideDesign(pairs: number, { sha }: Revision, base: string | null): string {
  const looks = looksOf(pairs);
  const until = looks.length > 1 ? `, or until decided (looks after ${looks.slice(0, -1).join(", ")})` : "";
  return `${looks.length > 1 ? "up to " : ""}${plural(pairs, "pair", "pairs")}${until}, this working tree beside ${base ?? sha.slice(0, 7)}`;
}

function workOf({ workload, service }: Suite): string {
  switch (workload.kind) {
    case "bench":
      return `the modules ${workload.patterns.join(" ")}`;
    case "time":
      return `the process \`${commandText(workload.command)}\``;
    case "run": {
      const on = service === undefined ? "" : ` on \`${commandText(service.serve)}\``;
      return `\`${commandText(workload.command)}\`${on}${workload.tool === "auto" ? "" : `, read as ${workload.tool}`}`;
    }
  }
}
