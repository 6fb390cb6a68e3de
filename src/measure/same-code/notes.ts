/** What a recorded run touched, as the recorder noted it: absolute paths. */
export interface Notes {
  readonly loaded: readonly string[];
  readonly touched: readonly string[];
  /** What it asked about more than whether it is there. */
  readonly asked: readonly string[];
  readonly listed: readonly string[];
  /** Why nothing can be said of the run; empty where there is nothing of the kind. */
  readonly refusals: readonly string[];
}

/** Reads the recorder's lines. The program could write there too: a line that is none of the recorder's is a refusal. */
export function readNotes(text: string): Notes {
  const kinds: Readonly<Record<Kind, string[]>> = { load: [], touch: [], ask: [], list: [], refuse: [] };
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const note = noteOf(line);
    if (note === null) kinds.refuse.push("leaves notes that cannot be read");
    else kinds[note.kind].push(note.what);
  }
  return {
    loaded: kinds.load,
    touched: kinds.touch,
    asked: kinds.ask,
    listed: kinds.list,
    refusals: kinds.refuse,
  };
}

const KINDS = ["load", "touch", "ask", "list", "refuse"] as const;
type Kind = (typeof KINDS)[number];

function noteOf(line: string): { readonly kind: Kind; readonly what: string } | null {
  try {
    const [kind, what, ...more]: readonly unknown[] = JSON.parse(line);
    const known = KINDS.find((each) => each === kind);
    return known !== undefined && typeof what === "string" && more.length === 0 ? { kind: known, what } : null;
  } catch {
    return null;
  }
}
