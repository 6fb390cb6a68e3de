import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { bundleAfter, type Cell, FILES, numbers, type Right, type Stage, type Wanted } from "./stage.ts";

const PART = "full disks";

/** A disk of its own for temporary files, and what is right when they have no other. */
interface Disk {
  /** The options of its tmpfs (tmpfs(5)). */
  readonly options: string;
  /** A line for the shell, run in the new disk before the action starts. */
  readonly prepare?: string;
  /** What the benchmark does first. */
  readonly bench?: string;
  /** Whether the runner's own temporary folder is on the disk as well. */
  readonly runner?: true;
  /** Files of the repository, on both sides. */
  readonly files?: Readonly<Record<string, string>>;
  readonly event?: "push";
  readonly right: Right;
}

const RED: Right = { codes: [1], outcome: "fail", says: /1 regression/ };
const fails = (says: RegExp): Right => ({ codes: [2, 3], outcome: "fail", says });

const FULL = "head -c 2000000 /dev/zero > full 2>/dev/null";
/** Takes the last file that the disk can have. */
const CROWDED = "i=0; while : > f$i; do i=$((i+1)); done 2>/dev/null";
/** More than a small disk has room for, and nothing that git can make smaller. */
const LARGE = { "large.txt": Array.from({ length: 60_000 }, (_, i) => Math.sin(i).toString(36)).join("\n") };

const DISKS: Readonly<Record<string, Disk>> = {
  "a temporary folder that is full": { options: "size=256k", prepare: FULL, right: RED },
  "a temporary folder that can hold no more files": {
    options: "size=1m,nr_inodes=40",
    prepare: CROWDED,
    right: RED,
  },
  "every temporary folder is full": {
    options: "size=256k",
    prepare: FULL,
    runner: true,
    right: fails(/disk is full/),
  },
  "no temporary folder can hold more files": {
    options: "size=1m,nr_inodes=40",
    prepare: CROWDED,
    runner: true,
    right: fails(/disk is full/),
  },
  "a benchmark that fills the temporary folder": {
    options: "size=2m",
    bench: 'head -c 8000000 /dev/zero > "$TMPDIR/full" 2>/dev/null; ',
    right: RED,
  },
  "an output that has no room": {
    options: "size=2m",
    bench: 'head -c 8000000 /dev/zero > "$TMPDIR/full" 2>/dev/null; cat out.txt > "$BENCHGATE_OUTPUT" && ',
    right: fails(/No space left|exit/),
  },
  "a temporary folder too small for the base revision": {
    options: "size=300k",
    files: LARGE,
    right: fails(/there is room on the disks/),
  },
  "a push with a temporary folder that is full": {
    options: "size=256k",
    prepare: FULL,
    event: "push",
    right: { codes: [0], outcome: "pass" },
  },
  "a push whose benchmark fills the temporary folder": {
    options: "size=2m",
    bench: 'head -c 8000000 /dev/zero > "$TMPDIR/full" 2>/dev/null; ',
    event: "push",
    right: { codes: [0], outcome: "pass", says: /not stored/ },
  },
};

const SAMPLE = "a temporary folder that is full";

/** A pull request that is three times as slow, or a push, with temporary folders on a disk without room. The disk is seen by the action alone and goes with it. */
export async function* disks(stage: Stage, wanted: Wanted): AsyncGenerator<Cell> {
  const refused = whyNoDisk();
  for (const [name, { options, prepare = ":", bench = "", runner, files = {}, event, right }] of Object.entries(
    DISKS,
  )) {
    if (!wanted(name, name === SAMPLE)) continue;
    if (refused !== null) {
      yield { part: PART, name, wrong: [], notRun: refused, seconds: 0, summary: false };
      continue;
    }
    const config = FILES["benchgate.yml"].replace("cat out.txt", `${bench}cat out.txt`);
    const pushed = await stage.pushed({ ...FILES, ...files, "benchgate.yml": config });
    const checkout = event === "push" ? pushed : (await stage.pulled({ "out.txt": numbers(3) })).checkout;
    const mount = join(stage.folder, "disk");
    mkdirSync(mount, { recursive: true });
    const code = `if (!process.env.ON_DISK) {
  process.env.ON_DISK = "1";
  process.env.TMPDIR = ${JSON.stringify(mount)};
  ${runner ? "process.env.RUNNER_TEMP = process.env.TMPDIR;" : ""}
  const line = 'mount -t tmpfs -o ${options} none "$TMPDIR" && (cd "$TMPDIR"; ${prepare}); exec "$0" "$@"';
  const { status } = spawnSync("unshare", [${UNSHARE.map((word) => JSON.stringify(word)).join(", ")}, "bash", "-c", line, process.execPath, process.argv[1]], { stdio: "inherit" });
  process.exit(status ?? 99);
}`;
    yield await stage.cell(PART, name, right, () =>
      stage.act(checkout, {
        inputs: event === "push" ? {} : { compare: "side-by-side" },
        bundle: bundleAfter(stage, name, code),
      }),
    );
  }
}

const UNSHARE = ["--mount", "--map-root-user"];

/** Why this machine lets nobody mount a disk; null where it does. */
function whyNoDisk(): string | null {
  try {
    execFileSync("unshare", [...UNSHARE, "mount", "-t", "tmpfs", "none", "/mnt"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    return null;
  } catch (error) {
    return `no disk can be mounted: ${String((error as { readonly stderr?: Buffer }).stderr ?? error).trim()}`;
  }
}
