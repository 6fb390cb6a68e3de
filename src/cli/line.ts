import { namedBase, UNSHALLOW } from "../baseline/latest-release.ts";
import { GateError } from "../model/error.ts";
import type { Git, LineCommit } from "../ports/index.ts";
import { refuseOutside } from "./here.ts";

/** The good commit and those after it up to the bad one, on the line of first parents. A `GateError` where they do not lie on one. */
export async function lineOf(git: Git, good: string, bad: string): Promise<readonly LineCommit[]> {
  await refuseOutside(git);
  const [first, last] = [await namedBase(git, good), await namedBase(git, bad)];
  if (first.sha === last.sha) throw new GateError(`${good} and ${bad} are one commit`, "Name two");
  const line = await git.line(first.sha, last.sha);
  if (line !== null) return [{ ...first, subject: good }, ...line];
  if ((await git.line(last.sha, first.sha)) !== null) {
    throw new GateError(`${bad} comes before ${good}`, `The good one comes first: \`benchgate bisect ${bad} ${good}\``);
  }
  const { shallow } = await git.names();
  throw new GateError(
    `${good} is not on the line of first parents that leads to ${bad}`,
    shallow ? UNSHALLOW : `Name a commit that \`git log --first-parent ${bad}\` shows`,
  );
}
