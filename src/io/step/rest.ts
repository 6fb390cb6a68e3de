import type { Clock, GitHubResult } from "../../ports/index.ts";
import { createClock } from "../clock.ts";
import { createOctokit } from "./octokit.ts";
import { refusalOf } from "./refusal.ts";

/** Where a REST API is, who asks, and for how long. */
export interface RestOptions {
  readonly token: string;
  /** The API's root, from `GITHUB_API_URL`. */
  readonly apiUrl: string;
  /** Seconds that may be spent on GitHub altogether, waiting included; 60 where absent. */
  readonly deadlineSeconds?: number;
  /** Seconds that one attempt may take; 10 where absent. */
  readonly attemptSeconds?: number;
  /** Time and waiting; for tests. */
  readonly clock?: Pick<Clock, "now" | "monotonic" | "sleep">;
}

const ATTEMPTS = 6;
/** Seconds that one attempt may take: GitHub answers in ten, or with an error. One that hangs must leave time for the next. */
const LONGEST_ATTEMPT = 10;

/** What GitHub answered, and where it goes on. */
export interface Answer {
  readonly data: unknown;
  readonly next: string | null;
}

/** What tells whether a request of unsure fate took effect after all: the answer that it would have had, or null. */
export type CarriedOut = () => Promise<GitHubResult<Answer | null>>;

/** Requests to a REST API. Each failure is a value. */
export interface Rest {
  /** The API's root, without a slash at its end. */
  readonly root: string;
  /** @param carriedOut asked before a request of unsure fate is repeated. */
  ask(
    route: string,
    body?: Readonly<Record<string, unknown>>,
    carriedOut?: CarriedOut,
    most?: { readonly attempts: number; readonly seconds: number },
  ): Promise<GitHubResult<Answer>>;
  /** A list over its pages: all of them where it is not said how many. `what` names it in a failure. */
  all<T>(route: string, what: string, parse: (raw: unknown) => T, pages?: number): Promise<GitHubResult<readonly T[]>>;
}

/**
 * Answers 5xx, cut connections and rate limits are asked again with growing pauses (or the pause that GitHub names) until `deadlineSeconds` are spent; then, and
 * for every other error, the failure is returned. A `GateError` where there is no way to ask.
 * Limits: https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 */
export function createRest(options: RestOptions): Rest {
  const { clock = createClock(), deadlineSeconds = 60, attemptSeconds = LONGEST_ATTEMPT } = options;
  const root = options.apiUrl.replace(/\/$/, "");
  const { octokit, origin } = createOctokit(options.token, root);
  let spent = 0;

  async function once(route: string, body: Readonly<Record<string, unknown>>, seconds: number): Promise<Answer> {
    const signal = AbortSignal.timeout(Math.ceil(seconds * 1000));
    const response = await octokit.request(route, { ...body, request: { signal } });
    return { data: response.data, next: nextPage(response.headers.link, origin) };
  }

  async function ask(
    route: string,
    body: Readonly<Record<string, unknown>> = {},
    carriedOut: CarriedOut = async () => ({ ok: true, value: null }),
    { attempts, seconds } = { attempts: ATTEMPTS, seconds: attemptSeconds },
  ): Promise<GitHubResult<Answer>> {
    for (let attempt = 1; ; attempt++) {
      const started = clock.monotonic();
      const left = deadlineSeconds - spent;
      if (left <= 0) return failed(`no answer within ${deadlineSeconds} s`);
      try {
        const value = await once(route, body, Math.min(left, seconds, attemptSeconds));
        spent += clock.monotonic() - started;
        return { ok: true, value };
      } catch (error) {
        spent += clock.monotonic() - started;
        const refusal = refusalOf(error, attempt, clock.now());
        const { forbidden, reason, wait } = refusal;
        if (wait === null || attempt >= attempts) return { ok: false, forbidden, reason };
        if (wait >= deadlineSeconds - spent) {
          return failed(
            `${reason}; asking again makes sense only in ${Math.ceil(wait)} s, which is past the ${deadlineSeconds} s allowed`,
          );
        }
        await clock.sleep(wait);
        spent += wait;
        if (!refusal.unsure) continue;
        const found = await carriedOut();
        if (!found.ok) return found;
        if (found.value !== null) return { ok: true, value: found.value };
      }
    }
  }

  async function all<T>(
    route: string,
    what: string,
    parse: (raw: unknown) => T,
    pages = Number.POSITIVE_INFINITY,
  ): Promise<GitHubResult<readonly T[]>> {
    const items: T[] = [];
    let read = 0;
    for (let next: string | null = `GET ${route}`; next !== null && read < pages; read++) {
      const page: GitHubResult<Answer> = await ask(next);
      if (!page.ok) return page;
      if (!Array.isArray(page.value.data)) return failed(`the list of ${what} is not a list`);
      for (const each of page.value.data) items.push(parse(each));
      next = page.value.next === null ? null : `GET ${page.value.next}`;
    }
    return { ok: true, value: items };
  }

  return { root, ask, all };
}

/** The next page's address from a `Link` header, where it is on the same server: the token goes nowhere else. */
function nextPage(link: string | undefined, origin: string): string | null {
  const url = /<([^>]+)>\s*;[^,]*\brel="next"/.exec(link ?? "")?.[1];
  return url !== undefined && URL.canParse(url) && new URL(url).origin === origin ? url : null;
}

/** A failure that no permission mends. */
export function failed(reason: string): Extract<GitHubResult<never>, { ok: false }> {
  return { ok: false, forbidden: false, reason };
}
