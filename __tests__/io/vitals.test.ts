import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { clocking, readVitals } from "../../src/io/vitals.ts";
import { temporaryFolder } from "../baseline/repositories.ts";

function machine(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe("the vitals of a machine", () => {
  it("hold stolen and total time of all cores, guests not counted twice, and throttling of all cores", () => {
    const root = machine({
      "proc/stat": "cpu  100 1 20 300 5 0 4 70 50 2\ncpu0 1 1 1 1 1 1 1 1 1 1\n",
      "sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count": "3\n",
      "sys/devices/system/cpu/cpu11/thermal_throttle/core_throttle_count": "4\n",
      "sys/devices/system/cpu/cpufreq/thermal_throttle/core_throttle_count": "100\n",
    });
    expect(readVitals(root)).toMatchObject({ cpu: { steal: 70, total: 500 }, throttled: 7 });
  });

  it("are unknown where the system does not tell", () => {
    expect(readVitals(machine({}))).toMatchObject({ cpu: null, throttled: null });
  });

  it.runIf(process.platform === "linux")("are told by this machine", () => {
    const { cpu, load } = readVitals();
    expect(cpu?.total).toBeGreaterThan(0);
    expect(load).toBeGreaterThanOrEqual(0);
  });
});

describe("how a machine is clocked", () => {
  it("is told by governor and highest frequency where both can be read", () => {
    const folder = "sys/devices/system/cpu/cpu0/cpufreq";
    const root = machine({
      [`${folder}/scaling_governor`]: "powersave\n",
      [`${folder}/cpuinfo_max_freq`]: "3492000\n",
    });
    expect(clocking(root)).toEqual({ governor: "powersave", frequency: "3.5 GHz" });
    expect(clocking(machine({}))).toEqual({});
  });
});
