import type { CheckRun, GitHubResult, Issue, PullRequest, PullRequestComment } from "../../ports/index.ts";
import { type Answer, failed } from "./rest.ts";

/** A comment on a pull request or an issue. */
export function parseComment(raw: unknown): PullRequestComment {
  return { id: numberAt(raw, "id") ?? 0, body: textAt(raw, "body") ?? "", author: textAt(raw, "user", "login") ?? "" };
}

/** A check run that is there. */
export function parseCheckRun(raw: unknown): CheckRun {
  const [id, conclusion, url] = ["external_id", "conclusion", "details_url"].map((key) => textAt(raw, key) ?? "");
  const app = textAt(raw, "app", "slug");
  return { id: id!, conclusion: conclusion!, url: url!, author: app === null ? "" : `${app}[bot]` };
}

/** An issue; null for a pull request, which GitHub lists among them. */
export function parseIssue(raw: unknown): Issue | null {
  if (at(raw, ["pull_request"]) !== undefined) return null;
  return {
    number: numberAt(raw, "number") ?? 0,
    title: textAt(raw, "title") ?? "",
    body: textAt(raw, "body") ?? "",
    author: textAt(raw, "user", "login") ?? "",
    state: textAt(raw, "state") === "closed" ? "closed" : "open",
  };
}

/** A pull request. */
export function parsePull(raw: unknown): PullRequest {
  const side = (name: "head" | "base") => ({
    sha: textAt(raw, name, "sha") ?? "",
    ref: textAt(raw, name, "ref") ?? "",
  });
  const repository = textAt(raw, "head", "repo", "full_name") ?? "";
  return { number: numberAt(raw, "number") ?? 0, head: { ...side("head"), repository }, base: side("base") };
}

/** The id of what was made, or is there. */
export const idOf = (result: GitHubResult<Answer>): GitHubResult<number> => numberIn(result, "id");

/** The number of an issue that was made, or is there. */
export const numberOf = (result: GitHubResult<Answer>): GitHubResult<number> => numberIn(result, "number");

function numberIn(result: GitHubResult<Answer>, name: "id" | "number"): GitHubResult<number> {
  if (!result.ok) return result;
  const found = numberAt(result.value.data, name);
  return found === null ? failed(`the answer has no ${name}`) : { ok: true, value: found };
}

/** What lies in an answer under keys, one in the other; undefined where nothing does. */
function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** The text that lies in an answer under keys, one in the other; null where there is none. */
export function textAt(value: unknown, ...keys: readonly string[]): string | null {
  const text = at(value, keys);
  return typeof text === "string" ? text : null;
}

/** As `textAt`, for a number. */
export function numberAt(value: unknown, ...keys: readonly string[]): number | null {
  const number = at(value, keys);
  return typeof number === "number" ? number : null;
}

/** The list that lies in an answer under a key; null where there is none. */
export function listAt(value: unknown, key: string): readonly unknown[] | null {
  const list = at(value, [key]);
  return Array.isArray(list) ? list : null;
}
