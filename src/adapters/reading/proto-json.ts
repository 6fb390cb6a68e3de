import { parseDuration } from "./duration.ts";
import { mistake, readPositive } from "./json.ts";

/** A number as protocol buffers write it in JSON: a text where it has 64 bits (https://protobuf.dev/programming-guides/json/). */
export function readProtoNumber(value: unknown, path: string): number {
  return readPositive(typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value, path);
}

/** Seconds from a duration as protocol buffers write it in JSON: `0.000180007s`. */
export function readProtoDuration(value: unknown, path: string): number {
  const parsed = typeof value === "string" && /\ds$/.test(value) ? parseDuration(value) : null;
  return parsed === null ? mistake("a duration such as 0.002s", value, path) : parsed.seconds;
}
