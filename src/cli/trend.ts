import { TOOL_WORDS } from "../adapters/index.ts";
import { describeEntries } from "../baseline/describe.ts";
import type { StoredEntry } from "../baseline/entry.ts";
import { loadSeries } from "../baseline/load.ts";
import { acceptedOnce, datedBy } from "../config/accepted.ts";
import { DEFAULT_CONFIG_FILE } from "../config/defaults.ts";
import { readConfig } from "../config/read.ts";
import { SETTINGS } from "../config/settings.ts";
import { ledgerOf } from "../judge/history/ledger.ts";
import { analyse } from "../judge/trend.ts";
import { GateError } from "../model/error.ts";
import { TEXT } from "../model/setting.ts";
import type { DatedAcceptance } from "../model/trend.ts";
import type { Ports } from "../ports/index.ts";
import { trendPage } from "../report/trend/page.ts";
import { commitPages } from "../report/words/commits.ts";
import { plural } from "../report/words/format.ts";
import { command } from "./command.ts";
import { ancestorsOfHead } from "./here.ts";
import { named } from "./named.ts";
import { entriesIn, nothingWords, STORE_FLAGS, storeOf } from "./store-flags.ts";

/** How far back the ancestry is looked at, and how many runs of one gate on one kind of machine are read. */
const DEPTH = 5000;
const RUNS = 500;

/** The history of what is stored, as a page that any web server can serve. */
export const trend = command({
  name: "trend",
  usage: "-o FOLDER|FILE.html",
  summary: "every stored benchmark over time, with what changed its level: one page that needs no network",
  flags: {
    output: {
      type: TEXT,
      value: "PATH",
      short: "o",
      about: "A folder, which gets an `index.html`, or a file that ends in `.html`; `-` is stdout.",
    },
    ...STORE_FLAGS,
    config: {
      ...SETTINGS.config,
      about:
        "The configuration file whose accepted changes are marked. Without it, `benchgate.yml` is read where it exists.",
    },
  },
  operands: 0,
  async run({ given }, { ports, terminal, pageProgram }) {
    const { output, gate } = given;
    if (output === null) {
      throw new GateError(
        "trend has nowhere to write",
        "Name a folder or a file: `benchgate trend -o site`, or `-o -`",
      );
    }
    const { trend: program } = await pageProgram();
    const store = storeOf(given, ports);
    const entries = await entriesIn(store, gate);
    const { chosen, unrelated } = await related(ports, entries);
    const { collected, unreadable } = await loadSeries(store, chosen);
    const { accept = [] } = (await readConfig(named(ports.files), given.config, TOOL_WORDS)) ?? {};
    const once = await acceptedBefore(ports.git, given.config ?? DEFAULT_CONFIG_FILE);
    const series = collected.series().map((each) => analyse(each, datedBy(accept, once)));
    const ledger = ledgerOf(series, once, ports.clock.now());
    const found = { place: store.place, machines: collected.machines(), series, unreadable, unrelated, ledger };
    const pages = commitPages((await ports.git.origin()) ?? "");
    const subjects = await subjectsOf(ports, chosen);
    const html = trendPage(found, { pages, subjects, program, now: ports.clock.now().toISOString() });
    if (output === "-") terminal.out(html);
    else {
      const file = /\.html?$/i.test(output) ? output : `${output.replace(/[\\/]+$/, "")}/index.html`;
      await ports.files.write(file, html);
      terminal.err(`benchgate: ${file}: ${plural(chosen.length, "run", "runs")}, ${series.length} series`);
      if (chosen.length === 0) terminal.err(await nothingWords(store));
    }
    return 0;
  },
});

/** How many of the oldest runs are tried for one that lies on HEAD's line of first parents. */
const TRIED = 5;

/** The first lines of the commits' messages, of those on HEAD's line after its oldest run; none where there is no such line. */
async function subjectsOf({ git }: Ports, chosen: readonly StoredEntry[]): Promise<ReadonlyMap<string, string>> {
  const head = await git.revision("HEAD");
  if (head === null) return new Map();
  for (const sha of [...new Set(chosen.map((entry) => entry.sha))].slice(0, TRIED)) {
    const line = await git.line(sha, head.sha);
    if (line !== null) return new Map(line.map((commit) => [commit.sha, commit.subject]));
  }
  return new Map();
}

/** What HEAD's history has accepted; nothing where there is none. */
async function acceptedBefore(git: Ports["git"], file: string): Promise<readonly DatedAcceptance[]> {
  const head = await git.revision("HEAD");
  return head === null ? [] : acceptedOnce(git, { to: head.sha, file, checks: TOOL_WORDS });
}

/** The entries of HEAD's own history, oldest first, the newest of each gate and machine; all of them where none is. */
async function related(
  { git }: Ports,
  entries: readonly StoredEntry[],
): Promise<{ readonly chosen: readonly StoredEntry[]; readonly unrelated: number }> {
  const described = describeEntries(entries, entries.length === 0 ? [] : await ancestorsOfHead(git, DEPTH));
  const own = described.filter(({ behind }) => behind !== null);
  const ordered = own.length > 0 ? own : described;
  const counts = new Map<string, number>();
  const newest = ordered.toReversed().filter(({ gate, fingerprint }) => {
    const key = `${gate} ${fingerprint}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return counts.get(key)! <= RUNS;
  });
  return { chosen: newest.reverse(), unrelated: described.length - ordered.length };
}
