import { addressSettings, STORES, type StoreWord } from "../baseline/index.ts";
import * as config from "../config/inputs.ts";
import { oneOf } from "../config/settings.ts";
import { GateError } from "../model/error.ts";
import type { Values } from "../model/setting.ts";

const places = STORES.map(({ where }) => where);

/** The inputs that say where baselines are kept. */
const STORE_INPUTS = {
  "baseline-store": {
    type: oneOf<StoreWord>(STORES.map(({ kind }) => kind)),
    default: STORES[0].kind,
    about: `Where baselines are kept, ${places.slice(0, -1).join(", ")} or ${places.at(-1)}.`,
  },
  ...addressSettings(({ type, default: standard, input }) => ({ type, default: standard, about: input })),
};

/** Every input of the action, in the order of action.yml. */
export const INPUTS = config.inputTable(STORE_INPUTS);

/** The inputs of the action, read and checked. Durations in seconds, shares of one. */
export type Inputs = Values<typeof INPUTS>;

/** Reads all inputs through `get`, which gives the empty text for an absent one. Throws a `GateError` that names the input. */
export function readInputs(get: (name: string) => string): Inputs {
  return config.readInputs(INPUTS, get);
}

/** What a job that may measure nothing cannot be: others judge what it leaves, or it compares with another revision than the queue's. */
const WITHOUT_REUSE = ["fan-in", "shard", "pool", "base"] as const satisfies readonly (keyof Inputs)[];

/** Refuses `reuse` where there is no check run to carry the verdict, or a job must measure. */
export function refuseReuse(inputs: Inputs): void {
  if (!inputs.reuse) return;
  const position = { path: "input reuse" };
  if (!inputs.check) {
    throw new GateError(
      "reuse requires check: true: the check run carries the verdict",
      "Set it, or remove reuse",
      position,
    );
  }
  const unfit = WITHOUT_REUSE.find((name) => inputs[name] !== null);
  if (unfit === undefined) return;
  throw new GateError(
    `reuse cannot be combined with ${unfit}: what such a job measures is not a verdict of its own`,
    "Remove either",
    position,
  );
}

/** Refuses inputs that do not exist, by the names of the variables that the runner made of them. */
export function refuseUnknownInputs(variables: readonly string[]): void {
  config.refuseUnknownInputs(Object.keys(INPUTS), variables);
}
