/** The fields of a package.json that say what is installed. */
const FIELDS = [
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
  "peerDependenciesMeta",
  "dependenciesMeta",
  "bundleDependencies",
  "bundledDependencies",
  "overrides",
  "resolutions",
  "pnpm",
  "catalog",
  "catalogs",
  "packageManager",
] as const;

type Manifest = Readonly<Record<string, unknown>>;

/** Which halves of two package.json differ: what they say is installed, and the rest. What nobody can read is the rest. */
export function manifestDifference(
  before: string | null,
  after: string | null,
): { readonly dependencies: boolean; readonly rest: boolean } {
  const [one, other] = [parsed(before), parsed(after)];
  if (one === null || other === null) return { dependencies: false, rest: before !== after };
  const [first, second] = [halves(one), halves(other)];
  return { dependencies: first.dependencies !== second.dependencies, rest: first.rest !== second.rest };
}

/** A package.json with what another one says is installed; null where one of them cannot be read. */
export function withDependenciesOf(text: string | null, other: string | null): string | null {
  const [own, theirs] = [parsed(text), parsed(other)];
  if (own === null || theirs === null) return null;
  const kept = Object.entries(own).filter(([name]) => !isField(name));
  const taken = Object.entries(theirs).filter(([name]) => isField(name));
  return `${JSON.stringify(Object.fromEntries([...kept, ...taken]), null, 2)}\n`;
}

function halves(manifest: Manifest): { readonly dependencies: string; readonly rest: string } {
  const half = (wanted: boolean) =>
    JSON.stringify(
      Object.entries(manifest)
        .filter(([name]) => isField(name) === wanted)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return { dependencies: half(true), rest: half(false) };
}

function isField(name: string): boolean {
  return (FIELDS as readonly string[]).includes(name);
}

function parsed(text: string | null): Manifest | null {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Manifest) : null;
  } catch {
    return null;
  }
}
