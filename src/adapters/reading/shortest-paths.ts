/**
 * For each path as many of its last parts as no other path ends with, so that a benchmark's name holds no path of one machine:
 * `/home/ci/app/src/text_bench.ts` alone is `text_bench.ts`.
 */
export function shortestPaths(paths: readonly string[]): string[] {
  const ends = paths.map((path) => {
    const parts = path.split(/[/\\]+/, 100).filter(Boolean);
    return parts.map((_, i) => parts.slice(parts.length - i - 1).join("/"));
  });
  const counts = new Map<string, number>();
  for (const end of ends.flat()) counts.set(end, (counts.get(end) ?? 0) + 1);
  return ends.map((each, i) => each.find((end) => counts.get(end) === 1) ?? each.at(-1) ?? paths[i]!);
}
