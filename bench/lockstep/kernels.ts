/** A function to measure, on the CPU alone; what it returns keeps the compiler from leaving work out. */
export type Kernel = () => unknown;

const SIZE = 512;
const numbers = Float64Array.from({ length: SIZE }, (_, i) => (i * 7919) % 503);
const words = Array.from({ length: SIZE }, (_, i) => `word${(i * 31) % 257}`);
const map = new Map(words.map((word, i) => [word, i]));
const text = words.join(" ");
const json = JSON.stringify(
  words.slice(0, 64).map((word, i) => ({ id: i, word, tags: [word, "x"], nested: { on: i % 2 === 0 } })),
);

/** Eight kernels of a few microseconds to a tenth of a millisecond. */
export const KERNELS: Readonly<Record<string, Kernel>> = {
  "array sort": () => Array.from(numbers).sort((a, b) => a - b)[0],
  "JSON parse": () => JSON.parse(json),
  "string concatenation": () => {
    let all = "";
    for (const word of words) all += `${word}-`;
    return all.charCodeAt(all.length - 1);
  },
  "map look-up": () => {
    let sum = 0;
    for (const word of words) sum += map.get(word) ?? 0;
    return sum;
  },
  "regular expression": () => text.replace(/word(\d+)/g, "$1").length,
  "typed-array arithmetic": () => {
    let sum = 0;
    for (let pass = 0; pass < 16; pass++) for (let i = 0; i < SIZE; i++) sum += Math.sqrt(numbers[i]! + pass);
    return sum;
  },
  "object allocation": () => Array.from({ length: SIZE }, (_, i) => ({ i, next: null, label: words[i] })).length,
  "string split": () => text.split(" ").map((word) => word.toUpperCase()).length,
};
