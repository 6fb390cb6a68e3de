import type { Adapter } from "./adapter.ts";
import { ab } from "./tools/ab/ab.ts";
import { airspeedVelocity } from "./tools/airspeed-velocity.ts";
import { androidBenchmark } from "./tools/android-benchmark.ts";
import { artillery } from "./tools/artillery.ts";
import { asv } from "./tools/asv/asv.ts";
import { autocannon } from "./tools/autocannon.ts";
import { benchee } from "./tools/benchee.ts";
import { benchgate } from "./tools/benchgate.ts";
import { benchmarkDriver } from "./tools/benchmark-driver.ts";
import { benchmarkIps } from "./tools/benchmark-ips.ts";
import { benchmarkDotNet } from "./tools/benchmarkdotnet/benchmarkdotnet.ts";
import { benchmarkjs } from "./tools/benchmarkjs.ts";
import { bmf } from "./tools/bmf.ts";
import { bombardier } from "./tools/bombardier.ts";
import { catch2 } from "./tools/catch2/catch2.ts";
import { consoleTime } from "./tools/console-time.ts";
import { criterion } from "./tools/criterion/criterion.ts";
import { customBiggerIsBetter, customSmallerIsBetter } from "./tools/custom-json.ts";
import { dart } from "./tools/dart.ts";
import { deno } from "./tools/deno.ts";
import { divan } from "./tools/divan/divan.ts";
import { fortio } from "./tools/fortio.ts";
import { gatling } from "./tools/gatling/gatling.ts";
import { ghz } from "./tools/ghz.ts";
import { goBench } from "./tools/go/go.ts";
import { gobenchdata } from "./tools/gobenchdata.ts";
import { googleBenchmark } from "./tools/google-benchmark/google-benchmark.ts";
import { gungraun } from "./tools/gungraun/gungraun.ts";
import { h2load } from "./tools/h2load.ts";
import { haskellCriterion } from "./tools/haskell-criterion.ts";
import { hdrHistogram } from "./tools/hdr-histogram/hdr-histogram.ts";
import { hey } from "./tools/hey/hey.ts";
import { hyperfine } from "./tools/hyperfine/hyperfine.ts";
import { iai } from "./tools/iai.ts";
import { jmeter } from "./tools/jmeter/jmeter.ts";
import { jmh } from "./tools/jmh/jmh.ts";
import { juliaBenchmarkTools } from "./tools/julia-benchmarktools.ts";
import { junit } from "./tools/junit.ts";
import { k6 } from "./tools/k6/k6.ts";
import { libtest } from "./tools/libtest.ts";
import { lighthouse } from "./tools/lighthouse.ts";
import { locust } from "./tools/locust/locust.ts";
import { memoryProfiler } from "./tools/memory-profiler.ts";
import { mitata } from "./tools/mitata.ts";
import { moonBench } from "./tools/moon-bench.ts";
import { nanobench } from "./tools/nanobench.ts";
import { nighthawk } from "./tools/nighthawk.ts";
import { nvbench } from "./tools/nvbench.ts";
import { oha } from "./tools/oha.ts";
import { phpbench } from "./tools/phpbench.ts";
import { poop } from "./tools/poop.ts";
import { pyperf } from "./tools/pyperf.ts";
import { pytestBenchmark } from "./tools/pytest-benchmark.ts";
import { rubyBenchmark } from "./tools/ruby-benchmark.ts";
import { siege } from "./tools/siege.ts";
import { sightglass } from "./tools/sightglass.ts";
import { swift } from "./tools/swift.ts";
import { tachometer } from "./tools/tachometer.ts";
import { tastyBench } from "./tools/tasty-bench.ts";
import { time } from "./tools/time.ts";
import { timeit } from "./tools/timeit.ts";
import { tinybench } from "./tools/tinybench/tinybench.ts";
import { tracemalloc } from "./tools/tracemalloc.ts";
import { vegeta } from "./tools/vegeta/vegeta.ts";
import { vitest } from "./tools/vitest.ts";
import { wrk } from "./tools/wrk.ts";
import { zbench } from "./tools/zbench/zbench.ts";

/** Every tool that Benchgate reads. */
export const ADAPTERS: readonly Adapter[] = [
  benchgate,
  tinybench,
  vitest,
  mitata,
  benchmarkjs,
  deno,
  consoleTime,
  tachometer,
  hyperfine,
  poop,
  goBench,
  gobenchdata,
  criterion,
  libtest,
  divan,
  gungraun,
  iai,
  sightglass,
  pytestBenchmark,
  pyperf,
  asv,
  timeit,
  jmh,
  androidBenchmark,
  benchmarkDotNet,
  googleBenchmark,
  catch2,
  nanobench,
  nvbench,
  zbench,
  juliaBenchmarkTools,
  airspeedVelocity,
  haskellCriterion,
  tastyBench,
  benchee,
  moonBench,
  phpbench,
  benchmarkIps,
  benchmarkDriver,
  rubyBenchmark,
  dart,
  swift,
  junit,
  customSmallerIsBetter,
  customBiggerIsBetter,
  bmf,
  k6,
  jmeter,
  gatling,
  vegeta,
  hdrHistogram,
  autocannon,
  locust,
  artillery,
  wrk,
  hey,
  oha,
  ghz,
  ab,
  siege,
  bombardier,
  h2load,
  fortio,
  nighthawk,
  lighthouse,
  time,
  memoryProfiler,
  tracemalloc,
];

/** What a configuration is checked against: the words that `tool` may be, those of tools that can be told what to run, and of tools that tell
 * statuses. */
export const TOOL_WORDS = {
  tools: ADAPTERS.map(({ name }) => name),
  statuses: ADAPTERS.filter(({ tellsStatus }) => tellsStatus === true).map(({ name }) => name),
  filters: ADAPTERS.filter(({ filter }) => filter !== undefined).map(({ name }) => name),
};

/** The words of the tools whose output can never give a p99 of its own. */
export const TOOLS_WITHOUT_P99 = ADAPTERS.filter(({ gives }) => !gives.p99).map(({ name }) => name);
