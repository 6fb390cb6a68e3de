import type { Ingredient } from "../../model/carriage.ts";
import { GateError } from "../../model/error.ts";
import type { Suite } from "../../model/plan.ts";
import type { Ports } from "../../ports/index.ts";
import { takeOverDefinitions } from "../definitions.ts";
import type { Difference, Roots } from "./difference.ts";
import { withDependenciesOf } from "./manifest.ts";
import { isManifest } from "./which.ts";

/** Both trees, what differs between them, and what is measured in them. */
export interface Parts {
  readonly roots: Roots;
  /** Where the sides' folders lie below the roots; "" at the root. */
  readonly below: string;
  readonly difference: Difference;
  readonly suites: readonly Suite[];
}

/** A tree put together from two, and what removes it. */
interface MadeTree {
  /** The folder that suites run in. */
  readonly cwd: string;
  readonly remove: () => Promise<void>;
}

/** The base's tree with one ingredient of the head in place of its own, and with the head's benchmarks, as the base has them when it is measured. */
export async function baseWith(
  ports: Pick<Ports, "git" | "files">,
  { roots, below, difference, suites }: Parts,
  ingredient: Ingredient,
): Promise<MadeTree> {
  const { git, files } = ports;
  const { baseline, candidate } = roots;
  const root = `${await files.temporaryFolder()}/tree`;
  const remove = await git.worktree(baseline.sha, root);
  const inside = (tree: string) => [tree, below].filter(Boolean).join("/");
  const whole = (path: string) => !isManifest(path);
  // A package.json is put together from both: the code's own, with what the other side has installed.
  const putManifests = async (code: Roots["baseline"], dependencies: Roots["baseline"]) => {
    for (const path of difference.dependencies.filter(isManifest)) {
      const texts = await Promise.all([code, dependencies].map((side) => files.readTextIfAny(`${side.root}/${path}`)));
      const text = withDependenciesOf(texts[0]!, texts[1]!);
      if (text !== null) await files.write(`${root}/${path}`, text);
    }
  };
  try {
    if (ingredient === "code") {
      await git.overlay(candidate.root, root, { folders: ["."], files: [] });
      const own = [...difference.dependencies, ...difference.runtime].filter(whole);
      await git.overlay(baseline.root, root, { folders: [], files: own });
      await putManifests(candidate, baseline);
    } else {
      await takeOverDefinitions(ports, suites, inside(candidate.root), inside(root));
      await git.overlay(candidate.root, root, { folders: [], files: difference[ingredient].filter(whole) });
      if (ingredient === "dependencies") await putManifests(baseline, candidate);
    }
  } catch (error) {
    await remove();
    if (error instanceof GateError) throw error;
    throw new GateError(`both trees could not be put together (${error})`, "Compare them by hand", {}, "measure");
  }
  return { cwd: inside(root), remove };
}
