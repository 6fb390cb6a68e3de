import { encodeRecording } from "../codec/recording.ts";
import { GateError } from "../model/error.ts";
import type { Warning } from "../model/warning.ts";
import type { Ports } from "../ports/index.ts";
import { sketched } from "./sketched.ts";
import { admit, type BaselineStore, decodeEntries, entriesOf, notStored, notStoredBecause } from "./store.ts";

/** The branch that recordings are kept on where the user names none. */
export const BASELINE_BRANCH = "benchgate-baseline";

/** The part of the world a branch store needs. */
export interface BranchStorePorts {
  readonly git: Pick<Ports["git"], "fetchTip" | "list" | "read" | "append">;
  readonly clock: Pick<Ports["clock"], "sleep">;
  readonly host: Pick<Ports["host"], "random">;
}

/** The folder of all recordings: a branch with anything beside it is somebody else's. */
const FOLDER = "runs/";

/** How often a save is tried while others push to the branch, and the bounds of the pause between two tries in seconds. */
const TRIES = 30;
const FIRST_PAUSE = 0.1;
const LONGEST_PAUSE = 10;

/**
 * Recordings on an orphan branch of `origin`, one file each and nothing else. A branch that holds other files is read as far as recordings
 * are on it, and never written: it is code, or somebody else's.
 *
 * Saving is a compare-and-swap: one commit on top of the newest tip, pushed without force; whoever comes second takes the new
 * tip and tries again after a random part of a pause that doubles (full jitter,
 * https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so writers at the same time all land.
 */
export function createBranchStore(ports: BranchStorePorts, branch = BASELINE_BRANCH): BaselineStore {
  const { git, clock, host } = ports;
  let listed: { readonly tip: string; readonly paths: ReadonlySet<string> } | null = null;
  return {
    place: `branch ${branch}`,

    async list() {
      const tip = await git.fetchTip(branch);
      const paths = tip === null ? [] : await git.list(tip);
      listed = tip === null ? null : { tip, paths: new Set(paths) };
      return entriesOf(paths);
    },

    async load(entries) {
      const paths = entries.map((entry) => entry.path).filter((path) => listed?.paths.has(path));
      const read = listed === null || paths.length === 0 ? [] : await git.read(listed.tip, paths);
      const texts = new Map(paths.map((path, index) => [path, read[index]]));
      return decodeEntries(entries.map((entry) => ({ entry, text: texts.get(entry.path) ?? null })));
    },

    async save(recording, run) {
      const admitted = admit(recording, run);
      if ("warning" in admitted) return admitted.warning;
      const file = { path: admitted.entry.path, text: encodeRecording(sketched(recording)) };
      const message = `Record ${recording.revision.sha.slice(0, 12)} (${run.gate}, run ${run.run}, attempt ${run.attempt})`;
      try {
        for (let retry = 0; retry < TRIES; retry++) {
          if (retry > 0) await clock.sleep(host.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** retry));
          const tip = await git.fetchTip(branch);
          const stranger = tip === null ? undefined : (await git.list(tip)).find((path) => !path.startsWith(FOLDER));
          if (stranger !== undefined) return notOurs(branch, stranger);
          if ((await git.append(branch, tip, file, message)) === "landed") return null;
        }
      } catch (error) {
        return notStoredBecause(error);
      }
      return notStored(`others pushed to branch ${branch} first, ${TRIES} times in a row`);
    },
  };
}

/** A branch name in the characters that need no second thought in a refspec. Throws a `GateError` on any other. */
export function branchName(word: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(word) && !/\.\.|\/\/|\.lock$|[./]$/.test(word)) return word;
  throw new GateError(
    `${JSON.stringify(word)} is not a branch name`,
    `Write one such as ${BASELINE_BRANCH}, without refs/heads/`,
  );
}

function notOurs(branch: string, path: string): Warning {
  const reason = `branch ${branch} holds other files, such as ${path}, and recordings need a branch of their own`;
  return notStored(`${reason}: name another \`baseline-branch\``);
}
