import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// dist/ is committed, so it must be what src/ builds, byte for byte: builds once more, elsewhere, and compares.

const root = fileURLToPath(new URL("..", import.meta.url));
const fresh = mkdtempSync(join(tmpdir(), "benchgate-dist-"));
try {
  execFileSync("npm", ["run", "--silent", "build", "--", "--dir", fresh], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  const committed = contents(join(root, "dist"));
  const built = contents(fresh);
  const stale = [...new Set([...committed.keys(), ...built.keys()])].filter(
    (name) => committed.get(name) !== built.get(name),
  );
  if (stale.length > 0) {
    console.error(`dist/ is not what src/ builds: ${stale.sort().join(", ")}. Run \`npm run build\` and commit it.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}

function contents(folder: string): Map<string, string> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}
