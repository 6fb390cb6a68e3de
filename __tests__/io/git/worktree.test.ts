import { execFileSync, spawn } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { type RunGit, runGit } from "../../../src/io/git/command.ts";
import { createGit, type GitOptions } from "../../../src/io/git/git.ts";
import { GateError } from "../../../src/model/error.ts";
import type { Git } from "../../../src/ports/index.ts";
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

import { startHttpRemote } from "./http-remote.ts";

const MODULE = new URL("../../../src/io/git/git.ts", import.meta.url).href;

function open(cwd: string, options: Partial<GitOptions> = {}): ReturnType<typeof createGit> {
  return createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder(), ...options });
}

/** A program that makes a worktree of HEAD in `folder` and says so. */
const maker = (path: string, folder: string, then: string) => `
  import { createGit } from ${JSON.stringify(MODULE)};
  const remove = await createGit({ cwd: ${JSON.stringify(path)} }).worktree("HEAD", ${JSON.stringify(folder)});
  console.log("made");
  ${then}`;

/** Where git keeps an object by itself, below its own folder. */
function objectFile(path: string, name: string): string {
  const oid = git(path, "rev-parse", name);
  return `objects/${oid.slice(0, 2)}/${oid.slice(2)}`;
}

async function killedAfterMaking(path: string, folder: string): Promise<void> {
  const code = maker(path, folder, "setInterval(() => {}, 1000);");
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], {
    env: { ...GIT_ENV },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
}

describe("a worktree whose repository somebody changes", () => {
  it.each<[string, (path: string) => void]>([
    ["a file", () => {}],
    ["a folder elsewhere", (path) => mkdirSync(join(path, ".git"))],
  ])("is removed as far as that can be done, and costs nobody a verdict, where .git becomes %s", async (_, become) => {
    const { path } = project(1);
    const folder = join(temporaryFolder(), "tree");
    const remove = await open(path).worktree("HEAD", folder);
    renameSync(join(path, ".git"), join(path, "moved"));
    become(path);
    if (!existsSync(join(path, ".git"))) writeFileSync(join(path, ".git"), "gitdir: moved\n");
    await remove();
    expect(existsSync(folder)).toBe(false);
  });

  it("is refused in words where git has no folder for its notes any more", async () => {
    const { path } = project(1);
    const repository = open(path);
    await repository.root();
    writeFileSync(join(path, ".git/worktrees"), "");
    const made = repository.worktree("HEAD", join(temporaryFolder(), "tree"));
    await expect(made).rejects.toThrow(/^git's folders cannot be used \(E.*\)\. Leave \.git/);
    await expect(made).rejects.toBeInstanceOf(GateError);
  });

  it("gets no named pipe that has a definition's place: reading it would never end", async () => {
    const { path } = project(1);
    const repository = open(path);
    const folder = join(temporaryFolder(), "tree");
    const remove = await repository.worktree("HEAD", folder);
    rmSync(join(path, "file.txt"));
    execFileSync("mkfifo", [join(path, "file.txt")]);
    await repository.overlay(path, folder, { folders: ["file.txt"], files: ["file.txt"] });
    expect(existsSync(join(folder, "file.txt"))).toBe(false);
    await remove();
  });
});

describe("a tree that is given files of another", () => {
  /** What `vendor` is a folder of in the checkout and a link elsewhere in the other tree, or the other way round. */
  async function overlaid(linked: "from" | "to", to: (outside: string) => string = (outside) => outside) {
    const { path } = project(1);
    const outside = temporaryFolder();
    writeFileSync(join(outside, "x"), "precious");
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path);
    const remove = await repository.worktree("HEAD", folder);
    const [link, plain] = linked === "to" ? [folder, path] : [path, folder];
    symlinkSync(to(outside), join(link, "vendor"));
    mkdirSync(join(plain, "vendor"));
    writeFileSync(join(plain, "vendor/x"), "own");
    return { path, folder, outside, repository, remove };
  }
  const paths = { folders: [], files: ["vendor/x"] };

  it("has a folder in place of a link that leads out of it, behind which nothing is touched", async () => {
    const { path, folder, outside, repository, remove } = await overlaid("to");
    await repository.overlay(path, folder, paths);
    expect(readFileSync(join(outside, "x"), "utf8")).toBe("precious");
    expect(readFileSync(join(folder, "vendor/x"), "utf8")).toBe("own");
    await remove();
  });

  it("gets nothing that a link of the other leads out to", async () => {
    const { path, folder, repository, remove } = await overlaid("from");
    await repository.overlay(path, folder, paths);
    expect(existsSync(join(folder, "vendor/x"))).toBe(false);
    await remove();
  });

  it("shares what both reach by a link, and does not remove it", async () => {
    const { path, folder, outside, repository, remove } = await overlaid("from");
    const files = ["vendor", "vendor/x"];
    await repository.overlay(path, folder, { folders: [], files });
    expect(readFileSync(join(folder, "vendor/x"), "utf8")).toBe("precious");
    expect(readFileSync(join(outside, "x"), "utf8")).toBe("precious");
    await remove();
  });

  it("follows a link that stays within a tree", async () => {
    const { path, folder, repository, remove } = await overlaid("from", () => "lib");
    mkdirSync(join(path, "lib"));
    writeFileSync(join(path, "lib/x"), "new");
    await repository.overlay(path, folder, paths);
    expect(readFileSync(join(folder, "vendor/x"), "utf8")).toBe("new");
    await remove();
  });
});

describe("a repository in which a benchmark has run", () => {
  it.each(["HEAD", "packed-refs", "shallow", "index", "objects/info/alternates", "objects/info/commit-graph"])(
    "is refused at once where git would wait for a pipe: %s",
    async (name) => {
      const { path } = project(1);
      const repository = open(path);
      await repository.root();
      const file = join(path, ".git", name);
      rmSync(file, { force: true });
      execFileSync("mkfifo", [file]);
      await expect(repository.revision("HEAD")).rejects.toThrow(/this is not a file, and git would wait for it/);
    },
  );

  it.each<[string, (path: string) => string, (repository: Git) => Promise<unknown>]>([
    ["an object", (path) => objectFile(path, "HEAD:file.txt"), (repository) => repository.show("HEAD", "file.txt")],
    [
      "the notes of another working tree",
      () => "worktrees/another/gitdir",
      (repository) => repository.worktree("HEAD", join(temporaryFolder(), "tree")),
    ],
  ])("is refused soon where git waits for a pipe that nobody looked for: %s", async (_, fileIn, ask) => {
    const { path } = project(1);
    const repository = open(path, { slowAfter: 0.05 });
    await repository.root();
    const file = join(path, ".git", fileIn(path));
    rmSync(file, { force: true });
    mkdirSync(dirname(file), { recursive: true });
    execFileSync("mkfifo", [file]);
    await expect(ask(repository)).rejects.toThrow(`${file}: this is not a file, and git would wait for it`);
  });

  it("is asked for as long as it takes where there is no pipe", async () => {
    const { path } = project(1);
    const slow: RunGit = async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return runGit(call);
    };
    const repository = open(path, { slowAfter: 0.001, run: slow });
    expect(await repository.show("HEAD", "file.txt")).not.toBeNull();
  });

  it("is asked with the git that was there before, whatever stands in front of it on PATH now", async () => {
    const { path } = project(1);
    const folder = temporaryFolder();
    const env = { ...GIT_ENV, PATH: `${folder}:${GIT_ENV.PATH}` };
    const repository = open(path, { env });
    await repository.root();
    writeFileSync(join(folder, "git"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
    expect(await repository.revision("HEAD")).toMatchObject({ sha: git(path, "rev-parse", "HEAD") });
  });
});

describe("a worktree whose program ended", () => {
  it.each([
    ["by itself", ""],
    ["at once", "process.exit(3);"],
    ["by a crash", 'process.on("uncaughtException", () => process.exit(4)); throw new Error("planted");'],
  ])("%s without removing it, is gone with it", (_, then) => {
    const { path } = project(1);
    const before = visibleState(path);
    const folder = join(temporaryFolder(), "tree");
    try {
      execFileSync(process.execPath, ["--input-type=module", "-e", maker(path, folder, then)], { env: GIT_ENV });
    } catch (error) {
      expect((error as { status: number }).status).toBeGreaterThan(2);
    }
    expect(existsSync(folder)).toBe(false);
    expect(visibleState(path)).toBe(before);
  });

  it("by SIGKILL stays, and is removed with its temporary folder before the next one is made", async () => {
    const { path } = project(1);
    const before = visibleState(path);
    const parent = mkdtempSync(join(tmpdir(), "benchgate-"));
    await killedAfterMaking(path, join(parent, "baseline"));
    expect(git(path, "worktree", "list")).toContain("baseline");
    writeFileSync(join(parent, "output"), "x");
    await (await open(path).worktree("HEAD", join(temporaryFolder(), "tree")))();
    expect(existsSync(parent)).toBe(false);
    expect(visibleState(path)).toBe(before);
  });

  it("by SIGKILL is forgotten where somebody has deleted its folder since", async () => {
    const { path } = project(1);
    const before = visibleState(path);
    const folder = join(temporaryFolder(), "tree");
    await killedAfterMaking(path, folder);
    rmSync(folder, { recursive: true });
    await (await open(path).worktree("HEAD", join(temporaryFolder(), "tree")))();
    expect(visibleState(path)).toBe(before);
  });

  it("is not taken for one that is in use, or that the user locked", async () => {
    const { path } = project(1);
    const [mine, theirs] = [join(temporaryFolder(), "mine"), join(temporaryFolder(), "theirs")];
    git(path, "worktree", "add", "-q", "--detach", theirs);
    git(path, "worktree", "lock", "--reason", "benchgate is great", theirs);
    const remove = await open(path).worktree("HEAD", mine);
    await (await open(path).worktree("HEAD", join(temporaryFolder(), "other")))();
    expect([existsSync(mine), existsSync(theirs)]).toEqual([true, true]);
    await remove();
    expect([existsSync(mine), existsSync(theirs)]).toEqual([false, true]);
  });
});

describe("a branch that a shallow clone lacks", () => {
  it("is brought as one commit, and named by its tag as well", async () => {
    const { remote, path, commits } = project(3);
    git(path, "push", "-q", "origin", `${commits[0]}:refs/heads/release/1`);
    git(path, "tag", "-a", "v1", "-m", "v1", commits[1]!);
    git(path, "push", "-q", "origin", "v1");
    const shallow = clone(remote.url, "--depth=1", "--single-branch", "--branch=main", "--no-tags");
    const before = visibleState(shallow);
    const repository = open(shallow);
    expect(await repository.revision("release/1")).toMatchObject({ sha: commits[0] });
    expect(await repository.revision("origin/release/1")).toMatchObject({ sha: commits[0] });
    expect(await repository.revision("v1")).toMatchObject({ sha: commits[1] });
    for (const ref of ["nope", "HEAD~1", "main@{1}"]) expect(await repository.revision(ref)).toBeNull();
    expect(visibleState(shallow)).toBe(before);
    expect(git(shallow, "rev-list", "--count", "HEAD")).toBe("1");
  });
});

describe("a partial clone", () => {
  it("fetches the files of the revision for its worktree", async () => {
    const { remote, commits } = project(3);
    git(remote.path, "config", "uploadpack.allowAnySHA1InWant", "true");
    const path = clone(remote.url, "--filter=blob:none");
    const folder = join(temporaryFolder(), "tree");
    const remove = await open(path).worktree(commits[0]!, folder);
    expect(readFileSync(join(folder, "file.txt"), "utf8")).toBe("version 0\n");
    await remove();
  });
});

/** git that may clone submodules from folders of this machine. */
const LOCAL = {
  ...GIT_ENV,
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "protocol.file.allow",
  GIT_CONFIG_VALUE_0: "always",
};

describe("submodules", () => {
  function withSubmodule(): { remote: { url: string; path: string }; path: string; library: string } {
    const library = bareRemote();
    const source = clone(library.url);
    git(source, "checkout", "-q", "-B", "main");
    commit(source, 1, { "library.txt": "library" });
    git(source, "push", "-q", "origin", "main");
    const { remote, path } = project(1);
    git(path, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", library.url, "vendor/lib");
    commit(path, 2, {});
    git(path, "push", "-q", "origin", "HEAD:main");
    return { remote, path, library: library.path };
  }

  it("that this tree has are in a worktree as well, and go with it", async () => {
    const { path } = withSubmodule();
    const before = visibleState(path);
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path, { env: LOCAL });
    const remove = await repository.worktree("HEAD", folder);
    expect(readFileSync(join(folder, "vendor/lib/library.txt"), "utf8")).toBe("library");
    expect(await repository.lacking(folder)).toEqual([]);
    await remove();
    expect([existsSync(folder), visibleState(path)]).toEqual([false, before]);
  });

  it("that only this tree's own repository has are in a worktree as well", async () => {
    const { path, library } = withSubmodule();
    rmSync(library, { recursive: true });
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path, { env: LOCAL });
    const remove = await repository.worktree("HEAD", folder);
    expect(readFileSync(join(folder, "vendor/lib/library.txt"), "utf8")).toBe("library");
    expect(git(join(folder, "vendor/lib"), "status", "--porcelain")).toBe("");
    expect(git(join(folder, "vendor/lib"), "rev-parse", "HEAD")).toBe(git(path, "rev-parse", "HEAD:vendor/lib"));
    await remove();
    expect(git(join(path, "vendor/lib"), "worktree", "list").split("\n")).toHaveLength(1);
  });

  it("whose commit only the remote has are fetched", async () => {
    const { path, library } = withSubmodule();
    const source = clone(`file://${library}`);
    const newer = commit(source, 5, { "library.txt": "newer" });
    git(source, "push", "-q", "origin", "HEAD:main");
    git(path, "update-index", "--cacheinfo", `160000,${newer},vendor/lib`);
    const tree = git(path, "write-tree");
    const sha = git(path, "commit-tree", tree, "-p", "HEAD", "-m", "newer library");
    git(path, "reset", "-q", "--hard");
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path, { env: LOCAL });
    const remove = await repository.worktree(sha, folder);
    expect(readFileSync(join(folder, "vendor/lib/library.txt"), "utf8")).toBe("newer");
    await remove();
  });

  it("that cannot be had are named", async () => {
    const { path } = withSubmodule();
    git(path, "update-index", "--cacheinfo", `160000,${"0123456789".repeat(4)},vendor/lib`);
    const sha = git(path, "commit-tree", git(path, "write-tree"), "-p", "HEAD", "-m", "nowhere");
    git(path, "reset", "-q", "--hard");
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path, { env: LOCAL });
    const remove = await repository.worktree(sha, folder);
    expect(await repository.lacking(folder)).toEqual(["vendor/lib"]);
    await remove();
  });

  it("that this tree does without are not brought, and not missed", async () => {
    const { remote } = withSubmodule();
    const path = clone(remote.url, "--depth=1");
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path, { env: LOCAL });
    const remove = await repository.worktree("HEAD", folder);
    expect(readdirSync(join(folder, "vendor/lib"))).toEqual([]);
    expect(await repository.lacking(folder)).toEqual([]);
    await remove();
  });
});

describe("LFS files", () => {
  const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 3\n`;

  /** A repository whose index holds a pointer; `smudge` stands for git-lfs. */
  function withLfs(smudge: string): string {
    const { path } = project(1);
    commit(path, 2, { ".gitattributes": "*.bin filter=lfs\n", "data.bin": pointer });
    git(path, "config", "filter.lfs.smudge", smudge);
    git(path, "config", "filter.lfs.clean", `cat >/dev/null; printf '%s' '${pointer.trimEnd()}'; echo`);
    return path;
  }

  it("are left as pointers where this tree has pointers, even if git-lfs could fetch them", async () => {
    const path = withLfs('if [ -n "$GIT_LFS_SKIP_SMUDGE" ]; then cat; else cat >/dev/null; echo big; fi');
    const folder = join(temporaryFolder(), "tree");
    const repository = open(path);
    const remove = await repository.worktree("HEAD", folder);
    expect(readFileSync(join(folder, "data.bin"), "utf8")).toBe(pointer);
    expect(await repository.lacking(folder)).toEqual([]);
    await remove();
  });

  it("are fetched where this tree has them, and named where they could not be", async () => {
    const path = withLfs("cat >/dev/null; echo big");
    writeFileSync(join(path, "data.bin"), "big\n");
    const [good, bad] = [join(temporaryFolder(), "good"), join(temporaryFolder(), "bad")];
    const repository = open(path);
    const removers = [await repository.worktree("HEAD", good)];
    expect(await repository.lacking(good)).toEqual([]);
    git(path, "config", "filter.lfs.smudge", "cat");
    const later = open(path);
    removers.push(await later.worktree("HEAD", bad));
    expect(await later.lacking(bad)).toEqual(["data.bin"]);
    for (const remove of removers) await remove();
  });

  it("that are not here are fetched with the token before the filter runs, which does not see it", async () => {
    const secret = Buffer.from("x-access-token:for-lfs").toString("base64");
    const remote = await startHttpRemote(`basic ${secret}`);
    const tools = temporaryFolder();
    // What git-lfs does, as far as it matters: `fetch` asks the remote, `smudge` takes what is here.
    const standIn = `#!/bin/sh
env > ${tools}/$1.env
object=$(git rev-parse --git-common-dir)/lfs/objects/1
case $1 in
  fetch) mkdir -p "$(dirname "$object")" && echo big > "$object" && echo "$2 $3" > ${tools}/asked ;;
  smudge) cat > /dev/null; cat "$object" ;;
esac
`;
    writeFileSync(join(tools, "git-lfs"), standIn, { mode: 0o755 });
    const path = withLfs("git-lfs smudge");
    writeFileSync(join(path, "data.bin"), "big\n");
    git(path, "remote", "set-url", "origin", remote.url);
    const folder = join(temporaryFolder(), "tree");
    const env = { ...GIT_ENV, PATH: `${GIT_ENV.PATH}:${tools}` };
    const repository = open(path, { env, token: "for-lfs", serverUrl: remote.server });
    const remove = await repository.worktree("HEAD", folder);
    expect(readFileSync(join(folder, "data.bin"), "utf8")).toBe("big\n");
    expect(readFileSync(join(tools, "asked"), "utf8")).toBe(`origin ${git(path, "rev-parse", "HEAD")}\n`);
    expect(readFileSync(join(tools, "fetch.env"), "utf8")).toContain(secret);
    expect(readFileSync(join(tools, "smudge.env"), "utf8")).not.toContain(secret);
    // Where git-lfs keeps them, so that they are fetched once.
    expect(readFileSync(join(path, ".git/lfs/objects/1"), "utf8")).toBe("big\n");
    await remove();
    await remote.close();
  });

  it("are seen from a subfolder too", async () => {
    const path = withLfs("cat");
    writeFileSync(join(path, "data.bin"), "big\n");
    mkdirSync(join(path, "sub"));
    const folder = join(temporaryFolder(), "tree");
    const repository = open(join(path, "sub"));
    const remove = await repository.worktree("HEAD", folder);
    expect(await repository.lacking(folder)).toEqual(["data.bin"]);
    await remove();
    expect(existsSync(dirname(folder))).toBe(true);
  });
});

describe("a program that a benchmark has put into the checkout's git configuration", () => {
  it("is not started by git's look at the working tree", async () => {
    const { path } = project(1);
    const seen = join(temporaryFolder(), "seen");
    git(path, "config", "core.fsmonitor", `echo started > ${seen}; false`);
    git(path, "ls-files", "--others");
    expect(existsSync(seen)).toBe(true);
    rmSync(seen);

    const repository = open(path);
    const tree = join(temporaryFolder(), "tree");
    const remove = await repository.worktree("HEAD", tree);
    await repository.overlay(path, tree, { folders: ["."], files: [] });
    await remove();
    expect(existsSync(seen)).toBe(false);
  });
});
