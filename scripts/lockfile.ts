import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// npm drops the optional packages of other platforms from the lockfile where it cannot see them (npm/cli#4828), and `npm ci` then refuses the file
// everywhere. Run after `npm install`: puts each of them beside its owner, as npm resolves it in an empty folder that asks for it by name.

const FILE = fileURLToPath(new URL("../package-lock.json", import.meta.url));

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly cpu?: readonly string[];
  readonly dev?: boolean;
  readonly libc?: readonly string[];
  readonly license?: string;
  readonly os?: readonly string[];
  readonly peer?: boolean;
  readonly engines?: object;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Wanted {
  /** Where it belongs in the lockfile. */
  readonly path: string;
  /** The name and version that npm is asked for. */
  readonly spec: string;
  readonly owner: Locked;
}

const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(FILE, "utf8"));
const wanted = wantedIn(lock.packages);
const found = wanted.length === 0 ? new Map<string, Locked>() : resolved([...new Set(wanted.map(({ spec }) => spec))]);
const added = Object.fromEntries(wanted.map((each) => [each.path, entryOf(each)]));
const packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
console.log(`${wanted.length} packages of other platforms put in place`);

/** The optional packages of one exact version that are not there, or without what proves their bytes. */
function wantedIn(all: Readonly<Record<string, Locked>>): readonly Wanted[] {
  return Object.entries(all).flatMap(([at, owner]) =>
    Object.entries(owner.optionalDependencies ?? {}).flatMap(([name, version]) => {
      // Beside its owner, where npm puts what it could not hoist: it may have hoisted another owner's version to where this one looks first.
      const path = `${at.slice(0, at.lastIndexOf("node_modules/"))}node_modules/${name}`;
      const there = all[path];
      const isWhole = there?.version === version && there.integrity !== undefined;
      return isWhole || !/^\d/.test(version) ? [] : [{ path, spec: `${name}@${version}`, owner }];
    }),
  );
}

/** What npm locks for each of these, by its name and version. */
function resolved(specs: readonly string[]): ReadonlyMap<string, Locked> {
  const folder = mkdtempSync(join(tmpdir(), "lockfile-"));
  try {
    const dependencies = Object.fromEntries(specs.map((spec, i) => [`p${i}`, `npm:${spec}`]));
    writeFileSync(join(folder, "package.json"), JSON.stringify({ dependencies }));
    // `--force`: they are of other platforms than this one.
    execFileSync("npm", ["install", "--package-lock-only", "--ignore-scripts", "--force", "--silent"], { cwd: folder });
    const own: { packages: Record<string, Locked> } = JSON.parse(
      readFileSync(join(folder, "package-lock.json"), "utf8"),
    );
    return new Map(specs.map((spec, i) => [spec, own.packages[`node_modules/p${i}`]!]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The entry of an optional package, its keys in npm's order. Its own dependencies are left out: npm locks none of what it does not install. */
function entryOf({ spec, owner }: Wanted): object {
  const { version, integrity, cpu, libc, license, os, engines } = found.get(spec)!;
  if (integrity === undefined) throw new Error(`npm gives no integrity for ${spec}`);
  const { dev, peer } = owner;
  return { version, integrity, cpu, dev, libc, license, optional: true, os, peer, engines };
}
