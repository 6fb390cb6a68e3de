import { GateError } from "../model/error.ts";
import type { Files } from "../ports/index.ts";

/** What is open already (`/dev/stdout`, `/dev/fd/63`), whatever lies around it. */
const SYSTEM = /^\/(?:dev|proc)\//;

/** Refuses a file that could not be written once its content is known: what was measured until then would be lost. The folders around it are made. */
export async function refuseUnwritable(
  { listFolder, open, write, remove }: Pick<Files, "listFolder" | "open" | "write" | "remove">,
  file: string,
): Promise<void> {
  if (SYSTEM.test(file)) return;
  if ((await listFolder(file, [])) !== null) throw new GateError("this is a folder", "Name a file in it", { file });
  // What is there already can be written to, or is replaced; a pipe is not opened for this.
  const present = await open(file).catch(() => null);
  if (present !== null) return;
  const probe = `${file}.probe-of-benchgate`;
  try {
    await write(probe, "");
    await remove(probe);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    throw new GateError(error.problem, error.remedy, { file }, error.kind);
  }
}
