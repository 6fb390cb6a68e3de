import type { PlacedFrame } from "./place.ts";
import type { Sources } from "./sources.ts";

/** The versions of the dependencies that one side's profiles have met. */
export class Versions {
  readonly #sources: Sources;
  readonly #met = new Map<string, PlacedFrame>();

  constructor(sources: Sources, frames: Iterable<PlacedFrame>) {
    this.#sources = sources;
    for (const frame of frames) {
      const { dependency } = frame.place;
      if (dependency !== undefined && !this.#met.has(dependency)) this.#met.set(dependency, frame);
    }
  }

  /** The version of a dependency; null where this side was not seen to use it, or nothing tells. */
  async of(dependency: string): Promise<string | null> {
    const frame = this.#met.get(dependency);
    if (frame === undefined) return null;
    if (frame.version !== undefined) return frame.version;
    const manifest = await this.#sources.text(`${frame.folder}/package.json`);
    try {
      const { version } = JSON.parse(manifest ?? "{}");
      return typeof version === "string" ? version : null;
    } catch {
      return null;
    }
  }
}
