import { setFlagsFromString } from "node:v8";

const FLAG = "--hash-seed=";

/** Seeds are whole numbers from 1 to this; V8 takes 0 for "any". */
const MOST = 2 ** 31 - 1;

/**
 * The arguments that have V8 hash strings by a seed, drawn anew for each round and the same on all of its sides. By itself each process draws a seed of its
 * own, and keeps the luck that it has with it: which keys of a map or an object collide, where they lie. That sets two processes of the same code apart by
 * several per cent for as long as they live, and no number of slices takes it away. None where a side caches what it compiles: V8 would compile it
 * anew, and cache it once more, for each seed.
 *
 * @param random uniform in [0, 1).
 */
export function hashSeedFlags(envs: readonly NodeJS.ProcessEnv[], random: () => number): readonly string[] {
  return envs.some(({ NODE_COMPILE_CACHE: cache }) => cache) ? [] : [`${FLAG}${1 + Math.floor(random() * MOST)}`];
}

/**
 * Takes that argument out of a process's own, which what the module starts would inherit and threads of its own making refuse, and out of the flags that
 * V8 knows compiled code by. The process keeps its seed.
 *
 * Note: what came before us (`--import` in NODE_OPTIONS) and each thread still find it in `process.execArgv`, where Node lets nobody take it out. A thread
 * that they start with that list as its own is refused.
 */
export function forgetHashSeed(execArgv: string[]): void {
  const at = execArgv.findIndex((argument) => argument.startsWith(FLAG));
  if (at < 0) return;
  execArgv.splice(at, 1);
  setFlagsFromString(`${FLAG}0`);
}
