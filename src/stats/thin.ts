/**
 * `size` of the samples, in runs of ⌈√size⌉ neighbours that are spread evenly over all: what a shorter round of the same process would have been. A burst
 * stays a burst, and the whole of the round is in it, from its cold beginning on. All of them where there are no more; `size` is at least 1.
 */
export function thinned(samples: Float64Array, size: number): Float64Array {
  const n = samples.length;
  if (size >= n) return samples;
  const length = Math.ceil(Math.sqrt(size));
  const runs = Math.ceil(size / length);
  const kept = new Float64Array(size);
  for (let run = 0, at = 0; run < runs; run++) {
    const take = Math.min(length, size - at);
    // What is left out lies in equal parts between the runs.
    const start = at + (runs === 1 ? 0 : Math.floor((run * (n - size)) / (runs - 1)));
    kept.set(samples.subarray(start, start + take), at);
    at += take;
  }
  return kept;
}
