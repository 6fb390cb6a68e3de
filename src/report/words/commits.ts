import type { SourceLocation } from "../../model/measurement.ts";

/** Where commits of a repository, and what belongs to them, can be looked at; null where there is no such page. */
export interface CommitPages {
  /** The page of one commit. */
  commit(sha: string): string | null;
  /** The page of all commits after `before`, up to `after`. */
  between(before: string, after: string): string | null;
  /** The page of a file at a commit, at the line where that is known. */
  source(sha: string, place: SourceLocation): string | null;
  /** The page of a pull request, or of what the server calls one. */
  pull(number: number): string | null;
}

const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
const PATH = /^[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)+$/;
/** GitLab puts its own pages behind a dash; everybody else has GitHub's. */
const GITLAB = /(^|\.)gitlab\./;

/**
 * The pages of the repository behind a remote's address: `https://`, `ssh://` and `git@host:path`, without any credentials. Every page is
 * https, and made of characters that need no escaping; there are none for another address, such as a file's, or for what is no full commit.
 */
export function commitPages(remote: string): CommitPages {
  const repository = repositoryAddress(remote);
  const gitlab = repository !== null && GITLAB.test(new URL(repository).host);
  const root = repository === null ? null : `${repository}${gitlab ? "/-" : ""}`;
  const page = (path: string, ...shas: readonly string[]) =>
    root !== null && shas.every((sha) => SHA.test(sha)) ? `${root}/${path}` : null;
  return {
    commit: (sha) => page(`commit/${sha}`, sha),
    between: (before, after) => page(`compare/${before}...${after}`, before, after),
    source: (sha, { file, line }) => {
      const parts = file.split("/");
      // What is outside the repository, or looks as if it were, has no page.
      if (parts.some((part) => /^\.{0,2}$|[\\\p{C}]/u.test(part))) return null;
      const anchor = line === undefined ? "" : `#L${line}`;
      return page(`blob/${sha}/${parts.map(encodeURIComponent).join("/")}${anchor}`, sha);
    },
    pull: (number) => {
      if (!Number.isSafeInteger(number) || number < 1) return null;
      return page(`${gitlab ? "merge_requests" : "pull"}/${number}`);
    },
  };
}

/** The address of the pages of the repository behind a remote's address, without credentials; null where it can have none. */
export function repositoryAddress(remote: string): string | null {
  const [, scheme, host, path] =
    /^(?:(https?|ssh|git):\/\/)(?:[^@/]*@)?([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(remote) ??
    /^()(?:[^@/:]+@)([^/:]+):(?!\/\/)(.+?)(?:\.git)?\/?$/.exec(remote) ??
    [];
  if (host === undefined || path === undefined) return null;
  // The port of ssh is not that of the pages.
  const pages = scheme === "https" ? host : host.replace(/:\d+$/, "");
  if (!HOST.test(pages) || !PATH.test(path) || path.split("/").some((part) => /^\.+$/.test(part))) return null;
  return `https://${pages}/${path}`;
}
