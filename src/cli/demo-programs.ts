/** A file of a small program, by name. */
export type Program = Readonly<Record<string, string>>;

const COMMON: Program = {
  "words.mjs": `// 200 words, some of them twice.
export const words = Array.from({ length: 200 }, (_, i) => "word-" + ((i * 7919) % 150));
`,
  "count.mjs": `/** How often each word occurs. */
export function count(words) {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
`,
  // A file each, so that each has a process of its own: what one leaves on the heap is nothing to the other.
  "unique.bench.mjs": `import { unique } from "./unique.mjs";
import { words } from "./words.mjs";

export default { unique: () => unique(words) };
export const options = { time: 100, warmupTime: 20 };
`,
  "count.bench.mjs": `import { count } from "./count.mjs";
import { words } from "./words.mjs";

export default { count: () => count(words) };
export const options = { time: 100, warmupTime: 20 };
`,
};

/** The program before the change, and after a change that made `unique` quadratic and left `count` alone. */
export const DEMO: { readonly baseline: Program; readonly candidate: Program } = {
  baseline: {
    ...COMMON,
    "unique.mjs": `/** Each word once, in the order of first appearance. */
export function unique(words) {
  return [...new Set(words)];
}
`,
  },
  candidate: {
    ...COMMON,
    "unique.mjs": `/** Each word once, in the order of first appearance. */
export function unique(words) {
  const once = [];
  for (const word of words) if (!once.includes(word)) once.push(word);
  return once;
}
`,
  },
};
