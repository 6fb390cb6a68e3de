import { type ChildProcess, spawn } from "node:child_process";

/** Keeps `count` processes busy until the returned function is called: the neighbours of a shared machine. */
export function keepBusy(count: number): () => void {
  const processes: readonly ChildProcess[] = Array.from({ length: count }, () =>
    spawn(process.execPath, ["-e", "for (;;);"], { stdio: "ignore" }),
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
