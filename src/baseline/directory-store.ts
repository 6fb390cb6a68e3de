import { encodeRecording } from "../codec/recording.ts";
import { GateError } from "../model/error.ts";
import type { Recording } from "../model/recording.ts";
import type { Warning } from "../model/warning.ts";
import type { Files } from "../ports/index.ts";
import { entryPath, entryPaths, type RunIdentity } from "./entry.ts";
import { sketched } from "./sketched.ts";
import { admit, type BaselineStore, decodeEntries, entriesOf, notStoredBecause } from "./store.ts";

/** The part of the world a directory store needs. */
export type DirectoryStoreFiles = Pick<Files, "glob" | "readTextIfAny" | "write" | "remove">;

/**
 * Recordings as files below `folder`, one folder a commit; those laid out as in git are read as well. A folder that does not exist is an empty store.
 *
 * For one writer at a time: two that save the same run at the same moment may overwrite each other, runs of different names never do.
 */
export function createDirectoryStore(files: DirectoryStoreFiles, folder: string): BaselineStore {
  const at = (path: string): string => `${folder.replace(/[\\/]+$/, "")}/${path}`;
  async function save(recording: Recording, run: RunIdentity): Promise<Warning | null> {
    const admitted = admit(recording, run);
    if ("warning" in admitted) return admitted.warning;
    const text = encodeRecording(sketched(recording));
    try {
      for (let copy = 1; ; copy++) {
        const taken = await Promise.all(entryPaths(admitted.entry, copy).map((path) => files.readTextIfAny(at(path))));
        if (taken.includes(text)) return null;
        if (taken.some((other) => other !== null)) continue;
        await files.write(at(entryPath(admitted.entry, copy)), text);
        return null;
      }
    } catch (error) {
      return notStoredBecause(error);
    }
  }

  return {
    place: `folder ${folder}`,

    list: async () => entriesOf(await files.glob(["runs/*/*.json"], folder)),

    async load(entries) {
      const textOf = async (path: string) => {
        try {
          return await files.readTextIfAny(at(path));
        } catch (error) {
          if (error instanceof GateError) return { unreadable: error.problem };
          throw error;
        }
      };
      return decodeEntries(
        await Promise.all(entries.map(async (entry) => ({ entry, text: await textOf(entry.path) }))),
      );
    },

    async remove(entries) {
      for (const path of entries.flatMap((entry) => entryPaths(entry, entry.copy))) await files.remove(at(path));
      return 0;
    },

    save,

    async saveAll(all) {
      for (const { recording, run } of all) {
        const refused = await save(recording, run);
        if (refused !== null) return refused;
      }
      return null;
    },
  };
}
