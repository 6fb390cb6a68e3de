import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Checkout } from "../../../src/io/git/checkout.ts";
import { createGit, type GitOptions, type PreparedGit } from "../../../src/io/git/git.ts";
import { routesTo } from "../../../src/io/git/routes.ts";
import { clone, commit, GIT_ENV, git, temporaryFolder } from "../../baseline/repositories.ts";
import { type HttpRemote, startHttpRemote } from "./http-remote.ts";

const PASSWORD = "the-users-own";
const USERS = `Basic ${Buffer.from(`user:${PASSWORD}`).toString("base64")}`;
const BRANCH = "benchgate-baseline";

let remote: HttpRemote;
let tools: string;
beforeAll(async () => {
  remote = await startHttpRemote(USERS);
  tools = temporaryFolder();
  const helper = `#!/bin/sh\nenv > ${tools}/helper.env\ncat > /dev/null\necho username=user; echo password=${PASSWORD}\n`;
  writeFileSync(join(tools, "helper"), helper, { mode: 0o755 });
});
afterAll(() => remote.close());

function checkout(): string {
  const path = clone(`file://${remote.path}`);
  git(path, "checkout", "-q", "-B", "main");
  commit(path, 1, { "file.txt": "1" });
  git(path, "remote", "set-url", "origin", remote.url);
  return path;
}

function open(cwd: string, options: Partial<GitOptions> = {}): PreparedGit {
  return createGit({ cwd, env: GIT_ENV, temporaryFolder: async () => temporaryFolder(), ...options });
}

/** An environment in which the user has set something for all repositories. */
function withUserSettings(settings: string, env: Readonly<Record<string, string>> = GIT_ENV): Record<string, string> {
  const file = join(temporaryFolder(), "gitconfig");
  writeFileSync(file, settings);
  return { ...env, GIT_CONFIG_GLOBAL: file };
}

async function store(repository: PreparedGit): Promise<string> {
  const file = { path: `runs/${Math.random()}.json`, text: "1" };
  return repository.append(BRANCH, await repository.fetchTip(BRANCH), file, "Record");
}

describe("credentials that the user has set up", () => {
  it.each(["the checkout's", "the user's"])(
    "reach the remote by a helper in %s settings, without the token",
    async (whose) => {
      const path = checkout();
      const own = whose === "the checkout's";
      if (own) git(path, "config", "credential.helper", join(tools, "helper"));
      const env = own ? GIT_ENV : withUserSettings(`[credential]\n\thelper = ${join(tools, "helper")}\n`);
      // A token for this very server, which does not know it; and one for another.
      for (const serverUrl of [remote.server, "https://github.com"]) {
        expect(await store(open(path, { env, token: "ghs_NotForTheHelper", serverUrl }))).toBe("landed");
        const seen = readFileSync(join(tools, "helper.env"), "utf8");
        expect(seen).toContain("GIT_CONFIG_COUNT");
        expect(seen).not.toContain("ghs_NotForTheHelper");
        expect(seen).not.toContain(Buffer.from("x-access-token:ghs_NotForTheHelper").toString("base64"));
      }
    },
  );

  it("reach it by a password in the address, which no program sees", async () => {
    const path = checkout();
    git(path, "remote", "set-url", "origin", remote.url.replace("://", `://user:${PASSWORD}@`));
    git(path, "config", "credential.helper", join(tools, "spy"));
    writeFileSync(join(tools, "spy"), `#!/bin/sh\ntouch ${tools}/spied\n`, { mode: 0o755 });
    expect(await store(open(path))).toBe("landed");
    expect(existsSync(join(tools, "spied"))).toBe(false);
  });

  it("reach it by an ssh command, and by an address that is rewritten", async () => {
    const path = checkout();
    const ssh = join(tools, "ssh");
    const fetched = `#!/bin/sh\nfor last; do :; done\neval "$last"\n`;
    writeFileSync(ssh, fetched, { mode: 0o755 });
    git(path, "remote", "set-url", "origin", `short:${remote.path}`);
    const env = withUserSettings(`[core]\n\tsshCommand = ${ssh}\n[url "ssh://host/"]\n\tinsteadOf = short:/\n`);
    expect(await store(open(path, { env, token: "ghs_x" }))).toBe("landed");
  });

  it("may be handed the command line's own token, unless the checkout names the program", async () => {
    const env = { ...GIT_ENV, GH_TOKEN: "the-command-lines-own" };
    const user = withUserSettings(`[credential]\n\thelper = ${join(tools, "helper")}\n`, env);
    expect(await store(open(checkout(), { env: user }))).toBe("landed");
    expect(readFileSync(join(tools, "helper.env"), "utf8")).toContain("the-command-lines-own");
    const path = checkout();
    git(path, "config", "credential.helper", join(tools, "helper"));
    expect(await store(open(path, { env }))).toBe("landed");
    expect(readFileSync(join(tools, "helper.env"), "utf8")).not.toContain("the-command-lines-own");
  });
});

describe("the token", () => {
  const TOKEN = "for-one-server-alone";
  const bare: Checkout = {
    root: "/repo",
    prefix: "",
    gitDir: "/repo/.git",
    commonDir: "/repo/.git",
    objectFormat: "sha1",
    settings: [],
    origin: null,
    attributes: { user: "", own: "" },
    ignored: { user: "", own: "" },
  };
  /** Whether any git that goes to an address has the token, in its settings or its environment. */
  const shown = (url: string, serverUrl: string): boolean => {
    const credentials = { env: { PATH: "/usr/bin" }, token: TOKEN, serverUrl };
    const all = JSON.stringify(routesTo({ url, header: false }, bare, credentials).all);
    return all.includes(TOKEN) || all.includes(Buffer.from(`x-access-token:${TOKEN}`).toString("base64"));
  };

  it.each([
    ["https://github.com", "https://github.com/octo-org/octo-repo"],
    ["https://github.com/", "https://github.com/octo-org/octo-repo.git"],
    ["https://git.example:8443/hub", "https://git.example:8443/hub/octo-org/octo-repo"],
  ])("of %s goes to %s", (server, url) => expect(shown(url, server)).toBe(true));

  it.each([
    ["another server", "https://github.com", "https://elsewhere.example/octo-org/octo-repo"],
    ["a name that only begins alike", "https://github.com", "https://github.com.elsewhere.example/octo-org/octo-repo"],
    ["another port", "https://github.com", "https://github.com:8443/octo-org/octo-repo"],
    ["the same server in plain text", "https://github.com", "http://github.com/octo-org/octo-repo"],
    ["another folder of the server", "https://git.example/hub", "https://git.example/hub2/octo-repo"],
    ["a program", "https://github.com", "ext::sh -c env"],
    ["another transport", "https://github.com", "ssh://github.com/octo-org/octo-repo"],
    ["a folder", "https://github.com", "/srv/git/octo-repo"],
  ])("is not in the environment of a git that goes to %s", (_, server, url) => expect(shown(url, server)).toBe(false));
});

describe("a partial clone", () => {
  it.each([
    ["without files", "--filter=blob:none"],
    ["without folders", "--filter=tree:0"],
  ])("%s fetches what it lacks before anybody asks for it", async (_, filter) => {
    const source = await startHttpRemote();
    const author = clone(`file://${source.path}`);
    git(author, "checkout", "-q", "-B", "main");
    const first = commit(author, 1, { "file.txt": "first\n", "other.txt": "other\n" });
    commit(author, 2, { "file.txt": "second\n", "other.txt": "changed\n" });
    git(author, "push", "-q", "origin", "main");
    const path = clone(`file://${source.path}`, filter);
    git(path, "remote", "set-url", "origin", source.url);
    const repository = open(path);
    await repository.prepared();
    // The settings have been read: the test's own git must not wait for a server of this process.
    git(path, "remote", "set-url", "origin", `file://${source.path}`);
    expect(await repository.show(first, "file.txt")).toBe("first\n");
    const folder = join(temporaryFolder(), "tree");
    const before = source.requests.length;
    const remove = await repository.worktree(first, folder);
    expect(source.requests.length).toBeGreaterThan(before);
    expect(readFileSync(join(folder, "other.txt"), "utf8")).toBe("other\n");
    expect(git(folder, "status", "--porcelain")).toBe("");
    await remove();
    await source.close();
  });

  it("of which a part is checked out fetches the files of that part alone", async () => {
    const source = await startHttpRemote();
    const author = clone(`file://${source.path}`);
    git(author, "checkout", "-q", "-B", "main");
    for (const name of ["wanted", "unwanted"]) mkdirSync(join(author, name));
    const files = (text: string) => ({ "wanted/file": `wanted ${text}\n`, "unwanted/file": `unwanted ${text}\n` });
    const first = commit(author, 1, files("first"));
    commit(author, 2, files("second"));
    git(author, "push", "-q", "origin", "main");
    const path = clone(`file://${source.path}`, "--filter=blob:none", "--sparse");
    git(path, "sparse-checkout", "set", "wanted");
    const folder = join(temporaryFolder(), "tree");
    const remove = await open(path).worktree(first, folder);
    expect(readFileSync(join(folder, "wanted/file"), "utf8")).toBe("wanted first\n");
    expect(existsSync(join(folder, "unwanted"))).toBe(false);
    const unwanted = git(author, "rev-parse", `${first}:unwanted/file`);
    const missing = git(path, "rev-list", "--objects", "--no-walk", "--missing=print", first).split("\n");
    expect(missing).toContain(`?${unwanted}`);
    await remove();
    await source.close();
  });
});
