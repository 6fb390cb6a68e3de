/** What a recorded run touched, as the recorder noted it: absolute paths. */
export interface Notes {
  readonly loaded: readonly string[];
  readonly touched: readonly string[];
  readonly listed: readonly string[];
  /** Why nothing can be said of the run; empty where there is nothing of the kind. */
  readonly refusals: readonly string[];
}

/** Reads the recorder's lines. The program could write there too: a line that is none of the recorder's is a refusal. */
export function readNotes(text: string): Notes {
  const kinds = { load: [] as string[], touch: [] as string[], list: [] as string[], refuse: [] as string[] };
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const note = noteOf(line);
    if (note === null) kinds.refuse.push("leaves notes that cannot be read");
    else kinds[note.kind].push(note.what);
  }
  return { loaded: kinds.load, touched: kinds.touch, listed: kinds.list, refusals: kinds.refuse };
}

function noteOf(line: string): { readonly kind: "load" | "touch" | "list" | "refuse"; readonly what: string } | null {
  try {
    const [kind, what, ...more]: readonly unknown[] = JSON.parse(line);
    const known = kind === "load" || kind === "touch" || kind === "list" || kind === "refuse";
    return known && typeof what === "string" && more.length === 0 ? { kind, what } : null;
  } catch {
    return null;
  }
}
