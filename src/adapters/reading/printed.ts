import { GateError } from "../../model/error.ts";

/** An ellipsis with more behind it, as in `loading... sort`; the cursor sent back, as progress bars do; the same words twice, as of a program that ran twice. */
const SIGNS = [
  /(?<=\p{L}{2})(?:\.{3}|\u2026)\s*[\p{L}\p{N}_]/u,
  /[\r\b]/,
  /^(\S.{1,100}?[\s.,;:!%)\]]{1,10})\1/,
] as const;

/**
 * `name`, unless it bears a sign of what the program printed without ending its line: for formats whose names may hold spaces, and whose lines do not
 * tell where a name begins. Throws a `GateError` with the line then: with such a name the benchmark would be another one in every run.
 */
export function unprinted(name: string, line: number): string {
  if (!SIGNS.some((sign) => sign.test(name))) return name;
  const problem = `What the program printed cannot be distinguished from the name of a benchmark: ${name.slice(0, 80)}`;
  throw new GateError(problem, "Have the program end what it prints with a line break, or write it to stderr", {
    line,
  });
}
