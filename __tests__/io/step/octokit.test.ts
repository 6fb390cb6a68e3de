import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RUNNER_NODE } from "../../e2e/kit/runner.ts";

const MODULE = new URL("../../../src/io/step/octokit.ts", import.meta.url).href;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-octokit-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(file: string, text: string): string {
  writeFileSync(file, text);
  return file;
}

describe("GitHub's client", () => {
  it.each<readonly [string, (folder: string) => string]>([
    ["no JSON", (at) => written(join(at, "event.json"), "{\n")],
    ["a folder", (at) => at],
    ["not there", (at) => join(at, "none.json")],
  ])("is loaded whatever the event's file is, and leaves its name to those who read it: %s", (_, make) => {
    const file = make(folder);
    const code = `const { createOctokit } = await import(${JSON.stringify(MODULE)}); console.log(typeof createOctokit, process.env.GITHUB_EVENT_PATH);`;
    const { status, stdout, stderr } = spawnSync(RUNNER_NODE, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, GITHUB_EVENT_PATH: file },
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `function ${file}\n`, stderr: "" });
  });

  it.each([
    ["the API's address", { GITHUB_API_URL: "not an address" }],
    ["a proxy's address", { GITHUB_API_URL: "https://api.github.test", https_proxy: "http ://[" }],
  ])("says what is wrong once it is asked for, where %s is none", (_, variables) => {
    const code = `const { createOctokit } = await import(${JSON.stringify(MODULE)});
      try { createOctokit("t", process.env.GITHUB_API_URL); } catch (error) { console.log(error.name, error.message); }`;
    const { status, stdout, stderr } = spawnSync(RUNNER_NODE, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, ...variables },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(/^GateError GitHub cannot be asked \(Invalid URL\)\. Look at GITHUB_API_URL/);
  });
});
