import { mkdirSync } from "node:fs";
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { xoshiro128 } from "../../src/stats/random.ts";
import { type Cell, FILES, numbers, type Stage, type Wanted } from "./stage.ts";

/** The longest that an answer is under way, in milliseconds: long enough for both jobs to see no comment before either has made one. */
const SLOWEST = 400;
const SEEDS = 24;

/** Two jobs, real processes, that judge one pull request at once, with answers that take a while: both are red, and one comment is left. */
export async function* jobs(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
  const asked = seeds.filter((seed) => wanted(`seed ${seed}`, seed === 1));
  if (asked.length === 0) return;
  await stage.act(await stage.pushed(FILES));
  const red = await stage.pulled({ "out.txt": numbers(3) });
  const artifacts = join(stage.folder, "artifacts");
  mkdirSync(artifacts);
  const measure = { compare: "side-by-side", comment: "never", fail: "false", cell: "linux" };
  await stage.act(red.checkout, { inputs: measure, upload: join(artifacts, "benchgate-linux") });
  const other = await stage.checkoutAgain(red.checkout);
  let raced = 0;
  for (const seed of asked) {
    const name = `seed ${seed}`;
    const slow = await slowly(stage.github.url, seed);
    stage.github.state.comments = [];
    stage.github.state.rate.remaining = 1_000_000;
    const judge = (checkout: typeof other, part: string) =>
      stage.cell("racing jobs", `${name}: the ${part}`, { codes: [1], outcome: "fail", says: /1 regression/ }, () =>
        stage.act(checkout, { github: slow, inputs: { "fan-in": artifacts, expect: "linux" } }),
      );
    const [first, second] = await Promise.all([judge(red.checkout, "first"), judge(other, "second")]);
    await slow.close();
    raced += Number(slow.made() > 1);
    yield first;
    const left = stage.github.state.comments.filter(({ pull }) => pull === red.number).length;
    yield { ...second, wrong: [...second.wrong, ...(left === 1 ? [] : [`${left} comments, not 1`])] };
  }
  // Where only one of both ever comments nothing has been shown.
  const wrong = raced === 0 ? ["both jobs never commented at once"] : [];
  yield { part: "racing jobs", name: `${raced} of ${asked.length} races`, wrong, seconds: 0, summary: true };
}

/** A way to a server whose answers take a while, each another one; `made` counts the comments that were made through it. */
async function slowly(url: string, seed: number) {
  const random = xoshiro128(seed);
  let made = 0;
  const server = createServer((request, response) => {
    made += Number(request.method === "POST" && /\/comments$/.test(request.url ?? ""));
    const pause = SLOWEST * random();
    const onward = ask(url + request.url, { method: request.method, headers: request.headers }, (answer) => {
      void delay(pause).then(() => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
    });
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    made: () => made,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
