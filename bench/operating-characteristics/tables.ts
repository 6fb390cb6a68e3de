import { markdownTable } from "markdown-table";
import { type BoundaryRow, LEVELS } from "./boundary.ts";
import { CHANGES, type Characteristics, GATES } from "./cell.ts";
import type { CorpusTable } from "./corpus.ts";
import { FEW_DESIGNS, type FewRow } from "./few.ts";
import { HOSTILE_PEERS, type HostileRow, PRICE, type PriceRow } from "./hostile.ts";
import type { PromiseRow } from "./promise.ts";
import type { SavingsRow } from "./savings.ts";
import type { TrapRow } from "./trap.ts";
import type { UnequalRow } from "./unequal.ts";
import { GATED } from "./within.ts";

/** Everything the experiment found. */
export interface Findings {
  readonly seed: number;
  readonly sources: readonly { readonly name: string; readonly about: string }[];
  readonly rules: readonly { readonly name: string; readonly about: string }[];
  readonly unchanged: number;
  readonly changed: number;
  /** Rounds drawn sample by sample for each way in which requests scatter. */
  readonly pool: number;
  readonly repeats: number;
  readonly characteristics: readonly Characteristics[];
  readonly boundary: readonly BoundaryRow[];
  readonly trap: readonly TrapRow[];
  readonly unequal: readonly UnequalRow[];
  readonly few: readonly FewRow[];
  readonly promise: readonly PromiseRow[];
  readonly savings: readonly SavingsRow[];
  readonly hostile: readonly HostileRow[];
  readonly hostileGates: number;
  readonly price: readonly PriceRow[];
  readonly priceGates: number;
  readonly corpus: CorpusTable | null;
  readonly agreement: { readonly compared: number; readonly different: number };
}

/** A column: its heading and what stands in it. */
interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => string;
  readonly align?: "l" | "r";
}

const NONE = "-";

/** All findings as Markdown: what belongs between the markers of docs/characteristics.md. */
export function findingsToMarkdown(findings: Findings): string {
  return [
    introduction(findings),
    "### Red gates on unchanged code",
    `Share of gates of 100 unchanged benchmarks that turn red, in %. Gates hold p50 and p99 of each benchmark where the rule is used on both. A dash: this noise cannot feed that rule.`,
    matrix(findings, ({ redGates }) => percent(redGates[1] ?? null)),
    "### False alarms of one comparison",
    "Share of unchanged benchmarks called slower, in %, each the only one of its gate; p50 / p99.",
    matrix(findings, ({ falseAlarms: { p50, p99 } }) => `${percent(p50)} / ${percent(p99)}`),
    "### Each noise in full",
    ...findings.sources.map((source) => details(findings, source)),
    "### At the boundary",
    `A true ratio of exactly 1 + threshold is called a regression this often, as a multiple of the nominal one-sided level, and the 95 % interval holds the truth this often (${thousands(findings.repeats)} draws a row; round statistics drawn directly). The standard error of a multiple is ${errorOf(0.05, findings.repeats)} at 5 % and ${errorOf(0.01, findings.repeats)} at 1 %. A regression must also be beyond the threshold with its whole 95 % interval, so that a comparison alone in its gate is judged at 2.5 %.`,
    table(findings.boundary, [
      { title: "noise", cell: ({ noise }) => noise },
      { title: "design", cell: ({ design }) => design },
      ...LEVELS.map(
        (level, i): Column<BoundaryRow> => ({
          title: `at ${100 * level} %`,
          cell: ({ overNominal }) => (overNominal[i] as number).toFixed(2),
          align: "r",
        }),
      ),
      { title: "coverage, %", cell: ({ coverage }) => (100 * coverage).toFixed(1), align: "r" },
    ]),
    "### The pooled trap",
    "Identical code, rounds 2 % apart, 1,000 samples a round: called different, either way, at nominal 5 %. In %; the last column is the verdict that counts.",
    table(findings.trap, [
      { title: "rounds a side", cell: ({ rounds }) => String(rounds), align: "r" },
      share("pooled Mann-Whitney", ({ pooledMannWhitney }) => pooledMannWhitney),
      share("pooled Welch", ({ pooledWelch }) => pooledWelch),
      share("Welch on rounds", ({ welchOnRounds }) => welchOnRounds),
      share("Benchgate's interval excludes 1", ({ interval }) => interval),
      share("Benchgate: regression at 5 %", ({ regression }) => regression),
    ]),
    "### p99 of unequal numbers of samples",
    "Identical code with a collector's tail, 12 pairs, one-sided 5 %: called slower, in %, against no change and against the default threshold of 15 %. `judge()` got the samples themselves.",
    table(findings.unequal, [
      { title: "samples a round", cell: ({ baseline, candidate }) => `${baseline} : ${candidate}` },
      share("as they are", ({ naive }) => naive.change),
      share("at equal size", ({ ours }) => ours.change),
      share("as they are, 15 %", ({ naive }) => naive.threshold),
      share("at equal size, 15 %", ({ ours }) => ours.threshold),
      { title: "regressions by `judge()`", cell: ({ judged }) => `${judged.red} of ${judged.gates}`, align: "r" },
    ]),
    "### Tails of few samples",
    "The fewest samples that a tail is judged by, where the requests of a round follow each other or have a heavy tail; rounds 2 % apart, threshold 15 %. A larger round is thinned to as many samples as the smaller has. Red gates among gates of 100 unchanged benchmarks, and changes of +50 % that are found alone, in %, after 6, 12 and 24 pairs and with looks at all three.",
    table(findings.few, [
      { title: "requests", cell: ({ requests }) => requests },
      { title: "statistic", cell: ({ statistic }) => statistic },
      { title: "samples a round", cell: ({ baseline, candidate }) => `${baseline} : ${candidate}` },
      ...FEW_DESIGNS.map((design, i) => share<FewRow>(`red, ${design}`, ({ redGates }) => redGates[i]!)),
      ...FEW_DESIGNS.map((design, i) => share<FewRow>(`found, ${design}`, ({ found }) => found[i]!)),
    ]),
    "### What the report promises about power",
    "The detectable change that `judge()` prints for unchanged code (its median; the threshold is part of it), and how often a true change of that size is then found, in %. Last column: each measurement held to the change that was printed for itself, in fresh rounds.",
    table(findings.promise, [
      { title: "noise", cell: ({ source }) => source },
      { title: "design", cell: ({ rule }) => rule },
      { title: "statistic", cell: ({ statistic }) => statistic },
      { title: "benchmarks in the gate", cell: ({ benchmarks }) => String(benchmarks), align: "r" },
      share("printed", ({ printed }) => printed),
      share("found", ({ power }) => power),
      share("found, own promise", ({ ownPower }) => ownPower),
    ]),
    "### What looks save",
    "p50 under Gaussian noise, every comparison stopping for itself, against 24 pairs always.",
    table(findings.savings, [
      { title: "noise", cell: ({ source }) => source },
      { title: "true change", cell: ({ change }) => (change === 0 ? "0" : `+${100 * change} %`), align: "r" },
      { title: "mean pairs", cell: ({ meanPairs }) => meanPairs.toFixed(1), align: "r" },
      { title: "of 24", cell: (row) => row.share.toFixed(2), align: "r" },
      share("called slower, looks", ({ looks }) => looks),
      share("called slower, 24 pairs", ({ fixed }) => fixed),
    ]),
    ...hostileSection(findings),
    ...(findings.corpus === null ? [] : [corpusSection(findings.corpus)]),
  ].join("\n\n");
}

function hostileSection({ hostile, hostileGates, price, priceGates }: Findings): readonly string[] {
  const sides = [
    ["before", ({ before }: HostileRow) => before],
    ["now", ({ inUse }: HostileRow) => inUse],
  ] as const;
  const average = (of: (row: HostileRow) => number) => hostile.reduce((sum, row) => sum + of(row), 0) / hostile.length;
  const [before, now] = sides.map(([, of]) => ({
    red: percent(average((row) => of(row).redGates)),
    worst: percent(Math.max(...hostile.map((row) => of(row).redGates))),
    open: percent(average((row) => of(row).open)),
    found: percent(average((row) => of(row).found)),
    pairs: average((row) => of(row).pairs).toFixed(1),
  }));
  const prices = [
    ["before", ({ before: found }: PriceRow) => found],
    ["now", ({ inUse: found }: PriceRow) => found],
  ] as const;
  return [
    "### Hostile noise of unchanged code",
    `Gates of 200 comparisons (100 benchmarks, p50 at 5 % and p99 at 15 %) through looks at 6, 12 and 24 pairs; ${thousands(hostileGates)} gates a noise. Red gates, p50 rows left open, how often +10 % in the p50 of one benchmark of the hundred is found, in %, and mean pairs. *Before*: looks at equal levels, the false discovery rate against the threshold itself, unchanged by the 95 % interval. On average ${before!.red} % of gates red before and ${now!.red} % now (worst noise ${before!.worst} and ${now!.worst} %), ${before!.open} and ${now!.open} % of rows open, ${before!.found} and ${now!.found} % found, ${before!.pairs} and ${now!.pairs} pairs. The last columns: red gates of rules that users have.`,
    table(hostile, [
      { title: "noise", cell: ({ noise }) => noise },
      ...sides.flatMap(([name, of]): readonly Column<HostileRow>[] => [
        share(`red, ${name}`, (row) => of(row).redGates),
        share(`open, ${name}`, (row) => of(row).open),
        share(`found, ${name}`, (row) => of(row).found),
        { title: `pairs, ${name}`, cell: (row) => of(row).pairs.toFixed(1), align: "r" },
      ]),
      ...HOSTILE_PEERS.map(({ name }, i) => share<HostileRow>(name, ({ peers }) => peers[i]!)),
    ]),
    "### The price",
    `Gaussian rounds, p50 at 5 %, looks at 6, 12 and 24 pairs; ${thousands(priceGates)} gates a row. Red gates where *all* comparisons are truly slower by as much, and how often a lone change is found among unchanged ones, in %. A gate whose benchmarks all got slower by nearly the threshold turns red more often than it did: its members are slower by more than half of it, which is what the false discovery rate now counts as a discovery.`,
    table(price, [
      { title: "sd of a round, %", cell: ({ sd }) => String(100 * sd), align: "r" },
      { title: "comparisons", cell: ({ comparisons }) => String(comparisons), align: "r" },
      ...prices.flatMap(([name, of]): readonly Column<PriceRow>[] => [
        ...PRICE.all.map((change, i) => share<PriceRow>(`all +${100 * change} %, ${name}`, (row) => of(row).all[i]!)),
        ...PRICE.one.map((change, i) =>
          share<PriceRow>(`one +${Math.round(100 * change)} %, ${name}`, (row) => of(row).one[i]!),
        ),
      ]),
    ]),
  ];
}

function introduction({ seed, unchanged, changed, pool, sources, rules, agreement }: Findings): string {
  return `## Operating characteristics

Written by \`npm run bench:verdict\` (seed ${seed}); the same seed gives the same numbers. ${thousands(unchanged)} unchanged comparisons and ${thousands(changed)} at each true change, for each noise; the standard error of a share near 5 % is ${(100 * Math.sqrt((0.05 * 0.95) / unchanged)).toFixed(1)} points, of a power near 80 % ${(100 * Math.sqrt((0.8 * 0.2) / changed)).toFixed(0)} points.
Benchgate's rules are the functions that \`judge()\` calls, at the default thresholds (p50 5 %, p99 15 %); ${thousands(agreement.compared)} of the comparisons also went through \`judge()\` as a whole, ${agreement.different === 0 ? "with the same verdict and p every time" : `**and ${thousands(agreement.different)} of them came out differently**`}.

Rounds have statistics of 1,000 samples that were drawn one by one and evaluated by the project's estimators (${thousands(pool)} such rounds, reused); a round's level multiplies them. Rules that pool samples got samples.

${table(sources, [
  { title: "noise", cell: ({ name }) => name },
  { title: "what it is", cell: ({ about }) => about },
])}

${table(rules, [
  { title: "rule", cell: ({ name }) => name },
  { title: "what it is", cell: ({ about }) => about },
])}`;
}

/** Rules down, noises across. */
function matrix({ characteristics, rules, sources }: Findings, cell: (found: Characteristics) => string): string {
  return table(rules, [
    { title: "rule", cell: ({ name }) => name },
    ...sources.map(
      (source): Column<{ readonly name: string }> => ({
        title: source.name,
        align: "r",
        cell: ({ name }) => {
          const found = characteristics.find((each) => each.rule === name && each.source === source.name);
          return found === undefined ? NONE : cell(found);
        },
      }),
    ),
  ]);
}

function details(
  { characteristics }: Findings,
  { name, about }: { readonly name: string; readonly about: string },
): string {
  const rows = characteristics.filter(({ source }) => source === name);
  const power = GATED.flatMap((statistic) =>
    CHANGES.map(
      (change, i): Column<Characteristics> =>
        share(`${statistic} +${Math.round(100 * change)} %`, (row) => row.power[statistic]?.[i] ?? null),
    ),
  );
  const all = table(rows, [
    { title: "rule", cell: ({ rule }) => rule },
    ...GATES.map((benchmarks, i) =>
      share<Characteristics>(`red gates of ${benchmarks}`, (row) => row.redGates[i] ?? null),
    ),
    ...power,
    { title: "mean rounds", cell: ({ rounds }) => rounds.toFixed(1), align: "r" },
    share("coverage p50", ({ coverage }) => coverage.p50),
    share("coverage p99", ({ coverage }) => coverage.p99),
  ]);
  return `<details><summary>${name}: ${about}</summary>\n\nRed gates of unchanged benchmarks, power at true changes of both statistics, coverage of 95 % intervals, all in %; mean rounds on the candidate's side, unchanged p50.\n\n${all}\n\n</details>`;
}

function corpusSection({ files, series, tools, comparisons, rows }: CorpusTable): string {
  return `### Other tools' files

${series} benchmarks with at least ten measurements each in ${files} files of ${tools.join(", ")}: their first ten values, split into five pairs in all eight balanced orders (${thousands(comparisons)} comparisons of identical code). Except hyperfine's, the values come from one process and are kinder than rounds. Called slower, in %; a red gate is a file.

${table(rows, [
  { title: "rule", cell: ({ rule }) => rule },
  share("false alarms", ({ falseAlarms }) => falseAlarms),
  share("red gates", ({ redGates }) => redGates),
])}`;
}

function share<T>(title: string, of: (row: T) => number | null): Column<T> {
  return { title, cell: (row) => percent(of(row)), align: "r" };
}

function table<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  return markdownTable(
    [columns.map(({ title }) => title), ...rows.map((row) => columns.map(({ cell }) => cell(row)))],
    {
      align: columns.map(({ align }) => align ?? "l"),
      padding: false,
      alignDelimiters: false,
    },
  );
}

/** A share in percent: one digit below 10 %, two below 1 %. */
export function percent(share: number | null): string {
  if (share === null || Number.isNaN(share)) return NONE;
  const value = 100 * share;
  if (value === 0) return "0";
  return value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0);
}

function errorOf(level: number, repeats: number): string {
  return (Math.sqrt((level * (1 - level)) / repeats) / level).toFixed(2);
}

function thousands(count: number): string {
  return count.toLocaleString("en-US");
}
