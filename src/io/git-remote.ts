import { gitCommand, gitEnvironment, runGit } from "./git-command.ts";

/** The address of remote `origin` as it is configured, or null where there is none, or no repository. */
export async function originOf(cwd: string): Promise<string | null> {
  const result = await gitCommand(cwd, gitEnvironment(process.env), runGit).attempt([
    "config",
    "--get",
    "remote.origin.url",
  ]);
  const address = result.code === 0 ? result.stdout.toString("utf8").trim() : "";
  return address === "" ? null : address;
}
