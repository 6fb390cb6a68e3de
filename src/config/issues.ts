import type { z } from "zod";
import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { misspeltMetric } from "./metrics.ts";
import { notThe, quote } from "./scalars.ts";
import { knownKeys } from "./schema.ts";
import type { YamlSource } from "./source.ts";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

interface Finding {
  readonly error: GateError;
  readonly missing: boolean;
}

/** The error that says what is wrong first in the file: one sentence, its line and column, and what to write instead. */
export function firstError(issues: readonly Issue[], source: YamlSource): GateError {
  const findings = issues.flatMap((issue) => findingsOf(issue, [], source));
  return findings.sort((a, b) => order(a) - order(b))[0]!.error;
}

/** A key that is missing is often there under a wrong name: that comes first. */
function order({ error: { position }, missing }: Finding): number {
  return (missing ? 1e12 : 0) + (position.line ?? 0) * 1e6 + (position.column ?? 0);
}

/** The error for a key that means nothing at `path`, or null where it may be a tool's own metric. */
export function unknownKey(key: string, path: Path, source: YamlSource): GateError | null {
  const keys = knownKeys(path);
  const position = source.position(path, key);
  const isMetric = path[0] === "budgets" && path.length === 2;
  const near = isMetric ? misspeltMetric(key, ["match"]) : nearest(key, keys);
  if (isMetric && near === null) return null;
  const remedy = near === null ? `Known here: ${keys.join(", ")}` : `Did you mean ${quote(near)}?`;
  return new GateError(`Unknown key ${quote(key)}`, remedy, position);
}

function findingsOf(issue: Issue, above: Path, source: YamlSource): readonly Finding[] {
  const path = [...above, ...issue.path];
  if (issue.code === "invalid_union") {
    return branch(issue.errors, valueAt(source.value, path)).flatMap((inner) => findingsOf(inner, path, source));
  }
  if (issue.code === "unrecognized_keys") {
    const errors = issue.keys.map((key) => unknownKey(key, path, source)).filter((error) => error !== null);
    return errors.map((error) => ({ error, missing: false }));
  }
  const last = path.at(-1);
  if (typeof last === "string" && !has(source.value, path)) {
    const parent = source.position(path.slice(0, -1));
    return [
      { error: new GateError(`${quote(last)} is missing`, `Add the line \`${last}: …\``, parent), missing: true },
    ];
  }
  const { problem, remedy } =
    issue.code === "custom" ? (issue.params ?? {}) : wrongType(issue, valueAt(source.value, path));
  return [
    { error: new GateError(problem ?? issue.message, remedy ?? "Fix it here", source.position(path)), missing: false },
  ];
}

/** Unions here list what is written on one line first and mappings last. */
function branch(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] {
  return (typeof value === "object" && value !== null ? branches.at(-1) : branches[0]) ?? [];
}

function wrongType(issue: Issue, value: unknown): { problem: string; remedy: string } {
  if (issue.code === "invalid_type" && issue.expected === "boolean") {
    return { problem: `${quote(value)} is neither true nor false`, remedy: "Write one of them, without quotes" };
  }
  const needed = issue.code === "invalid_type" && issue.expected === "array" ? "a list" : "a mapping";
  const remedy = needed === "a list" ? "Begin each item with a dash" : "Write its keys on indented lines below";
  return { problem: notThe(value, needed), remedy };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, key) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

function has(value: unknown, path: Path): boolean {
  const parent = valueAt(value, path.slice(0, -1));
  return typeof parent === "object" && parent !== null && Object.hasOwn(parent, path.at(-1)!);
}
