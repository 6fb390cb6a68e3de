/** A value of JSON-RPC that names a request. */
export type Id = string | number;

/** A message of JSON-RPC 2.0: a request where it has an `id`, else a notification. */
export interface Message {
  readonly id: Id | null;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** The codes of JSON-RPC 2.0 that are used here. */
export const CODES = { unreadable: -32700, unsound: -32600, unknownMethod: -32601, wrongParameters: -32602 } as const;

/** A message that is refused by itself: no tool was asked. */
export class RefusedError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** A line as a message; null for an answer to something that nobody here asked. Throws a `RefusedError`. */
export function parseMessage(line: string): Message | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw new RefusedError(CODES.unreadable, "this line is not JSON");
  }
  const { id, method, params } = recordOf(value);
  if (method === undefined && (id !== undefined || Array.isArray(value))) {
    if (Array.isArray(value)) throw new RefusedError(CODES.unsound, "send each message on a line of its own");
    return null;
  }
  if (typeof method !== "string") throw new RefusedError(CODES.unsound, "this is not a message of JSON-RPC");
  return { id: typeof id === "string" || typeof id === "number" ? id : null, method, params: recordOf(params) };
}

/** A value as an object: an empty one where it is none. */
export function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}

/** The lines of a stream of bytes, without the empty ones. Throws a `RefusedError` on one that is too long to be a message. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const piece of pieces) {
    const lines = (rest + decoder.decode(piece, { stream: true })).split("\n");
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) throw new RefusedError(CODES.unsound, "this line is too long to be a message");
    for (const line of lines) if (line.trim() !== "") yield line;
  }
  if (rest.trim() !== "") yield rest;
}

const LONGEST_LINE = 2 ** 24;
