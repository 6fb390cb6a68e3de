import { inside, type Repository } from "../repository.ts";

/** What `init` needs of a package.json. */
export interface Manifest {
  readonly name: string;
  readonly scripts: ReadonlyMap<string, string>;
  /** Ranges by name, of every kind of dependency. */
  readonly dependencies: ReadonlyMap<string, string>;
  readonly main: string;
  /** What it exports, as JSON. */
  readonly entries: string;
}

/** The package.json of a folder; null where there is none that can be read. */
export function manifestOf(repository: Repository, folder: string): Manifest | null {
  const text = repository.text(inside(folder, "package.json"));
  try {
    const json = text === null ? null : JSON.parse(text);
    if (typeof json !== "object" || json === null) return null;
    const { name, main, module, exports, scripts, dependencies, devDependencies, optionalDependencies } =
      json as Record<string, unknown>;
    return {
      name: typeof name === "string" ? name : "",
      main: typeof main === "string" ? main : "",
      entries: JSON.stringify([module, exports]),
      scripts: texts(scripts),
      dependencies: new Map([dependencies, optionalDependencies, devDependencies].flatMap((each) => [...texts(each)])),
    };
  } catch {
    // The package manager says what is wrong with it, better than we could.
    return null;
  }
}

function texts(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}
