import type { Bucket, BucketName } from "../report/parts/buckets.ts";
import { el } from "./dom.ts";

/** Signs of one weight in every font; the word beside them says it all. */
const SIGNS: Readonly<Record<Bucket["colour"], string>> = { red: "✕", yellow: "!", green: "✓", none: "·" };
const OWN_SIGNS: Partial<Readonly<Record<BucketName, string>>> = {
  removed: "−",
  accepted: "✓",
  inconclusive: "?",
  "open-goal": "?",
  added: "+",
  unchanged: "=",
};

/** A verdict: its word, with a sign and a colour for those who see them. */
export function badge({ name, word, colour }: Bucket): HTMLElement {
  return el(
    "span",
    { class: `badge ${colour}` },
    el("span", { class: "sign", "aria-hidden": "true" }, OWN_SIGNS[name] ?? SIGNS[colour]),
    el("span", { class: "word" }, word),
  );
}
