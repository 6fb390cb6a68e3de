/** What a search looks in, of one row: names that can be meant as a whole, and all words in lower case. */
export interface Searched {
  readonly names: readonly string[];
  readonly haystack: string;
}

/**
 * Whether a row is meant, for one search over all `rows`. Words must all occur, anywhere and in any order. What stands in quotes is a whole name where
 * some row has just that name, else a stretch of whole words: `"case 1"` is never case 12.
 */
export function matcher(text: string, rows: readonly Searched[]): (row: Searched) => boolean {
  const query = text.toLowerCase();
  const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => phrase!.replace(/\s+/g, " ").trim());
  const words = query
    .replace(/"[^"]+"/g, " ")
    .split(/[\s"]+/)
    .filter(Boolean);
  const exact = phrases.filter(Boolean).map((phrase) => {
    if (rows.some(({ names }) => names.includes(phrase))) return ({ names }: Searched) => names.includes(phrase);
    // Where the phrase itself begins or ends with a sign, there is no word that it could cut.
    const before = WORD.test(phrase[0]!) ? "(?<![\\p{L}\\p{N}_])" : "";
    const after = WORD.test(phrase.at(-1)!) ? "(?![\\p{L}\\p{N}_])" : "";
    const whole = new RegExp(`${before}${escaped(phrase)}${after}`, "u");
    return ({ haystack }: Searched) => whole.test(haystack);
  });
  return (row) => words.every((word) => row.haystack.includes(word)) && exact.every((holds) => holds(row));
}

const WORD = /[\p{L}\p{N}_]/u;

function escaped(phrase: string): string {
  return phrase.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
