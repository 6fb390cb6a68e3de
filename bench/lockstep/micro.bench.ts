import { Bench } from "tinybench";
import { KERNELS } from "./kernels.ts";

/** Where the harness sets the times itself, this one counts for nothing. */
const time = Number(process.env.MICRO_TIME ?? 100);

export const bench = new Bench({ time, warmupTime: time });
for (const [name, kernel] of Object.entries(KERNELS)) bench.add(name, kernel);
