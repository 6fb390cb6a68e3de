import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { casesFor, whyTried } from "../../../bench/same-code/trial.ts";
import { xoshiro128 } from "../../../src/stats/random.ts";

const RECORDER = fileURLToPath(new URL("../../../src/harness/recorder/index.ts", import.meta.url));

/** One or two of each way by which a benchmark can depend on a file; `npm run bench:same-code` plants them all. */
const FIRST =
  /^(?:transitive dependency|order of exports|a nearer node_modules|above a link|read: (?:sqlite|a blob)|presence: mkdir|listing: glob|worker, (?:existence|environment cleared)|shell, contents|name server, a name|inert: (?:version|another package))/;

let folder: string;
const path = process.env.PATH;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "benchgate-same-code-"));
  // The recorder is TypeScript here, which the Node of these tests runs.
  process.env.PATH = `${dirname(process.execPath)}${delimiter}${path}`;
});
afterAll(() => {
  process.env.PATH = path;
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(process.platform === "linux")("a planted change", () => {
  const random = xoshiro128(13);
  const cases = casesFor(Number(process.versions.node.split(".")[0])).filter(({ name }) => FIRST.test(name));

  it("is planted by every way that is named", () => expect(cases.length).toBeGreaterThanOrEqual(11));

  it.each(cases)("$name", { timeout: 60_000 }, async (planted) => {
    const layout = { backwards: random() < 0.5, below: random() < 0.5 ? "" : "packages/in" };

    const why = await whyTried(join(folder, "case"), planted, layout, RECORDER);

    if (planted.inert) expect(why).toBeNull();
    else expect(why).toEqual(expect.any(String));
  });
});
