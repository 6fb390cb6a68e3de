import { LEAST_ROUNDS } from "../explain/difference.ts";
import { explainRounds, type Findings } from "../explain/explain.ts";
import type { Profile } from "../explain/profile.ts";
import { bytesOf } from "../explain/readers/bytes.ts";
import { readProfile } from "../explain/readers/index.ts";
import { GateError } from "../model/error.ts";
import { TEXT } from "../model/setting.ts";
import type { Files, Ports } from "../ports/index.ts";
import { PLAIN } from "../report/parts/ink.ts";
import { sentencesOf } from "../report/words/why.ts";
import { command } from "./command.ts";

/** The functions that take more time, or allocate more, in one set of profiles than in another. */
export const explain = command({
  name: "explain",
  usage: "BEFORE AFTER",
  summary: "profiles → the functions that take more than they did; each a profile, or a folder with one for each round",
  flags: {
    "base-tree": {
      type: TEXT,
      value: "DIR",
      about: "The tree that BEFORE was made in, to find out which functions are changed. Without it, this folder.",
    },
    tree: { type: TEXT, value: "DIR", about: "The tree that AFTER was made in. Without it, this folder." },
  },
  operands: 2,
  async run({ given, operands }, { ports, terminal }) {
    const [before, after] = operands;
    if (before === undefined || after === undefined) {
      throw new GateError(
        "explain needs two profiles, or two folders of profiles",
        "Use `benchgate explain BEFORE AFTER`",
      );
    }
    const { sentences, findings } = await explained(ports, {
      baseline: { path: before, tree: given["base-tree"] },
      candidate: { path: after, tree: given.tree },
    });
    const { rounds } = findings;
    const few = `${rounds} ${rounds === 1 ? "profile" : "profiles"} a side: what noise has made is among these. Folders with ${LEAST_ROUNDS} profiles each, made in turns, are judged against noise.`;
    const lines = sentences ?? ["no function stands out"];
    terminal.out([...lines, ...(rounds < LEAST_ROUNDS ? [few] : [])].map((line) => `${line}\n`).join(""));
    return 0;
  },
});

/** A profile or a folder of profiles, and the tree that they were made in; null: this folder. */
interface ProfiledPlace {
  readonly path: string;
  readonly tree: string | null;
}

/** What profiles show, and the same as sentences; null where no function stands out. */
export async function explained(
  { files, host }: Pick<Ports, "files" | "host">,
  sides: { readonly baseline: ProfiledPlace; readonly candidate: ProfiledPlace },
): Promise<{ readonly findings: Findings; readonly sentences: readonly string[] | null }> {
  const side = async ({ path, tree }: ProfiledPlace) => ({
    rounds: await profilesAt(files, path),
    tree: { root: absolute(tree ?? ".", host.cwd), below: "", tools: [] },
  });
  const request = { baseline: await side(sides.baseline), candidate: await side(sides.candidate) };
  const findings = await explainRounds(files, { ...request, proven: 0, inlining: true, unproven: true });
  return { findings, sentences: sentencesOf({ ...findings, suite: "", benchmark: "*", seconds: 0 }, PLAIN) };
}

/** The profile at a path, or all of a folder. */
async function profilesAt(files: Files, path: string): Promise<readonly Profile[]> {
  const folder = await files.listFolder(path, ["*"]);
  const paths = folder === null ? [path] : folder.map((file) => `${path}/${file.path}`);
  const profiles: Profile[] = [];
  for (const each of paths) {
    const opened = await files.open(each);
    if (opened === null) throw new GateError("there is no such file", "Check the path", { file: each });
    profiles.push(readProfile(await bytesOf(opened.chunks()), each));
  }
  if (profiles.length > 0) return profiles;
  throw new GateError("there is no profile in this folder", "Name a folder with a profile for each round", {
    file: path,
  });
}

function absolute(path: string, cwd: string): string {
  if (path === ".") return cwd;
  return path.startsWith("/") || /^[A-Za-z]:/.test(path)
    ? path.replace(/\/$/, "")
    : `${cwd}/${path.replace(/\/$/, "")}`;
}
