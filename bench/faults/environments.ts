import { chmodSync, cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Checkout } from "../../__tests__/e2e/kit/repository.ts";
import type { ActionRun } from "../../__tests__/e2e/kit/runner.ts";
import { bundleAfter, type Cell, FILES, gitIn, numbers, type Right, type Stage, type Wanted } from "./stage.ts";

/** A place in which the step runs: what is done to the checkout, what before the action starts, in its own process, and what is right. */
interface Odd {
  readonly checkout?: (checkout: Checkout) => Checkout | undefined;
  /** JavaScript that runs first, with `fs` and `spawnSync`. */
  readonly code?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: Partial<ActionRun>;
  readonly right?: Right;
  /** How deep the checkout is; 0: the whole history. */
  readonly depth?: number;
}

const RED: Right = { codes: [1], outcome: "fail", says: /1 regression/ };
/** Red, and the place where that would be read is not there. */
const RED_UNSEEN: Right = { codes: [1], summary: false, says: /Parse/ };
const refused = (says: RegExp): Right => ({ codes: [2, 3], outcome: "fail", says });

/** A checkout of the same in another folder. */
const movedTo =
  (name: string) =>
  (checkout: Checkout): Checkout => {
    const workspace = join(dirname(checkout.workspace), name);
    cpSync(checkout.workspace, workspace, { recursive: true });
    return { ...checkout, workspace };
  };

const inTree = (change: (workspace: string) => void) => (checkout: Checkout) => {
  change(checkout.workspace);
  return undefined;
};

/** Starts the action again under a shell's limits, as whoever is given. */
const under = (limits: string) =>
  `if (!process.env.UNDER) { process.env.UNDER = "1"; const { status } = spawnSync("bash", ["-c", ${JSON.stringify(`${limits}; exec "$0" "$@"`)}, process.execPath, process.argv[1]], { stdio: "inherit" }); process.exit(status ?? 99); }`;

const SAMPLE = ["a temporary folder that nobody may write", "an address of GitHub that is none"];

const ODD: Readonly<Record<string, Odd>> = {
  "a shallow checkout": { depth: 1 },
  "a dirty tree": {
    checkout: inTree((workspace) =>
      writeFileSync(join(workspace, "benchgate.yml"), `${FILES["benchgate.yml"]}# mine\n`),
    ),
  },
  "a submodule": {
    checkout: inTree((workspace) =>
      writeFileSync(join(workspace, ".gitmodules"), '[submodule "x"]\n\tpath = x\n\turl = ./x\n'),
    ),
  },
  "attributes of a filter that is not installed": {
    checkout: inTree((workspace) =>
      writeFileSync(join(workspace, ".gitattributes"), "*.bin filter=lfs diff=lfs merge=lfs -text\n"),
    ),
  },
  ...Object.fromEntries(
    ["with space", "qu'ote\"", "ünïcødé-数", "new\nline", "-dash", "$HOME `id`", "glob*[x]"].map((name) => [
      `a folder called ${JSON.stringify(name)}`,
      { checkout: movedTo(name) },
    ]),
  ),
  "no HOME": { code: "delete process.env.HOME;" },
  "a HOME that nobody may write": { env: { HOME: "/proc" } },
  "GIT_DIR in the environment": { env: { GIT_DIR: "/nonexistent", GIT_WORK_TREE: "/nonexistent" } },
  "settings in the environment": {
    env: { GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "core.bare", GIT_CONFIG_VALUE_0: "true" },
  },
  "no git": { code: 'process.env.PATH = "/nonexistent";', right: refused(/git/) },
  "no repository": {
    checkout: (checkout) => {
      const workspace = join(dirname(checkout.workspace), "none");
      mkdirSync(workspace);
      writeFileSync(join(workspace, "benchgate.yml"), FILES["benchgate.yml"]);
      return { ...checkout, workspace };
    },
    right: refused(/no git repository/),
  },
  "a temporary folder that is not there": { env: { TMPDIR: "/nonexistent/tmp" } },
  "a temporary folder that is a file": { env: { TMPDIR: "/etc/passwd" } },
  "a temporary folder that nobody may write": { env: { TMPDIR: "/proc" } },
  "results where nobody may write": {
    code: 'process.env.RUNNER_TEMP = "/proc";',
    right: { ...RED, says: /cannot be|no folder/ },
  },
  "a file for the results' folder": {
    code: 'fs.writeFileSync(process.env.RUNNER_TEMP + "/benchgate", "");',
    right: RED,
  },
  "a full disk for the results": { code: 'process.env.RUNNER_TEMP = process.env.FULL ?? "/dev/full";', right: RED },
  "a full disk for the summary": {
    code: 'fs.rmSync(process.env.GITHUB_STEP_SUMMARY); fs.symlinkSync("/dev/full", process.env.GITHUB_STEP_SUMMARY);',
    right: RED_UNSEEN,
  },
  "a full disk for the outputs": {
    code: 'fs.rmSync(process.env.GITHUB_OUTPUT); fs.symlinkSync("/dev/full", process.env.GITHUB_OUTPUT);',
    right: { codes: [1], says: /outputs are not complete/ },
  },
  "no file for the summary": { code: "delete process.env.GITHUB_STEP_SUMMARY;", right: RED_UNSEEN },
  "a summary that is full": {
    code: 'fs.writeFileSync(process.env.GITHUB_STEP_SUMMARY, "x".repeat(2 ** 20 - 60));',
    right: { codes: [1], says: /no room left/ },
  },
  "files of one megabyte at most": { code: under("trap '' XFSZ; ulimit -f 1024"), right: RED },
  "few descriptors": { code: under("ulimit -n 64"), right: RED },
  "a full umask": { code: under("umask 077"), right: RED },
  "no event": {
    code: 'process.env.GITHUB_EVENT_PATH = "/nonexistent";',
    right: refused(/event's payload cannot be read/),
  },
  "an event that is no JSON": {
    code: 'fs.writeFileSync(process.env.GITHUB_EVENT_PATH, "{");',
    right: refused(/event's payload cannot be read/),
  },
  "an event that is empty": {
    code: 'fs.writeFileSync(process.env.GITHUB_EVENT_PATH, "");',
    right: refused(/event's payload cannot be read/),
  },
  "a folder for the event": {
    code: "process.env.GITHUB_EVENT_PATH = process.env.RUNNER_TEMP;",
    right: refused(/event's payload cannot be read/),
  },
  "an address of GitHub that is none": {
    code: 'process.env.GITHUB_API_URL = "not an address";',
    right: { ...RED, says: /GitHub cannot be asked/ },
  },
  "no token": { run: { token: "" } },
  "no stdout": { code: under("exec >&-"), right: RED },
  "another language and time": { env: { LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", TZ: "Pacific/Kiritimati" } },
  "an environment of a hundred kilobytes": { env: { LARGE: "x".repeat(100_000) } },
  "a tree that nobody may write": { checkout: inTree((workspace) => chmodSync(workspace, 0o555)) },
  "a hook for each checkout": {
    checkout: inTree((workspace) =>
      writeFileSync(join(workspace, ".git/hooks/post-checkout"), "#!/bin/sh\nexit 1\n", { mode: 0o755 }),
    ),
  },
  "a sparse checkout": {
    checkout: inTree((workspace) => void gitIn(workspace, "sparse-checkout", "set", "--no-cone", "/*", "!/note.txt")),
  },
  "a checkout that is a worktree": {
    checkout: (checkout) => {
      const workspace = join(dirname(checkout.workspace), "worktree");
      gitIn(checkout.workspace, "worktree", "add", "--quiet", "--detach", workspace);
      return { ...checkout, workspace };
    },
  },
  "a tree behind a link": {
    checkout: (checkout) => {
      const workspace = join(dirname(checkout.workspace), "link");
      symlinkSync(checkout.workspace, workspace);
      return { ...checkout, workspace };
    },
  },
  "another owner of the tree": {
    checkout: inTree((workspace) => void gitIn(workspace, "config", "safe.bareRepository", "explicit")),
  },
};

/** A pull request that is three times as slow, judged in odd places: it is red in all of them, or the place is refused in words. */
export async function* environments(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  await stage.act(await stage.pushed({ ...FILES, "note.txt": "a note\n" }));
  for (const [name, { checkout: prepare, code, env, run, right = RED, depth }] of Object.entries(ODD)) {
    if (!wanted(name, SAMPLE.includes(name))) continue;
    const pulled = await stage.pulled({ "out.txt": numbers(3) }, depth);
    const checkout = prepare?.(pulled.checkout) ?? pulled.checkout;
    yield await stage.cell("odd environments", name, right, () =>
      stage.act(checkout, {
        ...(code !== undefined && { bundle: bundleAfter(stage, name, code) }),
        ...(env !== undefined && { extraEnv: env }),
        ...run,
      }),
    );
  }
}
