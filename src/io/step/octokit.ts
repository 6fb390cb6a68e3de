import { GateError } from "../../model/error.ts";

// The package reads the event's file while it is loaded: one that is no JSON, or no file, would end the process before a word could be said of it.
// So it is loaded without being told of one; and at once, since a file of ours that is loaded later may be the benchmark's by then.
const file = process.env.GITHUB_EVENT_PATH;
delete process.env.GITHUB_EVENT_PATH;
// It reads the addresses of the API and of proxies as well, and throws where one is none: that is told when GitHub is asked, and costs no verdict.
const loaded = await import("@actions/github").catch((error: unknown) => unusable(error));
if (file !== undefined) process.env.GITHUB_EVENT_PATH = file;

/** Makes GitHub's own client for an API. A `GateError` where the environment has an address that is none. */
export function createOctokit(token: string, baseUrl: string) {
  if (loaded instanceof GateError) throw loaded;
  try {
    return { octokit: loaded.getOctokit(token, { baseUrl }), origin: new URL(baseUrl).origin };
  } catch (error) {
    throw unusable(error);
  }
}

function unusable(error: unknown): GateError {
  const problem = `GitHub cannot be asked (${error instanceof Error ? error.message : String(error)})`;
  return new GateError(problem, "Look at GITHUB_API_URL, and at the variables that name a proxy", {}, "measure");
}
