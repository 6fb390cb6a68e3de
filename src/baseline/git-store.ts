import { encodeRecording } from "../codec/recording.ts";
import { GateError } from "../model/error.ts";
import type { Warning } from "../model/warning.ts";
import type { Move, NewFile, Ports } from "../ports/index.ts";
import { entryPaths, parseEntry, type StoredEntry, shelfPath } from "./entry.ts";
import { sketched } from "./sketched.ts";
import { admit, type BaselineStore, decodeEntries, entriesOf, notStored, notStoredBecause } from "./store.ts";

/** The part of the world a store in git needs. */
export interface GitStorePorts {
  readonly git: Pick<Ports["git"], "fetchTip" | "list" | "read" | "append" | "without">;
  readonly clock: Pick<Ports["clock"], "sleep">;
  readonly host: Pick<Ports["host"], "random">;
}

/** A branch, or a ref of another kind, that recordings are on. */
export interface GitPlace {
  /** As `Git.fetchTip` takes it: the name of a branch, or a whole ref. */
  readonly name: string;
  /** For people: "branch numbers". */
  readonly words: string;
  /** What to do where it holds what is none of ours. */
  readonly another: string;
  /** What to do where the server does not take it; absent where nothing else is to be done. */
  readonly refused?: string;
}

/** The folder of all recordings: a branch with anything beside it is somebody else's. */
const FOLDER = "runs/";

/** How often a save is tried while others push to the same place, and the bounds of the pause between two tries in seconds. */
const TRIES = 30;
const FIRST_PAUSE = 0.1;
const LONGEST_PAUSE = 10;

/** What servers and git say of a push that was turned away for what it is, not for who asks. */
const TURNED_AWAY = /rejected|declined|hidden ref|refus|prohibit|denied|not allowed|funny refname|rule violation/i;

/** A recording that may be stored, as text. */
interface Admitted {
  readonly entry: StoredEntry;
  readonly text: string;
}

/**
 * Recordings on a history of their own at `origin`, one file each and nothing else. Of several places the first that is there is read and written, else
 * `fresh` is made when it is first needed. One that holds other files is read as far as recordings are on it, and never written: it is code, or somebody
 * else's.
 *
 * Saving is a compare-and-swap: one commit on top of the newest tip, pushed without force; whoever comes second takes the new tip and tries again after a
 * random part of a pause that doubles (full jitter, https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/), so writers at the same time
 * all land.
 */
export function createGitStore(
  { git, clock, host }: GitStorePorts,
  places: readonly GitPlace[],
  fresh: GitPlace,
): BaselineStore {
  let listed: { readonly tip: string; readonly paths: ReadonlySet<string> } | null = null;
  let current = fresh;
  let found: GitPlace | null = null;

  /** The newest commit of the first place that is there; null where none is. A place that was found is asked first from then on. */
  async function newest(): Promise<string | null> {
    const asked = found === null ? places : [found, ...places.filter((place) => place !== found)];
    for (const place of asked) {
      const tip = await git.fetchTip(place.name);
      if (tip === null) continue;
      current = place;
      found = place;
      return tip;
    }
    current = fresh;
    return null;
  }

  const pause = (retry: number) => clock.sleep(host.random() * Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** retry));

  /** The files that are not there yet. The runners of a pool have one run, gate and machine, and each has measured for itself: they are copies. */
  async function missing(
    tip: string | null,
    present: ReadonlySet<string>,
    all: readonly Admitted[],
  ): Promise<NewFile[]> {
    const files: NewFile[] = [];
    for (const { entry, text } of all) {
      for (let copy = 1; ; copy++) {
        const taken = entryPaths(entry, copy).filter((path) => present.has(path));
        if (taken.length === 0) {
          files.push({ path: shelfPath(entry, copy), text });
          break;
        }
        if ((await git.read(tip!, taken)).includes(text)) break;
      }
    }
    return files;
  }

  /** The path of a file that is none of ours. */
  async function strangerAt(tip: string | null, present: Iterable<string>): Promise<string | undefined> {
    const isOther = (path: string): boolean => !path.startsWith(FOLDER);
    const found = [...present].find(isOther);
    return found?.endsWith("/") ? (await git.list(tip!)).find(isOther) : found;
  }

  async function land(all: Parameters<BaselineStore["saveAll"]>[0], message: string): Promise<Warning | null> {
    const added: Admitted[] = [];
    for (const { recording, run } of all) {
      const admitted = admit(recording, run);
      if ("warning" in admitted) return admitted.warning;
      added.push({ entry: admitted.entry, text: encodeRecording(sketched(recording)) });
    }
    try {
      for (let retry = 0; retry < TRIES; retry++) {
        if (retry > 0) await pause(retry);
        const tip = await newest();
        const present = new Set(tip === null ? [] : await git.list(tip, foldersOf(added)));
        const stranger = await strangerAt(tip, present);
        if (stranger !== undefined) return notOurs(current, stranger);
        const files = await missing(tip, present, added);
        if (files.length === 0 || (await git.append(current.name, tip, files, message)) === "landed") return null;
      }
    } catch (error) {
      return withRemedy(notStoredBecause(error), current);
    }
    return notStored(`others pushed to ${current.words} first, ${TRIES} times in a row`);
  }

  return {
    get place() {
      return current.words;
    },

    async list() {
      const tip = await newest();
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

    async remove(entries) {
      for (let retry = 0; retry < TRIES; retry++) {
        if (retry > 0) await pause(retry);
        const tip = await newest();
        const present = new Set(tip === null ? [] : await git.list(tip));
        const gone = new Set(
          entries.flatMap((entry) => entryPaths(entry, entry.copy)).filter((path) => present.has(path)),
        );
        const moves = movesOf([...present].filter((path) => !gone.has(path)));
        if (tip === null || (gone.size === 0 && moves.length === 0)) return 0;
        const stranger = await strangerAt(tip, present);
        if (stranger !== undefined && gone.size === 0) return 0;
        if (stranger !== undefined) throw new GateError(strange(current, stranger), capital(current.another));
        const message = `Remove ${gone.size} recordings${moves.length === 0 ? "" : `, move ${moves.length}`}`;
        if ((await git.without(current.name, tip, [...gone], message, moves)) === "landed") return moves.length;
      }
      throw new GateError(
        `others pushed to ${current.words} first, ${TRIES} times in a row`,
        "Run it again",
        {},
        "measure",
      );
    },

    async save(recording, run) {
      const message = `Record ${recording.revision.sha.slice(0, 12)} (${run.gate}, run ${run.run}, attempt ${run.attempt})`;
      return land([{ recording, run }], message);
    },

    saveAll: async (all) => (all.length === 0 ? null : land(all, `Import ${all.length} recordings`)),
  };
}

/** The root, and the folders that recordings may be in. */
function foldersOf(all: readonly Admitted[]): readonly string[] {
  const own = all.flatMap(({ entry }) => entryPaths(entry).map((path) => path.slice(0, path.lastIndexOf("/") + 1)));
  return [...new Set(["", ...own])];
}

/** What is to go where of the paths of recordings, those left out whose new path is taken, by a file or a folder, or leads through a file. */
function movesOf(paths: readonly string[]): readonly Move[] {
  const files = new Set(paths);
  const folders = new Set(paths.flatMap((path) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))));
  return paths.flatMap((from) => {
    const entry = parseEntry(from);
    const to = entry === null ? from : shelfPath(entry, entry.copy);
    return files.has(to) || folders.has(to) || files.has(to.slice(0, to.lastIndexOf("/"))) ? [] : { from, to };
  });
}

function notOurs(place: GitPlace, path: string): Warning {
  return notStored(`${strange(place, path)}: ${place.another}`);
}

function strange({ words }: GitPlace, path: string): string {
  return `${words} holds other files, such as ${path}, and recordings need a ${words.split(" ")[0]} of their own`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function withRemedy(warning: Warning, { refused }: GitPlace): Warning {
  if (warning.code !== "not-stored" || refused === undefined || !TURNED_AWAY.test(warning.reason)) return warning;
  return notStored(`${warning.reason.replace(/[.\s]+$/, "")}. ${refused}`);
}
