import type { Explanation, FlameTree } from "../../src/model/explanation.ts";

/** A call tree of so many frames, three callees each, in which every seventh function takes more. */
export function flameTree(frames: number): FlameTree {
  const names = Math.min(2_000, frames);
  return {
    frames: Array.from({ length: names }, (_, index) =>
      index === 0
        ? { name: "all", file: null, line: null }
        : { name: `function${index}`, file: `src/f${index % 50}.js`, line: index },
    ),
    nodes: Array.from({ length: frames }, (_, index) => {
      const frame = index === 0 ? 0 : 1 + (index % (names - 1));
      return [frame, index === 0 ? -1 : Math.floor((index - 1) / 3), 1e-6, frame % 7 === 0 ? 3e-6 : 1e-6] as const;
    }),
  };
}

/** parser/json explained, with a call tree of so many frames. */
export function flameExample(frames: number): Explanation {
  return {
    ...{ kind: "profiled", suite: "parser", benchmark: "json", seconds: 6.2, unit: "s", per: "operation", rounds: 5 },
    ...{ waits: false, inlining: false, culprits: [], flame: flameTree(frames) },
  };
}
