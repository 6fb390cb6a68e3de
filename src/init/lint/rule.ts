import type { GateStep, Path } from "./gate-step.ts";
import type { SetupFacts } from "./mistake.ts";

/** What one rule says of a step: where, what is wrong and what mends it. */
export type Finding = readonly [path: Path, problem: string, remedy: string];

/** A rule for a step that runs the gate. */
export type Rule = (
  gate: GateStep,
  facts: SetupFacts & { readonly timeBudget: number | null; readonly hasSetup: boolean },
) => readonly Finding[];

/** Rules by name. */
export type Rules = Readonly<Record<string, Rule>>;
