import type { Revision } from "../model/recording.ts";
import type { Ports } from "../ports/index.ts";
import { takeOverDefinitions } from "./definitions.ts";
import type { Measured } from "./measure.ts";
import { measureSideBySide, type SideBySideOptions } from "./side-by-side.ts";

/** Two revisions that are measured side by side, neither of which is checked out. */
export interface RevisionsOptions extends Omit<SideBySideOptions, "candidate" | "control" | "ready"> {
  readonly candidate: Revision;
  /** The tree that says what the benchmarks are: so all revisions are measured with the same ones. */
  readonly definitions: string;
}

/** Measures two revisions side by side, each in a tree of its own for as long as that takes. */
export async function measureRevisions(ports: Ports, options: RevisionsOptions): Promise<Measured> {
  const { candidate: revision, definitions, ...rest } = options;
  const folder = await ports.files.temporaryFolder();
  const remove = await ports.git.worktree(revision.sha, `${folder}/candidate`);
  try {
    const cwd = [`${folder}/candidate`, await ports.git.prefix()].filter(Boolean).join("/");
    await takeOverDefinitions(ports, options.suites, definitions, cwd);
    const candidate = { name: "candidate", cwd, revision } as const;
    return await measureSideBySide(ports, { ...rest, candidate, control: false, ready: false }, () => {});
  } finally {
    await remove();
  }
}
