import { type ChildProcess, spawn } from "node:child_process";

/** Ends with whoever started it, however that ended. */
const SPIN =
  "const { ppid } = process; for (let i = 0; ; i++) if (i % 1e8 === 0 && process.ppid !== ppid) process.exit();";

/** Keeps `count` processes busy until the returned function is called: the neighbours of a shared machine. */
export function keepBusy(count: number): () => void {
  const processes: readonly ChildProcess[] = Array.from({ length: count }, () =>
    spawn(process.execPath, ["-e", SPIN], { stdio: "ignore" }),
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
