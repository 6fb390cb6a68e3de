/** One side of a module that is measured in lockstep. */
export interface SidePlan {
  /** The side's tree. */
  readonly cwd: string;
  /** Beside the conductor's own environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Seconds that the side may have the turn. */
  readonly timeLimit: number;
}

/** What the harness's conductor is asked to do: JSON on its stdin. */
export interface LockstepPlan {
  readonly module: string;
  /** In the order in which they begin. */
  readonly sides: readonly SidePlan[];
  /** The side whose module loads first; where that is no benchmark, the others are not begun. Absent: the first. */
  readonly leader?: number;
  /** How long a side goes on before it is another's turn, in ms; absent: what was measured to be best. */
  readonly slice?: number;
  /** Whether all sides are bound to one CPU where the system can; absent: they are. */
  readonly pin?: boolean;
  /** Whether sides that are on the same benchmark go on side by side, on CPUs of their own, in place of taking turns: for what is not timed. Absent, or where there are not as many CPUs: they take turns. */
  readonly atOnce?: boolean;
}

/** What the conductor says on stderr, behind a `StepMark`, whenever a benchmark begins on the side that leads. */
export interface LockstepStep {
  readonly name: string;
  /** Whether it warms up first; nothing of that is timed. */
  readonly warmsUp: boolean;
  /** The how manieth of the module's it is, from 1, and how many there are. */
  readonly at: number;
  readonly of: number;
}

/** What such a line begins with. */
export type StepMark = "benchgate-step ";

/** How a side ended. */
export interface SideEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The last lines of what it printed. */
  readonly output: string;
  /** How long it had the turn. */
  readonly seconds: number;
}

/** What the conductor prints as JSON once all sides have ended. */
export interface LockstepReport {
  /** The CPU that all sides were bound to; null: none. */
  readonly cpu: number | null;
  /** In the order of the plan. */
  readonly sides: readonly SideEnd[];
}
