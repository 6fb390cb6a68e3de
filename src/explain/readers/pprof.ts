import { Profile as Pprof } from "pprof-format";
import { type Frame, type Profile, ProfileBuilder } from "../profile.ts";
import { nativeFrame } from "./collapsed.ts";
import type { ProfileReader } from "./reader.ts";

/** Units of pprof in ours. */
const UNITS: Readonly<Record<string, readonly [unit: Profile["unit"], factor: number]>> = {
  nanoseconds: ["s", 1e-9],
  microseconds: ["s", 1e-6],
  milliseconds: ["s", 1e-3],
  seconds: ["s", 1],
  bytes: ["B", 1],
};

/** The values of a sample that say most, by their type: a profile of the CPU has counts beside its time, one of the heap what was freed beside what is held. */
const TYPES = ["cpu", "alloc_space", "inuse_space", "samples", "alloc_objects", "delay", "contentions"];

/** Profiles of pprof (Go, py-spy, pprof-rs, gperftools, …): https://github.com/google/pprof/blob/main/proto/profile.proto. What was in gzip is unpacked already. */
export const pprof: ProfileReader = {
  name: "pprof",
  // Writers put the fields in any order: what decodes, and has a string table that begins with an empty string, is one.
  fits: (bytes) => attempt(bytes) !== null,
  read: (bytes) => readPprof(Pprof.decode(bytes)),
};

function attempt(bytes: Uint8Array): Pprof | null {
  try {
    const decoded = Pprof.decode(bytes);
    return decoded.sampleType.length > 0 && decoded.stringTable.strings[0] === "" && decoded.sample.length > 0
      ? decoded
      : null;
  } catch {
    return null;
  }
}

function readPprof({ stringTable, sampleType, location, function: functions, sample }: Pprof): Profile {
  const text = (index: number | bigint) => stringTable.strings[Number(index)] ?? "";
  const types = sampleType.map(({ type, unit }) => ({ type: text(type), unit: text(unit) }));
  const best = TYPES.map((wanted) => types.findIndex(({ type }) => type === wanted)).find((at) => at >= 0);
  const value = best ?? types.length - 1;
  const [unit, factor] = UNITS[types[value]?.unit ?? ""] ?? ["1", 1];
  const byId = new Map(functions.map((each) => [Number(each.id), each]));
  // Inlined functions share an address: the innermost comes first.
  const places = new Map(
    location.map(({ id, line }): [number, { readonly frames: readonly Frame[]; readonly line: number | null }] => [
      Number(id),
      {
        frames: line.toReversed().flatMap(({ functionId }): Frame[] => {
          const found = byId.get(Number(functionId));
          if (found === undefined) return [];
          const start = Number(found.startLine);
          return [nativeFrame(text(found.name), text(found.filename) || null, start > 0 ? start : null)];
        }),
        line: line.length === 0 ? null : Number(line[0]!.line),
      },
    ]),
  );
  const builder = new ProfileBuilder();
  for (const { locationId, value: values } of sample) {
    const stack = locationId.toReversed().flatMap((id) => places.get(Number(id))?.frames ?? []);
    const leaf = locationId[0] === undefined ? null : (places.get(Number(locationId[0]))?.line ?? null);
    builder.stack(stack, Number(values[value] ?? 0) * factor, leaf);
  }
  return builder.profile(unit);
}
