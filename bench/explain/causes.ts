/** One side's files, by path below the tree. */
type Tree = Readonly<Record<string, string>>;

/** A planted cause: both trees, and which answers are right. */
export interface Cause {
  readonly name: string;
  readonly base: Tree;
  readonly head: Tree;
  /** The functions that may be named: the one that was edited, and the one that the time goes to. Empty: it waits. */
  readonly right: readonly string[];
  /** A part of each line that may be told. */
  readonly lines: readonly string[];
  /** Whether the module is compiled, and its map leads back to `src/subject.ts`. */
  readonly compiled?: true;
}

/** Work that both sides do alike, which a cause has to be seen against. */
const BACKGROUND = `const TEXT = Array.from({ length: 120 }, (_, i) => \`Item \${(i * 7919) % 104729} Straße value-\${i} café\`).join("\\n");
export function tokenise(text) {
  const out = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const c = i < text.length ? text.charCodeAt(i) : 32;
    if (c !== 32 && c !== 10) continue;
    if (i > start) out.push(text.slice(start, i));
    start = i + 1;
  }
  return out;
}
export function checksum(text) {
  let h = 2166136261;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 16777619);
  }
  return h >>> 0;
}
export function countWords(tokens) {
  const map = new Map();
  for (const token of tokens) map.set(token, (map.get(token) ?? 0) + 1);
  return map;
}
function renderRow(key, value) {
  return \`<tr><td>\${key}</td><td>\${value}</td></tr>\`;
}
export function render(map) {
  let out = "";
  for (const [key, value] of map) out += renderRow(key, value);
  return out.length;
}
export function background() {
  return render(countWords(tokenise(TEXT))) + (checksum(TEXT) % 7);
}
`;

const HEAD = `import { background } from "./background.mjs";\n`;

/** A cause within one module, whose two versions differ in `before` and `after`. */
function within(
  name: string,
  texts: { readonly before: string; readonly after: string; readonly around: (changed: string) => string },
  answer: Pick<Cause, "right" | "lines">,
): Cause {
  const tree = (changed: string): Tree => ({
    "src/background.mjs": BACKGROUND,
    "src/subject.mjs": HEAD + texts.around(changed),
  });
  return { name, base: tree(texts.before), head: tree(texts.after), ...answer };
}

const WORDS = `const WORDS = Array.from({ length: 220 }, (_, i) => \`Mot\${i % 60}é Größe \${i}\`);\n`;

/** The twelve that are most often met. */
const TWELVE: readonly Cause[] = [
  within(
    "slow callee",
    {
      before: "function fold(word) {\n  return word.toLowerCase();\n}\n",
      after: 'function fold(word) {\n  return word.normalize("NFKC").toLowerCase();\n}\n',
      around: (fold) =>
        `${WORDS}${fold}function index(words) {\n  const seen = new Map();\n  for (const word of words) seen.set(fold(word), 1);\n  return seen.size;\n}\nexport const op = () => background() + index(WORDS);\n`,
    },
    { right: ["fold", "index"], lines: ["normalize", "fold(word)"] },
  ),
  within(
    "quadratic loop",
    {
      before: "  return [...new Set(ids)];\n",
      after:
        "  const out = [];\n  for (const id of ids) {\n    let found = false;\n    for (let i = 0; i < out.length; i++) if (out[i] === id) found = true;\n    if (!found) out.push(id);\n  }\n  return out;\n",
      around: (body) =>
        `const IDS = Array.from({ length: 190 }, (_, i) => \`id-\${(i * 31) % 170}\`);\nfunction unique(ids) {\n${body}}\nexport const op = () => background() + unique(IDS).length;\n`,
    },
    { right: ["unique"], lines: ["out[i] === id"] },
  ),
  within(
    "extra JSON copy",
    {
      before: "  return { ...state, items: state.items.slice() };\n",
      after: "  return JSON.parse(JSON.stringify(state));\n",
      around: (body) =>
        `const STATE = { user: { id: 1, roles: ["a", "b"] }, items: Array.from({ length: 60 }, (_, i) => ({ id: i, title: \`t\${i}\` })) };\nfunction snapshot(state) {\n${body}}\nfunction reduce(state) {\n  const next = snapshot(state);\n  next.items.length = 10;\n  return next;\n}\nexport const op = () => background() + reduce(STATE).items.length;\n`,
    },
    { right: ["snapshot", "reduce"], lines: ["JSON.parse", "snapshot(state)"] },
  ),
  within(
    "regular expression",
    {
      before: "const RULE = /^[a-z0-9 ]+$/;\n",
      after: "const RULE = /^(?:[a-z0-9]+ ?)+$/;\n",
      around: (rule) =>
        `${rule}const NAMES = Array.from({ length: 60 }, (_, i) => \`name \${i} with several short words in it and some more\`);\nfunction valid(text) {\n  return RULE.test(text);\n}\nfunction screen(names) {\n  return names.filter((name) => valid(name)).length;\n}\nexport const op = () => background() + screen(NAMES);\n`,
    },
    { right: ["valid", "screen"], lines: ["RULE.test", "valid(name)"] },
  ),
  within(
    "synchronous I/O in a handler",
    {
      before: '  cached ??= readFileSync(new URL(import.meta.url), "utf8").length;\n  return cached;\n',
      after: '  return readFileSync(new URL(import.meta.url), "utf8").length;\n',
      around: (body) =>
        `import { readFileSync } from "node:fs";\nlet cached;\nfunction settings() {\n${body}}\nasync function handle(request) {\n  await null;\n  return background() + settings() + request;\n}\nexport const op = async () => handle(1);\n`,
    },
    { right: ["settings"], lines: ["readFileSync"] },
  ),
  within(
    "allocation storm",
    {
      before:
        "  let x = 0;\n  let y = 0;\n  for (const value of xs) {\n    x += value;\n    y += value * 2;\n  }\n  return (x + y) / xs.length;\n",
      after:
        "  const points = xs.map((x) => ({ x, y: x * 2, tag: [x] }));\n  const sum = points.reduce((a, p) => ({ x: a.x + p.x, y: a.y + p.y }), { x: 0, y: 0 });\n  return (sum.x + sum.y) / xs.length;\n",
      around: (body) =>
        `const XS = Array.from({ length: 600 }, (_, i) => i * 0.5);\nfunction centroid(xs) {\n${body}}\nexport const op = () => background() + centroid(XS);\n`,
    },
    { right: ["centroid", "(anonymous)", "points"], lines: ["xs.map", "points.reduce"] },
  ),
  within(
    "cache removed",
    {
      before:
        "  let found = cache.get(route);\n  if (found === undefined) cache.set(route, (found = compile(route)));\n  return found;\n",
      after: "  return compile(route);\n",
      around: (body) =>
        `const cache = new Map();\nconst ROUTES = Array.from({ length: 24 }, (_, i) => \`/users/:id/posts/\${i}/:slug\`);\nfunction compile(route) {\n  return new RegExp(\`^\${route.replace(/:([a-z]+)/g, "(?<$1>[^/]+)")}$\`);\n}\nfunction lookup(route) {\n${body}}\nexport const op = () => {\n  let n = background();\n  for (const route of ROUTES) n += lookup(route).source.length;\n  return n;\n};\n`,
    },
    { right: ["compile", "lookup"], lines: ["new RegExp", "compile(route)"] },
  ),
  within(
    "sort in a loop",
    {
      before: "  for (const score of scores) top.push(score);\n  top.sort((a, b) => a - b);\n",
      after: "  for (const score of scores) {\n    top.push(score);\n    top.sort((a, b) => a - b);\n  }\n",
      around: (body) =>
        `const SCORES = Array.from({ length: 55 }, (_, i) => (i * 37) % 101);\nfunction rank(scores) {\n  const top = [];\n${body}  return top;\n}\nexport const op = () => background() + rank(SCORES)[0];\n`,
    },
    { right: ["rank", "(anonymous)"], lines: ["top.sort"] },
  ),
  within(
    "megamorphic call",
    {
      before: "  return { kind: i % 5, w: i, h: i + 1 };\n",
      after:
        "  const shape = {};\n  shape[`k${i % 12}`] = 1;\n  shape.kind = i % 5;\n  shape.w = i;\n  shape.h = i + 1;\n  return shape;\n",
      around: (body) =>
        `function makeShape(i) {\n${body}}\nconst SHAPES = Array.from({ length: 2500 }, (_, i) => makeShape(i));\nfunction area(shape) {\n  return shape.w * shape.h + shape.kind;\n}\nfunction total(shapes) {\n  let n = 0;\n  for (const shape of shapes) n += area(shape);\n  return n;\n}\nexport const op = () => background() + total(SHAPES);\n`,
    },
    { right: ["area", "total"], lines: ["shape.w", "area(shape)"] },
  ),
  within(
    "promise waterfall",
    {
      before: "  const [a, b] = await Promise.all([part(1), part(2)]);\n  return a + b;\n",
      after: "  const a = await part(1);\n  const b = await part(2);\n  return a + b;\n",
      around: (body) =>
        `const part = (i) => new Promise((done) => setTimeout(done, 1, i));\nasync function gather() {\n${body}}\nexport const op = async () => {\n  let n = 0;\n  for (let i = 0; i < 20; i++) n += background();\n  return n + (await gather());\n};\n`,
    },
    { right: [], lines: [] },
  ),
  within(
    "leaked listeners",
    {
      before: '  bus.emit("change", 1);\n  bus.off("change", onChange);\n',
      after: '  bus.emit("change", 1);\n',
      around: (body) =>
        `import { EventEmitter } from "node:events";\nconst bus = new EventEmitter();\nbus.setMaxListeners(0);\nlet seen = 0;\nfunction session() {\n  const onChange = (value) => {\n    seen += value;\n  };\n  bus.on("change", onChange);\n${body}}\nexport const op = () => {\n  session();\n  return background() + (seen % 3);\n};\n`,
    },
    { right: ["session", "onChange"], lines: ["bus.emit", "seen += value"] },
  ),
  {
    name: "slower version of a dependency",
    ...dependency(
      "slugly",
      "export function slug(title) {\n  return title.toLowerCase().replaceAll(' ', '-');\n}\n",
      "function plain(text) {\n  return text.normalize('NFKD').replace(/[\\u0300-\\u036f]/g, '');\n}\nexport function slug(title) {\n  return plain(title.toLowerCase()).replaceAll(' ', '-');\n}\n",
    ),
    right: ["plain", "slug"],
    lines: ["normalize", "plain("],
  },
];

function dependency(name: string, before: string, after: string): Pick<Cause, "base" | "head"> {
  const tree = (text: string, version: string): Tree => ({
    "src/background.mjs": BACKGROUND,
    "src/subject.mjs": `import { slug } from "${name}";\n${HEAD}const TITLES = Array.from({ length: 60 }, (_, i) => \`Título \${i} über alles\`);\nexport const op = () => {\n  let n = background();\n  for (const title of TITLES) n += slug(title).length;\n  return n;\n};\n`,
    [`node_modules/${name}/index.mjs`]: text,
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version, type: "module", exports: "./index.mjs" }),
  });
  return { base: tree(before, "1.2.0"), head: tree(after, "1.3.0") };
}

/** Bytecode that never runs, and makes a function too large for V8 to put it into its callers. */
const BULK = Array.from({ length: 60 }, (_, i) => `    x = Math.imul(x, ${3 + i}) + (x >>> ${1 + (i % 7)});\n`).join(
  "",
);

/** Others: no constant of `src/explain` was chosen on them. */
const OTHERS: readonly Cause[] = [
  within(
    "lost inlining",
    {
      before: "",
      after: `  if (x < 0) {\n${BULK}  }\n`,
      around: (bulk) =>
        `function step(x, y) {\n${bulk}  return (x + y) & 1023;\n}\nfunction walk(n) {\n  let x = 1;\n  for (let i = 0; i < n; i++) x = step(x, i);\n  return x;\n}\nexport const op = () => background() + walk(30_000);\n`,
    },
    { right: ["step", "walk"], lines: ["step(x, i)", "1023", "function step"] },
  ),
  within(
    "unchanged function that is called more often",
    {
      before: "  return words.map((word) => stem(word)).length;\n",
      after: "  return words.filter((word) => stem(word) !== '').map((word) => stem(word) + stem(word)).length;\n",
      around: (body) =>
        `${WORDS}function stem(word) {\n  let out = "";\n  for (const letter of word) if (letter > "A") out += letter;\n  return out;\n}\nfunction stems(words) {\n${body}}\nexport const op = () => background() + stems(WORDS.slice(0, 90));\n`,
    },
    { right: ["stem", "stems", "(anonymous)"], lines: ["letter", "stem(word)"] },
  ),
  within(
    "method of a class that searches a list",
    {
      before: "    return this.byId.get(id);\n",
      after: "    return this.all.find((user) => user.id === id);\n",
      around: (body) =>
        `class Users {\n  all = Array.from({ length: 120 }, (_, i) => ({ id: \`u\${i}\`, age: i }));\n  byId = new Map(this.all.map((user) => [user.id, user]));\n  find(id) {\n${body}  }\n}\nconst users = new Users();\nconst WANTED = Array.from({ length: 60 }, (_, i) => \`u\${(i * 7) % 120}\`);\nexport const op = () => {\n  let n = background();\n  for (const id of WANTED) n += users.find(id).age;\n  return n;\n};\n`,
    },
    { right: ["find", "(anonymous)"], lines: ["this.all.find"] },
  ),
  within(
    "object spread in a reducer",
    {
      before: "  const out = {};\n  for (const word of words) out[word] = 1;\n  return out;\n",
      after: "  return words.reduce((out, word) => ({ ...out, [word]: 1 }), {});\n",
      around: (body) =>
        `${WORDS}function lexicon(words) {\n${body}}\nexport const op = () => background() + Object.keys(lexicon(WORDS.slice(0, 34))).length;\n`,
    },
    { right: ["lexicon", "(anonymous)"], lines: ["...out"] },
  ),
  within(
    "work after an await",
    {
      before: "  return rows.length;\n",
      after: "  return rows.map((row) => [...row].reverse().join('')).filter((row) => row !== '').length;\n",
      around: (body) =>
        `${WORDS}const load = async () => WORDS.slice(0, 45);\nasync function page() {\n  const rows = await load();\n${body}}\nexport const op = async () => background() + (await page());\n`,
    },
    { right: ["page", "(anonymous)"], lines: ["reverse()"] },
  ),
  {
    name: "beside a function that moved and one that was renamed",
    ...moved(),
    right: ["score"],
    lines: ["toLocaleLowerCase", "localeCompare"],
  },
  {
    name: "TypeScript with a source map",
    ...typescript(),
    right: ["weigh"],
    lines: ["Math.pow", "Math.sqrt"],
    compiled: true,
  },
];

function moved(): Pick<Cause, "base" | "head"> {
  const helper = (name: string) =>
    `export function ${name}(words) {\n  let n = 0;\n  for (const word of words) for (let i = 0; i < word.length; i++) n += word.charCodeAt(i) % 7;\n  return n;\n}\n`;
  const scored = (slow: string) =>
    `function score(word) {\n  return word${slow} > "M" ? 1 : 0;\n}\nfunction scores(words) {\n  let n = 0;\n  for (const word of words) n += score(word);\n  return n;\n}\n`;
  const main = (file: string, name: string, slow: string) =>
    `import { tally } from "./${file}";\nimport { ${name} } from "./letters.mjs";\n${HEAD}${WORDS}${scored(slow)}export const op = () => background() + tally(WORDS) + ${name}(WORDS) + scores(WORDS);\n`;
  return {
    base: {
      "src/background.mjs": BACKGROUND,
      "src/tally.mjs": helper("tally"),
      "src/letters.mjs": helper("letters"),
      "src/subject.mjs": main("tally.mjs", "letters", ""),
    },
    head: {
      "src/background.mjs": BACKGROUND,
      "src/inner-tally.mjs": helper("tally"),
      "src/letters.mjs": helper("countLetters"),
      "src/subject.mjs": main("inner-tally.mjs", "countLetters", ".toLocaleLowerCase('en')"),
    },
  };
}

function typescript(): Pick<Cause, "base" | "head"> {
  const text = (formula: string) =>
    `enum Kind {\n  Small,\n  Large,\n}\ninterface Box {\n  readonly size: number;\n  readonly kind: Kind;\n}\nfunction weigh(box: Box): number {\n  return box.kind === Kind.Small ? box.size : ${formula};\n}\nfunction heaviest(boxes: readonly Box[]): number {\n  let most = 0;\n  for (const box of boxes) most = Math.max(most, weigh(box));\n  return most;\n}\nconst BOXES: readonly Box[] = Array.from({ length: 1500 }, (_, i) => ({ size: i, kind: i % 9 === 0 ? Kind.Small : Kind.Large }));\nexport const heavy = (): number => heaviest(BOXES);\n`;
  const tree = (formula: string): Tree => ({
    "src/background.mjs": BACKGROUND,
    "src/subject.ts": text(formula),
    "src/subject.mjs": `import { heavy } from "../dist/subject.js";\n${HEAD}export const op = () => background() + heavy();\n`,
  });
  return { base: tree("box.size * 2"), head: tree("Math.sqrt(Math.pow(box.size, 1.7)) + Math.pow(box.size, 0.3)") };
}

/** Every planted cause. */
export const CAUSES: readonly Cause[] = [...TWELVE, ...OTHERS];
