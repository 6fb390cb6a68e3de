import { describe, expect, it } from "vitest";
import { createBranchStore } from "../../src/baseline/branch-store.ts";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { entryPath } from "../../src/baseline/entry.ts";
import { history } from "../../src/baseline/history.ts";
import type { BaselineStore } from "../../src/baseline/store.ts";
import { createFiles } from "../../src/io/files.ts";
import { createGit } from "../../src/io/git.ts";
import { fingerprint } from "../../src/model/environment.ts";
import { GateError } from "../../src/model/error.ts";
import { MACHINE, recordingOf } from "./recordings.ts";
import { clone, commit, GIT_ENV, git, project, temporaryFolder } from "./repositories.ts";

const gate = "ci";

async function fill(store: BaselineStore, shas: readonly string[], environment = MACHINE): Promise<void> {
  for (const [index, sha] of shas.entries()) {
    expect(await store.save(recordingOf(sha, environment), { run: String(index), attempt: "1", gate })).toBeNull();
  }
}

function branchStore(cwd: string): BaselineStore {
  return createBranchStore({
    git: createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() }),
    clock: { sleep: async () => {} },
    host: { random: () => 0 },
  });
}

describe("history", () => {
  it("is the runs of the base revision's ancestors, newest first, also in a shallow clone of a remote", async () => {
    const { remote, path, commits } = project(4);
    git(path, "checkout", "-q", "-b", "topic", commits[1]!);
    const stranger = commit(path, 40, { "file.txt": "topic" });
    git(path, "push", "-q", "origin", "topic");
    await fill(branchStore(path), [commits[2]!, stranger, commits[0]!, commits[3]!]);
    for (const cwd of [path, clone(remote.url, "--depth=1", "--branch=main")]) {
      const found = await history(
        { git: createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() }) },
        branchStore(cwd),
        {
          sha: commits[2]!,
          gate,
          environment: MACHINE,
        },
      );
      expect(found.recordings.map((recording) => recording.revision.sha)).toEqual([commits[2], commits[0]]);
      expect(found).toMatchObject({ warnings: [], others: 0, differences: [] });
    }
  });

  it("says how the nearest run of another environment differs, where none is comparable", async () => {
    const store = createDirectoryStore(createFiles(), temporaryFolder());
    const commits = ["a", "b"].map((digit) => digit.repeat(40));
    await fill(store, commits.slice(0, 1), { ...MACHINE, cores: 64 });
    await fill(store, commits.slice(1), { ...MACHINE, cpu: "Example 7000", runtime: "node 24.1.0" });
    const ports = { git: { ancestors: async () => [...commits].reverse() } };
    const none = await history(ports, store, { sha: commits[1]!, gate, environment: MACHINE });
    expect(none).toEqual({
      recordings: [],
      distance: null,
      warnings: [],
      others: 2,
      differences: [{ fact: "cpu", baseline: "Example 7000", candidate: "Example 9000", gated: true }],
    });
    await fill(store, commits.slice(0, 1));
    const one = await history(ports, store, { sha: commits[1]!, gate, environment: MACHINE });
    expect(one).toMatchObject({ recordings: [recordingOf(commits[0]!)], others: 2, differences: [] });
  });

  it("replaces what cannot be read by the next older run, within bounds", async () => {
    const files = createFiles();
    const folder = temporaryFolder();
    const store = createDirectoryStore(files, folder);
    const commits = Array.from({ length: 9 }, (_, index) => String(index + 1).repeat(40));
    await fill(store, commits);
    const damage = (index: number): Promise<void> =>
      files.writeText(
        `${folder}/${entryPath({ sha: commits[index]!, run: String(index), attempt: "1", gate, fingerprint: fingerprint(MACHINE) })}`,
        "{",
      );
    await damage(1);
    await damage(2);
    const query = { sha: commits[0]!, gate, environment: MACHINE, limit: 3 };
    const ports = { git: { ancestors: async () => commits } };
    const found = await history(ports, store, query);
    expect(found.recordings.map((recording) => recording.revision.sha)).toEqual([commits[0], commits[3], commits[4]]);
    expect(found.warnings.map((warning) => warning.code)).toEqual(["unreadable-baseline", "unreadable-baseline"]);
    for (const index of [0, 3, 4, 5, 6, 7]) await damage(index);
    const none = await history(ports, store, query);
    expect(none.recordings).toEqual([]);
    expect(none.warnings).toHaveLength(6);
  });

  it("is empty, without a look at the world, where there is no commit", async () => {
    const fail = (): never => {
      throw new Error("must not be asked");
    };
    const store: BaselineStore = { place: "nowhere", list: fail, load: fail, save: fail };
    expect(await history({ git: { ancestors: fail } }, store, { sha: "", gate, environment: MACHINE })).toEqual({
      recordings: [],
      distance: null,
      warnings: [],
      others: 0,
      differences: [],
    });
  });

  it("throws where the store is out of reach, so that it is not taken for empty", async () => {
    const { path, commits } = project();
    git(path, "remote", "set-url", "origin", `file://${temporaryFolder()}/gone.git`);
    const found = history(
      { git: createGit({ cwd: path, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() }) },
      branchStore(path),
      {
        sha: commits[0]!,
        gate,
        environment: MACHINE,
      },
    );
    await expect(found).rejects.toBeInstanceOf(GateError);
  });
});
