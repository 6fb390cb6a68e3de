import { clean } from "../parts/escape.ts";

/** That metrics did not get to a collector, whose address is told without its query: that may hold a key. */
export function unsentWords(url: string, problem: string): string {
  const { origin, pathname } = new URL(url);
  return `The metrics were not sent to ${clean(`${origin}${pathname}`, 200)}: ${clean(problem, 300)}. The verdict is not affected`;
}
