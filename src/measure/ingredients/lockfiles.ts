import type { VersionChange } from "../../model/carriage.ts";

/** What a lockfile has installed: the versions of each package. */
type Locked = ReadonlyMap<string, ReadonlySet<string>>;

/** How lockfiles name packages and their versions: what reads them, or one expression each, which goes over any text once. */
const FORMS: readonly (readonly [
  file: RegExp,
  read: RegExp | ((text: string) => Iterable<readonly [string, string]>),
])[] = [
  [/(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/, npm],
  [/(?:^|\/)yarn\.lock$/, /^"?(@?[^@\s"]+)@[^\n]*:\n\s+"?version"?:? "?([^"\s]+)/gm],
  [/(?:^|\/)pnpm-lock\.yaml$/, /^ {2}['"]?\/?(@?[^@\s'"(]+)@(\d[^:('"\s]*)(?:[('"][^\n]*)?:$/gm],
  [/(?:^|\/)(?:Cargo|poetry|uv|pdm)\.lock$/, /^\[\[package\]\]\nname = "([^"]+)"\nversion = "([^"]+)"/gm],
  [/(?:^|\/)go\.mod$/, /^(?:require)?[ \t]+([^\s.]+\.\S+)[ \t]+(v\d\S*)/gm],
  [
    /(?:^|\/)(?:requirements|constraints)[^/]*\.txt$/,
    /^([A-Za-z0-9][\w.-]*)(?:\[[^\]\n]*\])?[ \t]*==[ \t]*([^\s;#\\]+)/gm,
  ],
  [/(?:^|\/)Gemfile\.lock$/, /^ {4}([^\s(]+) \(([^)\n]+)\)$/gm],
];

/** Whether a file is one that versions are read from. */
export function isLockfile(path: string): boolean {
  return FORMS.some(([file]) => file.test(path));
}

/** Which packages have other versions in one lockfile than in the other, by name; nothing of a file that is none, or that nobody can read. */
export function versionChanges(path: string, before: string | null, after: string | null): readonly VersionChange[] {
  const form = FORMS.find(([file]) => file.test(path));
  if (form === undefined) return [];
  const [from, to] = [lockedIn(before, form[1]), lockedIn(after, form[1])];
  return [...new Set([...from.keys(), ...to.keys()])]
    .sort()
    .map((name) => ({ name, from: told(from.get(name)), to: told(to.get(name)) }))
    .filter((change) => change.from !== change.to);
}

function lockedIn(text: string | null, read: (typeof FORMS)[number][1]): Locked {
  const found = new Map<string, Set<string>>();
  const plain = (text ?? "").replaceAll("\r\n", "\n");
  const pairs =
    typeof read === "function"
      ? read(plain)
      : [...plain.matchAll(read)].map(([, name, version]) => [name!, version!] as const);
  for (const [name, version] of pairs) found.set(name, (found.get(name) ?? new Set()).add(version));
  return found;
}

function told(versions: ReadonlySet<string> | undefined): string | null {
  return versions === undefined ? null : [...versions].sort().join(", ");
}

/** https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json#packages */
function* npm(text: string): Iterable<readonly [string, string]> {
  let packages: unknown;
  try {
    packages = (JSON.parse(text) as { readonly packages?: unknown } | null)?.packages;
  } catch {
    return;
  }
  for (const [path, entry] of Object.entries(packages ?? {})) {
    const name = path.split("node_modules/").at(-1);
    const version: unknown = (entry as { readonly version?: unknown } | null)?.version;
    if (path.includes("node_modules/") && name && typeof version === "string") yield [name, version];
  }
}
