/** Byte order marks, with the encoding that each announces. Windows PowerShell redirects into UTF-16. */
const MARKS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
];

/** The encoding of a text that begins with these bytes: UTF-8, unless a byte order mark says otherwise. */
export function encodingOf(bytes: Uint8Array): string {
  return MARKS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))?.[0] ?? "utf-8";
}
