import { readFileSync } from "node:fs";
import { UnfitModule } from "./error.ts";

/** What a module has to export. */
export const WHAT_TO_EXPORT =
  "Export a tinybench Bench, a list of them, a function, an object of functions by name, or a list of { name, fn, opts? }";

/** A framework that runs its benchmark files itself: how a file of it is known, and the suite that measures it. */
interface Framework {
  readonly title: string;
  readonly marks: RegExp;
  readonly run: string;
  readonly tool: string;
}

/** An import of a package, or a `require` of it. */
const imports = (name: string) => new RegExp(`(?:\\bfrom|\\bimport|\\brequire\\s*\\()\\s*["']${name}["']`);

const FRAMEWORKS: readonly Framework[] = [
  {
    title: "Vitest",
    marks: imports("vitest"),
    run: "npx vitest bench --run --reporter=json --outputFile=$BENCHGATE_OUTPUT",
    tool: "vitest",
  },
  { title: "mitata", marks: imports("mitata"), run: "node FILE", tool: "mitata" },
  { title: "Benchmark.js", marks: imports("benchmark"), run: "node FILE", tool: "benchmarkjs" },
  { title: "Deno", marks: /\bDeno\.bench\s*\(/, run: "deno bench --json FILE > $BENCHGATE_OUTPUT", tool: "deno" },
];

/** The error for a module that has no benchmark: what it is instead, where its text tells. */
export function nothingIn(file: string): UnfitModule {
  const foreign = foreignIn(file);
  if (foreign !== null) return foreign;
  const problem = "the module exports no benchmark";
  if (!/\btinybench\b/.test(textOf(file))) return new UnfitModule(problem, WHAT_TO_EXPORT);
  return new UnfitModule(
    problem,
    "Write `export default bench` where it makes its Bench, and take away `await bench.run()`",
  );
}

/** The error for a file that another framework runs; null where the text of the file shows none. */
export function foreignIn(file: string): UnfitModule | null {
  const text = textOf(file);
  const found = FRAMEWORKS.find(({ marks }) => marks.test(text));
  if (found === undefined) return null;
  const { title, run, tool } = found;
  const remedy = `Take it out of \`bench\`, and measure it by a suite of its own: \`run: ${run.replace("FILE", file)}\` with \`tool: ${tool}\``;
  return new UnfitModule(`the file is a benchmark for ${title}, which runs such files itself`, remedy);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
