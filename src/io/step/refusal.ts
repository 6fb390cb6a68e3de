/** GitHub's advice for a secondary limit without `retry-after`: "wait for at least one minute". */
const SECONDARY_LIMIT_WAIT = 60;

/** Why a request did not succeed. `wait` is null where asking again cannot help; `unsure` where the request may have been carried out. */
interface Refusal {
  readonly forbidden: boolean;
  readonly reason: string;
  readonly wait: number | null;
  readonly unsure: boolean;
}

/** What an error of GitHub's client means, at so many attempts. The wait is in seconds; `at` is the server's idea of now, near enough. */
export function refusalOf(error: unknown, attempt: number, at: Date): Refusal {
  const { status, message, response } = error as { status?: number; message?: string; response?: { headers: Headers } };
  // A gateway's page for people says nothing that its status does not.
  const said = message === undefined || message.startsWith("<") ? "" : ` ${message}`;
  const reason = oneLine(response === undefined ? `no answer:${said}` : `HTTP ${status}${said}`);
  // Jitter, so that the cells of a matrix do not come back all at once.
  const backoff = 2 ** (attempt - 1) * (0.5 + Math.random());
  if (response === undefined) return { forbidden: false, reason, wait: backoff, unsure: true };
  if (status !== undefined && status >= 500) return { forbidden: false, reason, wait: backoff, unsure: true };
  const limited = rateLimitWait(status, response.headers, message ?? "", at);
  if (limited !== null) return { forbidden: false, reason, wait: limited, unsure: false };
  if (status === 401) {
    // No permission mends a token that GitHub does not know.
    const invalid = `the token is not valid: it is wrong, or it has expired (${reason})`;
    return { forbidden: false, reason: invalid, wait: null, unsure: false };
  }
  const locked = /\blocked\b/.test(message ?? "");
  return { forbidden: (status === 403 || status === 404) && !locked, reason, wait: null, unsure: false };
}

type Headers = Readonly<Record<string, string | number | undefined>>;

/** Seconds to wait where GitHub says "too many requests", or null where it says something else. */
function rateLimitWait(status: number | undefined, headers: Headers, message: string, at: Date): number | null {
  if (status !== 403 && status !== 429) return null;
  const retryAfter = headers["retry-after"];
  if (retryAfter !== undefined) {
    const seconds = Number(retryAfter);
    return Number.isFinite(seconds) ? Math.max(0, seconds) : SECONDARY_LIMIT_WAIT;
  }
  if (Number(headers["x-ratelimit-remaining"] ?? 1) === 0) {
    const reset = Number(headers["x-ratelimit-reset"]);
    // One second more: the reset is told in whole seconds.
    return Number.isFinite(reset) ? Math.max(0, reset - at.getTime() / 1000) + 1 : SECONDARY_LIMIT_WAIT;
  }
  return status === 429 || /rate limit|abuse/i.test(message) ? SECONDARY_LIMIT_WAIT : null;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim().slice(0, 300);
