import { beforeEach, describe, expect, it } from "vitest";
import { createBranchStore } from "../../src/baseline/branch-store.ts";
import { createDirectoryStore } from "../../src/baseline/directory-store.ts";
import { entryPath, entryPaths, shardGate, shelfPath } from "../../src/baseline/entry.ts";
import { history } from "../../src/baseline/history.ts";
import { migrate } from "../../src/baseline/migrate.ts";
import { BASELINE_BRANCH, BASELINE_REF } from "../../src/baseline/places.ts";
import { pruning } from "../../src/baseline/prune.ts";
import { sketched } from "../../src/baseline/sketched.ts";
import type { BaselineStore } from "../../src/baseline/store.ts";
import { encodeRecording } from "../../src/codec/recording.ts";
import { fingerprint } from "../../src/model/environment.ts";
import { memoryFiles } from "../fakes/files.ts";
import { type FakeGit, fakeGit } from "../fakes/git.ts";
import { MACHINE, recordingOf } from "./recordings.ts";

const RUN = { run: "100", attempt: "1", gate: "ci-bench" };
const COMMITS = Array.from({ length: 30 }, (_, back) => (0xf0 - 7 * back).toString(16).padEnd(40, "0"));
const [SHA = ""] = COMMITS;
const namedOf = (sha: string, run = "100", gate = RUN.gate) => ({
  ...RUN,
  sha,
  run,
  gate,
  fingerprint: fingerprint(MACHINE),
});
const textOf = (sha: string, sample?: number) => encodeRecording(sketched(recordingOf(sha, MACHINE, sample)));

let git: FakeGit;
let store: BaselineStore;

beforeEach(() => {
  git = fakeGit("/here");
  store = createBranchStore({ git, clock: { sleep: async () => {} }, host: { random: () => 0 } });
});

/** Puts files on a branch, as earlier versions did, or this one. */
function put(files: Readonly<Record<string, string>>, branch = BASELINE_BRANCH): void {
  git.branches.set(branch, git.commit(git.branches.get(branch) ?? null, files));
}

const filesOn = (branch = BASELINE_BRANCH) => [...git.commits.get(git.branches.get(branch)!)!.files.keys()].sort();
const query = { sha: SHA, gate: RUN.gate, environment: MACHINE };
const ancestry = { git: { ancestors: async () => COMMITS } };

describe("runs that earlier versions stored beside those of this one", () => {
  it("make one history with them, in the order that they would have had in one place", async () => {
    const old = Object.fromEntries(COMMITS.map((sha) => [entryPath(namedOf(sha)), textOf(sha)]));
    put(old);
    const before = await history(ancestry, store, query);
    expect(before.recordings).toHaveLength(20);
    git.branches.delete(BASELINE_BRANCH);
    put(
      Object.fromEntries(COMMITS.map((sha, at) => [(at % 3 === 1 ? entryPath : shelfPath)(namedOf(sha)), textOf(sha)])),
    );
    expect(await history(ancestry, store, query)).toEqual(before);
    const entries = await store.list();
    const kept = await pruning(git, entries, COMMITS, { runs: 25 }, new Date());
    expect(kept.dropped.map(({ sha }) => sha)).toEqual(COMMITS.slice(25));
  });

  it("make one run of the shards of a run, wherever each of them is", async () => {
    const gates = [1, 2].map((index) => shardGate(RUN.gate, { index, of: 2 }));
    put({
      [entryPath(namedOf(SHA, "100", gates[1]))]: textOf(SHA),
      [shelfPath(namedOf(SHA, "100", gates[0]))]: textOf(SHA),
    });
    const { recordings } = await history(ancestry, store, query);
    expect(recordings.map(({ rounds }) => rounds.length)).toEqual([2]);
  });

  it("are stored once: the same recording adds nothing, another one of the run is a copy", async () => {
    put({ [entryPath(namedOf(SHA))]: textOf(SHA) });
    expect(await store.save(recordingOf(SHA), RUN)).toBeNull();
    expect(filesOn()).toEqual([entryPath(namedOf(SHA))]);
    expect(await store.save(recordingOf(SHA, MACHINE, 0.5), RUN)).toBeNull();
    expect(await store.save(recordingOf(SHA, MACHINE, 0.5), RUN)).toBeNull();
    expect(filesOn()).toEqual([shelfPath(namedOf(SHA), 2), entryPath(namedOf(SHA))].sort());
    expect((await history(ancestry, store, query)).recordings).toHaveLength(2);
  });

  it("count once where both places have one, and go from both", async () => {
    const [shelf, own] = entryPaths(namedOf(SHA));
    put({ [own]: textOf(SHA, 0.5), [shelf]: textOf(SHA), [shelfPath(namedOf(COMMITS[1]!))]: textOf(COMMITS[1]!) });
    const entries = (await store.list()).filter(({ sha }) => sha === SHA);
    expect(entries.map(({ path }) => path)).toEqual([shelf]);
    expect((await history(ancestry, store, query)).recordings.map(({ rounds }) => rounds.length)).toEqual([1, 1]);
    await store.remove(entries);
    expect(filesOn()).toEqual([shelfPath(namedOf(COMMITS[1]!))]);
  });

  it("move to the new places when others are removed, or there is nothing to remove; what is none of ours stays", async () => {
    const old = COMMITS.slice(0, 4).map((sha) => namedOf(sha));
    const [blocked, covering] = [namedOf("ab".repeat(20)), namedOf("cd".repeat(20))];
    const others = {
      ...{ "runs/notes.txt": "hello", "runs/ab": "in the way", [entryPath(blocked)]: textOf(blocked.sha) },
      ...{ [`${shelfPath(covering)}/a/b`]: "below it", [entryPath(covering)]: textOf(covering.sha) },
    };
    put({ ...Object.fromEntries(old.map((each) => [entryPath(each), textOf(each.sha)])), ...others });
    const before = (await history(ancestry, store, query)).recordings;
    const gone = (await store.list()).filter(({ sha }) => sha === old[3]!.sha);
    expect(await store.remove(gone)).toBe(3);
    const moved = [...old.slice(0, 3).map((each) => shelfPath(each)), ...Object.keys(others)].sort();
    expect(filesOn()).toEqual(moved);
    expect((await history(ancestry, store, query)).recordings).toEqual(before.slice(0, 3));
    put({ [entryPath(old[3]!)]: textOf(old[3]!.sha) });
    expect([await store.remove([]), await store.remove([])]).toEqual([1, 0]);
    expect(filesOn()).toEqual([...moved, shelfPath(old[3]!)].sort());
  });

  it("stay on a branch of code as they are", async () => {
    put({ [entryPath(namedOf(SHA))]: textOf(SHA), "src/index.js": "code" });
    const tip = git.branches.get(BASELINE_BRANCH);
    expect(await store.remove([])).toBe(0);
    await expect(store.remove(await store.list())).rejects.toThrow(/holds other files, such as src\/index\.js/);
    expect(await store.save(recordingOf(COMMITS[1]!), RUN)).toMatchObject({
      reason: expect.stringContaining("such as src/index.js,"),
    });
    expect(git.branches.get(BASELINE_BRANCH)).toBe(tip);
  });

  it("stay on a branch of code though a folder without any file comes before it", async () => {
    put({ [entryPath(namedOf(SHA))]: textOf(SHA), "src/index.js": "code" });
    const tip = git.branches.get(BASELINE_BRANCH);
    const list: FakeGit["list"] = async (commit, folders) => [
      ...(folders === undefined ? [] : ["empty/"]),
      ...(await git.list(commit, folders)),
    ];
    const ports = { git: { ...git, list }, clock: { sleep: async () => {} }, host: { random: () => 0 } };
    expect(await createBranchStore(ports).save(recordingOf(COMMITS[1]!), RUN)).toMatchObject({
      reason: expect.stringContaining("such as src/index.js,"),
    });
    expect(git.branches.get(BASELINE_BRANCH)).toBe(tip);
  });

  it("are brought from a branch to a ref once, whichever of the places either has", async () => {
    const [first, second, third, fourth] = COMMITS.map((sha) => namedOf(sha));
    put({ [entryPath(first!)]: textOf(first!.sha), [shelfPath(second!)]: textOf(second!.sha) });
    put({ [entryPath(third!)]: textOf(third!.sha) });
    put({ [shelfPath(first!)]: textOf(first!.sha), [entryPath(second!)]: textOf(second!.sha) }, BASELINE_REF);
    put({ [shelfPath(fourth!)]: textOf(fourth!.sha) }, BASELINE_REF);
    const move = { branch: BASELINE_BRANCH, ref: BASELINE_REF, keep: false };
    expect(await migrate({ git }, move)).toEqual({ entries: 4, removed: null });
    const places = [shelfPath(first!), entryPath(second!), shelfPath(third!), shelfPath(fourth!)];
    expect(filesOn(BASELINE_REF)).toEqual(places.sort());
  });
});

describe("one run more", () => {
  it("asks for the lists of the folders that it may be in, never for that of all runs", async () => {
    put(Object.fromEntries(COMMITS.map((sha) => [shelfPath(namedOf(sha)), textOf(sha)])));
    const asked: (readonly string[] | undefined)[] = [];
    const list: FakeGit["list"] = async (commit, folders) => {
      asked.push(folders);
      return git.list(commit, folders);
    };
    const ports = { git: { ...git, list }, clock: { sleep: async () => {} }, host: { random: () => 0 } };
    const sha = "ab".repeat(20);
    expect(await createBranchStore(ports).save(recordingOf(sha), RUN)).toBeNull();
    expect(asked).toEqual([["", "runs/ab/", `runs/${sha}/`]]);
    expect(filesOn()).toContain(shelfPath(namedOf(sha)));
  });
});

describe("a directory of files that were laid out as in git", () => {
  it("is read with its own, and takes no recording twice", async () => {
    const texts = new Map([
      [`/store/${shelfPath(namedOf(SHA))}`, textOf(SHA)],
      [`/store/${entryPath(namedOf(COMMITS[1]!))}`, textOf(COMMITS[1]!)],
    ]);
    const directory = createDirectoryStore(memoryFiles(texts), "/store");
    const paths = async () => (await directory.list()).map(({ path }) => path).sort();
    const both = [shelfPath(namedOf(SHA)), entryPath(namedOf(COMMITS[1]!))].sort();
    expect(await directory.save(recordingOf(SHA), RUN)).toBeNull();
    expect(await paths()).toEqual(both);
    expect(await directory.save(recordingOf(SHA, MACHINE, 0.5), RUN)).toBeNull();
    expect(await paths()).toEqual([...both, entryPath(namedOf(SHA), 2)].sort());
    const entries = await directory.list();
    expect((await directory.load(entries)).recordings).toHaveLength(3);
    expect(await directory.remove(entries.filter(({ copy }) => copy === 1))).toBe(0);
    expect(await paths()).toEqual([entryPath(namedOf(SHA), 2)]);
  });
});
