import { type Profile, ProfileBuilder } from "../profile.ts";
import { nativeFrame } from "./collapsed.ts";
import { fileOf, jsonOf, type ProfileReader } from "./reader.ts";

/** https://github.com/jlfwong/speedscope/blob/main/src/lib/file-format-spec.ts */
interface Speedscope {
  readonly shared: {
    readonly frames: readonly { readonly name: string; readonly file?: string; readonly line?: number }[];
  };
  readonly profiles: readonly (
    | {
        readonly type: "sampled";
        readonly unit: string;
        readonly samples: readonly (readonly number[])[];
        readonly weights: readonly number[];
      }
    | {
        readonly type: "evented";
        readonly unit: string;
        readonly events: readonly { readonly type: "O" | "C"; readonly frame: number; readonly at: number }[];
      }
  )[];
}

/** What a unit is in ours. */
const UNITS: Readonly<Record<string, readonly [unit: Profile["unit"], factor: number]>> = {
  nanoseconds: ["s", 1e-9],
  microseconds: ["s", 1e-6],
  milliseconds: ["s", 1e-3],
  seconds: ["s", 1],
  bytes: ["B", 1],
  none: ["1", 1],
};

/** Files of speedscope (py-spy, rbspy, pyinstrument, dotnet-trace, …), all their threads together. */
export const speedscope: ProfileReader = {
  name: "speedscope",
  fits: (bytes) => {
    const value = jsonOf(bytes);
    return value !== null && "shared" in value && Array.isArray(value.profiles);
  },
  read: (bytes) => readSpeedscope(jsonOf(bytes) as unknown as Speedscope),
};

function readSpeedscope({ shared, profiles }: Speedscope): Profile {
  const [unit, factor] = UNITS[profiles[0]?.unit ?? "none"] ?? ["1", 1];
  const builder = new ProfileBuilder();
  const frames = shared.frames.map(({ name, file }) => nativeFrame(name, fileOf(file)));
  const lines = shared.frames.map(({ line }) => line ?? null);
  const add = (stack: readonly number[], weight: number) => {
    const known = stack.flatMap((at) => frames[at] ?? []);
    builder.stack(known, weight * factor, lines[stack.at(-1) ?? -1]);
  };
  for (const profile of profiles) {
    if (profile.type === "sampled") {
      for (const [index, stack] of profile.samples.entries()) add(stack, profile.weights[index] ?? 0);
      continue;
    }
    const open: number[] = [];
    let last = profile.events[0]?.at ?? 0;
    for (const { type, frame, at } of profile.events) {
      if (at > last) add(open, at - last);
      last = at;
      if (type === "O") open.push(frame);
      else open.pop();
    }
  }
  return builder.profile(unit);
}
