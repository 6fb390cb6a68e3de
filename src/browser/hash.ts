/** The two parts of a hash: the subject's address, empty for the page itself, and what follows the question mark. */
export function hashParts(hash: string): { readonly subject: string; readonly query: string } {
  const at = hash.indexOf("?");
  const [subject, query] = at < 0 ? [hash, ""] : [hash.slice(0, at), hash.slice(at + 1)];
  return { subject: subject === "#" ? "" : subject, query };
}

/** What was asked for as the end of a hash, `?q=json&sort=-change`; empty where nothing was. */
export function queryWords(asked: Readonly<Record<string, string>>): string {
  const said = Object.entries(asked).filter(([, value]) => value !== "");
  return said.length === 0 ? "" : `?${new URLSearchParams(Object.fromEntries(said))}`;
}
