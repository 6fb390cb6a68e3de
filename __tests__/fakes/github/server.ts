import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Answer, failure } from "./answer.ts";
import { type Fields, type MatchedOperation, matchOperation } from "./description.ts";
import { OPERATIONS } from "./operations.ts";
import { type FakePull, type FakeState, type TokenGrant, WORKFLOW_TOKEN } from "./state.ts";

export interface FakeGitHubOptions {
  readonly repository?: { readonly owner: string; readonly name: string; readonly private?: boolean };
  /** By token; default: `workflow-token` with write access to everything. */
  readonly tokens?: Readonly<Record<string, TokenGrant>>;
  readonly pulls?: readonly FakePull[];
}

/**
 * A fault to inject into the next request (or the next one of operation `on`).
 * `afterEffect` carries the request out first: what a gateway that times out does.
 */
export type Fault = { readonly on?: string; readonly afterEffect?: boolean } & (
  | { readonly kind: "status"; readonly status: number }
  /** GitHub's secondary rate limit; `retryAfter` in seconds, absent: no such header. */
  | { readonly kind: "secondary"; readonly status: 403 | 429; readonly retryAfter?: number }
  /** The connection is cut without an answer. */
  | { readonly kind: "disconnect" }
  /** No answer ever comes. */
  | { readonly kind: "hang" }
);

export interface FakeGitHub {
  /** The API's root, for `GITHUB_API_URL`. */
  readonly url: string;
  readonly state: FakeState;
  /** Injects faults, in order, each into one request. */
  failNext(...faults: readonly Fault[]): void;
  /** Takes back the faults that no request has met. */
  forget(): void;
  close(): Promise<void>;
}

const DOCS = "https://docs.github.com/rest";

/** A GitHub of one repository on a loopback port, which keeps what it is told and holds every message against GitHub's description. */
export async function startFakeGitHub(options: FakeGitHubOptions = {}): Promise<FakeGitHub> {
  const repository = { owner: "octo-org", name: "octo-repo", private: false, ...options.repository };
  const state: FakeState = {
    repository,
    tokens: new Map(Object.entries(options.tokens ?? { "workflow-token": WORKFLOW_TOKEN })),
    pulls: new Map((options.pulls ?? []).map((pull) => [pull.number, pull])),
    issues: [],
    comments: [],
    statuses: [],
    checkRuns: [],
    requests: [],
    violations: [],
    rate: { limit: 1000, remaining: 1000, reset: Math.floor(Date.now() / 1000) + 3600 },
    nextId: 1_000_000_000,
  };
  const faults: Fault[] = [];
  const server = createServer((request, response) => {
    receive(state, faults, request, response).catch((error: unknown) => {
      state.violations.push(`the fake itself failed: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    state,
    failNext: (...more) => void faults.push(...more),
    forget: () => void faults.splice(0),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function receive(
  state: FakeState,
  faults: Fault[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? "/", `http://${request.headers.host}`);
  const method = request.method ?? "GET";
  const operation = matchOperation(method, url.pathname);
  const name = operation?.id ?? (url.pathname === "/graphql" ? "graphql" : null);
  const grant = state.tokens.get((request.headers.authorization ?? "").replace(/^(token|bearer) /i, "")) ?? null;
  const remember = (status: number | null): void =>
    void state.requests.push({
      method,
      path: url.pathname + url.search,
      operation: name,
      login: grant?.login ?? null,
      status,
    });

  const found = faults.findIndex((fault) => fault.on === undefined || fault.on === name);
  const fault = found < 0 ? undefined : faults.splice(found, 1)[0];
  const effect = (): Answer => answerTo(state, operation, grant, request, url, Buffer.concat(chunks).toString("utf8"));
  if (fault?.kind === "disconnect" || fault?.kind === "hang") {
    if (fault.afterEffect === true) effect();
    remember(null);
    if (fault.kind === "disconnect") request.socket.destroy();
    return;
  }
  if (fault?.afterEffect === true) effect();
  const answer = fault === undefined ? effect() : faultAnswer(fault);
  remember(answer.status);
  send(state, response, answer);
}

function faultAnswer(fault: Extract<Fault, { kind: "status" | "secondary" }>): Answer {
  if (fault.kind === "status") {
    // GitHub's gateway answers 502 with a page for people, not with JSON.
    return {
      status: fault.status,
      body: "<html><body>Unicorn!</body></html>",
      headers: { "content-type": "text/html" },
    };
  }
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
  const headers: Record<string, string> =
    fault.retryAfter === undefined ? {} : { "retry-after": String(fault.retryAfter) };
  return failure(
    fault.status,
    message,
    `${DOCS}/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits`,
    {},
    headers,
  );
}

function answerTo(
  state: FakeState,
  operation: MatchedOperation | null,
  grant: TokenGrant | null,
  request: IncomingMessage,
  url: URL,
  text: string,
): Answer {
  const docs = operation?.docs ?? DOCS;
  if (request.headers.authorization === undefined) return failure(401, "Requires authentication", docs);
  if (grant === null) return failure(401, "Bad credentials", DOCS);
  if (state.rate.remaining <= 0)
    return failure(
      403,
      "API rate limit exceeded for installation ID 1.",
      `${DOCS}/overview/rate-limits-for-the-rest-api`,
    );
  state.rate.remaining -= 1;
  const body = text === "" ? {} : parseJson(text);
  if (body === undefined) return failure(400, "Problems parsing JSON", docs);
  if (url.pathname === "/graphql" && request.method === "POST") return graphql(state, grant, body);
  if (operation === null) {
    state.violations.push(`${request.method} ${url.pathname} is no operation of the slice`);
    return failure(404, "Not Found", DOCS);
  }
  const problems = operation.requestProblems(url.searchParams, body);
  if (problems.length > 0) {
    state.violations.push(...problems.map((problem) => `request ${operation.id}: ${problem}`));
    return failure(422, `Invalid request.\n\n${problems.join("\n")}`, docs);
  }
  const answer = refusal(state, operation, grant) ?? carryOut(state, operation, grant, url, body);
  const faults = operation.responseProblems(answer.status, answer.body);
  state.violations.push(...faults.map((problem) => `answer ${operation.id} ${answer.status}: ${problem}`));
  return answer;
}

function carryOut(state: FakeState, operation: MatchedOperation, grant: TokenGrant, url: URL, body: Fields): Answer {
  return OPERATIONS[operation.id]!.handle({
    state,
    grant,
    url,
    path: operation.pathParameters,
    body,
    docs: operation.docs,
  });
}

/** 404 for another repository; 403 in GitHub's words where the token lacks the permission. Everybody reads a public repository. */
function refusal(state: FakeState, operation: MatchedOperation, grant: TokenGrant): Answer | null {
  const { owner, repo } = operation.pathParameters;
  if (owner !== undefined && (owner !== state.repository.owner || repo !== state.repository.name)) {
    return failure(404, "Not Found", operation.docs);
  }
  const { needs } = OPERATIONS[operation.id]!;
  const reads = needs.every(([, access]) => access === "read");
  const allowed = needs.some(
    ([scope, access]) => grant.permissions[scope] === "write" || grant.permissions[scope] === access,
  );
  if (needs.length === 0 || allowed || (reads && !state.repository.private)) return null;
  const accepted = needs.map(([scope, access]) => `${scope}=${access}`).join("; ");
  const message = grant.integration
    ? "Resource not accessible by integration"
    : "Resource not accessible by personal access token";
  return failure(403, message, operation.docs, {}, { "x-accepted-github-permissions": accepted });
}

/** The one query that installation tokens need: who am I. */
function graphql(state: FakeState, grant: TokenGrant, body: Fields): Answer {
  const query = String(body.query).replaceAll(/\s+/g, "");
  if (/^(query)?\{viewer\{login\}\}$/.test(query))
    return { status: 200, body: { data: { viewer: { login: grant.login } } } };
  state.violations.push(`graphql: the fake knows no query ${query}`);
  return { status: 200, body: { errors: [{ message: "the fake knows no such query" }] } };
}

function parseJson(text: string): Fields | undefined {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return undefined;
  }
}

function send(state: FakeState, response: ServerResponse, answer: Answer): void {
  const { limit, remaining, reset } = state.rate;
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    "x-github-media-type": "github.v3; format=json",
    "x-github-request-id": `FAKE:${state.requests.length}`,
    "x-ratelimit-limit": limit,
    "x-ratelimit-remaining": remaining,
    "x-ratelimit-reset": reset,
    "x-ratelimit-used": limit - remaining,
    "x-ratelimit-resource": "core",
    ...answer.headers,
  });
  response.end(
    answer.body === null ? undefined : typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body),
  );
}
