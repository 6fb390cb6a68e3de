import { GateError } from "../../model/error.ts";
import { stripMark } from "./json.ts";
import { xmlReader } from "./xml-reader.ts";

/** An XML element: its attributes, its child elements in order, and the text directly within it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Where its opening tag stands, counted from 1. */
  readonly line: number;
}

/**
 * The root element of an XML text. Throws a `GateError` with its line, and its column where it is known, where the text is not well-formed (`xmlReader`).
 */
export function parseXml(text: string): XmlElement {
  const open: Growing[] = [];
  let root: Growing | undefined;
  const reader = xmlReader({
    open(name, attributes, line) {
      const element: Growing = { name, attributes, line, children: [], text: "" };
      root ??= element;
      open.at(-1)?.children.push(element);
      open.push(element);
    },
    close: () => void open.pop(),
    text(part) {
      open.at(-1)!.text += part;
    },
  });
  reader.push(text);
  reader.end();
  // A document without a root does not end.
  return root!;
}

/** An element that is still read. */
interface Growing extends XmlElement {
  readonly children: Growing[];
  text: string;
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
