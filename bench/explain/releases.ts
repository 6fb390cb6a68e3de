/** Two published versions of a library, of which the later was publicly reported to be slower. */
export interface Release {
  readonly name: string;
  /** Where that was reported, and which function the report or its fix names. */
  readonly report: string;
  readonly right: readonly string[];
  /** Where the library lies, as the report of the gate has it. */
  readonly dependency: string;
  readonly versions: readonly [before: string, after: string];
  /** The files of the repository that uses it, by what is installed. */
  readonly tree: (version: string) => Readonly<Record<string, string>>;
  /** What writes the lockfile, where there is one. */
  readonly lock: string | null;
}

/** A repository with one benchmark module, which depends on one version of a package of npm. */
function npm(name: string, bench: string): Pick<Release, "dependency" | "tree" | "lock"> {
  return {
    dependency: name,
    lock: "npm install --package-lock-only --silent --no-audit --no-fund",
    tree: (version) => ({
      "package.json": `${JSON.stringify({ type: "module", private: true, dependencies: { [name]: version } })}\n`,
      "bench.mjs": bench,
      "benchgate.yml": "setup: npm ci --silent --no-audit --no-fund\nsuites:\n  s:\n    bench: bench.mjs\n",
      ".gitignore": "node_modules\n",
    }),
  };
}

/** A repository with one program, which depends on one version of a package of PyPI. */
function pypi(name: string, bench: string, profile: string): Pick<Release, "dependency" | "tree" | "lock"> {
  return {
    dependency: name,
    lock: null,
    tree: (version) => ({
      "requirements.txt": version.includes("==") ? version : `${name}==${version}\n`,
      "bench.py": bench,
      "benchgate.yml": `setup: python3 -m venv .venv && .venv/bin/pip install -q -r requirements.txt\nsuites:\n  s:\n    time: .venv/bin/python bench.py\n    profile: ${profile}\n`,
      ".gitignore": ".venv\n",
    }),
  };
}

const CPROFILE = ".venv/bin/python -m cProfile -o $BENCHGATE_PROFILE bench.py";

/** What is known of, and small enough to be measured here. */
export const RELEASES: readonly Release[] = [
  {
    name: "marked: lists are quadratic in the length of the document",
    report: "https://github.com/markedjs/marked/issues/2297, fixed by https://github.com/markedjs/marked/pull/2302",
    right: ["list"],
    versions: ["2.1.3", "4.0.4"],
    ...npm(
      "marked",
      `import * as all from "marked";
const { parse } = all.marked ?? all.default;
const section = (i) => \`## Type \${i}\\n\\nA paragraph of _text_ with \\\`code\\\` and **more**.\\n\\n- field \${i}: \\\`Int!\\\`\\n- other: [String](#string)\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\`;
const text = Array.from({ length: 120 }, (_, i) => section(i)).join("\\n");
export const lists = () => parse(text).length;
export const options = { time: 60, warmupTime: 30 };
`,
    ),
  },
  {
    name: "marked: brackets that nothing closes (compiled, minified, with a source map)",
    report:
      "https://github.com/tenglvjun/mktero/pull/99 (the versions), https://github.com/markedjs/marked/pull/4090 (the expression)",
    right: ["inlineTokens"],
    versions: ["18.0.10", "18.0.11"],
    ...npm(
      "marked",
      `import { marked } from "marked";
const text = \`[\${"\\t\\\\[".repeat(500)}[\`;
export const brackets = () => marked.parse(text).length;
export const options = { time: 60, warmupTime: 30 };
`,
    ),
  },
  {
    name: "MarkupSafe: striptags without regular expressions",
    report: "https://github.com/pallets/markupsafe/issues/521",
    right: ["striptags", "Markup.striptags"],
    versions: ["2.1.3", "2.1.5"],
    ...pypi(
      "markupsafe",
      'from markupsafe import Markup\n\nTEXT = Markup("<b>bold</b> text &amp; <i>more</i>\\n" * 3000)\nfor _ in range(12):\n    TEXT.striptags()\n',
      CPROFILE,
    ),
  },
];
