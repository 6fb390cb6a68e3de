/** The dependency that a file belongs to. */
export interface Dependency {
  readonly name: string;
  /** The file's path in it. */
  readonly inside: string;
  /** As the path tells it; absent where only a file in `folder` does. */
  readonly version?: string;
  readonly folder: string;
}

interface Layout {
  readonly pattern: RegExp;
  /** Which groups are the folder, the name, the version and the path inside; 0: there is none. */
  readonly groups: readonly [folder: number, name: number, version: number, inside: number];
}

/** How package managers lay out what they install. The last folder of a path decides: packages hold packages. */
const LAYOUTS: readonly Layout[] = [
  // npm, pnpm, Yarn
  { pattern: /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\/(.+)$/, groups: [1, 2, 0, 3] },
  // Python
  { pattern: /^(.*\/(?:site|dist)-packages\/([^/]+))\/(.+)$/, groups: [1, 2, 0, 3] },
  { pattern: /^(.*\/(?:site|dist)-packages)\/([^/]+)\.py()$/, groups: [1, 2, 0, 3] },
  // Go
  { pattern: /^(.*\/pkg\/mod\/(.+)@(v[^/]+))\/(.+)$/, groups: [1, 2, 3, 4] },
  // Cargo
  { pattern: /^(.*\/registry\/src\/[^/]+\/([^/]+)-(\d[^/]*))\/(.+)$/, groups: [1, 2, 3, 4] },
];

/** The dependency that a path lies in; null where it lies in none. */
export function dependencyOf(path: string): Dependency | null {
  for (const { pattern, groups } of LAYOUTS) {
    const match = pattern.exec(path);
    if (match === null) continue;
    const [folder, name, version, inside] = groups.map((group) => (group === 0 ? undefined : match[group]));
    return { folder: folder!, name: name!, inside: inside!, ...(version !== undefined && { version }) };
  }
  return null;
}
