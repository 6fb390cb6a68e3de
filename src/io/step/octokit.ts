// The package reads the event's file while it is loaded: one that is no JSON, or no file, would end the process before a word could be said of it.
// So it is loaded without being told of one; and at once, since a file of ours that is loaded later may be the benchmark's by then.
const file = process.env.GITHUB_EVENT_PATH;
delete process.env.GITHUB_EVENT_PATH;
const loaded = await import("@actions/github");
if (file !== undefined) process.env.GITHUB_EVENT_PATH = file;

/** Makes GitHub's own client. */
export const { getOctokit } = loaded;
