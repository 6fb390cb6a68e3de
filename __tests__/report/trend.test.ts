import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../src/judge/history/ledger.ts";
import type { DatedAcceptance } from "../../src/model/trend.ts";
import { trendPage } from "../../src/report/trend/page.ts";
import { commitPages } from "../../src/report/words/commits.ts";
import { NOW } from "../builders.ts";
import { HOSTILE } from "./outcomes.ts";
import { aTrend } from "./trend.ts";

const sha = (run: number) => run.toString(16).padStart(40, "0");
const options = {
  pages: commitPages("git@github.com:octo-org/octo-repo.git"),
  subjects: new Map([[sha(40), "parser: </script><b>read</b> names"]]),
  program: { script: { text: "/*program*/", hash: "sha256-CCC" }, style: { text: "/*style*/", hash: "sha256-DDD" } },
  now: NOW,
};
const accept = [{ match: "s/agreed latency p50", upTo: 0.2, reason: "unicode needs a look-up", until: null }];
const LEVELS = {
  slower: (run: number) => (run < 40 ? 1 : 1.2),
  faster: (run: number) => (run < 30 ? 1 : 0.8),
  agreed: (run: number) => (run < 20 ? 1 : 1.1),
  flat: () => 1,
};

describe("the trend page", () => {
  const html = trendPage(aTrend(LEVELS, 60, accept), options);

  it("says in its title how many benchmarks are where", () => {
    expect(html).toContain("<h1>1 worse · 1 accepted · 1 better · 1 steady</h1>");
  });

  it("folds what is steady where there is much of it, and says how much", () => {
    const many = Object.fromEntries(Array.from({ length: 6 }, (_, index) => [`flat ${index}`, () => 1]));
    const page = trendPage(aTrend({ ...LEVELS, ...many }), options);
    expect(page).toContain('<details class="fold"><summary>7 steady</summary>');
    const open = page.slice(0, page.indexOf('<details class="fold">'));
    expect([...open.matchAll(/<article /g)]).toHaveLength(3);
    expect(html).not.toContain("<details");
  });

  it("calls a benchmark by where it is against its first runs, and never better what got worse at last", () => {
    const levels = {
      recovered: (run: number) => (run < 30 ? 1 : run < 60 ? 1.3 : 1.1),
      back: (run: number) => (run < 30 ? 1 : run < 60 ? 1.3 : 1),
      late: (run: number) => (run < 30 ? 1 : run < 60 ? 0.6 : 0.7),
    };
    const page = trendPage(aTrend(levels, 90), options);
    const states = [...page.matchAll(/<tr data-id="[^"]+" data-state="([^"]+)">.*?s \/ (\w+)/g)];
    expect(states.map(([, state, name]) => [name, state])).toEqual([
      ["recovered", "worse"],
      ["late", "worse of late"],
      ["back", "as at first"],
    ]);
  });

  it("shows a long drift once, not as steps", () => {
    const page = trendPage(aTrend({ slow: (run) => 1.15 ** (run / 200) }, 200), options);
    expect(page).toContain("<h1>1 worse</h1>");
    expect(page).toContain('data-state="drifts, worse"');
    expect(page).not.toContain("Changes of level");
  });

  it("names the subject of the commit that brought a change, as text", () => {
    expect(html).toContain("<bdi>parser: &#60;/script&#62;&#60;b&#62;read&#60;/b&#62; names</bdi>");
    const data = /<script type="application\/json" id="runs">(.*?)<\/script>/s.exec(html)![1]!;
    expect(JSON.parse(data)[40]).toEqual(["0000000", "2026-10-11", "parser: </script><b>read</b> names"]);
    expect(/<figure data-values="([^"]*)" data-runs="([^"]*)"/.exec(html)![2]!.split(" ")).toHaveLength(60);
  });

  it("has axes that begin at zero for those who ask, with everything in the picture where it belongs", () => {
    expect([...html.matchAll(/<g class="from-zero">/g)]).toHaveLength(4);
    const [, scale, shift] = /matrix\(1, 0, 0, ([\d.]+), 0, ([\d.]+)\)/.exec(html)!.map(Number);
    // The lowest line of a plot, at 194, stands for a value above zero, and the highest, at 22, for the same value on both axes.
    expect(194 * scale! + shift!).toBeLessThan(194);
    expect(22 * scale! + shift!).toBeCloseTo(22, 0);
  });

  it("lists what got worse first, each with its state in a word", () => {
    const states = [...html.matchAll(/<td class="state [a-z]+"><span aria-hidden="true">.<\/span> ([^<]+)</g)];
    expect(states.map(([, word]) => word)).toEqual(["worse", "accepted", "better", "steady"]);
  });

  it("links each change to the commits that brought it, and names why it was accepted", () => {
    const between = `https://github.com/octo-org/octo-repo/compare/${sha(39)}...${sha(40)}`;
    expect(html).toContain(`<a href="${between}" rel="noopener noreferrer">commits</a>`);
    expect(html).toContain(`href="https://github.com/octo-org/octo-repo/commit/${sha(40)}"`);
    expect(html).toContain("<bdi>unicode needs a look-up</bdi>");
  });

  it("tells of every picture in words", () => {
    const labels = [...html.matchAll(/role="img" aria-label="([^"]+)"/g)].map(([, label]) => label);
    expect(labels).toHaveLength(4);
    expect(labels[0]).toMatch(/^s &#47; slower|^s \/ slower, p50: 60 runs, from .+ to .+; change 1: \+2\d/);
  });

  it("links nowhere where the remote has no pages", () => {
    const bare = trendPage(aTrend(LEVELS), { ...options, pages: commitPages("/srv/git/repo.git") });
    expect(bare.includes('href="http')).toBe(false);
    expect(bare.includes(`<code>${sha(40).slice(0, 7)}</code>`)).toBe(true);
  });

  it("has links that lead to a picture on it, each to one of its own", () => {
    const ids = [...html.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id);
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(4);
    expect(targets.sort()).toEqual(ids.sort());
  });

  it("brings no script but its own, no address but https, and shows hostile names as text", () => {
    const names = Object.fromEntries(HOSTILE.map((name) => [name, (run: number) => (run < 20 ? 1 : 2)]));
    const page = trendPage(
      {
        ...aTrend(
          names,
          30,
          HOSTILE.map((name) => ({ match: `s/${name} *`, upTo: 9, reason: name, until: null })),
        ),
        place: HOSTILE[3]!,
        unreadable: [{ entry: HOSTILE[3]!, reason: HOSTILE[11]! }],
      },
      options,
    );
    expect([...page.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
      '<script type="application/json" id="runs">',
      "<script>",
    ]);
    expect(page).toContain("script-src 'sha256-CCC'");
    expect(page).toContain("<style>/*style*/</style>");
    expect(/<(img|h1>big)/i.test(page)).toBe(false);
    expect(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u.test(page)).toBe(false);
    expect(
      [...page.matchAll(/href="([^"#][^"]*)"/g)].every(([, href]) => href!.startsWith("https://github.com/")),
    ).toBe(true);
    expect([...page.matchAll(/<article /g)]).toHaveLength(HOSTILE.length);
  });

  it("is sound with nothing, with one run, and with values that are all the same", () => {
    const none = { ...aTrend({}), series: [], machines: [] };
    expect(trendPage(none, options)).toContain("<h1>Nothing is stored yet</h1>");
    const one = trendPage(aTrend({ json: () => 1 }, 1), options);
    expect(one.includes("few runs")).toBe(true);
    expect(/NaN|Infinity/.test(one)).toBe(false);
    const trend = aTrend({ json: () => 1 }, 10);
    const flat = trend.series.map((each) => ({
      ...each,
      points: each.points.map((point) => ({ ...point, value: 0, spread: null })),
    }));
    expect(/NaN|Infinity/.test(trendPage({ ...trend, series: flat }, options))).toBe(false);
  });

  it("draws no more pictures than people look at, and lists everything", () => {
    const many = Object.fromEntries(Array.from({ length: 520 }, (_, index) => [`b${index}`, () => 1]));
    const page = trendPage(aTrend(many, 3), options);
    expect([...page.matchAll(/<article /g)]).toHaveLength(500);
    expect([...page.matchAll(/<tr [^>]*><td class="state/g)]).toHaveLength(520);
  });
});

describe("the ledger on the trend page", () => {
  const accepted = (parts: Partial<DatedAcceptance> = {}): DatedAcceptance => ({
    match: "s/agreed latency p50",
    upTo: 0.2,
    reason: "unicode needs a look-up",
    until: "2027-01-01",
    sha: sha(20),
    subject: "Unicode at last",
    committedAt: "2026-09-21T00:00:00Z",
    ...parts,
  });
  const page = (all: readonly DatedAcceptance[], now: string) => {
    const trend = aTrend(LEVELS);
    return trendPage({ ...trend, ledger: ledgerOf(trend.series, all, new Date(now)) }, { ...options, now });
  };

  it("says what was accepted, when, by which change, and what it comes to in this quarter", () => {
    const html = page([accepted()], "2026-09-30T00:00:00Z");
    const section = html.slice(html.indexOf("<h2>Accepted</h2>"), html.indexOf("<h2><bdi>benchmarks-bench"));
    expect(section).toContain("In total, in the quarter that began on 2026-07-01:");
    expect(section).toMatch(/<li><bdi>s (?:\/|&#47;) agreed<\/bdi> p50: \+(9|10|11)[.\d]* %, by 1 change<\/li>/);
    expect(section).toContain("<td>2026-09-21</td>");
    expect(section).toContain(`href="https://github.com/octo-org/octo-repo/commit/${sha(20)}"`);
    for (const words of ["Unicode at last", "unicode needs a look-up", "20 %, until 2027-01-01"]) {
      expect(section).toContain(words);
    }
  });

  it("is quiet where nothing was accepted, and says so where nothing was in this quarter", () => {
    expect(page([], NOW)).not.toContain("Accepted</h2>");
    expect(page([accepted()], "2027-02-01T00:00:00Z")).toContain("Nothing that was accepted in the quarter");
  });

  it("shows what hostile commits and configurations say as text", () => {
    const html = page(
      HOSTILE.map((words) => accepted({ subject: words, reason: words, match: words, until: words, sha: words })),
      NOW,
    );
    expect(html).not.toMatch(/<(img|iframe|a href="javascript)/i);
    // The page's own: its runs, and its program.
    expect(html.match(/<script/gi)).toHaveLength(2);
  });
});
