import { fnv1a } from "./hash.ts";

/** Facts about the machine and the runtimes that produced a recording. Unknown facts are absent, never guessed. */
export interface Environment {
  readonly os: string;
  readonly arch: string;
  readonly cpu: string;
  readonly cores: number;
  /** The `node` on PATH, as "node 24.19.0"; other runtimes are facts of their own. */
  readonly runtime: string;
  readonly [fact: string]: string | number;
}

/** One fact that differs between two environments; `gated` says whether it makes them incomparable. */
export interface EnvironmentDifference {
  readonly fact: string;
  readonly baseline: string;
  readonly candidate: string;
  readonly gated: boolean;
}

/** The facts that decide whether two recordings may be compared as stored history. A runtime counts by its major version. */
const FINGERPRINTED: Readonly<Record<string, (fact: string | number | undefined) => string>> = {
  os: String,
  arch: String,
  cpu: String,
  cores: String,
  runtime: (fact) => String(fact).split(".")[0] ?? "",
};

/** Twelve hexadecimal digits that are equal exactly where two environments agree on every fact that matters. */
export function fingerprint(environment: Environment): string {
  const facts = Object.entries(FINGERPRINTED).map(([fact, part]) => `${fact}=${part(environment[fact])}`);
  return fnv1a(facts.join("\n"), 64).toString(16).padStart(16, "0").slice(0, 12);
}

/** The facts on which two environments differ, gating ones first. */
export function environmentDifferences(baseline: Environment, candidate: Environment): EnvironmentDifference[] {
  const facts = [...new Set([...Object.keys(baseline), ...Object.keys(candidate)])];
  return facts
    .filter((fact) => baseline[fact] !== candidate[fact])
    .map((fact) => {
      const part = FINGERPRINTED[fact];
      return {
        fact,
        baseline: String(baseline[fact] ?? "unknown"),
        candidate: String(candidate[fact] ?? "unknown"),
        gated: part !== undefined && part(baseline[fact]) !== part(candidate[fact]),
      };
    })
    .sort((a, b) => Number(b.gated) - Number(a.gated));
}
