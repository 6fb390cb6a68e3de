import { GateError } from "../model/error.ts";
import type { GitCommand } from "./git-command.ts";

/** The blobs of a commit: path → object id. Reads trees only. */
export async function blobs(git: GitCommand, commit: string): Promise<ReadonlyMap<string, string>> {
  const output = await git.output(["ls-tree", "-r", "-z", "--full-tree", commit]);
  const rows = output.toString("utf8").split("\0").filter(Boolean);
  return new Map(
    rows.map((row): [string, string] => {
      const tab = row.indexOf("\t");
      return [row.slice(tab + 1), row.slice(0, tab).split(" ")[2] ?? ""];
    }),
  );
}

/** The object ids of `paths`, in order; throws `GateError` for a path that is not in the commit. */
export function pick(files: ReadonlyMap<string, string>, commit: string, paths: readonly string[]): readonly string[] {
  return paths.map((path) => {
    const oid = files.get(path);
    if (oid === undefined)
      throw new GateError(`commit ${commit} has no file ${path}`, "List its files again", {}, "measure");
    return oid;
  });
}

/** The text of each object, in order, by one process. Counts bytes, so content of any kind comes through. */
export async function contents(git: GitCommand, oids: readonly string[]): Promise<readonly string[]> {
  if (oids.length === 0) return [];
  const output = await git.output(["cat-file", "--batch"], { input: `${oids.join("\n")}\n` });
  let at = 0;
  return oids.map((oid) => {
    const end = output.indexOf(0x0a, at);
    const [, type, size] = output.toString("utf8", at, end).split(" ");
    if (type !== "blob") throw new GateError(`object ${oid} cannot be read`, "Run `git fsck`", {}, "measure");
    const start = end + 1;
    at = start + Number(size) + 1;
    return output.toString("utf8", start, at - 1);
  });
}
