import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { startGitServer } from "../../__tests__/fakes/git-server.ts";
import { type Cell, FILES, gitIn, type Stage, type Wanted } from "./stage.ts";

const BRANCH = "benchgate-baseline";

/** How many pushes store at once, and how many there are: of the whole campaign, and of its sample. */
const WRITERS = { whole: { at: 4, of: 50 }, sample: { at: 3, of: 3 } } as const;

/** Pushes that store their runs at once while the remote dies, with requests in flight, again and again: each is stored once, and none said to be lost. */
export async function* writers(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  for (const [size, { at, of }] of Object.entries(WRITERS)) {
    const name = `${of} writers, ${at} at a time`;
    const sample = size === "sample";
    if (!wanted(name, sample) || (sample && wanted(`${WRITERS.whole.of} writers`, false))) continue;
    yield* race(stage, name, { at, of });
  }
}

async function* race(stage: Stage, name: string, { at, of }: { at: number; of: number }): AsyncGenerator<Cell> {
  const root = join(stage.folder, `served-${of}`);
  mkdirSync(root);
  const bare = join(root, "project.git");
  const first = await stage.pushed({
    ...FILES,
    "benchgate.yml": FILES["benchgate.yml"].replace("rounds: 6", "rounds: 2"),
  });
  gitIn(stage.folder, "clone", "--quiet", "--mirror", stage.repository.origin, bare);
  for (const key of ["http.receivepack", "uploadpack.allowAnySHA1InWant"]) gitIn(bare, "config", key, "true");
  const server = await startGitServer(root);
  const landed = () =>
    gitIn(bare, "for-each-ref").includes(BRANCH) ? Number(gitIn(bare, "rev-list", "--count", BRANCH)) : 0;
  let writing = true;
  const killer = (async () => {
    for (const share of [0, 0.15, 0.35, 0.6]) {
      while (writing && landed() < share * of) await delay(50);
      // With requests in flight, whatever they are.
      const before = server.requests.length;
      while (writing && server.requests.length < before + 3) await delay(5);
      if (!writing) return;
      await server.die();
      await delay(2000);
      await server.revive();
    }
  })();
  const waiting = Array.from({ length: of }, (_, index) => index);
  const cells: Cell[] = [];
  const writer = async (): Promise<void> => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
      const checkout = await stage.checkoutAgain(first);
      gitIn(checkout.workspace, "remote", "set-url", "origin", `${server.server}/project.git`);
      const right = { codes: [0], outcome: "pass" };
      cells.push(
        await stage.cell("racing writers", `${name}: ${index}`, right, async () => {
          const result = await stage.act(checkout);
          return /not stored/.test(result.stdout)
            ? { ...result, exitCode: null, stdout: `${result.stdout}\nSAID LOST` }
            : result;
        }),
      );
    }
  };
  try {
    await Promise.all(Array.from({ length: at }, writer));
    writing = false;
    await killer;
    const paths = gitIn(bare, "ls-tree", "-r", "--name-only", BRANCH).trim().split("\n");
    const runs = new Set(paths.map((path) => path.split(".")[0]));
    const wrong =
      paths.length === of && runs.size === of ? [] : [`${paths.length} entries of ${runs.size} runs, not ${of}`];
    yield* cells;
    yield { part: "racing writers", name: `${name}: each stored once`, wrong, seconds: 0, summary: true };
  } finally {
    await server.close();
  }
}
