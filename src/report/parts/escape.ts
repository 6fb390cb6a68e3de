import { largest } from "../../model/extremes.ts";

/** The longest name that a report shows, in code points. */
const NAME_LIMIT = 80;

/** Controls, bidi marks, zero-width and other characters that show nothing. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/** What separates words. JavaScript counts U+FEFF among them, which shows nothing. */
const SPACE = /(?!\uFEFF)[\s\p{Z}]/gu;
/** More marks than any script stacks on one letter. */
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
const UNPRINTED = /[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** The same without the newlines between JSON's own lines. */
const UNPRINTED_IN_JSON = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
const PUNCTUATION = /[!-/:-@[-`{-~]/g;
const AT = "&#64;";
const ESCAPE = String.fromCharCode(27);
const TERMINAL_CODES = new RegExp(`${ESCAPE}\\[[0-9;?]*[@-~]`, "g");

/** Text from outside as one printable line of at most `limit` code points; the middle is left out, since names differ at their ends. */
export function clean(text: string, limit: number = NAME_LIMIT): string {
  const line = printable(bounded(text, limit)).replace(/ +/g, " ").trim();
  return shorten(line, limit);
}

/**
 * Text from outside as inline code that no Markdown renderer reads as anything else: no element, cell, mention or link.
 * Every ASCII character that is neither letter, digit nor space becomes a numeric entity; inside `code` nobody is mentioned.
 * GitHub links e-mail addresses after it has decoded entities, so an empty comment keeps the `@` apart from what is before it.
 *
 * Note: backticks with backslashes leak, because a backslash escapes nothing inside a code span and a newline ends a table row.
 */
export function code(text: string, limit: number = NAME_LIMIT): string {
  return `<code>${entities(clean(text, limit) || "(empty)").replaceAll(AT, `<!-- -->${AT}`)}</code>`;
}

/** A stretch of a name without a space in which a narrow column may break it: entities count as one character. */
const STRETCH = /(?:&#?\w+;|[^\s&<>]){14}(?=(?:&#?\w+;|[^\s&<>]){2})/g;

/** What `code` gives with places where a line may break: a long name without spaces would push everything else off a narrow screen. */
export function breakable(html: string): string {
  return html.replace(/(?<=^|>)[^<]+/g, (text) => text.replace(STRETCH, "$&<wbr>"));
}

/** The end of a child's output as a preformatted block: at most `limit` characters of whole lines, the last ones. */
export function preformatted(text: string, limit: number): string {
  const lines = outputLines(text, limit);
  return lines.length === 0 ? "" : `<pre>${lines.map(entities).join("\n")}</pre>`;
}

/**
 * The last lines of a child's output for a terminal, behind a bar: the runner takes a line of a step's log for a command where it begins with `::`,
 * spaces before it or not, and in its old form (`##[…]`) anywhere.
 */
export function quotedOutput(text: string, limit: number): readonly string[] {
  return outputLines(text, limit).map((line) => `  │ ${line.replaceAll("##[", "## [")}`.trimEnd());
}

/** The last whole lines of a child's output that fit into `limit` characters, printable, without colour codes. */
export function outputLines(text: string, limit: number): readonly string[] {
  const lines = text
    .slice(-2 * limit)
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => shorten(printable(line.replace(/\t/g, "  ")).trimEnd(), Math.min(limit, 200)));
  const kept: string[] = [];
  let used = 0;
  for (const line of lines.reverse()) {
    used += line.length + 1;
    if (used > limit) break;
    kept.unshift(line);
  }
  const start = kept.findIndex((line) => line !== "");
  const end = kept.findLastIndex((line) => line !== "");
  return start < 0 ? [] : kept.slice(start, end + 1);
}

/** A string as a YAML double-quoted scalar on one line that reads back exactly; what does not print is written as an escape. */
export function yamlString(text: string): string {
  return JSON.stringify(text.replace(LONE_SURROGATE, "\uFFFD")).replace(UNPRINTED, (character) => {
    const point = character.codePointAt(0) ?? 0;
    return point > 0xffff ? `\\U${hexadecimal(point, 8)}` : `\\u${hexadecimal(point, 4)}`;
  });
}

/** A value as indented JSON in which nothing is invisible: bidi marks, controls and the like are `\u` escapes. */
export function visibleJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(UNPRINTED_IN_JSON, (character) =>
    [...Array(character.length).keys()].map((unit) => `\\u${hexadecimal(character.charCodeAt(unit), 4)}`).join(""),
  );
}

/** A fenced code block; its fence is longer than any run of backticks inside. */
export function fenced(language: string, text: string): string {
  const longest = largest(
    [...text.matchAll(/`+/g)].map(([run]) => run.length),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

/** A Markdown link with our own words, or the words alone where the address is not http(s). */
export function link(words: string, target: string): string {
  if (!URL.canParse(target)) return words;
  const url = new URL(target);
  if (url.protocol !== "https:" && url.protocol !== "http:") return words;
  const address = url.href.replace(
    /[^A-Za-z0-9/:.?=&%#_~-]/g,
    (character) => `%${hexadecimal(character.charCodeAt(0), 2)}`,
  );
  return `[${words}](${address})`;
}

function hexadecimal(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}

function entities(text: string): string {
  return text.replace(PUNCTUATION, (character) => `&#${character.charCodeAt(0)};`);
}

function printable(text: string): string {
  return text
    .replace(TERMINAL_CODES, "")
    .replace(LONE_SURROGATE, "\uFFFD")
    .replace(SPACE, " ")
    .replace(INVISIBLE, "")
    .replace(STACKED_MARKS, "$1");
}

/** Both ends of a text that is far too long, so that cleaning costs the same for a name of 200 MB. */
function bounded(text: string, limit: number): string {
  const most = limit * 16;
  return text.length <= 2 * most ? text : `${text.slice(0, most)}${text.slice(-most)}`;
}

function shorten(text: string, limit: number): string {
  const points = [...text];
  if (points.length <= limit) return text;
  const tail = Math.floor((limit - 1) / 3);
  return `${points.slice(0, limit - 1 - tail).join("")}…${points.slice(points.length - tail).join("")}`;
}
