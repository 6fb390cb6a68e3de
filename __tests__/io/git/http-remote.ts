import { git, temporaryFolder } from "../../baseline/repositories.ts";
import { type GitServer, startGitServer } from "../../fakes/git-server.ts";

/** A bare repository on a server of its own. */
export interface HttpRemote extends GitServer {
  /** The bare repository's folder. */
  readonly path: string;
  /** The address of the repository on the server. */
  readonly url: string;
}

/** Starts one, empty; `authorization` is what it must be told, nothing where absent. */
export async function startHttpRemote(authorization?: string): Promise<HttpRemote> {
  const root = temporaryFolder();
  const path = `${root}/project.git`;
  git(root, "init", "-q", "--bare", "-b", "main", path);
  for (const key of ["http.receivepack", "uploadpack.allowFilter", "uploadpack.allowAnySHA1InWant"]) {
    git(path, "config", key, "true");
  }
  const server = await startGitServer(root, authorization);
  return Object.assign(server, { path, url: `${server.server}/project.git` });
}
