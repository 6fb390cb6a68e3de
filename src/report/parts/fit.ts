/** A part of a report that can show fewer of its rows and count the rest. */
export interface Block {
  /** How many rows it has. */
  readonly rows: number;
  /** The order in which blocks get room: the lowest first. */
  readonly rank: number;
  /** The text with the first `shown` rows, and a count of the others; empty text leaves the block out. */
  readonly render: (shown: number) => string;
}

const SEPARATOR = "\n\n";

/**
 * The blocks, in order, as one text of at most `limit` by `measure`. Where all rows do not fit, blocks of the highest ranks
 * give up theirs first; a row is shown whole or counted.
 *
 * @param measure the size of a text; that of two texts together must be the sum of theirs, as characters and bytes are.
 */
export function fitBlocks(blocks: readonly Block[], limit: number, measure: (text: string) => number): string {
  const size = (text: string) => (text === "" ? 0 : measure(text) + measure(SEPARATOR));
  const total = (texts: readonly string[]) => texts.reduce((sum, text) => sum + size(text), 0);
  const all = blocks.map(({ rows, render }) => render(rows));
  if (total(all) <= limit) return joined(all);
  const texts = blocks.map(({ render }) => render(0));
  const order = blocks.map((_, index) => index).sort((a, b) => blocks[a]!.rank - blocks[b]!.rank);
  for (const index of order) {
    const { rows, render } = blocks[index]!;
    const room = limit - total(texts.with(index, ""));
    texts[index] = render(mostThat((count) => size(render(count)) <= room, rows));
  }
  return joined(texts);
}

function joined(texts: readonly string[]): string {
  return `${texts.filter((text) => text !== "").join(SEPARATOR)}\n`;
}

/** The largest count up to `most` that `holds`, by bisection; 0 where none does. */
function mostThat(holds: (count: number) => boolean, most: number): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
