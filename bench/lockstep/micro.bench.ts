import { Bench } from "tinybench";
import { KERNELS } from "./kernels.ts";

const time = Number(process.env.MICRO_TIME);

export const bench = new Bench({ time, warmupTime: time });
for (const [name, kernel] of Object.entries(KERNELS)) bench.add(name, kernel);
