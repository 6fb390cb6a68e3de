import { describe, expect, it } from "vitest";
import { createBranchStore } from "../../src/baseline/branch-store.ts";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { entryPath } from "../../src/baseline/entry.ts";
import { history } from "../../src/baseline/history.ts";
import { type BaselineStore, decodeEntries } from "../../src/baseline/store.ts";
import { encodeRecording } from "../../src/codec/recording.ts";
import { createFiles } from "../../src/io/files.ts";
import { createGit } from "../../src/io/git/git.ts";
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
      unreadable: 0,
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
      files.write(
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
    const last = await history(ports, store, query);
    expect(last.recordings.map((recording) => recording.revision.sha)).toEqual([commits[8]]);
    expect(last.warnings).toHaveLength(8);
  });

  it("goes past any number of unreadable runs up to its end, and names the first hundred", async () => {
    const commits = Array.from({ length: 1200 }, (_, index) => index.toString(16).padStart(40, "0"));
    const entries = commits.map((sha) => {
      const facts = { sha, run: "1", attempt: "1", gate, fingerprint: fingerprint(MACHINE) };
      return { ...facts, path: entryPath(facts), copy: 1 };
    });
    const ports = { git: { ancestors: async () => commits } };
    const found = async (good: number) => {
      let asked = 0;
      const store: BaselineStore = {
        place: "memory",
        list: async () => entries,
        save: async () => null,
        saveAll: async () => null,
        remove: async () => 0,
        load: async (wanted) => {
          asked++;
          return decodeEntries(
            wanted.map((entry) => ({ entry, text: entry.sha === commits[good] ? textOf(entry.sha) : null })),
          );
        },
      };
      const { recordings, warnings } = await history(ports, store, { sha: commits[0]!, gate, environment: MACHINE });
      return { runs: recordings.length, warnings, asked };
    };
    const textOf = (sha: string) => encodeRecording(recordingOf(sha));
    const near = await found(60);
    expect(near.runs).toBe(1);
    expect(near.warnings.slice(0, 60)).toEqual(
      entries.slice(0, 60).map(({ path }) => ({ code: "unreadable-baseline", entry: path, reason: "it is gone" })),
    );
    const far = await found(1100);
    expect(far.runs).toBe(0);
    expect(far.warnings).toHaveLength(101);
    expect(far.warnings[100]).toMatchObject({ entry: "920 more" });
    expect(far.asked).toBeLessThan(20);
  });

  it("is empty, without a look at the world, where there is no commit", async () => {
    const fail = (): never => {
      throw new Error("must not be asked");
    };
    const store: BaselineStore = { place: "nowhere", list: fail, load: fail, save: fail, saveAll: fail, remove: fail };
    expect(await history({ git: { ancestors: fail } }, store, { sha: "", gate, environment: MACHINE })).toEqual({
      recordings: [],
      distance: null,
      warnings: [],
      unreadable: 0,
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
