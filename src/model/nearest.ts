/** Words longer than this are not typing errors of ours: comparing them would cost time and gain nothing. */
const LONGEST = 64;

/**
 * The word of `words` that `word` was probably meant to be, or null where none is near: at most a third of its letters may differ
 * (and always one). Capitals do not count. Ties go to the word that comes first.
 */
export function nearest(word: string, words: readonly string[]): string | null {
  const wanted = word.toLowerCase();
  if (wanted.length > LONGEST) return null;
  const ranked = words
    .map((candidate) => ({ candidate, distance: editDistance(wanted, candidate.toLowerCase()) }))
    .filter(
      ({ candidate, distance }) => distance <= Math.max(1, Math.floor(Math.max(wanted.length, candidate.length) / 3)),
    )
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate ?? null;
}

/**
 * The name of `names` that `name` probably is under another one: the nearest by its letters, else the one that shares the longest run of characters with
 * it, which must be more than half of the shorter of both. Null where none is like it. For names that were changed on purpose: `v2/parse` for `parse`.
 */
export function likeliest(name: string, names: readonly string[]): string | null {
  const near = nearest(name, names);
  if (near !== null) return near;
  const ranked = names
    .map((candidate) => ({ candidate, shared: sharedRun(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, shared }) => 2 * shared > Math.min(name.length, candidate.length))
    .sort((a, b) => b.shared - a.shared);
  return ranked[0]?.candidate ?? null;
}

/** The length of the longest run of characters that both hold. Time grows with the product of the lengths. */
function sharedRun(a: string, b: string): number {
  let [longest, before] = [0, new Uint16Array(b.length + 1)];
  for (const letter of a) {
    const row = new Uint16Array(b.length + 1);
    for (let j = 1; j <= b.length; j++) {
      if (letter === b[j - 1]) row[j] = before[j - 1]! + 1;
      longest = Math.max(longest, row[j]!);
    }
    before = row;
  }
  return longest;
}

/**
 * The number of insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`
 * (optimal string alignment; Boytsov 2011, section 2.2.2). Time and memory grow with the product of the lengths.
 */
export function editDistance(a: string, b: string): number {
  if (b.length > LONGEST) return Math.max(a.length, b.length);
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, substitution));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
