import { describe, expect, it } from "vitest";
import { campaign } from "../../bench/faults/campaign.ts";

// A sample of `npm run faults`: one cell of each kind. What is not right is in the message.
describe.skipIf(process.platform === "win32")("the product under faults", () => {
  it.for<readonly [what: string, part: string, count: number]>([
    ["remotes that fail", "remotes", 3],
    ["outputs that nobody wants to read", "outputs", 1],
    ["artifacts that nobody wants to read", "artifacts", 2],
    ["odd places", "places", 2],
    ["disks that are full", "disks", 1],
    ["settings that a benchmark plants", "settings", 1],
    ["writers that race while their remote dies", "writers", 4],
    ["jobs that tell one pull request at once", "jobs", 3],
  ])("is right in a sample of %s", { timeout: 240_000 }, async ([, part, count], { skip }) => {
    const cells = await campaign([part], { short: true, only: "" });
    const notRun = cells.find((cell) => cell.notRun !== undefined)?.notRun;
    // Where the machine lets nobody try, nothing is shown.
    skip(notRun !== undefined, notRun);
    expect(cells.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(cells).toHaveLength(count);
  });
});
