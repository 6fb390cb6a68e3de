import * as nodeModule from "node:module";

/** The variable by which a process is asked to give each benchmark of tinybench little time. */
const ASKED = "BENCHGATE_SHORT_TIMES";

/** What is put behind the address of tinybench, so that both it and its short form can be loaded. */
const MARK = "?benchgate-short";

/** The most that a Bench is given: ms of warm-up and of measurement, and the calls that are made however long they take. */
const MOST = { warmupTime: 25, time: 100, warmupIterations: 2, iterations: 10 } as const;

/** tinybench with a Bench that takes no longer; `address` is that of tinybench itself. */
function shortModule(address: string): string {
  const original = JSON.stringify(address);
  return `export * from ${original};
import { Bench as Own } from ${original};
const MOST = ${JSON.stringify(MOST)};
export class Bench extends Own {
  constructor(options = {}) {
    const short = Object.entries(MOST).map(([name, most]) => [name, Math.min(options[name] ?? most, most)]);
    super({ ...options, ...Object.fromEntries(short) });
  }
}
`;
}

/**
 * Where `env` asks for it, has whoever imports tinybench from here on, such as Vitest, make Benches of short times. Versions of Node without
 * `module.registerHooks` (before 22.15) keep the times as they are written.
 */
export function shortenTimes(env: NodeJS.ProcessEnv): void {
  if (env[ASKED] !== "1" || typeof nodeModule.registerHooks !== "function") return;
  nodeModule.registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const isImported = specifier === "tinybench" && context.conditions.includes("import");
      return isImported ? { ...resolved, url: `${resolved.url}${MARK}`, format: "module" } : resolved;
    },
    load(url, context, next) {
      if (!url.endsWith(MARK)) return next(url, context);
      return { format: "module", shortCircuit: true, source: shortModule(url.slice(0, -MARK.length)) };
    },
  });
}
