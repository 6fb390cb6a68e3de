/** The first line of every comment of one gate: invisible, and different for each `key`. */
export function marker(key: string): string {
  const safe = [...key]
    .map((character) => (/[A-Za-z0-9._/]/.test(character) ? character : encoded(character)))
    .join("");
  return `<!-- benchgate:${safe} -->`;
}

/** Whether a comment is the one that this gate wrote before: its first line is the marker *and* we are its author. Anyone can write a marker. */
export function isOurs(
  comment: { readonly body: string; readonly author: string },
  key: string,
  viewer: string,
): boolean {
  const [firstLine] = comment.body.split("\n", 1);
  return viewer !== "" && comment.author === viewer && firstLine?.trimEnd() === marker(key);
}

/** Whether a comment of ours had no bad news when it was written: its title's sign is that of a run without anything to compare with. */
export function isCalm(body: string): boolean {
  return body.split("\n", 2)[1]?.startsWith("## ⚪ ") === true;
}

function encoded(character: string): string {
  return `~${(character.codePointAt(0) ?? 0).toString(16)}~`;
}
