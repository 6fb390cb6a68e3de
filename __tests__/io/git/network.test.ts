import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBranchStore } from "../../../src/baseline/branch-store.ts";
import { type GitCall, runGit } from "../../../src/io/git/command.ts";
import { createGit, type PreparedGit } from "../../../src/io/git/git.ts";
import { GateError } from "../../../src/model/error.ts";
import type { Warning } from "../../../src/model/warning.ts";
import { recordingOf } from "../../baseline/recordings.ts";
import { clone, commit, GIT_ENV, git, temporaryFolder } from "../../baseline/repositories.ts";
import { type HttpRemote, startHttpRemote } from "./http-remote.ts";

const BRANCH = "benchgate-baseline";
const FILE = { path: "runs/a.json", text: "one" };

let remote: HttpRemote;
let checkout: string;
beforeAll(async () => {
  remote = await startHttpRemote();
  checkout = clone(`file://${remote.path}`);
  git(checkout, "checkout", "-q", "-B", "main");
  commit(checkout, 1, { "file.txt": "1" });
  git(checkout, "push", "-q", "origin", "main");
  git(checkout, "remote", "set-url", "origin", remote.url);
});
afterAll(() => remote.close());
beforeEach(() => {
  remote.fault = null;
  const refs = git(remote.path, "for-each-ref", "--format=%(refname)");
  if (refs.includes(BRANCH)) git(remote.path, "update-ref", "-d", `refs/heads/${BRANCH}`);
});

/** A repository on a clock of its own, with what it was asked and how long it has waited. */
function open(): { repository: PreparedGit; calls: GitCall[]; pauses: number[] } {
  const calls: GitCall[] = [];
  const pauses: number[] = [];
  const repository = createGit({
    cwd: checkout,
    env: GIT_ENV,
    temporaryFolder: async () => temporaryFolder(),
    clock: { monotonic: () => 0, sleep: async (seconds) => void pauses.push(seconds) },
    run: (call) => {
      calls.push(call);
      return runGit(call);
    },
  });
  return { repository, calls, pauses };
}

async function errorOf(promise: Promise<unknown>): Promise<GateError> {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GateError);
  return error as GateError;
}

/** Lets the first `times` requests of one kind fail. */
function failFirst(times: number, kind: RegExp, how: NonNullable<HttpRemote["fault"]>): () => number {
  let left = times;
  remote.fault = (request, response) => {
    if (left === 0 || !kind.test(`${request.method} ${request.url}`)) return false;
    left--;
    return how(request, response);
  };
  return () => times - left;
}

type Fault = NonNullable<HttpRemote["fault"]>;

function refusal(status: number): Fault {
  return (_, response) => {
    response.writeHead(status, status === 401 ? { "www-authenticate": "Basic" } : {}).end("<html>busy</html>");
    return true;
  };
}

const cut: Fault = (request) => {
  request.socket.destroy();
  return true;
};

const FAULTS: readonly (readonly [name: string, how: Fault])[] = [
  ["502", refusal(502)],
  ["503", refusal(503)],
  ["a cut connection", cut],
  [
    "an answer that ends early",
    (_, response) => {
      response.writeHead(200, { "content-type": "application/x-git-upload-pack-result", "content-length": "5000" });
      response.write("0000", () => response.destroy());
      return true;
    },
  ],
];

describe("a remote that fails in passing", () => {
  it.each(FAULTS)("with %s is asked again, after growing pauses", async (_, how) => {
    const { repository, pauses } = open();
    await repository.append(BRANCH, null, FILE, "Record");
    const failures = failFirst(3, /./, how);
    const { repository: reader, pauses: waited } = open();
    const tip = await reader.fetchTip(BRANCH);
    expect(tip).toBe(git(remote.path, "rev-parse", BRANCH));
    expect(failures()).toBe(3);
    expect(waited).toHaveLength(3);
    // Half to one and a half of 0.5, 1 and 2 s.
    for (const [index, pause] of waited.entries()) {
      expect(pause).toBeGreaterThanOrEqual(0.25 * 2 ** index);
      expect(pause).toBeLessThanOrEqual(0.75 * 2 ** index);
    }
    failFirst(2, /git-upload-pack$/, how);
    expect(await reader.read(tip!, [FILE.path])).toEqual([FILE.text]);
    failFirst(2, /./, how);
    expect(await reader.ancestors(git(checkout, "rev-parse", "HEAD"), 3)).toHaveLength(1);
    expect(pauses).toEqual([]);
  });

  it.each(FAULTS)("with %s in the middle of a push stores once", async (_, how) => {
    const { repository } = open();
    const failures = failFirst(2, /^POST .*git-receive-pack$/, how);
    expect(await repository.append(BRANCH, null, FILE, "Record")).toBe("landed");
    expect(failures()).toBe(2);
    expect(git(remote.path, "rev-list", "--count", BRANCH)).toBe("1");
  });

  it("is looked at before a push is repeated whose answer was lost", async () => {
    const { repository } = open();
    remote.fault = (request, response) => {
      if (!/git-receive-pack$/.test(request.url ?? "") || request.method !== "POST") return false;
      // The backend writes to nobody.
      for (const name of ["write", "end", "writeHead"] as const) response[name] = (() => response) as never;
      setTimeout(() => request.socket.destroy(), 500);
      return false;
    };
    expect(await repository.append(BRANCH, null, FILE, "Record")).toBe("moved");
    remote.fault = null;
    expect(await repository.append(BRANCH, await repository.fetchTip(BRANCH), FILE, "Record")).toBe("landed");
    expect(git(remote.path, "rev-list", "--count", BRANCH)).toBe("1");
  });

  it("is given up once the run has waited long enough, and is then asked once for each question", async () => {
    remote.fault = refusal(503);
    const { repository, calls, pauses } = open();
    const error = await errorOf(repository.fetchTip(BRANCH));
    expect(error.kind).toBe("measure");
    expect(error.remedy).toContain("network");
    const tries = (): number => calls.filter(({ args }) => args.includes("fetch")).length;
    expect(tries()).toBeGreaterThan(4);
    expect(tries()).toBeLessThanOrEqual(9);
    for (let i = 0; i < 3; i++) await errorOf(repository.fetchTip(BRANCH));
    expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBeLessThanOrEqual(40);
    const before = tries();
    await errorOf(repository.fetchTip(BRANCH));
    expect(tries() - before).toBeLessThanOrEqual(2);
  });

  it("that stays away after a push is not said to have lost it", async () => {
    const { repository } = open();
    remote.fault = (request, response) => {
      if (!/git-receive-pack$/.test(request.url ?? "") || request.method !== "POST") return false;
      remote.fault = cut;
      return cut(request, response);
    };
    const error = await errorOf(repository.append(BRANCH, null, FILE, "Record"));
    expect(error.problem).toContain("whether it arrived all the same is not known");
  });
});

describe("a remote that refuses", () => {
  it.each([
    [401, "token"],
    [403, "permissions: contents: write"],
    [404, ""],
  ])("with %d is not asked again", async (status, remedy) => {
    remote.fault = refusal(status);
    const { repository, calls, pauses } = open();
    const error = await errorOf(repository.fetchTip(BRANCH));
    expect(error.remedy).toContain(remedy);
    expect(calls.filter(({ args }) => args.includes("fetch"))).toHaveLength(1);
    expect(pauses).toEqual([]);
  });
});

describe("ten writers", () => {
  it("all store their recording once while the remote dies again and again", { timeout: 300_000 }, async () => {
    const sha = git(checkout, "rev-parse", "HEAD");
    // Nobody has to be polite to this server: a third of the pauses.
    const clock = {
      monotonic: () => performance.now() / 1000,
      sleep: (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 300)),
    };
    const store = (): ReturnType<typeof createBranchStore> =>
      createBranchStore({
        git: createGit({ cwd: checkout, env: GIT_ENV, temporaryFolder: async () => temporaryFolder(), clock }),
        clock,
        host: { random: Math.random },
      });
    const answers: (Warning | null)[] = [];
    let writing = true;
    let deaths = 0;
    const killer = (async () => {
      // Once requests are under way, and some recordings have landed, whatever the machine's speed.
      for (const share of [1, 4, 7]) {
        while (writing && answers.length < share) await new Promise((resolve) => setTimeout(resolve, 20));
        if (!writing) return;
        await remote.die();
        deaths++;
        await new Promise((resolve) => setTimeout(resolve, 700));
        await remote.revive();
      }
    })();
    // Four at a time: this is one machine, and each of them takes a dozen processes. Fifty are run by `npm run faults -- writers`.
    const runs = Array.from({ length: 10 }, (_, index) => String(index + 1));
    const writer = async (): Promise<void> => {
      for (let run = runs.pop(); run !== undefined; run = runs.pop()) {
        answers.push(await store().save(recordingOf(sha), { run, attempt: "1", gate: "ci" }));
      }
    };
    await Promise.all(Array.from({ length: 4 }, writer));
    writing = false;
    await killer;
    expect(answers).toEqual(Array.from({ length: 10 }, () => null));
    expect(deaths).toBeGreaterThan(1);
    const paths = git(remote.path, "ls-tree", "-r", "--name-only", BRANCH).split("\n");
    expect(paths).toHaveLength(10);
    expect(new Set(paths.map((path) => path.split(".")[0]))).toHaveLength(10);
  });
});
