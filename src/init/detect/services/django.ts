import { inside, type Repository } from "../../repository.ts";
import { pythonFor, pythonNotes } from "./python-needs.ts";
import type { FoundService } from "./service.ts";

/**
 * The service of a Django project whose database is a file in its own tree: the tables of any other one are not made here, for it may be the one that its
 * developer works with, and both sides would share it.
 */
export function django(repository: Repository, folder: string, files: readonly string[]): FoundService | null {
  const file = files.find((each) => each === "manage.py");
  const settings = files.filter((each) => /(^|\/)settings[^/]*(\/[^/]*)?\.py$/.test(each));
  const code = settings
    .map((each) => (repository.text(inside(folder, each)) ?? "").replace(/^[ \t]*#.*$/gm, ""))
    .join("\n");
  if (file === undefined || !isFileOfTree(code)) return null;
  const { python, setup } = pythonFor(repository, folder, "django");
  return {
    folder,
    home: folder,
    serve: `${python} ${file} runserver --noreload 127.0.0.1:$PORT`,
    health: null,
    port: { from: "given", usual: 8000 },
    setup: [
      ...(setup === null ? [] : [setup]),
      {
        folder,
        line: `${python} ${file} migrate --noinput`,
        about: "the tables of the database file that the settings name",
      },
    ],
    runtime: setup === null ? null : "python",
    notes: [
      ...pythonNotes(python),
      "`migrate` makes the tables in the database file of each side's tree, and of the one that you work in. Where that file is not tracked, it is empty in the base's tree and may be full in yours: fill it in `setup`, or the sides answer from different data.",
    ],
  };
}

/** Whether settings say, as they stand and nowhere else, that the database is a file below the project. */
function isFileOfTree(code: string): boolean {
  const blocks = [...code.matchAll(/\bDATABASES\b/g)].map(({ index }) => blockAt(code.slice(index)));
  if (blocks.length === 0 || /dj_database_url|\benv\.db\(/.test(code)) return false;
  return blocks.every((block) => {
    if (block === null || /environ|getenv|\benv\b|config\(|\bos\.path\.expanduser|\bhome\(/.test(block)) return false;
    const engines = [...block.matchAll(/["']ENGINE["']\s*:\s*([^,}\n]*)/g)].map(([, engine]) => engine!.trim());
    const names = [...block.matchAll(/["']NAME["']\s*:\s*([^,}\n]*)/g)].map(([, name]) => name!.trim());
    return (
      engines.length > 0 &&
      engines.every((engine) => /^["']django\.db\.backends\.sqlite3["']$/.test(engine)) &&
      names.every((name) =>
        /^(str\()?\(?BASE_DIR\s*\/|^os\.path\.join\(\s*BASE_DIR\b|^f?["'](\{BASE_DIR\}\/|[^/{:~])/.test(name),
      )
    );
  });
}

/** The braces of an assignment, up to the one that closes the first; null where it is none of a whole. */
function blockAt(code: string): string | null {
  if (!/^DATABASES(?:\s*:\s*[\w[\], .]+)?\s*=\s*\{/.test(code)) return null;
  let depth = 0;
  for (const { 0: brace, index } of code.matchAll(/[{}]/g)) {
    depth += brace === "{" ? 1 : -1;
    if (depth === 0) return code.slice(0, index + 1);
  }
  return null;
}
