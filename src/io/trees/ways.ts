import { readlinkSync } from "node:fs";
import { dirname } from "node:path";
import type { Way } from "../../ports/index.ts";

/** The most links that a system follows on one way. */
const MOST_LINKS = 40;

/** As `Trees.ways`: a path is walked as the system walks it, so that `..` behind a link is the folder above where that leads. */
export function waysOf(paths: readonly string[]): readonly Way[] {
  const links = new Map<string, string | null>();
  const linkAt = (place: string): string | null => {
    const known = links.get(place);
    if (known !== undefined) return known;
    const found = readLink(place);
    links.set(place, found);
    return found;
  };
  return paths.map((path) => {
    const places = new Set<string>();
    let left = path.split("/");
    let here = "";
    let followed = 0;
    while (left.length > 0) {
      const name = left.shift()!;
      if (name === "" || name === ".") continue;
      if (name === "..") {
        here = dirname(here || "/").replace(/\/$/, "");
        continue;
      }
      const place = `${here}/${name}`;
      places.add(place);
      const to = linkAt(place);
      if (to === null || followed++ >= MOST_LINKS) {
        here = place;
        continue;
      }
      left = [...to.split("/"), ...left];
      if (to.startsWith("/")) here = "";
    }
    return { places: [...places], end: here };
  });
}

function readLink(place: string): string | null {
  try {
    return readlinkSync(place);
  } catch {
    return null;
  }
}
