import type { Adapter } from "./adapter.ts";
import { autocannon } from "./autocannon.ts";
import { benchgate } from "./benchgate.ts";
import { goBench } from "./go.ts";
import { hyperfine } from "./hyperfine.ts";
import { k6 } from "./k6.ts";
import { locust } from "./locust.ts";
import { pytestBenchmark } from "./pytest-benchmark.ts";
import { tinybench } from "./tinybench.ts";
import { vitest } from "./vitest.ts";

/** Every tool that Benchgate reads. */
export const ADAPTERS: readonly Adapter[] = [
  benchgate,
  tinybench,
  vitest,
  hyperfine,
  goBench,
  pytestBenchmark,
  k6,
  autocannon,
  locust,
];
