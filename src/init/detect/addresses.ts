/** An address that a script has in it: `host` is all between the scheme and the path, `at` where its scheme begins. */
export interface Address {
  readonly scheme: string;
  readonly host: string;
  readonly at: number;
}

/** An address of this machine, with or without a port. */
export const LOCAL = /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::\d+)?$/;

/** What stands before an address that no request goes to: where a page was recorded from, a name of XML, and a value in the body of a request. */
const UNASKED = /(?:\breferer["']?\s*[:=,]\s*["'`]?|\bxmlns(?::\w+)?=\\?["']|\bJSON\.stringify\((?:[^()]|\(\))*)$/i;

/** Every address in a code that a request may go to; `unasked` is what stands before others in its language. */
export function addressesIn(code: string, unasked = UNASKED): readonly Address[] {
  const found = code.matchAll(
    /(\$\{[^{}]*\}|\b[a-z][a-z+.-]{0,20}|(?<=["'`])(?=:\/\/[\w$])):\/\/((?:\$\{[^{}]*\}|[^\s"'`/?#\\$<>(),;])*)/gi,
  );
  return [...found]
    .map(({ 1: scheme, 2: host, index }) => ({ scheme: scheme!.toLowerCase(), host: host!, at: index }))
    .filter(({ at }) => !unasked.test(code.slice(Math.max(0, at - 600), at)));
}

/** An address as people write it. */
export function addressText({ scheme, host }: Address): string {
  return `${scheme}://${host}`;
}

/** A script of JavaScript without its comments. A `//` after a colon is an address, wherever quotes begin and end. */
export function withoutComments(script: string): string {
  return script.replace(
    /("(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`)|(?<![:\\])\/\/.*|\/\*(?:(?!\/\*)[\s\S])*?\*\//g,
    (_, quoted: string | undefined) => quoted ?? " ",
  );
}

/** A script of JavaScript without what it imports: a library's address gets no load. */
export function withoutImports(script: string): string {
  return script
    .replace(/^[ \t]*import\b[^"'`;=()]*["'][^"'\n]*["']/gm, "")
    .replace(/^[ \t]*export\s*(?:\*[^"'`;]*?|\{[^}"'`]*\}\s*)from\s*["'][^"'\n]*["']/gm, "")
    .replace(/\brequire\(\s*["'][^"'\n]*["']\s*\)/g, "");
}

/** What follows `#` at the start of a line or after a space: comments of Python and YAML. */
export function withoutHashes(text: string): string {
  return text.replace(/(^|\s)#.*$/gm, "$1");
}
