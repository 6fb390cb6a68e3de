import { commandText, isDeployed, type Plan, type Suite } from "../../model/plan.ts";
import { duration, percent, plural } from "./format.ts";

interface Stored {
  readonly kind: "stored";
  readonly store: { readonly place: string };
}

interface Beside {
  readonly revision: { readonly sha: string };
}

/** What a candidate is about to be compared with, as far as people are told of it. */
export interface Comparing {
  readonly against:
    | Stored
    | ({ readonly kind: "side-by-side" } & Beside)
    | ({ readonly kind: "auto"; readonly stored: Stored } & Beside);
  /** After how many pairs a measurement side by side looks at its data; the last one is the end. */
  readonly looks: readonly number[];
  /** How the user calls the revision. */
  readonly base: string | null;
}

/** What is about to happen, in lines for people, before it happens. */
export function announce(plan: Plan, comparing: Comparing): readonly string[] {
  const { setup, suites, control, timeBudget } = plan;
  const { against } = comparing;
  const sides = against.kind !== "stored" && control ? ", and the candidate against itself as a control" : "";
  return [
    `benchgate: ${designOf(plan, comparing)}${sides}${timeBudget === null ? "" : `, ${duration(timeBudget)} at most`}`,
    ...(setup === null ? [] : [`  setup, once${isDeployed(suites) ? "" : " for each side"}: ${commandText(setup)}`]),
    ...suites.map((suite) => `  ${suite.name}: ${workOf(suite)}`),
  ];
}

/** What history says of the measurement that begins, each null where it does not tell; empty where it says nothing. */
export function forecastLine(forecast: {
  readonly seconds: number | null;
  readonly detectable: number | null;
}): string {
  const { seconds, detectable } = forecast;
  const parts = [
    ...(seconds === null ? [] : [`about ${duration(seconds)}`]),
    ...(detectable === null
      ? []
      : [`would find changes of ${percent(detectable)} and more in half of the comparisons`]),
  ];
  return parts.length === 0 ? "" : `  going by the stored runs: ${parts.join("; ")}`;
}

function designOf({ rounds, pairs, suites }: Plan, { against, looks, base }: Comparing): string {
  const beside = ({ sha }: Beside["revision"]) =>
    besideDesign(
      pairs,
      looks,
      isDeployed(suites) ? "deployments in turns" : `this working tree against ${base ?? sha.slice(0, 7)}`,
    );
  switch (against.kind) {
    case "stored":
      return storedDesign(rounds, against);
    case "side-by-side":
      return beside(against.revision);
    case "auto":
      return `${storedDesign(rounds, against.stored)}; what that leaves in doubt: ${beside(against.revision)}`;
  }
}

function storedDesign(rounds: number, { store }: Stored): string {
  return `${plural(rounds, "round", "rounds")}, against the baseline in ${store.place}`;
}

function besideDesign(pairs: number, looks: readonly number[], what: string): string {
  const until = looks.length > 1 ? `, or until decided (looks after ${looks.slice(0, -1).join(", ")})` : "";
  return `${looks.length > 1 ? "up to " : ""}${plural(pairs, "pair", "pairs")}${until}, ${what}`;
}

function workOf({ workload, service, targets }: Suite): string {
  switch (workload.kind) {
    case "bench":
      return `the modules ${workload.patterns.join(" ")}`;
    case "time":
      return `the process \`${commandText(workload.command)}\``;
    case "run": {
      const deployed = targets === undefined ? "" : ` on ${targets.baseline} and ${targets.candidate}`;
      const on = service === undefined ? deployed : ` on \`${commandText(service.serve)}\``;
      return `\`${commandText(workload.command)}\`${on}${workload.tool === "auto" ? "" : `, read as ${workload.tool}`}`;
    }
  }
}
