import { type Repository, tellingOf } from "../init/repository.ts";
import type { Files } from "../ports/index.ts";

/** Hidden files are seen only where they are named. */
const PATTERNS = ["**/*", ".github/workflows/*", ".yarnrc.yml", "**/.gitignore"];

/** More files than this are not read: what a project is made of is said near its root. */
const MOST_READ = 5_000;

/** Longer texts are not written by people. */
const LONGEST = 500_000;

/** The repository in a folder, with the texts of the files that tell how it is benchmarked. */
export async function readRepository(files: Files, folder: string): Promise<Repository> {
  const paths = await files.glob(PATTERNS, folder);
  const texts = new Map<string, string>();
  for (const path of tellingOf(paths).slice(0, MOST_READ)) {
    const text = await readAny(files, path);
    if (text !== null && text.length <= LONGEST) texts.set(path, text);
  }
  return { paths: [...new Set(paths)], text: (path) => texts.get(path) ?? null };
}

/** Null where a file cannot be read, such as a link to nowhere: it tells nothing then. */
async function readAny(files: Files, path: string): Promise<string | null> {
  try {
    return await files.readTextIfAny(path);
  } catch {
    return null;
  }
}
