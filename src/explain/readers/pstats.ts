import { type Frame, ProfileBuilder } from "../profile.ts";
import { nativeFrame } from "./collapsed.ts";
import { type PythonDict, type PythonValue, unmarshal } from "./marshal.ts";
import type { ProfileReader } from "./reader.ts";

/**
 * Profiles of Python's `cProfile`. They hold no stacks, only who called whom: each function stands below each of its callers, with the time that it took
 * itself for that one.
 *
 * Source: https://docs.python.org/3/library/profile.html, https://github.com/python/cpython/blob/3.13/Lib/pstats.py:
 * (file, line, name) → (primitive calls, calls, own time, cumulative time, {caller: (…)}).
 */
export const pstats: ProfileReader = {
  name: "pstats",
  // A dict, whose first key is a tuple.
  fits: ([first = 0, second = 0]) => (first & 0x7f) === 0x7b && [0x28, 0x29].includes(second & 0x7f),
  read: (bytes) => {
    const builder = new ProfileBuilder();
    for (const [key, stats] of dict(unmarshal(bytes)).entries) {
      const frame = frameOf(key);
      const [, , own, , callers] = list(stats);
      const from = callers === null ? [] : dict(callers!).entries;
      let left = Number(own);
      for (const [caller, spent] of from) {
        const seen = Number(list(spent)[2]);
        left -= seen;
        builder.stack([frameOf(caller), frame], seen);
      }
      // What nobody called, or what was taken before the profiler looked.
      if (from.length === 0 || left > 1e-9) builder.stack([frame], Math.max(0, left));
    }
    return builder.profile("s");
  },
};

function frameOf(key: PythonValue): Frame {
  const [file, line, name] = list(key);
  return nativeFrame(String(name), String(file), Number(line) > 0 ? Number(line) : null);
}

function list(value: PythonValue | undefined): readonly PythonValue[] {
  if (Array.isArray(value)) return value;
  throw new Error("it is not a profile of cProfile");
}

function dict(value: PythonValue): PythonDict {
  if (typeof value === "object" && value !== null && "entries" in value && typeof value.entries !== "function") {
    return value as PythonDict;
  }
  throw new Error("it is not a profile of cProfile");
}
