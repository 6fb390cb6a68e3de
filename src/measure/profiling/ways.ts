import { type Command, commandText, type Suite } from "../../model/plan.ts";

/** How a suite is profiled. */
export type Way =
  /** Benchgate's own harness profiles the benchmark. */
  | { readonly kind: "harness" }
  /** A program of Node's is run as it is, with a profiler loaded first. */
  | { readonly kind: "node" }
  /** A service of Node's is put under its load, with a profiler loaded first. */
  | { readonly kind: "service" }
  /** The user's own command. */
  | { readonly kind: "command"; readonly command: Command };

/** Programs that are Node, or start it. */
const NODE =
  /(?:^|[;&|(]\s*|\b(?:exec|env|time|nice)\s+)(?:[A-Za-z_]\w*=\S*\s+)*(?:\S*[\\/])?(?:node|npm|npx|pnpm|pnpx|yarn|tsx|ts-node|vitest)(?:\.exe|\.cmd)?(?=\s|$)/;

/** How a suite is profiled; null where it needs a `profile` command for that, or is deployed: only the load would be seen, and no command is told which side it is on. */
export function wayOf({ workload, service, targets, profile }: Suite): Way | null {
  if (targets !== undefined) return null;
  if (profile !== undefined) return { kind: "command", command: profile };
  if (workload.kind === "bench") return { kind: "harness" };
  if (service !== undefined) return startsNode(service.serve) ? { kind: "service" } : null;
  return startsNode(workload.command) ? { kind: "node" } : null;
}

function startsNode(command: Command): boolean {
  return NODE.test(command.kind === "argv" ? command.argv[0] : commandText(command));
}
