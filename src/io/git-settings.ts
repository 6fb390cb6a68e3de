import type { GitCommand, GitSetting } from "./git-command.ts";

/** What the settings of a checkout are asked for. */
export interface CheckoutSettings {
  /** Whether there is a remote `origin`. */
  readonly remote: boolean;
  /** What another repository needs in order to reach the same `origin` with the same credentials. */
  readonly connection: readonly GitSetting[];
}

const CONNECTION =
  /^(?:http|credential|url|ssh|protocol)\.|^core\.(?:sshcommand|askpass|gitproxy)$|^remote\.origin\.(?:url|pushurl|proxy|proxyauthmethod|uploadpack|receivepack)$/;

/**
 * Reads the settings that belong to this checkout alone, included files as well (actions/checkout keeps its credentials in
 * one that is bound to the checkout's folder). Settings of the user and the system hold everywhere and are not repeated:
 * a second `Authorization` header is an error to GitHub.
 */
export async function checkoutSettings(work: GitCommand): Promise<CheckoutSettings> {
  const fields = (await work.output(["config", "--list", "--includes", "--show-scope", "-z"]))
    .toString("utf8")
    .split("\0");
  const connection: GitSetting[] = [];
  let remote = false;
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const scope = fields[at];
    const [key = "", ...value] = (fields[at + 1] ?? "").split("\n");
    if (key === "remote.origin.url") remote = true;
    // A key without a value means true; as an environment variable it has to say so.
    if ((scope === "local" || scope === "worktree") && CONNECTION.test(key)) {
      connection.push([key, value.length === 0 ? "true" : value.join("\n")]);
    }
  }
  return { remote, connection };
}

/** The header that carries `token` to `serverUrl` and nowhere else; none where the checkout already sends one. */
export async function tokenSettings(
  work: GitCommand,
  token: string,
  serverUrl: string,
): Promise<readonly GitSetting[]> {
  const server = `${serverUrl.replace(/\/+$/, "")}/`;
  if (token === "" || !/^https?:/i.test(server)) return [];
  const existing = await work.attempt(["config", "--get-urlmatch", "http.extraheader", server]);
  if (existing.code === 0 && existing.stdout.toString("utf8").trim() !== "") return [];
  const credentials = Buffer.from(`x-access-token:${token}`).toString("base64");
  return [[`http.${server}.extraheader`, `AUTHORIZATION: basic ${credentials}`]];
}
