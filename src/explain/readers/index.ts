import { GateError } from "../../model/error.ts";
import type { Profile } from "../profile.ts";
import { collapsed } from "./collapsed.ts";
import { pprof } from "./pprof.ts";
import { pstats } from "./pstats.ts";
import type { ProfileReader } from "./reader.ts";
import { speedscope } from "./speedscope.ts";
import { v8Cpu, v8Heap } from "./v8.ts";

/** Every form of profiles that is read. A new one is a file beside this and a row. */
const PROFILE_READERS: readonly ProfileReader[] = [v8Cpu, v8Heap, speedscope, pstats, collapsed, pprof];

/** The profile that bytes hold, in whichever form, unpacked. Throws a `GateError` that names the forms. */
export function readProfile(bytes: Uint8Array, file: string): Profile {
  const reader = PROFILE_READERS.find(({ fits }) => fits(bytes));
  const forms = PROFILE_READERS.map(({ name }) => name).join(", ");
  if (reader === undefined) {
    throw new GateError("this is not a profile that Benchgate reads", `Forms that it reads: ${forms}`, { file });
  }
  try {
    return reader.read(bytes);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new GateError(`this is not a sound ${reader.name} (${error.message})`, "Make it again", { file });
  }
}
