import { chmodSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createBranchStore } from "../../src/baseline/branch-store.ts";
import { migrate } from "../../src/baseline/migrate.ts";
import { BASELINE_BRANCH, BASELINE_REF, refName } from "../../src/baseline/places.ts";
import { createRefStore } from "../../src/baseline/ref-store.ts";
import { createGit } from "../../src/io/git/git.ts";
import { recordingOf } from "./recordings.ts";
import { clone, GIT_ENV, git, project, temporaryFolder, visibleState } from "./repositories.ts";

const RUN = { run: "100", attempt: "1", gate: "ci-bench" };
const MOVE = { branch: BASELINE_BRANCH, ref: BASELINE_REF, keep: false };
const sha = (digit: string) => digit.repeat(40);

function portsOf(cwd: string) {
  return {
    git: createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() }),
    clock: { sleep: async () => {} },
    host: { random: () => 0 },
  };
}

/** Makes the bare repository turn away what the shell condition on `$1`, the ref, says. */
function refuse(remote: string, condition: string): void {
  const hook = join(remote, "hooks/update");
  writeFileSync(hook, `#!/bin/sh\nif ${condition}; then echo "only branches and tags here"; exit 1; fi\n`);
  chmodSync(hook, 0o755);
}

describe("a ref store", () => {
  it("keeps recordings where no clone, no full fetch and no list of branches carries them, and the checkout as it was", async () => {
    const { remote, path } = project();
    const before = visibleState(path);
    const store = createRefStore(portsOf(path));
    expect(await store.list()).toEqual([]);
    expect(store.place).toBe(`ref ${BASELINE_REF}`);
    expect(await store.save(recordingOf(sha("1")), RUN)).toBeNull();
    expect(await store.save(recordingOf(sha("2")), RUN)).toBeNull();
    expect(visibleState(path)).toBe(before);
    expect(git(remote.path, "for-each-ref", "--format=%(refname)").split("\n").sort()).toEqual([
      BASELINE_REF,
      "refs/heads/main",
    ]);
    const stored = git(remote.path, "rev-parse", BASELINE_REF);
    const fresh = clone(remote.url);
    git(fresh, "fetch", "-q", "--prune", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*");
    expect(() => git(fresh, "cat-file", "-e", stored)).toThrow();
    const reader = createRefStore(portsOf(clone(remote.url, "--depth=1")));
    expect((await reader.load(await reader.list())).recordings).toHaveLength(2);
  });

  it("says in one sentence that a server takes no such ref, and names the branch", async () => {
    const { remote, path } = project();
    for (const setting of ["update", "hidden"]) {
      if (setting === "update") refuse(remote.path, '[ "${1#refs/benchgate/}" != "$1" ]');
      else git(remote.path, "config", "receive.hideRefs", "refs/benchgate");
      const warning = await createRefStore(portsOf(path)).save(recordingOf(sha("1")), RUN);
      expect(warning).toMatchObject({
        code: "not-stored",
        reason: expect.stringMatching(/takes no refs other than branches and tags, use `baseline-store: branch`$/),
      });
    }
    expect(await createBranchStore(portsOf(path)).save(recordingOf(sha("1")), RUN)).toBeNull();
  });

  it.each([
    "refs/heads/main",
    "refs/tags/v1",
    "refs/pull/1/head",
    "baselines",
    "refs/x",
    "refs/a/../b",
    "refs/a/b.lock",
    "--all",
  ])("is none: %s", (word) => {
    expect(() => refName(word)).toThrow(/is not a ref that baselines can be kept on/);
  });
});

describe("a history that moves from a branch to a ref", () => {
  it("is read and added to on the branch until it has moved, by every word, and then on the ref", async () => {
    const { remote, path } = project();
    const ports = portsOf(path);
    await createBranchStore(ports).save(recordingOf(sha("1")), RUN);
    const early = createRefStore(ports);
    expect(await early.save(recordingOf(sha("2")), RUN)).toBeNull();
    expect(early.place).toBe(`branch ${BASELINE_BRANCH}`);

    const tip = git(remote.path, "rev-parse", BASELINE_BRANCH);
    expect(await migrate(ports, MOVE)).toEqual({ entries: 2, removed: null });
    expect(git(remote.path, "for-each-ref", "--format=%(refname) %(objectname)")).toContain(`${BASELINE_REF} ${tip}`);
    expect(git(remote.path, "branch", "--list")).not.toContain(BASELINE_BRANCH);

    for (const [digit, store] of [
      ["3", createBranchStore(ports)],
      ["4", createRefStore(ports)],
    ] as const) {
      expect(await store.save(recordingOf(sha(digit)), RUN)).toBeNull();
      expect(store.place).toBe(`ref ${BASELINE_REF}`);
    }
    expect(git(remote.path, "rev-list", "--count", BASELINE_REF)).toBe("4");
    await expect(migrate(ports, MOVE)).rejects.toThrow(/origin has no branch .*nothing to move/);
  });

  it("keeps the branch where something on it cannot be brought over, and names it", async () => {
    const { remote, path } = project();
    const ports = portsOf(path);
    const branch = "numbers";
    await createBranchStore(ports, branch).save(recordingOf(sha("1")), RUN);
    await migrate(ports, { ...MOVE, branch, keep: true });
    await createBranchStore(ports, branch).save(recordingOf(sha("2")), RUN);
    const unreadable = {
      ...ports.git,
      read: async (_: string, paths: readonly string[]) => paths.map(() => ({ unreadable: "it is a link" })),
    };
    await expect(migrate({ git: unreadable }, { ...MOVE, branch })).rejects.toThrow(
      /cannot be moved, and the branch is as it was: it is a link/,
    );
    expect(git(remote.path, "branch", "--list")).toContain(branch);
  });

  it("brings over what others added to the branch afterwards, and nothing twice", async () => {
    const { remote, path } = project();
    const ports = portsOf(path);
    // A branch of another name is not asked whether it has moved.
    const branch = "numbers";
    const old = createBranchStore(ports, branch);
    await old.save(recordingOf(sha("1")), RUN);
    expect(await migrate(ports, { ...MOVE, branch, keep: true })).toEqual({ entries: 1, removed: "kept" });
    await old.save(recordingOf(sha("2")), RUN);
    expect(await migrate(ports, { ...MOVE, branch })).toEqual({ entries: 2, removed: null });
    expect(git(remote.path, "ls-tree", "-r", "--name-only", BASELINE_REF).split("\n")).toHaveLength(2);
  });

  it("leaves the branch where the ref is refused, and says where only the branch cannot go", async () => {
    const { remote, path } = project();
    const ports = portsOf(path);
    await createBranchStore(ports).save(recordingOf(sha("1")), RUN);
    const tip = git(remote.path, "rev-parse", BASELINE_BRANCH);
    refuse(remote.path, '[ "${1#refs/benchgate/}" != "$1" ]');
    await expect(migrate(ports, MOVE)).rejects.toThrow(
      /could not be made, and the branch is as it was.*baseline-store: branch/,
    );
    refuse(remote.path, '[ "$3" = 0000000000000000000000000000000000000000 ]');
    expect(await migrate(ports, MOVE)).toEqual({
      entries: 1,
      removed: expect.stringContaining("only branches and tags"),
    });
    expect(git(remote.path, "rev-parse", BASELINE_BRANCH, BASELINE_REF)).toBe(`${tip}\n${tip}`);
  });

  it("moves no branch of code", async () => {
    const { path } = project();
    await expect(migrate(portsOf(path), { ...MOVE, branch: "main" })).rejects.toThrow(
      /holds other files, such as file\.txt/,
    );
  });
});
