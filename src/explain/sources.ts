import { GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND, originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Files } from "../ports/index.ts";
import { definitionLine } from "./extent.ts";

/** Where a position of compiled code comes from. */
interface Original {
  readonly path: string;
  readonly line: number;
  /** The same for other lines of that compiled file, as far as they come from the same source. */
  readonly lineOf: (line: number) => number | null;
}

/** What names a source map at the end of compiled code. */
const MAPPING = /\/\/[#@] ?sourceMappingURL=(\S+)\s*$/m;

/** A map inside of the code itself. */
const INLINE = /^data:application\/json[^,]*;base64,(.*)$/;

/** The texts of one side's tree, each read once. What cannot be read is not there. */
export class Sources {
  readonly #files: Pick<Files, "readTextIfAny">;
  readonly #texts = new Map<string, Promise<string | null>>();
  readonly #maps = new Map<string, Promise<TraceMap | null>>();

  constructor(files: Pick<Files, "readTextIfAny">) {
    this.#files = files;
  }

  /** The text of a file; null where there is none. */
  text(path: string): Promise<string | null> {
    const found = this.#texts.get(path) ?? this.#files.readTextIfAny(path).catch(() => null);
    this.#texts.set(path, found);
    return found;
  }

  /** A line of a file without the spaces around it, from 1; null where there is none. */
  async line(path: string, line: number | null): Promise<string | null> {
    if (line === null) return null;
    return (await this.text(path))?.split("\n")[line - 1]?.trim() ?? null;
  }

  /** The line on which a file defines a function, from 1; null where it does not. */
  async definition(path: string, name: string): Promise<number | null> {
    const text = await this.text(path);
    return text === null ? null : definitionLine(text, name);
  }

  /** Where a position of a compiled file comes from (line from 1, column from 0); null where no map tells it. */
  async original(path: string, line: number | null, column: number): Promise<Original | null> {
    if (line === null || !/\.[cm]?js$/.test(path)) return null;
    const map = await this.#map(path);
    if (map === null) return null;
    // V8 says where a function's parameters begin: the mapping at or before that, or else the first after it.
    const at = [GREATEST_LOWER_BOUND, LEAST_UPPER_BOUND]
      .map((bias) => originalPositionFor(map, { line, column, bias } as Parameters<typeof originalPositionFor>[1]))
      .find(({ source }) => source !== null);
    if (at === undefined || at.source === null || at.line === null) return null;
    const { source } = at;
    return {
      path: joined(path, source),
      line: at.line,
      lineOf: (other) => {
        const there = originalPositionFor(map, { line: other, column: 0, bias: LEAST_UPPER_BOUND });
        return there.source === source ? there.line : null;
      },
    };
  }

  #map(path: string): Promise<TraceMap | null> {
    const found = this.#maps.get(path) ?? this.#readMap(path);
    this.#maps.set(path, found);
    return found;
  }

  async #readMap(path: string): Promise<TraceMap | null> {
    const url = MAPPING.exec((await this.text(path)) ?? "")?.[1];
    if (url === undefined) return null;
    const inline = INLINE.exec(url)?.[1];
    const json = inline === undefined ? await this.text(joined(path, url)) : decoded(inline);
    try {
      return json === null ? null : new TraceMap(json);
    } catch {
      return null;
    }
  }
}

/** `relative` as seen from the folder of `path`. */
function joined(path: string, relative: string): string {
  if (/^(?:[a-z]+:|\/)/i.test(relative)) return relative.replace(/^file:\/\//, "");
  const parts = path.split("/").slice(0, -1);
  for (const part of relative.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

function decoded(base64: string): string | null {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return null;
  }
}
