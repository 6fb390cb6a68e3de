/** What a quantity is of: a share of one, a time, a size, events per time, bytes per time, or a plain count. */
export type Dimension = "share" | "duration" | "bytes" | "rate" | "byte-rate" | "count";

/** What a quantity does when it grows and when it shrinks. */
export interface Words {
  readonly more: string;
  readonly less: string;
}

interface DimensionTraits {
  /** The unit in which Benchgate stores and compares it. */
  readonly unit: "1" | "s" | "B" | "1/s" | "B/s";
  readonly words: Words;
}

/** The words for a change of anything that is not a time. */
export const MORE_AND_LESS: Words = { more: "more", less: "less" };

/** Every dimension with its canonical unit and the words for a change. */
export const DIMENSIONS: Readonly<Record<Dimension, DimensionTraits>> = {
  share: { unit: "1", words: MORE_AND_LESS },
  duration: { unit: "s", words: { more: "slower", less: "faster" } },
  bytes: { unit: "B", words: MORE_AND_LESS },
  rate: { unit: "1/s", words: MORE_AND_LESS },
  "byte-rate": { unit: "B/s", words: MORE_AND_LESS },
  count: { unit: "1", words: MORE_AND_LESS },
};
