import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type GitCall, gitCommand, runGit } from "../../../src/io/git/command.ts";
import { createGit, type GitOptions } from "../../../src/io/git/git.ts";
import { contents } from "../../../src/io/git/objects.ts";
import { GateError } from "../../../src/model/error.ts";
import {
  bareRemote,
  clone,
  commit,
  GIT_ENV,
  git,
  project,
  temporaryFolder,
  visibleState,
} from "../../baseline/repositories.ts";

const BRANCH = "benchgate-baseline";
const NOWHERE = "0123456789".repeat(4);

function open(cwd: string, options: Partial<GitOptions> = {}): ReturnType<typeof createGit> {
  return createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder(), ...options });
}

async function errorOf(promise: Promise<unknown>): Promise<GateError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GateError);
  expect((error as GateError).message).not.toContain("\n");
  return error as GateError;
}

/** A web server that refuses everybody with `status`, and remembers who came. */
async function refusing(status: number): Promise<{ url: string; requests: IncomingMessage[]; close(): Promise<void> }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    response.writeHead(status, status === 401 ? { "www-authenticate": "Basic" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

describe("the time that git may take", () => {
  it("is short where it only looks at what is here, so that what never answers does not hold the step", async () => {
    const { path, commits } = project(2);
    const calls: GitCall[] = [];
    const repository = open(path, { run: (call) => runGit(calls[calls.push(call) - 1]!) });
    await repository.root();
    await repository.ancestors(commits[0]!, 10);
    await repository.show(commits[0]!, "file.txt");
    await (await repository.worktree(commits[0]!, join(temporaryFolder(), "tree")))();
    // What writes the files of a tree may have to wait for filters.
    const looking = calls.filter(({ args }) => args[0] !== "reset");
    expect(looking.length).toBeGreaterThan(8);
    expect(looking.filter(({ timeLimit = 600 }) => timeLimit > 120).map(({ args }) => args)).toEqual([]);
  });

  it("is over when it is over, and it is said", async () => {
    const args = ["-c", "alias.wait=!exec sleep 60", "wait"];
    const { code, stderr } = await runGit({ args, cwd: temporaryFolder(), env: GIT_ENV, input: "", timeLimit: 0.3 });
    expect([code, stderr]).toEqual([null, expect.stringMatching(/^timed out/)]);
  });
});

describe("the contents of objects", () => {
  it("are told in order, and in place of what is no file, or not here, that it cannot be read", async () => {
    const { path } = project();
    const here = gitCommand({ cwd: path, env: GIT_ENV, run: runGit });
    const [commitOid, tree, file] = ["HEAD", "HEAD^{tree}", "HEAD:file.txt"].map((name) =>
      git(path, "rev-parse", name),
    );
    const unreadable = { unreadable: expect.any(String) };
    const found = await contents(here, [commitOid!, file!, NOWHERE, tree!, file!]);
    const text = git(path, "show", "HEAD:file.txt");
    expect(found).toEqual([unreadable, expect.stringContaining(text), unreadable, unreadable, found[1]]);
  });
});

describe("a tree", () => {
  it("has one name, whatever commit holds it, and none where there is no commit", async () => {
    const { path, commits } = project(2);
    const repository = open(path);
    const again = git(path, "commit-tree", `${commits[0]}^{tree}`, "-m", "another commit");
    const [first, second, same] = await Promise.all([commits[0]!, commits[1]!, again].map(repository.tree));
    expect(first).toMatch(/^[0-9a-f]{40}$/);
    expect([same, second === first]).toEqual([first, false]);
    expect(await repository.tree("HEAD")).toBe(git(path, "rev-parse", "HEAD^{tree}"));
    expect([await repository.tree(NOWHERE), await open(temporaryFolder()).tree("HEAD")]).toEqual([null, null]);
  });
});

describe("what is here", () => {
  it("finds the root from a subfolder", async () => {
    const { path } = project();
    mkdirSync(join(path, "a/b"), { recursive: true });
    expect(await open(join(path, "a/b")).root()).toBe(git(path, "rev-parse", "--show-toplevel"));
  });

  it("has no root and no revision outside a repository", async () => {
    const outside = open(temporaryFolder());
    expect(await outside.root()).toBeNull();
    expect(await outside.revision("HEAD")).toBeNull();
  });

  it("does not follow GIT_DIR of a hook into another repository", async () => {
    const { path, commits } = project(1);
    const other = project(2);
    const env = { ...GIT_ENV, GIT_DIR: join(other.path, ".git"), GIT_INDEX_FILE: "/nowhere/index" };
    expect(await open(path, { env }).revision("HEAD")).toMatchObject({ sha: commits[0] });
  });

  it("names a revision by hash, full ref and commit time in UTC", async () => {
    const { path, commits } = project();
    git(path, "tag", "-a", "v1", "-m", "v1", commits[0]!);
    const repository = open(path);
    const newest = { sha: commits[2], committedAt: "2026-01-01T00:00:02Z" };
    expect(await repository.revision("HEAD")).toEqual({ ...newest, ref: "refs/heads/main" });
    expect(await repository.revision("main")).toEqual({ ...newest, ref: "refs/heads/main" });
    expect(await repository.revision("origin/main")).toEqual({ ...newest, ref: "refs/remotes/origin/main" });
    expect(await repository.revision(commits[2]!)).toEqual({ ...newest, ref: "" });
    expect(await repository.revision("HEAD~1")).toEqual({
      sha: commits[1],
      ref: "",
      committedAt: "2026-01-01T00:00:01Z",
    });
    expect(await repository.revision("v1")).toMatchObject({ sha: commits[0], ref: "refs/tags/v1" });
    git(path, "checkout", "-q", "--detach");
    expect(await repository.revision("HEAD")).toEqual({ ...newest, ref: "" });
  });

  it("takes a branch that only the remote has for origin's", async () => {
    const { path, commits } = project();
    git(path, "checkout", "-q", "--detach");
    git(path, "branch", "-D", "main");
    expect(await open(path).revision("main")).toMatchObject({ sha: commits[2], ref: "refs/remotes/origin/main" });
  });

  it("knows no revision that is missing, empty or an option", async () => {
    const { path } = project();
    const repository = open(path);
    for (const ref of ["nope", "", "--all", NOWHERE, "HEAD:file.txt"])
      expect(await repository.revision(ref)).toBeNull();
  });

  it("lists the line of first parents between two commits, oldest first, and knows what is not on it", async () => {
    const { path, commits } = project(4);
    git(path, "checkout", "--quiet", "-b", "side", commits[1]!);
    git(path, "commit", "--quiet", "--allow-empty", "-m", "aside | 1");
    const side = git(path, "rev-parse", "HEAD");
    git(path, "checkout", "--quiet", "--detach", commits[3]!);
    git(path, "merge", "--quiet", "--no-ff", "-m", "merge", side);
    const merge = git(path, "rev-parse", "HEAD");
    const line = await open(path).line(commits[1]!, merge);
    expect(line?.map(({ sha }) => sha)).toEqual([commits[2], commits[3], merge]);
    expect(line?.at(-1)).toMatchObject({ subject: "merge", committedAt: expect.stringMatching(/Z$/) });
    expect(await open(path).line(side, merge)).toBeNull();
    expect(await open(path).line(merge, commits[1]!)).toBeNull();
    expect(await open(path).line(merge, merge)).toBeNull();
  });

  it("lists the commits that changed a file, oldest first, wherever it is asked from", async () => {
    const { path, commits } = project(4);
    git(path, "commit", "--quiet", "--allow-empty", "-m", "nothing");
    const head = git(path, "rev-parse", "HEAD");
    const all = await open(path).changes(head, "file.txt", 10);
    expect(all.map(({ sha }) => sha)).toEqual(commits);
    expect(all[0]).toMatchObject({ committedAt: expect.stringMatching(/Z$/), subject: expect.any(String) });
    expect(await open(path).changes(head, "file.txt", 1)).toEqual(all.slice(-1));
    expect(await open(path).changes(head, "*.txt", 10)).toEqual([]);
  });

  it("lists ancestors newest first, as many as asked for", async () => {
    const { path, commits } = project(5);
    expect(await open(path).ancestors(commits[4]!, 3)).toEqual([commits[4], commits[3], commits[2]]);
    expect(await open(path).ancestors(commits[1]!, 100)).toEqual([commits[1], commits[0]]);
  });

  it("says what to do about a commit that is nowhere", async () => {
    const { path } = project();
    const error = await errorOf(open(path).ancestors(NOWHERE, 5));
    expect(error.message).toContain(NOWHERE);
    expect(error.remedy).toContain("fetch-depth: 0");
  });

  it("takes no option for a commit", async () => {
    const { remote, path } = project();
    const trap = join(temporaryFolder(), "trapped");
    for (const cwd of [path, clone(remote.url, "--depth=1")]) {
      const repository = open(cwd);
      const option = `--upload-pack=touch ${trap};`;
      await errorOf(repository.ancestors(option, 5));
      await errorOf(repository.show(option, "file.txt"));
      await errorOf(repository.worktree(option, join(temporaryFolder(), "tree")));
    }
    expect(existsSync(trap)).toBe(false);
  });

  it("shows and checks out what a commit holds, whatever the checkout has put in its place", async () => {
    const { path, commits } = project();
    const [base, , planted] = commits as [string, string, string];
    git(path, "replace", base, planted);
    expect(git(path, "show", `${base}:file.txt`)).not.toBe("version 0");
    const repository = open(path);
    expect(await repository.show(base, "file.txt")).toBe("version 0\n");
    const tree = join(temporaryFolder(), "tree");
    const remove = await repository.worktree(base, tree);
    expect(readFileSync(join(tree, "file.txt"), "utf8")).toBe("version 0\n");
    await remove();
    expect(await repository.ancestors(base, 5)).toEqual([base]);
  });

  it("shows a file at a revision, byte for byte, from any folder", async () => {
    const { path, commits } = project();
    const text = "  ü\r\n\u0000 ends without newline";
    mkdirSync(join(path, "sub"));
    const sha = commit(path, 9, { "sub/odd name\t[1].txt": text });
    const repository = open(join(path, "sub"));
    expect(await repository.show(sha, "sub/odd name\t[1].txt")).toBe(text);
    expect(await repository.show(commits[0]!, "file.txt")).toBe("version 0\n");
    expect(await repository.show(commits[0]!, "sub")).toBeNull();
    expect(await repository.show(sha, "sub")).toBeNull();
    expect(await repository.show(sha, "nope.txt")).toBeNull();
  });

  it("names the remedy where the repository belongs to somebody else", async () => {
    const { path } = project();
    const repository = open(path, { env: { ...GIT_ENV, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" } });
    for (const call of [
      () => repository.root(),
      () => repository.revision("HEAD"),
      () => repository.fetchTip(BRANCH),
    ]) {
      const error = await errorOf(call());
      expect(error.remedy).toMatch(/^Run: git config --global --add safe\.directory '\/.*clone/);
      expect(error.kind).toBe("fix");
    }
  });

  it("names the remedy where there is no git", async () => {
    const { path } = project();
    const error = await errorOf(open(path, { env: { PATH: "/nowhere" } }).root());
    expect(error.remedy).toContain("Install git");
  });
});

describe("an empty repository", () => {
  it("has a root, but no revision and no baseline", async () => {
    const path = clone(bareRemote().url);
    const repository = open(path);
    expect(await repository.root()).toBe(git(path, "rev-parse", "--show-toplevel"));
    expect(await repository.revision("HEAD")).toBeNull();
    expect(await repository.fetchTip(BRANCH)).toBeNull();
  });

  it("can be given a baseline all the same", async () => {
    const remote = bareRemote();
    expect(await open(clone(remote.url)).append(BRANCH, null, { path: "a", text: "1" }, "first")).toBe("landed");
    expect(git(remote.path, "show", `${BRANCH}:a`)).toBe("1");
  });
});

describe("the baseline branch", () => {
  it("starts as an orphan and grows by one file a commit, by a fixed author", async () => {
    const { remote, path } = project();
    const repository = open(path);
    expect(await repository.fetchTip(BRANCH)).toBeNull();
    expect(await repository.append(BRANCH, null, { path: "runs/a/1.json", text: "one" }, "Record a")).toBe("landed");
    const first = await repository.fetchTip(BRANCH);
    expect(first).toBe(git(remote.path, "rev-parse", BRANCH));
    expect(await repository.append(BRANCH, first, { path: "runs/b/2.json", text: "two" }, "Record b")).toBe("landed");
    const tip = (await repository.fetchTip(BRANCH))!;
    expect(await repository.list(tip)).toEqual(["runs/a/1.json", "runs/b/2.json"]);
    expect(git(remote.path, "log", "--format=%an <%ae> %s", BRANCH).split("\n")).toEqual([
      "benchgate[bot] <benchgate[bot]@users.noreply.github.com> Record b",
      "benchgate[bot] <benchgate[bot]@users.noreply.github.com> Record a",
    ]);
    expect(git(remote.path, "merge-base", "--is-ancestor", first!, tip)).toBe("");
    expect(git(remote.path, "fsck", "--strict")).toBe("");
  });

  it("is kept by a repository of SHA-256 as by any other", async () => {
    const url = join(temporaryFolder(), "remote.git");
    git("/", "init", "-q", "--bare", "-b", "main", "--object-format=sha256", url);
    const path = join(temporaryFolder(), "clone");
    git("/", "init", "-q", "-b", "main", "--object-format=sha256", path);
    git(path, "remote", "add", "origin", `file://${url}`);
    const repository = open(path);
    const [old, a, b] = ["runs/old", "runs/aa/1", "runs/aa/2"] as const;
    const files = [old, a].map((each) => ({ path: each, text: each }));
    expect(await repository.append(BRANCH, null, files, "x")).toBe("landed");
    const first = (await repository.fetchTip(BRANCH))!;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await repository.append(BRANCH, first, { path: b, text: b }, "x")).toBe("landed");
    const second = (await repository.fetchTip(BRANCH))!;
    expect(await repository.list(second, ["", "runs/aa/"])).toEqual(["runs/", a, b]);
    expect(await repository.without(BRANCH, second, [a], "x", [{ from: old, to: "runs/bb/old" }])).toBe("landed");
    const third = (await repository.fetchTip(BRANCH))!;
    expect(await repository.list(third)).toEqual([b, "runs/bb/old"]);
    expect(await repository.read(third, [b, "runs/bb/old"])).toEqual([b, old]);
    expect(git(url, "fsck", "--strict", "--no-dangling")).toBe("");
  });

  it("is read byte for byte, many files at once, in the order asked for", async () => {
    const { path } = project();
    const writer = open(path);
    const texts = ["", "\n", "no newline", "a\u0000b\r\n", `${"ü€😀".repeat(20_000)}\n`, "abc blob 3\nabc"];
    for (const [index, text] of texts.entries()) {
      await writer.append(BRANCH, await writer.fetchTip(BRANCH), { path: `${index}.txt`, text }, "x");
    }
    const reader = open(clone(`file://${git(path, "remote", "get-url", "origin").slice(7)}`));
    const tip = (await reader.fetchTip(BRANCH))!;
    const order = [4, 0, 5, 3, 2, 1, 4];
    expect(
      await reader.read(
        tip,
        order.map((index) => `${index}.txt`),
      ),
    ).toEqual(order.map((index) => texts[index]));
    expect(await reader.read(tip, [])).toEqual([]);
    expect((await errorOf(reader.read(tip, ["9.txt"]))).message).toContain("9.txt");
  });

  it("is read where the server cannot filter", async () => {
    const { remote, path } = project();
    await open(path).append(BRANCH, null, { path: "a", text: "1" }, "x");
    git(remote.path, "config", "uploadpack.allowFilter", "false");
    const reader = open(path);
    expect(await reader.read((await reader.fetchTip(BRANCH))!, ["a"])).toEqual(["1"]);
  });

  it("fetches contents only when they are read", async () => {
    const { path } = project();
    const writer = open(path);
    const big = Array.from({ length: 40_000 }, (_, index) => `${(index * 7919) % 104729}`).join(" ");
    await writer.append(BRANCH, null, { path: "big", text: big }, "x");
    await writer.append(BRANCH, await writer.fetchTip(BRANCH), { path: "small", text: "1" }, "x");
    const folder = temporaryFolder();
    const reader = open(path, { temporaryFolder: async () => folder });
    const tip = (await reader.fetchTip(BRANCH))!;
    const kilobytes = (): number => {
      const counts = git(join(folder, "mirror.git"), "count-objects", "-v");
      return Number(/^size: (\d+)/m.exec(counts)?.[1]) + Number(/^size-pack: (\d+)/m.exec(counts)?.[1]);
    };
    const before = kilobytes();
    expect(await reader.read(tip, ["small"])).toEqual(["1"]);
    expect(kilobytes() - before).toBeLessThan(20);
    await reader.read(tip, ["big"]);
    expect(kilobytes() - before).toBeGreaterThan(40);
  });

  it("reads and writes the folders of a new file alone, however long the others are", async () => {
    const said = await Promise.all(
      [1, 400].map(async (files) => {
        const { remote, path } = project(1);
        const input = Array.from({ length: files }, (_, file) => `M 100644 inline runs/bb/${file}\ndata 1\n1\n`);
        execFileSync("git", ["fast-import", "--quiet"], {
          cwd: remote.path,
          env: GIT_ENV,
          input: `commit refs/heads/${BRANCH}\ncommitter a <a@b> 0 +0000\ndata 1\n-\nM 100644 inline runs/aa/1\ndata 1\n1\n${input.join("")}`,
        });
        const calls: number[] = [];
        const run: GitOptions["run"] = async (call) => {
          const result = await runGit(call);
          if (["push", "fetch"].includes(call.args[0]!)) return result;
          calls.push(call.input.length + result.stdout.length);
          return result;
        };
        const repository = open(path, { run });
        const tip = (await repository.fetchTip(BRANCH))!;
        calls.length = 0;
        expect(await repository.append(BRANCH, tip, { path: "runs/aa/2", text: "two" }, "x")).toBe("landed");
        expect(await repository.list(tip, ["", "runs/aa/", "runs/cc/"])).toEqual(["runs/", "runs/aa/1"]);
        expect(git(remote.path, "diff-tree", "-r", "--name-status", "--no-commit-id", BRANCH)).toBe("A\truns/aa/2");
        expect(git(remote.path, "ls-tree", "-r", "--name-only", BRANCH).split("\n")).toHaveLength(files + 2);
        return calls;
      }),
    );
    expect(said[1]).toEqual(said[0]);
    expect(said[0]!.length).toBeGreaterThan(5);
  });

  it("puts nothing in the place of what is no folder, and writes no folder anew in which a name leads elsewhere", async () => {
    const { remote, path } = project(1);
    const planted = (name: string): string => {
      const blob = git(remote.path, "rev-parse", "main:file.txt");
      const env = {
        ...GIT_ENV,
        GIT_AUTHOR_NAME: "a",
        GIT_AUTHOR_EMAIL: "a",
        GIT_COMMITTER_NAME: "a",
        GIT_COMMITTER_EMAIL: "a",
      };
      const run = (args: readonly string[], input: string) =>
        execFileSync("git", args, { cwd: remote.path, env, input }).toString().trim();
      const runs = run(["mktree", "-z"], `120000 blob ${blob}\t${name}\0`);
      const root = run(["mktree"], `040000 tree ${runs}\truns\n`);
      const tip = run(["commit-tree", root, "-m", "x"], "");
      git(remote.path, "update-ref", `refs/heads/${BRANCH}`, tip);
      return tip;
    };
    for (const [name, problem] of [
      ["aa", "runs/aa is not a folder"],
      ["..", '"runs/.." cannot be the name of a file'],
      [".GIT", '"runs/.GIT" cannot be the name of a file'],
    ] as const) {
      const tip = planted(name);
      const repository = open(path);
      expect(await repository.fetchTip(BRANCH)).toBe(tip);
      const adding = repository.append(BRANCH, tip, { path: "runs/aa/1.json", text: "1" }, "x");
      expect((await errorOf(adding)).problem).toBe(problem);
      expect(git(remote.path, "rev-parse", BRANCH)).toBe(tip);
    }
  });

  it("moves files when others are removed, and a link stays a link", async () => {
    const { remote, path } = project(1);
    const editor = clone(remote.url);
    git(editor, "checkout", "-q", "--orphan", "new");
    git(editor, "rm", "-q", "-r", "-f", ".");
    mkdirSync(join(editor, "runs"));
    symlinkSync("a", join(editor, "runs/link"));
    commit(editor, 99, { "runs/a": "a", "runs/b": "b" });
    git(editor, "push", "-q", "origin", `HEAD:refs/heads/${BRANCH}`);
    const repository = open(path);
    const moves = ["b", "link"].map((name) => ({ from: `runs/${name}`, to: `runs/${name}/1` }));
    const tip = (await repository.fetchTip(BRANCH))!;
    expect(await repository.without(BRANCH, tip, ["runs/a"], "x", moves)).toBe("landed");
    const next = (await repository.fetchTip(BRANCH))!;
    expect(await repository.list(next)).toEqual(["runs/b/1", "runs/link/1"]);
    expect(await repository.read(next, ["runs/b/1", "runs/link/1"])).toEqual([
      "b",
      { unreadable: expect.stringContaining("it is a link") },
    ]);
  });

  it("never loses a file to another of the same name", async () => {
    const { remote, path } = project();
    const repository = open(path);
    for (const text of ["one", "two", "three", "two"]) {
      expect(
        await repository.append(BRANCH, await repository.fetchTip(BRANCH), { path: "runs/a.b/1.json", text }, "x"),
      ).toBe("landed");
    }
    const tip = (await repository.fetchTip(BRANCH))!;
    const paths = await repository.list(tip);
    expect(paths).toEqual(["runs/a.b/1-2.json", "runs/a.b/1-3.json", "runs/a.b/1.json"]);
    expect(await repository.read(tip, paths)).toEqual(["two", "three", "one"]);
    expect(git(remote.path, "rev-list", "--count", BRANCH)).toBe("3");
  });

  it("reports that somebody else was first, on top of a tip and on a new branch", async () => {
    const { remote, path } = project();
    const [one, two] = [open(path), open(clone(remote.url))];
    expect(await one.append(BRANCH, null, { path: "a", text: "1" }, "x")).toBe("landed");
    expect(await two.append(BRANCH, null, { path: "b", text: "2" }, "x")).toBe("moved");
    const tip = await one.fetchTip(BRANCH);
    expect(await two.append(BRANCH, tip, { path: "b", text: "2" }, "x")).toBe("landed");
    expect(await one.append(BRANCH, tip, { path: "c", text: "3" }, "x")).toBe("moved");
    expect(await one.append(BRANCH, await one.fetchTip(BRANCH), { path: "c", text: "3" }, "x")).toBe("landed");
    expect(git(remote.path, "ls-tree", "--name-only", BRANCH).split("\n")).toEqual(["a", "b", "c"]);
  });

  it("reports a branch that was taken away in between as moved, or grows it again", async () => {
    const { remote, path } = project();
    const repository = open(path);
    await repository.append(BRANCH, null, { path: "a", text: "1" }, "x");
    const reader = open(clone(remote.url));
    const tip = await reader.fetchTip(BRANCH);
    git(remote.path, "update-ref", "-d", `refs/heads/${BRANCH}`);
    git(remote.path, "reflog", "expire", "--expire=now", "--all");
    git(remote.path, "prune", "--expire=now");
    expect(await reader.append(BRANCH, tip, { path: "b", text: "2" }, "x")).toBe("moved");
    expect(await reader.append(BRANCH, await reader.fetchTip(BRANCH), { path: "b", text: "2" }, "x")).toBe("landed");
  });

  it.each([
    "[rejected] (fetch first)",
    "[rejected] (non-fast-forward)",
    "[remote rejected] (cannot lock ref 'refs/heads/x': is at 1234 but expected 5678)",
    "[remote rejected] (cannot lock ref 'refs/heads/x': reference already exists)",
    "[remote rejected] (failed to update ref)",
    "[remote rejected] (incorrect old value provided)",
  ])("takes %j for somebody else who was first, even if the branch does not show it yet", async (refusal) => {
    const { path } = project(1);
    const run: GitOptions["run"] = async (call) =>
      call.args[0] === "push"
        ? {
            code: 1,
            stdout: Buffer.from(`To origin\n!\tabc:refs/heads/x\t${refusal}\nDone\n`),
            stderr: "error: failed to push",
          }
        : runGit(call);
    expect(await open(path, { run }).append(BRANCH, null, { path: "a", text: "1" }, "x")).toBe("moved");
  });

  it("counts a push whose answer was lost as landed, once", async () => {
    const { remote, path } = project(1);
    let lost = false;
    const run: GitOptions["run"] = async (call) => {
      const result = await runGit(call);
      if (call.args[0] !== "push" || lost) return result;
      lost = true;
      return { code: 128, stdout: Buffer.alloc(0), stderr: "fatal: the remote end hung up unexpectedly\n" };
    };
    const repository = open(path, { run });
    expect(await repository.append(BRANCH, null, { path: "a", text: "1" }, "x")).toBe("moved");
    expect(await repository.append(BRANCH, await repository.fetchTip(BRANCH), { path: "a", text: "1" }, "x")).toBe(
      "landed",
    );
    expect(git(remote.path, "rev-list", "--count", BRANCH)).toBe("1");
  });

  it("names the permission where the remote refuses", async () => {
    const { remote, path } = project();
    const hook = join(remote.path, "hooks/pre-receive");
    writeFileSync(hook, "#!/bin/sh\necho 'GH013: Repository rule violations found' >&2\nexit 1\n");
    chmodSync(hook, 0o755);
    const error = await errorOf(open(path).append(BRANCH, null, { path: "a", text: "1" }, "x"));
    expect(error.kind).toBe("measure");
    expect(error.problem).toContain("pre-receive hook declined");
    expect(error.remedy).toContain("permissions: contents: write");
  });

  it("is null without a remote, and cannot be added to", async () => {
    const path = temporaryFolder();
    git(path, "init", "-q", "-b", "main");
    commit(path, 1, { a: "1" });
    const repository = open(path);
    expect(await repository.fetchTip(BRANCH)).toBeNull();
    expect((await errorOf(repository.append(BRANCH, null, { path: "a", text: "1" }, "x"))).remedy).toContain(
      "git remote add origin",
    );
  });

  it("is an error, not an empty baseline, where the remote is out of reach", async () => {
    const { path } = project();
    git(path, "remote", "set-url", "origin", join(temporaryFolder(), "gone.git"));
    expect((await errorOf(open(path).fetchTip(BRANCH))).kind).toBe("measure");
  });

  it("is reached through a relative address and from a subfolder", async () => {
    const { remote, path } = project();
    await open(path).append(BRANCH, null, { path: "a", text: "1" }, "x");
    git(path, "config", "remote.origin.url", join("../..", remote.path.split("/").slice(-2).join("/")));
    mkdirSync(join(path, "sub"));
    expect(await open(join(path, "sub")).fetchTip(BRANCH)).toBe(git(remote.path, "rev-parse", BRANCH));
  });

  it("is fetched by several callers at once", async () => {
    const { remote, path } = project();
    await open(path).append(BRANCH, null, { path: "a", text: "1" }, "x");
    const repository = open(path);
    const tips = await Promise.all(Array.from({ length: 5 }, () => repository.fetchTip(BRANCH)));
    expect(new Set(tips)).toEqual(new Set([git(remote.path, "rev-parse", BRANCH)]));
  });

  it("leaves the user's repository exactly as it was", async () => {
    const { path } = project();
    commit(path, 7, { "hook-sees": "1" });
    writeFileSync(join(path, "file.txt"), "edited");
    writeFileSync(join(path, "staged.txt"), "staged");
    git(path, "add", "staged.txt");
    const trap = join(path, ".git/hooks");
    mkdirSync(trap, { recursive: true });
    for (const name of ["pre-push", "reference-transaction", "post-checkout"]) {
      writeFileSync(join(trap, name), `#!/bin/sh\ntouch "${join(path, "..", "hook-ran")}"\n`, { mode: 0o755 });
    }
    const before = visibleState(path);
    const repository = open(path);
    await repository.append(BRANCH, await repository.fetchTip(BRANCH), { path: "a", text: "1" }, "x");
    const tip = (await repository.fetchTip(BRANCH))!;
    await repository.read(tip, await repository.list(tip));
    await (await repository.worktree("HEAD", join(temporaryFolder(), "tree")))();
    expect(existsSync(join(path, "..", "hook-ran"))).toBe(false);
    expect(visibleState(path)).toBe(before);
    expect(existsSync(join(path, ".git/FETCH_HEAD"))).toBe(false);
    expect(existsSync(join(path, ".git/shallow"))).toBe(false);
  });
});

describe("the private mirror", () => {
  it("goes with the process that made it", async () => {
    const { remote, path } = project();
    await open(path).append(BRANCH, null, { path: "a", text: "1" }, "x");
    const temporary = temporaryFolder();
    const module = new URL("../../../src/io/git/git.ts", import.meta.url).href;
    const script = `
      import { readdirSync } from "node:fs";
      import { createGit } from ${JSON.stringify(module)};
      const tip = await createGit({ cwd: ${JSON.stringify(path)} }).fetchTip("${BRANCH}");
      console.log(tip, readdirSync(${JSON.stringify(temporary)}).length);`;
    const env = { ...GIT_ENV, TMPDIR: temporary };
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { env, encoding: "utf8" });
    expect(printed.trim()).toBe(`${git(remote.path, "rev-parse", BRANCH)} 1`);
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe("a shallow clone", () => {
  it("knows all ancestors that the remote knows, and stays as shallow as it was", async () => {
    const { remote, commits } = project(6);
    const path = clone(remote.url, "--depth=1");
    const boundary = readFileSync(join(path, ".git/shallow"), "utf8");
    const before = visibleState(path);
    const newestFirst = [...commits].reverse();
    expect(await open(path).ancestors(commits[5]!, 100)).toEqual(newestFirst);
    expect(await open(path).ancestors(commits[5]!, 4)).toEqual(newestFirst.slice(0, 4));
    expect(await open(path).ancestors(commits[3]!, 2)).toEqual([commits[3], commits[2]]);
    expect(visibleState(path)).toBe(before);
    expect(readFileSync(join(path, ".git/shallow"), "utf8")).toBe(boundary);
  });

  it("falls back on what is here for a commit that was never pushed", async () => {
    const { remote, commits } = project(3);
    const path = clone(remote.url, "--depth=1");
    const mine = commit(path, 50, { "file.txt": "mine" });
    expect(await open(path).ancestors(mine, 10)).toEqual([mine, commits[2]]);
  });

  it("reads and grows the baseline, also after asking for ancestors", async () => {
    const { remote, commits } = project(4);
    const repository = open(clone(remote.url, "--depth=1"));
    expect(await repository.append(BRANCH, null, { path: "a", text: "1" }, "x")).toBe("landed");
    await repository.ancestors(commits[3]!, 10);
    expect(await repository.append(BRANCH, await repository.fetchTip(BRANCH), { path: "b", text: "2" }, "x")).toBe(
      "landed",
    );
    const tip = (await repository.fetchTip(BRANCH))!;
    expect(await repository.read(tip, ["b", "a"])).toEqual(["2", "1"]);
    expect(await repository.ancestors(commits[3]!, 10)).toEqual([...commits].reverse());
  });

  it("shows, names and checks out a revision that it lacks", async () => {
    const { remote, commits } = project(4);
    const path = clone(remote.url, "--depth=1");
    const repository = open(path);
    expect(await repository.show(commits[1]!, "file.txt")).toBe("version 1\n");
    expect(await repository.revision(commits[2]!)).toEqual({
      sha: commits[2],
      ref: "",
      committedAt: "2026-01-01T00:00:02Z",
    });
    const folder = join(temporaryFolder(), "tree");
    const remove = await repository.worktree(commits[0]!, folder);
    expect(readFileSync(join(folder, "file.txt"), "utf8")).toBe("version 0\n");
    await remove();
    expect(git(path, "rev-list", "--count", "HEAD")).toBe("1");
  });
});

describe("a full clone that lacks a revision", () => {
  it("fetches it without turning shallow", async () => {
    const { remote, path } = project();
    const other = clone(remote.url);
    const sha = commit(other, 30, { "file.txt": "newer" });
    git(other, "push", "-q", "origin", "HEAD:refs/heads/topic");
    const before = visibleState(path);
    expect(await open(path).show(sha, "file.txt")).toBe("newer");
    expect(visibleState(path)).toBe(before);
    expect(existsSync(join(path, ".git/FETCH_HEAD"))).toBe(false);
  });
});

describe("a worktree", () => {
  it("holds the revision and goes with everything that was built in it", async () => {
    const { path, commits } = project();
    const before = visibleState(path);
    const folder = join(temporaryFolder(), "tree with space");
    const remove = await open(path).worktree(commits[0]!, folder);
    expect(git(folder, "rev-parse", "HEAD")).toBe(commits[0]);
    expect(git(folder, "rev-parse", "--abbrev-ref", "HEAD")).toBe("HEAD");
    mkdirSync(join(folder, "node_modules"));
    writeFileSync(join(folder, "node_modules/built"), "x");
    writeFileSync(join(folder, "file.txt"), "changed");
    await remove();
    expect(existsSync(folder)).toBe(false);
    expect(visibleState(path)).toBe(before);
  });

  it("can be made twice of one revision, and removed after somebody damaged it", async () => {
    const { path, commits } = project();
    const before = visibleState(path);
    const [one, two] = [join(temporaryFolder(), "one"), join(temporaryFolder(), "two")];
    const repository = open(path);
    const removers = [await repository.worktree(commits[1]!, one), await repository.worktree(commits[1]!, two)];
    writeFileSync(join(one, ".git"), "damaged");
    for (const remove of removers) await remove();
    expect([existsSync(one), existsSync(two)]).toEqual([false, false]);
    expect(visibleState(path)).toBe(before);
  });
});

describe("the token", () => {
  const secret = "ghs_Secret0123456789";
  const header = `basic ${Buffer.from(`x-access-token:${secret}`).toString("base64")}`;

  async function visit(
    status: number,
    prepare: (path: string, url: string) => GitOptions,
  ): Promise<{ headers: unknown[]; error: GateError; calls: GitCall[] }> {
    const server = await refusing(status);
    const { path } = project(1);
    git(path, "remote", "set-url", "origin", `${server.url}/owner/project.git`);
    const calls: GitCall[] = [];
    const options = prepare(path, server.url);
    try {
      const run: GitOptions["run"] = (call) => {
        calls.push(call);
        return runGit(call);
      };
      const error = await errorOf(open(options.cwd, { ...options, run }).fetchTip(BRANCH));
      const headers = server.requests.map(({ headersDistinct }) => headersDistinct.authorization?.join(" and "));
      return { headers, error, calls };
    } finally {
      await server.close();
    }
  }

  it("reaches its server in the environment, never in an argument or an error", async () => {
    const { headers, error, calls } = await visit(403, (cwd, serverUrl) => ({
      cwd,
      env: GIT_ENV,
      token: secret,
      serverUrl,
    }));
    expect(headers[0]).toBe(header);
    expect(JSON.stringify(calls.map((call) => call.args))).not.toMatch(new RegExp(`${secret}|${header.slice(6)}`));
    expect(JSON.stringify([error.message, error.stack])).not.toContain(secret);
    expect(error.remedy).toContain("permissions: contents: write");
  });

  it("goes to no other server", async () => {
    const { headers, error } = await visit(401, (cwd) => ({
      cwd,
      env: GIT_ENV,
      token: secret,
      serverUrl: "https://github.com",
    }));
    expect(headers).toEqual(headers.map(() => undefined));
    expect(headers.length).toBeGreaterThan(0);
    expect(error.remedy).toContain("token");
  });

  it("gives way to credentials of the checkout, also in a file that is bound to its folder", async () => {
    const { headers } = await visit(403, (cwd, url) => {
      const file = join(temporaryFolder(), "credentials");
      writeFileSync(file, `[http "${url}/"]\n\textraheader = AUTHORIZATION: basic Y2hlY2tvdXQ=\n`);
      git(cwd, "config", `includeIf.gitdir:${join(cwd, ".git")}.path`, file);
      return { cwd, env: GIT_ENV, token: secret, serverUrl: url };
    });
    expect(headers[0]).toBe("basic Y2hlY2tvdXQ=");
  });

  it("leaves settings that are already in the environment in force", async () => {
    const { headers } = await visit(403, (cwd, url) => ({
      cwd,
      env: {
        ...GIT_ENV,
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: "http.extraheader",
        GIT_CONFIG_VALUE_0: "Authorization: basic ZW52",
      },
      token: secret,
      serverUrl: url,
    }));
    expect(headers[0]).toBe("basic ZW52");
  });
});
