/** A regular expression (as RE2, PCRE, Rust and JavaScript all read it) that fits any of these texts, from one of `edges` to the other. */
export function anyOf(texts: readonly string[], [start, end]: readonly [string, string] = ["^", "$"]): string {
  const escaped = [...new Set(texts)].map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return `${start}(${escaped.join("|")})${end}`;
}
