import { ab } from "./ab.ts";
import type { Adapter } from "./adapter.ts";
import { artillery } from "./artillery.ts";
import { asv } from "./asv.ts";
import { autocannon } from "./autocannon.ts";
import { benchgate } from "./benchgate.ts";
import { benchmarkIps } from "./benchmark-ips.ts";
import { benchmarkDotNet } from "./benchmarkdotnet.ts";
import { benchmarkjs } from "./benchmarkjs.ts";
import { bmf } from "./bmf.ts";
import { bombardier } from "./bombardier.ts";
import { catch2 } from "./catch2.ts";
import { consoleTime } from "./console-time.ts";
import { criterion } from "./criterion.ts";
import { customBiggerIsBetter, customSmallerIsBetter } from "./custom-json.ts";
import { dart } from "./dart.ts";
import { deno } from "./deno.ts";
import { divan } from "./divan.ts";
import { fortio } from "./fortio.ts";
import { gatling } from "./gatling.ts";
import { ghz } from "./ghz.ts";
import { goBench } from "./go.ts";
import { gobenchdata } from "./gobenchdata.ts";
import { googleBenchmark } from "./google-benchmark.ts";
import { gungraun } from "./gungraun.ts";
import { h2load } from "./h2load.ts";
import { hdrHistogram } from "./hdr-histogram.ts";
import { hey } from "./hey.ts";
import { hyperfine } from "./hyperfine.ts";
import { iai } from "./iai.ts";
import { jmeter } from "./jmeter.ts";
import { jmh } from "./jmh.ts";
import { juliaBenchmarkTools } from "./julia-benchmarktools.ts";
import { junit } from "./junit.ts";
import { k6 } from "./k6.ts";
import { libtest } from "./libtest.ts";
import { lighthouse } from "./lighthouse.ts";
import { locust } from "./locust.ts";
import { memoryProfiler } from "./memory-profiler.ts";
import { mitata } from "./mitata.ts";
import { nanobench } from "./nanobench.ts";
import { nighthawk } from "./nighthawk.ts";
import { oha } from "./oha.ts";
import { phpbench } from "./phpbench.ts";
import { pyperf } from "./pyperf.ts";
import { pytestBenchmark } from "./pytest-benchmark.ts";
import { rubyBenchmark } from "./ruby-benchmark.ts";
import { siege } from "./siege.ts";
import { sightglass } from "./sightglass.ts";
import { swift } from "./swift.ts";
import { tachometer } from "./tachometer.ts";
import { time } from "./time.ts";
import { timeit } from "./timeit.ts";
import { tinybench } from "./tinybench.ts";
import { tracemalloc } from "./tracemalloc.ts";
import { vegeta } from "./vegeta.ts";
import { vitest } from "./vitest.ts";
import { wrk } from "./wrk.ts";

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
  benchmarkDotNet,
  googleBenchmark,
  catch2,
  nanobench,
  juliaBenchmarkTools,
  phpbench,
  benchmarkIps,
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
