import { GateError } from "../../model/error.ts";
import type { Command, Suite } from "../../model/plan.ts";
import type { Ports } from "../../ports/index.ts";
import { suiteFolder } from "../preflight.ts";
import type { MeasuredSide } from "../recorder.ts";
import { inTree } from "./difference.ts";
import type { Ground } from "./ground.ts";
import { submodulesIn, whyInputsDiffer } from "./inputs.ts";

/** What the inputs that a suite declares are, in either tree. */
export interface Declared {
  /** Where the inputs lie, and whatever the suite's command names, with everything on the way. */
  readonly places: ReadonlySet<string>;
  /** A glob that fits no file on either side; null where each fits one. */
  readonly empty: string | null;
}

/** What a suite's declared inputs, `patterns`, are at this moment. */
export async function declaredBy(
  { folder, workload }: Suite,
  patterns: readonly string[],
  {
    files,
    ground: { trees, roots },
    sides,
  }: { readonly files: Ports["files"]; readonly ground: Ground; readonly sides: readonly MeasuredSide[] },
): Promise<Declared> {
  // What the command line names is part of it, declared or not.
  const named = "command" in workload ? wordsOf(workload.command) : [];
  const places = new Set<string>();
  const empty = new Set(patterns);
  for (const [index, { cwd }] of sides.entries()) {
    const from = suiteFolder(cwd, folder);
    const found = await files.glob(patterns, from).catch(orNone);
    for (const pattern of empty) {
      if ((await files.glob([pattern], from).catch(orNone)).length > 0) empty.delete(pattern);
    }
    for (const way of await trees.ways([...found, ...named].map((path) => `${from}/${path}`))) {
      for (const place of way.places) {
        const path = inTree(roots[index]!, place);
        if (path !== null) places.add(path);
      }
    }
  }
  return { places, empty: [...empty][0] ?? null };
}

/** Why a suite must be measured whatever else holds, by its declared inputs, as the rest of a sentence; null where they are the same. */
export async function whyDeclaredDiffer(
  { places, empty }: Declared,
  { difference, roots }: Ground,
  { files, config }: { readonly files: Ports["files"]; readonly config: string | undefined },
): Promise<string | null> {
  if (empty !== null) return `has inputs that fit no file (${empty})`;
  const texts = await Promise.all(roots.map((root) => files.readTextIfAny(`${root}/.gitmodules`)));
  const submodules = texts.flatMap((text) => submodulesIn(text ?? ""));
  return whyInputsDiffer(difference, places, { config, submodules });
}

/** What may be the name of a file in a command. */
function wordsOf(command: Command): readonly string[] {
  const words = command.kind === "argv" ? command.argv : command.line.split(/[\s;&|<>()"'`]+/);
  return words
    .flatMap((word) => [word, word.slice(word.indexOf("=") + 1)])
    .map((word) => word.replace(/^(?:\.\/)+/, ""))
    .filter((word) => word !== "" && !word.startsWith("/"));
}

function orNone(error: unknown): readonly string[] {
  if (error instanceof GateError) return [];
  throw error;
}
