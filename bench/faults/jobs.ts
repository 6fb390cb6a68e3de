import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { type Cell, FILES, numbers, type Stage, type Wanted } from "./stage.ts";

/** How many milliseconds after the first job the other one begins: each list before either comments, or the one while the other is at it. */
const LATER = Array.from({ length: 24 }, (_, index) => index * 15);
const SAMPLE = "0 ms later";

/** Two jobs, real processes, that judge one pull request at once, a little later each time: both are red, and one comment is left. */
export async function* jobs(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  const names = LATER.map((later) => [later, `${later} ms later`] as const);
  const asked = names.filter(([, name]) => wanted(name, name === SAMPLE));
  if (asked.length === 0) return;
  await stage.act(await stage.pushed(FILES));
  const red = await stage.pulled({ "out.txt": numbers(3) });
  const artifacts = join(stage.folder, "artifacts");
  mkdirSync(artifacts);
  const measure = { compare: "side-by-side", comment: "never", fail: "false", cell: "linux" };
  await stage.act(red.checkout, { inputs: measure, upload: join(artifacts, "benchgate-linux") });
  const other = await stage.checkoutAgain(red.checkout);
  for (const [later, name] of asked) {
    stage.github.state.comments = [];
    stage.github.state.rate.remaining = 1_000_000;
    const judge = (checkout: typeof other, part: string) =>
      stage.cell("racing jobs", `${name}: the ${part}`, { codes: [1], outcome: "fail", says: /1 regression/ }, () =>
        stage.act(checkout, { inputs: { "fan-in": artifacts, expect: "linux" } }),
      );
    const [first, second] = await Promise.all([
      judge(red.checkout, "first"),
      delay(later).then(() => judge(other, "second")),
    ]);
    yield first;
    const left = stage.github.state.comments.filter(({ pull }) => pull === red.number).length;
    yield { ...second, wrong: [...second.wrong, ...(left === 1 ? [] : [`${left} comments, not 1`])] };
  }
}
