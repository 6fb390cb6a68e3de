import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A folder with the harness as it is bundled, and tinybench for the modules that tests write there. */
export interface Built {
  readonly folder: string;
  readonly harness: string;
  /** Children find the node that runs these tests, whatever PATH says. */
  readonly env: Readonly<Record<string, string | undefined>>;
  write(name: string, code: string): void;
  remove(): void;
}

/** Builds the harness into a new folder. */
export async function buildHarness(): Promise<Built> {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-harness-"));
  const harness = join(folder, "dist/harness.js");
  const build = await rolldown({ input: join(root, "src/harness/index.ts"), platform: "node", cwd: root });
  await build.write({ file: harness, format: "esm" });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "node_modules/tinybench"), join(folder, "node_modules/tinybench"));
  return {
    folder,
    harness,
    env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}`, BENCHGATE_TIME_MS: "10" },
    write: (name, code) => writeFileSync(join(folder, name), code),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
