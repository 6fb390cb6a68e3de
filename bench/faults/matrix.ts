import { mkdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { workflowRunEvent } from "../../__tests__/e2e/kit/events.ts";
import { startGitServer } from "../../__tests__/fakes/git-server.ts";
import type { Fault as RestFault } from "../../__tests__/fakes/github/server.ts";
import { type Cell, FILES, gitIn, numbers, type Right, type Stage, type Wanted } from "./stage.ts";

/** A way for a remote to fail: what happens, whether its request is carried out all the same, and how often. */
interface Fault {
  readonly name: string;
  readonly rest: RestFault;
  /** Requests in a row that it meets. */
  readonly times: number;
  /** Whether it goes by if it is asked again. */
  readonly passes: boolean;
}

const status = (code: number, passes: boolean, times = passes ? 1 : 40): Fault => ({
  name: `${code}${times > 1 && passes ? " twice" : ""}${times > 1 && !passes && code >= 500 ? " always" : ""}`,
  rest: { kind: "status", status: code },
  times,
  passes,
});

/** Twenty ways to fail. */
const FAULTS: readonly Fault[] = [
  ...[401, 403, 404, 409, 410, 422].map((code) => status(code, false)),
  ...[500, 502, 503, 504].map((code) => status(code, true)),
  status(502, true, 2),
  status(502, false),
  { name: "502, but done", rest: { kind: "status", status: 502, afterEffect: true }, times: 1, passes: true },
  { name: "cut", rest: { kind: "disconnect" }, times: 1, passes: true },
  { name: "cut, but done", rest: { kind: "disconnect", afterEffect: true }, times: 1, passes: true },
  { name: "cut always", rest: { kind: "disconnect" }, times: 40, passes: false },
  { name: "no answer", rest: { kind: "hang" }, times: 1, passes: true },
  { name: "no answer, ever", rest: { kind: "hang" }, times: 40, passes: false },
  { name: "429, 1 s", rest: { kind: "secondary", status: 429, retryAfter: 1 }, times: 1, passes: true },
  { name: "403, an hour", rest: { kind: "secondary", status: 403, retryAfter: 3600 }, times: 40, passes: false },
];

/** Nine remote calls that a step depends on. */
const TARGETS = [
  "users/get-authenticated",
  "graphql",
  "issues/list-comments",
  "issues/create-comment",
  "issues/update-comment",
  "pulls/list",
  "repos/create-commit-status",
  "git fetch",
  "git push",
] as const;
type Target = (typeof TARGETS)[number];

/** One of each: what passes once, what stays, and what was done all the same. */
const SAMPLE = ["issues/create-comment · 502, but done", "pulls/list · 401", "git push · cut, but done"];

/** Every target under every fault. */
export async function* matrix(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  await stage.act(await stage.pushed(FILES));
  const red = await stage.pulled({ "out.txt": numbers(3) });
  const artifacts = join(stage.folder, "artifacts");
  mkdirSync(artifacts);
  const inputs = { compare: "side-by-side", comment: "never", fail: "false", cell: "linux" };
  await stage.act(red.checkout, { inputs, upload: join(artifacts, "benchgate-linux") });
  for (const target of TARGETS) {
    for (const fault of FAULTS.filter(({ name }) =>
      wanted(`${target} · ${name}`, SAMPLE.includes(`${target} · ${name}`)),
    )) {
      if (target === "git fetch" || target === "git push") yield await gitCell(stage, target, fault);
      else yield await restCell(stage, { target, fault, red, artifacts });
    }
  }
}

interface RestCell {
  readonly target: Target;
  readonly fault: Fault;
  readonly red: Awaited<ReturnType<Stage["pulled"]>>;
  readonly artifacts: string;
}

/** A verdict over what is measured already, told with every call: red, whatever GitHub does. */
function restCell(stage: Stage, { target, fault, red, artifacts }: RestCell): Promise<Cell> {
  const { github } = stage;
  const pull = github.state.pulls.get(red.number)!;
  const run = { id: 1, headBranch: pull.head.ref, headSha: pull.head.sha, headRepository: "octo-org/octo-repo" };
  const lookedUp = target === "pulls/list";
  const act = () =>
    stage.act(red.checkout, {
      inputs: { "fan-in": artifacts, expect: "linux", status: "true" },
      ...(lookedUp && { event: { name: "workflow_run", payload: workflowRunEvent("octo-org/octo-repo", run) } }),
    });
  // Who judges what must know the pull request; everything else can fail.
  const right: Right =
    lookedUp && !fault.passes ? { codes: [3], outcome: "fail" } : { codes: [1], outcome: "fail", says: /1 regression/ };
  return stage.cell("GitHub and git", `${target} · ${fault.name}`, right, async () => {
    github.state.comments = [];
    github.state.rate.remaining = 1_000_000;
    if (target === "issues/update-comment") {
      const before = await act();
      if (before.exitCode !== 1) return before;
    }
    github.failNext(...Array.from({ length: fault.times }, () => ({ on: target, ...fault.rest })));
    const result = await act();
    github.forget();
    const doubled = github.state.comments.filter((comment) => comment.pull === red.number).length > 1;
    return doubled ? { ...result, exitCode: null, stdout: `${result.stdout}\nTWO COMMENTS` } : result;
  });
}

/** A push that stores, or a pull request that reads, over git's own protocol. */
async function gitCell(stage: Stage, target: "git fetch" | "git push", fault: Fault): Promise<Cell> {
  const root = join(stage.folder, `served-${Math.random()}`);
  mkdirSync(root);
  const bare = join(root, "project.git");
  gitIn(stage.folder, "clone", "--quiet", "--mirror", stage.repository.origin, bare);
  for (const key of ["http.receivepack", "uploadpack.allowAnySHA1InWant"]) gitIn(bare, "config", key, "true");
  const server = await startGitServer(root);
  const pushes = target === "git push";
  try {
    const { checkout } = pushes
      ? { checkout: await stage.pushed({ "note.txt": String(Math.random()) }) }
      : await stage.pulled({ "out.txt": numbers(3) });
    gitIn(checkout.workspace, "remote", "set-url", "origin", `${server.server}/project.git`);
    let left = fault.times;
    server.fault = (request, response) => {
      const ours = pushes ? /git-receive-pack/ : /git-upload-pack/;
      if (!ours.test(request.url ?? "") || left <= 0) return false;
      left--;
      return meet(fault.rest, request, response);
    };
    // A pull request whose stored runs are out of reach is measured beside its base, which is in the clone.
    const right: Right = pushes
      ? { codes: [0], outcome: "pass", ...(!fault.passes && { says: /not stored/ }) }
      : { codes: [1], outcome: "fail", says: fault.passes ? /1 regression/ : /could not be reached/ };
    return await stage.cell("GitHub and git", `${target} · ${fault.name}`, right, async () => {
      const result = await stage.act(checkout);
      const lost = pushes && fault.passes && /not stored/.test(result.stdout);
      return lost ? { ...result, exitCode: null } : result;
    });
  } finally {
    await server.close();
  }
}

/** Has a request of git's meet a fault; false where it is carried out first. */
function meet(fault: RestFault, request: IncomingMessage, response: ServerResponse): boolean {
  const end = () => {
    if (fault.kind === "hang") return;
    if (fault.kind === "disconnect") return void request.socket.destroy();
    const headers = fault.kind === "secondary" ? { "retry-after": String(fault.retryAfter) } : {};
    if (!response.headersSent) response.writeHead(fault.status, headers).end();
    else request.socket.destroy();
  };
  if (fault.afterEffect !== true || request.method !== "POST") {
    end();
    return true;
  }
  response.write = () => true;
  response.writeHead = () => response;
  response.end = () => {
    request.socket.destroy();
    return response;
  };
  return false;
}
