import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { GateError, type Position } from "../model/error.ts";

/** A YAML file as plain data that still knows where everything stood. */
export interface YamlSource {
  readonly value: unknown;
  /** Where the value at `path` stands, or `key` inside it; the nearest thing around it where that is missing. */
  position(path: readonly PropertyKey[], key?: string): Position;
}

/** Longer configurations are not written by people. */
const LONGEST = 1024 * 1024;

const ALIAS_REMEDY = 'Quote a pattern that starts with an asterisk: "*"';

/** What the parser finds, by its error codes: our words where its own are for its authors, and the remedy. */
const FINDINGS: Readonly<Record<string, { readonly problem?: string; readonly remedy: string }>> = {
  DUPLICATE_KEY: { problem: "This key is given twice", remedy: "Keep one of them" },
  TAB_AS_INDENT: { remedy: "Indent with spaces" },
  BAD_INDENT: { remedy: "Line it up with its neighbours" },
  BAD_ALIAS: { problem: "An asterisk begins an alias in YAML", remedy: ALIAS_REMEDY },
  MULTIPLE_DOCS: { problem: "A second document begins here", remedy: "Keep one: remove the line ---" },
  MISSING_CHAR: { problem: "A quote or a bracket has no end", remedy: "Close what was opened, or quote the text" },
  NON_STRING_KEY: { problem: "A key is not a text", remedy: "Quote it" },
  RESOURCE_EXHAUSTION: { problem: "The YAML is nested too deeply", remedy: "Name the right file" },
};

/** Reads YAML 1.2. Throws a `GateError` with line and column on what is not YAML, and on what no configuration needs. */
export function readYaml(text: string, file: string): YamlSource {
  if (text.length > LONGEST) throw new GateError("The file is larger than 1 MiB", "Name the right file", { file });
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const document = parse(text, lines, file);
  const foreign = text.indexOf("\uFFFD");
  if (foreign >= 0) throw new GateError("The file is not in UTF-8", "Save it in UTF-8", at(foreign));
  const [problem] = [...document.errors, ...document.warnings];
  if (problem !== undefined) {
    const first = problem.message.split("\n")[0]?.replace(/[.:]?$/, "") ?? "not YAML";
    const { problem: words = first, remedy } = FINDINGS[problem.code] ?? { remedy: "Fix the YAML here" };
    throw new GateError(words, remedy, at(problem.pos[0]));
  }
  refuseTraps(document, at);
  return {
    value: toData(document, file),
    position(path, key) {
      return { ...at(locate(document, path, key)), ...(path.length > 0 && { path: pathText(path) }) };
    },
  };
}

/** A key path as people write it: `budgets[0].latency.p99`. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : `${i > 0 ? "." : ""}${String(part)}`))
    .join("");
}

function parse(text: string, lineCounter: LineCounter, file: string): Document {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      schema: "core",
      logLevel: "error",
    });
  } catch (error) {
    // The parser is recursive: only nesting that nobody writes by hand overflows it.
    if (error instanceof RangeError)
      throw new GateError("The YAML is nested too deeply", "Name the right file", { file });
    throw error;
  }
}

function toData(document: Document, file: string): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? {};
  } catch (error) {
    if (!(error instanceof ReferenceError || error instanceof RangeError)) throw error;
    throw new GateError("Aliases multiply beyond measure", "Write the values out instead of using & and *", { file });
  }
}

/** A key `__proto__` would be lost on the way through plain objects, and an alias of nothing is a pattern without quotes. */
function refuseTraps(document: Document, at: (offset: number) => Position): void {
  visit(document, {
    Pair(_, { key }) {
      if (!isScalar(key) || key.value !== "__proto__") return;
      throw new GateError('Unknown key "__proto__"', "Remove it", at(key.range?.[0] ?? 0));
    },
    Alias(_, alias) {
      if (alias.resolve(document) !== undefined) return;
      throw new GateError(`*${alias.source} is an alias of nothing`, ALIAS_REMEDY, at(alias.range?.[0] ?? 0));
    },
  });
}

function locate(document: Document, path: readonly PropertyKey[], key: string | undefined): number {
  const resolve = (node: unknown) => (isAlias(node) ? node.resolve(document) : node) as Node | null | undefined;
  let node: Node | null | undefined = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    const inside: Node | null | undefined = resolve(node);
    const next: unknown = isMap(inside)
      ? pairOf(inside, part)?.value
      : isSeq(inside)
        ? inside.items[Number(part)]
        : undefined;
    if (next === undefined) return offset;
    node = next as Node | null;
    offset = node?.range?.[0] ?? offset;
  }
  const inside = resolve(node);
  const found = key !== undefined && isMap(inside) ? pairOf(inside, key)?.key : undefined;
  return (found as Node | undefined)?.range?.[0] ?? offset;
}

function pairOf(map: Extract<Node, { items: unknown[] }>, key: PropertyKey) {
  return (map.items as { key: unknown; value: unknown }[]).find(
    (pair) => isScalar(pair.key) && pair.key.value === String(key),
  );
}
