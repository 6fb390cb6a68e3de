import type { GitCallOptions, GitCommand, GitResult } from "./command.ts";
import { gitError, unknownCaller } from "./errors.ts";
import { type Patience, persistent } from "./patience.ts";

/** A remote, by one or more ways to it. */
export interface Asking {
  /** One try; the next way is taken where the remote does not know who asks. */
  once(args: readonly string[], options?: GitCallOptions): Promise<GitResult>;
  /** As often as it fails in passing: for what may be done twice. */
  attempt(args: readonly string[], options?: GitCallOptions): Promise<GitResult>;
  /** As `attempt`; throws `GateError` where it fails. */
  output(args: readonly string[], options?: GitCallOptions): Promise<Buffer>;
}

/** The remote that each of the commands reaches in its own way. */
export function createAsking(ways: readonly GitCommand[], patience: Patience): Asking {
  let known = 0;
  async function once(args: readonly string[], options?: GitCallOptions): Promise<GitResult> {
    for (let way = known; ; way++) {
      const result = await ways[way]!.ended(args, options);
      if (result.code === 0) known = way;
      if (result.code === 0 || way + 1 === ways.length || !unknownCaller(result.stderr)) return result;
    }
  }
  const attempt: Asking["attempt"] = (args, options) => persistent(patience, () => once(args, options));
  return {
    once,
    attempt,
    async output(args, options) {
      const result = await attempt(args, options);
      if (result.code !== 0) throw gitError(args, result);
      return result.stdout;
    },
  };
}
