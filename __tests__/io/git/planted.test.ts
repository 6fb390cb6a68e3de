import { execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGit, type PreparedGit } from "../../../src/io/git/git.ts";
import { GateError } from "../../../src/model/error.ts";
import { clone, commit, GIT_ENV, git, temporaryFolder } from "../../baseline/repositories.ts";
import { type HttpRemote, startHttpRemote } from "./http-remote.ts";

const TOKEN = "ghs_ThisMustNotBeSeen";
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString("base64");
const BRANCH = "benchgate-baseline";

/** Every key that this git knows (git-config(1)), with a name in place of each `<…>` and `*`. */
const KEYS = execFileSync("git", ["help", "--config"], { encoding: "utf8" })
  .split("\n")
  .map((line) => line.trim())
  .filter((line) => /^[A-Za-z0-9]+(?:\.[^\s]+)+$/.test(line));

/** Keys whose value git starts, or goes to. Wider than it need be: a key too many costs a test nothing. */
const NAMING =
  /command|program|\.path$|url|cmd$|driver|tool|exec|helper|proxy|editor|pager|hook|textconv|clean|smudge|process|insteadof|askpass|agent|browser|pack$|\.vcs$|alternaterefs|fsmonitor|alias|cookiefile|curloptresolve|update$|templatedir|include/i;

/**
 * Keys of commands that nobody here runs, of a server, or that hold a word and name nothing. Those that git refuses every command for where they make no
 * sense are not among them: each would have its whole group tried again.
 */
const IDLE =
  /^(?:browser|clean|column|commit|completion|diff|difftool|fsck|gitcvs|gitweb|gpg|guitool|help|instaweb|man|merge|mergetool|notes|pager|rebase|receive|rerere|sendemail|sequence|stash|uploadpack|web)\.|^(?:core\.(?:editor|pager)|http\.userAgent)$/;

/** So many idle keys are tried together, from far apart in the list: keys of one section could take each other's place. */
const TOGETHER = 10;

/** A program that writes down what it and its ancestors were started with, and the address of a server that nobody may come to. */
let recorder: string;
let record: string;
let elsewhere: { readonly url: string; readonly visits: string[]; close(): Promise<void> };
let remote: HttpRemote;

beforeAll(async () => {
  const folder = temporaryFolder();
  recorder = join(folder, "recorder");
  record = join(folder, "record");
  writeFileSync(
    recorder,
    `#!/bin/sh
{ echo "started: $0 $*"; env; pid=$PPID
  for i in 1 2 3 4; do
    [ "$pid" -gt 1 ] 2>/dev/null || break
    [ "$pid" = "${process.pid}" ] && break
    tr '\\0' '\\n' < /proc/$pid/environ; tr '\\0' ' ' < /proc/$pid/cmdline
    pid=$(sed 's/.*) [A-Z] //; s/ .*//' /proc/$pid/stat)
  done
} >> ${record} 2>/dev/null
exit 1
`,
    { mode: 0o755 },
  );
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    response.writeHead(401, { "www-authenticate": "Basic" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  elsewhere = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    visits,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  remote = await startHttpRemote(`basic ${BASIC}`);
});
afterAll(async () => {
  await elsewhere.close();
  await remote.close();
});

/** The key with names that mean something in a checkout. */
function filled(key: string): string {
  return key
    .replace(/^remote\.<[^>]*>/, "remote.origin")
    .replace(/^(?:url|http|credential)\.<[^>]*>/, (start) => `${start.split(".")[0]}.${remote.server}/`)
    .replace(/<[^>]*>/g, "x")
    .replace(/\*$/, "x");
}

/** What makes the most of a key: a program, an address, a file to include. */
function plantedValue(key: string): string {
  const name = key.toLowerCase();
  if (/insteadof$/.test(name)) return remote.server;
  if (/^remote\..*url$|\.url$/.test(name)) return `${elsewhere.url}project.git`;
  if (/proxy$/.test(name) && name !== "core.gitproxy") return elsewhere.url;
  if (name === "http.curloptresolve") return `127.0.0.1:${new URL(remote.server).port}:127.0.0.9`;
  if (/^include/.test(name)) return included;
  return name === "credential.helper" || /^(?:alias|submodule)\./.test(name) ? `!${recorder}` : recorder;
}
let included: string;

/** A checkout of a project on the server, with two commits; the second is checked out. */
function checkout(): { readonly path: string; readonly commits: readonly [string, string] } {
  const bare = `file://${remote.path}`;
  const path = clone(bare);
  git(path, "checkout", "-q", "-B", "main");
  const first = commit(path, 1, { "file.txt": "first\n", ".gitattributes": "*.txt filter=x diff=x merge=x\n" });
  const second = commit(path, 2, { "file.txt": "second\n" });
  git(path, "push", "-q", "-f", "origin", "main");
  git(path, "remote", "set-url", "origin", remote.url);
  included = join(temporaryFolder(), "included");
  writeFileSync(included, `[core]\n\tsshCommand = ${recorder}\n[filter "x"]\n\tsmudge = ${recorder}\n`);
  return { path, commits: [first, second] };
}

/** Writes settings as a program could, without asking git whether they make sense. */
function plant(path: string, keys: readonly string[]): void {
  const lines = keys.map((key) => {
    const parts = filled(key).split(".");
    const [section, name, middle] = [parts[0], parts.at(-1), parts.slice(1, -1).join(".")];
    return `[${section}${middle === "" ? "" : ` "${middle}"`}]\n\t${name} = "${plantedValue(filled(key))}"\n`;
  });
  const more = `[extensions]\n\tworktreeConfig = true\n[url "${elsewhere.url}"]\n\tinsteadOf = ${remote.server}/\n\tpushInsteadOf = ${remote.server}/\n`;
  const ext = `[protocol "ext"]\n\tallow = always\n[remote "origin"]\n\turl = ext::${recorder}\n\tpromisor = true\n`;
  appendFileSync(join(path, ".git/config"), `${lines.join("")}${more}${ext}`);
  writeFileSync(join(path, ".git/config.worktree"), lines.join(""));
  mkdirSync(join(path, ".git/info"), { recursive: true });
  writeFileSync(join(path, ".git/info/attributes"), "* filter=x diff=x merge=x\n");
  mkdirSync(join(path, ".git/hooks"), { recursive: true });
  for (const hook of [
    "post-checkout",
    "reference-transaction",
    "pre-push",
    "post-index-change",
    "fsmonitor-watchman",
  ]) {
    writeFileSync(join(path, ".git/hooks", hook), readFileSync(recorder), { mode: 0o755 });
  }
  const alternate = join(temporaryFolder(), "alternate");
  git(temporaryFolder(), "init", "-q", "--template=", "-b", "main", alternate);
  commit(alternate, 1, { "file.txt": "alternate\n" });
  appendFileSync(join(alternate, ".git/config"), lines.join(""));
  mkdirSync(join(path, ".git/objects/info"), { recursive: true });
  writeFileSync(join(path, ".git/objects/info/alternates"), `${join(alternate, ".git/objects")}\n`);
}

function open(cwd: string): PreparedGit {
  return createGit({
    cwd,
    env: GIT_ENV,
    token: TOKEN,
    serverUrl: remote.server,
    // Nobody need wait for a remote that is not there.
    clock: { monotonic: () => 0, sleep: async () => {} },
    temporaryFolder: async () => temporaryFolder(),
  });
}

/** All that is done with a repository on a push and on a pull request. Resolves to what it gave. */
async function everything(repository: PreparedGit, path: string, [first, second]: readonly [string, string]) {
  const tree = join(temporaryFolder(), "tree");
  const root = await repository.root();
  const head = await repository.revision("HEAD");
  const base = await repository.show(first, "file.txt");
  const ancestors = await repository.ancestors(second, 2);
  const remove = await repository.worktree(first, tree);
  const file = readFileSync(join(tree, "file.txt"), "utf8");
  const lacking = await repository.lacking(tree);
  await repository.overlay(path, tree, { folders: ["."], files: [] });
  await remove();
  const before = await repository.fetchTip(BRANCH);
  const stored = await repository.append(BRANCH, before, { path: "runs/a.json", text: `${Math.random()}` }, "Record");
  const tip = await repository.fetchTip(BRANCH);
  const listed = await repository.list(tip!);
  const read = await repository.read(tip!, listed);
  return {
    root,
    sha: head?.sha,
    base,
    ancestors,
    file,
    lacking,
    stored,
    readable: read.every((text) => typeof text === "string"),
  };
}

const seen = (): string => (existsSync(record) ? readFileSync(record, "utf8") : "");

function expectNoLeak(what: string): void {
  for (const secret of [TOKEN, BASIC]) {
    expect(seen().includes(secret), `${what}: a program saw the token`).toBe(false);
    expect(elsewhere.visits.join("\n").includes(secret), `${what}: another server saw the token`).toBe(false);
  }
}

describe("settings of the checkout that are written once its own have been read", () => {
  it("are known from git's own list", () => {
    expect(KEYS.length).toBeGreaterThan(500);
    expect(KEYS.filter((key) => NAMING.test(key)).length).toBeGreaterThan(80);
    for (const key of ["core.sshCommand", "filter.<driver>.smudge", "url.<base>.insteadOf"])
      expect(KEYS).toContain(key);
  });

  it.each([
    ["every key that names a program or an address", (key: string) => NAMING.test(key)],
    ["every key that there is, whether its value makes sense or not", () => true],
  ])("start nothing, lead nowhere and change nothing: %s", async (_, wanted) => {
    const { path, commits } = checkout();
    const repository = open(path);
    await repository.prepared();
    plant(path, KEYS.filter(wanted));
    const visits = elsewhere.visits.length;
    expect(await everything(repository, path, commits)).toEqual({
      root: path,
      sha: commits[1],
      base: "first\n",
      ancestors: [commits[1], commits[0]],
      file: "first\n",
      lacking: [],
      stored: "landed",
      readable: true,
    });
    expect(seen()).toBe("");
    expect(elsewhere.visits.slice(visits)).toEqual([]);
  });

  it("have no effect in the user's own files either, nor in Benchgate's", async () => {
    const { path, commits } = checkout();
    const home = temporaryFolder();
    const temporary = temporaryFolder();
    const env = { PATH: GIT_ENV.PATH ?? "", HOME: home };
    const temporaryFolderOf = async (): Promise<string> => temporary;
    const repository = createGit({
      cwd: path,
      env,
      token: TOKEN,
      serverUrl: remote.server,
      temporaryFolder: temporaryFolderOf,
    });
    await repository.fetchTip(BRANCH);
    const settings = `[core]\n\tsshCommand = ${recorder}\n\tattributesFile = ${join(home, "attributes")}\n[filter "x"]\n\tsmudge = ${recorder}\n[credential]\n\thelper = !${recorder}\n[url "${elsewhere.url}"]\n\tinsteadOf = ${remote.server}/\n`;
    writeFileSync(join(home, ".gitconfig"), settings);
    writeFileSync(join(home, "attributes"), "* filter=x\n");
    const found = execFileSync("find", [
      temporary,
      "-name",
      "config",
      "-o",
      "-name",
      "global",
      "-o",
      "-name",
      "attributes",
    ]);
    for (const file of found.toString().trim().split("\n")) appendFileSync(file, settings);
    expect(await everything(repository, path, commits)).toMatchObject({ file: "first\n", stored: "landed" });
    expect(seen()).toBe("");
  });
});

describe("settings of the checkout that were there before", () => {
  const more = [
    "remote.origin.url=ext",
    "remote.origin.url=elsewhere",
    "url.elsewhere.insteadOf",
    "remote.origin.url=ssh",
  ];

  it("never show the token to a program or to another server, whichever they are", { timeout: 300_000 }, async () => {
    const failed: string[] = [];
    const { path: original, commits } = checkout();
    /** Tries keys in one copy; where several break it together each is tried alone, so that none hides another. */
    const attempt = async (keys: readonly string[]): Promise<void> => {
      const path = join(temporaryFolder(), "copy");
      cpSync(original, path, { recursive: true });
      const special: Readonly<Record<string, readonly string[]>> = {
        "remote.origin.url=ext": ["remote.origin.url", `ext::${recorder}`],
        "remote.origin.url=elsewhere": ["remote.origin.url", `${elsewhere.url}project.git`],
        "remote.origin.url=ssh": ["remote.origin.url", "ssh://nowhere.invalid/project.git"],
        "url.elsewhere.insteadOf": [`url.${elsewhere.url}.insteadOf`, `${remote.server}/`],
      };
      for (const key of keys) {
        git(path, "config", ...(special[key] ?? [key, plantedValue(key)]));
        if (key === "remote.origin.url=ssh") git(path, "config", "core.sshCommand", recorder);
        if (key === "remote.origin.url=elsewhere") git(path, "config", "credential.helper", `!${recorder}`);
        if (key === "remote.origin.url=ext") git(path, "config", "protocol.ext.allow", "always");
      }
      const name = keys.join(", ");
      const broken: string[] = [];
      const repository = open(path);
      for (const step of [
        () => repository.fetchTip(BRANCH),
        () => repository.append(BRANCH, null, { path: name.replaceAll(/\W/g, "-"), text: name }, "Record"),
        async () => (await repository.worktree(commits[0], join(temporaryFolder(), "tree")))(),
      ]) {
        await step().catch((error: unknown) => {
          if (!(error instanceof GateError)) throw error;
          broken.push(`${name}: ${error.message}`);
        });
      }
      expectNoLeak(name);
      if (broken.length === 0 || keys.length === 1) failed.push(...broken);
      else for (const key of keys) await attempt([key]);
    };
    const keys = KEYS.filter((key) => NAMING.test(key));
    const idle = keys.filter((key) => IDLE.test(key)).map(filled);
    const groups = Math.ceil(idle.length / TOGETHER);
    const queue = [
      ...Array.from({ length: groups }, (_, group) => idle.filter((_, index) => index % groups === group)),
      ...[...keys.filter((key) => !IDLE.test(key)).map(filled), ...more].map((key) => [key]),
    ];
    await Promise.all(
      Array.from({ length: 3 }, async () => {
        for (let some = queue.pop(); some !== undefined; some = queue.pop()) await attempt(some);
      }),
    );
    // Most keys are of no use to git here: where nothing worked, nothing was proved.
    expect(failed.length, failed.join("\n")).toBeLessThan(40);
    expect(seen()).toContain("started");
  });
});
