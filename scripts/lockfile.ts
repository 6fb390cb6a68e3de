import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

// npm drops the optional packages of other platforms from the lockfile where it cannot see them (npm/cli#4828), and `npm ci` then refuses
// the file everywhere. Run after `npm install`: adds each of them with its exact version and the platform that its name tells.

const FILE = fileURLToPath(new URL("../package-lock.json", import.meta.url));

interface Locked {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm64", "arm", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "wasm32", "x64"];

const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync(FILE, "utf8"));
// npm may also hoist one owner's version to where another owner looks first: entries go back beside their owners.
const known = new Map(
  Object.entries(lock.packages).map(([path, entry]) => [`${nameOf(path)}@${entry.version}`, entry]),
);
const added: Record<string, object> = {};
for (const [owner, { dev, optionalDependencies = {} }] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    const version = range.replace(/^[=~^]/, "");
    // Beside its owner, where npm puts what it could not hoist.
    const path = `${owner.slice(0, owner.lastIndexOf("node_modules/"))}node_modules/${name}`;
    const words = name.replace(/^.*\//, "").split("-");
    const cpu = PROCESSORS.find((word) => words.includes(word));
    const os = SYSTEMS.find((word) => words.includes(word));
    if (lock.packages[path]?.version === version || cpu === undefined || !/^\d/.test(version)) continue;
    const libc = words.some((word) => word.startsWith("musl")) ? ["musl"] : words.includes("gnu") ? ["glibc"] : null;
    added[path] = known.get(`${name}@${version}`) ?? {
      version,
      cpu: [cpu],
      ...(dev && { dev }),
      ...(libc !== null && os === "linux" && { libc }),
      optional: true,
      ...(os !== undefined && { os: [os] }),
    };
  }
}
const packages = Object.fromEntries(
  Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => (a < b ? -1 : 1)),
);
writeFileSync(FILE, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
}

console.log(`${Object.keys(added).length} packages of other platforms put in place`);
