import { type Frame, type Profile, ProfileBuilder } from "../profile.ts";
import type { ProfileReader } from "./reader.ts";

/** A line of collapsed stacks: frames from the root, separated by semicolons, and how often they were seen. */
const LINE = /^(.+) (\d+(?:\.\d+)?)$/;

/** How profilers write where a function is: `parse (src/a.py:12)` (py-spy, rbspy, pyinstrument), `parse at a.js:12`, `parse [a.rs:12]`. */
const PLACES: readonly RegExp[] = [
  /^(.*?) \((.+?):(\d+)\)$/,
  /^(.*?) at (.+?):(\d+)$/,
  /^(.*?) \[(.+?):(\d+)\]$/,
  /^(.*?) \(([^():]+\.\w+(?:\.\d+)*)\)$/,
];

/** What perf and async-profiler append to a frame that they know to be the kernel's, compiled, or inlined. */
const MARK = /_\[[a-z0-9]\]$/;

/** Collapsed stacks (perf with stackcollapse, async-profiler, py-spy `raw`, rbspy, dtrace, bpftrace). They count samples. */
export const collapsed: ProfileReader = {
  name: "collapsed stacks",
  fits: (bytes) => {
    const lines = firstLines(bytes);
    return lines.length > 0 && lines.every((line) => LINE.test(line)) && lines.some((line) => line.includes(";"));
  },
  read: (bytes) => readCollapsed(new TextDecoder().decode(bytes)),
};

function firstLines(bytes: Uint8Array): readonly string[] {
  const head = new TextDecoder().decode(bytes.subarray(0, 65_536));
  const lines = head.split(/\r?\n/);
  // The last one may be cut.
  const whole = bytes.length > 65_536 ? lines.slice(0, -1) : lines;
  return whole.filter((line) => line.trim() !== "" && !line.startsWith("#"));
}

function readCollapsed(text: string): Profile {
  const builder = new ProfileBuilder();
  for (const line of text.split(/\r?\n/)) {
    const [, stack, count] = LINE.exec(line) ?? [];
    if (stack === undefined) continue;
    const frames = stack.split(";").map(frameOf);
    const leaf = frames.at(-1)!;
    builder.stack(
      frames.map((frame) => frame.frame),
      Number(count),
      leaf.line,
    );
  }
  return builder.profile("1");
}

/** A frame, and the line on which it was. Such profilers tell the line that ran, not the one where the function begins. */
function frameOf(text: string): { readonly frame: Frame; readonly line: number | null } {
  const plain = text.replace(MARK, "");
  for (const place of PLACES) {
    const [, name, file, line] = place.exec(plain) ?? [];
    if (name === undefined) continue;
    return { frame: nativeFrame(name, file ?? null), line: line === undefined ? null : Number(line) };
  }
  return { frame: nativeFrame(plain, null), line: null };
}

/** A frame of a language in which the runtime's functions are told by their names and files alone. */
export function nativeFrame(name: string, file: string | null, line: number | null = null): Frame {
  const own = name === "" ? "(anonymous)" : name;
  return { name: own, file, line, owner: isRuntime(own, file) ? "runtime" : "code" };
}

/** The kernel, libraries of the system, and what languages bring along. */
const RUNTIME_NAME =
  /^(?:\[.*\]|0x[0-9a-f]+|runtime[./]|__\w*(?<!__)$|\w+@@?\w|_start$|java[./]|jdk[./]|sun[./]|<built-in|<method '|<frozen )/;
const RUNTIME_FILE =
  /^(?:<.*>|~|\[.*\])$|^\/(?:usr\/)?lib(?:32|64)?\/.*\.so(?:\.\d+)*$|(?:^|\/)(?:usr\/(?:local\/)?go\/src|usr\/include|rustc\/[0-9a-f]+|lib\/python3\.\d+\/(?!site-packages|dist-packages))|\/go\/pkg\/mod\/golang\.org\/toolchain/;

/** The standard libraries of Rust and C++. */
const STANDARD = /^(?:std|core|alloc|__gnu_cxx)::/;

/** What Rust does for a type by a trait. The library's own does it for its own types, and for all (`<A as core::cmp::PartialEq>`). */
const BY_TRAIT = /^<(.*?)(?: as ([^>]*).*)?>::/;

function isRuntime(name: string, file: string | null): boolean {
  return RUNTIME_NAME.test(name) || isStandard(name) || (file !== null && RUNTIME_FILE.test(file));
}

function isStandard(name: string): boolean {
  const [, type, trait] = BY_TRAIT.exec(name) ?? [];
  if (type !== undefined) {
    return trait === undefined
      ? STANDARD.test(type)
      : STANDARD.test(trait) && (STANDARD.test(type) || !type.includes("::"));
  }
  return STANDARD.test(qualified(name));
}

/** A name in C++ without arguments, and without the type that demanglers put before a template: `void std::sort<int*>(int*)` is `std::sort`. */
function qualified(name: string): string {
  let plain = name.replaceAll("(anonymous namespace)", "anonymous");
  for (let before = ""; before !== plain; ) {
    before = plain;
    plain = plain.replace(/<[^<>()]*>|\([^()]*\)|\[[^[\]]*\]/g, "");
  }
  return plain
    .replace(/( const| volatile|&)+$/, "")
    .trim()
    .split(" ")
    .at(-1)!;
}
