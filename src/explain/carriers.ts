import type { Carriage, Carriers } from "../model/carriage.ts";

/** What carries a slowdown has so much of it, and is proven to be slower; what has its whole interval below half of it does not. */
const SHARE = { carries: 0.3, no: 0.5 } as const;

/** Which ingredients of the change carry a slowdown, as far as the intervals prove it. */
export function carriersOf({ change, ingredients }: Pick<Carriage, "change" | "ingredients">): Carriers {
  const different = ingredients.filter(({ state }) => state !== "same");
  if (different.length === 0) return { kind: "nothing" };
  const alone = different.find(({ state }) => state === "alone");
  if (alone !== undefined) return { kind: "alone", ingredient: alone.ingredient };
  const names = (of: typeof different) => of.map(({ ingredient }) => ingredient);
  const carries = different.filter(
    (each) => each.state === "measured" && each.lower > 0 && each.value >= SHARE.carries * change,
  );
  if (carries.length > 0) return { kind: "by", ingredients: names(carries) };
  const innocent = different.filter((each) => each.state === "measured" && each.upper < SHARE.no * change);
  if (innocent.length === different.length) return { kind: "together" };
  return innocent.length > 0 ? { kind: "not-by", ingredients: names(innocent) } : { kind: "open" };
}
