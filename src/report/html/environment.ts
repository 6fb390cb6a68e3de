import type { Environment } from "../../model/environment.ts";
import type { Outcome } from "../../model/verdict.ts";
import { PAGE } from "./ink.ts";
import { prose } from "./markup.ts";

/** The facts about both sides' machines and runtimes as a table, those that differ first; what a difference means is said in words. */
export function environmentTable({ baseline, candidate, differences }: Outcome): string {
  const before: Partial<Environment> = baseline.kind === "none" ? {} : baseline.environment;
  const differing = new Map(differences.map((difference) => [difference.fact, difference]));
  const facts = [...new Set([...differing.keys(), ...Object.keys(candidate.environment), ...Object.keys(before)])];
  const cell = (environment: Partial<Environment>, fact: string) => {
    const value = environment[fact];
    return value === undefined ? "unknown" : prose(PAGE.name(String(value), 200));
  };
  const remark = (fact: string) => {
    const difference = differing.get(fact);
    if (difference === undefined) return baseline.kind === "none" ? "" : "same";
    return `<strong>differs</strong>${difference.gated ? ": can change speed by itself" : ", not gated"}`;
  };
  const rows = facts.map(
    (fact) =>
      `<tr><th scope="row">${prose(PAGE.name(fact))}</th><td>${cell(before, fact)}</td><td>${cell(candidate.environment, fact)}</td><td>${remark(fact)}</td></tr>`,
  );
  return `<section><h2>Environment</h2><div class="wide" tabindex="0" role="group" aria-label="Environment of both sides">
<table class="facts"><thead><tr><th scope="col">fact</th><th scope="col">baseline</th><th scope="col">candidate</th><th scope="col">difference</th></tr></thead>
<tbody>${rows.join("")}</tbody></table></div></section>`;
}
