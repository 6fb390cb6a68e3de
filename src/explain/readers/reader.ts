import type { Profile } from "../profile.ts";

/** A form in which profilers write. */
export interface ProfileReader {
  readonly name: string;
  /** Whether bytes look as if they were in this form. */
  readonly fits: (bytes: Uint8Array) => boolean;
  /** Throws an `Error` in a few words where they are not after all. */
  readonly read: (bytes: Uint8Array) => Profile;
}

/** What JSON holds; null where it is none. */
export function jsonOf(bytes: Uint8Array): Readonly<Record<string, unknown>> | null {
  if (bytes.find((byte) => byte > 0x20) !== 0x7b) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

/** A path or address of a file without its scheme; null where there is none. */
export function fileOf(url: string | null | undefined): string | null {
  if (url === undefined || url === null || url === "") return null;
  if (!url.startsWith("file:")) return url;
  const path = url.replace(/^file:\/\/(?:localhost)?/, "");
  try {
    return decodeURIComponent(path).replace(/^\/(?=[A-Za-z]:\/)/, "");
  } catch {
    return path;
  }
}
