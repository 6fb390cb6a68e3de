/**
 * What random layouts do to a layout effect: `npm run bench:layout`. A C program that takes a tenth longer where its stack lies in one half of a kilobyte is built
 * twice, with frames of 16 and of 528 bytes, which changes nothing else: each order of the two builds is measured in pairs without address space
 * randomisation (`setarch -R`), in a fixed environment and in one of `Layouts`. Then where a program finds its stack with so many bytes more in its environment, in an
 * argument, or in the path that it is started in, which is a link. Needs gcc and Linux.
 */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createProcesses } from "../src/io/processes.ts";
import { LAYOUT, Layouts } from "../src/measure/layout.ts";
import { pairedEstimate } from "../src/stats/estimate.ts";

import { tInv } from "../src/stats/student-t.ts";
import { median } from "../src/stats/summary.ts";

const PROGRAM = `
#include <stdint.h>
__attribute__((noinline)) static int work(void) {
  volatile double sum = 0;
  long n = 3000000;
  if (((uintptr_t)&sum & 1023) < 512) n += n / 10;
  for (long i = 0; i < n; i++) sum += i * 0.5;
  return sum < 0;
}
int main(void) {
  volatile char frame[FRAME];
  frame[0] = 1;
  return work() + frame[0] - 1;
}
`;

/** Says where its stack and its heap are, and which folder it is in. */
const WHERE = `
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(void) {
  static char folder[8192];
  printf("%p, heap %p, folder %s", (void *)&(int){0}, malloc(1), getcwd(folder, sizeof folder));
  return 0;
}
`;

/** The names of folders are no longer than 255 bytes. */
const LONGER = [0, 16, 64, 240];

/** Executions of a side in a round, whose median CPU time is the round's. */
const EXECUTIONS = 5;

const { values } = parseArgs({ options: { pairs: { type: "string", default: "12" } } });
const folder = mkdtempSync(join(tmpdir(), "benchgate-layout-"));
const processes = createProcesses(process.env);
try {
  writeFileSync(join(folder, "main.c"), PROGRAM);
  for (const frame of [16, 528]) {
    execFileSync("gcc", ["-O1", `-DFRAME=${frame}`, "main.c", "-o", `frame-${frame}`], { cwd: folder });
  }
  for (const drawn of [false, true]) {
    for (const order of [
      [16, 528],
      [528, 16],
    ] as const) {
      const ratios = await pairsOf(order, Number(values.pairs), drawn);
      const { mean, se, df } = pairedEstimate(ratios, 0);
      const half = tInv(0.975, df) * se;
      const ends = [mean, mean - half, mean + half].map((log) => `${(100 * (Math.exp(log) - 1)).toFixed(1)} %`);
      console.log(`${drawn ? "drawn anew" : "fixed     "}  ${order.join(" → ")}: ${ends[0]} (${ends[1]} … ${ends[2]})`);
    }
  }
  writeFileSync(join(folder, "where.c"), WHERE);
  execFileSync("gcc", ["-O1", "where.c", "-o", "where"], { cwd: folder });
  for (const bytes of LONGER) {
    const link = join(folder, `l${"x".repeat(bytes)}`);
    symlinkSync(folder, link);
    const pad = "x".repeat(bytes);
    console.log(`\n${bytes} bytes more in`);
    console.log(`  the environment: ${stackOf({ pad })}`);
    console.log(`  an argument:     ${stackOf({ argument: pad })}`);
    console.log(`  the link's path: ${stackOf({ cwd: link })}`);
    console.log(`  that and $PWD:   ${stackOf({ cwd: link, pwd: link })}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}

/** What the program says where it is, with everything as it is but for what is given. */
function stackOf({ pad = "", argument = "", cwd = folder, pwd = folder }): string {
  const env = { PATH: process.env.PATH, PAD: pad, PWD: pwd };
  return execFileSync("setarch", ["-R", "./where", argument], { cwd, env, encoding: "utf8" });
}

/** The log ratios of the two builds' CPU time, second to first, in a number of pairs. */
async function pairsOf(builds: readonly [number, number], pairs: number, drawn: boolean): Promise<readonly number[]> {
  const layouts = new Layouts(1);
  const ratios: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    const envs = builds.map(() => (drawn ? layouts.next() : { [LAYOUT]: "" }));
    const times: [number[], number[]] = [[], []];
    for (let i = 0; i < EXECUTIONS; i++) {
      for (const side of i % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
        times[side].push(await cpuTime(`./frame-${builds[side]}`, envs[side]!));
      }
    }
    ratios.push(Math.log(median(times[1]) / median(times[0])));
  }
  return ratios;
}

async function cpuTime(program: string, env: Readonly<Record<string, string>>): Promise<number> {
  const argv = ["setarch", "-R", program] as const;
  const { cpu } = await processes.time({ argv, cwd: folder, env, timeLimit: 60, memory: false });
  if (cpu === null) throw new Error("this machine tells no CPU time");
  return cpu.user + cpu.system;
}
