import { readFileSync } from "node:fs";
import { gate } from "../../../src/gate.ts";
import type { ExplainMode } from "../../../src/model/explanation.ts";
import type { Plan } from "../../../src/model/plan.ts";
import type { Git, ProcessSpec, Trees } from "../../../src/ports/index.ts";
import { fakeClock } from "../../fakes/clock.ts";
import { memoryFiles } from "../../fakes/files.ts";
import { type FakeGit, fakeGit } from "../../fakes/git.ts";
import { fakeNetwork } from "../../fakes/network.ts";
import { type Answer, fakeProcesses } from "../../fakes/processes.ts";
import { aBudget } from "../../judge/kit.ts";

const FIXTURES = new URL("../../fixtures/profiles/node/", import.meta.url);

/** What a profiled round leaves: the file's name in its folder, or none where it is told a file, and what is in it. */
export type Left = Readonly<Record<string, string>>;

/** How profiled rounds end. */
export type Profiler = (
  spec: ProcessSpec,
  side: "base" | "head",
  round: number,
) => { readonly left?: Left } & Awaited<ReturnType<Answer>>;

export const isProfiled = ({ env }: ProcessSpec) => env.BENCHGATE_PROFILE !== undefined;

/** What else a gate is made of. */
interface Made {
  readonly plan?: Partial<Plan>;
  /** The files of both commits, beside `a.js`. */
  readonly files?: Readonly<Record<"base" | "head", Readonly<Record<string, string>>>>;
  /** What the head takes where the base takes 1000. Default: 1150. */
  readonly head?: number;
  readonly git?: (git: Git) => Partial<Git>;
  readonly signal?: AbortSignal;
  /** What a command takes in a tree that is put together from both, of which these are files, where the base takes 1000; or how it ends. */
  readonly together?: (
    read: (path: string) => string | undefined,
    spec: ProcessSpec,
  ) => number | Awaited<ReturnType<Answer>>;
}

/** A gate of a Node program that takes 15 % longer on the head, under a profiler that ends so; a process takes so many seconds. */
export async function gated(explain: ExplainMode, profiler: Profiler, seconds = 1, made: Made = {}) {
  const { files = { base: {}, head: {} } } = made;
  const texts = new Map(
    Object.entries({ "a.js": "x", ...files.head }).map(([path, text]) => [`/repo/head/${path}`, text]),
  );
  const clock = fakeClock();
  const git = fakeGit("/repo/head");
  const base = git.commit(null, { "a.js": "", ...files.base });
  git.head = git.commit(base, { "a.js": "x", ...files.head });
  const rounds = { base: 0, head: 0 };
  const processes = fakeProcesses((spec, index) => {
    clock.pass(seconds);
    const side = spec.cwd === "/repo/head" ? "head" : "base";
    if (isProfiled(spec)) {
      const { left = {}, ...end } = profiler(spec, side, ++rounds[side]);
      for (const [name, text] of Object.entries(left))
        texts.set([spec.env.BENCHGATE_PROFILE, name].filter(Boolean).join("/"), text);
      return { stdout: "BenchmarkParse-4 1000 1 ns/op\n", ...end };
    }
    const together = spec.cwd.endsWith("/tree")
      ? made.together!((path) => texts.get(`${spec.cwd}/${path}`), spec)
      : null;
    if (together !== null && typeof together !== "number") return together;
    const time = (together ?? (side === "head" ? (made.head ?? 1150) : 1000)) + (index % 7);
    return { stdout: `BenchmarkParse-4 1000 ${time} ns/op\n` };
  });
  const plan: Plan = {
    setup: null,
    suites: [
      {
        name: "s",
        timeLimit: 600,
        workload: { kind: "run", command: { kind: "argv", argv: ["node", "a.js"] }, tool: "go", output: null },
      },
    ],
    budgets: [aBudget({ floor: null })],
    accept: [],
    compare: "side-by-side",
    rounds: 6,
    pairs: 6,
    timeBudget: null,
    onInconclusive: "warn",
    control: false,
    explain,
    ...made.plan,
  };
  const real = { ...git, ...onTexts(git, texts) };
  const ports = {
    processes,
    files: memoryFiles(texts),
    git: { ...real, ...made.git?.(real) },
    trees: unequalOn(texts),
    clock,
    network: fakeNetwork(),
    host: {
      cwd: "/repo/head",
      harness: "/dist/harness.js",
      preload: { url: "file:///dist/preload.js", options: "--max-old-space-size=64" },
      random: () => 0.5,
      environment: async () => ({ os: "linux", arch: "x64", cpu: "c", cores: 2, runtime: "node 24.19.0" }),
    },
  };
  const revision = { sha: base, ref: "", committedAt: "" };
  const candidate = { name: "candidate", cwd: "/repo/head", revision: { ...revision, sha: git.head } } as const;
  const began = clock.monotonic();
  const result = await gate(ports, {
    plan,
    candidate,
    against: { kind: "side-by-side", revision },
    session: "s/1",
    only: null,
    seed: 1,
    onProgress: () => {},
    ...(made.signal && { signal: made.signal }),
  });
  return { ...result, specs: processes.specs, seconds: clock.monotonic() - began };
}

/** Trees of which only what differs is asked. */
function unequalOn(texts: ReadonlyMap<string, string>): Trees {
  const unequal: Trees["unequal"] = async (one, other, paths) =>
    paths.filter((path) => texts.get(`${one}/${path}`) !== texts.get(`${other}/${path}`));
  const entry = { kind: "folder", size: 0, runs: false, to: "", links: 1, written: 0, inode: 0 } as const;
  const isFolder = (path: string) => [...texts.keys()].some((each) => each.startsWith(`${path}/`));
  const look: Trees["look"] = async (folder, paths) =>
    new Map(paths.filter((path) => isFolder(`${folder}/${path}`)).map((path) => [path, entry]));
  return { unequal, look } as Pick<Trees, "unequal" | "look"> as Trees;
}

/** Worktrees whose files are there, and what is copied between them. */
function onTexts({ commits, worktree }: FakeGit, texts: Map<string, string>): Pick<Git, "worktree" | "overlay"> {
  return {
    async worktree(sha, folder) {
      for (const [path, text] of commits.get(sha)!.files) texts.set(`${folder}/${path}`, text);
      return worktree(sha, folder);
    },
    async overlay(from, to, { folders, files }) {
      const all = (tree: string) =>
        [...texts.keys()].filter((path) => path.startsWith(`${tree}/`)).map((path) => path.slice(tree.length + 1));
      const whole = folders.includes(".");
      if (whole) for (const path of all(to)) texts.delete(`${to}/${path}`);
      for (const path of [...(whole ? all(from) : []), ...files]) {
        const text = texts.get(`${from}/${path}`);
        if (text === undefined) texts.delete(`${to}/${path}`);
        else texts.set(`${to}/${path}`, text);
      }
    },
  };
}

export const good: Profiler = (_, side, round) => ({
  left: {
    "1-0.cpuprofile": readFileSync(new URL(`${side}-${round}.cpuprofile`, FIXTURES), "utf8").replaceAll(
      "/repo/base/",
      "/tmp/2/baseline/",
    ),
  },
});

const frame = (functionName: string, url = "") => ({
  functionName,
  url,
  lineNumber: url === "" ? -1 : 2,
  columnNumber: 0,
});
const file = (side: string) => `file://${side === "head" ? "/repo/head" : "/tmp/2/baseline"}/a.js`;

/** A profile of V8 whose functions were seen so often. */
export function cpu(side: string, seen: Readonly<Record<string, number>>): string {
  const names = Object.keys(seen);
  const samples = names.flatMap((name, index) => Array(seen[name]).fill(index + 2));
  return JSON.stringify({
    nodes: [
      { id: 1, callFrame: frame("(root)"), children: names.map((_, index) => index + 2) },
      ...names.map((name, index) => ({
        id: index + 2,
        callFrame: frame(name, name.startsWith("(") ? "" : file(side)),
      })),
    ],
    startTime: 0,
    endTime: samples.length * 200,
    samples,
    timeDeltas: samples.map(() => 200),
  });
}

/** A sampled allocation profile of V8, by bytes. */
export function heap(side: string, bytes: Readonly<Record<string, number>>): string {
  const children = Object.entries(bytes).map(([name, selfSize]) => ({
    callFrame: frame(name, file(side)),
    selfSize,
    children: [],
  }));
  return JSON.stringify({ head: { callFrame: frame("(root)"), selfSize: 0, children } });
}
