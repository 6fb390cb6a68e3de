import { writeFileSync } from "node:fs";
import { KERNELS } from "./kernels.ts";

/**
 * A bench that tells more than tinybench does: its samples in order, and in which slice each was taken. The harness sees a Bench in it, and
 * its clock is the one that gives the turn away; slices are counted by the rule that the clock itself goes by.
 */
const now = performance.now.bind(performance);
const slice = Number(process.env.SWEEP_SLICE);
const time = Number(process.env.SWEEP_TIME);
const output = process.env.SWEEP_OUTPUT ?? "";

class Task extends EventTarget {
  readonly name: string;
  result: unknown;
  constructor(name: string) {
    super();
    this.name = name;
  }
  reset(): void {}
}

const tasks = Object.keys(KERNELS).map((name) => new Task(name));

export const bench = {
  tasks,
  now,
  timestampProvider: "fixed",
  add: () => {},
  remove: () => {},
  async run() {
    const found: Record<string, { samples: number[]; slices: number[] }> = {};
    for (const task of tasks) {
      task.dispatchEvent(new Event("warmup"));
      measure(KERNELS[task.name]!, time / 4);
    }
    for (const task of tasks) {
      task.dispatchEvent(new Event("start"));
      const seen = measure(KERNELS[task.name]!, time);
      found[task.name] = seen;
      task.result = { latency: { samples: seen.samples } };
      task.dispatchEvent(new Event("complete"));
    }
    if (output !== "") writeFileSync(output, JSON.stringify(found));
  },
};

function measure(kernel: () => unknown, time: number) {
  const samples: number[] = [];
  const slices: number[] = [];
  let at = 0;
  const began = now();
  let end = began + slice;
  for (;;) {
    const before = now();
    kernel();
    const after = now();
    samples.push(after - before);
    slices.push(at);
    if (after >= end) {
      at++;
      end = after + slice;
    }
    if (after - began >= time) return { samples, slices };
  }
}
