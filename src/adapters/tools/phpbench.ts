import { GateError } from "../../model/error.ts";
import { largest } from "../../model/extremes.ts";
import type { ToolMeasurement } from "../../model/measurement.ts";
import type { Adapter, Told } from "../adapter.ts";
import { round } from "../reading/round.ts";
import {
  childrenOf,
  opensWithElement,
  parseXml,
  readAttribute,
  readNumberAttribute,
  type XmlElement,
} from "../reading/xml.ts";

const HINTS = {
  remedy: "Dump one run a file, and give each parameter set a name of its own",
  nothing: "Run `phpbench run --dump-file` over benchmarks that it finds",
};

const MICROSECOND = 1e-6;

/** Executors that start a PHP process for every iteration: phpbench's default, and its variant that looks at memory. */
const REMOTE = new Set(["remote", "memory_centric_microtime"]);

/**
 * Phpbench's XML (`--dump-file`). `time-net` is the time of all `time-revs` revolutions in microseconds, whatever the output's unit is; a sample is
 * one over the other, a batch mean.
 *
 * Under the default executor every iteration is a PHP process of its own: iteration k of all benchmarks is round k. Other executors may
 * share a process, so there the iterations are samples of one round. `memory` is an iteration's peak. The key is class, subject and
 * parameter set, `HashBench::benchMd5 (small)`. A variant with errors is a failure; phpbench's own assertions are its own gate and not read.
 */
export const phpbench: Adapter = {
  name: "phpbench",
  title: "PHPBench",
  command: "vendor/bin/phpbench run --iterations=20 --dump-file=$BENCHGATE_OUTPUT",
  gives: { samples: true, p99: false, memory: true },
  exitCodes: [0, { code: 1, means: "a benchmark failed" }, { code: 2, means: "an assertion failed" }],
  recognises: ({ text }) => opensWithElement(text, "phpbench"),
  parse: ({ text }) => {
    const root = parseXml(text);
    if (root.name !== "phpbench") {
      throw new GateError(`Expected phpbench's XML, found <${root.name.slice(0, 40)}>`, HINTS.nothing, {
        line: root.line,
      });
    }
    const variants = childrenOf(root, "suite").flatMap((suite) =>
      childrenOf(suite, "benchmark").flatMap((each) =>
        childrenOf(each, "subject").flatMap((subject) => readSubject(subject, each)),
      ),
    );
    const rounds = largest(
      variants.map(({ length }) => length),
      1,
    );
    return Array.from({ length: rounds }, (_, k) => {
      const told = variants.flatMap((iterations) => iterations[k] ?? []);
      return round(told, HINTS);
    });
  },
};

/** For each variant of a subject, what each of its rounds told. */
function readSubject(subject: XmlElement, parent: XmlElement): (readonly Told[])[][] {
  const name = `${readAttribute(parent, "class").replace(/^\\/, "")}::${readAttribute(subject, "name")}`;
  const executor = childrenOf(subject, "executor")[0]?.attributes.get("name") ?? "";
  return childrenOf(subject, "variant").map((variant) => {
    const [parameters] = childrenOf(variant, "parameter-set");
    const set = parameters?.attributes.get("name") ?? "";
    const named = set !== "" && (set !== "0" || parameters!.children.length > 0);
    return readVariant(variant, named ? `${name} (${set})` : name, REMOTE.has(executor));
  });
}

function readVariant(variant: XmlElement, benchmark: string, processes: boolean): (readonly Told[])[] {
  const errors = childrenOf(variant, "errors").flatMap((each) => childrenOf(each, "error"));
  const iterations = childrenOf(variant, "iteration");
  if (errors.length > 0) {
    const message = errors[0]!.text.trim().split("\n", 1)[0]!.slice(0, 200);
    return [[{ benchmark, reason: message === "" ? "It threw an exception" : `It threw ${JSON.stringify(message)}` }]];
  }
  if (iterations.length === 0) return [[{ benchmark, reason: "It has no iterations" }]];
  const groups = processes ? iterations.map((each) => [each]) : [iterations];
  return groups.map((group) => measure(group, benchmark));
}

function measure(iterations: readonly XmlElement[], benchmark: string): readonly ToolMeasurement[] {
  const revolutions = iterations.map((each) => {
    const count = readNumberAttribute(each, "time-revs");
    if (count >= 1) return count;
    throw new GateError("An iteration of no revolution", "Let phpbench end by itself", { line: each.line });
  });
  const times = iterations.map((each, i) => (readNumberAttribute(each, "time-net") / revolutions[i]!) * MICROSECOND);
  const batches = revolutions.some((count) => count > 1) ? { estimator: "batch-means" } : {};
  const latency: ToolMeasurement = {
    benchmark,
    metric: "latency",
    unit: "s",
    better: "lower",
    distribution: { kind: "samples", samples: Float64Array.from(times) },
    // PHP's clock as phpbench reads it: whole microseconds over all revolutions.
    resolution: MICROSECOND / largest(revolutions),
    ...batches,
  };
  if (!iterations.every((each) => each.attributes.has("mem-peak"))) return [latency];
  const peaks = Float64Array.from(iterations, (each) => readNumberAttribute(each, "mem-peak"));
  return [
    latency,
    { benchmark, metric: "memory", unit: "B", better: "lower", distribution: { kind: "samples", samples: peaks } },
  ];
}
