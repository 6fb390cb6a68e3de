import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const manifest: {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
} = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));

/** A registry that answers nobody: whoever asks it fails. */
const NO_REGISTRY = { npm_config_registry: "http://127.0.0.1:9/", npm_config_fetch_retries: "0" };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-published-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

describe.skipIf(process.platform === "win32")("the package as it is published", () => {
  it("holds the bundle and what describes it, and no dependency", () => {
    const [{ files, size }] = JSON.parse(
      execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: ROOT, encoding: "utf8" }),
    );
    const folders = new Set(files.map(({ path }: { readonly path: string }) => path.split("/")[0]));
    expect([...folders].sort()).toEqual(["LICENSE", "README.md", "action.yml", "dist", "package.json", "schema"]);
    expect(size).toBeLessThan(1_000_000);
  });

  it("keeps each dependency out of the package by naming it twice, in one version", () => {
    expect(manifest.devDependencies).toMatchObject(manifest.dependencies);
  });

  it("runs from a git remote in an empty home, asking no registry and installing nothing else", () => {
    const source = join(folder, "source");
    const home = join(folder, "home");
    mkdirSync(source);
    mkdirSync(home);
    for (const name of ["LICENSE", "README.md", "action.yml", "dist", "package.json", "schema"])
      cpSync(join(ROOT, name), join(source, name), { recursive: true });
    const git = (...words: string[]) =>
      execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...words], { cwd: source });
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "a release");
    git("tag", "v1");
    const printed = execFileSync("npx", ["--yes", `git+file://${source}#v1`, "--version"], {
      cwd: home,
      encoding: "utf8",
      env: { PATH: process.env.PATH, HOME: home, ...NO_REGISTRY },
    });
    expect(printed).toBe(`${manifest.version}\n`);
    const cache = join(home, ".npm/_npx");
    const [run] = readdirSync(cache);
    const installed = readdirSync(join(cache, run!, "node_modules")).filter((name) => !name.startsWith("."));
    expect(installed).toEqual(["benchgate"]);
  });
});
