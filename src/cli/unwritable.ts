import { GateError } from "../model/error.ts";
import type { Files } from "../ports/index.ts";

/** What is open already (`/dev/stdout`, `/dev/fd/63`), whatever lies around it. */
const SYSTEM = /^\/(?:dev|proc)\//;

/** Refuses a file that could not be written once its content is known: what was measured until then would be lost. The folders around it are made. */
export async function refuseUnwritable(
  { listFolder, readTextIfAny, write, remove }: Pick<Files, "listFolder" | "readTextIfAny" | "write" | "remove">,
  file: string,
): Promise<void> {
  if (SYSTEM.test(file)) return;
  if ((await listFolder(file, [])) !== null) throw new GateError("this is a folder", "Name a file in it", { file });
  const probe = `${file}.probe-of-benchgate`;
  try {
    await write(probe, "");
    await remove(probe);
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    // Where no file can be made, one that is there may still be written into: it gets the text that it has.
    const text = await readTextIfAny(file).catch(() => null);
    if (text === null) throw new GateError(error.problem, error.remedy, { file }, error.kind);
    await write(file, text);
  }
}
