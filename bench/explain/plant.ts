import { mkdirSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import type { Cause } from "./causes.ts";

/** The benchmark of every planted cause. */
export const BENCH_FILE = "op.bench.mjs";

/**
 * Writes one side of a cause below a folder: its tree and its benchmark. `touched`: with a line more at the end of each of its files, which changes nothing but
 * that all of them are changed.
 */
export function plant(folder: string, cause: Cause, side: "base" | "head", touched = false): void {
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const [path, text] of Object.entries(cause[side]))
    write(path, touched && /\.m?[jt]s$/.test(path) ? `${text}\n// Touched.\n` : text);
  write("package.json", '{"type":"module"}');
  write(
    BENCH_FILE,
    'import { op as run } from "./src/subject.mjs";\nexport const op = run;\nexport const options = { time: 60, warmupTime: 30 };\n',
  );
  if (cause.compiled === undefined) return;
  const source = cause[side]["src/subject.ts"]!;
  write(
    "dist/subject.js",
    stripTypeScriptTypes(source, { mode: "transform", sourceMap: true, sourceUrl: "../src/subject.ts" }),
  );
}
