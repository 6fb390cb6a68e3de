import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The files of dist/ that are not what src/ builds, byte for byte: builds once more, elsewhere, and compares. */
export function staleFiles(): readonly string[] {
  const fresh = mkdtempSync(join(tmpdir(), "benchgate-dist-"));
  try {
    execFileSync("npm", ["run", "--silent", "bundle", "--", "--dir", fresh], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
      shell: process.platform === "win32",
    });
    const present = contents(join(root, "dist"));
    const built = contents(fresh);
    const names = [...new Set([...present.keys(), ...built.keys()])];
    return names.filter((name) => present.get(name) !== built.get(name)).sort();
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

function contents(folder: string): Map<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}

// dist/ is committed.
if (import.meta.main) {
  const stale = staleFiles();
  if (stale.length > 0) {
    console.error(`dist/ is not what src/ builds: ${stale.join(", ")}. Run \`npm run build\` and commit it.`);
    process.exitCode = 1;
  }
}
