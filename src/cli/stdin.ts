import { HEAD } from "../adapters/reading/output.ts";
import { LARGE, type Output } from "../measure/output.ts";
import { GateError } from "../model/error.ts";

/** The most of stdin that is had whole, in bytes. */
const MOST = 256 * 2 ** 20;

/** What comes through a pipe: pieces that have been taken out of it are kept, as far as they are needed again. */
class Pipe {
  readonly #rest: AsyncIterator<Uint8Array>;
  #kept: Uint8Array[] = [];
  #size = 0;
  #ended = false;

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#rest = input[Symbol.asyncIterator]();
  }

  /** Takes pieces until there are more than so many bytes; whether that was all. */
  async take(bytes: number): Promise<boolean> {
    while (!this.#ended && this.#size <= bytes) {
      const piece = await this.#next();
      if (piece === null) continue;
      this.#kept.push(piece);
      this.#size += piece.length;
    }
    return this.#ended && this.#size <= bytes;
  }

  /** The beginning of what was taken. */
  head(bytes: number): string {
    return new TextDecoder().decode(joined(this.#kept, Math.min(bytes, this.#size)));
  }

  /** What was taken, as text. */
  text(): string {
    return new TextDecoder().decode(joined(this.#kept, this.#size));
  }

  /** All of it from the beginning: as often as wanted as far as it was taken, and beyond that once. */
  async *chunks(): AsyncGenerator<Uint8Array, void, void> {
    yield* this.#kept;
    this.#kept = [];
    for (let piece = await this.#next(); piece !== null; piece = await this.#next()) yield piece;
  }

  async #next(): Promise<Uint8Array | null> {
    const { done, value } = await this.#rest.next();
    this.#ended ||= done === true;
    return done ? null : value;
  }
}

/**
 * What stdin holds. A large output is read piece by piece where its tool's adapter can, as a large file is; anything else must be had whole,
 * and is refused where it is larger than that allows.
 *
 * @param mustBeWhole whether a beginning is that of something which is never read piece by piece.
 */
export async function fromStdin(
  input: AsyncIterable<Uint8Array>,
  mustBeWhole: (beginning: string) => boolean,
): Promise<Output> {
  const pipe = new Pipe(input);
  const place = "stdin";
  const text = async () => {
    if (await pipe.take(MOST)) return pipe.text();
    throw new GateError(
      `more than ${MOST / 2 ** 20} MiB come through stdin, and this must be read as a whole`,
      "Have the tool write less, or a format that holds one sample a line",
      { file: place },
    );
  };
  const isSmall = await pipe.take(LARGE);
  if (isSmall || mustBeWhole(pipe.head(HEAD))) return { kind: "text", place, text: await text() };
  return { kind: "file", place, file: { size: Number.POSITIVE_INFINITY, chunks: () => pipe.chunks() }, text };
}

function joined(pieces: readonly Uint8Array[], bytes: number): Uint8Array {
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    if (at === bytes) break;
    whole.set(piece.subarray(0, bytes - at), at);
    at += Math.min(piece.length, bytes - at);
  }
  return whole;
}
