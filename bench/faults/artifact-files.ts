import { deflateSync, gzipSync } from "node:zlib";

/** The two recordings of an artifact by their names. */
type Files = Readonly<Record<string, string | Buffer>>;

/** The commits that an artifact is of. */
interface Sides {
  readonly base: string;
  readonly head: string;
}

/** What an artifact holds beside its note, or in its place; made when it is asked for, because it is large. */
type Artifact = (shas: Sides, note: string) => Files;

const sides =
  (make: (sha: string) => string | Buffer): Artifact =>
  ({ base, head }) => ({ "candidate.json": make(head), "baseline.json": make(base) });

/** A recording as text: what its one round holds, as JSON; `more` stands before the rounds. */
export const recording = (sha: string, measurements: string, more = ""): string =>
  `{"schema":"benchgate.recording/1","revision":{"sha":"${sha}","ref":"main"}${more},"rounds":[{"session":"s","pair":0,"measurements":[${measurements}]}]}`;
/** A measurement of one number, as text. */
export const plain = (index: number, name = `b${index}`): string =>
  `{"benchmark":"${name}","metric":"latency","unit":"s","value":1}`;
/** So many of something, with commas between them. */
export const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => each(index)).join(",");
/** A measurement that is a histogram, as text. */
export const histogram = (encoded: string, index: number): string =>
  `{"benchmark":"b${index}","metric":"latency","unit":"s","histogram":"${encoded}","scale":1e-9}`;

const bombs = new Map<string, string>();

/** An HdrHistogram that inflates to so many MiB of one byte: 0 is no value, 2 is one value a byte. */
export function bomb(mebibytes: number, byte: number): string {
  const key = `${mebibytes} ${byte}`;
  const made = bombs.get(key) ?? makeBomb(mebibytes, byte);
  bombs.set(key, made);
  return made;
}

function makeBomb(mebibytes: number, byte: number): string {
  const bytes = Buffer.alloc(Math.round(mebibytes * 2 ** 20), byte);
  bytes.fill(0, 0, 40);
  bytes.writeUInt32BE(0x1c849313, 0);
  bytes.writeUInt32BE(bytes.length - 40, 4);
  bytes.writeUInt32BE(byte === 0 ? 3 : 5, 12);
  bytes.writeBigInt64BE(1n, 16);
  const body = deflateSync(bytes, { level: 9 });
  const outer = Buffer.alloc(8);
  outer.writeUInt32BE(0x1c849314, 0);
  outer.writeUInt32BE(body.length, 4);
  return Buffer.concat([outer, body]).toString("base64");
}

const samples = (count: number, each: (index: number) => string): string =>
  `{"benchmark":"b","metric":"latency","unit":"s","samples":[${many(count, each)}]}`;
const rounds = (sha: string, count: number, held: (round: number) => string): string =>
  `{"schema":"benchgate.recording/1","revision":{"sha":"${sha}","ref":"main"},"rounds":[${many(count, (i) => `{"session":"s","pair":${i},"measurements":[${held(i)}]}`)}]}`;

/** What is refused, with a word of the reason. */
export const REFUSED: readonly (readonly [what: string, files: Artifact, reason: RegExp])[] = [
  [
    "histograms that inflate to 60 MiB of nothing, twelve a file",
    sides((sha) =>
      recording(
        sha,
        many(12, (i) => histogram(bomb(60, 0), i)),
      ),
    ),
    /MiB of inflated histograms/,
  ],
  [
    "histograms of millions of values",
    sides((sha) =>
      recording(
        sha,
        many(4, (i) => histogram(bomb(30, 2), i)),
      ),
    ),
    /distinct values/,
  ],
  [
    "300,000 benchmarks",
    sides((sha) =>
      recording(
        sha,
        many(300_000, (i) => plain(i)),
      ),
    ),
    /60,000 measurements|parts|texts/,
  ],
  [
    "a million benchmarks",
    sides((sha) =>
      recording(
        sha,
        many(1_000_000, (i) => plain(i)),
      ),
    ),
    /larger than the 32 MiB/,
  ],
  ["lists ten million deep", sides(() => "[".repeat(10_000_000)), /nested more than 32 deep/],
  [
    "objects three million deep",
    sides((sha) => recording(sha, "", `,"later":${'{"a":'.repeat(3_000_000)}1${"}".repeat(3_000_000)}`)),
    /nested more than 32 deep/,
  ],
  [
    "a name of 30 MB",
    sides((sha) => recording(sha, plain(0, "x".repeat(30_000_000)))),
    /a text of more than 512 Ki characters/,
  ],
  [
    "a name of 100,000 characters",
    sides((sha) => recording(sha, plain(0, "x".repeat(100_000)))),
    /a name of more than 1,000 characters/,
  ],
  [
    "15 million numbers",
    sides((sha) =>
      recording(sha, `{"benchmark":"b","metric":"latency","unit":"s","samples":[${"0,".repeat(15_000_000)}0]}`),
    ),
    /3,000,000 values/,
  ],
  [
    "ten million empty objects in a key of a later version",
    sides((sha) => recording(sha, plain(0), `,"later":[${"{},".repeat(10_000_000)}0]`)),
    /values|objects/,
  ],
  [
    "a million facts of its machine",
    sides((sha) => recording(sha, plain(0), `,"environment":{${many(400_000, (i) => `"f${i}":${i}`)}}`)),
    /200 facts of the machine/,
  ],
  [
    "a million unknown keys",
    sides((sha) =>
      recording(sha, `{"benchmark":"b","metric":"latency","unit":"s",${many(900_000, (i) => `"zzzzqq${i}":1`)}}`),
    ),
    /has no values/,
  ],
  [
    "gzip of half a gibibyte",
    sides((sha) => gzipSync(`${recording(sha, plain(0))}${" ".repeat(400 * 2 ** 20)}`)),
    /larger than 32 MiB/,
  ],
  [
    "a mistake at the end of 30 MB",
    sides((sha) =>
      recording(
        sha,
        many(18_000, (i) => plain(i)),
        `,"later":"${"x".repeat(500_000)}"`,
      ).replace(/"value":1}\]}\]}$/, '"value":-1}]}]}'),
    ),
    /below zero/,
  ],
  [
    "a note of 30 MB",
    (shas, note) => ({
      ...sides((sha) => recording(sha, plain(0)))(shas, note),
      "cell.json": `${note.trimEnd()}${" ".repeat(30_000_000)}`,
    }),
    /larger than/,
  ],
  [
    "a thousand percentiles in each of 900 rounds",
    sides((sha) => {
      const levels = many(1000, (i) => `"${i / 1000}":${i + 1}`);
      const measured = `{"benchmark":"b","metric":"latency","unit":"s","quantiles":{${levels}},"count":9}`;
      return rounds(sha, 900, () => measured);
    }),
    /300,000 percentiles/,
  ],
  [
    "100,000 rounds",
    sides((sha) =>
      recording(sha, plain(0)).replace(
        /\]}$/,
        `,${many(100_000, (i) => `{"session":"s","pair":${i + 1},"measurements":[]}`)}]}`,
      ),
    ),
    /2000 rounds/,
  ],
];

/** What is as much as is read, and is judged. */
export const JUDGED: readonly (readonly [what: string, files: Artifact])[] = [
  [
    "2,500 benchmarks",
    sides((sha) =>
      recording(
        sha,
        many(2_500, (i) => plain(i)),
      ),
    ),
  ],
  [
    "2,500 benchmarks in suites of their own",
    sides((sha) =>
      recording(
        sha,
        many(2_500, (i) => `{"suite":"s${i}",${plain(i).slice(1)}`),
      ),
    ),
  ],
  [
    "2,500 benchmarks with nothing in common",
    sides((sha) =>
      recording(
        sha,
        many(2_500, (i) => plain(i, `${sha.slice(0, 6)}${i}`)),
      ),
    ),
  ],
  [
    "2,500 metrics",
    sides((sha) =>
      recording(
        sha,
        many(2_500, (i) => `{"benchmark":"b","metric":"m${i}","unit":"u${i}","better":"lower","value":1}`),
      ),
    ),
  ],
  [
    "2,500 names of 1,000 characters",
    sides((sha) =>
      recording(
        sha,
        many(2_500, (i) => plain(i, `${i}${"x".repeat(990)}`)),
      ),
    ),
  ],
  [
    "2,000 rounds of ten",
    sides((sha) =>
      rounds(sha, 2000, (r) =>
        many(
          10,
          (i) => `{"benchmark":"b${i}","metric":"latency","unit":"s","value":${1 + ((r * 7919 + i) % 101) / 1000}}`,
        ),
      ),
    ),
  ],
  [
    "all of it at once",
    sides((sha) => {
      const own = (i: number) => plain(i, `${sha.slice(0, 6)}${i}${"x".repeat(500)}`);
      return recording(sha, `${many(2_400, own)},${samples(1_600_000, (i) => `${1 + (i % 97)}`)}`);
    }),
  ],
  [
    "1.9 million samples",
    sides((sha) =>
      recording(
        sha,
        samples(1_900_000, (i) => `${1 + (i % 997)}`),
      ),
    ),
  ],
  [
    "the medians of a hundred slices of 2,400 benchmarks in six rounds, all slower",
    (shas, note) =>
      sides((sha) => {
        const slow = sha === shas.head ? 3 : 1;
        const medians = many(100, (i) => String(slow * (1 + i / 10_000)));
        const measured = (i: number) =>
          `{"benchmark":"b${i}","metric":"latency","unit":"s","samples":[${slow}],"medians":[${medians}]}`;
        return rounds(sha, 6, () => many(2400, measured));
      })(shas, note),
  ],
  ["samples in 300 rounds", sides((sha) => rounds(sha, 300, (r) => samples(6000, (i) => `${1 + ((i * r) % 997)}`)))],
  [
    "histograms of 400,000 values",
    sides((sha) =>
      recording(
        sha,
        many(3, (i) => histogram(bomb(0.4, 2), i)),
      ),
    ),
  ],
  [
    "2,500 failures",
    sides((sha) =>
      recording(sha, "").replace(
        '"measurements":[]',
        `"measurements":[],"failures":[${many(2_500, (i) => `{"benchmark":"f${i}","reason":"r${i}"}`)}]`,
      ),
    ),
  ],
  [
    "notes and exits",
    sides((sha) =>
      recording(sha, plain(0)).replace(
        /\}\]\}$/,
        `,"notes":[${many(9000, (i) => `{"benchmark":"b0","sentence":"s${i}","remedy":"r${i}"}`)}],"exits":[${many(9000, (i) => `{"suite":"s${i}","exitCode":1}`)}]}]}`,
      ),
    ),
  ],
];
