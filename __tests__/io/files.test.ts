import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { createFiles } from "../../src/io/files.ts";
import { unpacked, unpackedPieces } from "../../src/io/gzip.ts";
import { GateError } from "../../src/model/error.ts";

const files = createFiles();
const folder = mkdtempSync(join(tmpdir(), "benchgate-files-"));
const at = (name: string) => join(folder, name);

afterAll(() => rmSync(folder, { recursive: true }));

/** A file's text, piece by piece. */
async function pieces(path: string): Promise<string> {
  const parts: Buffer[] = [];
  for await (const piece of (await files.open(path))!.chunks()) parts.push(Buffer.from(piece));
  return Buffer.concat(parts).toString();
}

describe("reading text", () => {
  it.each([
    ["UTF-8", Buffer.from("µs ✓")],
    ["UTF-8 with a byte order mark", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from("µs ✓")])],
    [
      "UTF-16LE, as Windows PowerShell writes it",
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("µs ✓", "utf16le")]),
    ],
    ["UTF-16BE", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from("µs ✓", "utf16le").swap16()])],
  ])("understands %s", async (_, bytes) => {
    writeFileSync(at("text"), bytes);
    expect(await files.readText(at("text"))).toBe("µs ✓");
    expect(await files.readTextIfAny(at("text"))).toBe("µs ✓");
  });

  it("keeps what is binary whole, a character for a byte", async () => {
    const bytes = Uint8Array.from({ length: 512 }, (_, i) => i % 256);
    writeFileSync(at("binary"), bytes);
    expect([...(await files.readText(at("binary")))].map((each) => each.charCodeAt(0))).toEqual([...bytes]);
  });

  it("unpacks what is in gzip, in whatever encoding, several that were joined as one", async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("µs ✓", "utf16le")]);
    writeFileSync(at("text.gz"), Buffer.concat([gzipSync("µs"), gzipSync(" ✓")]));
    writeFileSync(at("utf16"), gzipSync(utf16));
    for (const name of ["text.gz", "utf16"]) {
      expect(await files.readText(at(name))).toBe("µs ✓");
      expect(await pieces(at(name))).toBe("µs ✓");
    }
  });

  it("unpacks in pieces what is larger than its file, and tells how large it is", async () => {
    const line = `${"x".repeat(1000)}\n`;
    writeFileSync(at("large.gz"), gzipSync(line.repeat(5000)));
    expect((await files.open(at("large.gz")))!.size).toBe(5000 * line.length);
    expect(await pieces(at("large.gz"))).toBe(line.repeat(5000));
    const file = await files.open(at("large.gz"));
    for await (const _ of file!.chunks()) break;
  });

  it("refuses a gzip file that is damaged, or cut short, with its name", async () => {
    const whole = gzipSync("hello ".repeat(10_000));
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 12, 40);
    for (const [bytes, problem] of [
      [whole.subarray(0, -12), "cut short"],
      [damaged, "damaged"],
    ] as const) {
      writeFileSync(at("bad.gz"), bytes);
      await expect(files.readText(at("bad.gz"))).rejects.toThrow(`${at("bad.gz")}: this gzip file is ${problem}`);
      await expect(pieces(at("bad.gz"))).rejects.toThrow(`this gzip file is ${problem}`);
    }
  });

  it("unpacks no more than it can take", async () => {
    const bytes = gzipSync(Buffer.alloc(100_000));
    await expect(unpacked(bytes, 99_999)).rejects.toThrow(/^this gzip file unpacks to more than/);
    async function* whole() {
      yield bytes;
    }
    const all = async () => {
      for await (const piece of unpackedPieces(whole(), 99_999)) expect(piece.length).toBeGreaterThan(0);
    };
    await expect(all()).rejects.toThrow(/unpacks to more than/);
    expect((await unpacked(bytes, 100_000)).length).toBe(100_000);
  });

  it("reads an empty file as empty text", async () => {
    writeFileSync(at("empty"), "");
    expect(await files.readText(at("empty"))).toBe("");
  });

  it("gives null for no file only where that is asked for", async () => {
    expect(await files.readTextIfAny(at("none"))).toBeNull();
    await expect(files.readText(at("none"))).rejects.toThrow(`${at("none")}: there is no such file. Check the path`);
  });

  it("names the file where a folder is in the way", async () => {
    await expect(files.readTextIfAny(folder)).rejects.toThrow(`${folder}: this is a folder. Name a file`);
  });
});

describe("opening a file", () => {
  /** All pieces as one text, and how many bytes there were; each piece is copied, because its memory is used again. */
  async function readAll(name: string): Promise<Buffer> {
    const pieces: Buffer[] = [];
    for await (const piece of (await files.open(at(name)))!.chunks()) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  }

  it("gives its size, and its bytes in pieces, as often as they are asked for", async () => {
    const bytes = Buffer.alloc(5_000_001, "0123456789µ\n");
    writeFileSync(at("long"), bytes);
    expect((await files.open(at("long")))!.size).toBe(bytes.length);
    expect((await readAll("long")).equals(bytes)).toBe(true);
    expect((await readAll("long")).equals(bytes)).toBe(true);
  });

  it("makes UTF-16 UTF-8, characters that are cut between pieces too", async () => {
    const text = `µ😀${"abc😀".repeat(700_000)}`;
    writeFileSync(at("utf16"), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]));
    expect((await readAll("utf16")).toString("utf8")).toBe(text);
  });

  it("may be left before its end, and is null where there is none", async () => {
    for await (const piece of (await files.open(at("long")))!.chunks()) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    writeFileSync(at("empty"), "");
    expect((await readAll("empty")).length).toBe(0);
    expect(await files.open(at("none"))).toBeNull();
    await expect(readAll(".")).rejects.toThrow("this is a folder. Name a file");
  });
});

describe.runIf(process.platform === "linux")("what is no regular file", () => {
  const place = at("special");
  beforeAll(() => {
    mkdirSync(place);
    execFileSync("mkfifo", [`${place}/fifo`]);
    symlinkSync("fifo", `${place}/link-to-fifo`);
    symlinkSync("/dev/zero", `${place}/zero`);
    symlinkSync("/dev/tty", `${place}/terminal`);
    symlinkSync("loop", `${place}/loop`);
    symlinkSync("/proc/self/mem", `${place}/memory`);
    mkdirSync(`${place}/folder`);
    writeFileSync(`${place}/target`, "text");
    symlinkSync("target", `${place}/link`);
  });

  it.each([
    ["fifo", /this is a named pipe, not a file. Have an ordinary file written there/],
    ["link-to-fifo", /this is a named pipe/],
    ["zero", /this is a device/],
    ["terminal", /this is a device|cannot be used/],
    ["loop", /cannot be used/],
    ["memory", /cannot be used/],
    ["folder", /this is a folder. Name a file/],
  ])("is not read: %s", async (name, message) => {
    const path = `${place}/${name}`;
    for (const read of [
      () => files.readText(path),
      () => files.readTextIfAny(path),
      async () => {
        const file = await files.open(path);
        for await (const _ of file!.chunks()) return;
      },
    ]) {
      const error = await read().then(
        () => null,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(GateError);
      expect((error as GateError).message).toMatch(message);
      expect((error as GateError).message).toContain(path);
    }
  });

  it("is not read where it is a socket", async () => {
    const server = createServer().listen(`${place}/socket`);
    await new Promise((resolve) => server.once("listening", resolve));
    await expect(files.readText(`${place}/socket`)).rejects.toThrow("this is a socket");
    await new Promise((resolve) => server.close(resolve));
  });

  it("is looked at when it is opened, and again when it is read", async () => {
    writeFileSync(`${place}/turning`, "text");
    const file = (await files.open(`${place}/turning`))!;
    rmSync(`${place}/turning`);
    execFileSync("mkfifo", [`${place}/turning`]);
    await expect(file.chunks()[Symbol.asyncIterator]().next()).rejects.toThrow("this is a named pipe");
  });

  it("may be a link to a regular file", async () => {
    expect(await files.readText(`${place}/link`)).toBe("text");
  });

  it("has no end to wait for, and no size to take: a sparse file is refused by its size", async () => {
    writeFileSync(`${place}/sparse`, "");
    truncateSync(`${place}/sparse`, 100 * 2 ** 30);
    await expect(files.readText(`${place}/sparse`)).rejects.toThrow(
      "it is larger than 512 MiB. Have the tool write less",
    );
  });

  it("is read to its end where the user has named a pipe", async () => {
    const writer = spawn("sh", ["-c", `echo one > ${place}/fifo`]);
    const written = new Promise((resolve) => writer.once("close", resolve));
    expect(await files.readPipe(`${place}/fifo`)).toBe("one\n");
    await written;
    for (const name of ["target", "folder", "none"]) expect(await files.readPipe(`${place}/${name}`)).toBeNull();
  });

  it("is replaced when a file is written, and what it led to stays as it was", async () => {
    for (const name of ["fifo", "zero", "link", "loop"]) {
      await files.write(`${place}/${name}`, "new");
      expect(lstatSync(`${place}/${name}`).isFile()).toBe(true);
      expect(await files.readText(`${place}/${name}`)).toBe("new");
    }
    expect(readFileSync(`${place}/target`, "utf8")).toBe("text");
    await expect(files.write(`${place}/folder`, "new")).rejects.toThrow("this is a folder");
    expect(readdirSync(place).filter((name) => name.endsWith(".benchgate"))).toEqual([]);
  });

  it("is written to where it is open already, as /dev/stdout is", () => {
    const code = `
      import { createFiles } from ${JSON.stringify(new URL("../../src/io/files.ts", import.meta.url).href)};
      await createFiles().write("/dev/stdout", "report");`;
    const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      encoding: "utf8",
      stdio: ["ignore", openSync(`${place}/stdout`, "w"), "inherit"],
    });
    expect(stdout).toBeNull();
    expect(readFileSync(`${place}/stdout`, "utf8")).toBe("report");
    expect(existsSync("/dev/stdout")).toBe(true);
  });
});

describe("listing a folder", () => {
  it("gives the files that fit, sorted, with a stamp that changes when one is written", async () => {
    await files.write(at("results/b/new.json"), "1");
    await files.write(at("results/a.json"), "22");
    await files.write(at("results/other.txt"), "3");
    const list = () => files.listFolder(at("results"), ["**/*.json"]);
    const before = (await list())!;
    expect(before.map(({ path, size }) => [path, size])).toEqual([
      ["a.json", 2],
      ["b/new.json", 1],
    ]);
    expect(await list()).toEqual(before);
    await files.write(at("results/a.json"), "23");
    const after = (await list())!;
    expect(after[0]!.stamp).not.toBe(before[0]!.stamp);
    expect(after[1]).toEqual(before[1]);
  });

  it("gives null where there is no folder", async () => {
    writeFileSync(at("plain"), "");
    expect(await files.listFolder(at("plain"), ["**"])).toBeNull();
    expect(await files.listFolder(at("nowhere"), ["**"])).toBeNull();
    expect(await files.listFolder(at("plain/below"), ["**"])).toBeNull();
  });
});

describe("writing and removing", () => {
  it("keeps a file's mode, and clears away what a killed writer has left of it", async () => {
    writeFileSync(at("program"), "old", { mode: 0o750 });
    const dead = spawnSync("true").pid;
    writeFileSync(at(`.program.${dead}-0.benchgate`), "half");
    writeFileSync(at(`.program.${process.ppid}-0.benchgate`), "somebody is at it");
    await files.write(at("program"), "new");
    expect(lstatSync(at("program")).mode & 0o777).toBe(0o750);
    const left = readdirSync(folder).filter((name) => name.startsWith(".program"));
    expect(left).toEqual([`.program.${process.ppid}-0.benchgate`]);
  });

  it("makes the folders that a path needs", async () => {
    await files.write(at("a/b/c.json"), "{}\n");
    expect(await files.readText(at("a/b/c.json"))).toBe("{}\n");
  });

  it("removes a file, and none without complaint, but never a folder", async () => {
    await files.write(at("gone/file"), "x");
    await files.remove(at("gone/file"));
    await files.remove(at("gone/file"));
    expect(existsSync(at("gone/file"))).toBe(false);
    await expect(files.remove(at("gone"))).rejects.toThrow("this is a folder");
    expect(existsSync(at("gone"))).toBe(true);
  });
});

describe("a folder that cannot be made", () => {
  it("is an error that names the file in its way", async () => {
    writeFileSync(at("in-the-way"), "");
    await expect(files.write(at("in-the-way/b/c"), "x")).rejects.toThrow(
      `${at("in-the-way/b/c")}: a file is where a folder is needed. A part of the path is a file`,
    );
  });

  it.runIf(process.platform === "linux").each([
    ["is a file", "/etc/passwd"],
    ["nobody may write", "/proc"],
    ["cannot be made", "/proc/nope"],
    ["is a device", "/dev/full"],
  ])("makes temporary folders elsewhere where the first place %s", async (_, first) => {
    const second = join(at("places"), first);
    const made = await createFiles([first, second]).temporaryFolder();
    expect(made.startsWith(`${second}/benchgate-`)).toBe(true);
    expect(readdirSync(made)).toEqual([]);
    await expect(createFiles([first]).temporaryFolder()).rejects.toThrow(first);
  });

  it.runIf(existsSync("/proc/self"))(
    "is an error in a file system that takes none, and not an endless try",
    async () => {
      await expect(files.write("/proc/nope/deep/file", "x")).rejects.toThrow(
        "/proc/nope: no folder can be made here. Choose a place on an ordinary disk",
      );
      await expect(createFiles(["/proc/nope"]).temporaryFolder()).rejects.toThrow("no folder can be made here");
    },
  );

  it("is none where several make it at the same time", async () => {
    const names = Array.from({ length: 20 }, (_, index) => at(`together/deep/${index}`));
    await Promise.all(names.map((name) => files.write(name, name)));
    for (const name of names) expect(await files.readText(name)).toBe(name);
  });
});

describe("finding files", () => {
  it("gives sorted relative paths, without folders, dependencies or what a pattern excludes", async () => {
    for (const name of [
      "b.bench.js",
      "a.bench.js",
      "deep/c.bench.ts",
      "node_modules/x/d.bench.js",
      ".git/e.bench.js",
      "helper.js",
    ]) {
      await files.write(at(`glob/${name}`), "");
    }
    mkdirSync(at("glob/folder.bench.js"));
    expect(await files.glob(["**/*.bench.{js,ts}"], at("glob"))).toEqual([
      "a.bench.js",
      "b.bench.js",
      "deep/c.bench.ts",
    ]);
    expect(await files.glob(["*.bench.js", "a*.js", "!b*"], at("glob"))).toEqual(["a.bench.js"]);
    expect(await files.glob(["none/*"], at("glob"))).toEqual([]);
  });
});

describe("temporary folders", () => {
  const module = JSON.stringify(new URL("../../src/io/files.ts", import.meta.url).href);

  it("that a killed program has left are removed by the next one, and only those", async () => {
    const parent = at("killed");
    const making = (then: string) => `
      import { createFiles } from ${module};
      console.log(await createFiles([${JSON.stringify(parent)}]).temporaryFolder());
      ${then}`;
    const start = (then: string) =>
      spawn(process.execPath, ["--input-type=module", "-e", making(then)], { stdio: ["ignore", "pipe", "inherit"] });
    const made = async (child: ReturnType<typeof start>): Promise<string> =>
      String(await new Promise((resolve) => child.stdout!.once("data", resolve))).trim();
    const ended = (child: ReturnType<typeof start>) => new Promise((resolve) => child.once("close", resolve));
    const [killed, living] = [start("setInterval(() => {}, 1000);"), start("setInterval(() => {}, 1000);")];
    onTestFinished(async () => {
      const over = ended(living);
      living.kill();
      await over;
    });
    const [left, used] = [await made(killed), await made(living)];
    const gone = ended(killed);
    killed.kill("SIGKILL");
    await gone;
    const strangers = ["benchgate-report", "benchgate-00000000-1-abcdef", "other"];
    for (const name of strangers) mkdirSync(join(parent, name));
    expect([existsSync(left), existsSync(used)]).toEqual([true, true]);
    spawnSync(process.execPath, ["--input-type=module", "-e", making("")]);
    expect([existsSync(left), existsSync(used)]).toEqual([false, true]);
    for (const name of strangers) expect(existsSync(join(parent, name)), name).toBe(true);
  });

  it("are new, empty, and gone when the program has ended", () => {
    const code = `
      import { createFiles } from ${JSON.stringify(new URL("../../src/io/files.ts", import.meta.url).href)};
      import { readdirSync, writeFileSync } from "node:fs";
      const files = createFiles([${JSON.stringify(at("temporary"))}]);
      const folders = [await files.temporaryFolder(), await files.temporaryFolder()];
      console.log(JSON.stringify(folders.map((folder) => [folder, readdirSync(folder).length])));
      writeFileSync(folders[0] + "/left", "behind");`;
    const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
    expect(status).toBe(0);
    const made: [string, number][] = JSON.parse(stdout);
    expect(new Set(made.map(([path]) => path)).size).toBe(2);
    for (const [path, entries] of made) {
      expect(path.startsWith(at("temporary"))).toBe(true);
      expect(entries).toBe(0);
      expect(existsSync(path)).toBe(false);
    }
  });
});
