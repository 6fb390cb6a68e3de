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
    const code = `const { getOctokit } = await import(${JSON.stringify(MODULE)}); console.log(typeof getOctokit, process.env.GITHUB_EVENT_PATH);`;
    const { status, stdout, stderr } = spawnSync(RUNNER_NODE, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      env: { PATH: process.env.PATH, GITHUB_EVENT_PATH: file },
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: `function ${file}\n`, stderr: "" });
  });
});
