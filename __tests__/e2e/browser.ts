import { spawnSync } from "node:child_process";
import { type Browser, chromium } from "playwright-core";
import { hasTool } from "../tool.ts";

/** Chromium without all that windows need, which has the same engine and takes three fifths of the time. */
const SHELL = "chromium-headless-shell";

/** Where the browser is that pages are tested in: the shell, else the whole of Chromium; null where there is neither. */
function browserPath(): string | null {
  const shell = pathOf(SHELL);
  if (shell !== null) return shell;
  return hasTool("chromium") ? pathOf("chromium") : null;
}

/** Whether pages can be tested here. */
export function hasBrowser(): boolean {
  return browserPath() !== null;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath() ?? "chromium", args: ["--no-sandbox"] });
}

function pathOf(program: string): string | null {
  const { stdout } = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
  return stdout?.trim() || null;
}
