import { onceFor } from "../../model/once.ts";
import { folderOf, named, type Repository } from "../repository.ts";

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

/** What every package.json of a repository says that can be read, by its folder, nearest the root first. */
export const manifestsOf: (repository: Repository) => ReadonlyMap<string, Manifest> = onceFor(
  (repository) =>
    new Map(
      named(repository, /^package\.json$/).flatMap((path) => {
        const manifest = parsed(repository.text(path));
        return manifest === null ? [] : [[folderOf(path), manifest]];
      }),
    ),
);

/** The package.json of a folder; null where there is none that can be read. */
export function manifestOf(repository: Repository, folder: string): Manifest | null {
  return manifestsOf(repository).get(folder) ?? null;
}

function parsed(text: string | null): Manifest | null {
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
