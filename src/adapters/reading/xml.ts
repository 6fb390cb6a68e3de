import { XMLParser, XMLValidator } from "fast-xml-parser";
import { GateError } from "../../model/error.ts";
import { stripMark } from "./json.ts";

/** An XML element: its attributes, its child elements in order, and the text directly within it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Where its opening tag stands, counted from 1. */
  readonly line: number;
}

const REMEDY =
  "The file may be cut short or hold more than the tool's output: have the tool write it to a file of its own";

/** Everything as it was written. No name in XML begins with `@`, so no attribute's equals one that objects inherit; entities are XML's own alone. */
const OPTIONS = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  captureMetaData: true,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: Number.POSITIVE_INFINITY, maxExpandedLength: 1e9 },
} as const;

/** What the parser gives for each node: one key that is its name, its attributes under `:@`, and where it stands under a symbol. */
type Node = Readonly<Record<string, unknown>> & { readonly [place: symbol]: { readonly startIndex?: number } };

/**
 * The root element of an XML text. A leading byte order mark is tolerated.
 * Throws a `GateError`, with line and column where they are known, where the text is not well-formed, and where it declares a document type:
 * no tool writes one, and its entities can make a small file large.
 */
export function parseXml(text: string): XmlElement {
  const clean = stripMark(text).replace(/\r\n?/g, "\n").trim();
  const before = leadingLines(text);
  const declaration = declarationIn(clean);
  if (declaration >= 0) {
    refuse("A document type declaration", { line: before + clean.slice(0, declaration).split("\n").length });
  }
  const checked = XMLValidator.validate(clean);
  if (checked !== true) {
    const { code, msg, line, col } = checked.err;
    if (code === "InvalidXml" && msg.startsWith("Invalid '[")) {
      refuse("Not valid XML: it ends before its elements do", { line: before + clean.split("\n").length });
    }
    const problem = `Not valid XML: ${msg
      .replace(/[\r\n]+/g, " ")
      .replace(/\.$/, "")
      .slice(0, 200)}`;
    refuse(problem, { line: before + line, ...(Number.isInteger(col) ? { column: col } : {}) });
  }
  let nodes: readonly Node[];
  try {
    nodes = new XMLParser(OPTIONS).parse(clean);
  } catch (error) {
    return refuse(`Not XML that can be read: ${(error as Error).message.replace(/[\r\n]+/g, " ").slice(0, 200)}`, {});
  }
  const lineAt = lineCounter(clean, before);
  const roots = nodes.filter((node) => !Object.hasOwn(node, "#text")).map((node) => toElement(node, lineAt));
  return roots.length === 1 ? roots[0]! : refuse("Expected one element that holds all others", { line: before + 1 });
}

/** Whether the first element of `text` is called as one of `names`: the cheap look that `recognises` takes. */
export function opensWithElement(text: string, ...names: readonly string[]): boolean {
  let start = stripMark(text).slice(0, 4096).trimStart();
  for (let end = 0; /^<[?!]/.test(start) && end >= 0; ) {
    end = start.indexOf(start.startsWith("<!--") ? "-->" : ">");
    start = end < 0 ? "" : start.slice(start.indexOf(">", end) + 1).trimStart();
  }
  const name = /^<([A-Za-z][\w.-]*)[\s/>]/.exec(start)?.[1];
  return name !== undefined && names.includes(name);
}

/** An attribute that an element must have. Throws a `GateError` with its line. */
export function readAttribute(element: XmlElement, name: string): string {
  const value = element.attributes.get(name);
  return value ?? wrong(element, `<${element.name}> has no ${JSON.stringify(name)}`);
}

/** An attribute as a finite number of at least zero. Throws a `GateError` with its line. */
export function readNumberAttribute(element: XmlElement, name: string): number {
  const text = readAttribute(element, name);
  const value = /^[-+]?[\d.]+(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value) && value >= 0) return value;
  return wrong(
    element,
    `${JSON.stringify(name)} of <${element.name}> is ${JSON.stringify(text.slice(0, 40))}, not a number of at least 0`,
  );
}

/** The child elements of one name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

function wrong(element: XmlElement, problem: string): never {
  throw new GateError(
    problem,
    "The file is not this tool's output, or of a version that is not supported: check `tool`",
    { line: element.line },
  );
}

function refuse(problem: string, position: { readonly line?: number; readonly column?: number }): never {
  throw new GateError(problem, REMEDY, position);
}

function toElement(node: Node, lineAt: (index: number) => number): XmlElement {
  const name = Object.keys(node).find((key) => key !== ":@") ?? "";
  const content = (node[name] ?? []) as readonly Node[];
  const place = node[XMLParser.getMetaDataSymbol() as unknown as symbol];
  const line = lineAt(place?.startIndex ?? 0);
  const attributes = Object.entries((node[":@"] ?? {}) as Readonly<Record<string, unknown>>);
  const texts = content.filter((child) => Object.hasOwn(child, "#text"));
  return {
    name,
    line,
    attributes: new Map(attributes.map(([key, value]) => [key.slice(1), String(value)])),
    children: content.filter((child) => !Object.hasOwn(child, "#text")).map((child) => toElement(child, lineAt)),
    text: texts.map((child) => String(child["#text"])).join(""),
  };
}

/** Where the first declaration stands that is neither a comment nor literal text, or -1. */
function declarationIn(text: string): number {
  let at = text.indexOf("<!");
  while (at >= 0) {
    const end = text.startsWith("<!--", at) ? "-->" : text.startsWith("<![CDATA[", at) ? "]]>" : null;
    if (end === null) return at;
    const closed = text.indexOf(end, at + 4);
    at = closed < 0 ? -1 : text.indexOf("<!", closed);
  }
  return -1;
}

/** The line of each index, asked in ascending order as elements open. */
function lineCounter(text: string, before: number): (index: number) => number {
  let [line, at] = [before + 1, 0];
  return (index) => {
    for (; at < index; at++) if (text.charCodeAt(at) === 10) line++;
    return line;
  };
}

/** How many line breaks stand before the first character that is no space. */
function leadingLines(text: string): number {
  const space = /^\uFEFF?\s*/.exec(text)![0];
  return space.split("\n").length - 1;
}
