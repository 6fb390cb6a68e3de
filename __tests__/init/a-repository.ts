import type { Repository } from "../../src/init/repository.ts";

/** A repository of these files. */
export function aRepository(files: Readonly<Record<string, string>>): Repository {
  return { paths: Object.keys(files).sort(), text: (path) => files[path] ?? null };
}
