import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";

const MODULE = new URL("../../src/io/secrets.ts", import.meta.url).href;
const SECRETS = {
  GITHUB_TOKEN: "ghs_one",
  GH_TOKEN: "ghs_two",
  ACTIONS_RUNTIME_TOKEN: "ey.three=",
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: "four",
  INPUT_TOKEN: "ghs_five",
  OTEL_EXPORTER_OTLP_HEADERS: "api-key=six",
};

/** What a program that has forgotten its secrets prints. */
function program(body: string): string {
  const code = `
    import { readFileSync } from "node:fs";
    import { execFileSync } from "node:child_process";
    import { forgetSecrets } from ${JSON.stringify(MODULE)};
    forgetSecrets();
    ${body}`;
  const env = { PATH: process.env.PATH ?? "", A: "é=kept", ...SECRETS, GITHUB_OUTPUT: "/x/y", EMPTY: "", Z: "last" };
  return execFileSync(process.execPath, ["--input-type=module", "-e", code], { env, encoding: "utf8" });
}

describe("secrets that were forgotten", () => {
  it("are no longer in the program's environment, and everything else is", () => {
    const env = JSON.parse(program("console.log(JSON.stringify(process.env));"));
    for (const name of Object.keys(SECRETS)) expect(env).not.toHaveProperty(name);
    expect(env).toMatchObject({ A: "é=kept", GITHUB_OUTPUT: "/x/y", EMPTY: "", Z: "last" });
  });

  it.runIf(process.platform === "linux")("cannot be read by a child from what the program was started with", () => {
    const block = program(`
      process.stdout.write(execFileSync("sh", ["-c", 'cat "/proc/$PPID/environ"']));`);
    for (const secret of Object.values(SECRETS)) expect(block).not.toContain(secret);
    const entries = block.split("\0");
    expect(entries).toEqual(
      expect.arrayContaining(["GITHUB_TOKEN=*******", "A=é=kept", "GITHUB_OUTPUT=/x/y", "EMPTY=", "Z=last"]),
    );
  });
});
