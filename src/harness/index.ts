/**
 * The harness: `node harness.js MODULE` runs the benchmarks of one module and writes a recording to the file that
 * BENCHGATE_OUTPUT names. BENCHGATE_TIME_MS is how long each plain function is measured; a Bench has options of its own.
 * BENCHGATE_TIMES is `auto` where the harness measures a Bench as long as its samples need (times.ts); BENCHGATE_TAIL, a JSON object, then says
 * of benchmarks by name whether they are measured for a p99. It is `brief` where it only shows that each benchmark works.
 * BENCHGATE_ONLY, a JSON list, names the benchmarks to run; BENCHGATE_LIKE, an expression, says what they look like. BENCHGATE_PROFILE names a file for a
 * profile of the first of them (profiler.ts). Where BENCHGATE_ROUND is 0 nothing of the run is kept, and the heap is
 * not looked at. stdout belongs to the module. Exit code 0: written, failed
 * benchmarks included. 1: nothing to write; the last line on stderr begins with `benchgate: ` and says why. 2: the same, because the module
 * is no benchmark for this harness.
 *
 * `node harness.js --lockstep` runs a module on several sides that take turns, as the plan says that it reads on stdin, and prints how each of them
 * ended.
 */

// First of all: see `clock`.
import "./platform-clock.ts";
import { text } from "node:stream/consumers";
import { Companions } from "./companions.ts";
import { conduct, planFrom } from "./conductor.ts";
import { ModuleError, UnfitModule } from "./error.ts";
import { joinTurns } from "./participant.ts";
import { ProfiledBenches } from "./profiled.ts";
import { Profiler, profileOrder } from "./profiler.ts";
import { recordModule } from "./record.ts";

/** How long to wait for somebody who does not read what we print, in ms. */
const PATIENCE = 2000;

let exitCode = 0;
try {
  const [first] = process.argv.slice(2);
  if (first === "--lockstep") {
    const report = await conduct(planFrom(await text(process.stdin)), process.argv[1] ?? "");
    process.stdout.write(JSON.stringify(report));
  } else {
    const order = profileOrder(process.env);
    const profiled = order === null ? null : new ProfiledBenches(new Profiler(order));
    const companions = new Companions(process.env.BENCHGATE_ROUND === "0");
    await recordModule(first, process.env, { seat: joinTurns(process.env, companions), companions, profiled });
  }
} catch (error) {
  const known = error instanceof ModuleError;
  if (!known || error.cause !== undefined) console.error(known ? error.cause : error);
  console.error(`benchgate: ${known ? error.message : "the harness failed: see above."}`);
  exitCode = error instanceof UnfitModule ? 2 : 1;
}
await written();
// A server or timer that the module leaves open must not keep the round waiting.
process.exit(exitCode);

/** Resolves once what was printed has gone out, as far as anybody takes it: a process that exits drops the rest. */
function written(): Promise<unknown> {
  const gone = [process.stdout, process.stderr].map((stream) => new Promise((resolve) => stream.write("", resolve)));
  return Promise.race([Promise.all(gone), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
}
