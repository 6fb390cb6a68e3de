import { type ChildProcess, spawn } from "node:child_process";

/** Ends with whoever started it, however that ended. */
const SPIN =
  "const { ppid } = process; for (let i = 0; ; i++) if (i % 1e8 === 0 && process.ppid !== ppid) process.exit();";

/** As that, but busy and idle in turns, for times drawn from an exponential distribution with a mean of a second. */
const RESTLESS = `
const { ppid } = process;
const draw = () => -1000 * Math.log(1 - Math.random());
const idle = new Int32Array(new SharedArrayBuffer(4));
while (process.ppid === ppid) {
  for (const end = Date.now() + draw(); Date.now() < end; );
  Atomics.wait(idle, 0, 0, draw());
}`;

/** Keeps `count` processes busy until the returned function is called: the neighbours of a shared machine. `restless`: each rests half of the time. */
export function keepBusy(count: number, restless = false): () => void {
  const processes: readonly ChildProcess[] = Array.from({ length: count }, () =>
    spawn(process.execPath, ["-e", restless ? RESTLESS : SPIN], { stdio: "ignore" }),
  );
  const stop = () => {
    for (const each of processes) each.kill("SIGKILL");
  };
  process.once("exit", stop);
  return () => {
    process.off("exit", stop);
    stop();
  };
}
