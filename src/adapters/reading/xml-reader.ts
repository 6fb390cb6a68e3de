import { SaxesParser } from "saxes";
import { GateError, type Position } from "../../model/error.ts";
import { LONGEST_LINE } from "./lines.ts";

/** What takes an XML document apart. A line counts from 1: that on which a tag begins or ends, or the first of a text that is not empty. */
export interface XmlTaker {
  open(name: string, attributes: ReadonlyMap<string, string>, line: number): void;
  close(line: number): void;
  /** Text within an element, or what is written as CDATA. */
  text(text: string, line: number): void;
}

/** How deep elements may be nested. */
const DEEPEST = 100;

/** What stands for characters: XML's own, because whoever declares others is refused. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * What XML forbids and tools write all the same: control characters, as they are or by number, in what a test printed or a server answered. JMeter
 * writes `&#x0;`.
 */
const FORBIDDEN = /[^\t\n\r\x20-\uFFFD]|&#(?:[xX]0*([\da-fA-F]{1,2})|0*(\d{1,2}));/g;
/** What stands for it, as it does for bytes that are no text. XML would have it in names too. */
const REPLACEMENT = "\uFFFD";

/** What may be the beginning of a character by number, at the end of a piece. */
const CUT_REFERENCE = /&[#\w]{0,12}$/;

const REMEDY =
  "The file may be cut short or hold more than the tool's output: have the tool write it to a file of its own";

/**
 * A strict reader of an XML document whose text comes in pieces, in constant memory. Throws a `GateError` with its line for what is not well-formed;
 * for a document type, whose entities can make a small file large; for elements that are nested too deeply; and for a tag or a text that does not end
 * within 16 MiB of further pieces. Space before the document is passed over, and a control character becomes U+FFFD. `end` gives the last line.
 *
 * Note: sax, strict as well, takes `<` in an attribute and the first of two equal ones, and breaks where one is called `hasOwnProperty`.
 */
export function xmlReader(taker: XmlTaker): { push(text: string): void; end(): number } {
  const parser = new SaxesParser({ position: false });
  const path: { readonly name: string; readonly line: number }[] = [];
  let before = 0;
  let kept = "";
  let hasBegun = false;
  /** Where the last tag or text ended. */
  let ended = 0;

  const lineNow = () => before + parser.line;
  const refuse = (problem: string, position: Position): never => {
    throw new GateError(problem, REMEDY, position);
  };

  // No more than seven handlers: with an eighth V8 keeps the parser as a dictionary, and it takes twice the time.
  parser.on("error", ({ message }) => {
    const column = parser.column === 0 ? {} : { column: parser.column };
    refuse(`Not valid XML: ${message.replace(/\.$/, "").slice(0, 200)}`, { line: lineNow(), ...column });
  });
  parser.on("doctype", (type) => refuse("A document type declaration", { line: lineNow() - lineBreaksIn(type) }));
  parser.on("opentagstart", ({ name }) => {
    // The character after the name has been read, and may be a line break.
    const line = parser.columnIndex === 0 ? lineNow() - 1 : lineNow();
    if (path.length === DEEPEST) refuse(`Elements are nested more than ${DEEPEST} deep`, { line });
    if (name.includes(REPLACEMENT)) refuse(`Not valid XML: <${name.slice(0, 40)}> is not a name`, { line });
    path.push({ name, line });
  });
  parser.on("opentag", ({ name, attributes }) => {
    ended = parser.position;
    const { line } = path.at(-1)!;
    const damaged = Object.keys(attributes).find((key) => key.includes(REPLACEMENT));
    if (damaged !== undefined) refuse(`Not valid XML: ${JSON.stringify(damaged.slice(0, 40))} is not a name`, { line });
    taker.open(name, new Map(Object.entries(attributes)), line);
  });
  parser.on("closetag", () => {
    ended = parser.position;
    path.pop();
    taker.close(lineNow());
  });
  const takeText = (text: string) => {
    ended = parser.position;
    const written = text.trimStart();
    const line = lineNow() - lineBreaksIn(written);
    if (path.length > 0) taker.text(text, line);
    else if (written !== "") refuse("Not valid XML: text data outside of root node", { line });
  };
  parser.on("text", takeText);
  parser.on("cdata", takeText);
  // The parser's own table would take `&toString;` from what every object inherits, and name the line on which a later `;` stands.
  parser.ENTITIES = new Proxy(parser.ENTITIES, {
    get(_, key) {
      const name = String(key);
      const shown = JSON.stringify(`&${name.slice(0, 20)}`);
      return (
        ENTITIES.get(name) ??
        refuse(`Not valid XML: ${shown} is not a character`, { line: lineNow() - lineBreaksIn(name) })
      );
    },
  });

  return {
    push(piece) {
      let text = kept + piece;
      if (!hasBegun) {
        const start = text.search(/\S/);
        hasBegun = start !== -1;
        before += lineBreaksIn(hasBegun ? text.slice(0, start) : text);
        text = hasBegun ? text.slice(start) : "";
        if (hasBegun && text[0] !== "<") {
          refuse("Not valid XML: text data outside of root node", { line: before + 1, column: 1 });
        }
      }
      kept = CUT_REFERENCE.exec(text)?.[0] ?? "";
      parser.write(withoutForbidden(text.slice(0, text.length - kept.length)));
      if (parser.position - ended > LONGEST_LINE) refuse("A tag or a text never ends", { line: lineNow() });
    },
    end() {
      parser.write(kept);
      const open = path.at(-1);
      if (open !== undefined) {
        const where = `it ends within <${open.name.slice(0, 40)}>, which line ${open.line} opens`;
        refuse(`the file is cut off: ${where}`, { line: lineNow() });
      }
      const last = lineNow();
      parser.close();
      return last;
    },
  };
}

function withoutForbidden(text: string): string {
  return text.replaceAll(FORBIDDEN, (found, hex?: string, decimal?: string) => {
    if (hex === undefined && decimal === undefined) return REPLACEMENT;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code >= 0x20 || "\t\n\r".includes(String.fromCharCode(code)) ? found : REPLACEMENT;
  });
}

function lineBreaksIn(text: string): number {
  return text.split("\n").length - 1;
}
