import type { Processes, RunningService, Usage } from "../../src/ports/index.ts";

type Spec = Parameters<Processes["start"]>[0];
type End = Awaited<RunningService["exited"]>;

/** A service of a test: what it says and takes, and when it ends by itself. */
export interface FakeService {
  readonly tail?: string;
  /** Answers to `usage`, one after the other. */
  readonly usages?: readonly (Usage | null)[];
  /** Whether it says that it listens on its ports. */
  readonly listens?: boolean | null;
  /** Ends at once, so. */
  readonly ends?: End;
}

/** Services that run nothing; `events` tells of each start and stop, by port. */
export function fakeServices(answer: (spec: Spec, index: number) => FakeService | Promise<FakeService> = () => ({})) {
  const specs: Spec[] = [];
  const events: string[] = [];
  const up = new Map<string, (end: End) => void>();
  const start: Processes["start"] = async (spec) => {
    const index = specs.push(spec) - 1;
    const { tail = "", usages = [], listens = true, ends } = await answer(spec, index);
    const port = spec.env.PORT ?? "";
    events.push(`start ${port}`);
    let end: (how: End) => void = () => {};
    const exited = new Promise<End>((resolve) => {
      end = resolve;
    });
    if (ends === undefined) up.set(port, end);
    else end(ends);
    let asked = 0;
    return {
      exited,
      tail: () => tail,
      usage: () => usages[asked++] ?? null,
      listens: () => listens,
      stop: async () => {
        events.push(`stop ${port}`);
        up.delete(port);
        end({ exitCode: null, signal: "SIGTERM" });
      },
    };
  };
  /** Ends the service on a port by itself. */
  const crash = (port: string, how: End) => up.get(port)?.(how);
  return { start, specs, events, crash, isUp: (port: string) => up.has(port) };
}
