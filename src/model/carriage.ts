import type { StatisticName } from "./statistic.ts";

/** What a change is made of, as far as it can be told apart by files. */
export const INGREDIENTS = ["code", "dependencies", "runtime"] as const;
export type Ingredient = (typeof INGREDIENTS)[number];

/** What is known of how much an ingredient has to do with a slowdown. */
export type IngredientState =
  | { readonly state: "same" }
  /** It is all that differs: there is nothing to tell it apart from. */
  | { readonly state: "alone" }
  /** How much more the base takes with the head's in place of its own, as a share: 0.1 is a tenth more time, or as much less throughput. */
  | {
      readonly state: "measured";
      readonly value: number;
      readonly lower: number;
      readonly upper: number;
      /** Of the interval. */
      readonly level: number;
      readonly rounds: number;
    }
  /** `reason` is the end of a sentence. */
  | { readonly state: "not-measured"; readonly reason: string };

/** A package that has another version; null where a side has none. */
export interface VersionChange {
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** An ingredient, and its files that are not the same on both sides, as seen from the root, the first ones; of the code none are listed. */
export type IngredientFound = {
  readonly ingredient: Ingredient;
  readonly files: readonly string[];
  /** How many more there are than are listed; absent where all are. */
  readonly more?: number;
  /** What lockfiles say of it, as far as they were read; absent where they say nothing. */
  readonly versions?: readonly VersionChange[];
} & IngredientState;

/** What a slowdown comes with, as far as the intervals prove it. */
export type Carriers =
  /** The head's files are the base's. */
  | { readonly kind: "nothing" }
  | { readonly kind: "alone"; readonly ingredient: Ingredient }
  | { readonly kind: "by"; readonly ingredients: readonly Ingredient[] }
  /** Each by itself is too little of it. */
  | { readonly kind: "together" }
  /** These are not it; the others could not be measured, or not well enough. */
  | { readonly kind: "not-by"; readonly ingredients: readonly Ingredient[] }
  | { readonly kind: "open" };

/** What a slowdown comes with: the base measured with one ingredient of the head at a time. No verdict rests on it. */
export interface Carriage {
  readonly benchmark: string;
  readonly metric: string;
  readonly statistic: StatisticName;
  /** What the verdict has proven, as a share of the baseline: worse is positive. Infinite where a side is 0, of which no part can be measured. */
  readonly change: number;
  /** Each of `INGREDIENTS`, in their order. */
  readonly ingredients: readonly IngredientFound[];
  readonly carriers: Carriers;
}
