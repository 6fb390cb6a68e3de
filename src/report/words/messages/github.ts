import { REASON, unstopped } from "./pieces.ts";
import type { Table } from "./row.ts";

/** What GitHub did not do, in words. */
export const GITHUB = {
  forbidden: ({ action, permission }, ink) => ({
    sentence: `GitHub did not allow this workflow to ${ink.name(action)}.`,
    remedy: `Add ${ink.name(permission)} to the job's \`permissions\`; a pull request from a fork cannot have it.`,
  }),
  "github-failed": ({ action, reason }, ink) => ({
    sentence: `GitHub could not ${ink.name(action)}: ${ink.name(unstopped(reason), REASON)}.`,
    remedy: "The verdict holds. Fix what the reason names, or run the job again to repeat the call.",
  }),
} satisfies Partial<Table>;
