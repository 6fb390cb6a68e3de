import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createBranchStore } from "../../src/baseline/branch-store.ts";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { entryPath, type RunIdentity, shelfPath } from "../../src/baseline/entry.ts";
import { BASELINE_BRANCH } from "../../src/baseline/places.ts";
import type { BaselineStore } from "../../src/baseline/store.ts";
import { encodeRecording } from "../../src/codec/recording.ts";
import { createFiles } from "../../src/io/files.ts";
import { createGit } from "../../src/io/git/git.ts";
import { fingerprint } from "../../src/model/environment.ts";
import { failedRecordingOf, MACHINE, recordingOf } from "./recordings.ts";
import { bareRemote, clone, commit, GIT_ENV, git, project, temporaryFolder } from "./repositories.ts";

const RUN: RunIdentity = { run: "100", attempt: "1", gate: "ci-bench" };
const SHA = "0123456789".repeat(4);

function branchStore(cwd: string, pauses: number[] = [], branch = BASELINE_BRANCH): BaselineStore {
  const ports = {
    git: createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder() }),
    clock: {
      sleep: async (seconds: number) => {
        pauses.push(seconds);
        await sleep(seconds * 1000);
      },
    },
    host: { random: Math.random },
  };
  return createBranchStore(ports, branch);
}

/** Each kind of store, with where it puts a recording, a way to put any text under any path of it, and to list the files that are in it. */
const KINDS: readonly (readonly [
  string,
  typeof entryPath,
  () => { store: BaselineStore; put(path: string, text: string): void; files(): string[] },
])[] = [
  [
    "a branch store",
    shelfPath,
    () => {
      const { remote, path } = project();
      const editor = clone(remote.url);
      return {
        store: branchStore(path),
        put(file, text) {
          const known = git(editor, "ls-remote", "origin", BASELINE_BRANCH) !== "";
          if (known) git(editor, "fetch", "-q", "origin", BASELINE_BRANCH);
          git(editor, "checkout", "-q", ...(known ? ["--detach", "FETCH_HEAD"] : ["--orphan", "new"]));
          if (!known) git(editor, "rm", "-q", "-r", "-f", ".");
          mkdirSync(dirname(join(editor, file)), { recursive: true });
          commit(editor, 99, { [file]: text });
          git(editor, "push", "-q", "origin", `HEAD:refs/heads/${BASELINE_BRANCH}`);
        },
        files: () => git(remote.path, "ls-tree", "-r", "--name-only", BASELINE_BRANCH).split("\n"),
      };
    },
  ],
  [
    "a directory store",
    entryPath,
    () => {
      const folder = join(temporaryFolder(), "not/there/yet");
      return {
        store: createDirectoryStore(createFiles(), folder),
        put(file, text) {
          mkdirSync(dirname(join(folder, file)), { recursive: true });
          writeFileSync(join(folder, file), text);
        },
        files: () =>
          readdirSync(folder, { recursive: true, withFileTypes: true })
            .filter((file) => file.isFile())
            .map((file) => join(file.parentPath, file.name).slice(folder.length + 1))
            .sort(),
      };
    },
  ],
];

describe.each(KINDS)("%s", (_, pathOf, create) => {
  it("is empty before the first recording", async () => {
    const { store } = create();
    expect(await store.list()).toEqual([]);
    expect(await store.load([])).toEqual({ recordings: [], warnings: [] });
  });

  it("gives back what was saved, in one file under its name", async () => {
    const { store, files } = create();
    const recording = recordingOf(SHA);
    expect(await store.save(recording, RUN)).toBeNull();
    const path = pathOf({ ...RUN, sha: SHA, fingerprint: fingerprint(MACHINE) });
    expect(files()).toEqual([path]);
    const entries = await store.list();
    expect(entries).toEqual([{ ...RUN, path, sha: SHA, fingerprint: fingerprint(MACHINE), copy: 1 }]);
    expect(await store.load(entries)).toEqual({ recordings: [{ entry: entries[0], recording }], warnings: [] });
  });

  it("keeps attempts, environments and further recordings of a run, and a repeated one once", async () => {
    const { store } = create();
    const elsewhere = { ...MACHINE, cpu: "Example 7000" };
    await store.save(recordingOf(SHA), RUN);
    await store.save(recordingOf(SHA), { ...RUN, attempt: "2" });
    await store.save(recordingOf(SHA, elsewhere), RUN);
    await store.save(recordingOf(SHA, MACHINE, 0.5), RUN);
    await store.save(recordingOf(SHA), RUN);
    const entries = await store.list();
    expect(entries.map(({ attempt, copy, fingerprint }) => [attempt, copy, fingerprint]).sort()).toEqual(
      [
        ["1", 1, fingerprint(MACHINE)],
        ["1", 1, fingerprint(elsewhere)],
        ["1", 2, fingerprint(MACHINE)],
        ["2", 1, fingerprint(MACHINE)],
      ].sort(),
    );
    expect((await store.load(entries)).recordings).toHaveLength(4);
  });

  it("never takes a failed recording, or one without rounds or commit", async () => {
    const { store } = create();
    for (const recording of [failedRecordingOf(SHA), { ...recordingOf(SHA), rounds: [] }, recordingOf("")]) {
      expect(await store.save(recording, RUN)).toMatchObject({ code: "not-stored" });
    }
    expect(await store.save(recordingOf(SHA), { ...RUN, run: "../../etc" })).toMatchObject({ code: "not-stored" });
    expect(await store.list()).toEqual([]);
  });

  it("skips by name what is damaged, newer, failed or misnamed, and reads the rest", async () => {
    const { store, put } = create();
    const facts = { ...RUN, sha: SHA, fingerprint: fingerprint(MACHINE) };
    const good = recordingOf(SHA);
    const bad: Record<string, string> = {
      [entryPath({ ...facts, run: "1" })]: "{ not json",
      [entryPath({ ...facts, run: "2" })]: "",
      [entryPath({ ...facts, run: "3" })]: encodeRecording(good).replace(
        /benchgate\.recording\/\d+/,
        "benchgate.recording/999",
      ),
      [entryPath({ ...facts, run: "4" })]: encodeRecording(failedRecordingOf(SHA)),
      [entryPath({ ...facts, run: "5" })]: encodeRecording(recordingOf("f".repeat(40))),
      [entryPath({ ...facts, run: "6" })]: encodeRecording(recordingOf(SHA, { ...MACHINE, cores: 96 })),
      [entryPath({ ...facts, run: "7" })]: encodeRecording({ ...good, rounds: [] }),
      [entryPath({ ...facts, run: "8" })]: encodeRecording({
        ...good,
        rounds: good.rounds.map((round) => ({ ...round, measurements: [] })),
      }),
      [entryPath({ ...facts, run: "9" })]: encodeRecording(recordingOf(SHA, MACHINE, 1e308)),
      [entryPath({ ...facts, run: "10" })]: `${"[".repeat(100_000)}`,
      [entryPath({ ...facts, run: "11" })]: encodeRecording(recordingOf(SHA, { ...MACHINE, note: "x".repeat(2000) })),
    };
    for (const [path, text] of Object.entries(bad)) put(path, text);
    put("runs/notes.txt", "hello");
    expect(await store.save(good, RUN)).toBeNull();
    const entries = await store.list();
    expect(entries).toHaveLength(12);
    const { recordings, warnings } = await store.load(entries);
    expect(recordings.map(({ recording }) => recording)).toEqual([good]);
    expect(warnings.map((warning) => warning.code === "unreadable-baseline" && warning.entry).sort()).toEqual(
      Object.keys(bad).sort(),
    );
    const newer = warnings.find((warning) => "entry" in warning && warning.entry.includes("/3."));
    expect(newer).toMatchObject({ reason: expect.stringContaining("999") });
  });

  it("removes what it is told to, and nothing else, twice over", async () => {
    const { store, files } = create();
    for (const run of ["1", "2", "3"]) await store.save(recordingOf(SHA), { ...RUN, run });
    const entries = await store.list();
    const gone = entries.filter(({ run }) => run !== "2");
    for (let time = 0; time < 2; time++) await store.remove(gone);
    expect(files()).toEqual([expect.stringMatching(/[/-]2\.1\.ci-bench\./)]);
    expect((await store.load(await store.list())).recordings).toHaveLength(1);
    expect(await store.save(recordingOf(SHA), { ...RUN, run: "4" })).toBeNull();
    expect(files()).toHaveLength(2);
  });

  it("warns of an entry that is gone by the time it is read", async () => {
    const { store } = create();
    await store.save(recordingOf(SHA), RUN);
    const [entry] = await store.list();
    const gone = { ...entry!, path: entryPath({ ...entry!, run: "7" }), run: "7" };
    const { recordings, warnings } = await store.load([gone, entry!]);
    expect(recordings).toHaveLength(1);
    expect(warnings).toEqual([{ code: "unreadable-baseline", entry: gone.path, reason: "it is gone" }]);
  });
});

describe("a directory store on disk", () => {
  it("holds the text of the recording", async () => {
    const folder = temporaryFolder();
    await createDirectoryStore(createFiles(), `${folder}/`).save(recordingOf(SHA), RUN);
    const path = entryPath({ ...RUN, sha: SHA, fingerprint: fingerprint(MACHINE) });
    expect(readFileSync(join(folder, path), "utf8")).toBe(encodeRecording(recordingOf(SHA)));
  });

  it("skips what is no file by name", async () => {
    const folder = temporaryFolder();
    const store = createDirectoryStore(createFiles(), folder);
    await store.save(recordingOf(SHA), RUN);
    const path = entryPath({ ...RUN, run: "7", sha: SHA, fingerprint: fingerprint(MACHINE) });
    symlinkSync("/dev/zero", join(folder, path));
    const [entry] = await store.list();
    const { recordings, warnings } = await store.load([{ ...entry!, path, run: "7" }, entry!]);
    expect(recordings).toHaveLength(1);
    expect(warnings).toEqual([{ code: "unreadable-baseline", entry: path, reason: "this is a device, not a file" }]);
  });

  it("says why it could not be written", async () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "in the way");
    const warning = await createDirectoryStore(createFiles(), file).save(recordingOf(SHA), RUN);
    expect(warning).toMatchObject({ code: "not-stored", reason: expect.stringContaining(file) });
  });
});

describe("what is no plain file on the baseline branch", () => {
  it.each([
    ["a submodule", "160000", () => "0123456789".repeat(4)],
    ["a link", "120000", (remote: string) => blob(remote, encodeRecording(recordingOf(SHA)))],
    ["a program", "100755", (remote: string) => blob(remote, encodeRecording(recordingOf(SHA)))],
    ["a file whose contents the remote lacks", "100644", () => "89abcdef01".repeat(4)],
  ])("is skipped by name, and the rest is read: %s", async (_, mode, object) => {
    const { remote, path } = project();
    const store = branchStore(path);
    expect(await store.save(recordingOf(SHA), RUN)).toBeNull();
    const facts = { ...RUN, run: "101", sha: SHA, fingerprint: fingerprint(MACHINE) };
    const reader = branchStore(clone(remote.url));
    plant(remote.path, `${mode} ${object(remote.path)}\t${entryPath(facts)}`);
    const entries = await reader.list();
    expect(entries).toHaveLength(2);
    const { recordings, warnings } = await reader.load(entries);
    expect(recordings).toHaveLength(1);
    expect(warnings).toEqual([
      { code: "unreadable-baseline", entry: entryPath(facts), reason: expect.stringMatching(/plain file|contents/) },
    ]);
    // A name that is taken stays taken, whatever has taken it.
    expect(await branchStore(path).save(recordingOf(SHA), { ...RUN, run: "101" })).toBeNull();
    expect(git(remote.path, "ls-tree", "-r", "--name-only", BASELINE_BRANCH)).toContain("/101.1.ci-bench.");
    expect((await reader.list()).filter(({ run }) => run === "101").map(({ copy }) => copy)).toEqual([2, 1]);
  });

  function blob(remote: string, text: string): string {
    return execFileSync("git", ["hash-object", "-w", "--stdin"], { cwd: remote, input: text, env: GIT_ENV })
      .toString()
      .trim();
  }

  /** Adds an entry to the branch in the bare repository, whether its object is there or not. */
  function plant(remote: string, row: string): void {
    const env = {
      ...GIT_ENV,
      GIT_INDEX_FILE: join(temporaryFolder(), "index"),
      GIT_AUTHOR_NAME: "a",
      GIT_AUTHOR_EMAIL: "a@b",
      GIT_COMMITTER_NAME: "a",
      GIT_COMMITTER_EMAIL: "a@b",
    };
    const run = (args: readonly string[], input = ""): string =>
      execFileSync("git", args, { cwd: remote, env, input }).toString().trim();
    run(["read-tree", BASELINE_BRANCH]);
    run(["update-index", "--index-info"], `${row}\n`);
    const tree = run(["write-tree", "--missing-ok"]);
    run(["update-ref", `refs/heads/${BASELINE_BRANCH}`, run(["commit-tree", tree, "-p", BASELINE_BRANCH, "-m", "x"])]);
  }
});

describe("a branch store and its remote", () => {
  it("lands all of six writers at once, one commit each", async () => {
    const remote = bareRemote();
    const commits = Array.from({ length: 6 }, (_, index) => (index + 1).toString(16).repeat(40));
    const pauses: number[] = [];
    const writers = commits.map(() => branchStore(clone(remote.url), pauses));
    const results = await Promise.all(writers.map((store, index) => store.save(recordingOf(commits[index]!), RUN)));
    expect(results).toEqual(commits.map(() => null));
    const entries = await branchStore(clone(remote.url)).list();
    expect(entries.map((entry) => entry.sha).sort()).toEqual([...commits].sort());
    expect(git(remote.path, "rev-list", "--count", "--no-merges", BASELINE_BRANCH)).toBe("6");
    expect(
      git(remote.path, "diff-tree", "-r", "--name-only", "--no-commit-id", "--root", BASELINE_BRANCH).split("\n"),
    ).toHaveLength(1);
    // They did meet: without a collision this would prove nothing.
    expect(pauses.length).toBeGreaterThan(0);
  });

  it("gives up with a warning where others are always first, after pauses that grow and stay bounded", async () => {
    const pauses: number[] = [];
    let pushes = 0;
    const store = createBranchStore({
      git: {
        fetchTip: async (name) => (name === BASELINE_BRANCH ? SHA : null),
        list: async () => [],
        read: async () => [],
        without: async () => "moved",
        append: async () => {
          pushes++;
          return "moved";
        },
      },
      clock: { sleep: async (seconds) => void pauses.push(seconds) },
      host: { random: () => 0.5 },
    });
    expect(await store.save(recordingOf(SHA), RUN)).toMatchObject({
      code: "not-stored",
      reason: expect.stringContaining(BASELINE_BRANCH),
    });
    expect(pushes).toBeGreaterThanOrEqual(20);
    expect(pauses).toHaveLength(pushes - 1);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(pauses[0]).toBeCloseTo(0.1);
    expect(Math.max(...pauses)).toBe(5);
  });

  it("drops the history of what is removed, loses nothing that others add meanwhile, and touches no branch of code", async () => {
    const { remote, path } = project();
    const store = branchStore(path);
    for (const run of ["1", "2"]) await store.save(recordingOf(SHA), { ...RUN, run });
    const entries = await store.list();
    await branchStore(clone(remote.url)).save(recordingOf(SHA), { ...RUN, run: "3" });
    await store.remove(entries.filter(({ run }) => run === "1"));
    expect(git(remote.path, "rev-list", "--count", BASELINE_BRANCH)).toBe("1");
    const reader = branchStore(clone(remote.url));
    const left = await reader.load(await reader.list());
    expect(left.recordings.map(({ entry }) => entry.run).sort()).toEqual(["2", "3"]);

    const stray = entryPath({ ...RUN, sha: SHA, fingerprint: fingerprint(MACHINE) });
    mkdirSync(dirname(join(path, stray)), { recursive: true });
    const tip = commit(path, 9, { [stray]: encodeRecording(recordingOf(SHA)) });
    git(path, "push", "-q", "origin", "main");
    const code = branchStore(path, [], "main");
    await expect(code.remove(await code.list())).rejects.toThrow(/main holds other files.*Name another/);
    expect(git(remote.path, "rev-parse", "main")).toBe(tip);
  });

  it("never adds to a branch of code, says why and what to do, and reads the recordings that are on it", async () => {
    const { remote, path } = project();
    const stray = entryPath({ ...RUN, sha: SHA, fingerprint: fingerprint(MACHINE) });
    mkdirSync(dirname(join(path, stray)), { recursive: true });
    const tip = commit(path, 9, { [stray]: encodeRecording(recordingOf(SHA)) });
    git(path, "push", "-q", "origin", "main");
    const store = branchStore(path, [], "main");
    expect(await store.save(recordingOf("f".repeat(40)), RUN)).toEqual({
      code: "not-stored",
      reason:
        "branch main holds other files, such as file.txt, and recordings need a branch of their own: name another `baseline-branch`",
    });
    expect(git(remote.path, "rev-parse", "main")).toBe(tip);
    const entries = await store.list();
    expect(entries.map((entry) => entry.path)).toEqual([stray]);
    expect((await store.load(entries)).recordings).toHaveLength(1);
  });

  it("warns, and does not fail, where the remote refuses or is missing", async () => {
    const { remote, path } = project();
    const hook = join(remote.path, "hooks/pre-receive");
    writeFileSync(hook, "#!/bin/sh\nexit 1\n");
    chmodSync(hook, 0o755);
    const pauses: number[] = [];
    expect(await branchStore(path, pauses).save(recordingOf(SHA), RUN)).toMatchObject({
      code: "not-stored",
      reason: expect.stringContaining("permissions: contents: write"),
    });
    expect(pauses).toEqual([]);
    git(path, "remote", "remove", "origin");
    expect(await branchStore(path).save(recordingOf(SHA), RUN)).toMatchObject({ code: "not-stored" });
    expect(await branchStore(path).list()).toEqual([]);
  });
});
