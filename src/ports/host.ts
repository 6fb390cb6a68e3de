import type { Environment } from "../model/environment.ts";

/** How the machine is doing at a moment. Null where the system does not tell. */
export interface Vitals {
  /** Time of all cores since the machine started, and what of it others were given, in the same unit. */
  readonly cpu: { readonly steal: number; readonly total: number } | null;
  /** Processes that run or wait, averaged over the last minute. */
  readonly load: number | null;
  /** How often a core was slowed down for heat since the machine started. */
  readonly throttled: number | null;
}

/** The machine, and where Benchgate lies on it. */
export interface Host {
  environment(): Promise<Environment>;
  /** The seconds that a fixed piece of work takes now. */
  canary?(): number;
  vitals?(): Vitals;
  /** Uniform in [0, 1): for jitter and seeds, never for statistics. */
  random(): number;
  /** A variable of the environment as the repository's own commands see it, so never a token; absent: there are none. */
  variable?(name: string): string | undefined;
  /** The folder where commands run. */
  readonly cwd: string;
  /** The file of Benchgate's own tinybench harness. */
  readonly harness: string;
  /** How a Node program is profiled as it is; absent: it is not. */
  readonly preload?: {
    /** The address of the module that Node is to load first. */
    readonly url: string;
    /** NODE_OPTIONS as they are without it. */
    readonly options: string;
  };
  /** The file that has a Node program note what it touches, if it is loaded first; absent: nothing does. */
  readonly recorder?: string;
}
