import { GateError } from "../../src/model/error.ts";
import { fnv1a } from "../../src/model/hash.ts";
import type { Git } from "../../src/ports/index.ts";

/** A commit that lives in memory: its whole tree. */
interface FakeCommit {
  readonly sha: string;
  readonly parent: string | null;
  readonly files: ReadonlyMap<string, string>;
}

/** A repository in memory. Branches are the remote's; `worktrees` tells which commit lies in which folder. */
export interface FakeGit extends Git {
  readonly commits: ReadonlyMap<string, FakeCommit>;
  readonly branches: Map<string, string>;
  readonly worktrees: ReadonlyMap<string, string>;
  /** Adds a commit on top of another one, with the files that differ from it; its name. */
  commit(parent: string | null, files: Readonly<Record<string, string>>): string;
  /** What is checked out. */
  head: string;
}

/** An empty repository, checked out at `root`. */
export function fakeGit(root: string): FakeGit {
  const commits = new Map<string, FakeCommit>();
  const branches = new Map<string, string>();
  const worktrees = new Map<string, string>();
  const tree = (sha: string) => {
    const commit = commits.get(sha);
    if (commit !== undefined) return commit;
    throw new GateError(`commit ${sha} is neither here nor to be had from remote origin`, "Check the revision");
  };
  /** A second after the commit that was made before it. */
  const when = (sha: string) => new Date(Date.UTC(2026, 10, 22, 9, 0, [...commits.keys()].indexOf(sha))).toISOString();
  const git: FakeGit = {
    commits,
    branches,
    worktrees,
    head: "",
    commit(parent, files) {
      // Odd multiples of a number that spreads them: names whose first digits differ.
      const sha = (((commits.size + 1) * 2_654_435_761) >>> 0).toString(16).padStart(8, "0").padEnd(40, "0");
      const before = parent === null ? [] : tree(parent).files;
      commits.set(sha, { sha, parent, files: new Map([...before, ...Object.entries(files)]) });
      return sha;
    },
    root: async () => root,
    privatePath: async (name) => `${root}/.git/${name}`,
    prefix: async () => "",
    origin: async () => "https://github.com/octo-org/octo-repo",
    revision: async (ref) => {
      const sha = ref === "HEAD" ? git.head : (branches.get(ref) ?? ref);
      const full = branches.has(ref) ? `refs/heads/${ref}` : "";
      return commits.has(sha) ? { sha, ref: full, committedAt: when(sha) } : null;
    },
    tree: async (ref) => {
      const found = commits.get(ref === "HEAD" ? git.head : ref);
      if (found === undefined) return null;
      return fnv1a(JSON.stringify([...found.files].sort()), 64)
        .toString(16)
        .padStart(40, "0");
    },
    async ancestors(sha, limit) {
      const found: string[] = [];
      for (let at: string | null = sha; at !== null && found.length < limit; at = tree(at).parent) found.push(at);
      return found;
    },
    async line(from, to) {
      const found: string[] = [];
      for (let at = to; at !== from; at = tree(at).parent!) {
        found.unshift(at);
        if (tree(at).parent === null) return null;
      }
      return found.map((sha) => ({ sha, ref: "", committedAt: when(sha), subject: `change ${sha}` }));
    },
    async changes(to, path, limit) {
      const found = await git.ancestors(to, Number.POSITIVE_INFINITY);
      const touched = found.filter((sha) => {
        const { parent, files } = tree(sha);
        return files.get(path) !== (parent === null ? undefined : tree(parent).files.get(path));
      });
      return touched
        .slice(0, limit)
        .reverse()
        .map((sha) => ({ sha, ref: "", committedAt: when(sha), subject: `change ${sha}` }));
    },
    names: async () => ({ names: [...branches.keys()], shallow: false }),
    tags: async () => [],
    show: async (sha, path) => tree(sha).files.get(path) ?? null,
    fetchTip: async (branch) => branches.get(branch) ?? null,
    async list(sha, folders) {
      const paths = [...tree(sha).files.keys()];
      if (folders === undefined) return paths;
      const found = folders.flatMap((folder) =>
        paths
          .filter((path) => path.startsWith(folder))
          .map((path) => /^[^/]*\/?/.exec(path.slice(folder.length))![0])
          .map((name) => folder + name),
      );
      return [...new Set(found)];
    },
    read: async (sha, paths) => paths.map((path) => tree(sha).files.get(path)!),
    async append(branch, tip, added) {
      if ((branches.get(branch) ?? null) !== tip) return "moved";
      const files = [added].flat().map(({ path, text }) => [path, text] as const);
      branches.set(branch, git.commit(tip, Object.fromEntries(files)));
      return "landed";
    },
    async without(name, tip, paths, _, moves = []) {
      if (branches.get(name) !== tip) return "moved";
      const left = [...tree(tip).files]
        .filter(([path]) => !paths.includes(path))
        .map(([path, text]) => [moves.find(({ from }) => from === path)?.to ?? path, text] as const);
      branches.set(name, git.commit(null, Object.fromEntries(left)));
      return "landed";
    },
    async move(name, { from, to }) {
      if ((branches.get(name) ?? null) !== from) return "moved";
      if (to === null) branches.delete(name);
      else branches.set(name, to);
      return "landed";
    },
    async worktree(sha, folder) {
      worktrees.set(folder, tree(sha).sha);
      return async () => void worktrees.delete(folder);
    },
    lacking: async () => [],
    overlay: async () => {},
  };
  return git;
}
