/** Keeps a query in the address, so that a reload and a link show the same, without a step in the browser's history for every letter. */
export function remember(query: string): void {
  try {
    history.replaceState(null, "", `#${query}`);
  } catch {
    // Sandboxed frames may not have an address of their own: then what is shown lasts as long as the page.
  }
}
