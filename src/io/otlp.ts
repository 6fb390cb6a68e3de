import { setTimeout as sleep } from "node:timers/promises";
import { httpClient } from "./http-client.ts";

/** The variables that hold the headers of OTLP requests, the more special one first (https://opentelemetry.io/docs/specs/otel/protocol/exporter). */
const HEADERS = ["OTEL_EXPORTER_OTLP_METRICS_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS"] as const;

/** How often a request is sent, how long one may take, and all of them together, in seconds. */
const TRIES = 4;
const LONGEST = 10;
const ALTOGETHER = 30;
/** What may be read of an answer, in bytes. */
const ANSWER = 64 * 1024;
/** "Retryable response codes" of OTLP/HTTP. */
const RETRYABLE: readonly number[] = [429, 502, 503, 504];

type Headers = Readonly<Record<string, string>>;

/** An answer, or why there was none. */
type Answer =
  | { readonly status: number; readonly retryAfter: number | null; readonly text: string }
  | { readonly problem: string };

/** Sends the bodies of OTLP/HTTP requests, with the headers that the environment names. Resolves to why not all of them got there; null where they did. */
export function createOtlp(env: Readonly<Record<string, string | undefined>>) {
  const headers = headersOf(
    HEADERS.map((name) => env[name]).find((value) => value !== undefined && value !== "") ?? "",
  );
  return async (
    url: string,
    bodies: readonly string[],
    pause: (seconds: number) => Promise<unknown> = (seconds) => sleep(seconds * 1000),
  ) => {
    if (headers === null) return `${HEADERS[1]} is not written as name=value,name=value`;
    const end = performance.now() + ALTOGETHER * 1000;
    for (const body of bodies) {
      const problem = await sent(url, body, { headers, pause, end });
      if (problem !== null) return withoutSecrets(problem, headers);
    }
    return null;
  };
}

interface Sending {
  readonly headers: Headers;
  readonly pause: (seconds: number) => Promise<unknown>;
  /** On the clock of `performance.now()`, in milliseconds. */
  readonly end: number;
}

async function sent(url: string, body: string, { headers, pause, end }: Sending): Promise<string | null> {
  for (let attempt = 1; ; attempt++) {
    const left = (end - performance.now()) / 1000;
    if (left <= 0) return `it took longer than ${ALTOGETHER} s`;
    const answer = await post(url, body, headers, Math.min(LONGEST, left));
    const problem = problemOf(answer);
    if (problem === null || attempt === TRIES) return problem;
    if ("status" in answer && !RETRYABLE.includes(answer.status)) return problem;
    const asked = "status" in answer ? answer.retryAfter : null;
    const wait = asked ?? 2 ** (attempt - 1) * (0.5 + Math.random());
    if (wait * 1000 > end - performance.now()) return problem;
    await pause(wait);
  }
}

function problemOf(answer: Answer): string | null {
  if ("problem" in answer) return answer.problem;
  const { status, text } = answer;
  if (status < 200 || status > 299) return `HTTP ${status} ${oneLine(text)}`.trimEnd();
  // "Partial success": the collector took the rest, and asking again would not help.
  const rejected = /"rejectedDataPoints"\s*:\s*"?([1-9]\d*)/.exec(text)?.[1];
  return rejected === undefined ? null : `${rejected} data points were rejected: ${oneLine(text)}`;
}

/** One request on a connection of its own, whose answer is read so far and no redirect is followed: the headers go to nobody else. */
async function post(url: string, body: string, headers: Headers, seconds: number): Promise<Answer> {
  const client = await httpClient(url);
  return new Promise((resolve) => {
    const bytes = Buffer.from(body);
    const fixed = {
      "content-type": "application/json",
      "content-length": String(bytes.length),
      "user-agent": "benchgate",
    };
    try {
      const request = client.request(url, { method: "POST", agent: false, headers: { ...headers, ...fixed } });
      const done = (answer: Answer) => {
        clearTimeout(timer);
        resolve(answer);
        request.destroy();
      };
      const timer = setTimeout(() => done({ problem: `no answer within ${Math.ceil(seconds)} s` }), seconds * 1000);
      request.on("error", (error) => done({ problem: oneLine(error.message) }));
      request.once("response", (response) => {
        const chunks: Buffer[] = [];
        let size = 0;
        const { statusCode: status = 0 } = response;
        const wait = Number(response.headers["retry-after"] ?? Number.NaN);
        const end = () => {
          const text = Buffer.concat(chunks).subarray(0, ANSWER).toString("utf8");
          done({ status, retryAfter: Number.isFinite(wait) && wait >= 0 ? wait : null, text });
        };
        response.on("data", (chunk: Buffer) => {
          chunks.push(chunk);
          size += chunk.length;
          if (size > ANSWER) end();
        });
        response.on("end", end);
        response.on("error", end);
      });
      request.end(bytes);
    } catch (error) {
      // A header that HTTP does not allow: its value is not for the log.
      const code = (error as NodeJS.ErrnoException).code ?? "";
      resolve({ problem: `the request cannot be made (${code}): look at ${HEADERS[1]}` });
    }
  });
}

/** The headers of `name=value,name=value`, both percent-encoded; null where that is not what it says. */
function headersOf(text: string): Headers | null {
  const pairs = text.split(",").map((each) => each.trim());
  const headers: Record<string, string> = {};
  for (const pair of pairs.filter(Boolean)) {
    const equals = pair.indexOf("=");
    const name = pair.slice(0, Math.max(0, equals)).trim().toLowerCase();
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]+$/.test(name)) return null;
    try {
      headers[name] = decodeURIComponent(pair.slice(equals + 1).trim());
    } catch {
      return null;
    }
  }
  return headers;
}

/** The shortest value, or part of one, that is taken for a secret. */
const SECRET = 6;

/** A collector's words without what it was sent: some repeat the key that they refuse. */
function withoutSecrets(words: string, headers: Headers): string {
  const secrets = Object.values(headers)
    .flatMap((value) => [value, ...value.split(/\s+/)])
    .filter(({ length }) => length >= SECRET)
    .toSorted((one, other) => other.length - one.length);
  return secrets.reduce((text, secret) => text.replaceAll(secret, "***"), words);
}

const oneLine = (text: string): string =>
  text
    .replaceAll(/[\s\p{C}]+/gu, " ")
    .trim()
    .slice(0, 300);
