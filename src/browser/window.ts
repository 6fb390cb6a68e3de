/** The rows that are in the document: from `first` up to, but without, `end`. */
export interface Window {
  readonly first: number;
  readonly end: number;
}

/** Rows beyond both edges of what is seen: for readers that walk the table row by row, and for fast scrolling. */
const MARGIN = 12;
/** Windows begin at multiples of this, so that few scroll events make a new one. */
const STEP = 8;

/** The window for a scroll position; all lengths in pixels. */
export function windowAt(top: number, height: number, rowHeight: number, rows: number): Window {
  const first = Math.floor((top / rowHeight - MARGIN) / STEP) * STEP;
  const end = Math.ceil(((top + height) / rowHeight + MARGIN) / STEP) * STEP;
  return { first: Math.max(0, Math.min(first, rows)), end: Math.max(0, Math.min(end, rows)) };
}
