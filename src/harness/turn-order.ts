import type { Phase } from "./messages.ts";

/** Where a side stands, as far as taking turns goes. */
export interface Standing {
  /** Whether it still takes part. */
  readonly alive: boolean;
  /** The step that it has come to; null while its module loads. */
  readonly step: Step | null;
  /** The benchmarks it will come to; null until it knows. */
  readonly tasks: readonly string[] | null;
  /** The steps that it has come to so far, the present one included. */
  readonly seen: ReadonlySet<string>;
}

/** A phase of a benchmark. */
export interface Step {
  readonly phase: Phase;
  readonly task: string;
}

/** A step as a key. */
export function stepKey({ phase, task }: Step): string {
  return `${phase} ${task}`;
}

/**
 * Which sides may go on, so that all are on the same benchmark at the same time: who has come to a step that another side is still to come
 * to waits for it. They load one after the other, the leader first, so that what is wrong with a module is found before it costs more than
 * that. Where everybody would wait for somebody (the sides have the benchmarks in different orders), nobody does.
 */
export function mayGoOn(sides: readonly Standing[], leader = 0): boolean[] {
  const first = [...sides].sort((a, b) => Number(b === sides[leader]) - Number(a === sides[leader])).find(isLoading);
  const waits = (side: Standing) =>
    isLoading(side) ? side !== first : sides.some((other) => other !== side && other.alive && awaits(side, other));
  const free = sides.map((side) => side.alive && !waits(side));
  return free.some(Boolean) ? free : sides.map(({ alive }) => alive);
}

/** Whether a side's module loads, and has come to no benchmark: one that runs itself comes to its benchmarks while it loads. */
function isLoading({ alive, tasks, step }: Standing): boolean {
  return alive && tasks === null && step === null;
}

/** Whether a side is in a step that every other side has been in and left. */
export function isLast(sides: readonly Standing[], side: Standing): boolean {
  const { step } = side;
  if (step === null || sides.length < 2) return false;
  const key = stepKey(step);
  const left = (other: Standing) =>
    other.seen.has(key) && !(other.alive && other.step !== null && stepKey(other.step) === key);
  return sides.every((other) => other === side || left(other));
}

function awaits({ step }: Standing, other: Standing): boolean {
  if (step === null || other.seen.has(stepKey(step))) return false;
  return other.tasks === null || other.tasks.includes(step.task);
}

/** The order in which sides take slices: there and back again (A B B A), so that a drift meets all of them alike. */
export class Rota {
  readonly #cycle: readonly number[];
  #at = -1;

  constructor(sides: number) {
    const order = Array.from({ length: sides }, (_, index) => index);
    this.#cycle = [...order, ...order.toReversed()];
  }

  /** The side whose turn it is now among those that may take one; null where none may. */
  next(may: readonly boolean[]): number | null {
    for (let step = 1; step <= this.#cycle.length; step++) {
      const side = this.#cycle[(this.#at + step) % this.#cycle.length]!;
      if (!may[side]) continue;
      this.#at = (this.#at + step) % this.#cycle.length;
      return side;
    }
    return null;
  }
}
