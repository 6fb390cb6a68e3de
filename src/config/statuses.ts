import { GateError } from "../model/error.ts";
import { nearest } from "../model/nearest.ts";
import { GRPC_CODES, HTTP_STATUSES, type StatusRange } from "../model/status.ts";
import { quote } from "./scalars.ts";

const EXAMPLE = "Write it like 200-399, 404";
const SHAPE = /^(\d{1,3})(?:\s*-\s*(\d{1,3}))?$/;

/**
 * Statuses as people write them: numbers, ranges and codes of gRPC by their names, separated by commas or in a list (`200-399, 404`, `OK, NotFound`).
 * Throws a `GateError` for what is none.
 */
export function statuses(value: unknown): readonly StatusRange[] {
  const words = (Array.isArray(value) ? value : [value]).flatMap((each) => String(each ?? "").split(","));
  const written = words.map((word) => word.trim()).filter((word) => word !== "");
  if (written.length === 0) throw new GateError("No status is named", EXAMPLE);
  return written.map(rangeOf);
}

function rangeOf(word: string): StatusRange {
  const code = (GRPC_CODES as readonly string[]).indexOf(word);
  if (code >= 0) return { from: code, to: code };
  const [, first, second = first] = SHAPE.exec(word) ?? [];
  if (first === undefined) {
    const near = nearest(word, GRPC_CODES);
    throw new GateError(`${quote(word)} is not a status`, near === null ? EXAMPLE : `Did you mean ${quote(near)}?`);
  }
  const [from, to] = [Number(first), Number(second)];
  if (to < from) throw new GateError(`${quote(word)} ends before it begins`, `Write ${to}-${from}`);
  const isGrpc = to < GRPC_CODES.length;
  if (!isGrpc && from < HTTP_STATUSES.from) {
    const known = `those of HTTP are ${HTTP_STATUSES.from} to ${HTTP_STATUSES.to}, the codes of gRPC 0 to ${GRPC_CODES.length - 1}`;
    throw new GateError(`${quote(word)} is not a status: ${known}`, EXAMPLE);
  }
  return { from, to };
}

/** The pattern of well-written statuses, for editors that read the JSON schema. */
export const STATUSES_PATTERN = (() => {
  const one = `(?:\\d{1,3}(?:\\s*-\\s*\\d{1,3})?|${GRPC_CODES.join("|")})`;
  return `^\\s*${one}(?:\\s*,\\s*${one})*\\s*$`;
})();
