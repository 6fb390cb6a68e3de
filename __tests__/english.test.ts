import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PLAIN } from "../src/report/parts/ink.ts";
import { message } from "../src/report/words/messages.ts";
import { examples } from "./report/warnings.ts";

/** Words that no native technical writer would choose here, and what is written instead. */
const WORDS: readonly (readonly [word: RegExp, instead: string])[] = [
  [/\bmend(s|ed|ing)?\b/i, "fix"],
  [/\banew\b/i, "again"],
  [/\bbeside\b/i, "next to, with, against"],
  [/\bwholly\b/i, "entirely"],
  [/\bone a (line|round)\b|\ba round, one\b/i, "one per line, per round"],
  [/\bso many\b/i, "this many, too many"],
  [/\blies? (wholly )?beyond\b/i, "exceeds, is beyond"],
  [/\bmeans nothing (without|with|beside)\b/i, "requires, cannot be combined with"],
  [
    /(?<!\bthere )\b(is|are) no (?!such\b|longer\b|more\b|less\b|worse\b|slower\b|change\b|p99|baseline\b)\w+/i,
    "is not a",
  ],
  [/\b(stands?|stood)\b(?! (for|out|still|in the way)\b)/i, "is, is written"],
  [/\btells? (when|how many|of|statuses|failures|only|as far)\b|\bcannot be told\b/i, "says, shows, reports"],
  [/\bsay it:/i, "give, write"],
  [/\bgoes? wrong with\b|\bcomes? to grief\b|\bmisspelt\b|\bwherein\b|\bthereof\b|\bhence\b|\bupon\b/i, "plain words"],
  [/\bmay be measured, such as\b|\bhad no say\b|\bin doubt by\b/i, "plain words"],
];

const ROOT = new URL("../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, ROOT), "utf8");
const below = (folder: string, ending: string) =>
  readdirSync(new URL(folder, ROOT), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}${name}`);

/** The sentences of a source file that a user can meet: its string and template literals of several words, comments left out. */
function sentences(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/ .*$/gm, "");
  const found = code.matchAll(/"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`/g);
  // What stands in `${…}` is code.
  return [...found].map(([text]) => text.replace(/\$\{[^}]*\}/g, "…")).filter((text) => text.includes(" "));
}

/** The lines of a document that are prose: no code. */
function prose(text: string): readonly string[] {
  return text
    .replace(/^ *```[\s\S]*?^ *```/gm, "")
    .replace(/`[^`\n]*`/g, "…")
    .split("\n");
}

function faults(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) =>
    WORDS.filter(([word]) => word.test(text)).map(
      ([word, instead]) => `${text.trim().slice(0, 120)}: ${word} → ${instead}`,
    ),
  );
}

/** The sentences of more words than that. A colon or semicolon ends one as well: what follows can be read by itself. */
function longerThan(most: number, text: string): readonly string[] {
  return text.split(/(?<=[.!?:;])\s+/).flatMap((sentence) => {
    const words = sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}…]/u.test(word)).length;
    return words > most ? [`${words} words: ${sentence}`] : [];
  });
}

describe("the English that users read", () => {
  it.each([
    "a fix of yours: Mend it",
    "told beside the row",
    "`so many values are zero`",
    "this is no report of wrk",
    "what it measures stands in benchgate.yml",
    "a tool that tells when each sample was taken",
  ])("is checked: %s", (text) => {
    expect(faults([text])).toHaveLength(1);
  });

  it.each(["there is no such file", "{benchmarks} stands for those that are open", "the row tells you why"])(
    "leaves what is plain as it is: %s",
    (text) => {
      expect(faults([text])).toEqual([]);
    },
  );

  it("has no word of the list in messages, errors, inputs and help", () => {
    const files = below("src/", ".ts");
    expect(files.length).toBeGreaterThan(300);
    expect(files.flatMap((file) => faults(sentences(read(file))).map((fault) => `${file}: ${fault}`))).toEqual([]);
  });

  it("has no word of the list in the README, action.yml and the documentation", () => {
    const files = ["README.md", "action.yml", ...below("docs/", ".md")];
    expect(files.flatMap((file) => faults(prose(read(file))).map((fault) => `${file}: ${fault}`))).toEqual([]);
  });

  it("ends each sentence of a message before a reader loses its beginning", () => {
    const found = Object.values(examples("name")).flatMap((warning) => {
      const { sentence, remedy } = message(warning, PLAIN, { unit: "s", metric: "latency" });
      return longerThan(30, `${sentence} ${remedy}`);
    });
    expect(found).toEqual([]);
  });

  it.each(["README.md", "docs/method.md", "docs/troubleshooting.md"])(
    "and so does %s, which newcomers read",
    (page) => {
      const paragraphs = prose(read(page))
        .join("\n")
        .split(/\n\s*\n|\n(?=\s*(?:[-*|#<]|\d+\.))/);
      // Tables and lists of links or names are looked at, not read through.
      const told = paragraphs.filter((each) => !/^\s*[|<]|\) ·/.test(each));
      expect(told.flatMap((each) => longerThan(35, each))).toEqual([]);
      expect(told.length).toBeGreaterThan(15);
    },
  );

  it("counts the words of sentences, not of paragraphs", () => {
    expect(longerThan(3, "One two three. Four five, six seven! `Set` it.")).toEqual(["4 words: Four five, six seven!"]);
  });

  it("never calls the threshold a limit in a table", () => {
    const columns = read("src/report/parts/columns.ts");
    expect(columns).toContain('header: "threshold"');
    expect(columns).not.toContain('header: "limit"');
  });
});
