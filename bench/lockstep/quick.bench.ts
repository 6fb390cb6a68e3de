import { Bench } from "tinybench";

const SIZE = 500;
const numbers = Float64Array.from({ length: SIZE }, (_, i) => (i * 7919) % 503);
const rows = Array.from({ length: 200 }, (_, id) => ({ id, value: (id * 104_729) % 1009 }));
const words = rows.map(({ value }) => `word${value}`);

/** Benchmarks of about a microsecond, where what an engine does around a call tells. */
export const bench = new Bench()
  .add("sum of rows", () => rows.reduce((sum, { value }) => sum + value, 0))
  .add("dot product", () => {
    let sum = 0;
    for (let i = 0; i < SIZE; i++) sum += numbers[i]! * numbers[SIZE - 1 - i]!;
    return sum;
  })
  .add("search of words", () => words.indexOf("none"))
  .add("checksum", () => {
    let sum = 1;
    for (let i = 0; i < SIZE; i++) sum = (sum * 1_664_525 + i) >>> 0;
    return sum;
  });
