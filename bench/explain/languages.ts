import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { markdownTable } from "markdown-table";
import { createPorts } from "../../src/io/world.ts";
import { findWhy } from "../../src/measure/profiling/why.ts";
import type { Judgement } from "../../src/model/verdict.ts";

/*
 * The same for other languages, by `profile` commands of their own profilers: `node bench/explain/languages.ts --only cProfile --pyspy PATH --async PATH`. What is not
 * installed here is said to be missing.
 */

const { values } = parseArgs({
  options: {
    only: { type: "string", default: "" },
    pyspy: { type: "string", default: "py-spy" },
    // Of tools.profiler:async-profiler on Maven Central, or of its own release.
    async: { type: "string", default: "libasyncProfiler.so" },
  },
});

const PYTHON = (parse: string, index: string) => `import json


def fold(word):
    return word.lower()


def parse(words):
${parse}


def index(words):
${index}


def steady(n):
    total = 0
    for i in range(n):
        total = (total * 31 + i) % 1000003
    return total


def main():
    words = ["Mot%d" % (i % 170) for i in range(190)]
    for _ in range(400):
        parse(words)
        index(words)
        steady(4000)
        json.dumps(words)


main()
`;
const PARSE = "    return sorted(set(words))";
const INDEX = "    return {word: fold(word) for word in words}";

const GO = (fold: string, unique: string) => `package lex

import (
	"strings"
	"testing"
)

func fold(word string) string {
${fold}
}

func unique(words []string) []string {
${unique}
}

func steady(n int) int {
	total := 0
	for i := 0; i < n; i++ {
		total = (total*31 + i) % 1000003
	}
	return total
}

func BenchmarkAll(b *testing.B) {
	words := make([]string, 600)
	for i := range words {
		words[i] = "Mot" + strings.Repeat("x", i%40) + string(rune('a'+i%26))
	}
	for i := 0; i < b.N; i++ {
		for _, word := range words {
			fold(word)
		}
		unique(words)
		steady(12000)
	}
}
`;
const FOLD = "\treturn strings.ToUpper(word)";
const UNIQUE =
  "\tseen := map[string]bool{}\n\tvar out []string\n\tfor _, word := range words {\n\t\tif !seen[word] {\n\t\t\tseen[word] = true\n\t\t\tout = append(out, word)\n\t\t}\n\t}\n\treturn out";

const NATIVE = (weigh: string) => `#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

__attribute__((noinline)) double weigh(double x) {
  return ${weigh};
}

__attribute__((noinline)) double steady(int n) {
  double total = 0;
  for (int i = 1; i < n; i++) total += 1.0 / i;
  return total;
}

int main() {
  double sum = 0;
  for (int k = 0; k < 600; k++) {
    for (int i = 0; i < 20000; i++) sum += weigh(i);
    sum += steady(300000 + k);
  }
  std::printf("%f\\n", sum);
}
`;

const RUST = (digest: string) => `#[inline(never)]
fn digest(words: &[String]) -> usize {
${digest}
}

#[inline(never)]
fn steady(n: u64) -> u64 {
    (0..n).fold(0, |total, i| (total * 31 + i) % 1_000_003)
}

fn main() {
    let words: Vec<String> = (0..300).map(|i| format!("Mot{}", (i * 31) % 270)).collect();
    let mut sum = 0;
    for k in 0..600 {
        sum += digest(&words) as u64 + steady(60_000 + k);
    }
    println!("{sum}");
}
`;

const JAVA = (unique: string) => `import java.util.*;

public class Bench {
  static String fold(String word) {
    return word.toLowerCase();
  }

  static int unique(List<String> words) {
${unique}
  }

  static int steady(int n) {
    int total = 0;
    for (int i = 0; i < n; i++) total = (total * 31 + i) % 1000003;
    return total;
  }

  public static void main(String[] args) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 400; i++) words.add("Mot" + (i * 31) % 370);
    int sum = 0;
    for (int k = 0; k < 800; k++) {
      sum += unique(words) + steady(60000);
      for (String word : words) sum += fold(word).length();
    }
    System.out.println(sum);
  }
}
`;

/** What perf saw as collapsed stacks, with the library that a function is in. */
const COLLAPSE = `import re, sys
from collections import Counter
counts, stack = Counter(), []
for line in sys.stdin:
    line = line.rstrip()
    if not line:
        # What is inlined is where the function around it is.
        of, names = '', []
        for name, library in reversed(stack):
            of = of if library == 'inlined' else library
            names.append(f'{name} ({of})' if '.so' in of else name)
        if names: counts[';'.join(names)] += 1
        stack = []
    elif line.startswith(('\\t', ' ')):
        match = re.match(r'\\s*[0-9a-f]+ (.*?)(?:\\+0x[0-9a-f]+)? \\((.*)\\)$', line)
        stack.append(match.groups() if match else ('x', ''))
for stack, count in counts.items(): print(stack, count)
`;
const PERF =
  "perf record -q -F 499 --call-graph dwarf,4096 -o perf.data ./bench > /dev/null && perf script -i perf.data 2>/dev/null | python3 collapse.py > $BENCHGATE_PROFILE";

interface Cause {
  readonly name: string;
  readonly file: string;
  readonly base: string;
  readonly head: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly profile: string;
  readonly right: readonly string[];
}

const python = { file: "bench.py", base: PYTHON(PARSE, INDEX) } as const;
const go = { file: "lex_test.go", base: GO(FOLD, UNIQUE), more: { "go.mod": "module lex\n\ngo 1.21\n" } } as const;
const cprofile = "python3 -m cProfile -o $BENCHGATE_PROFILE bench.py";
const pyspy = `${values.pyspy} record -r 500 --full-filenames -f speedscope -o $BENCHGATE_PROFILE -- python3 bench.py`;
const pprof = "go test -run '^$' -bench All -benchtime 6000x -cpuprofile $BENCHGATE_PROFILE";
const quadratic =
  "    out = []\n    for word in words:\n        if word not in out:\n            out.append(word)\n    return sorted(out)";
const slowFold = "    return {word: fold(fold(word)).strip().casefold() for word in words for _ in range(3)}";

const CAUSES: readonly Cause[] = [
  {
    ...python,
    name: "Python, cProfile: a list in place of a set",
    head: PYTHON(quadratic, INDEX),
    profile: cprofile,
    right: ["parse"],
  },
  {
    ...python,
    name: "Python, py-spy: a list in place of a set",
    head: PYTHON(quadratic, INDEX),
    profile: pyspy,
    right: ["parse"],
  },
  {
    ...python,
    name: "Python, cProfile: called more often",
    head: PYTHON(PARSE, slowFold),
    profile: cprofile,
    right: ["fold", "index", "<dictcomp>"],
  },
  {
    ...go,
    name: "Go, pprof: a slow callee",
    head: GO('\treturn strings.Join(strings.Split(strings.ToUpper(word), ""), "")', UNIQUE),
    profile: pprof,
    right: ["lex.fold"],
  },
  {
    ...go,
    name: "Go, pprof: a quadratic loop",
    head: GO(
      FOLD,
      "\tvar out []string\nouter:\n\tfor _, word := range words {\n\t\tfor _, other := range out {\n\t\t\tif other == word {\n\t\t\t\tcontinue outer\n\t\t\t}\n\t\t}\n\t\tout = append(out, word)\n\t}\n\treturn out",
    ),
    profile: pprof,
    right: ["lex.unique"],
  },
  {
    name: "C++, perf: a power in place of a product",
    file: "bench.cpp",
    base: NATIVE("x * 1.5 + 1"),
    head: NATIVE("std::pow(x, 1.5) + std::sqrt(x)"),
    more: { "collapse.py": COLLAPSE },
    profile: `[ -x bench ] || g++ -O1 -g -fno-omit-frame-pointer -o bench bench.cpp; ${PERF}`,
    right: ["weigh", "weigh(double)", "pow", "__pow_fma", "__ieee754_pow_fma", "pow@@GLIBC_2.29"],
  },
  {
    name: "Rust, perf: a list in place of a set",
    file: "bench.rs",
    base: RUST("    words.iter().collect::<std::collections::HashSet<_>>().len()"),
    head: RUST(
      "    let mut seen: Vec<&String> = Vec::new();\n    for word in words {\n        if !seen.contains(&word) {\n            seen.push(word);\n        }\n    }\n    seen.len()",
    ),
    more: { "collapse.py": COLLAPSE },
    profile: `[ -x bench ] || rustc -O -g -C force-frame-pointers=yes -o bench bench.rs; ${PERF}`,
    right: ["bench::digest"],
  },
  {
    name: "Java, async-profiler: a list in place of a set",
    file: "Bench.java",
    base: JAVA("    return new HashSet<>(words).size();"),
    head: JAVA(
      "    List<String> out = new ArrayList<>();\n    for (String word : words) if (!out.contains(word)) out.add(word);\n    return out.size();",
    ),
    profile: `[ -e Bench.class ] || javac Bench.java; java -agentpath:${values.async}=start,event=itimer,interval=1ms,collapsed,file=$BENCHGATE_PROFILE Bench > /dev/null`,
    right: ["Bench.unique"],
  },
];

let hits = 0;
const ports = createPorts({ entry: new URL("../../src/cli.ts", import.meta.url).href });
const revision = { sha: "", ref: "", committedAt: "" };
const rows: string[][] = [["cause", "first", "wrong in 3", "s", "told"]];
for (const { name, file, base, head, more = {}, profile, right } of CAUSES.filter((each) =>
  each.name.includes(values.only),
)) {
  const folder = mkdtempSync(join(tmpdir(), "benchgate-languages-"));
  const trees = { base: join(folder, "base"), head: join(folder, "head") };
  for (const [tree, text] of [
    [trees.base, base],
    [trees.head, head],
  ] as const) {
    for (const [path, own] of Object.entries({ ...more, [file]: text })) {
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), own);
    }
  }
  const command = (line: string) => ({ kind: "shell", line, shell: "sh" }) as const;
  const suite = {
    name: "s",
    workload: { kind: "time", command: command("true") },
    timeLimit: 600,
    profile: command(profile),
  } as const;
  const [explanation] = await findWhy(ports, {
    judgements: [red()],
    plan: { suites: [suite], explain: "red" },
    baseline: { name: "baseline", cwd: trees.base, revision },
    candidate: { name: "candidate", cwd: trees.head, revision },
    below: "",
    limit: 120,
  });
  rmSync(folder, { recursive: true, force: true });
  const named = explanation?.kind === "profiled" ? explanation.culprits : [];
  const told =
    explanation?.kind === "profiled"
      ? named
          .map(
            (each) =>
              `${each.name} ${each.file}:${each.line} +${Math.round(each.share.value * 100)} % ${each.origin.kind}`,
          )
          .join(", ")
      : (explanation?.reason ?? "");
  const first = named[0] !== undefined && right.includes(named[0].name);
  if (first) hits++;
  const wrong = named.some((each) => !right.includes(each.name));
  rows.push([name, first ? "✓" : "–", wrong ? "✓" : "–", (explanation?.seconds ?? 0).toFixed(0), told]);
  console.error(rows.at(-1)!.join(" | "));
}
console.log(markdownTable(rows));
console.log(
  `\nThe right one first in ${hits} of ${rows.length - 1}. Load at the end: ${loadavg()
    .map((each) => each.toFixed(1))
    .join(", ")}.`,
);

/** A regression of a fifth, as a verdict would have it. */
function red(): Judgement {
  const ratio = 1.2;
  return {
    ...{ suite: "s", benchmark: "b", metric: "latency", statistic: "p50", unit: "s", better: "lower" },
    ...{ verdict: "regression", severity: "gate", threshold: 0.05, baseline: 1, candidate: ratio },
    comparison: {
      ...{
        design: "pairs",
        ratio,
        interval: { lower: ratio, upper: ratio, level: 0.95 },
        check: null,
        p: 0,
        adjustedP: 0,
      },
      ...{ rounds: 3, noise: 0, detectable: null, roundsNeeded: null, falseAlarm: 0 },
    },
    ...{ limit: null, goal: null, accepted: null, failure: null, warnings: [], source: null },
  };
}
