/* uPlot
The MIT License (MIT)

Copyright (c) 2022 Leon Sorokin

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in
all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN
THE SOFTWARE.
*/
(function() {
	// src/report/html/numbers.ts
	function fromWire(value) {
		return value === null ? null : Number(value);
	}
	function unpacked([exponent, ...multiples]) {
		return multiples.map((value) => value === null ? null : scaled(value, exponent ?? 0));
	}
	function scaled(value, exponent) {
		return exponent < 0 ? value / 10 ** -exponent : value * 10 ** exponent;
	}
	// src/report/html/wire.ts
	const BLOCKS = {
		overview: "overview-data",
		evidence: "evidence-data",
		why: "why-data",
		growth: "growth-data"
	};
	const DESIGNS$1 = [
		"pairs",
		"stored",
		"unpaired",
		"exact"
	];
	// src/report/html/decode.ts
	function decodeJudgements({ words, rows }) {
		return rows.map((row) => judgementOf(row, words));
	}
	function decodeEvidence(wire, { words }) {
		return wire.map(({ subjects, ...sides }) => ({
			...sides,
			subjects: subjects.map((subject) => subjectOf(subject, words))
		}));
	}
	function judgementOf(row, words) {
		const [suite, benchmark, metric, unit, statistic, verdict, better, threshold, baseline, candidate, comparison, more] = row;
		const { advisory, ...rest } = more === 0 ? {} : more;
		return {
			suite: words[suite],
			benchmark: words[benchmark],
			metric: words[metric],
			statistic: words[statistic],
			unit: words[unit],
			better: words[better],
			verdict: words[verdict],
			severity: advisory === true ? "advisory" : "gate",
			threshold: fromWire(threshold),
			baseline: fromWire(baseline),
			candidate: fromWire(candidate),
			comparison: comparison === 0 ? null : comparisonOf(comparison),
			limit: null,
			goal: null,
			accepted: null,
			failure: null,
			warnings: [],
			source: null,
			...rest
		};
	}
	function comparisonOf(wire) {
		const [design, ratio, interval, check, p, adjustedP, rounds, noise, detectable, roundsNeeded, falseAlarm] = wire;
		return {
			design: DESIGNS$1[design],
			ratio: fromWire(ratio) ?? NaN,
			interval: intervalOf(interval),
			check: check === 0 ? null : intervalOf(check),
			p: fromWire(p),
			adjustedP: fromWire(adjustedP),
			rounds,
			noise: fromWire(noise) ?? NaN,
			detectable: fromWire(detectable),
			roundsNeeded: fromWire(roundsNeeded),
			falseAlarm: fromWire(falseAlarm) ?? NaN
		};
	}
	function intervalOf([lower, upper, level]) {
		return {
			lower: fromWire(lower) ?? NaN,
			upper: fromWire(upper) ?? NaN,
			level: fromWire(level) ?? NaN
		};
	}
	function subjectOf(wire, words) {
		const [suite, benchmark, metric, unit, better, statistics, baseline, candidate, history, steps] = wire;
		return {
			suite: words[suite],
			benchmark: words[benchmark],
			metric: words[metric],
			unit: words[unit],
			better: words[better],
			statistics,
			baseline: baseline === 0 ? null : armOf(baseline),
			candidate: candidate === 0 ? null : armOf(candidate),
			history: history === 0 ? statistics.map(() => []) : history.map(unpacked),
			steps: steps === 0 ? statistics.map(() => []) : steps
		};
	}
	function armOf([rounds, distribution]) {
		return {
			rounds: rounds.map(unpacked),
			distribution: distribution === 0 ? null : distributionOf(distribution)
		};
	}
	function distributionOf([first, values]) {
		if (typeof first === "number") return {
			kind: "pooled",
			samples: first,
			values: unpacked(values)
		};
		const known = (numbers) => numbers.filter((value) => value !== null);
		return {
			kind: "printed",
			levels: known(unpacked(first)),
			values: known(unpacked(values))
		};
	}
	// src/browser/address.ts
	function addressOf({ suite, benchmark, metric }) {
		return `#/${[
			suite,
			benchmark,
			metric
		].map(part).join("/")}`;
	}
	function part(text) {
		return encodeURIComponent(text.replace(/\p{Cs}/gu, "�"));
	}
	// src/browser/dom.ts
	function el(name, attributes = {}, ...children) {
		const element = document.createElement(name);
		assign$1(element, attributes);
		fill(element, children);
		return element;
	}
	function svg(name, attributes = {}, ...children) {
		const element = document.createElementNS("http://www.w3.org/2000/svg", name);
		assign$1(element, attributes);
		fill(element, children);
		return element;
	}
	function fill(element, children) {
		for (const child of children.flat()) if (child !== null) element.append(child);
	}
	function byId(id) {
		const found = document.getElementById(id);
		if (found === null) throw new Error(`The page has no #${id}`);
		return found;
	}
	function assign$1(element, attributes) {
		for (const [name, value] of Object.entries(attributes)) {
			if (value === null || value === void 0 || value === false) continue;
			element.setAttribute(name, value === true ? "" : String(value));
		}
	}
	// src/browser/archive.ts
	function openArchive(overview) {
		let known = null;
		return (address) => {
			known ??= index(decodeEvidence(JSON.parse(byId(BLOCKS.evidence).textContent), overview));
			return known.get(address) ?? {
				rounds: null,
				history: null
			};
		};
	}
	function index(all) {
		const found = new Map();
		for (const evidence of all) for (const subject of evidence.subjects) {
			const address = addressOf(subject);
			const here = {
				evidence,
				subject
			};
			const before = found.get(address)?.history ?? null;
			found.set(address, {
				rounds: here,
				history: subject.history.some((runs) => runs.length > 0) ? here : before
			});
		}
		return found;
	}
	// src/model/extremes.ts
	function largest$1(values, floor = Number.NEGATIVE_INFINITY) {
		let found = floor;
		for (const value of values) found = Math.max(found, value);
		return found;
	}
	function smallest(values, ceiling = Number.POSITIVE_INFINITY) {
		let found = ceiling;
		for (const value of values) found = Math.min(found, value);
		return found;
	}
	// src/report/parts/escape.ts
	const NAME_LIMIT = 80;
	const INVISIBLE = /[\p{Cc}\p{Cf}\p{Co}\p{Default_Ignorable_Code_Point}]/gu;
	const LONE_SURROGATE = /\p{Cs}/gu;
	const SPACE = /(?!\uFEFF)[\s\p{Z}]/gu;
	const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
	const UNPRINTED_IN_JSON = /(?!\n)[\p{Cc}\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
	const TERMINAL_CODES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;?]*[@-~]`, "g");
	function clean(text, limit = NAME_LIMIT) {
		return shorten(printable(bounded(text, limit)).replace(/ +/g, " ").trim(), limit);
	}
	function visibleJson(value, indent = 2) {
		return JSON.stringify(value, null, indent).replace(UNPRINTED_IN_JSON, (character) => [...Array(character.length).keys()].map((unit) => `\\u${hexadecimal(character.charCodeAt(unit), 4)}`).join(""));
	}
	function hexadecimal(number, digits) {
		return number.toString(16).padStart(digits, "0");
	}
	function printable(text) {
		return text.replace(TERMINAL_CODES, "").replace(LONE_SURROGATE, "�").replace(SPACE, " ").replace(INVISIBLE, "").replace(STACKED_MARKS, "$1");
	}
	function bounded(text, limit) {
		const most = limit * 16;
		return text.length <= 2 * most ? text : `${text.slice(0, most)}${text.slice(-most)}`;
	}
	function shorten(text, limit) {
		const points = [...text];
		if (points.length <= limit) return text;
		const tail = Math.floor((limit - 1) / 3);
		return `${points.slice(0, limit - 1 - tail).join("")}…${points.slice(points.length - tail).join("")}`;
	}
	// src/model/key.ts
	function keyOf(...names) {
		let key = `${names[0] ?? ""}`;
		for (let i = 1; i < names.length; i++) key += `\u0000${names[i] ?? ""}`;
		return key;
	}
	function benchmarkKey({ suite, benchmark }) {
		return keyOf(suite, benchmark);
	}
	function pairKey({ session, pair }) {
		return keyOf(session, pair);
	}
	// src/report/parts/ink.ts
	const PLAIN = {
		name: (text, limit) => clean(text, limit) || "(empty)",
		path: (suite, benchmark, limit) => `${clean(suite, limit) || "(empty)"} / ${clean(benchmark, limit) || "(empty)"}`,
		figure: (text) => text,
		strong: (text) => text,
		verdict: ({ word }) => word,
		alert: (text) => `Warning: ${text}`,
		plot: (text) => text
	};
	function benchmarkName({ suite, benchmark }, ink, limit) {
		if (benchmark === "*") return `${ink.name(suite)} (all of it)`;
		return ink.path(suite, benchmark, limit);
	}
	const NAME_LIMITS = [
		80,
		160,
		320,
		640
	];
	function telling(benchmarks, shortest = NAME_LIMITS[0]) {
		const different = new Set(benchmarks.map(benchmarkKey)).size;
		const apart = (limit) => new Set(benchmarks.map((each) => benchmarkName(each, PLAIN, limit))).size === different;
		return [shortest, ...NAME_LIMITS].find(apart) ?? shortest;
	}
	// src/report/html/ink.ts
	const OPEN$1 = "";
	const CLOSE = "";
	const PAGE = {
		...PLAIN,
		name: (text, limit) => `${OPEN$1}${clean(text, limit) || "(empty)"}${CLOSE}`,
		path: (suite, benchmark) => `${OPEN$1}${PLAIN.path(suite, benchmark)}${CLOSE}`
	};
	function pieces(text) {
		return text.split(new RegExp(`(${OPEN$1}[^${CLOSE}]*${CLOSE})`)).flatMap((part) => {
			if (part.startsWith(OPEN$1)) return [{
				kind: "name",
				text: part.slice(1, -1)
			}];
			return part.split(/(`[^`]+`)/).filter((words) => words !== "").map((words) => words.startsWith("`") && words.length > 2 ? {
				kind: "code",
				text: words.slice(1, -1)
			} : {
				kind: "words",
				text: words
			});
		});
	}
	// src/report/words/commits.ts
	const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;
	const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
	const PATH = /^[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)+$/;
	const GITLAB = /(^|\.)gitlab\./;
	function commitPages(remote) {
		const repository = repositoryAddress(remote);
		const gitlab = repository !== null && GITLAB.test(new URL(repository).host);
		const root = repository === null ? null : `${repository}${gitlab ? "/-" : ""}`;
		const page = (path, ...shas) => root !== null && shas.every((sha) => SHA.test(sha)) ? `${root}/${path}` : null;
		return {
			commit: (sha) => page(`commit/${sha}`, sha),
			between: (before, after) => page(`compare/${before}...${after}`, before, after),
			source: (sha, { file, line }) => {
				const parts = file.split("/");
				if (parts.some((part) => /^\.{0,2}$|[\\\p{C}]/u.test(part))) return null;
				const anchor = line === void 0 ? "" : `#L${line}`;
				return page(`blob/${sha}/${parts.map(encodeURIComponent).join("/")}${anchor}`, sha);
			},
			pull: (number) => {
				if (!Number.isSafeInteger(number) || number < 1) return null;
				return page(`${gitlab ? "merge_requests" : "pull"}/${number}`);
			}
		};
	}
	function repositoryAddress(remote) {
		const [, scheme, host, path] = /^(?:(https?|ssh|git):\/\/)(?:[^@/]*@)?([^/]+)\/(.+?)(?:\.git)?\/?$/.exec(remote) ?? /^()(?:[^@/:]+@)([^/:]+):(?!\/\/)(.+?)(?:\.git)?\/?$/.exec(remote) ?? [];
		if (host === void 0 || path === void 0) return null;
		const pages = scheme === "https" ? host : host.replace(/:\d+$/, "");
		if (!HOST.test(pages) || !PATH.test(path) || path.split("/").some((part) => /^\.+$/.test(part))) return null;
		return `https://${pages}/${path}`;
	}
	// src/model/dimension.ts
	const MORE_AND_LESS = {
		more: "more",
		less: "less"
	};
	const DIMENSIONS = {
		share: {
			unit: "1",
			words: MORE_AND_LESS
		},
		duration: {
			unit: "s",
			words: {
				more: "slower",
				less: "faster"
			}
		},
		bytes: {
			unit: "B",
			words: MORE_AND_LESS
		},
		rate: {
			unit: "1/s",
			words: MORE_AND_LESS
		},
		"byte-rate": {
			unit: "B/s",
			words: MORE_AND_LESS
		},
		count: {
			unit: "1",
			words: MORE_AND_LESS
		}
	};
	// src/model/metric.ts
	const GATE = {
		limit: null,
		severity: "gate"
	};
	const SHOWN = {
		limit: null,
		severity: "advisory"
	};
	const MEAN_FIRST = {
		first: ["mean", "p50"],
		tail: null
	};
	const TOLD = {
		statistics: [{
			name: "p50",
			rule: null
		}],
		floor: 0,
		followed: MEAN_FIRST,
		printed: "quoted"
	};
	const ALLOCATED = {
		...GATE,
		threshold: .1
	};
	const JUST_BELOW = .9996;
	const ONE_ALLOCATION = JUST_BELOW;
	const SMALLEST_OBJECT = 16 * JUST_BELOW;
	const METRICS = {
		latency: {
			dimensions: ["duration"],
			better: "lower",
			statistics: [{
				name: "p50",
				rule: {
					...GATE,
					threshold: .05
				}
			}, {
				name: "p99",
				rule: {
					...GATE,
					threshold: .15
				}
			}],
			floor: 0,
			followed: {
				first: ["p50", "mean"],
				tail: "p99"
			},
			printed: "unsaid",
			reserved: true
		},
		throughput: {
			dimensions: ["rate", "byte-rate"],
			better: "higher",
			statistics: [{
				name: "mean",
				rule: {
					...GATE,
					threshold: .05,
					yieldsTo: ["latency"]
				}
			}],
			floor: 0,
			followed: MEAN_FIRST,
			printed: "plain",
			reserved: true
		},
		memory: {
			dimensions: ["bytes"],
			better: "lower",
			statistics: [{
				name: "max",
				rule: {
					...SHOWN,
					threshold: .05
				}
			}],
			floor: 65536,
			perOperation: {
				rule: ALLOCATED,
				floor: SMALLEST_OBJECT
			},
			followed: {
				first: ["max", "mean"],
				tail: null
			},
			printed: "plain",
			reserved: true
		},
		"error-rate": {
			dimensions: ["share"],
			better: "lower",
			statistics: [{
				name: "mean",
				rule: {
					...GATE,
					threshold: null,
					limit: .01,
					defaultLimit: true
				}
			}],
			floor: .001,
			followed: MEAN_FIRST,
			printed: "plain",
			reserved: true
		},
		"failed-checks": {
			dimensions: ["share"],
			better: "lower",
			statistics: [{
				name: "mean",
				rule: {
					...SHOWN,
					threshold: null,
					limit: 0,
					defaultLimit: true
				}
			}],
			floor: 0,
			followed: MEAN_FIRST,
			printed: "plain",
			reserved: true
		},
		allocations: {
			...TOLD,
			dimensions: ["count"],
			better: "lower",
			statistics: [{
				name: "p50",
				rule: ALLOCATED
			}],
			floor: ONE_ALLOCATION,
			reserved: true
		},
		"heap-growth": {
			...TOLD,
			dimensions: ["bytes"],
			better: "lower",
			floor: SMALLEST_OBJECT,
			sparse: true,
			printed: "plain",
			reserved: true
		},
		"user-time": {
			...TOLD,
			dimensions: ["duration"],
			better: "lower",
			reserved: true
		},
		"system-time": {
			...TOLD,
			dimensions: ["duration"],
			better: "lower",
			reserved: true
		},
		"cpu-time": {
			...TOLD,
			dimensions: ["duration"],
			better: "lower",
			reserved: false
		},
		"gc-time": {
			...TOLD,
			dimensions: ["duration"],
			better: "lower",
			reserved: false
		},
		"event-loop-delay": {
			...TOLD,
			dimensions: ["duration"],
			better: "lower",
			reserved: false
		}
	};
	Object.keys(METRICS);
	const OTHER_METRIC = {
		...TOLD,
		dimensions: [
			"count",
			"share",
			"duration",
			"bytes",
			"rate",
			"byte-rate"
		]
	};
	function knownMetric(name) {
		return Object.hasOwn(METRICS, name) ? METRICS[name] : null;
	}
	function traitsOf(name) {
		return knownMetric(name) ?? OTHER_METRIC;
	}
	// src/report/words/format.ts
	const TIME = [
		[1e-9, " ns"],
		[1e-6, " µs"],
		[.001, " ms"],
		[1, " s"]
	];
	const BINARY = [
		"B",
		"KiB",
		"MiB",
		"GiB",
		"TiB"
	];
	const DECIMAL = [
		"",
		"k",
		"M",
		"G"
	];
	const STEPS$1 = {
		s: TIME,
		B: BINARY.map((prefix, power) => [1024 ** power, ` ${prefix}`]),
		"B/s": BINARY.map((prefix, power) => [1024 ** power, ` ${prefix}/s`]),
		"1/s": DECIMAL.map((prefix, power) => [1e3 ** power, prefix === "" ? "/s" : ` ${prefix}/s`]),
		"1": DECIMAL.map((prefix, power) => [1e3 ** power, prefix === "" ? "" : ` ${prefix}`])
	};
	const SHARE = [[.01, " %"]];
	function scaleFor(unit, metric, values) {
		const steps = unit === "1" && isShare(metric) ? SHARE : Object.hasOwn(STEPS$1, unit) ? STEPS$1[unit] : void 0;
		if (steps === void 0) return {
			factor: 1,
			suffix: unit,
			own: true
		};
		const top = largest$1(values.map((value) => value === null || !Number.isFinite(value) ? 0 : Math.abs(value)));
		const base = steps.find(([factor]) => factor === 1) ?? steps[0];
		const fitting = steps.filter(([factor]) => Number((top / factor).toPrecision(3)) >= 1).at(-1);
		const [factor, suffix] = top === 0 ? base : fitting ?? steps[0];
		return {
			factor,
			suffix,
			own: false
		};
	}
	function isShare(metric) {
		const known = knownMetric(metric);
		return known === null ? /(^|-)(rate|ratio)$/.test(metric) : known.dimensions.includes("share");
	}
	function significant(value) {
		if (value === null || !Number.isFinite(value)) return "–";
		if (value === 0) return "0";
		const rounded = Number(value.toPrecision(3));
		const magnitude = Math.floor(Math.log10(Math.abs(rounded)));
		if (magnitude < -6 || magnitude > 14) return minus(rounded.toExponential(2));
		const [whole, fraction] = Math.abs(rounded).toFixed(Math.max(0, 2 - magnitude)).split(".");
		const grouped = (whole ?? "").replace(/\B(?=(\d{3})+$)/g, ",");
		return `${rounded < 0 ? "−" : ""}${grouped}${fraction === void 0 ? "" : `.${fraction}`}`;
	}
	function percent(share) {
		return Number.isFinite(share) ? `${trimmed(significant(share * 100))} %` : "–";
	}
	function signedPercent(ratio) {
		return Number.isFinite(ratio) ? `${signed$2((ratio - 1) * 100)} %` : "–";
	}
	function wordsFor(unit) {
		return Object.values(DIMENSIONS).find((dimension) => dimension.unit === unit)?.words ?? MORE_AND_LESS;
	}
	function change$1(ratio, words) {
		if (!Number.isFinite(ratio)) return "–";
		if (!isLarge(ratio)) return signedPercent(ratio);
		if (ratio <= 0) return signedPercent(ratio);
		return ratio > 1 ? `${significant(ratio)}× ${words.more}` : `${significant(1 / ratio)}× ${words.less}`;
	}
	function changeInterval({ lower, upper }, ratio) {
		if (!(isLarge(ratio) && ratio > 0 && (ratio > 1 ? lower >= 1 : lower > 0 && upper <= 1))) return `(${bound(lower)} … ${bound(upper)})`;
		const [from, to] = ratio > 1 ? [lower, upper] : [1 / upper, 1 / lower];
		return `(${significant(from)} … ${Number.isFinite(to) ? significant(to) : "∞"}×)`;
	}
	function probability(p) {
		return p < .001 ? "p < 0.001" : `p = ${Number(p.toPrecision(2))}`;
	}
	function small(value) {
		if (value === 0) return "0";
		return value < .001 ? "under 0.001" : String(Number(value.toPrecision(2)));
	}
	function roughly(seconds) {
		if (seconds < 90) return `~${Math.ceil(seconds)} s`;
		return seconds < 5400 ? `~${Math.ceil(seconds / 60)} min` : `~${Math.ceil(seconds / 3600)} h`;
	}
	function listed(words) {
		return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
	}
	function plural(count, one, many) {
		return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
	}
	function isLarge(ratio) {
		return ratio > 1.5 || ratio < .5;
	}
	function bound(ratio) {
		if (Number.isNaN(ratio)) return "–";
		return Number.isFinite(ratio) ? signed$2((ratio - 1) * 100) : "+∞";
	}
	function signed$2(value) {
		const text = Math.abs(value) < 1 ? minus(value.toFixed(2)) : significant(value);
		if (Number(text.replace("−", "")) === 0) return "±0";
		return value > 0 ? `+${text}` : text;
	}
	function trimmed(text) {
		return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
	}
	function minus(text) {
		return text.replace(/^-/, "−");
	}
	// src/report/words/messages/pieces.ts
	function some(names, ink) {
		const shown = names.slice(0, 5).map((name) => ink.name(name));
		return `${shown.join(", ")}${names.length > shown.length ? ` and ${names.length - shown.length} more` : ""}`;
	}
	function counted({ names, count }, ink) {
		const shown = names.slice(0, 5).map((name) => ink.name(name));
		const more = count > shown.length ? [`${count - shown.length} more`] : [];
		return `${plural(count, "benchmark", "benchmarks")} (${[...shown, ...more].join(", ")})`;
	}
	function unstopped(reason) {
		return reason.replace(/\.\s*$/, "");
	}
	function quantity$1(value, subject, ink) {
		const scale = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [value]);
		const suffix = scale.own && scale.suffix !== "" ? ` ${ink.name(scale.suffix)}` : scale.suffix;
		return `${significant(value / scale.factor)}${suffix}`;
	}
	// src/report/words/messages/configuration.ts
	const CONFIGURATION = {
		"nothing-in-common": ({ suite, baseline, candidate, alike }, ink) => {
			const near = alike.map((each) => `${ink.name(each.candidate)} for ${ink.name(each.baseline)}`);
			const there = candidate.count === 0 ? "none" : counted(candidate, ink);
			return {
				sentence: `There is no benchmark in common in the suite ${ink.name(suite)}, so nothing of it could be compared. The base has ${counted(baseline, ink)}; this revision has ${there}.`,
				remedy: near.length === 0 ? "Give benchmarks the names that they had, or let their history begin again with this change." : `If benchmarks were renamed, give them back the names that they had (${listed(near.slice(0, 5))}?), or rename them in a change of their own.`
			};
		},
		"pattern-fits-nothing": ({ of, match, near }, ink) => ({
			sentence: `The ${of} of ${ink.name(match, 300)} fits nothing that was measured.`,
			remedy: `${near === null ? "" : `Did you mean ${ink.name(near, 300)}? `}${of === "budget" ? "Until its `match` is fixed, other budgets apply there, or the defaults." : "Fix its `match`, or remove it."}`
		}),
		"metric-not-measured": ({ match, metric, near }, ink) => ({
			sentence: `No benchmark of ${ink.name(match, 300)} gives ${ink.name(metric)}, which its budget names.`,
			remedy: `${near === null ? "" : `Did you mean ${ink.name(near)}? `}Fix the name, or remove the rule: it has no effect.`
		}),
		"budget-hidden": ({ match, metric, by }, ink) => ({
			sentence: `The ${ink.name(metric)} rule of ${ink.name(match, 300)} is never in force: ${ink.name(by, 300)} comes first for all that it fits.`,
			remedy: "Move it above."
		}),
		"nothing-gates": ({ suite, benchmarks, metrics }, ink) => {
			const [first = "metric"] = metrics.names;
			return {
				sentence: `Nothing of ${counted(benchmarks, ink)} in ${ink.name(suite)} can fail the check: no budget names ${some(metrics.names, ink)}.`,
				remedy: `Write one into \`budgets\` (${ink.name(`${first}: 5%`, 60)}), or give one with \`threshold\` (${ink.name(`${first}.p50=5%`, 60)}).`
			};
		},
		"definitions-removed": ({ files }, ink) => ({
			sentence: `${plural(files.length, "benchmark file of the base is", "benchmark files of the base are")} gone, and no longer measured: ${some(files, ink)}.`,
			remedy: "If that was not meant, bring it back."
		}),
		"incomplete-baseline": ({ paths }, ink) => ({
			sentence: `The working tree of the base revision lacks ${plural(paths.length, "submodule or LFS file", "submodules or LFS files")} that this one has: ${some(paths, ink)}.`,
			remedy: "Fetch them in `setup`, or see that the job's credentials reach where they come from."
		}),
		"suites-removed": ({ suites }, ink) => ({
			sentence: `${plural(suites.length, "suite of the base is", "suites of the base are")} gone from the configuration, and no longer measured: ${some(suites, ink)}.`,
			remedy: "If that was not meant, bring it back."
		}),
		"budgets-from-base": ({ file }, ink) => ({
			sentence: `This change edits the budgets in ${ink.name(file)}; those of the base revision are in force.`,
			remedy: "The new ones apply once they are merged."
		}),
		"base-unsound": ({ file, reason }, ink) => ({
			sentence: `${ink.name(file)} of the base revision cannot be read, so its budgets are not in force: ${ink.name(unstopped(reason), 400)}.`,
			remedy: "Correct the file on the base branch; until then, check which budgets this change was judged by."
		}),
		"acceptance-expired": ({ match, until }, ink) => ({
			sentence: `The acceptance of ${ink.name(match)} ended on ${ink.name(until)}.`,
			remedy: "Extend its `until` in a reviewed change, or remove it."
		}),
		"acceptance-exceeded": ({ match, upTo }, ink) => ({
			sentence: `The change is larger than the ${percent(upTo)} that were accepted for ${ink.name(match)}.`,
			remedy: "Win some of it back, or agree on a larger `up-to`."
		}),
		"time-budget": ({ suite, rounds, planned }, ink) => ({
			sentence: `The time budget ended the measurement of ${ink.name(suite)} after ${rounds} of ${plural(planned, "round", "rounds")}.`,
			remedy: "Raise `time-budget`, or measure fewer or shorter benchmarks."
		})
	};
	// src/report/words/messages/github.ts
	const GITHUB = {
		forbidden: ({ action, permission }, ink) => ({
			sentence: `GitHub did not allow this workflow to ${ink.name(action)}.`,
			remedy: `Add ${ink.name(permission)} to the job's \`permissions\`; a pull request from a fork cannot have it.`
		}),
		"github-failed": ({ action, reason }, ink) => ({
			sentence: `GitHub could not ${ink.name(action)}: ${ink.name(unstopped(reason), 400)}.`,
			remedy: "The verdict holds. Fix what the reason names, or run the job again to repeat the call."
		})
	};
	// src/report/words/messages/judging.ts
	const JUDGING = {
		"steeper-growth": ({ suite, family, metric, baseline, candidate, change, largest }, ink) => ({
			sentence: `${ink.name(`${suite}/${family}`)} grows as ${exponentWords(candidate, ink)}, was ${exponentWords(baseline, ink)}: the exponent changed by ${signed$1(change.value)} ${ink.figure(`(${signed$1(change.interval.lower)} … ${signed$1(change.interval.upper)})`)}. At the largest size, ${ink.figure(largest.size.toLocaleString("en-US"))}, that makes ${signedPercent(largest.candidate / largest.baseline)} in ${ink.name(metric)}, and more beyond it.`,
			remedy: "Look for a loop within a loop, or for work on everything where a part would do; `complexity: { change: 0.2 }` in a budget makes such a change fail."
		}),
		goal: ({ goal, state }) => ({
			sentence: `Goal of ${percent(goal)} better: ${{
				proven: "proven",
				open: "not yet proven",
				missed: "missed"
			}[state]}.`,
			remedy: {
				proven: "Remove the goal, or raise it.",
				open: "The interval still includes the goal; more rounds will settle it.",
				missed: "The whole interval falls short of it: improve further, or lower the goal."
			}[state]
		}),
		"limit-close": () => ({
			sentence: "Too close to the limit to call: noise alone could put it on either side.",
			remedy: "Measure more rounds, or leave more headroom."
		}),
		"limit-broken-before": ({ before }, ink, subject) => ({
			sentence: before === null ? "It is beyond the default limit, and there is no baseline that keeps it." : `The base breaks the default limit too, at ${quantity$1(before, subject, ink)}.`,
			remedy: "That alone fails no check: write a `limit` of your own into `budgets`, which is absolute."
		}),
		"errors-rose": ({ before, after }) => ({
			sentence: `More requests fail than before (${percent(before ?? 0)} → ${percent(after)}), and failures are often fast: this is not counted as an improvement.`,
			remedy: "Fix the failures first."
		}),
		"at-threshold": () => ({
			sentence: "Every round shows the same change, and it lies within a thousandth of the threshold.",
			remedy: "Set the threshold to one side of it."
		}),
		"not-judged": ({ metric, statistic, fewest, most, benchmarks }, ink) => ({
			sentence: `${metric === "latency" ? "" : `${ink.name(metric)} `}${statistic} not judged: ${fewest === most ? "" : `${fewest.toLocaleString("en-US")} to `}${plural(most, "sample", "samples")} a round${benchmarks === 1 ? "" : `, ${plural(benchmarks, "benchmark", "benchmarks")}`}.`,
			remedy: "Nothing to do: a budget of your own would judge it."
		}),
		"too-noisy": ({ metric, statistic, benchmarks, of }, ink) => ({
			sentence: `${metric === "latency" ? "" : `${ink.name(metric)} `}${statistic} of ${benchmarks} of ${plural(of, "benchmark", "benchmarks")} not judged: its noise hides even a doubling, however many of the planned rounds are run.`,
			remedy: "Nothing to do: a budget of your own would judge it."
		}),
		"statistic-unavailable": ({ suite, metric, statistic }, ink) => ({
			sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}.`,
			remedy: "Let the tool write its samples or that percentile, or take the statistic out of the budget."
		}),
		"stands-in": ({ suite, metric, statistic, instead }, ink) => ({
			sentence: `${ink.name(suite)} gives no ${statistic} of ${ink.name(metric)}: its ${instead} is judged by that rule.`,
			remedy: "Let the tool write its samples or that percentile to have it judged itself."
		}),
		noisy: ({ detectable, roundsNeeded, planned }, _ink, subject) => ({
			sentence: `The noise hides ${detectable <= 1 ? `changes smaller than ${percent(detectable)}` : "even a doubling"}${roundsNeeded === null && planned !== void 0 ? `: it cannot be decided in ${plural(planned, "pair", "pairs")}.` : "."}`,
			remedy: roundsNeeded === null ? `${subject?.comparison?.design === "stored" ? "Measure side by side, make" : "Make"} the benchmark longer, or use a quieter machine.` : `About ${plural(roundsNeeded, "round", "rounds")} would settle a change of this size.`
		}),
		"below-floor": ({ floor }, ink, subject) => ({
			sentence: `The change is beyond the threshold, but within the floor of ${quantity$1(floor, subject, ink)}.`,
			remedy: "Lower `floor` in its budget if so little does matter."
		})
	};
	function exponentWords({ value, interval: { lower, upper } }, ink) {
		return `n^${value.toFixed(2)} ${ink.figure(`(${lower.toFixed(2)} … ${upper.toFixed(2)})`)}`;
	}
	function signed$1(value) {
		const digits = Math.abs(value).toFixed(Math.abs(value) < .1 ? 3 : 2);
		return `${value < 0 ? "−" : "+"}${digits}`;
	}
	// src/report/words/messages/machines.ts
	const MACHINES = {
		"common-shift": ({ suite, metric, statistic, ratio, lower, upper, benchmarks }, ink) => ({
			sentence: `All ${benchmarks} benchmarks of ${ink.name(suite)} moved together: ${ink.name(metric)} ${statistic} by ${signedPercent(ratio)} (${signedPercent(lower)} … ${signedPercent(upper)}).`,
			remedy: "Look for a cause that they share: the machine, the runtime, the build. Nothing was subtracted."
		}),
		"odd-runner": ({ runner, suite, benchmark, metric, statistic, ratio, others, comparisons }, ink) => ({
			sentence: `Runner ${ink.name(runner)} saw ${ink.name(suite)} / ${ink.name(benchmark)} ${ink.name(metric)} ${statistic} change by ${signedPercent(ratio)}, and the others by ${signedPercent(others)}${comparisons > 1 ? ` (so in ${comparisons} comparisons)` : ""}.`,
			remedy: "The difference is part of the interval. Look at that machine, or run its job again."
		}),
		"runners-missing": ({ pool, of, missing, runners }, ink) => ({
			sentence: `Of ${plural(runners, "runner", "runners")} of the pool ${ink.name(pool)}, ${missing.toLocaleString("en-US")} left nothing that counts${of === "" ? "" : ` of ${ink.name(of)}`}.`,
			remedy: "The others decide, with fewer pairs. See why in its job."
		}),
		part: ({ shard, benchmarks, of, pool }, ink) => ({
			sentence: `This is a part of the gate: ${[...shard === "" ? [] : [`shard ${ink.name(shard)}${of === 0 ? "" : `, ${benchmarks} of ${plural(of, "benchmark", "benchmarks")}`}`], ...pool === "" ? [] : [`one runner of the pool ${ink.name(pool)}`]].join(", on ")}.`,
			remedy: "The job with `fan-in` judges all of it."
		}),
		"part-left-out": ({ part, reason }, ink) => ({
			sentence: `What ${ink.name(part)} left does not count: ${ink.name(reason, 400)}.`,
			remedy: "Nothing to do if that is a job that ran again."
		}),
		"different-sessions": () => ({
			sentence: "The two sides were measured at different times, so anything that differed between those times counts as change.",
			remedy: "Measure side by side to be sure: `benchgate run --base REF`."
		}),
		canary: ({ suite, dropped, of }, ink) => ({
			sentence: `${dropped} of ${plural(of, "pair", "pairs")} of ${ink.name(suite)} ${dropped === 1 ? "was" : "were"} measured again, because the machine itself changed speed between the sides.`,
			remedy: "Pairs are repeated because of the machine's speed alone, never because of their results. A quieter machine repeats fewer."
		}),
		"busy-machine": ({ steal, load, cores, throttled }) => ({
			sentence: `Other work was running on this machine: ${busyWith(steal, load, cores, throttled)}.`,
			remedy: "Expect to need more rounds; run one job at a time if you can."
		}),
		"machine-unstable": ({ benchmarks }, ink) => ({
			sentence: `The machine is unstable: measured against itself, this revision appeared to change in ${some(benchmarks, ink)}.`,
			remedy: "Don't trust this run's verdicts; repeat it on a quieter machine."
		})
	};
	function busyWith(steal, load, cores, throttled) {
		return [
			steal > .02 ? `${percent(steal)} of its time went to others` : null,
			load > cores ? `a load of ${significant(load)} on ${plural(cores, "core", "cores")}` : null,
			throttled > 0 ? `heat slowed its cores ${plural(throttled, "time", "times")}` : null
		].filter((part) => part !== null).join(", ");
	}
	// src/report/words/messages/rounds.ts
	const ROUNDS = {
		"few-rounds": ({ rounds, needed }) => ({
			sentence: `${rounds === 0 ? "No round" : `Only ${plural(rounds, "round", "rounds")}`} per side; a verdict needs ${needed}.`,
			remedy: `Set \`rounds\` to at least ${needed}, or raise \`time-budget\` if it cut the measurement short.`
		}),
		"two-modes": ({ baseline, candidate }) => ({
			sentence: `Rounds split into a fast and a slow group: ${baseline} baseline and ${plural(candidate, "candidate round", "candidate rounds")} were slow.`,
			remedy: "More rounds average it out; a fixed heap size or memory layout may remove it."
		}),
		"first-round": () => ({
			sentence: "Its first round differs from the others.",
			remedy: "Warm up longer: caches, connections and files of the first round are not those of the others."
		}),
		"coarse-clock": ({ distinct, tick }, ink, subject) => ({
			sentence: `It was measured too coarsely: ${plural(distinct, "value", "different values")}${tick === null || subject === null ? "" : `, ${quantity$1(tick, subject, ink)} apart`}.`,
			remedy: "Let one sample cover many operations."
		}),
		"heavy-tail": ({ index }) => ({
			sentence: `Its tail is so heavy (Hill index ${significant(index)}) that a mean or a maximum never settles.`,
			remedy: "Gate on p50 and p99."
		}),
		correlated: ({ statistic, beyond }) => ({
			sentence: `Its samples follow each other so closely that only about ${significant(beyond)} independent ones per round exceed ${statistic}.`,
			remedy: "Nothing to do: the rounds are independent, and they decide. More requests a round make its own value surer."
		}),
		"slow-rounds": ({ slow, rounds }) => ({
			sentence: `${slow} of ${plural(rounds, "round", "rounds")} ${slow === 1 ? "carries" : "carry"} the difference; the others are within the threshold.`,
			remedy: "A few rounds can be slow by chance. Run the job again, or compare side by side."
		}),
		"uneven-rounds": ({ baseline, candidate }) => {
			return {
				sentence: `It has ${[...baseline === 0 ? [] : [`${plural(baseline, "round", "rounds")} without a partner in the baseline`], ...candidate === 0 ? [] : [`${plural(candidate, "round", "rounds")} without a partner in the candidate`]].join(" and ")}; only what can be paired counts.`,
				remedy: "Find out why a side lacks them: a tool that leaves it out of some rounds, or recordings that do not belong together."
			};
		},
		"rounds-left-out": ({ why, baseline, candidate, of }) => {
			const count = new Set([...baseline, ...candidate]).size;
			const rounds = `${count} of ${plural(of, "pair", "pairs")} ${count === 1 ? "was" : "were"} left out`;
			const where = [...sideRounds("baseline", baseline), ...sideRounds("candidate", candidate)].join(" and ");
			const { what, remedy } = LEFT_OUT[why];
			return {
				sentence: `${rounds}: ${where} ${what}.`,
				remedy
			};
		},
		"failed-rounds": ({ suite, benchmark, side, failed, of, reason }, ink) => ({
			sentence: `${ink.name(`${suite}/${benchmark}`)} failed in ${failed} of ${plural(of, "round", "rounds")} of the ${side}: ${ink.name(unstopped(reason), 400)}.`,
			remedy: "The other rounds are compared; find out why it fails now and then."
		}),
		"too-coarse": ({ step, bound }, ink, subject) => ({
			sentence: `It is measured in steps of ${quantity$1(step, subject, ink)}: a change of less than ${quantity$1(bound, subject, ink)} may be rounding.`,
			remedy: `Let one sample cover more work, or use a tool that counts finer; \`floor: ${plainQuantity(bound, subject)}\` in its budget says that so little does not matter.`
		}),
		"not-deterministic": ({ baseline, candidate }) => ({
			sentence: `It was declared deterministic, and is not deterministic: ${plural(baseline, "value", "different values")} in the baseline and ${plural(candidate, "value", "different values")} in the candidate. It is judged as a noisy one.`,
			remedy: "Take `exact` out of what the tool writes, or remove what varies: a hash seed, a clock, a thread."
		}),
		"few-samples": ({ statistic, samples, needed }) => ({
			sentence: `${statistic} rests on ${plural(samples, "sample", "samples")} a round; it needs ${needed.toLocaleString("en-US")}.`,
			remedy: "Run the benchmark longer, or gate on p90 or p95, which need fewer."
		}),
		"unequal-samples": ({ baseline, candidate }) => ({
			sentence: `The tool's percentiles rest on ${significant(baseline)} samples before and ${significant(candidate)} after, which alone can move them.`,
			remedy: "Fix the number of iterations or requests instead of the duration, or let the tool write its samples."
		}),
		"estimator-differs": ({ baseline, candidate, mixed }, ink) => ({
			sentence: `The percentiles were computed in two ways: ${ink.name(baseline)} before, ${ink.name(candidate)} after.`,
			remedy: mixed ? "The tool changes its way of measuring from round to round: fix the number of operations that one sample covers." : "Measure both sides in the same way: with one version of the tool and one setting of it."
		}),
		"non-positive": (_, _ink, subject) => subject?.unit === "s" ? {
			sentence: "The clock is too coarse for it: it reads zero in too many rounds to form a ratio.",
			remedy: "Let one sample cover many operations, so that it takes many ticks of the clock."
		} : {
			sentence: "Too many values are zero or negative: their ratio has no meaning.",
			remedy: "Watch this metric with an absolute `limit` instead of a threshold."
		}
	};
	const LEFT_OUT = {
		failed: {
			what: "failed",
			remedy: "The others decide; find out why it fails now and then."
		},
		estimator: {
			what: "measured in another way than the others (batches in place of single calls, or the reverse)",
			remedy: "The others decide; the tool chose again in that round. Fix the number of operations that one sample covers."
		},
		"few-samples": {
			what: "took too few samples",
			remedy: "The others decide; give every round the same work."
		},
		zero: {
			what: "read zero or less",
			remedy: "The others decide; a time of zero says that the clock did not tick: let one sample cover more work."
		},
		statistic: {
			what: "lack the statistic",
			remedy: "The others decide; have the tool write it every time."
		}
	};
	function sideRounds(side, pairs) {
		if (pairs.length === 0) return [];
		const more = pairs.length > 5 ? ` and ${pairs.length - 5} more` : "";
		return [`round${pairs.length === 1 ? "" : "s"} ${pairs.slice(0, 5).join(", ")}${more} of the ${side}`];
	}
	function plainQuantity(value, subject) {
		const { factor, suffix } = scaleFor(subject?.unit ?? "", subject?.metric ?? "", [value]);
		return `${Number((value / factor).toPrecision(3))}${suffix.replace(/\s/g, "").replace("µ", "u")}`;
	}
	// src/report/words/messages/same-code.ts
	const WAYS = {
		closure: [
			"benchmark",
			"benchmarks",
			"everything that the modules load and read is the same on both sides"
		],
		inputs: [
			"suite",
			"suites",
			"inputs, dependencies and configuration are the same on both sides"
		]
	};
	const SAME_CODE = {
		"same-code": ({ by, benchmarks, audited }) => {
			const [one, many, why] = WAYS[by];
			const skipped = `Not measured, because ${why}: ${plural(benchmarks, one, many)}.`;
			const checked = `Measured all the same, as a check: ${plural(audited, one, many)} of the same code.`;
			return {
				sentence: [...benchmarks > 0 ? [skipped] : [], ...audited > 0 ? [checked] : []].join(" "),
				remedy: "Set `skip-same-code: false` to measure everything."
			};
		},
		"same-code-differs": ({ benchmarks }, ink) => ({
			sentence: `${listed(benchmarks.slice(0, 3).map((each) => ink.name(each)))}${benchmarks.length > 3 ? ` and ${benchmarks.length - 3} more` : ""} changed although both sides were found to run the same code: measured as a check, which nothing else would have shown.`,
			remedy: "Set `skip-same-code: false` until the cause is known, and report it: either the comparison of code missed something, or this machine changed speed."
		}),
		"same-code-late": ({ suite, file, path }, ink) => ({
			sentence: `${file === null ? "" : `${ink.name(file)} of `}${ink.name(suite)} was not measured, because it was the same code on both sides. It depends on ${ink.name(path)}, which something else has written since: whether it got slower is not known.`,
			remedy: "Have `setup` write that, or keep it apart from what others read. `skip-same-code: false` measures everything."
		})
	};
	// src/report/words/messages/stored.ts
	const STORED = {
		"suite-shift": ({ suite, ratio, lower, upper, benchmarks }, ink) => ({
			sentence: `Stored runs of ${ink.name(suite)} come from machines of different speed (all ${benchmarks} benchmarks together: ${signedPercent(lower)} … ${signedPercent(upper)}). This run was ${signedPercent(ratio)}, which was taken off: each benchmark is compared with the others. A change that slows all of them by that much looks the same as a change of the machine.`,
			remedy: "Use `compare: auto`, which measures some of them side by side to find out, or keep to one kind of machine."
		}),
		"suite-shift-checked": ({ suite, ratio, sentinels }, ink) => ({
			sentence: `This machine and those of the stored runs of ${ink.name(suite)} differ in speed by ${signedPercent(ratio)}, which was taken off. Measured side by side, ${listed(sentinels.map((each) => ink.name(each)))} did not get slower.`,
			remedy: "Set `compare: side-by-side` to measure everything so."
		}),
		"baseline-moved": () => ({
			sentence: "The baseline itself has shifted: this run is worse than the stored average, but no worse than the newest stored run.",
			remedy: "Runs after this one settle it; `compare: side-by-side` (on the command line `run --base`) decides now."
		}),
		"few-baseline-runs": ({ runs, needed }) => ({
			sentence: `The history holds ${plural(runs, "run", "runs")}; a verdict needs ${needed}.`,
			remedy: "It grows with every push to the default branch; `compare: side-by-side`, or `--base REF` on the command line, does not need it."
		}),
		"no-baseline": ({ stored, differs }, ink) => ({
			sentence: stored === 0 ? "No baseline is stored yet." : `${plural(stored, "stored run comes", "stored runs come")} from another environment${differs.length === 0 ? "" : ` (${some(differs, ink)})`}, so that nothing is comparable.`,
			remedy: "The next push to the default branch records one, and pull requests after it are compared. To compare at once, measure side by side: `compare: side-by-side`, or `benchgate run --base REF` on the command line."
		}),
		"unreadable-baseline": ({ entry, reason }, ink) => ({
			sentence: `The stored entry ${ink.name(entry)} was left out: ${ink.name(unstopped(reason), 400)}.`,
			remedy: "Update Benchgate if a newer version wrote it, or delete the file on the baseline branch (or in the baseline folder)."
		}),
		"baseline-out-of-reach": ({ place, reason }, ink) => ({
			sentence: `The stored runs (${ink.name(place)}) could not be reached: ${ink.name(unstopped(reason), 400)}.`,
			remedy: "Everything was measured side by side with the base revision instead, which takes longer and decides as much."
		}),
		"measured-again": ({ benchmarks, kept }) => ({
			sentence: `Stored runs left ${plural(benchmarks, "benchmark", "benchmarks")} in doubt; ${benchmarks === 1 ? "it was" : "they were"} measured again side by side with the base revision.${kept === 0 ? "" : ` Stored runs decided the other ${plural(kept, "comparison", "comparisons")}.`}`,
			remedy: "No action needed."
		}),
		"not-stored": ({ reason }, ink) => ({
			sentence: `The recording was not stored: ${ink.name(unstopped(reason), 400)}.`,
			remedy: "The next push to the default branch stores one again, once what the reason names is fixed."
		})
	};
	// src/report/words/messages/tools.ts
	const TOOLS = {
		"closed-loop": () => ({
			sentence: "The load generator waits for each answer before it sends the next request, so stalls are hidden from this percentile.",
			remedy: "Send requests at a constant rate to judge the tail."
		}),
		noted: ({ benchmarks, side, sentence, remedy }, ink) => {
			const whose = benchmarks.filter((name) => name !== "*");
			const where = [...whose.length === 0 ? [] : [some(whose, ink)], ...side === null ? [] : [`${side} alone`]];
			return {
				sentence: `${where.length === 0 ? "" : `${where.join(", ")}: `}${ink.name(unstopped(sentence), 400)}.`,
				remedy: `To do: ${ink.name(unstopped(remedy), 400)}.`
			};
		},
		"tool-verdict": (warning, ink) => ({
			sentence: toolVerdict(warning, ink),
			remedy: "Its results were compared all the same; what it found is in what it printed, and in the limits of its own script."
		}),
		"tool-verdict-before": (warning, ink) => ({
			sentence: toolVerdict(warning, ink),
			remedy: "The baseline did so too, so that this change did not bring it."
		}),
		"fewer-requests": ({ suite, baseline, candidate }, ink) => ({
			sentence: `A round of ${ink.name(suite)} holds ${requests(candidate)}, one of the baseline ${requests(baseline)}.`,
			remedy: "Find out what ended the load early, or slowed it down: what was not sent is not compared."
		})
	};
	function toolVerdict({ suite, exitCode, means, baseline, candidate, requests: cut }, ink) {
		const why = means === "" ? "" : ` (${ink.name(means)})`;
		const [after, before] = [candidate, baseline].map(({ rounds, of }) => `${rounds} of ${plural(of, "round", "rounds")}`);
		const short = cut === null ? "" : ` A round of the candidate held ${requests(cut.candidate)}, one of the baseline ${requests(cut.baseline)}.`;
		return `The command of ${ink.name(suite)} ended with exit code ${exitCode}${why} in ${after} of the candidate and ${before} of the baseline.${short}`;
	}
	function requests(count) {
		return plural(Math.round(count), "request", "requests");
	}
	// src/report/words/messages.ts
	const MESSAGES = {
		...ROUNDS,
		...JUDGING,
		...MACHINES,
		...STORED,
		...SAME_CODE,
		...CONFIGURATION,
		...TOOLS,
		...GITHUB
	};
	function message(warning, ink, subject = null) {
		const write = MESSAGES[warning.code];
		return write(warning, ink, subject);
	}
	// src/model/measurement.ts
	function worse(better) {
		return better === "lower" ? 1 : -1;
	}
	// src/model/warning.ts
	const REMARK = {
		bars: null,
		tone: "alert"
	};
	const WARNS = {
		bars: null,
		tone: "alert",
		warns: true,
		renewed: true
	};
	const CALM = {
		bars: null,
		tone: "calm"
	};
	const HARMLESS = {
		bars: null,
		tone: "harmless"
	};
	const OPEN = {
		bars: "for-now",
		tone: "alert"
	};
	const LASTING = {
		bars: "lasting",
		tone: "alert"
	};
	const WARNINGS = {
		"few-rounds": OPEN,
		"few-samples": LASTING,
		"statistic-unavailable": LASTING,
		"stands-in": CALM,
		"few-baseline-runs": OPEN,
		noisy: OPEN,
		"unequal-samples": LASTING,
		"estimator-differs": LASTING,
		"baseline-moved": OPEN,
		"slow-rounds": OPEN,
		"rounds-left-out": REMARK,
		"failed-rounds": REMARK,
		"different-sessions": REMARK,
		"uneven-rounds": REMARK,
		"definitions-removed": REMARK,
		"incomplete-baseline": REMARK,
		canary: REMARK,
		"busy-machine": REMARK,
		"machine-unstable": REMARK,
		"suites-removed": REMARK,
		"common-shift": REMARK,
		"suite-shift": {
			bars: "for-now",
			tone: "alert",
			warns: true
		},
		"suite-shift-checked": CALM,
		"same-code": CALM,
		"same-code-differs": WARNS,
		"same-code-late": WARNS,
		"steeper-growth": {
			...WARNS,
			renewed: true
		},
		"odd-runner": REMARK,
		"runners-missing": REMARK,
		part: CALM,
		"part-left-out": REMARK,
		"two-modes": HARMLESS,
		"first-round": HARMLESS,
		"coarse-clock": HARMLESS,
		"heavy-tail": LASTING,
		correlated: HARMLESS,
		goal: OPEN,
		"limit-close": OPEN,
		"nothing-in-common": REMARK,
		"pattern-fits-nothing": REMARK,
		"metric-not-measured": REMARK,
		"budget-hidden": REMARK,
		"nothing-gates": CALM,
		"limit-broken-before": REMARK,
		"errors-rose": LASTING,
		"non-positive": LASTING,
		"too-coarse": LASTING,
		"at-threshold": LASTING,
		"not-deterministic": REMARK,
		"not-judged": CALM,
		"too-noisy": CALM,
		"below-floor": REMARK,
		"closed-loop": REMARK,
		noted: CALM,
		"no-baseline": CALM,
		"unreadable-baseline": REMARK,
		"baseline-out-of-reach": REMARK,
		"budgets-from-base": REMARK,
		"base-unsound": REMARK,
		"acceptance-expired": REMARK,
		"acceptance-exceeded": REMARK,
		"measured-again": CALM,
		"time-budget": REMARK,
		"tool-verdict": WARNS,
		"tool-verdict-before": {
			...CALM,
			renewed: true
		},
		"fewer-requests": WARNS,
		forbidden: REMARK,
		"github-failed": REMARK,
		"not-stored": REMARK
	};
	// src/report/words/needs.ts
	function isReason({ code }, { verdict, goal }) {
		return (verdict === "inconclusive" || goal?.state === "open") && WARNINGS[code].bars !== null;
	}
	function needs(judgement, ink, secondsPerPair) {
		const { comparison, warnings } = judgement;
		const missing = missingRounds(judgement);
		const [one, many] = comparison?.design === "pairs" ? ["more pair", "more pairs"] : ["more round", "more rounds"];
		const more = missing > 0 && missing * (secondsPerPair ?? 0) <= 1800 ? [`About ${plural(missing, one, many)}${time(judgement, missing, secondsPerPair)} would decide it.`] : [];
		const tells = (warning) => warning.code !== "noisy" || warning.detectable <= 1 || more.length === 0;
		return [
			...warnings.filter((warning) => isReason(warning, judgement) && tells(warning)).map((warning) => {
				const { sentence, remedy } = message(warning, ink, judgement);
				return warning.code === "noisy" && warning.roundsNeeded === null ? `${sentence} ${remedy}` : sentence;
			}),
			...corrected(judgement),
			...more
		].join(" ");
	}
	function corrected({ verdict, better, comparison, threshold, judged }) {
		if (verdict !== "inconclusive" || comparison === null || threshold === null || comparison.adjustedP === null) return [];
		const { interval } = comparison;
		return worse(better) * ((better === "lower" ? interval.lower : interval.upper) - 1) > (judged?.bound ?? threshold) ? ["Beyond the threshold on its own, but not surely enough among all comparisons of this run."] : [];
	}
	function missingRounds({ comparison, verdict, warnings }) {
		const lasting = warnings.some(({ code }) => WARNINGS[code].bars === "lasting");
		return verdict !== "inconclusive" || lasting || comparison?.roundsNeeded == null ? 0 : Math.max(0, comparison.roundsNeeded - comparison.rounds);
	}
	function time({ comparison }, pairs, secondsPerPair) {
		return secondsPerPair === null || comparison?.design !== "pairs" ? "" : ` (${roughly(pairs * secondsPerPair)})`;
	}
	// src/report/words/notes.ts
	function notesOf(judgements, ink, wanted = () => true) {
		const notes = new Map();
		for (const judgement of judgements) for (const warning of judgement.warnings.filter((each) => wanted(each, judgement))) {
			const reason = isReason(warning, judgement);
			if (reason && warning.code === "noisy" || isSaid(warning, judgement)) continue;
			const { sentence, remedy } = message(warning, ink, judgement);
			const said = {
				sentence: reason ? "" : sentence,
				remedy
			};
			const text = `${said.sentence} ${remedy}`;
			const known = notes.get(text);
			if (known === void 0) notes.set(text, {
				...said,
				holders: [judgement]
			});
			else known.holders.push(judgement);
		}
		return [...notes.values()];
	}
	function isSaid({ code }, { warnings }) {
		return code === "coarse-clock" && warnings.some((each) => each.code === "too-coarse");
	}
	// node_modules/uplot/dist/uPlot.esm.js
	const FEAT_TIME = true;
	const UPLOT = "uplot";
	const ORI_HZ = "u-hz";
	const ORI_VT = "u-vt";
	const TITLE = "u-title";
	const WRAP = "u-wrap";
	const UNDER = "u-under";
	const OVER = "u-over";
	const AXIS = "u-axis";
	const OFF = "u-off";
	const SELECT = "u-select";
	const CURSOR_X = "u-cursor-x";
	const CURSOR_Y = "u-cursor-y";
	const CURSOR_PT = "u-cursor-pt";
	const LEGEND = "u-legend";
	const LEGEND_LIVE = "u-live";
	const LEGEND_INLINE = "u-inline";
	const LEGEND_SERIES = "u-series";
	const LEGEND_MARKER = "u-marker";
	const LEGEND_LABEL = "u-label";
	const LEGEND_VALUE = "u-value";
	const WIDTH = "width";
	const HEIGHT$1 = "height";
	const TOP = "top";
	const BOTTOM = "bottom";
	const LEFT = "left";
	const RIGHT = "right";
	const hexBlack = "#000";
	const transparent = "#0000";
	const mousemove = "mousemove";
	const mousedown = "mousedown";
	const mouseup = "mouseup";
	const mouseenter = "mouseenter";
	const mouseleave = "mouseleave";
	const dblclick = "dblclick";
	const resize = "resize";
	const scroll = "scroll";
	const change = "change";
	const dppxchange = "dppxchange";
	const LEGEND_DISP = "--";
	const domEnv = typeof window != "undefined";
	const doc = domEnv ? document : null;
	const win = domEnv ? window : null;
	const nav = domEnv ? navigator : null;
	let pxRatio;
	let query;
	function setPxRatio() {
		let _pxRatio = devicePixelRatio;
		if (pxRatio != _pxRatio) {
			pxRatio = _pxRatio;
			query && off(change, query, setPxRatio);
			query = matchMedia(`(min-resolution: ${pxRatio - .001}dppx) and (max-resolution: ${pxRatio + .001}dppx)`);
			on(change, query, setPxRatio);
			win.dispatchEvent(new CustomEvent(dppxchange));
		}
	}
	function addClass(el, c) {
		if (c != null) {
			let cl = el.classList;
			!cl.contains(c) && cl.add(c);
		}
	}
	function remClass(el, c) {
		let cl = el.classList;
		cl.contains(c) && cl.remove(c);
	}
	function setStylePx(el, name, value) {
		el.style[name] = value + "px";
	}
	function placeTag(tag, cls, targ, refEl) {
		let el = doc.createElement(tag);
		if (cls != null) addClass(el, cls);
		if (targ != null) targ.insertBefore(el, refEl);
		return el;
	}
	function placeDiv(cls, targ) {
		return placeTag("div", cls, targ);
	}
	const xformCache = new WeakMap();
	function elTrans(el, xPos, yPos, xMax, yMax) {
		let xform = "translate(" + xPos + "px," + yPos + "px)";
		if (xform != xformCache.get(el)) {
			el.style.transform = xform;
			xformCache.set(el, xform);
			if (xPos < 0 || yPos < 0 || xPos > xMax || yPos > yMax) addClass(el, OFF);
			else remClass(el, OFF);
		}
	}
	const colorCache = new WeakMap();
	function elColor(el, background, borderColor) {
		let newColor = background + borderColor;
		if (newColor != colorCache.get(el)) {
			colorCache.set(el, newColor);
			el.style.background = background;
			el.style.borderColor = borderColor;
		}
	}
	const sizeCache = new WeakMap();
	function elSize(el, newWid, newHgt, centered) {
		let newSize = newWid + "" + newHgt;
		if (newSize != sizeCache.get(el)) {
			sizeCache.set(el, newSize);
			el.style.height = newHgt + "px";
			el.style.width = newWid + "px";
			el.style.marginLeft = centered ? -newWid / 2 + "px" : 0;
			el.style.marginTop = centered ? -newHgt / 2 + "px" : 0;
		}
	}
	const evOpts = { passive: true };
	const evOpts2 = {
		...evOpts,
		capture: true
	};
	function on(ev, el, cb, capt) {
		el.addEventListener(ev, cb, capt ? evOpts2 : evOpts);
	}
	function off(ev, el, cb, capt) {
		el.removeEventListener(ev, cb, evOpts);
	}
	domEnv && setPxRatio();
	function closestIdx(num, arr, lo, hi) {
		let mid;
		lo = lo || 0;
		hi = hi || arr.length - 1;
		let bitwise = hi <= 2147483647;
		while (hi - lo > 1) {
			mid = bitwise ? lo + hi >> 1 : floor((lo + hi) / 2);
			if (arr[mid] < num) lo = mid;
			else hi = mid;
		}
		if (num - arr[lo] <= arr[hi] - num) return lo;
		return hi;
	}
	function makeIndexOfs(predicate) {
		let indexOfs = (data, _i0, _i1) => {
			let i0 = -1;
			let i1 = -1;
			for (let i = _i0; i <= _i1; i++) if (predicate(data[i])) {
				i0 = i;
				break;
			}
			for (let i = _i1; i >= _i0; i--) if (predicate(data[i])) {
				i1 = i;
				break;
			}
			return [i0, i1];
		};
		return indexOfs;
	}
	const notNullish = (v) => v != null;
	const isPositive = (v) => v != null && v > 0;
	const nonNullIdxs = makeIndexOfs(notNullish);
	const positiveIdxs = makeIndexOfs(isPositive);
	function getMinMax(data, _i0, _i1, sorted = 0, log = false) {
		let getEdgeIdxs = log ? positiveIdxs : nonNullIdxs;
		let predicate = log ? isPositive : notNullish;
		[_i0, _i1] = getEdgeIdxs(data, _i0, _i1);
		let _min = data[_i0];
		let _max = data[_i0];
		if (_i0 > -1) {
			if (sorted == 1) {
				_min = data[_i0];
				_max = data[_i1];
			} else if (sorted == -1) {
				_min = data[_i1];
				_max = data[_i0];
			} else for (let i = _i0; i <= _i1; i++) {
				let v = data[i];
				if (predicate(v)) {
					if (v < _min) _min = v;
					else if (v > _max) _max = v;
				}
			}
		}
		return [_min ?? inf, _max ?? -inf];
	}
	function rangeLog(min, max, base, fullMags) {
		let minSign = sign(min);
		let maxSign = sign(max);
		if (min == max) {
			if (minSign == -1) {
				min *= base;
				max /= base;
			} else {
				min /= base;
				max *= base;
			}
		}
		let logFn = base == 10 ? log10 : log2;
		let growMinAbs = minSign == 1 ? floor : ceil;
		let growMaxAbs = maxSign == 1 ? ceil : floor;
		let minExp = growMinAbs(logFn(abs(min)));
		let maxExp = growMaxAbs(logFn(abs(max)));
		let minIncr = pow(base, minExp);
		let maxIncr = pow(base, maxExp);
		if (base == 10) {
			if (minExp < 0) minIncr = roundDec(minIncr, -minExp);
			if (maxExp < 0) maxIncr = roundDec(maxIncr, -maxExp);
		}
		if (fullMags || base == 2) {
			min = minIncr * minSign;
			max = maxIncr * maxSign;
		} else {
			min = incrRoundDn(min, minIncr);
			max = incrRoundUp(max, maxIncr);
		}
		return [min, max];
	}
	function rangeAsinh(min, max, base, fullMags) {
		let minMax = rangeLog(min, max, base, fullMags);
		if (min == 0) minMax[0] = 0;
		if (max == 0) minMax[1] = 0;
		return minMax;
	}
	const rangePad = .1;
	const autoRangePart = {
		mode: 3,
		pad: rangePad
	};
	const _eqRangePart = {
		pad: 0,
		soft: null,
		mode: 0
	};
	const _eqRange = {
		min: _eqRangePart,
		max: _eqRangePart
	};
	function rangeNum(_min, _max, mult, extra) {
		if (isObj(mult)) return _rangeNum(_min, _max, mult);
		_eqRangePart.pad = mult;
		_eqRangePart.soft = extra ? 0 : null;
		_eqRangePart.mode = extra ? 3 : 0;
		return _rangeNum(_min, _max, _eqRange);
	}
	function ifNull(lh, rh) {
		return lh == null ? rh : lh;
	}
	function hasData(data, idx0, idx1) {
		idx0 = ifNull(idx0, 0);
		idx1 = ifNull(idx1, data.length - 1);
		while (idx0 <= idx1) {
			if (data[idx0] != null) return true;
			idx0++;
		}
		return false;
	}
	function _rangeNum(_min, _max, cfg) {
		let cmin = cfg.min;
		let cmax = cfg.max;
		let padMin = ifNull(cmin.pad, 0);
		let padMax = ifNull(cmax.pad, 0);
		let hardMin = ifNull(cmin.hard, -inf);
		let hardMax = ifNull(cmax.hard, inf);
		let softMin = ifNull(cmin.soft, inf);
		let softMax = ifNull(cmax.soft, -inf);
		let softMinMode = ifNull(cmin.mode, 0);
		let softMaxMode = ifNull(cmax.mode, 0);
		let delta = _max - _min;
		let deltaMag = log10(delta);
		let scalarMax = max(abs(_min), abs(_max));
		let scalarMag = log10(scalarMax);
		let scalarMagDelta = abs(scalarMag - deltaMag);
		if (delta < 1e-24 || scalarMagDelta > 10) {
			delta = 0;
			if (_min == 0 || _max == 0) {
				delta = 1e-24;
				if (softMinMode == 2 && softMin != inf) padMin = 0;
				if (softMaxMode == 2 && softMax != -inf) padMax = 0;
			}
		}
		let nonZeroDelta = delta || scalarMax || 1e3;
		let mag = log10(nonZeroDelta);
		let base = pow(10, floor(mag));
		let _newMin = roundDec(incrRoundDn(_min - nonZeroDelta * (delta == 0 ? _min == 0 ? .1 : 1 : padMin), base / 10), 24);
		let _softMin = _min >= softMin && (softMinMode == 1 || softMinMode == 3 && _newMin <= softMin || softMinMode == 2 && _newMin >= softMin) ? softMin : inf;
		let minLim = max(hardMin, _newMin < _softMin && _min >= _softMin ? _softMin : min(_softMin, _newMin));
		let _newMax = roundDec(incrRoundUp(_max + nonZeroDelta * (delta == 0 ? _max == 0 ? .1 : 1 : padMax), base / 10), 24);
		let _softMax = _max <= softMax && (softMaxMode == 1 || softMaxMode == 3 && _newMax >= softMax || softMaxMode == 2 && _newMax <= softMax) ? softMax : -inf;
		let maxLim = min(hardMax, _newMax > _softMax && _max <= _softMax ? _softMax : max(_softMax, _newMax));
		if (minLim == maxLim && minLim == 0) maxLim = 100;
		return [minLim, maxLim];
	}
	const numFormatter = new Intl.NumberFormat(domEnv ? nav.language : "en-US");
	const fmtNum = (val) => numFormatter.format(val);
	const M = Math;
	const PI = M.PI;
	const abs = M.abs;
	const floor = M.floor;
	const round = M.round;
	const ceil = M.ceil;
	const min = M.min;
	const max = M.max;
	const pow = M.pow;
	const sign = M.sign;
	const log10 = M.log10;
	const log2 = M.log2;
	const sinh = (v, linthresh = 1) => M.sinh(v) * linthresh;
	const asinh = (v, linthresh = 1) => M.asinh(v / linthresh);
	const inf = 1e400;
	function numIntDigits(x) {
		return (log10((x ^ x >> 31) - (x >> 31)) | 0) + 1;
	}
	function clamp(num, _min, _max) {
		return min(max(num, _min), _max);
	}
	function isFn(v) {
		return typeof v == "function";
	}
	function fnOrSelf(v) {
		return isFn(v) ? v : () => v;
	}
	const noop = () => {};
	const retArg0 = (_0) => _0;
	const retArg1 = (_0, _1) => _1;
	const retNull = (_) => null;
	const retTrue = (_) => true;
	const retEq = (a, b) => a == b;
	const regex6 = /\.\d*?(?=9{6,}|0{6,})/gm;
	const fixFloat = (val) => {
		if (isInt(val) || fixedDec.has(val)) return val;
		const str = `${val}`;
		const match = str.match(regex6);
		if (match == null) return val;
		let len = match[0].length - 1;
		if (str.indexOf("e-") != -1) {
			let [num, exp] = str.split("e");
			return +`${fixFloat(num)}e${exp}`;
		}
		return roundDec(val, len);
	};
	function incrRound(num, incr) {
		return fixFloat(roundDec(fixFloat(num / incr)) * incr);
	}
	function incrRoundUp(num, incr) {
		return fixFloat(ceil(fixFloat(num / incr)) * incr);
	}
	function incrRoundDn(num, incr) {
		return fixFloat(floor(fixFloat(num / incr)) * incr);
	}
	function roundDec(val, dec = 0) {
		if (isInt(val)) return val;
		let p = 10 ** dec;
		let n = val * p * (1 + Number.EPSILON);
		return round(n) / p;
	}
	const fixedDec = new Map();
	function guessDec(num) {
		return (("" + num).split(".")[1] || "").length;
	}
	function genIncrs(base, minExp, maxExp, mults) {
		let incrs = [];
		let multDec = mults.map(guessDec);
		for (let exp = minExp; exp < maxExp; exp++) {
			let expa = abs(exp);
			let mag = roundDec(pow(base, exp), expa);
			for (let i = 0; i < mults.length; i++) {
				let _incr = base == 10 ? +`${mults[i]}e${exp}` : mults[i] * mag;
				let dec = (exp >= 0 ? 0 : expa) + (exp >= multDec[i] ? 0 : multDec[i]);
				let incr = base == 10 ? _incr : roundDec(_incr, dec);
				incrs.push(incr);
				fixedDec.set(incr, dec);
			}
		}
		return incrs;
	}
	const EMPTY_OBJ = {};
	const EMPTY_ARR = [];
	const nullNullTuple = [null, null];
	const isArr = Array.isArray;
	const isInt = Number.isInteger;
	const isUndef = (v) => v === void 0;
	function isStr(v) {
		return typeof v == "string";
	}
	function isObj(v) {
		let is = false;
		if (v != null) {
			let c = v.constructor;
			is = c == null || c == Object;
		}
		return is;
	}
	function fastIsObj(v) {
		return v != null && typeof v == "object";
	}
	const TypedArray = Object.getPrototypeOf(Uint8Array);
	const __proto__ = "__proto__";
	function copy(o, _isObj = isObj) {
		let out;
		if (isArr(o)) {
			let val = o.find((v) => v != null);
			if (isArr(val) || _isObj(val)) {
				out = Array(o.length);
				for (let i = 0; i < o.length; i++) out[i] = copy(o[i], _isObj);
			} else out = o.slice();
		} else if (o instanceof TypedArray) out = o.slice();
		else if (_isObj(o)) {
			out = {};
			for (let k in o) if (k != __proto__) out[k] = copy(o[k], _isObj);
		} else out = o;
		return out;
	}
	function assign(targ) {
		let args = arguments;
		for (let i = 1; i < args.length; i++) {
			let src = args[i];
			for (let key in src) if (key != __proto__) {
				if (isObj(targ[key])) assign(targ[key], copy(src[key]));
				else targ[key] = copy(src[key]);
			}
		}
		return targ;
	}
	const NULL_REMOVE = 0;
	const NULL_RETAIN = 1;
	const NULL_EXPAND = 2;
	function nullExpand(yVals, nullIdxs, alignedLen) {
		for (let i = 0, xi, lastNullIdx = -1; i < nullIdxs.length; i++) {
			let nullIdx = nullIdxs[i];
			if (nullIdx > lastNullIdx) {
				xi = nullIdx - 1;
				while (xi >= 0 && yVals[xi] == null) yVals[xi--] = null;
				xi = nullIdx + 1;
				while (xi < alignedLen && yVals[xi] == null) yVals[lastNullIdx = xi++] = null;
			}
		}
	}
	function join(tables, nullModes) {
		if (allHeadersSame(tables)) {
			let table = tables[0].slice();
			for (let i = 1; i < tables.length; i++) table.push(...tables[i].slice(1));
			if (!isAsc(table[0])) table = sortCols(table);
			return table;
		}
		let xVals = new Set();
		for (let ti = 0; ti < tables.length; ti++) {
			let xs = tables[ti][0];
			let len = xs.length;
			for (let i = 0; i < len; i++) xVals.add(xs[i]);
		}
		let data = [Array.from(xVals).sort((a, b) => a - b)];
		let alignedLen = data[0].length;
		let xIdxs = new Map();
		for (let i = 0; i < alignedLen; i++) xIdxs.set(data[0][i], i);
		for (let ti = 0; ti < tables.length; ti++) {
			let t = tables[ti];
			let xs = t[0];
			for (let si = 1; si < t.length; si++) {
				let ys = t[si];
				let yVals = Array(alignedLen).fill(void 0);
				let nullMode = nullModes ? nullModes[ti][si] : NULL_RETAIN;
				let nullIdxs = [];
				for (let i = 0; i < ys.length; i++) {
					let yVal = ys[i];
					let alignedIdx = xIdxs.get(xs[i]);
					if (yVal === null) {
						if (nullMode != NULL_REMOVE) {
							yVals[alignedIdx] = yVal;
							if (nullMode == NULL_EXPAND) nullIdxs.push(alignedIdx);
						}
					} else yVals[alignedIdx] = yVal;
				}
				nullExpand(yVals, nullIdxs, alignedLen);
				data.push(yVals);
			}
		}
		return data;
	}
	const microTask = typeof queueMicrotask == "undefined" ? (fn) => Promise.resolve().then(fn) : queueMicrotask;
	function sortCols(table) {
		let head = table[0];
		let rlen = head.length;
		let idxs = Array(rlen);
		for (let i = 0; i < idxs.length; i++) idxs[i] = i;
		idxs.sort((i0, i1) => head[i0] - head[i1]);
		let table2 = [];
		for (let i = 0; i < table.length; i++) {
			let row = table[i];
			let row2 = Array(rlen);
			for (let j = 0; j < rlen; j++) row2[j] = row[idxs[j]];
			table2.push(row2);
		}
		return table2;
	}
	function allHeadersSame(tables) {
		let vals0 = tables[0][0];
		let len0 = vals0.length;
		for (let i = 1; i < tables.length; i++) {
			let vals1 = tables[i][0];
			if (vals1.length != len0) return false;
			if (vals1 != vals0) {
				for (let j = 0; j < len0; j++) if (vals1[j] != vals0[j]) return false;
			}
		}
		return true;
	}
	function isAsc(vals, samples = 100) {
		const len = vals.length;
		if (len <= 1) return true;
		let firstIdx = 0;
		let lastIdx = len - 1;
		while (firstIdx <= lastIdx && vals[firstIdx] == null) firstIdx++;
		while (lastIdx >= firstIdx && vals[lastIdx] == null) lastIdx--;
		if (lastIdx <= firstIdx) return true;
		const stride = max(1, floor((lastIdx - firstIdx + 1) / samples));
		for (let prevVal = vals[firstIdx], i = firstIdx + stride; i <= lastIdx; i += stride) {
			const v = vals[i];
			if (v != null) {
				if (v <= prevVal) return false;
				prevVal = v;
			}
		}
		return true;
	}
	const months = [
		"January",
		"February",
		"March",
		"April",
		"May",
		"June",
		"July",
		"August",
		"September",
		"October",
		"November",
		"December"
	];
	const days = [
		"Sunday",
		"Monday",
		"Tuesday",
		"Wednesday",
		"Thursday",
		"Friday",
		"Saturday"
	];
	function slice3(str) {
		return str.slice(0, 3);
	}
	const days3 = days.map(slice3);
	const engNames = {
		MMMM: months,
		MMM: months.map(slice3),
		WWWW: days,
		WWW: days3
	};
	function zeroPad2(int) {
		return (int < 10 ? "0" : "") + int;
	}
	function zeroPad3(int) {
		return (int < 10 ? "00" : int < 100 ? "0" : "") + int;
	}
	const subs = {
		YYYY: (d) => d.getFullYear(),
		YY: (d) => (d.getFullYear() + "").slice(2),
		MMMM: (d, names) => names.MMMM[d.getMonth()],
		MMM: (d, names) => names.MMM[d.getMonth()],
		MM: (d) => zeroPad2(d.getMonth() + 1),
		M: (d) => d.getMonth() + 1,
		DD: (d) => zeroPad2(d.getDate()),
		D: (d) => d.getDate(),
		WWWW: (d, names) => names.WWWW[d.getDay()],
		WWW: (d, names) => names.WWW[d.getDay()],
		HH: (d) => zeroPad2(d.getHours()),
		H: (d) => d.getHours(),
		h: (d) => {
			let h = d.getHours();
			return h == 0 ? 12 : h > 12 ? h - 12 : h;
		},
		AA: (d) => d.getHours() >= 12 ? "PM" : "AM",
		aa: (d) => d.getHours() >= 12 ? "pm" : "am",
		a: (d) => d.getHours() >= 12 ? "p" : "a",
		mm: (d) => zeroPad2(d.getMinutes()),
		m: (d) => d.getMinutes(),
		ss: (d) => zeroPad2(d.getSeconds()),
		s: (d) => d.getSeconds(),
		fff: (d) => zeroPad3(d.getMilliseconds())
	};
	function fmtDate(tpl, names) {
		names = names || engNames;
		let parts = [];
		let R = /\{([a-z]+)\}|[^{]+/gi, m;
		while (m = R.exec(tpl)) parts.push(m[0][0] == "{" ? subs[m[1]] : m[0]);
		return (d) => {
			let out = "";
			for (let i = 0; i < parts.length; i++) out += typeof parts[i] == "string" ? parts[i] : parts[i](d, names);
			return out;
		};
	}
	const localTz = new Intl.DateTimeFormat().resolvedOptions().timeZone;
	function tzDate(date, tz) {
		let date2;
		if (tz == "UTC" || tz == "Etc/UTC") date2 = new Date(+date + date.getTimezoneOffset() * 6e4);
		else if (tz == localTz) date2 = date;
		else {
			date2 = new Date(date.toLocaleString("en-US", { timeZone: tz }));
			date2.setMilliseconds(date.getMilliseconds());
		}
		return date2;
	}
	const onlyWhole = (v) => v % 1 == 0;
	const allMults = [
		1,
		2,
		2.5,
		5
	];
	const decIncrs = genIncrs(10, -32, 0, allMults);
	const oneIncrs = genIncrs(10, 0, 32, allMults);
	const wholeIncrs = oneIncrs.filter(onlyWhole);
	const numIncrs = decIncrs.concat(oneIncrs);
	const NL = "\n";
	const yyyy = "{YYYY}";
	const NLyyyy = NL + yyyy;
	const md = "{M}/{D}";
	const NLmd = NL + md;
	const NLmdyy = NLmd + "/{YY}";
	const aa = "{aa}";
	const hmmaa = "{h}:{mm}" + aa;
	const NLhmmaa = NL + hmmaa;
	const ss = ":{ss}";
	const _ = null;
	function genTimeStuffs(ms) {
		let s = ms * 1e3, m = s * 60, h = m * 60, d = h * 24, mo = d * 30, y = d * 365;
		let timeIncrs = (ms == 1 ? genIncrs(10, 0, 3, allMults).filter(onlyWhole) : genIncrs(10, -3, 0, allMults)).concat([
			s,
			s * 5,
			s * 10,
			s * 15,
			s * 30,
			m,
			m * 5,
			m * 10,
			m * 15,
			m * 30,
			h,
			h * 2,
			h * 3,
			h * 4,
			h * 6,
			h * 8,
			h * 12,
			d,
			d * 2,
			d * 3,
			d * 4,
			d * 5,
			d * 6,
			d * 7,
			d * 8,
			d * 9,
			d * 10,
			d * 15,
			mo,
			mo * 2,
			mo * 3,
			mo * 4,
			mo * 6,
			y,
			y * 2,
			y * 5,
			y * 10,
			y * 25,
			y * 50,
			y * 100
		]);
		const _timeAxisStamps = [
			[
				y,
				yyyy,
				_,
				_,
				_,
				_,
				_,
				_,
				1
			],
			[
				d * 28,
				"{MMM}",
				NLyyyy,
				_,
				_,
				_,
				_,
				_,
				1
			],
			[
				d,
				md,
				NLyyyy,
				_,
				_,
				_,
				_,
				_,
				1
			],
			[
				h,
				"{h}" + aa,
				NLmdyy,
				_,
				NLmd,
				_,
				_,
				_,
				1
			],
			[
				m,
				hmmaa,
				NLmdyy,
				_,
				NLmd,
				_,
				_,
				_,
				1
			],
			[
				s,
				ss,
				NLmdyy + " " + hmmaa,
				_,
				NLmd + " " + hmmaa,
				_,
				NLhmmaa,
				_,
				1
			],
			[
				ms,
				ss + ".{fff}",
				NLmdyy + " " + hmmaa,
				_,
				NLmd + " " + hmmaa,
				_,
				NLhmmaa,
				_,
				1
			]
		];
		function timeAxisSplits(tzDate) {
			return (self, axisIdx, scaleMin, scaleMax, foundIncr, foundSpace) => {
				let splits = [];
				let isYr = foundIncr >= y;
				let isMo = foundIncr >= mo && foundIncr < y;
				let minDate = tzDate(scaleMin);
				let minDateTs = roundDec(minDate * ms, 3);
				let minMin = mkDate(minDate.getFullYear(), isYr ? 0 : minDate.getMonth(), isMo || isYr ? 1 : minDate.getDate());
				let minMinTs = roundDec(minMin * ms, 3);
				if (isMo || isYr) {
					let moIncr = isMo ? foundIncr / mo : 0;
					let yrIncr = isYr ? foundIncr / y : 0;
					let split = minDateTs == minMinTs ? minDateTs : roundDec(mkDate(minMin.getFullYear() + yrIncr, minMin.getMonth() + moIncr, 1) * ms, 3);
					let splitDate = new Date(round(split / ms));
					let baseYear = splitDate.getFullYear();
					let baseMonth = splitDate.getMonth();
					for (let i = 0; split <= scaleMax; i++) {
						let next = mkDate(baseYear + yrIncr * i, baseMonth + moIncr * i, 1);
						let offs = next - tzDate(roundDec(next * ms, 3));
						split = roundDec((+next + offs) * ms, 3);
						if (split <= scaleMax) splits.push(split);
					}
				} else {
					let incr0 = foundIncr >= d ? d : foundIncr;
					let split = minMinTs + (floor(scaleMin) - floor(minDateTs)) + incrRoundUp(minDateTs - minMinTs, incr0);
					splits.push(split);
					let date0 = tzDate(split);
					let prevHour = date0.getHours() + date0.getMinutes() / m + date0.getSeconds() / h;
					let incrHours = foundIncr / h;
					let pctSpace = foundSpace / self.axes[axisIdx]._space;
					while (1) {
						split = roundDec(split + foundIncr, ms == 1 ? 0 : 3);
						if (split > scaleMax) break;
						if (incrHours > 1) {
							let expectedHour = floor(roundDec(prevHour + incrHours, 6)) % 24;
							let dstShift = tzDate(split).getHours() - expectedHour;
							if (dstShift > 1) dstShift = -1;
							split -= dstShift * h;
							prevHour = (prevHour + incrHours) % 24;
							let prevSplit = splits[splits.length - 1];
							if (roundDec((split - prevSplit) / foundIncr, 3) * pctSpace >= .7) splits.push(split);
						} else splits.push(split);
					}
				}
				return splits;
			};
		}
		return [
			timeIncrs,
			_timeAxisStamps,
			timeAxisSplits
		];
	}
	const [timeIncrsMs, _timeAxisStampsMs, timeAxisSplitsMs] = genTimeStuffs(1);
	const [timeIncrsS, _timeAxisStampsS, timeAxisSplitsS] = genTimeStuffs(.001);
	genIncrs(2, -53, 53, [1]);
	function timeAxisStamps(stampCfg, fmtDate) {
		return stampCfg.map((s) => s.map((v, i) => i == 0 || i == 8 || v == null ? v : fmtDate(i == 1 || s[8] == 0 ? v : s[1] + v)));
	}
	function timeAxisVals(tzDate, stamps) {
		return (self, splits, axisIdx, foundSpace, foundIncr) => {
			let s = stamps.find((s) => foundIncr >= s[0]) || stamps[stamps.length - 1];
			let prevYear;
			let prevMnth;
			let prevDate;
			let prevHour;
			let prevMins;
			let prevSecs;
			return splits.map((split) => {
				let date = tzDate(split);
				let newYear = date.getFullYear();
				let newMnth = date.getMonth();
				let newDate = date.getDate();
				let newHour = date.getHours();
				let newMins = date.getMinutes();
				let newSecs = date.getSeconds();
				let stamp = newYear != prevYear && s[2] || newMnth != prevMnth && s[3] || newDate != prevDate && s[4] || newHour != prevHour && s[5] || newMins != prevMins && s[6] || newSecs != prevSecs && s[7] || s[1];
				prevYear = newYear;
				prevMnth = newMnth;
				prevDate = newDate;
				prevHour = newHour;
				prevMins = newMins;
				prevSecs = newSecs;
				return stamp(date);
			});
		};
	}
	function timeAxisVal(tzDate, dateTpl) {
		let stamp = fmtDate(dateTpl);
		return (self, splits, axisIdx, foundSpace, foundIncr) => splits.map((split) => stamp(tzDate(split)));
	}
	function mkDate(y, m, d) {
		return new Date(y, m, d);
	}
	function timeSeriesStamp(stampCfg, fmtDate) {
		return fmtDate(stampCfg);
	}
	const _timeSeriesStamp = "{YYYY}-{MM}-{DD} {h}:{mm}{aa}";
	function timeSeriesVal(tzDate, stamp) {
		return (self, val, seriesIdx, dataIdx) => dataIdx == null ? LEGEND_DISP : stamp(tzDate(val));
	}
	function legendStroke(self, seriesIdx) {
		let s = self.series[seriesIdx];
		return s.width ? s.stroke(self, seriesIdx) : s.points.width ? s.points.stroke(self, seriesIdx) : null;
	}
	function legendFill(self, seriesIdx) {
		return self.series[seriesIdx].fill(self, seriesIdx);
	}
	const legendOpts = {
		show: true,
		live: true,
		isolate: false,
		mount: noop,
		markers: {
			show: true,
			width: 2,
			stroke: legendStroke,
			fill: legendFill,
			dash: "solid"
		},
		idx: null,
		idxs: null,
		values: []
	};
	function cursorPointShow(self, si) {
		let o = self.cursor.points;
		let pt = placeDiv();
		let size = o.size(self, si);
		setStylePx(pt, WIDTH, size);
		setStylePx(pt, HEIGHT$1, size);
		let mar = size / -2;
		setStylePx(pt, "marginLeft", mar);
		setStylePx(pt, "marginTop", mar);
		let width = o.width(self, si, size);
		width && setStylePx(pt, "borderWidth", width);
		return pt;
	}
	function cursorPointFill(self, si) {
		let sp = self.series[si].points;
		return sp._fill || sp._stroke;
	}
	function cursorPointStroke(self, si) {
		let sp = self.series[si].points;
		return sp._stroke || sp._fill;
	}
	function cursorPointSize(self, si) {
		return self.series[si].points.size;
	}
	const moveTuple = [0, 0];
	function cursorMove(self, mouseLeft1, mouseTop1) {
		moveTuple[0] = mouseLeft1;
		moveTuple[1] = mouseTop1;
		return moveTuple;
	}
	function filtBtn0(self, targ, handle, onlyTarg = true) {
		return (e) => {
			e.button == 0 && (!onlyTarg || e.target == targ) && handle(e);
		};
	}
	function filtTarg(self, targ, handle, onlyTarg = true) {
		return (e) => {
			(!onlyTarg || e.target == targ) && handle(e);
		};
	}
	const cursorOpts = {
		show: true,
		x: true,
		y: true,
		lock: false,
		move: cursorMove,
		points: {
			one: false,
			show: cursorPointShow,
			size: cursorPointSize,
			width: 0,
			stroke: cursorPointStroke,
			fill: cursorPointFill
		},
		bind: {
			mousedown: filtBtn0,
			mouseup: filtBtn0,
			click: filtBtn0,
			dblclick: filtBtn0,
			mousemove: filtTarg,
			mouseleave: filtTarg,
			mouseenter: filtTarg
		},
		drag: {
			setScale: true,
			x: true,
			y: false,
			dist: 0,
			uni: null,
			click: (self, e) => {
				e.stopPropagation();
				e.stopImmediatePropagation();
			},
			_x: false,
			_y: false
		},
		focus: {
			dist: (self, seriesIdx, dataIdx, valPos, curPos) => valPos - curPos,
			prox: -1,
			bias: 0
		},
		hover: {
			skip: [void 0],
			prox: null,
			bias: 0
		},
		left: -10,
		top: -10,
		idx: null,
		dataIdx: null,
		idxs: null,
		event: null
	};
	const axisLines = {
		show: true,
		stroke: "rgba(0,0,0,0.07)",
		width: 2
	};
	const grid = assign({}, axisLines, { filter: retArg1 });
	const ticks$2 = assign({}, grid, { size: 10 });
	const border = assign({}, axisLines, { show: false });
	const font = "12px system-ui, -apple-system, \"Segoe UI\", Roboto, \"Helvetica Neue\", Arial, \"Noto Sans\", sans-serif, \"Apple Color Emoji\", \"Segoe UI Emoji\", \"Segoe UI Symbol\", \"Noto Color Emoji\"";
	const labelFont = "bold " + font;
	const lineGap = 1.5;
	const xAxisOpts = {
		show: true,
		scale: "x",
		stroke: hexBlack,
		space: 50,
		gap: 5,
		alignTo: 1,
		size: 50,
		labelGap: 0,
		labelSize: 30,
		labelFont,
		side: 2,
		grid,
		ticks: ticks$2,
		border,
		font,
		lineGap,
		rotate: 0
	};
	const numSeriesLabel = "Value";
	const timeSeriesLabel = "Time";
	const xSeriesOpts = {
		show: true,
		scale: "x",
		auto: false,
		sorted: 1,
		min: inf,
		max: -1e400,
		idxs: []
	};
	function numAxisVals(self, splits, axisIdx, foundSpace, foundIncr) {
		return splits.map((v) => v == null ? "" : fmtNum(v));
	}
	function numAxisSplits(self, axisIdx, scaleMin, scaleMax, foundIncr, foundSpace, forceMin) {
		let splits = [];
		let numDec = fixedDec.get(foundIncr) || 0;
		scaleMin = forceMin ? scaleMin : roundDec(incrRoundUp(scaleMin, foundIncr), numDec);
		for (let val = scaleMin; val <= scaleMax; val = roundDec(val + foundIncr, numDec)) splits.push(Object.is(val, -0) ? 0 : val);
		return splits;
	}
	function logAxisSplits(self, axisIdx, scaleMin, scaleMax, foundIncr, foundSpace, forceMin) {
		const splits = [];
		const logBase = self.scales[self.axes[axisIdx].scale].log;
		const exp = floor((logBase == 10 ? log10 : log2)(scaleMin));
		foundIncr = pow(logBase, exp);
		if (logBase == 10) foundIncr = numIncrs[closestIdx(foundIncr, numIncrs)];
		let split = scaleMin;
		let nextMagIncr = foundIncr * logBase;
		if (logBase == 10) nextMagIncr = numIncrs[closestIdx(nextMagIncr, numIncrs)];
		do {
			splits.push(split);
			split = split + foundIncr;
			if (logBase == 10 && !fixedDec.has(split)) split = roundDec(split, fixedDec.get(foundIncr));
			if (split >= nextMagIncr) {
				foundIncr = split;
				nextMagIncr = foundIncr * logBase;
				if (logBase == 10) nextMagIncr = numIncrs[closestIdx(nextMagIncr, numIncrs)];
			}
		} while (split <= scaleMax);
		return splits;
	}
	function asinhAxisSplits(self, axisIdx, scaleMin, scaleMax, foundIncr, foundSpace, forceMin) {
		let linthresh = self.scales[self.axes[axisIdx].scale].asinh;
		let posSplits = scaleMax > linthresh ? logAxisSplits(self, axisIdx, max(linthresh, scaleMin), scaleMax, foundIncr) : [linthresh];
		let zero = scaleMax >= 0 && scaleMin <= 0 ? [0] : [];
		return (scaleMin < -linthresh ? logAxisSplits(self, axisIdx, max(linthresh, -scaleMax), -scaleMin, foundIncr) : [linthresh]).reverse().map((v) => -v).concat(zero, posSplits);
	}
	const RE_ALL = /./;
	const RE_12357 = /[12357]/;
	const RE_125 = /[125]/;
	const RE_1 = /1/;
	const _filt = (splits, distr, re, keepMod) => splits.map((v, i) => distr == 4 && v == 0 || i % keepMod == 0 && re.test(v.toExponential()[v < 0 ? 1 : 0]) ? v : null);
	function log10AxisValsFilt(self, splits, axisIdx, foundSpace, foundIncr) {
		let axis = self.axes[axisIdx];
		let scaleKey = axis.scale;
		let sc = self.scales[scaleKey];
		let valToPos = self.valToPos;
		let minSpace = axis._space;
		let _10 = valToPos(10, scaleKey);
		let re = valToPos(9, scaleKey) - _10 >= minSpace ? RE_ALL : valToPos(7, scaleKey) - _10 >= minSpace ? RE_12357 : valToPos(5, scaleKey) - _10 >= minSpace ? RE_125 : RE_1;
		if (re == RE_1) {
			let magSpace = abs(valToPos(1, scaleKey) - _10);
			if (magSpace < minSpace) return _filt(splits.slice().reverse(), sc.distr, re, ceil(minSpace / magSpace)).reverse();
		}
		return _filt(splits, sc.distr, re, 1);
	}
	function log2AxisValsFilt(self, splits, axisIdx, foundSpace, foundIncr) {
		let axis = self.axes[axisIdx];
		let scaleKey = axis.scale;
		let minSpace = axis._space;
		let valToPos = self.valToPos;
		let magSpace = abs(valToPos(1, scaleKey) - valToPos(2, scaleKey));
		if (magSpace < minSpace) return _filt(splits.slice().reverse(), 3, RE_ALL, ceil(minSpace / magSpace)).reverse();
		return splits;
	}
	function numSeriesVal(self, val, seriesIdx, dataIdx) {
		return dataIdx == null ? LEGEND_DISP : val == null ? "" : fmtNum(val);
	}
	const yAxisOpts = {
		show: true,
		scale: "y",
		stroke: hexBlack,
		space: 30,
		gap: 5,
		alignTo: 1,
		size: 50,
		labelGap: 0,
		labelSize: 30,
		labelFont,
		side: 3,
		grid,
		ticks: ticks$2,
		border,
		font,
		lineGap,
		rotate: 0
	};
	function ptDia(width, mult) {
		return roundDec((3 + (width || 1) * 2) * mult, 3);
	}
	function seriesPointsShow(self, si) {
		let { scale, idxs } = self.series[0];
		let xData = self._data[0];
		let p0 = self.valToPos(xData[idxs[0]], scale, true);
		let p1 = self.valToPos(xData[idxs[1]], scale, true);
		let maxPts = abs(p1 - p0) / (self.series[si].points.space * pxRatio);
		return idxs[1] - idxs[0] <= maxPts;
	}
	const facet = {
		scale: null,
		auto: true,
		sorted: 0,
		min: inf,
		max: -1e400
	};
	const gaps = (self, seriesIdx, idx0, idx1, nullGaps) => nullGaps;
	const xySeriesOpts = {
		show: true,
		auto: true,
		sorted: 0,
		gaps,
		alpha: 1,
		facets: [assign({}, facet, { scale: "x" }), assign({}, facet, { scale: "y" })]
	};
	const ySeriesOpts = {
		scale: "y",
		auto: true,
		sorted: 0,
		show: true,
		spanGaps: false,
		gaps,
		alpha: 1,
		points: {
			show: seriesPointsShow,
			filter: null
		},
		values: null,
		min: inf,
		max: -1e400,
		idxs: [],
		path: null,
		clip: null
	};
	function clampScale(self, val, scaleMin, scaleMax, scaleKey) {
		return scaleMin / 10;
	}
	const xScaleOpts = {
		time: FEAT_TIME,
		auto: true,
		distr: 1,
		log: 10,
		asinh: 1,
		min: null,
		max: null,
		dir: 1,
		ori: 0
	};
	const yScaleOpts = assign({}, xScaleOpts, {
		time: false,
		ori: 1
	});
	const syncs = {};
	function _sync(key, opts) {
		let s = syncs[key];
		if (!s) {
			s = {
				key,
				plots: [],
				sub(plot) {
					s.plots.push(plot);
				},
				unsub(plot) {
					s.plots = s.plots.filter((c) => c != plot);
				},
				pub(type, self, x, y, w, h, i) {
					for (let j = 0; j < s.plots.length; j++) s.plots[j] != self && s.plots[j].pub(type, self, x, y, w, h, i);
				}
			};
			if (key != null) syncs[key] = s;
		}
		return s;
	}
	const BAND_CLIP_FILL = 1;
	const BAND_CLIP_STROKE = 2;
	function orient(u, seriesIdx, cb) {
		const mode = u.mode;
		const series = u.series[seriesIdx];
		const data = mode == 2 ? u._data[seriesIdx] : u._data;
		const scales = u.scales;
		const bbox = u.bbox;
		let dx = data[0], dy = mode == 2 ? data[1] : data[seriesIdx], sx = mode == 2 ? scales[series.facets[0].scale] : scales[u.series[0].scale], sy = mode == 2 ? scales[series.facets[1].scale] : scales[series.scale], l = bbox.left, t = bbox.top, w = bbox.width, h = bbox.height, H = u.valToPosH, V = u.valToPosV;
		return sx.ori == 0 ? cb(series, dx, dy, sx, sy, H, V, l, t, w, h, moveToH, lineToH, rectH, arcH, bezierCurveToH) : cb(series, dx, dy, sx, sy, V, H, t, l, h, w, moveToV, lineToV, rectV, arcV, bezierCurveToV);
	}
	function bandFillClipDirs(self, seriesIdx) {
		let fillDir = 0;
		let clipDirs = 0;
		let bands = ifNull(self.bands, EMPTY_ARR);
		for (let i = 0; i < bands.length; i++) {
			let b = bands[i];
			if (b.series[0] == seriesIdx) fillDir = b.dir;
			else if (b.series[1] == seriesIdx) {
				if (b.dir == 1) clipDirs |= 1;
				else clipDirs |= 2;
			}
		}
		return [fillDir, clipDirs == 1 ? -1 : clipDirs == 2 ? 1 : clipDirs == 3 ? 2 : 0];
	}
	function seriesFillTo(self, seriesIdx, dataMin, dataMax, bandFillDir) {
		let mode = self.mode;
		let series = self.series[seriesIdx];
		let scaleKey = mode == 2 ? series.facets[1].scale : series.scale;
		let scale = self.scales[scaleKey];
		return bandFillDir == -1 ? scale.min : bandFillDir == 1 ? scale.max : scale.distr == 3 ? scale.dir == 1 ? scale.min : scale.max : 0;
	}
	function clipBandLine(self, seriesIdx, idx0, idx1, strokePath, clipDir) {
		return orient(self, seriesIdx, (series, dataX, dataY, scaleX, scaleY, valToPosX, valToPosY, xOff, yOff, xDim, yDim) => {
			let pxRound = series.pxRound;
			const dir = scaleX.dir * (scaleX.ori == 0 ? 1 : -1);
			const lineTo = scaleX.ori == 0 ? lineToH : lineToV;
			let frIdx, toIdx;
			if (dir == 1) {
				frIdx = idx0;
				toIdx = idx1;
			} else {
				frIdx = idx1;
				toIdx = idx0;
			}
			let x0 = pxRound(valToPosX(dataX[frIdx], scaleX, xDim, xOff));
			let y0 = pxRound(valToPosY(dataY[frIdx], scaleY, yDim, yOff));
			let x1 = pxRound(valToPosX(dataX[toIdx], scaleX, xDim, xOff));
			let yLimit = pxRound(valToPosY(clipDir == 1 ? scaleY.max : scaleY.min, scaleY, yDim, yOff));
			let clip = new Path2D(strokePath);
			lineTo(clip, x1, yLimit);
			lineTo(clip, x0, yLimit);
			lineTo(clip, x0, y0);
			return clip;
		});
	}
	function clipGaps(gaps, ori, plotLft, plotTop, plotWid, plotHgt) {
		let clip = null;
		if (gaps.length > 0) {
			clip = new Path2D();
			const rect = ori == 0 ? rectH : rectV;
			let prevGapEnd = plotLft;
			for (let i = 0; i < gaps.length; i++) {
				let g = gaps[i];
				if (g[1] > g[0]) {
					let w = g[0] - prevGapEnd;
					w > 0 && rect(clip, prevGapEnd, plotTop, w, plotTop + plotHgt);
					prevGapEnd = g[1];
				}
			}
			let w = plotLft + plotWid - prevGapEnd;
			let maxStrokeWidth = 10;
			w > 0 && rect(clip, prevGapEnd, plotTop - maxStrokeWidth / 2, w, plotTop + plotHgt + maxStrokeWidth);
		}
		return clip;
	}
	function addGap(gaps, fromX, toX) {
		let prevGap = gaps[gaps.length - 1];
		if (prevGap && prevGap[0] == fromX) prevGap[1] = toX;
		else gaps.push([fromX, toX]);
	}
	function findGaps(xs, ys, idx0, idx1, dir, pixelForX, align) {
		let gaps = [];
		let len = xs.length;
		for (let i = dir == 1 ? idx0 : idx1; i >= idx0 && i <= idx1; i += dir) if (ys[i] === null) {
			let fr = i, to = i;
			if (dir == 1) while (++i <= idx1 && ys[i] === null) to = i;
			else while (--i >= idx0 && ys[i] === null) to = i;
			let frPx = pixelForX(xs[fr]);
			let toPx = to == fr ? frPx : pixelForX(xs[to]);
			let fri2 = fr - dir;
			frPx = align <= 0 && fri2 >= 0 && fri2 < len ? pixelForX(xs[fri2]) : frPx;
			let toi2 = to + dir;
			toPx = align >= 0 && toi2 >= 0 && toi2 < len ? pixelForX(xs[toi2]) : toPx;
			if (toPx >= frPx) gaps.push([frPx, toPx]);
		}
		return gaps;
	}
	function pxRoundGen(pxAlign) {
		return pxAlign == 0 ? retArg0 : pxAlign == 1 ? round : (v) => incrRound(v, pxAlign);
	}
	function rect$1(ori) {
		let moveTo = ori == 0 ? moveToH : moveToV;
		let arcTo = ori == 0 ? (p, x1, y1, x2, y2, r) => {
			p.arcTo(x1, y1, x2, y2, r);
		} : (p, y1, x1, y2, x2, r) => {
			p.arcTo(x1, y1, x2, y2, r);
		};
		let rect = ori == 0 ? (p, x, y, w, h) => {
			p.rect(x, y, w, h);
		} : (p, y, x, h, w) => {
			p.rect(x, y, w, h);
		};
		return (p, x, y, w, h, endRad = 0, baseRad = 0) => {
			if (endRad == 0 && baseRad == 0) rect(p, x, y, w, h);
			else {
				endRad = min(endRad, w / 2, h / 2);
				baseRad = min(baseRad, w / 2, h / 2);
				moveTo(p, x + endRad, y);
				arcTo(p, x + w, y, x + w, y + h, endRad);
				arcTo(p, x + w, y + h, x, y + h, baseRad);
				arcTo(p, x, y + h, x, y, baseRad);
				arcTo(p, x, y, x + w, y, endRad);
				p.closePath();
			}
		};
	}
	const moveToH = (p, x, y) => {
		p.moveTo(x, y);
	};
	const moveToV = (p, y, x) => {
		p.moveTo(x, y);
	};
	const lineToH = (p, x, y) => {
		p.lineTo(x, y);
	};
	const lineToV = (p, y, x) => {
		p.lineTo(x, y);
	};
	const rectH = rect$1(0);
	const rectV = rect$1(1);
	const arcH = (p, x, y, r, startAngle, endAngle) => {
		p.arc(x, y, r, startAngle, endAngle);
	};
	const arcV = (p, y, x, r, startAngle, endAngle) => {
		p.arc(x, y, r, startAngle, endAngle);
	};
	const bezierCurveToH = (p, bp1x, bp1y, bp2x, bp2y, p2x, p2y) => {
		p.bezierCurveTo(bp1x, bp1y, bp2x, bp2y, p2x, p2y);
	};
	const bezierCurveToV = (p, bp1y, bp1x, bp2y, bp2x, p2y, p2x) => {
		p.bezierCurveTo(bp1x, bp1y, bp2x, bp2y, p2x, p2y);
	};
	function points(opts) {
		return (u, seriesIdx, idx0, idx1, filtIdxs) => {
			return orient(u, seriesIdx, (series, dataX, dataY, scaleX, scaleY, valToPosX, valToPosY, xOff, yOff, xDim, yDim) => {
				let { pxRound, points } = series;
				let moveTo, arc;
				if (scaleX.ori == 0) {
					moveTo = moveToH;
					arc = arcH;
				} else {
					moveTo = moveToV;
					arc = arcV;
				}
				const width = roundDec(points.width * pxRatio, 3);
				let rad = (points.size - points.width) / 2 * pxRatio;
				let dia = roundDec(rad * 2, 3);
				let fill = new Path2D();
				let clip = new Path2D();
				let { left: lft, top, width: wid, height: hgt } = u.bbox;
				rectH(clip, lft - dia, top - dia, wid + dia * 2, hgt + dia * 2);
				const drawPoint = (pi) => {
					if (dataY[pi] != null) {
						let x = pxRound(valToPosX(dataX[pi], scaleX, xDim, xOff));
						let y = pxRound(valToPosY(dataY[pi], scaleY, yDim, yOff));
						moveTo(fill, x + rad, y);
						arc(fill, x, y, rad, 0, PI * 2);
					}
				};
				if (filtIdxs) filtIdxs.forEach(drawPoint);
				else for (let pi = idx0; pi <= idx1; pi++) drawPoint(pi);
				return {
					stroke: width > 0 ? fill : null,
					fill,
					clip,
					flags: 3
				};
			});
		};
	}
	function _drawAcc(lineTo) {
		return (stroke, accX, minY, maxY, inY, outY) => {
			if (minY != maxY) {
				if (inY != minY && outY != minY) lineTo(stroke, accX, minY);
				if (inY != maxY && outY != maxY) lineTo(stroke, accX, maxY);
				lineTo(stroke, accX, outY);
			}
		};
	}
	const drawAccH = _drawAcc(lineToH);
	const drawAccV = _drawAcc(lineToV);
	function linear(opts) {
		const alignGaps = ifNull(opts?.alignGaps, 0);
		return (u, seriesIdx, idx0, idx1) => {
			return orient(u, seriesIdx, (series, dataX, dataY, scaleX, scaleY, valToPosX, valToPosY, xOff, yOff, xDim, yDim) => {
				[idx0, idx1] = nonNullIdxs(dataY, idx0, idx1);
				let pxRound = series.pxRound;
				let pixelForX = (val) => pxRound(valToPosX(val, scaleX, xDim, xOff));
				let pixelForY = (val) => pxRound(valToPosY(val, scaleY, yDim, yOff));
				let lineTo, drawAcc;
				if (scaleX.ori == 0) {
					lineTo = lineToH;
					drawAcc = drawAccH;
				} else {
					lineTo = lineToV;
					drawAcc = drawAccV;
				}
				const dir = scaleX.dir * (scaleX.ori == 0 ? 1 : -1);
				const _paths = {
					stroke: new Path2D(),
					fill: null,
					clip: null,
					band: null,
					gaps: null,
					flags: BAND_CLIP_FILL
				};
				const stroke = _paths.stroke;
				let hasGap = false;
				if (idx1 - idx0 >= xDim * 4) {
					let xForPixel = (pos) => u.posToVal(pos, scaleX.key, true);
					let minY = null, maxY = null, inY, outY, drawnAtX;
					let accX = pixelForX(dataX[dir == 1 ? idx0 : idx1]);
					let idx0px = pixelForX(dataX[idx0]);
					let idx1px = pixelForX(dataX[idx1]);
					let nextAccXVal = xForPixel(dir == 1 ? idx0px + 1 : idx1px - 1);
					for (let i = dir == 1 ? idx0 : idx1; i >= idx0 && i <= idx1; i += dir) {
						let xVal = dataX[i];
						let x = (dir == 1 ? xVal < nextAccXVal : xVal > nextAccXVal) ? accX : pixelForX(xVal);
						let yVal = dataY[i];
						if (x == accX) {
							if (yVal != null) {
								outY = yVal;
								if (minY == null) {
									lineTo(stroke, x, pixelForY(outY));
									inY = minY = maxY = outY;
								} else if (outY < minY) minY = outY;
								else if (outY > maxY) maxY = outY;
							} else if (yVal === null) hasGap = true;
						} else {
							if (minY != null) drawAcc(stroke, accX, pixelForY(minY), pixelForY(maxY), pixelForY(inY), pixelForY(outY));
							if (yVal != null) {
								outY = yVal;
								lineTo(stroke, x, pixelForY(outY));
								minY = maxY = inY = outY;
							} else {
								minY = maxY = null;
								if (yVal === null) hasGap = true;
							}
							accX = x;
							nextAccXVal = xForPixel(accX + dir);
						}
					}
					if (minY != null && minY != maxY && drawnAtX != accX) drawAcc(stroke, accX, pixelForY(minY), pixelForY(maxY), pixelForY(inY), pixelForY(outY));
				} else for (let i = dir == 1 ? idx0 : idx1; i >= idx0 && i <= idx1; i += dir) {
					let yVal = dataY[i];
					if (yVal === null) hasGap = true;
					else if (yVal != null) lineTo(stroke, pixelForX(dataX[i]), pixelForY(yVal));
				}
				let [bandFillDir, bandClipDir] = bandFillClipDirs(u, seriesIdx);
				if (series.fill != null || bandFillDir != 0) {
					let fill = _paths.fill = new Path2D(stroke);
					let fillToY = pixelForY(series.fillTo(u, seriesIdx, series.min, series.max, bandFillDir));
					let frX = pixelForX(dataX[idx0]);
					let toX = pixelForX(dataX[idx1]);
					if (dir == -1) [toX, frX] = [frX, toX];
					lineTo(fill, toX, fillToY);
					lineTo(fill, frX, fillToY);
				}
				if (!series.spanGaps) {
					let gaps = [];
					hasGap && gaps.push(...findGaps(dataX, dataY, idx0, idx1, dir, pixelForX, alignGaps));
					_paths.gaps = gaps = series.gaps(u, seriesIdx, idx0, idx1, gaps);
					_paths.clip = clipGaps(gaps, scaleX.ori, xOff, yOff, xDim, yDim);
				}
				if (bandClipDir != 0) _paths.band = bandClipDir == 2 ? [clipBandLine(u, seriesIdx, idx0, idx1, stroke, -1), clipBandLine(u, seriesIdx, idx0, idx1, stroke, 1)] : clipBandLine(u, seriesIdx, idx0, idx1, stroke, bandClipDir);
				return _paths;
			});
		};
	}
	function stepped(opts) {
		const align = ifNull(opts.align, 1);
		const ascDesc = ifNull(opts.ascDesc, false);
		const alignGaps = ifNull(opts.alignGaps, 0);
		const extend = ifNull(opts.extend, false);
		return (u, seriesIdx, idx0, idx1) => {
			return orient(u, seriesIdx, (series, dataX, dataY, scaleX, scaleY, valToPosX, valToPosY, xOff, yOff, xDim, yDim) => {
				[idx0, idx1] = nonNullIdxs(dataY, idx0, idx1);
				let pxRound = series.pxRound;
				let { left, width } = u.bbox;
				let pixelForX = (val) => pxRound(valToPosX(val, scaleX, xDim, xOff));
				let pixelForY = (val) => pxRound(valToPosY(val, scaleY, yDim, yOff));
				let lineTo = scaleX.ori == 0 ? lineToH : lineToV;
				const _paths = {
					stroke: new Path2D(),
					fill: null,
					clip: null,
					band: null,
					gaps: null,
					flags: BAND_CLIP_FILL
				};
				const stroke = _paths.stroke;
				const dir = scaleX.dir * (scaleX.ori == 0 ? 1 : -1);
				let prevYPos = pixelForY(dataY[dir == 1 ? idx0 : idx1]);
				let firstXPos = pixelForX(dataX[dir == 1 ? idx0 : idx1]);
				let prevXPos = firstXPos;
				let firstXPosExt = firstXPos;
				if (extend && align == -1) {
					firstXPosExt = left;
					lineTo(stroke, firstXPosExt, prevYPos);
				}
				lineTo(stroke, firstXPos, prevYPos);
				for (let i = dir == 1 ? idx0 : idx1; i >= idx0 && i <= idx1; i += dir) {
					let yVal1 = dataY[i];
					if (yVal1 == null) continue;
					let x1 = pixelForX(dataX[i]);
					let y1 = pixelForY(yVal1);
					if (align == 1) lineTo(stroke, x1, prevYPos);
					else lineTo(stroke, prevXPos, y1);
					lineTo(stroke, x1, y1);
					prevYPos = y1;
					prevXPos = x1;
				}
				let prevXPosExt = prevXPos;
				if (extend && align == 1) {
					prevXPosExt = left + width;
					lineTo(stroke, prevXPosExt, prevYPos);
				}
				let [bandFillDir, bandClipDir] = bandFillClipDirs(u, seriesIdx);
				if (series.fill != null || bandFillDir != 0) {
					let fill = _paths.fill = new Path2D(stroke);
					let fillToY = pixelForY(series.fillTo(u, seriesIdx, series.min, series.max, bandFillDir));
					lineTo(fill, prevXPosExt, fillToY);
					lineTo(fill, firstXPosExt, fillToY);
				}
				if (!series.spanGaps) {
					let gaps = [];
					gaps.push(...findGaps(dataX, dataY, idx0, idx1, dir, pixelForX, alignGaps));
					let halfStroke = series.width * pxRatio / 2;
					let startsOffset = ascDesc || align == 1 ? halfStroke : -halfStroke;
					let endsOffset = ascDesc || align == -1 ? -halfStroke : halfStroke;
					gaps.forEach((g) => {
						g[0] += startsOffset;
						g[1] += endsOffset;
					});
					_paths.gaps = gaps = series.gaps(u, seriesIdx, idx0, idx1, gaps);
					_paths.clip = clipGaps(gaps, scaleX.ori, xOff, yOff, xDim, yDim);
				}
				if (bandClipDir != 0) _paths.band = bandClipDir == 2 ? [clipBandLine(u, seriesIdx, idx0, idx1, stroke, -1), clipBandLine(u, seriesIdx, idx0, idx1, stroke, 1)] : clipBandLine(u, seriesIdx, idx0, idx1, stroke, bandClipDir);
				return _paths;
			});
		};
	}
	function findColWidth(dataX, dataY, valToPosX, scaleX, xDim, xOff, colWid = inf) {
		if (dataX.length > 1) {
			let prevIdx = null;
			for (let i = 0, minDelta = 1e400; i < dataX.length; i++) if (dataY[i] !== void 0) {
				if (prevIdx != null) {
					let delta = abs(dataX[i] - dataX[prevIdx]);
					if (delta < minDelta) {
						minDelta = delta;
						colWid = abs(valToPosX(dataX[i], scaleX, xDim, xOff) - valToPosX(dataX[prevIdx], scaleX, xDim, xOff));
					}
				}
				prevIdx = i;
			}
		}
		return colWid;
	}
	function bars(opts) {
		opts = opts || EMPTY_OBJ;
		const size = ifNull(opts.size, [
			.6,
			inf,
			1
		]);
		const align = opts.align || 0;
		const _extraGap = opts.gap || 0;
		let ro = opts.radius;
		ro = ro == null ? [0, 0] : typeof ro == "number" ? [ro, 0] : ro;
		const radiusFn = fnOrSelf(ro);
		const gapFactor = 1 - size[0];
		const _maxWidth = ifNull(size[1], inf);
		const _minWidth = ifNull(size[2], 1);
		const disp = ifNull(opts.disp, EMPTY_OBJ);
		const _each = ifNull(opts.each, (_) => {});
		const { fill: dispFills, stroke: dispStrokes } = disp;
		return (u, seriesIdx, idx0, idx1) => {
			return orient(u, seriesIdx, (series, dataX, dataY, scaleX, scaleY, valToPosX, valToPosY, xOff, yOff, xDim, yDim) => {
				let pxRound = series.pxRound;
				let _align = align;
				let extraGap = _extraGap * pxRatio;
				let maxWidth = _maxWidth * pxRatio;
				let minWidth = _minWidth * pxRatio;
				let valRadius, baseRadius;
				if (scaleX.ori == 0) [valRadius, baseRadius] = radiusFn(u, seriesIdx);
				else [baseRadius, valRadius] = radiusFn(u, seriesIdx);
				const _dirX = scaleX.dir * (scaleX.ori == 0 ? 1 : -1);
				let rect = scaleX.ori == 0 ? rectH : rectV;
				let each = scaleX.ori == 0 ? _each : (u, seriesIdx, i, top, lft, hgt, wid) => {
					_each(u, seriesIdx, i, lft, top, wid, hgt);
				};
				let band = ifNull(u.bands, EMPTY_ARR).find((b) => b.series[0] == seriesIdx);
				let fillDir = band != null ? band.dir : 0;
				let fillTo = series.fillTo(u, seriesIdx, series.min, series.max, fillDir);
				let fillToY = pxRound(valToPosY(fillTo, scaleY, yDim, yOff));
				let xShift, barWid, fullGap, colWid = xDim;
				let strokeWidth = pxRound(series.width * pxRatio);
				let multiPath = false;
				let fillColors = null;
				let fillPaths = null;
				let strokeColors = null;
				let strokePaths = null;
				if (dispFills != null && (strokeWidth == 0 || dispStrokes != null)) {
					multiPath = true;
					fillColors = dispFills.values(u, seriesIdx, idx0, idx1);
					fillPaths = new Map();
					new Set(fillColors).forEach((color) => {
						if (color != null) fillPaths.set(color, new Path2D());
					});
					if (strokeWidth > 0) {
						strokeColors = dispStrokes.values(u, seriesIdx, idx0, idx1);
						strokePaths = new Map();
						new Set(strokeColors).forEach((color) => {
							if (color != null) strokePaths.set(color, new Path2D());
						});
					}
				}
				let { x0, size } = disp;
				if (x0 != null && size != null) {
					_align = 1;
					dataX = x0.values(u, seriesIdx, idx0, idx1);
					if (x0.unit == 2) dataX = dataX.map((pct) => u.posToVal(xOff + pct * xDim, scaleX.key, true));
					let sizes = size.values(u, seriesIdx, idx0, idx1);
					if (size.unit == 2) barWid = sizes[0] * xDim;
					else barWid = valToPosX(sizes[0], scaleX, xDim, xOff) - valToPosX(0, scaleX, xDim, xOff);
					colWid = findColWidth(dataX, dataY, valToPosX, scaleX, xDim, xOff, colWid);
					fullGap = colWid - barWid + extraGap;
				} else {
					colWid = findColWidth(dataX, dataY, valToPosX, scaleX, xDim, xOff, colWid);
					fullGap = colWid * gapFactor + extraGap;
					barWid = colWid - fullGap;
				}
				if (fullGap < 1) fullGap = 0;
				if (strokeWidth >= barWid / 2) strokeWidth = 0;
				if (fullGap < 5) pxRound = retArg0;
				let insetStroke = fullGap > 0;
				let rawBarWid = colWid - fullGap - (insetStroke ? strokeWidth : 0);
				barWid = pxRound(clamp(rawBarWid, minWidth, maxWidth));
				xShift = (_align == 0 ? barWid / 2 : _align == _dirX ? 0 : barWid) - _align * _dirX * ((_align == 0 ? extraGap / 2 : 0) + (insetStroke ? strokeWidth / 2 : 0));
				const _paths = {
					stroke: null,
					fill: null,
					clip: null,
					band: null,
					gaps: null,
					flags: 0
				};
				const stroke = multiPath ? null : new Path2D();
				let dataY0 = null;
				if (band != null) dataY0 = u.data[band.series[1]];
				else {
					let { y0, y1 } = disp;
					if (y0 != null && y1 != null) {
						dataY = y1.values(u, seriesIdx, idx0, idx1);
						dataY0 = y0.values(u, seriesIdx, idx0, idx1);
					}
				}
				let radVal = valRadius * barWid;
				let radBase = baseRadius * barWid;
				for (let i = _dirX == 1 ? idx0 : idx1; i >= idx0 && i <= idx1; i += _dirX) {
					let yVal = dataY[i];
					if (yVal == null) continue;
					if (dataY0 != null) {
						let yVal0 = dataY0[i] ?? 0;
						if (yVal - yVal0 == 0) continue;
						fillToY = valToPosY(yVal0, scaleY, yDim, yOff);
					}
					let xPos = valToPosX(scaleX.distr != 2 || disp != null ? dataX[i] : i, scaleX, xDim, xOff);
					let yPos = valToPosY(ifNull(yVal, fillTo), scaleY, yDim, yOff);
					let lft = pxRound(xPos - xShift);
					let btm = pxRound(max(yPos, fillToY));
					let top = pxRound(min(yPos, fillToY));
					let barHgt = btm - top;
					if (yVal != null) {
						let rv = yVal < 0 ? radBase : radVal;
						let rb = yVal < 0 ? radVal : radBase;
						if (multiPath) {
							if (strokeWidth > 0 && strokeColors[i] != null) rect(strokePaths.get(strokeColors[i]), lft, top + floor(strokeWidth / 2), barWid, max(0, barHgt - strokeWidth), rv, rb);
							if (fillColors[i] != null) rect(fillPaths.get(fillColors[i]), lft, top + floor(strokeWidth / 2), barWid, max(0, barHgt - strokeWidth), rv, rb);
						} else rect(stroke, lft, top + floor(strokeWidth / 2), barWid, max(0, barHgt - strokeWidth), rv, rb);
						each(u, seriesIdx, i, lft - strokeWidth / 2, top, barWid + strokeWidth, barHgt);
					}
				}
				if (strokeWidth > 0) _paths.stroke = multiPath ? strokePaths : stroke;
				else if (!multiPath) {
					_paths._fill = series.width == 0 ? series._fill : series._stroke ?? series._fill;
					_paths.width = 0;
				}
				_paths.fill = multiPath ? fillPaths : stroke;
				return _paths;
			});
		};
	}
	function splineInterp(interp, opts) {
		const alignGaps = ifNull(opts?.alignGaps, 0);
		return (u, seriesIdx, idx0, idx1) => {
			return orient(u, seriesIdx, (series, dataX, dataY, scaleX, scaleY, valToPosX, valToPosY, xOff, yOff, xDim, yDim) => {
				[idx0, idx1] = nonNullIdxs(dataY, idx0, idx1);
				let pxRound = series.pxRound;
				let pixelForX = (val) => pxRound(valToPosX(val, scaleX, xDim, xOff));
				let pixelForY = (val) => pxRound(valToPosY(val, scaleY, yDim, yOff));
				let moveTo, bezierCurveTo, lineTo;
				if (scaleX.ori == 0) {
					moveTo = moveToH;
					lineTo = lineToH;
					bezierCurveTo = bezierCurveToH;
				} else {
					moveTo = moveToV;
					lineTo = lineToV;
					bezierCurveTo = bezierCurveToV;
				}
				const dir = scaleX.dir * (scaleX.ori == 0 ? 1 : -1);
				let firstXPos = pixelForX(dataX[dir == 1 ? idx0 : idx1]);
				let prevXPos = firstXPos;
				let xCoords = [];
				let yCoords = [];
				for (let i = dir == 1 ? idx0 : idx1; i >= idx0 && i <= idx1; i += dir) if (dataY[i] != null) {
					let xVal = dataX[i];
					let xPos = pixelForX(xVal);
					xCoords.push(prevXPos = xPos);
					yCoords.push(pixelForY(dataY[i]));
				}
				const _paths = {
					stroke: interp(xCoords, yCoords, moveTo, lineTo, bezierCurveTo, pxRound),
					fill: null,
					clip: null,
					band: null,
					gaps: null,
					flags: BAND_CLIP_FILL
				};
				const stroke = _paths.stroke;
				let [bandFillDir, bandClipDir] = bandFillClipDirs(u, seriesIdx);
				if (series.fill != null || bandFillDir != 0) {
					let fill = _paths.fill = new Path2D(stroke);
					let fillToY = pixelForY(series.fillTo(u, seriesIdx, series.min, series.max, bandFillDir));
					lineTo(fill, prevXPos, fillToY);
					lineTo(fill, firstXPos, fillToY);
				}
				if (!series.spanGaps) {
					let gaps = [];
					gaps.push(...findGaps(dataX, dataY, idx0, idx1, dir, pixelForX, alignGaps));
					_paths.gaps = gaps = series.gaps(u, seriesIdx, idx0, idx1, gaps);
					_paths.clip = clipGaps(gaps, scaleX.ori, xOff, yOff, xDim, yDim);
				}
				if (bandClipDir != 0) _paths.band = bandClipDir == 2 ? [clipBandLine(u, seriesIdx, idx0, idx1, stroke, -1), clipBandLine(u, seriesIdx, idx0, idx1, stroke, 1)] : clipBandLine(u, seriesIdx, idx0, idx1, stroke, bandClipDir);
				return _paths;
			});
		};
	}
	function monotoneCubic(opts) {
		return splineInterp(_monotoneCubic, opts);
	}
	function _monotoneCubic(xs, ys, moveTo, lineTo, bezierCurveTo, pxRound) {
		const n = xs.length;
		if (n < 2) return null;
		const path = new Path2D();
		moveTo(path, xs[0], ys[0]);
		if (n == 2) lineTo(path, xs[1], ys[1]);
		else {
			let ms = Array(n), ds = Array(n - 1), dys = Array(n - 1), dxs = Array(n - 1);
			for (let i = 0; i < n - 1; i++) {
				dys[i] = ys[i + 1] - ys[i];
				dxs[i] = xs[i + 1] - xs[i];
				ds[i] = dys[i] / dxs[i];
			}
			ms[0] = ds[0];
			for (let i = 1; i < n - 1; i++) if (ds[i] === 0 || ds[i - 1] === 0 || ds[i - 1] > 0 !== ds[i] > 0) ms[i] = 0;
			else {
				ms[i] = 3 * (dxs[i - 1] + dxs[i]) / ((2 * dxs[i] + dxs[i - 1]) / ds[i - 1] + (dxs[i] + 2 * dxs[i - 1]) / ds[i]);
				if (!isFinite(ms[i])) ms[i] = 0;
			}
			ms[n - 1] = ds[n - 2];
			for (let i = 0; i < n - 1; i++) bezierCurveTo(path, xs[i] + dxs[i] / 3, ys[i] + ms[i] * dxs[i] / 3, xs[i + 1] - dxs[i] / 3, ys[i + 1] - ms[i + 1] * dxs[i] / 3, xs[i + 1], ys[i + 1]);
		}
		return path;
	}
	const cursorPlots = new Set();
	function invalidateRects() {
		for (let u of cursorPlots) u.syncRect(true);
	}
	if (domEnv) {
		on(resize, win, invalidateRects);
		on(scroll, win, invalidateRects, true);
		on(dppxchange, win, () => {
			uPlot.pxRatio = pxRatio;
		});
	}
	const linearPath = linear();
	const pointsPath = points();
	function setDefaults(d, xo, yo, initY) {
		return (initY ? [d[0], d[1]].concat(d.slice(2)) : [d[0]].concat(d.slice(1))).map((o, i) => setDefault(o, i, xo, yo));
	}
	function setDefaults2(d, xyo) {
		return d.map((o, i) => i == 0 ? {} : assign({}, xyo, o));
	}
	function setDefault(o, i, xo, yo) {
		return assign({}, i == 0 ? xo : yo, o);
	}
	function snapNumX(self, dataMin, dataMax) {
		return dataMin == null ? nullNullTuple : [dataMin, dataMax];
	}
	const snapTimeX = snapNumX;
	function snapNumY(self, dataMin, dataMax) {
		return dataMin == null ? nullNullTuple : rangeNum(dataMin, dataMax, rangePad, true);
	}
	function snapLogY(self, dataMin, dataMax, scale) {
		return dataMin == null ? nullNullTuple : rangeLog(dataMin, dataMax, self.scales[scale].log, false);
	}
	const snapLogX = snapLogY;
	function snapAsinhY(self, dataMin, dataMax, scale) {
		return dataMin == null ? nullNullTuple : rangeAsinh(dataMin, dataMax, self.scales[scale].log, false);
	}
	const snapAsinhX = snapAsinhY;
	function findIncr(minVal, maxVal, incrs, dim, minSpace) {
		let intDigits = max(numIntDigits(minVal), numIntDigits(maxVal));
		let delta = maxVal - minVal;
		let incrIdx = closestIdx(minSpace / dim * delta, incrs);
		do {
			let foundIncr = incrs[incrIdx];
			let foundSpace = dim * foundIncr / delta;
			if (foundSpace >= minSpace && intDigits + (foundIncr < 5 ? fixedDec.get(foundIncr) : 0) <= 17) return [foundIncr, foundSpace];
		} while (++incrIdx < incrs.length);
		return [0, 0];
	}
	function pxRatioFont(font) {
		let fontSize, fontSizeCss;
		font = font.replace(/(\d+)px/, (m, p1) => (fontSize = round((fontSizeCss = +p1) * pxRatio)) + "px");
		return [
			font,
			fontSize,
			fontSizeCss
		];
	}
	function syncFontSize(axis) {
		if (axis.show) [axis.font, axis.labelFont].forEach((f) => {
			let size = roundDec(f[2] * pxRatio, 1);
			f[0] = f[0].replace(/[0-9.]+px/, size + "px");
			f[1] = size;
		});
	}
	function uPlot(opts, data, then) {
		const self = { mode: ifNull(opts.mode, 1) };
		const mode = self.mode;
		function getHPos(val, scale, dim, off) {
			let pct = scale.valToPct(val);
			return off + dim * (scale.dir == -1 ? 1 - pct : pct);
		}
		function getVPos(val, scale, dim, off) {
			let pct = scale.valToPct(val);
			return off + dim * (scale.dir == -1 ? pct : 1 - pct);
		}
		function getPos(val, scale, dim, off) {
			return scale.ori == 0 ? getHPos(val, scale, dim, off) : getVPos(val, scale, dim, off);
		}
		self.valToPosH = getHPos;
		self.valToPosV = getVPos;
		let ready = false;
		self.status = 0;
		const root = self.root = placeDiv(UPLOT);
		if (opts.id != null) root.id = opts.id;
		addClass(root, opts.class);
		if (opts.title) {
			let title = placeDiv(TITLE, root);
			title.textContent = opts.title;
		}
		const can = placeTag("canvas");
		const ctx = self.ctx = can.getContext("2d");
		const wrap = placeDiv(WRAP, root);
		on("click", wrap, (e) => {
			if (e.target === over) (mouseLeft1 != mouseLeft0 || mouseTop1 != mouseTop0) && drag.click(self, e);
		}, true);
		const under = self.under = placeDiv(UNDER, wrap);
		wrap.appendChild(can);
		const over = self.over = placeDiv(OVER, wrap);
		opts = copy(opts);
		const pxAlign = +ifNull(opts.pxAlign, 1);
		const pxRound = pxRoundGen(pxAlign);
		(opts.plugins || []).forEach((p) => {
			if (p.opts) opts = p.opts(self, opts) || opts;
		});
		const ms = opts.ms || .001;
		const series = self.series = mode == 1 ? setDefaults(opts.series || [], xSeriesOpts, ySeriesOpts, false) : setDefaults2(opts.series || [null], xySeriesOpts);
		const axes = self.axes = setDefaults(opts.axes || [], xAxisOpts, yAxisOpts, true);
		const scales = self.scales = {};
		const bands = self.bands = opts.bands || [];
		bands.forEach((b) => {
			b.fill = fnOrSelf(b.fill || null);
			b.dir = ifNull(b.dir, -1);
		});
		const xScaleKey = mode == 2 ? series[1].facets[0].scale : series[0].scale;
		const drawOrderMap = {
			axes: drawAxesGrid,
			series: drawSeries
		};
		const drawOrder = (opts.drawOrder || ["axes", "series"]).map((key) => drawOrderMap[key]);
		function initValToPct(sc) {
			const getVal = sc.distr == 3 ? (val) => log10(val > 0 ? val : sc.clamp(self, val, sc.min, sc.max, sc.key)) : sc.distr == 4 ? (val) => asinh(val, sc.asinh) : sc.distr == 100 ? (val) => sc.fwd(val) : (val) => val;
			return (val) => {
				let _val = getVal(val);
				let { _min, _max } = sc;
				let delta = _max - _min;
				return (_val - _min) / delta;
			};
		}
		function initScale(scaleKey) {
			let sc = scales[scaleKey];
			if (sc == null) {
				let scaleOpts = (opts.scales || EMPTY_OBJ)[scaleKey] || EMPTY_OBJ;
				if (scaleOpts.from != null) {
					initScale(scaleOpts.from);
					let sc = assign({}, scales[scaleOpts.from], scaleOpts, { key: scaleKey });
					sc.valToPct = initValToPct(sc);
					scales[scaleKey] = sc;
				} else {
					sc = scales[scaleKey] = assign({}, scaleKey == xScaleKey ? xScaleOpts : yScaleOpts, scaleOpts);
					sc.key = scaleKey;
					let isTime = sc.time;
					let rn = sc.range;
					let rangeIsArr = isArr(rn);
					if (scaleKey != xScaleKey || mode == 2 && !isTime) {
						if (rangeIsArr && (rn[0] == null || rn[1] == null)) {
							rn = {
								min: rn[0] == null ? autoRangePart : {
									mode: 1,
									hard: rn[0],
									soft: rn[0]
								},
								max: rn[1] == null ? autoRangePart : {
									mode: 1,
									hard: rn[1],
									soft: rn[1]
								}
							};
							rangeIsArr = false;
						}
						if (!rangeIsArr && isObj(rn)) {
							let cfg = rn;
							rn = (self, dataMin, dataMax) => dataMin == null ? nullNullTuple : rangeNum(dataMin, dataMax, cfg);
						}
					}
					sc.range = fnOrSelf(rn || (isTime ? snapTimeX : scaleKey == xScaleKey ? sc.distr == 3 ? snapLogX : sc.distr == 4 ? snapAsinhX : snapNumX : sc.distr == 3 ? snapLogY : sc.distr == 4 ? snapAsinhY : snapNumY));
					sc.auto = fnOrSelf(rangeIsArr ? false : sc.auto);
					sc.clamp = fnOrSelf(sc.clamp || clampScale);
					sc._min = sc._max = null;
					sc.valToPct = initValToPct(sc);
				}
			}
		}
		initScale("x");
		initScale("y");
		if (mode == 1) series.forEach((s) => {
			initScale(s.scale);
		});
		axes.forEach((a) => {
			initScale(a.scale);
		});
		for (let k in opts.scales) initScale(k);
		const scaleX = scales[xScaleKey];
		const xScaleDistr = scaleX.distr;
		let valToPosX, valToPosY;
		if (scaleX.ori == 0) {
			addClass(root, ORI_HZ);
			valToPosX = getHPos;
			valToPosY = getVPos;
		} else {
			addClass(root, ORI_VT);
			valToPosX = getVPos;
			valToPosY = getHPos;
		}
		const pendScales = {};
		for (let k in scales) {
			let sc = scales[k];
			if (sc.min != null || sc.max != null) {
				pendScales[k] = {
					min: sc.min,
					max: sc.max
				};
				sc.min = sc.max = null;
			}
		}
		const _tzDate = opts.tzDate || ((ts) => new Date(round(ts / ms)));
		const _fmtDate = opts.fmtDate || fmtDate;
		const _timeAxisSplits = ms == 1 ? timeAxisSplitsMs(_tzDate) : timeAxisSplitsS(_tzDate);
		const _timeAxisVals = timeAxisVals(_tzDate, timeAxisStamps(ms == 1 ? _timeAxisStampsMs : _timeAxisStampsS, _fmtDate));
		const _timeSeriesVal = timeSeriesVal(_tzDate, timeSeriesStamp(_timeSeriesStamp, _fmtDate));
		const activeIdxs = [];
		const legend = self.legend = assign({}, legendOpts, opts.legend);
		const cursor = self.cursor = assign({}, cursorOpts, { drag: { y: mode == 2 } }, opts.cursor);
		const showLegend = legend.show;
		const showCursor = cursor.show;
		const markers = legend.markers;
		legend.idxs = activeIdxs;
		markers.width = fnOrSelf(markers.width);
		markers.dash = fnOrSelf(markers.dash);
		markers.stroke = fnOrSelf(markers.stroke);
		markers.fill = fnOrSelf(markers.fill);
		let legendTable;
		let legendHead;
		let legendBody;
		let legendRows = [];
		let legendCells = [];
		let legendCols;
		let multiValLegend = false;
		let NULL_LEGEND_VALUES = {};
		if (legend.live) {
			const getMultiVals = series[1] ? series[1].values : null;
			multiValLegend = getMultiVals != null;
			legendCols = multiValLegend ? getMultiVals(self, 1, 0) : { _: 0 };
			for (let k in legendCols) NULL_LEGEND_VALUES[k] = LEGEND_DISP;
		}
		if (showLegend) {
			legendTable = placeTag("table", LEGEND, root);
			legendBody = placeTag("tbody", null, legendTable);
			legend.mount(self, legendTable);
			if (multiValLegend) {
				legendHead = placeTag("thead", null, legendTable, legendBody);
				let head = placeTag("tr", null, legendHead);
				placeTag("th", null, head);
				for (var key in legendCols) placeTag("th", LEGEND_LABEL, head).textContent = key;
			} else {
				addClass(legendTable, LEGEND_INLINE);
				legend.live && addClass(legendTable, LEGEND_LIVE);
			}
		}
		const son = { show: true };
		const soff = { show: false };
		function initLegendRow(s, i) {
			if (i == 0 && (multiValLegend || !legend.live || mode == 2)) return nullNullTuple;
			let cells = [];
			let row = placeTag("tr", LEGEND_SERIES, legendBody, legendBody.childNodes[i]);
			addClass(row, s.class);
			if (!s.show) addClass(row, OFF);
			let label = placeTag("th", null, row);
			if (markers.show) {
				let indic = placeDiv(LEGEND_MARKER, label);
				if (i > 0) {
					let width = markers.width(self, i);
					if (width) indic.style.border = width + "px " + markers.dash(self, i) + " " + markers.stroke(self, i);
					indic.style.background = markers.fill(self, i);
				}
			}
			let text = placeDiv(LEGEND_LABEL, label);
			if (s.label instanceof HTMLElement) text.appendChild(s.label);
			else text.textContent = s.label;
			if (i > 0) {
				if (!markers.show) text.style.color = s.width > 0 ? markers.stroke(self, i) : markers.fill(self, i);
				onMouse("click", label, (e) => {
					if (cursor._lock) return;
					setCursorEvent(e);
					let seriesIdx = series.indexOf(s);
					if ((e.ctrlKey || e.metaKey) != legend.isolate) {
						let isolate = series.some((s, i) => i > 0 && i != seriesIdx && s.show);
						series.forEach((s, i) => {
							i > 0 && setSeries(i, isolate ? i == seriesIdx ? son : soff : son, true, syncOpts.setSeries);
						});
					} else setSeries(seriesIdx, { show: !s.show }, true, syncOpts.setSeries);
				}, false);
				if (cursorFocus) onMouse(mouseenter, label, (e) => {
					if (cursor._lock) return;
					setCursorEvent(e);
					setSeries(series.indexOf(s), FOCUS_TRUE, true, syncOpts.setSeries);
				}, false);
			}
			for (var key in legendCols) {
				let v = placeTag("td", LEGEND_VALUE, row);
				v.textContent = "--";
				cells.push(v);
			}
			return [row, cells];
		}
		const mouseListeners = new Map();
		function onMouse(ev, targ, fn, onlyTarg = true) {
			const targListeners = mouseListeners.get(targ) || {};
			const listener = cursor.bind[ev](self, targ, fn, onlyTarg);
			if (listener) {
				on(ev, targ, targListeners[ev] = listener);
				mouseListeners.set(targ, targListeners);
			}
		}
		function offMouse(ev, targ, fn) {
			const targListeners = mouseListeners.get(targ) || {};
			for (let k in targListeners) if (ev == null || k == ev) {
				off(k, targ, targListeners[k]);
				delete targListeners[k];
			}
			if (ev == null) mouseListeners.delete(targ);
		}
		let fullWidCss = 0;
		let fullHgtCss = 0;
		let plotWidCss = 0;
		let plotHgtCss = 0;
		let plotLftCss = 0;
		let plotTopCss = 0;
		let _plotLftCss = plotLftCss;
		let _plotTopCss = plotTopCss;
		let _plotWidCss = plotWidCss;
		let _plotHgtCss = plotHgtCss;
		let plotLft = 0;
		let plotTop = 0;
		let plotWid = 0;
		let plotHgt = 0;
		self.bbox = {};
		let shouldSetScales = false;
		let shouldSetSize = false;
		let shouldConvergeSize = false;
		let shouldSetCursor = false;
		let shouldSetSelect = false;
		let shouldSetLegend = false;
		function _setSize(width, height, force) {
			if (force || width != self.width || height != self.height) calcSize(width, height);
			resetYSeries(false);
			shouldConvergeSize = true;
			shouldSetSize = true;
			commit();
		}
		function calcSize(width, height) {
			self.width = fullWidCss = plotWidCss = width;
			self.height = fullHgtCss = plotHgtCss = height;
			plotLftCss = plotTopCss = 0;
			calcPlotRect();
			calcAxesRects();
			let bb = self.bbox;
			plotLft = bb.left = incrRound(plotLftCss * pxRatio, .5);
			plotTop = bb.top = incrRound(plotTopCss * pxRatio, .5);
			plotWid = bb.width = incrRound(plotWidCss * pxRatio, .5);
			plotHgt = bb.height = incrRound(plotHgtCss * pxRatio, .5);
		}
		const CYCLE_LIMIT = 3;
		function convergeSize() {
			let converged = false;
			let cycleNum = 0;
			while (!converged) {
				cycleNum++;
				let axesConverged = axesCalc(cycleNum);
				let paddingConverged = paddingCalc(cycleNum);
				converged = cycleNum == CYCLE_LIMIT || axesConverged && paddingConverged;
				if (!converged) {
					calcSize(self.width, self.height);
					shouldSetSize = true;
				}
			}
		}
		function setSize({ width, height }) {
			_setSize(width, height);
		}
		self.setSize = setSize;
		function calcPlotRect() {
			let hasTopAxis = false;
			let hasBtmAxis = false;
			let hasRgtAxis = false;
			let hasLftAxis = false;
			axes.forEach((axis, i) => {
				if (axis.show && axis._show) {
					let { side, _size } = axis;
					let isVt = side % 2;
					let fullSize = _size + (axis.label != null ? axis.labelSize : 0);
					if (fullSize > 0) {
						if (isVt) {
							plotWidCss -= fullSize;
							if (side == 3) {
								plotLftCss += fullSize;
								hasLftAxis = true;
							} else hasRgtAxis = true;
						} else {
							plotHgtCss -= fullSize;
							if (side == 0) {
								plotTopCss += fullSize;
								hasTopAxis = true;
							} else hasBtmAxis = true;
						}
					}
				}
			});
			sidesWithAxes[0] = hasTopAxis;
			sidesWithAxes[1] = hasRgtAxis;
			sidesWithAxes[2] = hasBtmAxis;
			sidesWithAxes[3] = hasLftAxis;
			plotWidCss -= _padding[1] + _padding[3];
			plotLftCss += _padding[3];
			plotHgtCss -= _padding[2] + _padding[0];
			plotTopCss += _padding[0];
		}
		function calcAxesRects() {
			let off1 = plotLftCss + plotWidCss;
			let off2 = plotTopCss + plotHgtCss;
			let off3 = plotLftCss;
			let off0 = plotTopCss;
			function incrOffset(side, size) {
				switch (side) {
					case 1:
						off1 += size;
						return off1 - size;
					case 2:
						off2 += size;
						return off2 - size;
					case 3:
						off3 -= size;
						return off3 + size;
					case 0:
						off0 -= size;
						return off0 + size;
				}
			}
			axes.forEach((axis, i) => {
				if (axis.show && axis._show) {
					let side = axis.side;
					axis._pos = incrOffset(side, axis._size);
					if (axis.label != null) axis._lpos = incrOffset(side, axis.labelSize);
				}
			});
		}
		if (cursor.dataIdx == null) {
			let hov = cursor.hover;
			let skip = hov.skip = new Set(hov.skip ?? []);
			skip.add(void 0);
			let prox = hov.prox = fnOrSelf(hov.prox);
			let bias = hov.bias ??= 0;
			cursor.dataIdx = (self, seriesIdx, cursorIdx, valAtPosX) => {
				if (seriesIdx == 0) return cursorIdx;
				let idx2 = cursorIdx;
				let _prox = prox(self, seriesIdx, cursorIdx, valAtPosX) ?? inf;
				let withProx = _prox >= 0 && _prox < inf;
				let xDim = scaleX.ori == 0 ? plotWidCss : plotHgtCss;
				let cursorLft = cursor.left;
				let xValues = data[0];
				let yValues = data[seriesIdx];
				if (skip.has(yValues[cursorIdx])) {
					idx2 = null;
					let nonNullLft = null, nonNullRgt = null, j;
					if (bias == 0 || bias == -1) {
						j = cursorIdx;
						while (nonNullLft == null && j-- > 0) if (!skip.has(yValues[j])) nonNullLft = j;
					}
					if (bias == 0 || bias == 1) {
						j = cursorIdx;
						while (nonNullRgt == null && j++ < yValues.length) if (!skip.has(yValues[j])) nonNullRgt = j;
					}
					if (nonNullLft != null || nonNullRgt != null) {
						if (withProx) {
							let lftPos = nonNullLft == null ? -1e400 : valToPosX(xValues[nonNullLft], scaleX, xDim, 0);
							let rgtPos = nonNullRgt == null ? 1e400 : valToPosX(xValues[nonNullRgt], scaleX, xDim, 0);
							let lftDelta = cursorLft - lftPos;
							let rgtDelta = rgtPos - cursorLft;
							if (lftDelta <= rgtDelta) {
								if (lftDelta <= _prox) idx2 = nonNullLft;
							} else if (rgtDelta <= _prox) idx2 = nonNullRgt;
						} else idx2 = nonNullRgt == null ? nonNullLft : nonNullLft == null ? nonNullRgt : cursorIdx - nonNullLft <= nonNullRgt - cursorIdx ? nonNullLft : nonNullRgt;
					}
				} else if (withProx) {
					if (abs(cursorLft - valToPosX(xValues[cursorIdx], scaleX, xDim, 0)) > _prox) idx2 = null;
				}
				return idx2;
			};
		}
		const setCursorEvent = (e) => {
			cursor.event = e;
		};
		cursor.idxs = activeIdxs;
		cursor._lock = false;
		let points = cursor.points;
		points.show = fnOrSelf(points.show);
		points.size = fnOrSelf(points.size);
		points.stroke = fnOrSelf(points.stroke);
		points.width = fnOrSelf(points.width);
		points.fill = fnOrSelf(points.fill);
		const focus = self.focus = assign({}, opts.focus || { alpha: .3 }, cursor.focus);
		const cursorFocus = focus.prox >= 0;
		const cursorOnePt = cursorFocus && points.one;
		let cursorPts = [];
		let cursorPtsLft = [];
		let cursorPtsTop = [];
		function initCursorPt(s, si) {
			let pt = points.show(self, si);
			if (pt instanceof HTMLElement) {
				addClass(pt, CURSOR_PT);
				addClass(pt, s.class);
				elTrans(pt, -10, -10, plotWidCss, plotHgtCss);
				over.insertBefore(pt, cursorPts[si]);
				return pt;
			}
		}
		function initSeries(s, i) {
			if (mode == 1 || i > 0) {
				let isTime = mode == 1 && scales[s.scale].time;
				let sv = s.value;
				s.value = isTime ? isStr(sv) ? timeSeriesVal(_tzDate, timeSeriesStamp(sv, _fmtDate)) : sv || _timeSeriesVal : sv || numSeriesVal;
				s.label = s.label || (isTime ? timeSeriesLabel : numSeriesLabel);
			}
			if (cursorOnePt || i > 0) {
				s.width = s.width == null ? 1 : s.width;
				s.paths = s.paths || linearPath || retNull;
				s.fillTo = fnOrSelf(s.fillTo || seriesFillTo);
				s.pxAlign = +ifNull(s.pxAlign, pxAlign);
				s.pxRound = pxRoundGen(s.pxAlign);
				s.stroke = fnOrSelf(s.stroke || null);
				s.fill = fnOrSelf(s.fill || null);
				s._stroke = s._fill = s._paths = s._focus = null;
				let _ptDia = ptDia(max(1, s.width), 1);
				let points = s.points = assign({}, {
					size: _ptDia,
					width: max(1, _ptDia * .2),
					stroke: s.stroke,
					space: _ptDia * 2,
					paths: pointsPath,
					_stroke: null,
					_fill: null
				}, s.points);
				points.show = fnOrSelf(points.show);
				points.filter = fnOrSelf(points.filter);
				points.fill = fnOrSelf(points.fill);
				points.stroke = fnOrSelf(points.stroke);
				points.paths = fnOrSelf(points.paths);
				points.pxAlign = s.pxAlign;
			}
			if (showLegend) {
				let rowCells = initLegendRow(s, i);
				legendRows.splice(i, 0, rowCells[0]);
				legendCells.splice(i, 0, rowCells[1]);
				legend.values.push(null);
			}
			if (showCursor) {
				activeIdxs.splice(i, 0, null);
				let pt = null;
				if (cursorOnePt) {
					if (i == 0) pt = initCursorPt(s, i);
				} else if (i > 0) pt = initCursorPt(s, i);
				cursorPts.splice(i, 0, pt);
				cursorPtsLft.splice(i, 0, 0);
				cursorPtsTop.splice(i, 0, 0);
			}
			fire("addSeries", i);
		}
		function addSeries(opts, si) {
			si = si == null ? series.length : si;
			opts = mode == 1 ? setDefault(opts, si, xSeriesOpts, ySeriesOpts) : setDefault(opts, si, {}, xySeriesOpts);
			series.splice(si, 0, opts);
			initSeries(series[si], si);
		}
		self.addSeries = addSeries;
		function delSeries(i) {
			series.splice(i, 1);
			if (showLegend) {
				legend.values.splice(i, 1);
				legendCells.splice(i, 1);
				let tr = legendRows.splice(i, 1)[0];
				offMouse(null, tr.firstChild);
				tr.remove();
			}
			if (showCursor) {
				activeIdxs.splice(i, 1);
				cursorPts.splice(i, 1)[0].remove();
				cursorPtsLft.splice(i, 1);
				cursorPtsTop.splice(i, 1);
			}
			fire("delSeries", i);
		}
		self.delSeries = delSeries;
		const sidesWithAxes = [
			false,
			false,
			false,
			false
		];
		function initAxis(axis, i) {
			axis._show = axis.show;
			if (axis.show) {
				let isVt = axis.side % 2;
				let sc = scales[axis.scale];
				if (sc == null) {
					axis.scale = isVt ? series[1].scale : xScaleKey;
					sc = scales[axis.scale];
				}
				let isTime = sc.time;
				axis.size = fnOrSelf(axis.size);
				axis.space = fnOrSelf(axis.space);
				axis.rotate = fnOrSelf(axis.rotate);
				if (isArr(axis.incrs)) axis.incrs.forEach((incr) => {
					!fixedDec.has(incr) && fixedDec.set(incr, guessDec(incr));
				});
				axis.incrs = fnOrSelf(axis.incrs || (sc.distr == 2 ? wholeIncrs : isTime ? ms == 1 ? timeIncrsMs : timeIncrsS : numIncrs));
				axis.splits = fnOrSelf(axis.splits || (isTime && sc.distr == 1 ? _timeAxisSplits : sc.distr == 3 ? logAxisSplits : sc.distr == 4 ? asinhAxisSplits : numAxisSplits));
				axis.stroke = fnOrSelf(axis.stroke);
				axis.grid.stroke = fnOrSelf(axis.grid.stroke);
				axis.ticks.stroke = fnOrSelf(axis.ticks.stroke);
				axis.border.stroke = fnOrSelf(axis.border.stroke);
				let av = axis.values;
				axis.values = isArr(av) && !isArr(av[0]) ? fnOrSelf(av) : isTime ? isArr(av) ? timeAxisVals(_tzDate, timeAxisStamps(av, _fmtDate)) : isStr(av) ? timeAxisVal(_tzDate, av) : av || _timeAxisVals : av || numAxisVals;
				axis.filter = fnOrSelf(axis.filter || (sc.distr >= 3 && sc.log == 10 ? log10AxisValsFilt : sc.distr == 3 && sc.log == 2 ? log2AxisValsFilt : retArg1));
				axis.font = pxRatioFont(axis.font);
				axis.labelFont = pxRatioFont(axis.labelFont);
				axis._size = axis.size(self, null, i, 0);
				axis._space = axis._rotate = axis._incrs = axis._found = axis._splits = axis._values = null;
				if (axis._size > 0) {
					sidesWithAxes[i] = true;
					axis._el = placeDiv(AXIS, wrap);
				}
			}
		}
		function autoPadSide(self, side, sidesWithAxes, cycleNum) {
			let [hasTopAxis, hasRgtAxis, hasBtmAxis, hasLftAxis] = sidesWithAxes;
			let ori = side % 2;
			let size = 0;
			if (ori == 0 && (hasLftAxis || hasRgtAxis)) size = side == 0 && !hasTopAxis || side == 2 && !hasBtmAxis ? round(xAxisOpts.size / 3) : 0;
			if (ori == 1 && (hasTopAxis || hasBtmAxis)) size = side == 1 && !hasRgtAxis || side == 3 && !hasLftAxis ? round(yAxisOpts.size / 2) : 0;
			return size;
		}
		const padding = self.padding = (opts.padding || [
			autoPadSide,
			autoPadSide,
			autoPadSide,
			autoPadSide
		]).map((p) => fnOrSelf(ifNull(p, autoPadSide)));
		const _padding = self._padding = padding.map((p, i) => p(self, i, sidesWithAxes, 0));
		let dataLen;
		let i0 = null;
		let i1 = null;
		const idxs = mode == 1 ? series[0].idxs : null;
		let data0 = null;
		let viaAutoScaleX = false;
		function setData(_data, _resetScales) {
			data = _data == null ? [] : _data;
			self.data = self._data = data;
			if (mode == 2) {
				dataLen = 0;
				for (let i = 1; i < series.length; i++) dataLen += data[i][0].length;
			} else {
				if (data.length == 0) self.data = self._data = data = [[]];
				data0 = data[0];
				dataLen = data0.length;
				let scaleData = data;
				if (xScaleDistr == 2) {
					scaleData = data.slice();
					let _data0 = scaleData[0] = Array(dataLen);
					for (let i = 0; i < dataLen; i++) _data0[i] = i;
				}
				self._data = data = scaleData;
			}
			resetYSeries(true);
			fire("setData");
			if (xScaleDistr == 2) shouldConvergeSize = true;
			if (_resetScales !== false) {
				let xsc = scaleX;
				if (xsc.auto(self, viaAutoScaleX)) autoScaleX();
				else _setScale(xScaleKey, xsc.min, xsc.max);
				shouldSetCursor = shouldSetCursor || cursor.left >= 0;
				shouldSetLegend = true;
				commit();
			}
		}
		self.setData = setData;
		function autoScaleX() {
			viaAutoScaleX = true;
			let _min, _max;
			if (mode == 1) {
				if (dataLen > 0) {
					i0 = idxs[0] = 0;
					i1 = idxs[1] = dataLen - 1;
					_min = data[0][i0];
					_max = data[0][i1];
					if (xScaleDistr == 2) {
						_min = i0;
						_max = i1;
					} else if (_min == _max) {
						if (xScaleDistr == 3) [_min, _max] = rangeLog(_min, _min, scaleX.log, false);
						else if (xScaleDistr == 4) [_min, _max] = rangeAsinh(_min, _min, scaleX.log, false);
						else if (scaleX.time) _max = _min + round(86400 / ms);
						else [_min, _max] = rangeNum(_min, _max, rangePad, true);
					}
				} else {
					i0 = idxs[0] = _min = null;
					i1 = idxs[1] = _max = null;
				}
			}
			_setScale(xScaleKey, _min, _max);
		}
		let ctxStroke, ctxFill, ctxWidth, ctxDash, ctxJoin, ctxCap, ctxFont, ctxAlign, ctxBaseline;
		let ctxAlpha;
		function setCtxStyle(stroke, width, dash, cap, fill, join) {
			stroke ??= transparent;
			dash ??= EMPTY_ARR;
			cap ??= "butt";
			fill ??= transparent;
			join ??= "round";
			if (stroke != ctxStroke) ctx.strokeStyle = ctxStroke = stroke;
			if (fill != ctxFill) ctx.fillStyle = ctxFill = fill;
			if (width != ctxWidth) ctx.lineWidth = ctxWidth = width;
			if (join != ctxJoin) ctx.lineJoin = ctxJoin = join;
			if (cap != ctxCap) ctx.lineCap = ctxCap = cap;
			if (dash != ctxDash) ctx.setLineDash(ctxDash = dash);
		}
		function setFontStyle(font, fill, align, baseline) {
			if (fill != ctxFill) ctx.fillStyle = ctxFill = fill;
			if (font != ctxFont) ctx.font = ctxFont = font;
			if (align != ctxAlign) ctx.textAlign = ctxAlign = align;
			if (baseline != ctxBaseline) ctx.textBaseline = ctxBaseline = baseline;
		}
		function accScale(wsc, psc, facet, data, sorted = 0) {
			if (data.length > 0 && wsc.auto(self, viaAutoScaleX) && (psc == null || psc.min == null)) {
				let _i0 = ifNull(i0, 0);
				let _i1 = ifNull(i1, data.length - 1);
				let minMax = facet.min == null ? getMinMax(data, _i0, _i1, sorted, wsc.distr == 3) : [facet.min, facet.max];
				wsc.min = min(wsc.min, facet.min = minMax[0]);
				wsc.max = max(wsc.max, facet.max = minMax[1]);
			}
		}
		const AUTOSCALE = {
			min: null,
			max: null
		};
		function setScales() {
			for (let k in scales) {
				let sc = scales[k];
				if (pendScales[k] == null && (sc.min == null || pendScales[xScaleKey] != null && sc.auto(self, viaAutoScaleX))) pendScales[k] = AUTOSCALE;
			}
			for (let k in scales) {
				let sc = scales[k];
				if (pendScales[k] == null && sc.from != null && pendScales[sc.from] != null) pendScales[k] = AUTOSCALE;
			}
			if (pendScales[xScaleKey] != null) resetYSeries(true);
			let wipScales = {};
			for (let k in pendScales) {
				let psc = pendScales[k];
				if (psc != null) {
					let wsc = wipScales[k] = copy(scales[k], fastIsObj);
					if (psc.min != null) assign(wsc, psc);
					else if (k != xScaleKey || mode == 2) {
						if (dataLen == 0 && wsc.from == null) {
							let minMax = wsc.range(self, null, null, k);
							wsc.min = minMax[0];
							wsc.max = minMax[1];
						} else {
							wsc.min = inf;
							wsc.max = -1e400;
						}
					}
				}
			}
			if (dataLen > 0) {
				series.forEach((s, i) => {
					if (mode == 1) {
						let k = s.scale;
						let psc = pendScales[k];
						if (psc == null) return;
						let wsc = wipScales[k];
						if (i == 0) {
							let minMax = wsc.range(self, wsc.min, wsc.max, k);
							wsc.min = minMax[0];
							wsc.max = minMax[1];
							i0 = closestIdx(wsc.min, data[0]);
							i1 = closestIdx(wsc.max, data[0]);
							if (i1 - i0 > 1) {
								if (data[0][i0] < wsc.min) i0++;
								if (data[0][i1] > wsc.max) i1--;
							}
							s.min = data0[i0];
							s.max = data0[i1];
						} else if (s.show && s.auto) accScale(wsc, psc, s, data[i], s.sorted);
						s.idxs[0] = i0;
						s.idxs[1] = i1;
					} else if (i > 0) {
						if (s.show && s.auto) {
							let [xFacet, yFacet] = s.facets;
							let xScaleKey = xFacet.scale;
							let yScaleKey = yFacet.scale;
							let [xData, yData] = data[i];
							let wscx = wipScales[xScaleKey];
							let wscy = wipScales[yScaleKey];
							wscx != null && accScale(wscx, pendScales[xScaleKey], xFacet, xData, xFacet.sorted);
							wscy != null && accScale(wscy, pendScales[yScaleKey], yFacet, yData, yFacet.sorted);
							s.min = yFacet.min;
							s.max = yFacet.max;
						}
					}
				});
				for (let k in wipScales) {
					let wsc = wipScales[k];
					let psc = pendScales[k];
					if (wsc.from == null && (psc == null || psc.min == null)) {
						let minMax = wsc.range(self, wsc.min == inf ? null : wsc.min, wsc.max == -1e400 ? null : wsc.max, k);
						wsc.min = minMax[0];
						wsc.max = minMax[1];
					}
				}
			}
			for (let k in wipScales) {
				let wsc = wipScales[k];
				if (wsc.from != null) {
					let base = wipScales[wsc.from];
					if (base.min == null) wsc.min = wsc.max = null;
					else {
						let minMax = wsc.range(self, base.min, base.max, k);
						wsc.min = minMax[0];
						wsc.max = minMax[1];
					}
				}
			}
			let changed = {};
			let anyChanged = false;
			for (let k in wipScales) {
				let wsc = wipScales[k];
				let sc = scales[k];
				if (sc.min != wsc.min || sc.max != wsc.max) {
					sc.min = wsc.min;
					sc.max = wsc.max;
					let distr = sc.distr;
					sc._min = distr == 3 ? log10(sc.min) : distr == 4 ? asinh(sc.min, sc.asinh) : distr == 100 ? sc.fwd(sc.min) : sc.min;
					sc._max = distr == 3 ? log10(sc.max) : distr == 4 ? asinh(sc.max, sc.asinh) : distr == 100 ? sc.fwd(sc.max) : sc.max;
					changed[k] = anyChanged = true;
				}
			}
			if (anyChanged) {
				series.forEach((s, i) => {
					if (mode == 2) {
						if (i > 0 && changed.y) s._paths = null;
					} else if (changed[s.scale]) s._paths = null;
				});
				for (let k in changed) {
					shouldConvergeSize = true;
					fire("setScale", k);
				}
				if (showCursor && cursor.left >= 0) shouldSetCursor = shouldSetLegend = true;
			}
			for (let k in pendScales) pendScales[k] = null;
		}
		function getOuterIdxs(ydata) {
			let _i0 = clamp(i0 - 1, 0, dataLen - 1);
			let _i1 = clamp(i1 + 1, 0, dataLen - 1);
			while (ydata[_i0] == null && _i0 > 0) _i0--;
			while (ydata[_i1] == null && _i1 < dataLen - 1) _i1++;
			return [_i0, _i1];
		}
		function drawSeries() {
			if (dataLen > 0) {
				let shouldAlpha = series.some((s) => s._focus) && ctxAlpha != focus.alpha;
				if (shouldAlpha) ctx.globalAlpha = ctxAlpha = focus.alpha;
				series.forEach((s, i) => {
					if (i > 0 && s.show) {
						cacheStrokeFill(i, false);
						cacheStrokeFill(i, true);
						if (s._paths == null) {
							let _ctxAlpha = ctxAlpha;
							if (ctxAlpha != s.alpha) ctx.globalAlpha = ctxAlpha = s.alpha;
							let _idxs = mode == 2 ? [0, data[i][0].length - 1] : getOuterIdxs(data[i]);
							s._paths = s.paths(self, i, _idxs[0], _idxs[1]);
							if (ctxAlpha != _ctxAlpha) ctx.globalAlpha = ctxAlpha = _ctxAlpha;
						}
					}
				});
				series.forEach((s, i) => {
					if (i > 0 && s.show) {
						let _ctxAlpha = ctxAlpha;
						if (ctxAlpha != s.alpha) ctx.globalAlpha = ctxAlpha = s.alpha;
						s._paths != null && drawPath(i, false);
						{
							let _gaps = s._paths != null ? s._paths.gaps : null;
							let show = s.points.show(self, i, i0, i1, _gaps);
							let idxs = s.points.filter(self, i, show, _gaps);
							if (show || idxs) {
								s.points._paths = s.points.paths(self, i, i0, i1, idxs);
								drawPath(i, true);
							}
						}
						if (ctxAlpha != _ctxAlpha) ctx.globalAlpha = ctxAlpha = _ctxAlpha;
						fire("drawSeries", i);
					}
				});
				if (shouldAlpha) ctx.globalAlpha = ctxAlpha = 1;
			}
		}
		function cacheStrokeFill(si, _points) {
			let s = _points ? series[si].points : series[si];
			s._stroke = s.stroke(self, si);
			s._fill = s.fill(self, si);
		}
		function drawPath(si, _points) {
			let s = _points ? series[si].points : series[si];
			let { stroke, fill, clip: gapsClip, flags, _stroke: strokeStyle = s._stroke, _fill: fillStyle = s._fill, _width: width = s.width } = s._paths;
			width = roundDec(width * pxRatio, 3);
			let boundsClip = null;
			let offset = width % 2 / 2;
			if (_points && fillStyle == null) fillStyle = width > 0 ? "#fff" : strokeStyle;
			let _pxAlign = s.pxAlign == 1 && offset > 0;
			_pxAlign && ctx.translate(offset, offset);
			if (!_points) {
				let lft = plotLft - width / 2, top = plotTop - width / 2, wid = plotWid + width, hgt = plotHgt + width;
				boundsClip = new Path2D();
				boundsClip.rect(lft, top, wid, hgt);
			}
			if (_points) strokeFill(strokeStyle, width, s.dash, s.cap, fillStyle, stroke, fill, flags, gapsClip);
			else fillStroke(si, strokeStyle, width, s.dash, s.cap, fillStyle, stroke, fill, flags, boundsClip, gapsClip);
			_pxAlign && ctx.translate(-offset, -offset);
		}
		function fillStroke(si, strokeStyle, lineWidth, lineDash, lineCap, fillStyle, strokePath, fillPath, flags, boundsClip, gapsClip) {
			let didStrokeFill = false;
			flags != 0 && bands.forEach((b, bi) => {
				if (b.series[0] == si) {
					let lowerEdge = series[b.series[1]];
					let lowerData = data[b.series[1]];
					let bandClip = (lowerEdge._paths || EMPTY_OBJ).band;
					if (isArr(bandClip)) bandClip = b.dir == 1 ? bandClip[0] : bandClip[1];
					let gapsClip2;
					let _fillStyle = null;
					if (lowerEdge.show && bandClip && hasData(lowerData, i0, i1)) {
						_fillStyle = b.fill(self, bi) || fillStyle;
						gapsClip2 = lowerEdge._paths.clip;
					} else bandClip = null;
					strokeFill(strokeStyle, lineWidth, lineDash, lineCap, _fillStyle, strokePath, fillPath, flags, boundsClip, gapsClip, gapsClip2, bandClip);
					didStrokeFill = true;
				}
			});
			if (!didStrokeFill) strokeFill(strokeStyle, lineWidth, lineDash, lineCap, fillStyle, strokePath, fillPath, flags, boundsClip, gapsClip);
		}
		const CLIP_FILL_STROKE = 3;
		function strokeFill(strokeStyle, lineWidth, lineDash, lineCap, fillStyle, strokePath, fillPath, flags, boundsClip, gapsClip, gapsClip2, bandClip) {
			setCtxStyle(strokeStyle, lineWidth, lineDash, lineCap, fillStyle);
			if (boundsClip || gapsClip || bandClip) {
				ctx.save();
				boundsClip && ctx.clip(boundsClip);
				gapsClip && ctx.clip(gapsClip);
			}
			if (bandClip) {
				if ((flags & CLIP_FILL_STROKE) == CLIP_FILL_STROKE) {
					ctx.clip(bandClip);
					gapsClip2 && ctx.clip(gapsClip2);
					doFill(fillStyle, fillPath);
					doStroke(strokeStyle, strokePath, lineWidth);
				} else if (flags & BAND_CLIP_STROKE) {
					doFill(fillStyle, fillPath);
					ctx.clip(bandClip);
					doStroke(strokeStyle, strokePath, lineWidth);
				} else if (flags & BAND_CLIP_FILL) {
					ctx.save();
					ctx.clip(bandClip);
					gapsClip2 && ctx.clip(gapsClip2);
					doFill(fillStyle, fillPath);
					ctx.restore();
					doStroke(strokeStyle, strokePath, lineWidth);
				}
			} else {
				doFill(fillStyle, fillPath);
				doStroke(strokeStyle, strokePath, lineWidth);
			}
			if (boundsClip || gapsClip || bandClip) ctx.restore();
		}
		function doStroke(strokeStyle, strokePath, lineWidth) {
			if (lineWidth > 0) {
				if (strokePath instanceof Map) strokePath.forEach((strokePath, strokeStyle) => {
					ctx.strokeStyle = ctxStroke = strokeStyle;
					ctx.stroke(strokePath);
				});
				else strokePath != null && strokeStyle && ctx.stroke(strokePath);
			}
		}
		function doFill(fillStyle, fillPath) {
			if (fillPath instanceof Map) fillPath.forEach((fillPath, fillStyle) => {
				ctx.fillStyle = ctxFill = fillStyle;
				ctx.fill(fillPath);
			});
			else fillPath != null && fillStyle && ctx.fill(fillPath);
		}
		function getIncrSpace(axisIdx, min, max, fullDim) {
			let axis = axes[axisIdx];
			let incrSpace;
			if (fullDim <= 0) incrSpace = [0, 0];
			else {
				let minSpace = axis._space = axis.space(self, axisIdx, min, max, fullDim);
				incrSpace = findIncr(min, max, axis._incrs = axis.incrs(self, axisIdx, min, max, fullDim, minSpace), fullDim, minSpace);
			}
			return axis._found = incrSpace;
		}
		function drawOrthoLines(offs, filts, ori, side, pos0, len, width, stroke, dash, cap) {
			let offset = width % 2 / 2;
			pxAlign == 1 && ctx.translate(offset, offset);
			setCtxStyle(stroke, width, dash, cap, stroke);
			ctx.beginPath();
			let x0, y0, x1, y1, pos1 = pos0 + (side == 0 || side == 3 ? -len : len);
			if (ori == 0) {
				y0 = pos0;
				y1 = pos1;
			} else {
				x0 = pos0;
				x1 = pos1;
			}
			for (let i = 0; i < offs.length; i++) if (filts[i] != null) {
				if (ori == 0) x0 = x1 = offs[i];
				else y0 = y1 = offs[i];
				ctx.moveTo(x0, y0);
				ctx.lineTo(x1, y1);
			}
			ctx.stroke();
			pxAlign == 1 && ctx.translate(-offset, -offset);
		}
		function axesCalc(cycleNum) {
			let converged = true;
			axes.forEach((axis, i) => {
				if (!axis.show) return;
				let scale = scales[axis.scale];
				if (scale.min == null) {
					if (axis._show) {
						converged = false;
						axis._show = false;
						resetYSeries(false);
					}
					return;
				} else if (!axis._show) {
					converged = false;
					axis._show = true;
					resetYSeries(false);
				}
				let side = axis.side;
				let ori = side % 2;
				let { min, max } = scale;
				let [_incr, _space] = getIncrSpace(i, min, max, ori == 0 ? plotWidCss : plotHgtCss);
				if (_space == 0) return;
				let forceMin = scale.distr == 2;
				let _splits = axis._splits = axis.splits(self, i, min, max, _incr, _space, forceMin);
				let splits = scale.distr == 2 ? _splits.map((i) => data0[i]) : _splits;
				let incr = scale.distr == 2 ? data0[_splits[1]] - data0[_splits[0]] : _incr;
				let values = axis._values = axis.values(self, axis.filter(self, splits, i, _space, incr), i, _space, incr);
				axis._rotate = side == 2 ? axis.rotate(self, values, i, _space) : 0;
				let oldSize = axis._size;
				axis._size = ceil(axis.size(self, values, i, cycleNum));
				if (oldSize != null && axis._size != oldSize) converged = false;
			});
			return converged;
		}
		function paddingCalc(cycleNum) {
			let converged = true;
			padding.forEach((p, i) => {
				let _p = p(self, i, sidesWithAxes, cycleNum);
				if (_p != _padding[i]) converged = false;
				_padding[i] = _p;
			});
			return converged;
		}
		function drawAxesGrid() {
			for (let i = 0; i < axes.length; i++) {
				let axis = axes[i];
				if (!axis.show || !axis._show) continue;
				let side = axis.side;
				let ori = side % 2;
				let x, y;
				let fillStyle = axis.stroke(self, i);
				let shiftDir = side == 0 || side == 3 ? -1 : 1;
				let [_incr, _space] = axis._found;
				if (axis.label != null) {
					let shiftAmt = axis.labelGap * shiftDir;
					let baseLpos = round((axis._lpos + shiftAmt) * pxRatio);
					setFontStyle(axis.labelFont[0], fillStyle, "center", side == 2 ? TOP : BOTTOM);
					ctx.save();
					if (ori == 1) {
						x = y = 0;
						ctx.translate(baseLpos, round(plotTop + plotHgt / 2));
						ctx.rotate((side == 3 ? -PI : PI) / 2);
					} else {
						x = round(plotLft + plotWid / 2);
						y = baseLpos;
					}
					let _label = isFn(axis.label) ? axis.label(self, i, _incr, _space) : axis.label;
					ctx.fillText(_label, x, y);
					ctx.restore();
				}
				if (_space == 0) continue;
				let scale = scales[axis.scale];
				let plotDim = ori == 0 ? plotWid : plotHgt;
				let plotOff = ori == 0 ? plotLft : plotTop;
				let _splits = axis._splits;
				let splits = scale.distr == 2 ? _splits.map((i) => data0[i]) : _splits;
				let incr = scale.distr == 2 ? data0[_splits[1]] - data0[_splits[0]] : _incr;
				let ticks = axis.ticks;
				let border = axis.border;
				let _tickSize = ticks.show ? ticks.size : 0;
				let tickSize = round(_tickSize * pxRatio);
				let axisGap = round((axis.alignTo == 2 ? axis._size - _tickSize - axis.gap : axis.gap) * pxRatio);
				let angle = axis._rotate * -PI / 180;
				let basePos = pxRound(axis._pos * pxRatio);
				let finalPos = basePos + (tickSize + axisGap) * shiftDir;
				y = ori == 0 ? finalPos : 0;
				x = ori == 1 ? finalPos : 0;
				let font = axis.font[0];
				setFontStyle(font, fillStyle, axis.align == 1 ? LEFT : axis.align == 2 ? RIGHT : angle > 0 ? LEFT : angle < 0 ? RIGHT : ori == 0 ? "center" : side == 3 ? RIGHT : LEFT, angle || ori == 1 ? "middle" : side == 2 ? TOP : BOTTOM);
				let lineHeight = axis.font[1] * axis.lineGap;
				let canOffs = _splits.map((val) => pxRound(getPos(val, scale, plotDim, plotOff)));
				let _values = axis._values;
				for (let i = 0; i < _values.length; i++) {
					let val = _values[i];
					if (val != null) {
						if (ori == 0) x = canOffs[i];
						else y = canOffs[i];
						val = "" + val;
						let _parts = val.indexOf("\n") == -1 ? [val] : val.split(/\n/gm);
						for (let j = 0; j < _parts.length; j++) {
							let text = _parts[j];
							if (angle) {
								ctx.save();
								ctx.translate(x, y + j * lineHeight);
								ctx.rotate(angle);
								ctx.fillText(text, 0, 0);
								ctx.restore();
							} else ctx.fillText(text, x, y + j * lineHeight);
						}
					}
				}
				if (ticks.show) drawOrthoLines(canOffs, ticks.filter(self, splits, i, _space, incr), ori, side, basePos, tickSize, roundDec(ticks.width * pxRatio, 3), ticks.stroke(self, i), ticks.dash, ticks.cap);
				let grid = axis.grid;
				if (grid.show) drawOrthoLines(canOffs, grid.filter(self, splits, i, _space, incr), ori, ori == 0 ? 2 : 1, ori == 0 ? plotTop : plotLft, ori == 0 ? plotHgt : plotWid, roundDec(grid.width * pxRatio, 3), grid.stroke(self, i), grid.dash, grid.cap);
				if (border.show) drawOrthoLines([basePos], [1], ori == 0 ? 1 : 0, ori == 0 ? 1 : 2, ori == 1 ? plotTop : plotLft, ori == 1 ? plotHgt : plotWid, roundDec(border.width * pxRatio, 3), border.stroke(self, i), border.dash, border.cap);
			}
			fire("drawAxes");
		}
		function resetYSeries(minMax) {
			series.forEach((s, i) => {
				if (i > 0) {
					s._paths = null;
					if (minMax) {
						if (mode == 1) {
							s.min = null;
							s.max = null;
						} else s.facets.forEach((f) => {
							f.min = null;
							f.max = null;
						});
					}
				}
			});
		}
		let queuedCommit = false;
		let deferHooks = false;
		let hooksQueue = [];
		function flushHooks() {
			deferHooks = false;
			for (let i = 0; i < hooksQueue.length; i++) fire(...hooksQueue[i]);
			hooksQueue.length = 0;
		}
		function commit() {
			if (!queuedCommit) {
				microTask(_commit);
				queuedCommit = true;
			}
		}
		function batch(fn, _deferHooks = false) {
			queuedCommit = true;
			deferHooks = _deferHooks;
			fn(self);
			_commit();
			if (_deferHooks && hooksQueue.length > 0) queueMicrotask(flushHooks);
		}
		self.batch = batch;
		function _commit() {
			if (shouldSetScales) {
				setScales();
				shouldSetScales = false;
			}
			if (shouldConvergeSize) {
				convergeSize();
				shouldConvergeSize = false;
			}
			if (shouldSetSize) {
				setStylePx(under, LEFT, plotLftCss);
				setStylePx(under, TOP, plotTopCss);
				setStylePx(under, WIDTH, plotWidCss);
				setStylePx(under, HEIGHT$1, plotHgtCss);
				setStylePx(over, LEFT, plotLftCss);
				setStylePx(over, TOP, plotTopCss);
				setStylePx(over, WIDTH, plotWidCss);
				setStylePx(over, HEIGHT$1, plotHgtCss);
				setStylePx(wrap, WIDTH, fullWidCss);
				setStylePx(wrap, HEIGHT$1, fullHgtCss);
				can.width = round(fullWidCss * pxRatio);
				can.height = round(fullHgtCss * pxRatio);
				axes.forEach(({ _el, _show, _size, _pos, side }) => {
					if (_el != null) {
						if (_show) {
							let posOffset = side === 3 || side === 0 ? _size : 0;
							let isVt = side % 2 == 1;
							setStylePx(_el, isVt ? "left" : "top", _pos - posOffset);
							setStylePx(_el, isVt ? "width" : "height", _size);
							setStylePx(_el, isVt ? "top" : "left", isVt ? plotTopCss : plotLftCss);
							setStylePx(_el, isVt ? "height" : "width", isVt ? plotHgtCss : plotWidCss);
							remClass(_el, OFF);
						} else addClass(_el, OFF);
					}
				});
				ctxStroke = ctxFill = ctxWidth = ctxJoin = ctxCap = ctxFont = ctxAlign = ctxBaseline = ctxDash = null;
				ctxAlpha = 1;
				syncRect(true);
				if (plotLftCss != _plotLftCss || plotTopCss != _plotTopCss || plotWidCss != _plotWidCss || plotHgtCss != _plotHgtCss) {
					resetYSeries(false);
					let pctWid = plotWidCss / _plotWidCss;
					let pctHgt = plotHgtCss / _plotHgtCss;
					if (showCursor && !shouldSetCursor && cursor.left >= 0) {
						cursor.left *= pctWid;
						cursor.top *= pctHgt;
						vCursor && elTrans(vCursor, round(cursor.left), 0, plotWidCss, plotHgtCss);
						hCursor && elTrans(hCursor, 0, round(cursor.top), plotWidCss, plotHgtCss);
						for (let i = 0; i < cursorPts.length; i++) {
							let pt = cursorPts[i];
							if (pt != null) {
								cursorPtsLft[i] *= pctWid;
								cursorPtsTop[i] *= pctHgt;
								elTrans(pt, ceil(cursorPtsLft[i]), ceil(cursorPtsTop[i]), plotWidCss, plotHgtCss);
							}
						}
					}
					if (select.show && !shouldSetSelect && select.left >= 0 && select.width > 0) {
						select.left *= pctWid;
						select.width *= pctWid;
						select.top *= pctHgt;
						select.height *= pctHgt;
						for (let prop in _hideProps) setStylePx(selectDiv, prop, select[prop]);
					}
					_plotLftCss = plotLftCss;
					_plotTopCss = plotTopCss;
					_plotWidCss = plotWidCss;
					_plotHgtCss = plotHgtCss;
				}
				fire("setSize");
				shouldSetSize = false;
			}
			if (fullWidCss > 0 && fullHgtCss > 0) {
				ctx.clearRect(0, 0, can.width, can.height);
				fire("drawClear");
				drawOrder.forEach((fn) => fn());
				fire("draw");
			}
			if (select.show && shouldSetSelect) {
				setSelect(select);
				shouldSetSelect = false;
			}
			if (showCursor && shouldSetCursor) {
				updateCursor(null, true, false);
				shouldSetCursor = false;
			}
			if (legend.show && legend.live && shouldSetLegend) {
				setLegend();
				shouldSetLegend = false;
			}
			if (!ready) {
				ready = true;
				self.status = 1;
				fire("ready");
			}
			viaAutoScaleX = false;
			queuedCommit = false;
		}
		self.redraw = (rebuildPaths, recalcAxes) => {
			shouldConvergeSize = recalcAxes || false;
			if (rebuildPaths !== false) _setScale(xScaleKey, scaleX.min, scaleX.max);
			else commit();
		};
		function setScale(key, opts) {
			let sc = scales[key];
			if (sc.from == null) {
				if (dataLen == 0) {
					let minMax = sc.range(self, opts.min, opts.max, key);
					opts.min = minMax[0];
					opts.max = minMax[1];
				}
				if (opts.min > opts.max) {
					let _min = opts.min;
					opts.min = opts.max;
					opts.max = _min;
				}
				if (dataLen > 1 && opts.min != null && opts.max != null && opts.max - opts.min < 1e-16) return;
				if (key == xScaleKey) {
					if (sc.distr == 2 && dataLen > 0) {
						opts.min = closestIdx(opts.min, data[0]);
						opts.max = closestIdx(opts.max, data[0]);
						if (opts.min == opts.max) opts.max++;
					}
				}
				pendScales[key] = opts;
				shouldSetScales = true;
				commit();
			}
		}
		self.setScale = setScale;
		let xCursor;
		let yCursor;
		let vCursor;
		let hCursor;
		let rawMouseLeft0;
		let rawMouseTop0;
		let mouseLeft0;
		let mouseTop0;
		let rawMouseLeft1;
		let rawMouseTop1;
		let mouseLeft1;
		let mouseTop1;
		let dragging = false;
		const drag = cursor.drag;
		let dragX = drag.x;
		let dragY = drag.y;
		if (showCursor) {
			if (cursor.x) xCursor = placeDiv(CURSOR_X, over);
			if (cursor.y) yCursor = placeDiv(CURSOR_Y, over);
			if (scaleX.ori == 0) {
				vCursor = xCursor;
				hCursor = yCursor;
			} else {
				vCursor = yCursor;
				hCursor = xCursor;
			}
			mouseLeft1 = cursor.left;
			mouseTop1 = cursor.top;
		}
		const select = self.select = assign({
			show: true,
			over: true,
			left: 0,
			width: 0,
			top: 0,
			height: 0
		}, opts.select);
		const selectDiv = select.show ? placeDiv(SELECT, select.over ? over : under) : null;
		function setSelect(opts, _fire) {
			if (select.show) {
				for (let prop in opts) {
					select[prop] = opts[prop];
					if (prop in _hideProps) setStylePx(selectDiv, prop, opts[prop]);
				}
				_fire !== false && fire("setSelect");
			}
		}
		self.setSelect = setSelect;
		function toggleDOM(i) {
			if (series[i].show) showLegend && remClass(legendRows[i], OFF);
			else {
				showLegend && addClass(legendRows[i], OFF);
				if (showCursor) {
					let pt = cursorOnePt ? cursorPts[0] : cursorPts[i];
					pt != null && elTrans(pt, -10, -10, plotWidCss, plotHgtCss);
				}
			}
		}
		function _setScale(key, min, max) {
			setScale(key, {
				min,
				max
			});
		}
		function setSeries(i, opts, _fire, _pub) {
			if (opts.focus != null) setFocus(i);
			if (opts.show != null) series.forEach((s, si) => {
				if (si > 0 && (i == si || i == null)) {
					s.show = opts.show;
					toggleDOM(si);
					if (mode == 2) {
						_setScale(s.facets[0].scale, null, null);
						_setScale(s.facets[1].scale, null, null);
					} else _setScale(s.scale, null, null);
					commit();
				}
			});
			_fire !== false && fire("setSeries", i, opts);
			_pub && pubSync("setSeries", self, i, opts);
		}
		self.setSeries = setSeries;
		function setBand(bi, opts) {
			assign(bands[bi], opts);
		}
		function addBand(opts, bi) {
			opts.fill = fnOrSelf(opts.fill || null);
			opts.dir = ifNull(opts.dir, -1);
			bi = bi == null ? bands.length : bi;
			bands.splice(bi, 0, opts);
		}
		function delBand(bi) {
			if (bi == null) bands.length = 0;
			else bands.splice(bi, 1);
		}
		self.addBand = addBand;
		self.setBand = setBand;
		self.delBand = delBand;
		function setAlpha(i, value) {
			series[i].alpha = value;
			if (showCursor && cursorPts[i] != null) cursorPts[i].style.opacity = value;
			if (showLegend && legendRows[i]) legendRows[i].style.opacity = value;
		}
		let closestDist;
		let closestSeries;
		let focusedSeries;
		const FOCUS_TRUE = { focus: true };
		function setFocus(i) {
			if (i != focusedSeries) {
				let allFocused = i == null;
				let _setAlpha = focus.alpha != 1;
				series.forEach((s, i2) => {
					if (mode == 1 || i2 > 0) {
						let isFocused = allFocused || i2 == 0 || i2 == i;
						s._focus = allFocused ? null : isFocused;
						_setAlpha && setAlpha(i2, isFocused ? 1 : focus.alpha);
					}
				});
				focusedSeries = i;
				_setAlpha && commit();
			}
		}
		if (showLegend && cursorFocus) onMouse(mouseleave, legendTable, (e) => {
			if (cursor._lock) return;
			setCursorEvent(e);
			if (focusedSeries != null) setSeries(null, FOCUS_TRUE, true, syncOpts.setSeries);
		});
		function posToVal(pos, scale, can) {
			let sc = scales[scale];
			if (can) pos = pos / pxRatio - (sc.ori == 1 ? plotTopCss : plotLftCss);
			let dim = plotWidCss;
			if (sc.ori == 1) {
				dim = plotHgtCss;
				pos = dim - pos;
			}
			if (sc.dir == -1) pos = dim - pos;
			let _min = sc._min, _max = sc._max, pct = pos / dim;
			let sv = _min + (_max - _min) * pct;
			let distr = sc.distr;
			return distr == 3 ? pow(10, sv) : distr == 4 ? sinh(sv, sc.asinh) : distr == 100 ? sc.bwd(sv) : sv;
		}
		function closestIdxFromXpos(pos, can) {
			return closestIdx(posToVal(pos, xScaleKey, can), data[0], i0, i1);
		}
		self.valToIdx = (val) => closestIdx(val, data[0]);
		self.posToIdx = closestIdxFromXpos;
		self.posToVal = posToVal;
		self.valToPos = (val, scale, can) => scales[scale].ori == 0 ? getHPos(val, scales[scale], can ? plotWid : plotWidCss, can ? plotLft : 0) : getVPos(val, scales[scale], can ? plotHgt : plotHgtCss, can ? plotTop : 0);
		self.setCursor = (opts, _fire, _pub) => {
			mouseLeft1 = opts.left;
			mouseTop1 = opts.top;
			updateCursor(null, _fire, _pub);
		};
		function setSelH(off, dim) {
			setStylePx(selectDiv, LEFT, select.left = off);
			setStylePx(selectDiv, WIDTH, select.width = dim);
		}
		function setSelV(off, dim) {
			setStylePx(selectDiv, TOP, select.top = off);
			setStylePx(selectDiv, HEIGHT$1, select.height = dim);
		}
		let setSelX = scaleX.ori == 0 ? setSelH : setSelV;
		let setSelY = scaleX.ori == 1 ? setSelH : setSelV;
		function syncLegend() {
			if (showLegend && legend.live) for (let i = mode == 2 ? 1 : 0; i < series.length; i++) {
				if (i == 0 && multiValLegend) continue;
				let vals = legend.values[i];
				let j = 0;
				for (let k in vals) legendCells[i][j++].firstChild.nodeValue = vals[k];
			}
		}
		function setLegend(opts, _fire) {
			if (opts != null) {
				if (opts.idxs) opts.idxs.forEach((didx, sidx) => {
					activeIdxs[sidx] = didx;
				});
				else if (!isUndef(opts.idx)) activeIdxs.fill(opts.idx);
				legend.idx = activeIdxs[0];
			}
			if (showLegend && legend.live) {
				for (let sidx = 0; sidx < series.length; sidx++) if (sidx > 0 || mode == 1 && !multiValLegend) setLegendValues(sidx, activeIdxs[sidx]);
				syncLegend();
			}
			shouldSetLegend = false;
			_fire !== false && fire("setLegend");
		}
		self.setLegend = setLegend;
		function setLegendValues(sidx, idx) {
			let s = series[sidx];
			let src = sidx == 0 && xScaleDistr == 2 ? data0 : data[sidx];
			let val;
			if (multiValLegend) val = s.values(self, sidx, idx) ?? NULL_LEGEND_VALUES;
			else {
				val = s.value(self, idx == null ? null : src[idx], sidx, idx);
				val = val == null ? NULL_LEGEND_VALUES : { _: val };
			}
			legend.values[sidx] = val;
		}
		function updateCursor(src, _fire, _pub) {
			rawMouseLeft1 = mouseLeft1;
			rawMouseTop1 = mouseTop1;
			[mouseLeft1, mouseTop1] = cursor.move(self, mouseLeft1, mouseTop1);
			cursor.left = mouseLeft1;
			cursor.top = mouseTop1;
			if (showCursor) {
				vCursor && elTrans(vCursor, round(mouseLeft1), 0, plotWidCss, plotHgtCss);
				hCursor && elTrans(hCursor, 0, round(mouseTop1), plotWidCss, plotHgtCss);
			}
			let idx;
			let noDataInRange = i0 > i1;
			closestDist = inf;
			closestSeries = null;
			let xDim = scaleX.ori == 0 ? plotWidCss : plotHgtCss;
			let yDim = scaleX.ori == 1 ? plotWidCss : plotHgtCss;
			if (mouseLeft1 < 0 || dataLen == 0 || noDataInRange) {
				idx = cursor.idx = null;
				for (let i = 0; i < series.length; i++) {
					let pt = cursorPts[i];
					pt != null && elTrans(pt, -10, -10, plotWidCss, plotHgtCss);
				}
				if (cursorFocus) setSeries(null, FOCUS_TRUE, true, src == null && syncOpts.setSeries);
				if (legend.live) {
					activeIdxs.fill(idx);
					shouldSetLegend = true;
				}
			} else {
				let mouseXPos, valAtPosX, xPos;
				if (mode == 1) {
					mouseXPos = scaleX.ori == 0 ? mouseLeft1 : mouseTop1;
					valAtPosX = posToVal(mouseXPos, xScaleKey);
					idx = cursor.idx = closestIdx(valAtPosX, data[0], i0, i1);
					xPos = valToPosX(data[0][idx], scaleX, xDim, 0);
				}
				let _ptLft = -10;
				let _ptTop = -10;
				let _ptWid = 0;
				let _ptHgt = 0;
				let _centered = true;
				let _ptFill = "";
				let _ptStroke = "";
				for (let i = mode == 2 ? 1 : 0; i < series.length; i++) {
					let s = series[i];
					let idx1 = activeIdxs[i];
					let yVal1 = idx1 == null ? null : mode == 1 ? data[i][idx1] : data[i][1][idx1];
					let idx2 = cursor.dataIdx(self, i, idx, valAtPosX);
					let yVal2 = idx2 == null ? null : mode == 1 ? data[i][idx2] : data[i][1][idx2];
					shouldSetLegend = shouldSetLegend || yVal2 != yVal1 || idx2 != idx1;
					activeIdxs[i] = idx2;
					if (i > 0 && s.show) {
						let xPos2 = idx2 == null ? -10 : idx2 == idx ? xPos : valToPosX(mode == 1 ? data[0][idx2] : data[i][0][idx2], scaleX, xDim, 0);
						let yPos = yVal2 == null ? -10 : valToPosY(yVal2, mode == 1 ? scales[s.scale] : scales[s.facets[1].scale], yDim, 0);
						if (cursorFocus && yVal2 != null) {
							let mouseYPos = scaleX.ori == 1 ? mouseLeft1 : mouseTop1;
							let dist = abs(focus.dist(self, i, idx2, yPos, mouseYPos));
							if (dist < closestDist) {
								let bias = focus.bias;
								if (bias != 0) {
									let mouseYVal = posToVal(mouseYPos, s.scale);
									let seriesYValSign = yVal2 >= 0 ? 1 : -1;
									let mouseYValSign = mouseYVal >= 0 ? 1 : -1;
									if (mouseYValSign == seriesYValSign && (mouseYValSign == 1 ? bias == 1 ? yVal2 >= mouseYVal : yVal2 <= mouseYVal : bias == 1 ? yVal2 <= mouseYVal : yVal2 >= mouseYVal)) {
										closestDist = dist;
										closestSeries = i;
									}
								} else {
									closestDist = dist;
									closestSeries = i;
								}
							}
						}
						if (shouldSetLegend || cursorOnePt) {
							let hPos, vPos;
							if (scaleX.ori == 0) {
								hPos = xPos2;
								vPos = yPos;
							} else {
								hPos = yPos;
								vPos = xPos2;
							}
							let ptWid, ptHgt, ptLft, ptTop, ptStroke, ptFill, centered = true, getBBox = points.bbox;
							if (getBBox != null) {
								centered = false;
								let bbox = getBBox(self, i);
								ptLft = bbox.left;
								ptTop = bbox.top;
								ptWid = bbox.width;
								ptHgt = bbox.height;
							} else {
								ptLft = hPos;
								ptTop = vPos;
								ptWid = ptHgt = points.size(self, i);
							}
							ptFill = points.fill(self, i);
							ptStroke = points.stroke(self, i);
							if (cursorOnePt) {
								if (i == closestSeries && closestDist <= focus.prox) {
									_ptLft = ptLft;
									_ptTop = ptTop;
									_ptWid = ptWid;
									_ptHgt = ptHgt;
									_centered = centered;
									_ptFill = ptFill;
									_ptStroke = ptStroke;
								}
							} else {
								let pt = cursorPts[i];
								if (pt != null) {
									cursorPtsLft[i] = ptLft;
									cursorPtsTop[i] = ptTop;
									elSize(pt, ptWid, ptHgt, centered);
									elColor(pt, ptFill, ptStroke);
									elTrans(pt, ceil(ptLft), ceil(ptTop), plotWidCss, plotHgtCss);
								}
							}
						}
					}
				}
				if (cursorOnePt) {
					let p = focus.prox;
					if (shouldSetLegend || (focusedSeries == null ? closestDist <= p : closestDist > p || closestSeries != focusedSeries)) {
						let pt = cursorPts[0];
						if (pt != null) {
							cursorPtsLft[0] = _ptLft;
							cursorPtsTop[0] = _ptTop;
							elSize(pt, _ptWid, _ptHgt, _centered);
							elColor(pt, _ptFill, _ptStroke);
							elTrans(pt, ceil(_ptLft), ceil(_ptTop), plotWidCss, plotHgtCss);
						}
					}
				}
			}
			if (select.show && dragging) {
				if (src != null) {
					let [xKey, yKey] = syncOpts.scales;
					let [matchXKeys, matchYKeys] = syncOpts.match;
					let [xKeySrc, yKeySrc] = src.cursor.sync.scales;
					let sdrag = src.cursor.drag;
					dragX = sdrag._x;
					dragY = sdrag._y;
					if (dragX || dragY) {
						let { left, top, width, height } = src.select;
						let sori = src.scales[xKeySrc].ori;
						let sPosToVal = src.posToVal;
						let sOff, sDim, sc, a, b;
						let matchingX = xKey != null && matchXKeys(xKey, xKeySrc);
						let matchingY = yKey != null && matchYKeys(yKey, yKeySrc);
						if (matchingX && dragX) {
							if (sori == 0) {
								sOff = left;
								sDim = width;
							} else {
								sOff = top;
								sDim = height;
							}
							sc = scales[xKey];
							a = valToPosX(sPosToVal(sOff, xKeySrc), sc, xDim, 0);
							b = valToPosX(sPosToVal(sOff + sDim, xKeySrc), sc, xDim, 0);
							setSelX(min(a, b), abs(b - a));
						} else setSelX(0, xDim);
						if (matchingY && dragY) {
							if (sori == 1) {
								sOff = left;
								sDim = width;
							} else {
								sOff = top;
								sDim = height;
							}
							sc = scales[yKey];
							a = valToPosY(sPosToVal(sOff, yKeySrc), sc, yDim, 0);
							b = valToPosY(sPosToVal(sOff + sDim, yKeySrc), sc, yDim, 0);
							setSelY(min(a, b), abs(b - a));
						} else setSelY(0, yDim);
					} else hideSelect();
				} else {
					let rawDX = abs(rawMouseLeft1 - rawMouseLeft0);
					let rawDY = abs(rawMouseTop1 - rawMouseTop0);
					if (scaleX.ori == 1) {
						let _rawDX = rawDX;
						rawDX = rawDY;
						rawDY = _rawDX;
					}
					dragX = drag.x && rawDX >= drag.dist;
					dragY = drag.y && rawDY >= drag.dist;
					let uni = drag.uni;
					if (uni != null) {
						if (dragX && dragY) {
							dragX = rawDX >= uni;
							dragY = rawDY >= uni;
							if (!dragX && !dragY) {
								if (rawDY > rawDX) dragY = true;
								else dragX = true;
							}
						}
					} else if (drag.x && drag.y && (dragX || dragY)) dragX = dragY = true;
					let p0, p1;
					if (dragX) {
						if (scaleX.ori == 0) {
							p0 = mouseLeft0;
							p1 = mouseLeft1;
						} else {
							p0 = mouseTop0;
							p1 = mouseTop1;
						}
						setSelX(min(p0, p1), abs(p1 - p0));
						if (!dragY) setSelY(0, yDim);
					}
					if (dragY) {
						if (scaleX.ori == 1) {
							p0 = mouseLeft0;
							p1 = mouseLeft1;
						} else {
							p0 = mouseTop0;
							p1 = mouseTop1;
						}
						setSelY(min(p0, p1), abs(p1 - p0));
						if (!dragX) setSelX(0, xDim);
					}
					if (!dragX && !dragY) {
						setSelX(0, 0);
						setSelY(0, 0);
					}
				}
			}
			drag._x = dragX;
			drag._y = dragY;
			if (src == null) {
				if (_pub) {
					if (syncKey != null) {
						let [xSyncKey, ySyncKey] = syncOpts.scales;
						syncOpts.values[0] = xSyncKey != null ? posToVal(scaleX.ori == 0 ? mouseLeft1 : mouseTop1, xSyncKey) : null;
						syncOpts.values[1] = ySyncKey != null ? posToVal(scaleX.ori == 1 ? mouseLeft1 : mouseTop1, ySyncKey) : null;
					}
					pubSync(mousemove, self, mouseLeft1, mouseTop1, plotWidCss, plotHgtCss, idx);
				}
				if (cursorFocus) {
					let shouldPub = _pub && syncOpts.setSeries;
					let p = focus.prox;
					if (focusedSeries == null) {
						if (closestDist <= p) setSeries(closestSeries, FOCUS_TRUE, true, shouldPub);
					} else if (closestDist > p) setSeries(null, FOCUS_TRUE, true, shouldPub);
					else if (closestSeries != focusedSeries) setSeries(closestSeries, FOCUS_TRUE, true, shouldPub);
				}
			}
			if (shouldSetLegend) {
				legend.idx = idx;
				setLegend();
			}
			_fire !== false && fire("setCursor");
		}
		let rect = null;
		Object.defineProperty(self, "rect", { get() {
			if (rect == null) syncRect(false);
			return rect;
		} });
		function syncRect(defer = false) {
			if (defer) rect = null;
			else {
				rect = over.getBoundingClientRect();
				fire("syncRect", rect);
			}
		}
		function mouseMove(e, src, _l, _t, _w, _h, _i) {
			if (cursor._lock) return;
			if (dragging && e != null && e.movementX == 0 && e.movementY == 0) return;
			cacheMouse(e, src, _l, _t, _w, _h, _i, false, e != null);
			if (e != null) updateCursor(null, true, true);
			else updateCursor(src, true, false);
		}
		function cacheMouse(e, src, _l, _t, _w, _h, _i, initial, snap) {
			if (rect == null) syncRect(false);
			setCursorEvent(e);
			if (e != null) {
				_l = e.clientX - rect.left;
				_t = e.clientY - rect.top;
			} else {
				if (_l < 0 || _t < 0) {
					mouseLeft1 = -10;
					mouseTop1 = -10;
					return;
				}
				let [xKey, yKey] = syncOpts.scales;
				let syncOptsSrc = src.cursor.sync;
				let [xValSrc, yValSrc] = syncOptsSrc.values;
				let [xKeySrc, yKeySrc] = syncOptsSrc.scales;
				let [matchXKeys, matchYKeys] = syncOpts.match;
				let rotSrc = src.axes[0].side % 2 == 1;
				let xDim = scaleX.ori == 0 ? plotWidCss : plotHgtCss, yDim = scaleX.ori == 1 ? plotWidCss : plotHgtCss, _xDim = rotSrc ? _h : _w, _yDim = rotSrc ? _w : _h, _xPos = rotSrc ? _t : _l, _yPos = rotSrc ? _l : _t;
				if (xKeySrc != null) _l = matchXKeys(xKey, xKeySrc) ? getPos(xValSrc, scales[xKey], xDim, 0) : -10;
				else _l = xDim * (_xPos / _xDim);
				if (yKeySrc != null) _t = matchYKeys(yKey, yKeySrc) ? getPos(yValSrc, scales[yKey], yDim, 0) : -10;
				else _t = yDim * (_yPos / _yDim);
				if (scaleX.ori == 1) {
					let __l = _l;
					_l = _t;
					_t = __l;
				}
			}
			if (snap && (src == null || src.cursor.event.type == mousemove)) {
				if (_l <= 1 || _l >= plotWidCss - 1) _l = incrRound(_l, plotWidCss);
				if (_t <= 1 || _t >= plotHgtCss - 1) _t = incrRound(_t, plotHgtCss);
			}
			if (initial) {
				rawMouseLeft0 = _l;
				rawMouseTop0 = _t;
				[mouseLeft0, mouseTop0] = cursor.move(self, _l, _t);
			} else {
				mouseLeft1 = _l;
				mouseTop1 = _t;
			}
		}
		const _hideProps = {
			width: 0,
			height: 0,
			left: 0,
			top: 0
		};
		function hideSelect() {
			setSelect(_hideProps, false);
		}
		let downSelectLeft;
		let downSelectTop;
		let downSelectWidth;
		let downSelectHeight;
		function mouseDown(e, src, _l, _t, _w, _h, _i) {
			dragging = true;
			dragX = dragY = drag._x = drag._y = false;
			cacheMouse(e, src, _l, _t, _w, _h, _i, true, false);
			if (e != null) {
				onMouse(mouseup, doc, mouseUp, false);
				pubSync(mousedown, self, mouseLeft0, mouseTop0, plotWidCss, plotHgtCss, null);
			}
			let { left, top, width, height } = select;
			downSelectLeft = left;
			downSelectTop = top;
			downSelectWidth = width;
			downSelectHeight = height;
		}
		function mouseUp(e, src, _l, _t, _w, _h, _i) {
			dragging = drag._x = drag._y = false;
			cacheMouse(e, src, _l, _t, _w, _h, _i, false, true);
			let { left, top, width, height } = select;
			let hasSelect = width > 0 || height > 0;
			let chgSelect = downSelectLeft != left || downSelectTop != top || downSelectWidth != width || downSelectHeight != height;
			hasSelect && chgSelect && setSelect(select);
			if (drag.setScale && hasSelect && chgSelect) {
				let xOff = left, xDim = width, yOff = top, yDim = height;
				if (scaleX.ori == 1) xOff = top, xDim = height, yOff = left, yDim = width;
				if (dragX) _setScale(xScaleKey, posToVal(xOff, xScaleKey), posToVal(xOff + xDim, xScaleKey));
				if (dragY) for (let k in scales) {
					let sc = scales[k];
					if (k != xScaleKey && sc.from == null && sc.min != inf) _setScale(k, posToVal(yOff + yDim, k), posToVal(yOff, k));
				}
				hideSelect();
			} else if (cursor.lock) {
				cursor._lock = !cursor._lock;
				updateCursor(src, true, e != null);
			}
			if (e != null) {
				offMouse(mouseup, doc);
				pubSync(mouseup, self, mouseLeft1, mouseTop1, plotWidCss, plotHgtCss, null);
			}
		}
		function mouseLeave(e, src, _l, _t, _w, _h, _i) {
			if (cursor._lock) return;
			setCursorEvent(e);
			let _dragging = dragging;
			if (dragging) {
				let snapH = true;
				let snapV = true;
				let snapProx = 10;
				let dragH, dragV;
				if (scaleX.ori == 0) {
					dragH = dragX;
					dragV = dragY;
				} else {
					dragH = dragY;
					dragV = dragX;
				}
				if (dragH && dragV) {
					snapH = mouseLeft1 <= snapProx || mouseLeft1 >= plotWidCss - snapProx;
					snapV = mouseTop1 <= snapProx || mouseTop1 >= plotHgtCss - snapProx;
				}
				if (dragH && snapH) mouseLeft1 = mouseLeft1 < mouseLeft0 ? 0 : plotWidCss;
				if (dragV && snapV) mouseTop1 = mouseTop1 < mouseTop0 ? 0 : plotHgtCss;
				updateCursor(null, true, true);
				dragging = false;
			}
			mouseLeft1 = -10;
			mouseTop1 = -10;
			activeIdxs.fill(null);
			updateCursor(null, true, true);
			if (_dragging) dragging = _dragging;
		}
		function dblClick(e, src, _l, _t, _w, _h, _i) {
			if (cursor._lock) return;
			setCursorEvent(e);
			autoScaleX();
			hideSelect();
			if (e != null) pubSync(dblclick, self, mouseLeft1, mouseTop1, plotWidCss, plotHgtCss, null);
		}
		function syncPxRatio() {
			axes.forEach(syncFontSize);
			_setSize(self.width, self.height, true);
		}
		on(dppxchange, win, syncPxRatio);
		const events = {};
		events.mousedown = mouseDown;
		events.mousemove = mouseMove;
		events.mouseup = mouseUp;
		events.dblclick = dblClick;
		events["setSeries"] = (e, src, idx, opts) => {
			let seriesIdxMatcher = syncOpts.match[2];
			idx = seriesIdxMatcher(self, src, idx);
			idx != -1 && setSeries(idx, opts, true, false);
		};
		if (showCursor) {
			onMouse(mousedown, over, mouseDown);
			onMouse(mousemove, over, mouseMove);
			onMouse(mouseenter, over, (e) => {
				setCursorEvent(e);
				syncRect(false);
			});
			onMouse(mouseleave, over, mouseLeave);
			onMouse(dblclick, over, dblClick);
			cursorPlots.add(self);
			self.syncRect = syncRect;
		}
		const hooks = self.hooks = opts.hooks || {};
		function fire(evName, a1, a2) {
			if (deferHooks) hooksQueue.push([
				evName,
				a1,
				a2
			]);
			else if (evName in hooks) hooks[evName].forEach((fn) => {
				fn.call(null, self, a1, a2);
			});
		}
		(opts.plugins || []).forEach((p) => {
			for (let evName in p.hooks) hooks[evName] = (hooks[evName] || []).concat(p.hooks[evName]);
		});
		const seriesIdxMatcher = (self, src, srcSeriesIdx) => srcSeriesIdx;
		const syncOpts = assign({
			key: null,
			setSeries: false,
			filters: {
				pub: retTrue,
				sub: retTrue
			},
			scales: [xScaleKey, series[1] ? series[1].scale : null],
			match: [
				retEq,
				retEq,
				seriesIdxMatcher
			],
			values: [null, null]
		}, cursor.sync);
		if (syncOpts.match.length == 2) syncOpts.match.push(seriesIdxMatcher);
		cursor.sync = syncOpts;
		const syncKey = syncOpts.key;
		const sync = _sync(syncKey);
		function pubSync(type, src, x, y, w, h, i) {
			if (syncOpts.filters.pub(type, src, x, y, w, h, i)) sync.pub(type, src, x, y, w, h, i);
		}
		sync.sub(self);
		function pub(type, src, x, y, w, h, i) {
			if (syncOpts.filters.sub(type, src, x, y, w, h, i)) events[type](null, src, x, y, w, h, i);
		}
		self.pub = pub;
		function destroy() {
			sync.unsub(self);
			cursorPlots.delete(self);
			mouseListeners.clear();
			off(dppxchange, win, syncPxRatio);
			root.remove();
			legendTable?.remove();
			fire("destroy");
		}
		self.destroy = destroy;
		function _init() {
			fire("init", opts, data);
			setData(data || opts.data, false);
			if (pendScales[xScaleKey]) setScale(xScaleKey, pendScales[xScaleKey]);
			else autoScaleX();
			shouldSetSelect = select.show && (select.width > 0 || select.height > 0);
			shouldSetCursor = shouldSetLegend = true;
			_setSize(opts.width, opts.height);
		}
		series.forEach(initSeries);
		axes.forEach(initAxis);
		if (then) {
			if (then instanceof HTMLElement) {
				then.appendChild(root);
				_init();
			} else then(self, _init);
		} else _init();
		return self;
	}
	uPlot.assign = assign;
	uPlot.fmtNum = fmtNum;
	uPlot.rangeNum = rangeNum;
	uPlot.rangeLog = rangeLog;
	uPlot.rangeAsinh = rangeAsinh;
	uPlot.orient = orient;
	uPlot.pxRatio = pxRatio;
	uPlot.join = join;
	uPlot.fmtDate = fmtDate;
	uPlot.tzDate = tzDate;
	uPlot.sync = _sync;
	{
		uPlot.addGap = addGap;
		uPlot.clipGaps = clipGaps;
		let paths = uPlot.paths = { points };
		paths.linear = linear;
		paths.stepped = stepped;
		paths.bars = bars;
		paths.spline = monotoneCubic;
	}
	// src/browser/chart.ts
	const HEIGHT = 230;
	const NARROWEST = 240;
	function chart(spec) {
		const canvas = el("div", {
			class: "canvas",
			role: "img",
			"aria-label": `${spec.title}. ${spec.sentence}`
		});
		const readout = el("p", {
			class: "readout",
			"aria-hidden": "true"
		});
		const element = el("figure", { class: "chart" }, el("figcaption", {}, el("h4", {}, spec.title), spec.note === "" ? null : el("p", { class: "note" }, spec.note)), el("ul", { class: "keys" }, ...spec.keys.map(({ mark, words }) => el("li", { class: `key ${mark}` }, words))), canvas, readout, numbers(spec));
		let plot = null;
		let width = 0;
		const draw = () => {
			width = Math.max(NARROWEST, Math.floor(canvas.clientWidth));
			plot?.destroy();
			const { hooks, ...options } = spec.options(paletteOf(element));
			plot = new uPlot({
				width,
				height: HEIGHT,
				legend: { show: false },
				cursor: {
					drag: {
						x: false,
						y: false
					},
					points: { show: false },
					y: false
				},
				padding: [
					12,
					28,
					0,
					0
				],
				...options,
				hooks: {
					...hooks,
					setCursor: [({ cursor: { idx } }) => {
						readout.textContent = idx === null || idx === void 0 ? "" : spec.readout(idx);
					}]
				}
			}, spec.data, canvas);
		};
		const observer = new ResizeObserver(() => {
			if (plot === null || Math.abs(canvas.clientWidth - width) < 2) return;
			width = Math.max(NARROWEST, Math.floor(canvas.clientWidth));
			plot.setSize({
				width,
				height: HEIGHT
			});
		});
		observer.observe(canvas);
		return {
			element,
			draw,
			remove() {
				observer.disconnect();
				plot?.destroy();
				plot = null;
			}
		};
	}
	function axis(palette, more) {
		return {
			stroke: palette.text,
			grid: {
				stroke: palette.grid,
				width: 1
			},
			ticks: {
				stroke: palette.grid,
				width: 1,
				size: 4
			},
			font: "12px system-ui, sans-serif",
			labelFont: "12px system-ui, sans-serif",
			size: 26,
			gap: 4,
			labelSize: 18,
			labelGap: 0,
			...more
		};
	}
	function dot(context, side, x, y, palette) {
		const size = 4 * devicePixelRatio;
		context.beginPath();
		context.lineWidth = 1.75 * devicePixelRatio;
		if (side === "baseline") {
			context.arc(x, y, size, 0, 2 * Math.PI);
			context.fillStyle = palette.ground;
			context.strokeStyle = palette.baseline;
			context.fill();
			context.stroke();
		} else {
			context.fillStyle = palette.candidate;
			context.fillRect(x - size, y - size, 2 * size, 2 * size);
		}
	}
	function inPlot(plot, paint) {
		const { ctx, bbox } = plot;
		ctx.save();
		ctx.beginPath();
		ctx.rect(bbox.left - 8, bbox.top - 8, bbox.width + 16, bbox.height + 16);
		ctx.clip();
		paint(ctx);
		ctx.restore();
	}
	function roomy(_, least, most) {
		const [from, to] = [least ?? 0, most ?? 1];
		const room = to > from ? .08 * (to - from) : Math.abs(to) * .05 || 1;
		return [from >= 0 ? Math.max(0, from - room) : from - room, to + room];
	}
	function numbers({ table: { head, rows } }) {
		const table = el("table", { class: "facts" }, el("thead", {}, el("tr", {}, ...head.map((words) => el("th", { scope: "col" }, words)))), el("tbody", {}, rows.map(([first = "", ...cells]) => el("tr", {}, el("th", { scope: "row" }, first), ...cells.map((words) => el("td", {}, words))))));
		return el("details", {}, el("summary", {}, "The numbers"), el("div", {
			class: "wide",
			tabindex: 0,
			role: "group",
			"aria-label": "Numbers of the chart"
		}, table));
	}
	function paletteOf(near) {
		const probe = el("span", {
			class: "probe",
			hidden: true
		});
		near.append(probe);
		const colour = (name) => {
			probe.className = `probe probe-${name}`;
			return getComputedStyle(probe).color;
		};
		const palette = {
			text: colour("text"),
			grid: colour("grid"),
			ground: colour("ground"),
			baseline: colour("baseline"),
			candidate: colour("candidate"),
			accent: colour("accent"),
			band: colour("band")
		};
		probe.remove();
		return palette;
	}
	// src/model/evidence.ts
	const EVIDENCE_LEVELS = [
		...[
			0,
			.01,
			.025,
			.05,
			.1,
			.15,
			.2,
			.25,
			.3,
			.35,
			.4,
			.45,
			.5,
			.55,
			.6,
			.65,
			.7,
			.75,
			.8,
			.85
		],
		...[
			.875,
			.9,
			.92,
			.94,
			.95,
			.96,
			.97,
			.975,
			.98,
			.985,
			.99,
			.993,
			.995,
			.9975,
			.999,
			.9995,
			.9999
		],
		1
	];
	// src/browser/distribution.ts
	const BODY = .99;
	function sideKeys(names) {
		return [{
			mark: "baseline",
			words: names.baseline
		}, {
			mark: "candidate",
			words: names.candidate
		}];
	}
	function quantilesOf(distribution) {
		if (distribution === null) return [];
		return (distribution.kind === "pooled" ? EVIDENCE_LEVELS : distribution.levels).flatMap((level, index) => {
			const value = distribution.values[index] ?? null;
			return value === null ? [] : [{
				level,
				value
			}];
		});
	}
	// src/browser/histogram.ts
	function sharesIn(quantiles, edges) {
		const below = edges.map((edge, index) => index === 0 ? 0 : levelAt(quantiles, edge));
		return below.slice(1).map((level, step) => level - below[step]);
	}
	function levelAt(quantiles, at) {
		const after = quantiles.findIndex(({ value }) => value > at);
		if (after === 0) return 0;
		if (after < 0) return quantiles.at(-1)?.level ?? 0;
		const [from, to] = [quantiles[after - 1], quantiles[after]];
		return from.level + (to.level - from.level) * (at - from.value) / (to.value - from.value);
	}
	// src/browser/histogram-chart.ts
	const BINS = 24;
	const FEWEST$1 = 12;
	function histogramChart(arms, names, quantity) {
		const shown = [arms.baseline, arms.candidate].filter((quantiles) => quantiles.length > 0);
		if (shown.some((quantiles) => quantiles.length < FEWEST$1)) return null;
		const values = shown.flat().filter(({ level }) => level <= BODY).map(({ value }) => quantity.scaled(value));
		const [low, high] = [smallest(values), largest$1(values)];
		if (!(high > low)) return null;
		const edges = Array.from({ length: 25 }, (_, bin) => low + (high - low) * bin / BINS);
		const bins = (quantiles) => {
			const shares = sharesIn(quantiles.map(({ level, value }) => ({
				level,
				value: quantity.scaled(value)
			})), edges);
			return quantiles.length === 0 ? shares.map(() => null) : shares.map((share) => 100 * share);
		};
		const [baseline, candidate] = [bins(arms.baseline), bins(arms.candidate)];
		const range = (bin) => `${Number(edges[bin].toPrecision(3))} – ${Number(edges[bin + 1].toPrecision(3))} ${quantity.unit}`.trim();
		const share = (value) => value == null ? "–" : percent(value / 100);
		const peak = (list, name) => {
			const most = list.reduce((best, value, bin) => (value ?? -1) > (list[best] ?? -1) ? bin : best, 0);
			return list.some((value) => value !== null) ? [`${name} ${range(most)}`] : [];
		};
		return {
			title: "Histogram",
			sentence: `Most frequent: ${[...peak(baseline, names.baseline), ...peak(candidate, names.candidate)].join(" · ")}.`,
			note: "Share of the samples in each step of value, up to p99. It is computed from percentiles 5 % apart, so it shows no finer detail.",
			keys: sideKeys(names),
			data: [
				edges,
				[...baseline, baseline.at(-1)],
				[...candidate, candidate.at(-1)]
			],
			options: (palette) => ({
				scales: {
					x: {
						time: false,
						range: [low, high]
					},
					y: { range: (_, __, most) => [0, (most || 1) * 1.08] }
				},
				axes: [axis(palette, { label: quantity.unit }), axis(palette, {
					size: 52,
					values: (_, ticks) => ticks.map((tick) => `${tick} %`)
				})],
				series: [
					{},
					{
						stroke: palette.baseline,
						width: 2,
						dash: [6, 4],
						...STEPPED
					},
					{
						stroke: palette.candidate,
						fill: translucent(palette.candidate),
						width: 2,
						...STEPPED
					}
				]
			}),
			readout: (index) => {
				const bin = Math.min(index, 23);
				const sides = [...baseline[bin] === null ? [] : [`${names.baseline} ${share(baseline[bin])}`], ...candidate[bin] === null ? [] : [`${names.candidate} ${share(candidate[bin])}`]];
				return `${range(bin)}: ${sides.join(" · ")}`;
			},
			table: {
				head: [
					"value",
					names.baseline,
					names.candidate
				],
				rows: baseline.map((value, bin) => [
					range(bin),
					share(value),
					share(candidate[bin])
				])
			}
		};
	}
	const STEPPED = {
		paths: uPlot.paths.stepped({ align: 1 }),
		points: { show: false }
	};
	function translucent(colour) {
		return colour.replace(/^rgb\((.*)\)$/, "rgba($1, 0.2)");
	}
	// src/browser/quantity.ts
	function quantityOf(unit, metric, values) {
		const { factor, suffix, own } = scaleFor(unit, metric, [largest(values)]);
		const after = own && suffix !== "" ? ` ${suffix}` : suffix;
		return {
			unit: suffix.trim(),
			scaled: (value) => value === null ? null : value / factor,
			words: (value) => value === null ? "–" : `${significant(value / factor)}${after}`
		};
	}
	function largest(values) {
		return values.reduce((most, value) => Math.max(most, Math.abs(value ?? 0)), 0);
	}
	// src/browser/distribution-chart.ts
	const LISTED = [
		0,
		.05,
		.25,
		.5,
		.75,
		.9,
		.95,
		.99,
		.999,
		.9999,
		1
	];
	const TAIL = [
		.5,
		.9,
		.99,
		.999,
		.9999
	];
	function distributionCharts(subject, names) {
		const arms = {
			baseline: quantilesOf(subject.baseline?.distribution ?? null),
			candidate: quantilesOf(subject.candidate?.distribution ?? null)
		};
		const all = [...arms.baseline, ...arms.candidate];
		if (all.length === 0) return [];
		const body = quantityOf(subject.unit, subject.metric, valuesUpTo(all, BODY));
		const tail = quantityOf(subject.unit, subject.metric, valuesUpTo(all, .9999));
		const note = noteOf$1(subject);
		const table = tableOf$1(arms, names, tail);
		const histogram = histogramChart(arms, names, body);
		return [
			{
				...ecdf(arms, names, body),
				title: "Distribution",
				note,
				table
			},
			...histogram === null ? [] : [histogram],
			{
				...percentiles(arms, names, tail),
				title: "Percentiles (log tail)",
				note: "Each step to the right is a tail ten times rarer.",
				table
			}
		].filter(({ data }) => data[0].length > 1);
	}
	function ecdf(arms, names, quantity) {
		const points = (quantiles) => {
			const shown = quantiles.filter(({ level }) => level <= BODY);
			const highest = new Map(shown.map(({ level, value }) => [quantity.scaled(value), level * 100]));
			return [[...highest.keys()], [...highest.values()]];
		};
		const data = uPlot.join([points(arms.baseline), points(arms.candidate)]);
		return {
			keys: sideKeys(names),
			sentence: `Share of samples at or below a value. Median: ${sides(arms, .5, names, quantity)}.`,
			data,
			options: (palette) => ({
				scales: {
					x: { time: false },
					y: { range: [0, 100] }
				},
				axes: [axis(palette, { label: quantity.unit }), axis(palette, {
					size: 52,
					values: (_, ticks) => ticks.map((tick) => `${tick} %`)
				})],
				series: lines(palette)
			}),
			readout: (index) => {
				const [xs, baseline, candidate] = data;
				const share = (list) => list?.[index];
				const parts = [...share(baseline) == null ? [] : [`${names.baseline} ${percent(Number(share(baseline)) / 100)}`], ...share(candidate) == null ? [] : [`${names.candidate} ${percent(Number(share(candidate)) / 100)}`]];
				return `up to ${Number(xs[index].toPrecision(4))} ${quantity.unit}: ${parts.join(" · ")}`;
			}
		};
	}
	function percentiles(arms, names, quantity) {
		const rarity = (level) => -Math.log10(1 - level);
		const points = (quantiles) => {
			const shown = quantiles.filter(({ level }) => level >= .5 && level < 1);
			return [shown.map(({ level }) => rarity(level)), shown.map(({ value }) => quantity.scaled(value))];
		};
		const data = uPlot.join([points(arms.baseline), points(arms.candidate)]);
		const [xs] = data;
		const last = xs.at(-1) ?? 2;
		const levels = TAIL.filter((level) => rarity(level) <= last + 1e-9);
		const few = xs.length < 12;
		return {
			keys: sideKeys(names),
			sentence: `99 % of samples are at or below: ${sides(arms, .99, names, quantity)}.`,
			data,
			options: (palette) => ({
				scales: {
					x: {
						time: false,
						range: [rarity(.5), Math.max(last, 1)]
					},
					y: { range: roomy }
				},
				axes: [axis(palette, {
					label: "percentile",
					splits: () => levels.map(rarity),
					values: () => levels.map((level) => `p${Number((level * 100).toFixed(2))}`)
				}), axis(palette, {
					label: quantity.unit,
					size: 58
				})],
				series: lines(palette),
				...few && { hooks: { draw: [(plot) => inPlot(plot, (context) => {
					for (const [side, list] of [["baseline", data[1]], ["candidate", data[2]]]) for (const [index, value] of [...list ?? []].entries()) {
						if (value == null) continue;
						dot(context, side, plot.valToPos(xs[index], "x", true), plot.valToPos(value, "y", true), palette);
					}
				})] } }
			}),
			readout: (index) => {
				const level = 1 - 10 ** -xs[index];
				return `p${Number((level * 100).toPrecision(4))}: ${sides(arms, level, names, quantity)}`;
			}
		};
	}
	function lines(palette) {
		return [
			{},
			{
				stroke: palette.baseline,
				width: 2,
				dash: [6, 4],
				points: { show: false },
				spanGaps: true
			},
			{
				stroke: palette.candidate,
				width: 2,
				points: { show: false },
				spanGaps: true
			}
		];
	}
	function noteOf$1({ baseline, candidate }) {
		const kinds = [baseline?.distribution, candidate?.distribution].filter((each) => each != null);
		const counts = kinds.flatMap((each) => each.kind === "pooled" ? [each.samples] : []);
		if (counts.length < kinds.length) return "The percentiles that the tool printed, each the mean over the rounds.";
		return `All rounds together, each with equal weight: ${counts.map((count) => count.toLocaleString("en-US")).join(" and ")} ${plural(counts.at(-1), "sample", "samples").replace(/^\S+ /, "")}. Shown up to p99.`;
	}
	function tableOf$1({ baseline, candidate }, names, quantity) {
		const has = (level) => [...baseline, ...candidate].some((each) => near(each.level, level));
		return {
			head: [
				"percentile",
				names.baseline,
				names.candidate,
				"change"
			],
			rows: LISTED.filter(has).map((level) => {
				const [before, after] = [valueAt(baseline, level), valueAt(candidate, level)];
				const name = level === 0 ? "smallest" : level === 1 ? "largest" : `p${Number((level * 100).toFixed(2))}`;
				const change = before === null || after === null ? "–" : signedPercent(after / before);
				return [
					name,
					quantity.words(before),
					quantity.words(after),
					change
				];
			})
		};
	}
	function sides(arms, level, names, quantity) {
		return ["baseline", "candidate"].flatMap((side) => {
			const value = valueAt(arms[side], level);
			return value === null ? [] : [`${names[side]} ${quantity.words(value)}`];
		}).join(" · ");
	}
	function valueAt(quantiles, level) {
		return quantiles.find((each) => near(each.level, level))?.value ?? null;
	}
	function valuesUpTo(quantiles, level) {
		const shown = quantiles.filter((each) => each.level <= level);
		return (shown.length === 0 ? quantiles : shown).map(({ value }) => value);
	}
	function near(a, b) {
		return Math.abs(a - b) < 1e-7;
	}
	// src/model/once.ts
	function onceFor(compute) {
		const known = new WeakMap();
		return (key) => {
			const found = known.get(key) ?? { answer: compute(key) };
			known.set(key, found);
			return found.answer;
		};
	}
	// src/report/parts/labels.ts
	function label({ suite, benchmark, metric, statistic }) {
		return `${suite}/${benchmark} ${metric} ${statistic}`;
	}
	// src/report/parts/buckets.ts
	const BUCKETS = [
		{
			name: "accepted",
			symbol: "☑️",
			word: "accepted",
			many: "accepted",
			colour: "yellow",
			holds: ({ accepted }) => accepted !== null
		},
		{
			name: "limit",
			symbol: "❌",
			word: "broken limit",
			many: "broken limits",
			colour: "red",
			holds: ({ verdict, limit, severity }) => verdict === "regression" && limit?.broken === true && severity === "gate"
		},
		{
			name: "regression",
			symbol: "❌",
			word: "regression",
			many: "regressions",
			colour: "red",
			holds: ({ verdict, severity }) => verdict === "regression" && severity === "gate"
		},
		{
			name: "missed-goal",
			symbol: "❌",
			word: "missed goal",
			many: "missed goals",
			colour: "red",
			holds: ({ goal, severity }) => goal?.state === "missed" && severity === "gate"
		},
		{
			name: "advisory",
			symbol: "⚠️",
			word: "advisory regression",
			many: "advisory regressions",
			colour: "yellow",
			holds: ({ verdict }) => verdict === "regression"
		},
		{
			name: "limit-before",
			symbol: "⚠️",
			word: "old broken limit",
			many: "old broken limits",
			colour: "yellow",
			holds: ({ limit, severity }) => limit?.broken === true && severity === "advisory"
		},
		{
			name: "failed-before",
			symbol: "⚠️",
			word: "failed on the base",
			many: "failed on the base",
			colour: "yellow",
			holds: ({ verdict, failure }) => verdict === "failed" && failure?.side === "baseline"
		},
		{
			name: "failed",
			symbol: "❌",
			word: "failed",
			many: "failed",
			colour: "red",
			holds: ({ verdict }) => verdict === "failed"
		},
		{
			name: "removed",
			symbol: "⚠️",
			word: "removed",
			many: "removed",
			colour: "yellow",
			holds: ({ verdict }) => verdict === "removed"
		},
		{
			name: "inconclusive",
			symbol: "⚠️",
			word: "inconclusive",
			many: "inconclusive",
			colour: "yellow",
			holds: ({ verdict, severity }) => verdict === "inconclusive" && severity === "gate"
		},
		{
			name: "undecided",
			symbol: "⚪",
			word: "advisory undecided",
			many: "advisory undecided",
			colour: "none",
			holds: ({ verdict }) => verdict === "inconclusive"
		},
		{
			name: "open-goal",
			symbol: "⚠️",
			word: "open goal",
			many: "open goals",
			colour: "yellow",
			holds: ({ goal, severity }) => goal?.state === "open" && severity === "gate"
		},
		{
			name: "improvement",
			symbol: "✅",
			word: "improvement",
			many: "improvements",
			colour: "green",
			holds: ({ verdict }) => verdict === "improvement"
		},
		{
			name: "added",
			symbol: "⚪",
			word: "new",
			many: "new",
			colour: "none",
			holds: ({ verdict }) => verdict === "added"
		},
		{
			name: "same-code",
			symbol: "⚪",
			word: "unchanged, same code",
			many: "unchanged, same code",
			colour: "none",
			holds: ({ verdict }) => verdict === "same-code"
		},
		{
			name: "unchanged",
			symbol: "⚪",
			word: "unchanged",
			many: "unchanged",
			colour: "none",
			holds: () => true
		}
	];
	const READING_ORDER = [
		"regression",
		"limit",
		"missed-goal",
		"failed",
		"failed-before",
		"removed",
		"advisory",
		"limit-before",
		"accepted",
		"inconclusive",
		"open-goal",
		"improvement",
		"added",
		"unchanged",
		"same-code",
		"undecided"
	];
	function bucketOf(judgement) {
		const bucket = BUCKETS.find(({ holds }) => holds(judgement));
		return bucket === UNCHANGED && judgement.verdict === "not-slower" ? NOT_SLOWER : bucket;
	}
	const UNCHANGED = BUCKETS.at(-1);
	const NOT_SLOWER = {
		...UNCHANGED,
		word: "not slower"
	};
	const byBucket = onceFor((judgements) => {
		const found = new Map(READING_ORDER.map((name) => [name, []]));
		for (const of of judgements) {
			const { name } = bucketOf(of);
			const size = name === "unchanged" || name === "same-code" ? 0 : sizeOf$1(of);
			found.get(name).push({
				of,
				size,
				name: label(of)
			});
		}
		return new Map([...found].map(([name, rows]) => [name, rows.sort(largestFirst).map((placed) => placed.of)]));
	});
	function countedWords(names) {
		const counts = new Map();
		for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
		return READING_ORDER.flatMap((name) => {
			const count = counts.get(name) ?? 0;
			const { word, many } = BUCKETS.find((bucket) => bucket.name === name);
			return count === 0 ? [] : [plural(count, word, many)];
		});
	}
	function largestFirst(a, b) {
		return b.size - a.size || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
	}
	function sizeOf$1({ comparison }) {
		const distance = Math.abs(Math.log(comparison?.ratio ?? 1));
		return Number.isNaN(distance) ? 0 : Math.min(distance, 1e9);
	}
	// src/model/recording.ts
	function reasonLine({ reason }) {
		return reason.trim().split("\n")[0].replace(/\.$/, "");
	}
	// src/report/words/statistic.ts
	function statisticWords({ metric, statistic }, ink) {
		if (metric === "complexity") return metric;
		const { printed } = traitsOf(metric);
		if (printed === "unsaid") return statistic;
		return `${printed === "plain" ? metric : ink.name(metric, 30)} ${statistic}`;
	}
	// src/report/parts/forest.ts
	const CELLS_PER_BOUND = 3;
	const HALF = 7;
	const DEFAULT_BOUND = .05;
	function forestScale(judgements) {
		const compared = judgements.filter(({ comparison }) => comparison !== null);
		const thresholds = compared.map(({ threshold }) => Math.log1p(threshold ?? 0));
		const ends = compared.flatMap(({ comparison }) => [log$1(comparison.interval.lower), log$1(comparison.interval.upper)]);
		if (ends.length === 0) return null;
		const widest = thresholds.reduce((a, b) => Math.max(a, b), .01);
		const sizes = ends.map(Math.abs).sort((a, b) => a - b);
		const cap = Math.max(3 * sizes[Math.floor(.75 * (sizes.length - 1))], 3 * widest);
		return {
			lower: Math.max(-cap, finite(ends).reduce((a, b) => Math.min(a, b), -1.2 * widest)),
			upper: Math.min(cap, finite(ends).reduce((a, b) => Math.max(a, b), 1.2 * widest))
		};
	}
	function forest({ comparison, threshold, judged, better }) {
		if (comparison === null) return "";
		const bound = judged?.bound ?? threshold ?? 0;
		const unit = bound > 0 ? bound : DEFAULT_BOUND;
		const sign = worse(better);
		const cell = (ratio) => HALF + Math.round(sign * (ratio - 1) * CELLS_PER_BOUND / unit);
		const { ratio, interval } = comparison;
		const at = Math.min(15, Math.max(-1, cell(ratio)));
		const [lower, upper] = [cell(interval.lower), cell(interval.upper)].sort((a, b) => a - b);
		const ticks = bound > 0 ? [4, 10] : [];
		return Array.from({ length: 15 }, (_, index) => {
			if (index === 0 && lower < 0) return "◄";
			if (index === 14 && upper > 14) return "►";
			if (index === at) return "●";
			const inside = index >= lower && index <= upper;
			if (ticks.includes(index)) return inside ? "┿" : "┆";
			if (index === HALF) return inside ? "┼" : "│";
			if (index === lower) return "├";
			if (index === upper) return "┤";
			return inside ? "─" : " ";
		}).join("");
	}
	function toleratedBand(threshold) {
		return {
			lower: log$1(1 - threshold),
			upper: Math.log1p(threshold)
		};
	}
	function log$1(ratio) {
		return ratio <= 0 || Number.isNaN(ratio) ? Number.NEGATIVE_INFINITY : Math.log(ratio);
	}
	function finite(values) {
		return values.filter(Number.isFinite);
	}
	const COLUMNS$2 = {
		verdict: ({ ink }) => ({
			header: "verdict",
			align: "left",
			cell: (judgement) => ink.verdict(bucketOf(judgement))
		}),
		benchmark: ({ ink, nameLimit }) => ({
			header: "benchmark",
			align: "left",
			cell: (judgement) => benchmarkName(judgement, ink, nameLimit)
		}),
		statistic: ({ ink }) => ({
			header: "statistic",
			align: "left",
			cell: (judgement) => isWhole(judgement) ? "–" : statisticWords(judgement, ink)
		}),
		baseline: ({ ink, sides }) => ({
			header: sides.baseline,
			align: "right",
			cell: (judgement) => quantity(judgement, judgement.baseline, ink)
		}),
		candidate: ({ ink, sides }) => ({
			header: sides.candidate,
			align: "right",
			cell: (judgement) => quantity(judgement, judgement.candidate, ink)
		}),
		sides: ({ ink, sides, alone }) => ({
			header: alone ? sides.candidate : `${sides.baseline} → ${sides.candidate}`,
			align: "left",
			cell: (judgement) => sidesWords(judgement, ink)
		}),
		change: ({ ink, level }) => {
			const beside = (first, second) => `${first} ${ink.figure(second)}`;
			return {
				header: beside("change", level === null ? "(interval)" : `(${percent(level)} interval)`),
				align: "left",
				cell: ({ comparison, unit }) => {
					if (comparison === null) return "–";
					const { ratio, interval, design } = comparison;
					const estimate = ink.strong(change$1(ratio, wordsFor(unit)));
					if (design === "exact") return beside(estimate, "(exact)");
					const reached = level === null ? ` at ${percent(interval.level)}` : "";
					return beside(estimate, changeInterval(interval, ratio) + reached);
				}
			};
		},
		plot: ({ ink }) => ({
			header: "against it",
			align: "left",
			cell: (judgement) => judgement.comparison === null ? "–" : ink.plot(forest(judgement))
		}),
		limit: ({ ink }) => ({
			header: "threshold",
			align: "left",
			cell: (judgement) => limitWords(judgement, ink)
		}),
		needs: ({ ink, secondsPerPair }) => ({
			header: "what it would take",
			align: "left",
			cell: (judgement) => needs(judgement, ink, secondsPerPair) || "–"
		}),
		reason: ({ ink }) => ({
			header: "reason",
			align: "left",
			cell: ({ accepted, failure, source }) => {
				if (failure !== null) return ink.name(failureWords(failure, source), REASON);
				if (accepted === null) return "–";
				const until = accepted.until === null ? "" : `, until ${ink.name(accepted.until)}`;
				return `${ink.name(accepted.reason, 300)} (${ink.figure(`up to ${percent(accepted.upTo)}`)}${until})`;
			}
		}),
		rounds: () => ({
			header: "rounds",
			align: "right",
			cell: ({ comparison }) => String(comparison?.rounds ?? "–")
		}),
		noise: ({ ink }) => ({
			header: "noise (sd)",
			align: "right",
			cell: ({ comparison }) => comparison === null ? "–" : ink.figure(percent(comparison.noise))
		}),
		detectable: ({ ink }) => ({
			header: "detectable",
			align: "right",
			cell: ({ comparison }) => ink.figure(percent(comparison?.detectable ?? NaN))
		}),
		p: ({ ink }) => ({
			header: "p (adjusted)",
			align: "left",
			cell: ({ comparison }) => {
				if (comparison === null || comparison.p === null) return "–";
				const adjusted = comparison.adjustedP === null ? "" : ` (${small(comparison.adjustedP)})`;
				return ink.figure(probability(comparison.p) + adjusted);
			}
		})
	};
	function columnsFor(names, judgements, ink, sides, secondsPerPair = null) {
		const levels = new Set(judgements.flatMap(({ comparison }) => comparison === null || comparison.design === "exact" ? [] : [comparison.interval.level]));
		const context = {
			ink,
			sides,
			level: levels.size === 1 ? [...levels][0] : null,
			secondsPerPair,
			alone: judgements.every(({ baseline }) => baseline === null),
			nameLimit: telling(judgements)
		};
		return names.map((name) => ({
			name,
			...COLUMNS$2[name](context)
		})).filter(({ cell }) => judgements.some((judgement) => cell(judgement) !== "–"));
	}
	function quantity({ unit, metric, baseline, candidate }, value, ink) {
		if (value === null || !Number.isFinite(value)) return "–";
		const { factor, suffix, own } = scaleFor(unit, metric, [baseline, candidate]);
		const number = significant(value / factor);
		return own ? `${number}${suffix === "" ? "" : ` ${ink.name(suffix)}`}` : ink.figure(`${number}${suffix}`);
	}
	function isWhole({ verdict, benchmark }) {
		return verdict === "failed" || verdict === "same-code" && benchmark === "*";
	}
	const REASON = 160;
	function failureWords(failure, source) {
		const place = source === null ? "" : `, ${source.file}${source.line === void 0 ? "" : `:${source.line}`}`;
		return `${reasonLine(failure)}${place}`;
	}
	function sidesWords({ unit, metric, baseline, candidate }, ink) {
		if (baseline === null && candidate === null) return "–";
		const { factor, suffix, own } = scaleFor(unit, metric, [baseline, candidate]);
		const numbers = [baseline, candidate].map((value) => significant(value === null ? null : value / factor));
		const written = own ? suffix === "" ? "" : ` ${ink.name(suffix)}` : ink.figure(suffix);
		if (candidate === null) return `${numbers[0]}${written} → –`;
		return `${baseline === null ? numbers[1] : numbers.join(" → ")}${written}`;
	}
	function promiseWords(judgement, ink) {
		const { better, limit, goal } = judgement;
		const [most, wanted] = better === "lower" ? ["≤", "−"] : ["≥", "+"];
		return [...limit === null ? [] : [`limit ${most}${ink.figure(" ")}${quantity(judgement, limit.value, ink)}`], ...goal === null ? [] : [`goal ${ink.figure(`${wanted}${percent(goal.value)}`)}${goal.state === "proven" ? " proven" : ""}`]];
	}
	function limitWords(judgement, ink) {
		const { threshold, judged, better, limit, verdict } = judgement;
		if (verdict === "failed" || verdict === "removed" || verdict === "added" && limit === null) return "–";
		const worse = better === "lower" ? "+" : "−";
		return [
			...threshold === null ? [] : [ink.figure(`${worse}${percent(threshold)}`)],
			...judged?.why === "resolution" ? [`${worse}${quantity(judgement, judged.amount, ink)} in force: the clock's steps`] : [],
			...promiseWords(judgement, ink)
		].join(", ") || "–";
	}
	// src/browser/badge.ts
	const SIGNS = {
		red: "✕",
		yellow: "!",
		green: "✓",
		none: "·"
	};
	const OWN_SIGNS = {
		removed: "−",
		accepted: "✓",
		inconclusive: "?",
		"open-goal": "?",
		added: "+",
		unchanged: "="
	};
	function badge({ name, word, colour }) {
		return el("span", { class: `badge ${colour}` }, el("span", {
			class: "sign",
			"aria-hidden": "true"
		}, OWN_SIGNS[name] ?? SIGNS[colour]), el("span", { class: "word" }, word));
	}
	// src/browser/forest-plot.ts
	const EDGE = 10;
	const NEAREST = 34;
	function forestRow(judgement, scale, size) {
		const { comparison, threshold } = judgement;
		const root = canvas(size, { class: `forest ${bucketOf(judgement).colour}` });
		if (comparison === null || scale === null) return root;
		const x = position(scale, size);
		const middle = size.height / 2;
		const band = toleratedBand(threshold ?? 0);
		const [lower, at, upper] = [
			comparison.interval.lower,
			comparison.ratio,
			comparison.interval.upper
		].map(log);
		if (band.upper > 0) {
			const from = x(within$1(band.lower, scale));
			root.append(rect(from, 3, x(within$1(band.upper, scale)) - from, size.height - 6, "band"));
		}
		root.append(line(x(0), 0, x(0), size.height, "zero"));
		const cap = (at) => line(x(at), middle - 6, x(at), middle + 6, "interval");
		root.append(line(x(within$1(lower, scale)), middle, x(within$1(upper, scale)), middle, "interval"));
		if (lower < scale.lower) root.append(arrow(x(scale.lower), middle, -1));
		else if (lower <= scale.upper) root.append(cap(lower));
		if (upper > scale.upper) root.append(arrow(x(scale.upper), middle, 1));
		else if (upper >= scale.lower) root.append(cap(upper));
		if (at === within$1(at, scale)) root.append(svg("circle", {
			cx: x(at),
			cy: middle,
			r: 3.5,
			class: "point"
		}));
		return root;
	}
	function forestAxis(scale, size) {
		const root = canvas(size, { class: "forest axis" });
		if (scale === null) return root;
		const x = position(scale, size);
		for (const ratio of ticks$1(scale)) {
			const at = x(Math.log(ratio));
			if (ratio !== 1 && Math.abs(at - x(0)) < NEAREST) continue;
			root.append(line(at, size.height - 4, at, size.height, "zero"));
			const anchor = at < 24 ? "start" : at > size.width - 24 ? "end" : "middle";
			root.append(svg("text", {
				x: at,
				y: size.height - 8,
				"text-anchor": anchor
			}, ratio === 1 ? "0" : tickWords$1(ratio)));
		}
		return root;
	}
	const GROWN = [
		1.01,
		1.02,
		1.05,
		1.1,
		1.2,
		1.5,
		2,
		3,
		5,
		10,
		30,
		100,
		1e3
	];
	const SHRUNK = [
		.99,
		.98,
		.95,
		.9,
		.8,
		...GROWN.slice(5).map((factor) => 1 / factor)
	];
	function ticks$1({ lower, upper }) {
		const furthest = (ratios, reach) => ratios.filter((ratio) => Math.abs(Math.log(ratio)) <= reach).slice(-1);
		return [
			...furthest(SHRUNK, -lower),
			1,
			...furthest(GROWN, upper)
		];
	}
	function tickWords$1(ratio) {
		if (ratio >= 1.5) return `×${ratio}`;
		return ratio < .7 ? `÷${Number((1 / ratio).toPrecision(3))}` : signedPercent(Number(ratio.toPrecision(3))).replace(/\.0+(?= )/, "");
	}
	function position({ lower, upper }, { width }) {
		return (value) => EDGE + (value - lower) / (upper - lower) * (width - 20);
	}
	function within$1(value, { lower, upper }) {
		return Math.min(upper, Math.max(lower, value));
	}
	function log(ratio) {
		return ratio <= 0 || Number.isNaN(ratio) ? Number.NEGATIVE_INFINITY : Math.log(ratio);
	}
	function canvas({ width, height }, more) {
		return svg("svg", {
			width,
			height,
			viewBox: `0 0 ${width} ${height}`,
			"aria-hidden": "true",
			focusable: "false",
			...more
		});
	}
	function rect(x, y, width, height, name) {
		return svg("rect", {
			x,
			y,
			width,
			height,
			class: name
		});
	}
	function line(x1, y1, x2, y2, name) {
		return svg("line", {
			x1,
			y1,
			x2,
			y2,
			class: name
		});
	}
	function arrow(x, y, direction) {
		const base = x + 2 * direction;
		return svg("path", {
			d: `M${base + 6 * direction} ${y} L${base} ${y - 5} L${base} ${y + 5} Z`,
			class: "arrow"
		});
	}
	// src/browser/prose.ts
	function prose(text) {
		return pieces(text).map(({ kind, text: own }) => {
			if (kind === "words") return own;
			return el(kind === "code" ? "code" : "bdi", {}, own);
		});
	}
	// src/browser/facts.ts
	const DESIGNS = {
		pairs: "in pairs, side by side",
		stored: "against stored runs (prediction interval)",
		unpaired: "two independent sets of rounds (Welch)",
		exact: "exactly: the values do not vary"
	};
	const COLUMNS$1 = [
		"baseline",
		"candidate",
		"change",
		"limit",
		"needs",
		"reason"
	];
	const NAMES$1 = { limit: "threshold and limit" };
	const MORE = [
		{
			name: "compared",
			of: ({ comparison }) => comparison && DESIGNS[comparison.design]
		},
		{
			name: "pairs, rounds or runs",
			of: ({ comparison }) => comparison && String(comparison.rounds)
		},
		{
			name: "noise (sd of one)",
			of: ({ comparison }) => tested(comparison) ? percent(comparison.noise) : null
		},
		{
			name: "detectable change",
			of: ({ comparison }) => comparison?.detectable == null ? null : percent(comparison.detectable)
		},
		{
			name: "p (adjusted)",
			of: ({ comparison }) => {
				if (comparison === null || comparison.p === null) return null;
				return `${small(comparison.p)}${comparison.adjustedP === null ? "" : ` (${small(comparison.adjustedP)})`}`;
			}
		},
		{
			name: "interval without assumptions",
			of: ({ comparison }) => comparison?.check == null ? null : checkWords(comparison.check, comparison.ratio)
		},
		{
			name: "chance of a false alarm",
			of: ({ comparison }) => tested(comparison) ? small(comparison.falseAlarm) : null
		},
		{
			name: "goal",
			of: ({ goal }) => goal && `${percent(goal.value)} better: ${GOALS[goal.state]}`
		},
		{
			name: "gates",
			of: ({ severity }) => severity === "gate" ? "yes" : "no: shown only"
		}
	];
	const GOALS = {
		proven: "proven",
		open: "not yet proven",
		missed: "missed"
	};
	const PLOT$1 = {
		width: 300,
		height: 30
	};
	function factsTable(judgements, sides, secondsPerPair) {
		const columns = columnsFor(COLUMNS$1, judgements, PAGE, sides, secondsPerPair);
		const scale = forestScale(judgements);
		const rows = [
			row("verdict", judgements, (judgement) => [badge(bucketOf(judgement))]),
			...columns.flatMap((column) => [told(column, judgements), ...column.name === "change" && scale !== null ? [plots(judgements, scale)] : []]),
			...MORE.flatMap(({ name, of }) => judgements.some((judgement) => of(judgement)) ? [row(name, judgements, (each) => [of(each) || "–"])] : [])
		];
		const heads = judgements.map(({ statistic, failure }) => el("th", {
			scope: "col",
			class: "statistic"
		}, failure === null ? statistic : "failed"));
		return el("div", {
			class: "wide",
			tabindex: 0,
			role: "group",
			"aria-label": "Numbers of this benchmark"
		}, el("table", { class: "facts detail" }, el("thead", {}, el("tr", {}, el("td"), ...heads)), el("tbody", {}, ...rows)));
	}
	function told({ name, header, cell }, judgements) {
		return row(NAMES$1[name] ?? header, judgements, (judgement) => prose(cell(judgement)));
	}
	function plots(judgements, scale) {
		const axis = () => forestAxis(scale, {
			...PLOT$1,
			height: 22
		});
		const cell = (judgement) => judgement.comparison === null ? ["–"] : [el("div", { class: "plot" }, axis(), forestRow(judgement, scale, PLOT$1))];
		return row("against the threshold", judgements, cell);
	}
	function row(name, judgements, cell) {
		return el("tr", {}, el("th", { scope: "row" }, name), ...judgements.map((judgement) => el("td", {}, ...cell(judgement))));
	}
	function tested(comparison) {
		return comparison !== null && comparison.design !== "exact";
	}
	function checkWords(check, ratio) {
		return `${changeInterval(check, ratio)} at ${percent(check.level)}`;
	}
	// src/browser/growth-chart.ts
	let known$2 = null;
	function growthCharts({ suite, benchmark, metric }, sides) {
		known$2 ??= JSON.parse(byId(BLOCKS.growth).textContent);
		return known$2.filter((growth) => growth.suite === suite && isOf(growth, benchmark, metric)).map((growth) => specOf(growth, sides));
	}
	function isOf(growth, benchmark, metric) {
		if (metric === "complexity") return growth.family === benchmark;
		return growth.metric === metric && growth.points.some((point) => point.benchmark === benchmark);
	}
	function ticks(_, __, least, most) {
		const powers = (steps) => Array.from({ length: 37 }, (_, i) => 10 ** (i - 18)).flatMap((power) => steps.map((step) => step * power)).filter((tick) => tick >= least && tick <= most);
		const decades = powers([1]);
		return decades.length > 2 ? decades : powers([
			1,
			2,
			5
		]);
	}
	function specOf({ points, baseline, candidate, metric, unit, family }, sides) {
		const quantity = quantityOf(unit, metric, points.flatMap((point) => [point.baseline, point.candidate]));
		const sizes = points.map(({ size }) => size);
		const was = baseline === null ? "" : `, was ${powerWords(baseline)}`;
		const sentence = `It grows as ${powerWords(candidate)}${was}.`;
		const scaled = (side) => points.map((point) => quantity.scaled(point[side]));
		const marks = ["baseline", "candidate"].filter((mark) => mark === "candidate" || baseline !== null);
		return {
			title: `How ${family} grows`,
			sentence,
			note: `${sentence} Both scales are logarithmic: the steeper the line, the larger the power.`,
			keys: marks.map((mark) => ({
				mark,
				words: sides[mark]
			})),
			data: [
				sizes,
				scaled("baseline"),
				scaled("candidate")
			],
			options: (palette) => ({
				scales: {
					x: {
						time: false,
						distr: 3,
						range: apart
					},
					y: {
						distr: 3,
						range: apart
					}
				},
				axes: [axis(palette, {
					label: "size",
					space: 50,
					splits: () => [...sizes],
					values: tickWords
				}), axis(palette, {
					label: quantity.unit,
					size: 58,
					splits: ticks,
					values: tickWords
				})],
				series: [
					{},
					{
						stroke: palette.baseline,
						width: 1.5,
						dash: [6, 4],
						points: { show: false }
					},
					{
						stroke: palette.candidate,
						width: 1.5,
						points: { show: false }
					}
				],
				hooks: { draw: [(plot) => inPlot(plot, (context) => {
					for (const mark of marks) for (const point of points) {
						const value = quantity.scaled(point[mark]);
						if (value === null) continue;
						const [x, y] = [plot.valToPos(point.size, "x", true), plot.valToPos(value, "y", true)];
						dot(context, mark, x, y, palette);
					}
				})] }
			}),
			readout: (index) => {
				const { size, ...point } = points[index];
				return `${sizeWords(size)}: ${marks.map((mark) => `${sides[mark]} ${quantity.words(point[mark])}`).join(", ")}`;
			},
			table: {
				head: [
					"size",
					sides.baseline,
					sides.candidate
				],
				rows: points.map((point) => [
					sizeWords(point.size),
					quantity.words(point.baseline),
					quantity.words(point.candidate)
				])
			}
		};
	}
	function apart(_, least, most) {
		const [from, to] = [least ?? 1, most ?? 10];
		const room = Math.max((to / from) ** .08, 1.05);
		return [from / room, to * room];
	}
	function tickWords(_, splits) {
		return splits.map(sizeWords);
	}
	function sizeWords(size) {
		return size >= 1e7 || size < .001 ? size.toExponential(0).replace("e+", "e") : size.toLocaleString("en-US");
	}
	function powerWords({ value, interval: { lower, upper } }) {
		return `n^${value.toFixed(2)} (${lower.toFixed(2)} … ${upper.toFixed(2)})`;
	}
	// src/browser/history-chart.ts
	function historyChart(evidence, subject, index, names, pages) {
		const runs = subject.history[index] ?? [];
		if (runs.length === 0) return null;
		const own = meanOf(subject.candidate?.rounds[index] ?? []);
		const quantity = quantityOf(subject.unit, subject.metric, [...runs, own]);
		const steps = subject.steps[index] ?? [];
		const name = (run) => evidence.history[run]?.sha.slice(0, 7) || `run ${run + 1}`;
		const words = steps.map((step) => stepWords(step, step.at < runs.length ? name(step.at) : names.candidate));
		const last = runs.length + 1;
		return {
			title: `${subject.statistics[index]} over the stored runs`,
			sentence: `${plural(runs.length, "run", "runs")}. ${words.length === 0 ? "" : `${words.join(". ")}.`}`,
			note: ["Each ring is the mean of one run on the base branch, oldest first.", ...words.map((each) => `${each}.`)].join(" "),
			keys: [
				{
					mark: "baseline",
					words: names.baseline
				},
				{
					mark: "candidate",
					words: names.candidate
				},
				...["change", "accepted"].filter((kind) => steps.some((step) => step.kind === kind)).map((mark) => ({
					mark,
					words: mark === "change" ? "level changed" : "accepted step"
				}))
			],
			data: [
				[...runs.map((_, run) => run + 1), last],
				[...runs.map(quantity.scaled), null],
				[...runs.map(() => null), quantity.scaled(own)]
			],
			options: (palette) => ({
				scales: {
					x: {
						time: false,
						range: [.5, last + .5]
					},
					y: { range: roomy }
				},
				axes: [axis(palette, {
					label: "run",
					space: 36,
					incrs: [
						1,
						2,
						5,
						10,
						20,
						50,
						100,
						200,
						500
					],
					grid: { show: false }
				}), axis(palette, {
					label: quantity.unit,
					size: 58
				})],
				series: [
					{},
					{
						stroke: palette.baseline,
						width: 1.5,
						points: { show: false },
						spanGaps: true
					},
					{
						stroke: palette.candidate,
						points: { show: false }
					}
				],
				hooks: { draw: [(plot) => inPlot(plot, (context) => {
					const { top, height } = plot.bbox;
					for (const { at, kind } of steps) {
						const x = plot.valToPos(at + .5, "x", true);
						context.beginPath();
						context.setLineDash(kind === "change" ? [] : [6 * devicePixelRatio, 4 * devicePixelRatio]);
						context.lineWidth = 1.5 * devicePixelRatio;
						context.strokeStyle = palette.accent;
						context.moveTo(x, top);
						context.lineTo(x, top + height);
						context.stroke();
					}
					context.setLineDash([]);
					for (const [run, value] of runs.entries()) {
						if (value === null) continue;
						const y = plot.valToPos(quantity.scaled(value), "y", true);
						dot(context, "baseline", plot.valToPos(run + 1, "x", true), y, palette);
					}
					if (own === null) return;
					const y = plot.valToPos(quantity.scaled(own), "y", true);
					dot(context, "candidate", plot.valToPos(last, "x", true), y, palette);
				})] }
			}),
			readout: (run) => run < runs.length ? `${name(run)} ${dayOf(evidence, run)}: ${quantity.words(runs[run] ?? null)}` : `${names.candidate}: ${quantity.words(own)}`,
			table: {
				head: [
					"run",
					"committed",
					"mean",
					"remark"
				],
				rows: [...runs.map((value, run) => [
					linked(name(run), pages.commit(evidence.history[run]?.sha ?? "")),
					dayOf(evidence, run),
					quantity.words(value),
					remark(steps, words, run)
				]), [
					names.candidate,
					"",
					quantity.words(own),
					remark(steps, words, runs.length)
				]]
			}
		};
	}
	function linked(words, address) {
		return address === null ? words : el("a", {
			href: address,
			rel: "noopener noreferrer"
		}, words);
	}
	function stepWords({ kind, ratio, reason }, run) {
		const by = ratio === null ? "" : ` by ${signedPercent(ratio)}`;
		return kind === "change" ? `Its level changed${by} with ${run}` : `A step${by} was accepted with ${run}: ${reason}`;
	}
	function remark(steps, words, run) {
		return words.filter((_, index) => steps[index].at === run).join("; ");
	}
	function dayOf({ history }, run) {
		return history[run]?.committedAt.slice(0, 10) ?? "";
	}
	function meanOf(rounds) {
		const values = rounds.filter((value) => value !== null);
		if (values.length === 0) return null;
		const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
		return values.every((value) => value > 0) ? Math.exp(mean(values.map(Math.log))) : mean(values);
	}
	// src/browser/outliers.ts
	const FEWEST = 6;
	const FURTHEST = 3.5;
	const TO_SD = 1.4826;
	function outliers(values) {
		const logs = values.map((value) => value === null || !(value > 0) ? null : Math.log(value));
		const known = logs.filter((value) => value !== null);
		const middle = median(known);
		const spread = TO_SD * median(known.map((value) => Math.abs(value - middle)));
		if (known.length < FEWEST || !(spread > 0)) return new Set();
		return new Set(logs.flatMap((value, index) => value !== null && Math.abs(value - middle) > FURTHEST * spread ? [index] : []));
	}
	function median(values) {
		const sorted = [...values].sort((a, b) => a - b);
		const half = Math.floor(sorted.length / 2);
		return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
	}
	// src/browser/places.ts
	function placesOf({ baseline, candidate }, subject, index) {
		const value = (arm, round) => arm?.rounds[index]?.[round] ?? null;
		const partners = new Map(baseline.flatMap((slot, round) => slot.session === "" ? [] : [[pairKey(slot), round]]));
		const joined = candidate.map((slot, round) => ({
			slot,
			round,
			partner: partners.get(pairKey(slot))
		}));
		const paired = joined.some(({ partner }) => partner !== void 0);
		if (paired) return {
			places: joined.map(({ slot, round, partner }) => ({
				words: `pair ${slot.pair + 1}`,
				baseline: partner === void 0 ? null : value(subject.baseline, partner),
				candidate: value(subject.candidate, round)
			})).filter(known$1),
			paired
		};
		return {
			places: [...[...baseline.map((slot, round) => ({
				slot,
				baseline: value(subject.baseline, round),
				candidate: null
			})), ...candidate.map((slot, round) => ({
				slot,
				baseline: null,
				candidate: value(subject.candidate, round)
			}))].filter(known$1)].sort((a, b) => Date.parse(a.slot.startedAt) - Date.parse(b.slot.startedAt) || 0).map((place, round) => ({
				...place,
				words: `round ${round + 1}`
			})),
			paired
		};
	}
	function known$1({ baseline, candidate }) {
		return baseline !== null || candidate !== null;
	}
	function outliersIn(places, paired) {
		if (paired) return outliers(places.map(({ baseline, candidate }) => baseline === null || candidate === null ? null : candidate / baseline));
		return new Set([...outliers(places.map(({ baseline }) => baseline)), ...outliers(places.map(({ candidate }) => candidate))]);
	}
	// src/browser/rounds-chart.ts
	function roundsChart(evidence, subject, index, names, bound) {
		const statistic = subject.statistics[index];
		const { places, paired } = placesOf(evidence, subject, index);
		const values = places.flatMap(({ baseline, candidate }) => [baseline, candidate]);
		if (values.every((value) => value === null)) return null;
		const quantity = quantityOf(subject.unit, subject.metric, values);
		const one = places.filter(({ baseline, candidate }) => baseline !== null && candidate !== null);
		const ringed = outliersIn(places, paired);
		const band = bandOf(places, bound, values);
		const above = one.filter(({ baseline, candidate }) => candidate > baseline).length;
		return {
			title: `${statistic} of each round, in time order`,
			sentence: paired ? `${plural(one.length, "pair", "pairs")}; the candidate is above the baseline in ${above} of them.` : `${plural(values.filter((value) => value !== null).length, "round", "rounds")}.`,
			note: [
				noteOf(evidence, paired),
				...band === null || !band.drawn ? [] : [`Shaded: within ${percent(bound)} of the mean of ${names.baseline}, the threshold.`],
				...band === null || band.drawn ? [] : [`The threshold of ${percent(bound)} is far wider than this chart.`],
				...ringed.size === 0 ? [] : [`Ringed: ${paired ? "pairs" : "rounds"} far from the others; none is left out for that.`]
			].join(" "),
			keys: [
				{
					mark: "baseline",
					words: names.baseline
				},
				{
					mark: "candidate",
					words: names.candidate
				},
				...band?.drawn ? [{
					mark: "band",
					words: "within the threshold"
				}] : [],
				...ringed.size === 0 ? [] : [{
					mark: "outlier",
					words: "outlier"
				}]
			],
			data: [
				places.map((_, place) => place + 1),
				places.map(({ baseline }) => quantity.scaled(baseline)),
				places.map(({ candidate }) => quantity.scaled(candidate))
			],
			options: (palette) => ({
				scales: {
					x: {
						time: false,
						range: [.5, places.length + .5]
					},
					y: { range: (plot, least, most) => roomy(plot, ...within(band, quantity, least, most)) }
				},
				axes: [axis(palette, {
					label: paired ? "pair" : "round",
					space: 36,
					incrs: [
						1,
						2,
						5,
						10,
						20,
						50,
						100,
						200,
						500
					],
					grid: { show: false }
				}), axis(palette, {
					label: quantity.unit,
					size: 58
				})],
				series: [
					{},
					{
						stroke: palette.baseline,
						width: 1,
						dash: [4, 4],
						alpha: .5,
						points: { show: false },
						spanGaps: true
					},
					{
						stroke: palette.candidate,
						width: 1,
						alpha: .5,
						points: { show: false },
						spanGaps: true
					}
				],
				hooks: {
					drawClear: [(plot) => {
						if (!band?.drawn) return;
						const [top, bottom] = [band.upper, band.lower].map((at) => plot.valToPos(quantity.scaled(at), "y", true));
						const { left, width } = plot.bbox;
						plot.ctx.fillStyle = palette.band;
						plot.ctx.fillRect(left, top, width, bottom - top);
					}],
					draw: [(plot) => inPlot(plot, (context) => {
						for (const [place, { baseline, candidate }] of places.entries()) {
							const x = plot.valToPos(place + 1, "x", true);
							const at = (value) => plot.valToPos(quantity.scaled(value), "y", true);
							if (baseline !== null && candidate !== null) {
								context.beginPath();
								context.lineWidth = devicePixelRatio;
								context.strokeStyle = palette.text;
								context.moveTo(x, at(baseline));
								context.lineTo(x, at(candidate));
								context.stroke();
							}
							if (baseline !== null) dot(context, "baseline", x, at(baseline), palette);
							if (candidate !== null) dot(context, "candidate", x, at(candidate), palette);
							if (!ringed.has(place)) continue;
							for (const value of [baseline, candidate]) if (value !== null) ring(context, x, at(value), palette);
						}
					})]
				}
			}),
			readout: (place) => {
				const found = places[place];
				if (found === void 0) return "";
				const { words, baseline, candidate } = found;
				return `${words}: ${[
					...baseline === null ? [] : [`${names.baseline} ${quantity.words(baseline)}`],
					...candidate === null ? [] : [`${names.candidate} ${quantity.words(candidate)}`],
					...baseline === null || candidate === null ? [] : [signedPercent(candidate / baseline)],
					...ringed.has(place) ? ["outlier"] : []
				].join(" · ")}`;
			},
			table: {
				head: [
					paired ? "pair" : "round",
					names.baseline,
					names.candidate,
					"change",
					...ringed.size === 0 ? [] : ["remark"]
				],
				rows: places.map(({ words, baseline, candidate }, place) => [
					words,
					quantity.words(baseline),
					quantity.words(candidate),
					baseline === null || candidate === null ? "–" : signedPercent(candidate / baseline),
					...ringed.size === 0 ? [] : [ringed.has(place) ? "outlier" : ""]
				])
			}
		};
	}
	const WIDEST = 6;
	function bandOf(places, bound, all) {
		const own = places.flatMap(({ baseline }) => baseline !== null && baseline > 0 ? [Math.log(baseline)] : []);
		if (bound === null || bound <= 0 || own.length === 0) return null;
		const middle = Math.exp(own.reduce((sum, value) => sum + value, 0) / own.length);
		const band = {
			lower: middle * Math.max(0, 1 - bound),
			upper: middle * (1 + bound)
		};
		const known = all.filter((value) => value !== null);
		return {
			...band,
			drawn: band.upper - band.lower <= WIDEST * (largest$1(known) - smallest(known))
		};
	}
	function within(band, quantity, least, most) {
		const edges = band?.drawn ? [quantity.scaled(band.lower), quantity.scaled(band.upper)] : [];
		return [smallest(edges, least ?? 0), largest$1(edges, most ?? 1)];
	}
	function ring(context, x, y, palette) {
		context.beginPath();
		context.arc(x, y, 8 * devicePixelRatio, 0, 2 * Math.PI);
		context.strokeStyle = palette.accent;
		context.lineWidth = 2 * devicePixelRatio;
		context.stroke();
	}
	function noteOf({ kind }, paired) {
		if (paired) return "The two rounds of a pair were measured in turns, and are joined.";
		return kind === "stored" ? "Only the newest of the stored runs is shown." : "Both sides were measured at different times.";
	}
	// src/report/formats/json.ts
	function verdictOf(judgement) {
		const { comparison, accepted, cell } = judgement;
		return {
			...cell !== void 0 && { cell },
			suite: judgement.suite,
			benchmark: judgement.benchmark,
			metric: judgement.metric,
			statistic: judgement.statistic,
			unit: judgement.unit,
			verdict: judgement.verdict,
			severity: judgement.severity,
			baseline: judgement.baseline,
			candidate: judgement.candidate,
			ratio: comparison?.ratio ?? null,
			interval: comparison?.interval ?? null,
			p: comparison?.p ?? null,
			adjustedP: comparison?.adjustedP ?? null,
			threshold: judgement.threshold,
			resolution: judgement.resolution ?? null,
			judged: judgement.judged ?? null,
			limit: judgement.limit,
			rounds: comparison?.rounds ?? null,
			roundsNeeded: comparison?.roundsNeeded ?? null,
			paired: comparison?.design === "pairs",
			goal: judgement.goal,
			check: comparison?.check ?? null,
			noise: comparison?.noise ?? null,
			detectable: comparison?.detectable ?? null,
			warnings: judgement.warnings,
			failure: judgement.failure,
			...accepted === null ? {} : { accepted }
		};
	}
	// src/browser/tables.ts
	const COLUMNS = [
		["suite", ({ judgement }) => judgement.suite],
		["benchmark", ({ judgement }) => judgement.benchmark],
		["metric", ({ judgement }) => judgement.metric],
		["statistic", ({ judgement }) => judgement.statistic],
		["unit", ({ judgement }) => judgement.unit],
		["verdict", ({ bucket }) => bucket.word],
		["severity", ({ judgement }) => judgement.severity],
		["baseline", ({ judgement }) => judgement.baseline],
		["candidate", ({ judgement }) => judgement.candidate],
		["ratio", ({ judgement }) => judgement.comparison?.ratio ?? null],
		["lower", ({ judgement }) => judgement.comparison?.interval.lower ?? null],
		["upper", ({ judgement }) => judgement.comparison?.interval.upper ?? null],
		["level", ({ judgement }) => judgement.comparison?.interval.level ?? null],
		["threshold", ({ judgement }) => judgement.threshold],
		["limit", ({ judgement }) => judgement.limit?.value ?? null],
		["p", ({ judgement }) => judgement.comparison?.p ?? null],
		["adjusted_p", ({ judgement }) => judgement.comparison?.adjustedP ?? null],
		["rounds", ({ judgement }) => judgement.comparison?.rounds ?? null],
		["noise", ({ judgement }) => judgement.comparison?.noise ?? null],
		["detectable", ({ judgement }) => judgement.comparison?.detectable ?? null]
	];
	function comparisonsCsv(rows) {
		return csv([COLUMNS.map(([name]) => name), ...rows.map((row) => COLUMNS.map(([, of]) => of(row)))]);
	}
	function comparisonsJson(rows) {
		return `${visibleJson({ verdicts: rows.map(({ judgement }) => verdictOf(judgement)) })}\n`;
	}
	function roundsCsv({ evidence, subject }) {
		const { suite, benchmark, metric, unit, statistics } = subject;
		return csv([[
			"suite",
			"benchmark",
			"metric",
			"statistic",
			"unit",
			"side",
			"session",
			"pair",
			"started_at",
			"value"
		], ...["baseline", "candidate"].flatMap((side) => evidence[side].flatMap((slot, round) => statistics.flatMap((statistic, index) => {
			const value = subject[side]?.rounds[index]?.[round] ?? null;
			const { session, pair, startedAt } = slot;
			return value === null ? [] : [[
				suite,
				benchmark,
				metric,
				statistic,
				unit,
				side,
				session,
				pair,
				startedAt,
				value
			]];
		})))]);
	}
	function subjectJson(rows, data) {
		const { kind, baseline, candidate, history } = data?.evidence ?? {};
		return `${visibleJson({
			verdicts: rows.map(({ judgement }) => verdictOf(judgement)),
			kind,
			rounds: {
				baseline,
				candidate
			},
			history,
			data: data?.subject
		})}\n`;
	}
	function csv(lines) {
		return lines.map((line) => `${line.map(cell).join(",")}\r\n`).join("");
	}
	const FORMULA = /^[=+\-@\t\r]/;
	function cell(value) {
		if (value === null) return "";
		if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
		const safe = FORMULA.test(value) ? `'${value}` : value;
		return /[",\r\n]/.test(safe) ? `"${safe.replaceAll("\"", "\"\"")}"` : safe;
	}
	// src/browser/take-away.ts
	function takeAway(label, files) {
		return el("div", {
			class: "take",
			role: "group",
			"aria-label": label
		}, ...files.map(button));
	}
	function button({ words, file, type, text }) {
		const element = el("button", { type: "button" }, words);
		element.addEventListener("click", () => {
			const address = URL.createObjectURL(new Blob([text()], { type: `${type};charset=utf-8` }));
			el("a", {
				href: address,
				download: file
			}).click();
			setTimeout(() => URL.revokeObjectURL(address), 6e4);
		});
		return element;
	}
	// src/report/words/carriage.ts
	const NAMES = {
		code: "code",
		dependencies: "dependencies",
		runtime: "files that choose the runtime"
	};
	const FILES = 2;
	function carriageWords(carriage, ink) {
		const { ingredients } = carriage;
		const measured = ingredients.flatMap((each) => measuredWords(each, ink));
		const open = ingredients.flatMap((each) => each.state === "not-measured" ? [`With ${ofHead(each, ink)} it was not measured: ${reasonOf(each, ink)}.`] : []);
		if (new Set(ingredients.map((each) => each.state === "not-measured" ? each.reason : each.state)).size === 1 && open.length === ingredients.length) {
			const [only] = ingredients;
			return `What it comes with was not measured: ${reasonOf(only, ink)}.`;
		}
		const figures = measured.length === 0 ? [] : [`The base takes ${measured.join(", ")}.`];
		const versions = ingredients.flatMap(({ versions: all = [] }) => all.length === 0 ? [] : [versionWords(all, ink)]);
		return [
			conclusion(carriage, ink),
			...figures,
			...open,
			...versions
		].join(" ");
	}
	function reasonOf({ reason }, ink) {
		return ink.name(reason.replace(/\.$/, ""), 200);
	}
	function conclusion({ carriers, ingredients }, ink) {
		const names = (of) => of.map((each) => `the ${NAMES[each]}`).join(" and ");
		const others = ingredients.filter(({ state }) => state === "same").map(({ ingredient }) => ingredient);
		switch (carriers.kind) {
			case "nothing": return "Code, dependencies and the files that choose the runtime are the same on both sides.";
			case "alone": return `It comes with ${ink.strong(names([carriers.ingredient]))}: ${names(others)} are the same on both sides.`;
			case "by": return `It comes with ${ink.strong(names(carriers.ingredients))}.`;
			case "together": return "It comes with none of them alone.";
			case "not-by": return `It does not come with ${names(carriers.ingredients)}.`;
			case "open": return "What it comes with is not decided.";
		}
	}
	function measuredWords(found, ink) {
		if (found.state !== "measured") return [];
		const { value, lower, upper } = found;
		const interval = ink.figure(`${signed(lower)} … ${signed(upper)}`);
		return [`${ink.strong(signed(value))} (${interval}) with ${ofHead(found, ink)}`];
	}
	function ofHead({ ingredient, files, more = 0 }, ink) {
		const rest = files.length - FILES + more;
		const all = [...files.slice(0, FILES).map((file) => ink.name(file, 80)), ...rest > 0 ? [`${rest} more`] : []].join(", ");
		return `the head's ${NAMES[ingredient]}${all === "" ? "" : ` (${all})`}`;
	}
	const PACKAGES = 4;
	function versionWords(all, ink) {
		const named = all.slice(0, PACKAGES).map(({ name, from, to }) => {
			const versions = from === null ? `new: ${ink.name(to, 40)}` : to === null ? "gone" : `${ink.name(from, 40)} → ${ink.name(to, 40)}`;
			return `${ink.name(name, 80)} ${versions}`;
		});
		const rest = all.length - PACKAGES;
		return `Other versions: ${[...named, ...rest > 0 ? [`${rest} more`] : []].join(", ")}.`;
	}
	function signed(share) {
		return share < 0 ? `−${percent(-share)}` : `+${percent(share)}`;
	}
	// src/report/words/why.ts
	function placeText({ file, line }) {
		if (file === null) return "";
		return line === null ? file : `${file}:${line}`;
	}
	function plainPlace(ink) {
		return (place) => ink.name(placeText(place), 200);
	}
	function sentencesOf(explanation, ink, place = plainPlace(ink)) {
		if (explanation.kind === "not-profiled") return null;
		const { culprits, allocators = [], waits } = explanation;
		const all = culprits.reduce((sum, { share }) => sum + share.value, 0);
		const found = culprits.map((culprit, index) => {
			return `${index > 0 ? "also" : culprit.share.value >= all / 2 ? "most of it" : "part of it"}: ${culpritWords(culprit, explanation, ink, place)}`;
		});
		const memory = {
			...explanation,
			unit: "B"
		};
		const allocating = allocators.map((culprit) => `what the garbage collector collects: ${culpritWords(culprit, memory, ink, place)}`);
		const counted = (explanation.usage ?? []).map((rise) => usageWords(rise, explanation, ink));
		const sentences = [
			...waits ? ["it waits longer, and does not compute more"] : [],
			...found,
			...allocating,
			...counted
		];
		return sentences.length === 0 ? null : sentences;
	}
	const USAGE = {
		waits: "it gives up the processor to wait more often",
		"page-faults": "it is given more new pages of memory",
		"disk-faults": "it reads more pages from a disk"
	};
	function usageWords({ usage, baseline, candidate }, { per }, ink) {
		const each = per === "operation" ? "an operation" : "a round";
		return `${USAGE[usage]}: ${ink.figure(`${significant(baseline)} → ${significant(candidate)}`)} ${each}`;
	}
	function culpritWords(culprit, { unit, per, live }, ink, place) {
		const { share, by, baseline, candidate } = culprit;
		const name = culprit.name === "(garbage collector)" ? "the garbage collector" : ink.name(culprit.name);
		const at = culprit.file === null ? "" : ` ${place(culprit)}`;
		const { factor, suffix } = scaleFor(unit, "", [baseline, candidate]);
		const amount = `${significant(baseline / factor)} → ${significant(candidate / factor)}${suffix}`;
		const amounts = unit === "1" ? "" : `; ${ink.figure(amount)}${per === "operation" ? " an operation" : " a round"}`;
		const what = unit !== "B" ? "of the time" : live ? "of what stays in memory" : "of what is allocated";
		const ways = by.length === 0 ? "" : ` by way of ${by.slice(0, 2).map((way) => ink.name(way)).join(", ")}`;
		const interval = share.level > 0 ? ink.figure(`+${percent(share.lower)} … +${percent(share.upper)}`) : "not proven";
		return `${name}${at}, ${ink.strong(`+${percent(share.value)}`)} ${what} (${interval}${amounts})${ways}${originOf(culprit, ink, place)}`;
	}
	function originOf({ origin, file }, ink, place) {
		return origin.kind === "unexplained" && file === null ? "" : `, ${originWords(origin, ink, place)}`;
	}
	function originWords(origin, ink, place) {
		switch (origin.kind) {
			case "changed": return "changed here";
			case "called-by": {
				const { caller } = origin;
				const at = caller.file === null ? "" : ` ${place(caller)}`;
				return `unchanged, but called by ${ink.name(caller.name)}${at}, which is changed here`;
			}
			case "same-file": return `unchanged, but line ${origin.line} of its file is changed here`;
			case "dependency": return dependencyWords(origin, ink);
			case "unexplained": return "which nothing in this change explains";
		}
	}
	function dependencyWords({ name, from, to }, ink) {
		if (from === null) return `in the dependency ${ink.name(name)}, which the baseline was not seen to use`;
		return `in the dependency ${ink.name(name)}: ${ink.name(from)} → ${ink.name(to ?? "none")}`;
	}
	function nothingProven(explanation, ink) {
		if (explanation.kind === "not-profiled") return `not profiled: ${ink.name(explanation.reason.replace(/\.$/, ""), 300)}`;
		return `no function stands out from the noise of ${explanation.rounds} profiled rounds a side`;
	}
	// src/browser/flame-layout.ts
	function layoutOf(tree) {
		const count = tree.nodes.length;
		const [parent, depth] = [new Int32Array(count), new Int32Array(count)];
		const [baseline, candidate] = [new Float64Array(count), new Float64Array(count)];
		const children = Array.from({ length: count }, () => []);
		let deepest = 0;
		for (const [index, [, above, before, after]] of tree.nodes.entries()) {
			parent[index] = above;
			baseline[index] = before;
			candidate[index] = after;
			if (above < 0) continue;
			depth[index] = depth[above] + 1;
			deepest = Math.max(deepest, depth[index]);
			children[above].push(index);
		}
		for (let index = count - 1; index > 0; index--) {
			const above = parent[index];
			if (above < 0) continue;
			baseline[above] += baseline[index];
			candidate[above] += candidate[index];
		}
		const size = (node) => Math.max(baseline[node], candidate[node]);
		for (const each of children) each.sort((a, b) => size(b) - size(a));
		return {
			tree,
			parent,
			depth,
			baseline,
			candidate,
			children,
			deepest
		};
	}
	function sizeOf({ baseline, candidate }, view, node) {
		if (view !== "difference") return (view === "baseline" ? baseline : candidate)[node];
		return Math.max(baseline[node], candidate[node]);
	}
	function cellsOf(layout, view, root, least) {
		const cells = [];
		for (let at = layout.parent[root]; at >= 0; at = layout.parent[at]) cells.push({
			node: at,
			from: 0,
			width: 1,
			row: layout.depth[at]
		});
		const stack = [{
			node: root,
			from: 0,
			width: 1,
			row: layout.depth[root]
		}];
		for (let cell = stack.pop(); cell !== void 0; cell = stack.pop()) {
			cells.push(cell);
			const { node, width, row } = cell;
			const sizes = layout.children[node].map((child) => sizeOf(layout, view, child));
			const whole = Math.max(sizeOf(layout, view, node), sizes.reduce((sum, size) => sum + size, 0));
			let from = cell.from;
			for (const [index, child] of layout.children[node].entries()) {
				const share = whole > 0 ? width * sizes[index] / whole : 0;
				if (share < least) break;
				stack.push({
					node: child,
					from,
					width: share,
					row: row + 1
				});
				from += share;
			}
		}
		return cells;
	}
	function changeOf({ baseline, candidate }, node) {
		const [before, after] = [baseline[node], candidate[node]];
		return before + after === 0 ? 0 : (after - before) / (after + before);
	}
	function matching({ tree }, text) {
		const frames = new Set();
		for (const [index, { name, file }] of tree.frames.entries()) if (`${name} ${file ?? ""}`.toLowerCase().includes(text)) frames.add(index);
		return new Set(tree.nodes.flatMap(([frame], index) => frames.has(frame) ? [index] : []));
	}
	function rowsOf$1({ nodes }) {
		const sums = new Map();
		for (const [frame, , before, after] of nodes) {
			const sum = sums.get(frame) ?? {
				baseline: 0,
				candidate: 0
			};
			sum.baseline += before;
			sum.candidate += after;
			sums.set(frame, sum);
		}
		return [...sums].map(([frame, sum]) => ({
			frame,
			...sum
		})).sort((a, b) => Math.abs(b.candidate - b.baseline) - Math.abs(a.candidate - a.baseline));
	}
	// src/browser/flame-graph.ts
	const ROW = 20;
	const LEAST = 1;
	const NAMED = 34;
	const TABLE = 40;
	const VIEWS = [
		["difference", "Difference"],
		["baseline", "Baseline"],
		["candidate", "Candidate"]
	];
	function flameGraph(tree, unit) {
		const layout = layoutOf(tree);
		let view = "difference";
		let root = 0;
		let current = 0;
		let found = new Set();
		let cells = [];
		const canvas = el("canvas", { "aria-hidden": "true" });
		const graph = el("div", {
			class: "flame",
			role: "application",
			tabindex: 0,
			"aria-label": "Flame graph of both sides",
			"aria-roledescription": "flame graph",
			"aria-describedby": "flame-help"
		}, canvas);
		const said = el("p", {
			class: "flame-said",
			role: "status"
		});
		const help = el("p", {
			class: "note",
			id: "flame-help"
		}, `A frame is as wide as it takes ${unit === "B" ? "memory" : "time"}, its callees below it; red takes more than it did, blue less. Click a frame or press Enter to zoom in, Escape to zoom out; arrow keys go to callers, callees and neighbours.`);
		const search = el("input", {
			type: "search",
			placeholder: "Search functions",
			autocomplete: "off",
			spellcheck: "false"
		});
		const switches = VIEWS.map(([name, words]) => {
			const button = el("button", {
				type: "button",
				class: "chip none",
				"aria-pressed": String(name === view)
			}, words);
			button.addEventListener("click", () => {
				view = name;
				for (const [index, each] of switches.entries()) each.setAttribute("aria-pressed", String(VIEWS[index][0] === view));
				draw();
			});
			return button;
		});
		const whole = el("button", {
			type: "button",
			class: "chip none"
		}, "Whole tree");
		whole.addEventListener("click", () => zoom(0));
		const placeOf = (node) => tree.frames[tree.nodes[node][0]];
		const amount = (value, of) => {
			const { factor, suffix } = scaleFor(unit, "", of);
			return `${significant(value / factor)}${suffix}`;
		};
		const wordsOf = (node) => {
			const place = placeOf(node);
			const [before, after] = [layout.baseline[node], layout.candidate[node]];
			const at = placeText(place);
			const share = percent(after / Math.max(layout.candidate[0], Number.MIN_VALUE));
			const both = [before, after];
			return `${place.name}${at === "" ? "" : ` ${at}`}: ${amount(before, both)} → ${amount(after, both)} with its callees, ${share} of the candidate`;
		};
		const say = (node) => {
			current = node;
			said.textContent = wordsOf(node);
		};
		const aim = (node) => {
			root = node;
			say(node);
		};
		const zoom = (node) => {
			aim(node);
			draw();
		};
		const draw = () => {
			const width = Math.max(240, graph.clientWidth);
			cells = cellsOf(layout, view, root, LEAST / width);
			const rows = cells.reduce((most, { row }) => Math.max(most, row + 1), 1);
			const ratio = devicePixelRatio || 1;
			canvas.width = Math.round(width * ratio);
			canvas.height = Math.round(rows * ROW * ratio);
			canvas.style.width = `${width}px`;
			canvas.style.height = `${rows * ROW}px`;
			graph.style.maxHeight = `520px`;
			const pen = canvas.getContext("2d");
			pen.setTransform(ratio, 0, 0, ratio, 0, 0);
			pen.clearRect(0, 0, width, rows * ROW);
			pen.font = "12px system-ui, sans-serif";
			pen.textBaseline = "middle";
			const dark = isDark();
			for (const { node, from, width: share, row } of cells) {
				const [x, w] = [from * width, share * width];
				pen.globalAlpha = found.size > 0 && !found.has(node) ? .3 : 1;
				pen.fillStyle = colourOf(view === "difference" ? changeOf(layout, node) : null, dark);
				pen.fillRect(x, row * ROW, Math.max(LEAST, w - 1), 19);
				if (w < NAMED) continue;
				pen.fillStyle = dark ? "#f2f5f8" : "#14181d";
				pen.fillText(fitting(pen, placeOf(node).name, w - 8), x + 4, row * ROW + ROW / 2);
			}
			pen.globalAlpha = 1;
			const own = cells.find(({ node }) => node === current);
			if (own === void 0 || document.activeElement !== graph) return;
			pen.lineWidth = 2;
			pen.strokeStyle = dark ? "#ffffff" : "#000000";
			pen.strokeRect(own.from * width + 1, own.row * ROW + 1, Math.max(2, own.width * width - 3), 17);
		};
		const at = (event) => {
			const { left, top, width } = canvas.getBoundingClientRect();
			const [x, row] = [(event.clientX - left) / width, Math.floor((event.clientY - top) / ROW)];
			return cells.find((cell) => cell.row === row && x >= cell.from && x < cell.from + cell.width)?.node ?? null;
		};
		canvas.addEventListener("mousemove", (event) => {
			const node = at(event);
			if (node !== null && node !== current) say(node);
		});
		canvas.addEventListener("click", (event) => {
			const node = at(event);
			if (node !== null) zoom(node);
		});
		const beside = (step) => {
			const above = layout.parent[current];
			if (above < 0) return current;
			const siblings = layout.children[above];
			return siblings[siblings.indexOf(current) + step] ?? current;
		};
		const KEYS = {
			ArrowUp: () => say(Math.max(0, layout.parent[current])),
			ArrowDown: () => say(layout.children[current][0] ?? current),
			ArrowLeft: () => say(beside(-1)),
			ArrowRight: () => say(beside(1)),
			Home: () => say(root),
			Enter: () => aim(current),
			Escape: () => aim(Math.max(0, layout.parent[root]))
		};
		graph.addEventListener("keydown", (event) => {
			const act = KEYS[event.key];
			if (act === void 0 || event.key === "Escape" && root === 0) return;
			event.preventDefault();
			act();
			draw();
		});
		graph.addEventListener("focus", () => {
			say(current);
			draw();
		});
		graph.addEventListener("blur", draw);
		search.addEventListener("input", () => {
			const text = search.value.trim().toLowerCase();
			found = text === "" ? new Set() : matching(layout, text);
			const share = [...found].reduce((sum, node) => sum + tree.nodes[node][3], 0) / Math.max(layout.candidate[0], Number.MIN_VALUE);
			said.textContent = text === "" ? "" : `${plural(found.size, "frame", "frames")} found, ${percent(share)} of the candidate`;
			draw();
		});
		const resized = new ResizeObserver(() => draw());
		resized.observe(graph);
		return {
			element: el("figure", { class: "chart flame-figure" }, el("figcaption", {}, el("h4", {}, unit === "B" ? "Where memory is allocated" : "Where the time goes"), help), el("div", {
				class: "filters",
				role: "group",
				"aria-label": "Flame graph"
			}, el("label", { class: "search" }, el("span", {}, "Search"), search), ...switches, whole), graph, said, tableOf(tree, amount)),
			draw,
			remove: () => resized.disconnect()
		};
	}
	function tableOf(tree, amount) {
		const rows = rowsOf$1(tree).filter(({ frame, baseline, candidate }) => frame > 0 && baseline + candidate > 0);
		const head = [
			"Function",
			"Place",
			"Baseline, itself",
			"Candidate, itself",
			"Difference"
		];
		const body = rows.slice(0, TABLE).map(({ frame, baseline, candidate }) => {
			const place = tree.frames[frame];
			const both = [baseline, candidate];
			const more = candidate - baseline;
			const difference = `${more < 0 ? "−" : "+"}${amount(Math.abs(more), both)}`;
			return el("tr", {}, ...[
				place.name,
				placeText(place),
				amount(baseline, both),
				amount(candidate, both),
				difference
			].map((text) => el("td", {}, el("bdi", {}, text))));
		});
		return el("details", {}, el("summary", {}, "Its functions as a table"), el("div", {
			class: "wide",
			tabindex: 0,
			role: "region",
			"aria-label": "Functions"
		}, el("table", { class: "numbers" }, el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))), el("tbody", {}, ...body))));
	}
	function colourOf(change, dark) {
		const lightness = dark ? 34 : 76;
		if (change === null) return `hsl(35 55% ${lightness}%)`;
		const strength = Math.min(1, Math.abs(change) * 2.5);
		return `hsl(${change > 0 ? 4 : 212} ${Math.round(8 + 72 * strength)}% ${lightness + 6 * (1 - strength)}%)`;
	}
	function isDark() {
		const { colorScheme } = document.documentElement.style;
		return colorScheme === "" ? matchMedia("(prefers-color-scheme: dark)").matches : colorScheme === "dark";
	}
	function fitting(pen, name, room) {
		if (pen.measureText(name).width <= room) return name;
		let text = name.slice(0, Math.floor(room / 3));
		while (text.length > 1 && pen.measureText(`${text}…`).width > room) text = text.slice(0, -1);
		return text.length > 1 ? `${text}…` : "";
	}
	// src/browser/why.ts
	let known = null;
	function whySections({ suite, benchmark }) {
		known ??= JSON.parse(byId(BLOCKS.why).textContent);
		return known.filter((each) => each.suite === suite && (each.benchmark === "*" || each.benchmark === benchmark)).map((explanation) => {
			const { carriage } = explanation;
			const sentences = [...sentencesOf(explanation, PAGE) ?? [nothingProven(explanation, PAGE)], ...carriage === void 0 ? [] : [carriageWords(carriage, PAGE)]];
			const graph = explanation.kind === "profiled" && explanation.flame.nodes.length > 1 ? flameGraph(explanation.flame, explanation.unit) : null;
			return {
				element: el("section", {}, el("h3", {}, "Why it got slower"), el("ul", { class: "notes" }, ...sentences.map((sentence) => el("li", {}, ...prose(sentence)))), graph?.element ?? null),
				draw: () => graph?.draw(),
				remove: () => graph?.remove()
			};
		});
	}
	// src/browser/detail.ts
	function detailView(place, { sides, secondsPerPair, repository, commits }) {
		const pages = commitPages(repository);
		let charts = [];
		let reasons = [];
		const clear = () => {
			for (const each of [...charts, ...reasons]) each.remove();
			charts = [];
			reasons = [];
			place.replaceChildren();
		};
		return {
			show(rows, exhibit, around) {
				clear();
				const judgements = rows.map(({ judgement }) => judgement);
				charts = [...specsOf(exhibit, judgements, sides, pages), ...growthCharts(judgements[0], sides)].map(chart);
				reasons = whySections(judgements[0]);
				const name = el("h2", {
					id: "detail-name",
					tabindex: -1
				}, el("bdi", {}, rows[0].name));
				place.append(ways(around), el("header", {}, name, subtitle(judgements[0], pages, commits.candidate)), factsTable(judgements, sides, secondsPerPair), ...notes(judgements), ...failures(judgements), saving(rows, exhibit), ...reasons.map(({ element }) => element), ...charts.length === 0 ? [el("p", { class: "empty" }, noCharts(judgements))] : [el("h3", {}, "Data"), el("section", {
					class: "charts",
					"aria-label": "Charts"
				}, ...charts.map(({ element }) => element))]);
				place.hidden = false;
				for (const each of [...charts, ...reasons]) each.draw();
				scrollTo({ top: 0 });
				name.focus({ preventScroll: true });
			},
			hide() {
				clear();
				place.hidden = true;
			},
			redraw() {
				for (const each of [...charts, ...reasons]) each.draw();
			}
		};
	}
	function specsOf({ rounds, history }, judgements, sides, pages) {
		const of = (found, make) => found === null ? [] : found.subject.statistics.flatMap((_, index) => make(found, index) ?? []);
		return [
			...of(rounds, ({ evidence, subject }, index) => {
				const judged = judgements.find(({ statistic }) => statistic === subject.statistics[index]);
				return roundsChart(evidence, subject, index, sides, judged?.judged?.bound ?? judged?.threshold ?? null);
			}),
			...rounds === null ? [] : distributionCharts(rounds.subject, sides),
			...of(history, ({ evidence, subject }, index) => historyChart(evidence, subject, index, sides, pages))
		];
	}
	function saving(rows, { rounds }) {
		return takeAway("Save this benchmark", [...rounds === null ? [] : [{
			words: "Save rounds as CSV",
			file: "rounds.csv",
			type: "text/csv",
			text: () => roundsCsv(rounds)
		}], {
			words: "Save as JSON",
			file: "benchmark.json",
			type: "application/json",
			text: () => subjectJson(rows, rounds)
		}]);
	}
	function ways({ all, previous, next, siblings }) {
		const to = (address, words) => address === null ? null : el("a", {
			class: "way",
			href: address
		}, words);
		return el("nav", {
			class: "ways",
			"aria-label": "Benchmarks"
		}, el("a", {
			class: "way back",
			href: all
		}, "← All comparisons"), ...siblings.map(({ address, metric }) => to(address, `Its ${metric}`)), el("span", { class: "gap" }), to(previous, "Previous"), to(next, "Next"));
	}
	function subtitle({ metric, unit, better, source }, pages, sha) {
		const words = unit === "1" || unit === "" ? "" : ` in ${PAGE.name(unit)}`;
		const about = prose(`${PAGE.name(metric)}${words}, ${better} is better`);
		if (source === null) return el("p", { class: "subtitle" }, ...about);
		const address = pages.source(sha, source);
		const place = prose(`${PAGE.name(source.file, 200)}${source.line ? `, line ${source.line}` : ""}`);
		const linked = address === null ? place : [el("a", {
			href: address,
			rel: "noopener noreferrer"
		}, ...place)];
		return el("p", { class: "subtitle" }, ...about, " · defined in ", ...linked);
	}
	function notes(judgements) {
		const found = notesOf(judgements, PAGE);
		if (found.length === 0) return [];
		const items = found.map(({ sentence, remedy, holders }) => el("li", {}, el("strong", {}, `${holders.map(({ statistic }) => statistic).join(", ")}: `), ...prose(sentence === "" ? "" : `${sentence} `), el("span", { class: "remedy" }, ...prose(remedy))));
		return [el("section", {}, el("h3", {}, "What to know, and what to do"), el("ul", { class: "notes" }, ...items))];
	}
	function failures(judgements) {
		return judgements.flatMap(({ failure }) => {
			if (failure === null) return [];
			const output = failure.output === "" ? null : el("pre", {
				tabindex: 0,
				"aria-label": "The end of its output"
			}, failure.output);
			return [el("section", {}, el("h3", {}, `Why it failed on the ${failure.side}`), el("p", {}, el("bdi", {}, PLAIN.name(failure.reason, 500))), output)];
		});
	}
	function noCharts(judgements) {
		if (judgements.some(({ failure }) => failure !== null)) return "What fails has no rounds to draw.";
		return `Its rounds are not in this report: ${plural(judgements.length, "verdict", "verdicts")} only.`;
	}
	// src/browser/hash.ts
	function hashParts(hash) {
		const at = hash.indexOf("?");
		const [subject, query] = at < 0 ? [hash, ""] : [hash.slice(0, at), hash.slice(at + 1)];
		return {
			subject: subject === "#" ? "" : subject,
			query
		};
	}
	function queryWords(asked) {
		const said = Object.entries(asked).filter(([, value]) => value !== "");
		return said.length === 0 ? "" : `?${new URLSearchParams(Object.fromEntries(said))}`;
	}
	// src/browser/controls.ts
	function searchField() {
		return el("input", {
			type: "search",
			id: "search",
			placeholder: "Search: words, or \"a whole name\"",
			autocomplete: "off",
			spellcheck: "false"
		});
	}
	function choice(label, all, values, onChange) {
		if (values.length < 2) return null;
		const select = el("select", {}, el("option", { value: "" }, all), ...values.map((value) => el("option", { value }, value)));
		select.addEventListener("change", () => onChange(select.value));
		return {
			element: el("label", {}, el("span", {}, label), select),
			value: () => select.value,
			set: (value) => {
				select.value = value;
			}
		};
	}
	// src/browser/search.ts
	function matcher(text, rows) {
		const query = text.toLowerCase();
		const phrases = [...query.matchAll(/"([^"]+)"/g)].map(([, phrase]) => phrase.replace(/\s+/g, " ").trim());
		const words = query.replace(/"[^"]+"/g, " ").split(/[\s"]+/).filter(Boolean);
		const exact = phrases.filter(Boolean).map((phrase) => {
			if (rows.some(({ names }) => names.includes(phrase))) return ({ names }) => names.includes(phrase);
			const before = WORD.test(phrase[0]) ? "(?<![\\p{L}\\p{N}_])" : "";
			const after = WORD.test(phrase.at(-1)) ? "(?![\\p{L}\\p{N}_])" : "";
			const whole = new RegExp(`${before}${escaped(phrase)}${after}`, "u");
			return ({ haystack }) => whole.test(haystack);
		});
		return (row) => words.every((word) => row.haystack.includes(word)) && exact.every((holds) => holds(row));
	}
	const WORD = /[\p{L}\p{N}_]/u;
	function escaped(phrase) {
		return phrase.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
	}
	// src/browser/filter.ts
	const SORT_KEYS = [
		"verdict",
		"benchmark",
		"statistic",
		"change"
	];
	const NO_FILTER = {
		text: "",
		bucket: "",
		suite: "",
		metric: ""
	};
	function visibleRows(rows, filter, { key, descending }) {
		const found = matcher(filter.text, rows);
		const passing = rows.filter((row) => {
			const { judgement, bucket } = row;
			return (filter.bucket === "" || bucket.name === filter.bucket) && (filter.suite === "" || judgement.suite === filter.suite) && (filter.metric === "" || judgement.metric === filter.metric) && found(row);
		});
		if (key === "verdict" && !descending) return passing;
		const sign = descending ? -1 : 1;
		return passing.sort((a, b) => sign * ORDERS[key](a, b) || a.rank - b.rank);
	}
	const ORDERS = {
		verdict: (a, b) => a.rank - b.rank,
		benchmark: (a, b) => byText(a.name, b.name),
		statistic: (a, b) => byText(a.statistic, b.statistic),
		change: (a, b) => worsening(b) - worsening(a)
	};
	function worsening({ judgement: { comparison, better } }) {
		const log = Math.log(comparison?.ratio ?? NaN);
		if (Number.isNaN(log)) return -1e9;
		return Math.min(1e8, Math.max(-1e8, better === "lower" ? log : -log));
	}
	function byText(a, b) {
		return a < b ? -1 : a > b ? 1 : 0;
	}
	// src/browser/row.ts
	function rowsOf(judgements, sides) {
		const columns = columnsFor([
			"benchmark",
			"statistic",
			"baseline",
			"candidate",
			"change",
			"limit"
		], judgements, PLAIN, sides);
		const said = (name, judgement) => columns.find((column) => column.name === name)?.cell(judgement) ?? "";
		const names = new Map();
		const nameOf = (judgement) => {
			const key = benchmarkKey(judgement);
			const name = names.get(key) ?? said("benchmark", judgement);
			names.set(key, name);
			return name;
		};
		return {
			rows: [...byBucket(judgements).values()].flat().map((judgement, rank) => {
				const bucket = bucketOf(judgement);
				const name = nameOf(judgement);
				const statistic = said("statistic", judgement);
				const { suite, benchmark, metric } = judgement;
				const path = `${suite}/${benchmark}`;
				return {
					judgement,
					bucket,
					rank,
					name,
					statistic,
					haystack: `${path} ${name} ${metric} ${statistic} ${bucket.word}`.toLowerCase(),
					names: [
						suite,
						benchmark,
						path,
						name,
						metric,
						statistic,
						bucket.word
					].map((each) => each.toLowerCase()),
					address: addressOf(judgement)
				};
			}),
			columns
		};
	}
	// src/browser/window.ts
	const MARGIN = 12;
	const STEP = 8;
	function windowAt(top, height, rowHeight, rows) {
		const first = Math.floor((top / rowHeight - MARGIN) / STEP) * STEP;
		const end = Math.ceil(((top + height) / rowHeight + MARGIN) / STEP) * STEP;
		return {
			first: Math.max(0, Math.min(first, rows)),
			end: Math.max(0, Math.min(end, rows))
		};
	}
	// src/browser/table.ts
	const ROW_HEIGHT = 38;
	const PLOT = {
		width: 188,
		height: 24
	};
	const HEAD_PLOT = {
		width: 188,
		height: 26
	};
	const TITLED = 12;
	const PAGE_ROWS = 12;
	const LAYOUT = [
		"verdict",
		"benchmark",
		"statistic",
		"change",
		"baseline",
		"candidate",
		"plot",
		"limit"
	];
	const SORTED = {
		verdict: "verdict",
		benchmark: "benchmark",
		statistic: "statistic",
		change: "change"
	};
	function comparisonTable({ columns, scale, onSort, hrefOf }) {
		const known = new Map(columns.map((column) => [column.name, column]));
		const places = LAYOUT.filter((place) => place === "verdict" || (place === "plot" ? scale !== null : known.has(place)));
		const headers = new Map(places.map((place) => [place, headerCell(place, known.get(place), scale, onSort)]));
		const body = el("tbody");
		const table = el("table", {
			class: `comparisons${known.has("change") ? "" : " few"}`,
			"aria-label": "Comparisons"
		}, el("colgroup", {}, ...places.map((place) => el("col", { class: `at-${place}` }))), el("thead", {}, el("tr", { "aria-rowindex": 1 }, ...headers.values())), body);
		const scroller = el("div", {
			class: "scroller",
			role: "group",
			"aria-label": "Table of comparisons, scrollable",
			tabindex: 0
		}, table);
		let rows = [];
		let drawn = {
			first: 0,
			end: -1
		};
		let current = 0;
		const cell = (place, row, index) => {
			if (place === "verdict") return el("td", {}, badge(row.bucket));
			if (place === "plot") return el("td", { class: "plot" }, forestRow(row.judgement, scale, PLOT));
			const column = known.get(place);
			if (place === "benchmark") {
				const text = row.name;
				return el("th", { scope: "row" }, el("a", {
					href: hrefOf(row),
					tabindex: index === current ? 0 : -1,
					title: text
				}, el("bdi", {}, text)));
			}
			const text = column.cell(row.judgement);
			return el("td", {
				class: column.align,
				title: text.length > TITLED ? text : null
			}, text);
		};
		const draw = (wanted) => {
			const focused = indexOf(document.activeElement);
			const shown = rows.slice(wanted.first, wanted.end).map((row, offset) => {
				const index = wanted.first + offset;
				return el("tr", {
					"aria-rowindex": index + 2,
					"data-index": index,
					class: index % 2 === 1 ? "odd" : null
				}, ...places.map((place) => cell(place, row, index)));
			});
			body.replaceChildren(...spacer(wanted.first, places.length), ...shown, ...spacer(rows.length - wanted.end, places.length));
			drawn = wanted;
			if (focused === null) return;
			const link = linkAt(focused);
			if (link !== null) link.focus({ preventScroll: true });
			else scroller.focus({ preventScroll: true });
		};
		const update = (force = false) => {
			const wanted = windowAt(scroller.scrollTop, scroller.clientHeight || 800, ROW_HEIGHT, rows.length);
			if (force || wanted.first !== drawn.first || wanted.end !== drawn.end) draw(wanted);
		};
		const indexOf = (element) => {
			const row = element !== null && body.contains(element) ? element.closest("tr") : null;
			return row?.dataset.index === void 0 ? null : Number(row.dataset.index);
		};
		const linkAt = (index) => body.querySelector(`tr[data-index="${index}"] a`);
		const moveTo = (index) => {
			const target = Math.max(0, Math.min(rows.length - 1, index));
			linkAt(current)?.setAttribute("tabindex", "-1");
			current = target;
			const top = target * ROW_HEIGHT;
			const head = table.tHead?.offsetHeight ?? 0;
			const room = scroller.clientHeight - head;
			if (top < scroller.scrollTop) scroller.scrollTop = top;
			else if (top + ROW_HEIGHT > scroller.scrollTop + room) scroller.scrollTop = top + ROW_HEIGHT - room;
			update();
			const link = linkAt(target);
			link?.setAttribute("tabindex", "0");
			link?.focus({ preventScroll: true });
		};
		scroller.addEventListener("scroll", () => update(), { passive: true });
		new ResizeObserver(() => update()).observe(scroller);
		body.addEventListener("click", (event) => {
			const index = indexOf(event.target);
			if (index === null || !getSelection()?.isCollapsed) return;
			current = index;
			if (event.target.closest("a") === null) location.hash = hrefOf(rows[index]);
		});
		body.addEventListener("focusin", (event) => {
			current = indexOf(event.target) ?? current;
		});
		scroller.addEventListener("keydown", (event) => {
			const from = indexOf(document.activeElement);
			const step = STEPS[event.key];
			if (step === void 0 || event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
			if (from === null && event.key !== "ArrowDown") return;
			event.preventDefault();
			moveTo(from === null ? current : step(from, rows.length));
		});
		return {
			element: scroller,
			show(next, sorting) {
				rows = next;
				current = 0;
				table.setAttribute("aria-rowcount", String(rows.length + 1));
				for (const [place, header] of headers) markSorted(header, SORTED[place], sorting);
				scroller.scrollTop = 0;
				update(true);
			},
			focus(address) {
				const index = rows.findIndex((row) => row.address === address);
				if (rows.length > 0) moveTo(Math.max(0, index));
			},
			expand(most) {
				draw({
					first: 0,
					end: Math.min(rows.length, most)
				});
				return Math.max(0, rows.length - most);
			},
			collapse: () => update(true)
		};
	}
	const STEPS = {
		ArrowDown: (from) => from + 1,
		ArrowUp: (from) => from - 1,
		PageDown: (from) => from + PAGE_ROWS,
		PageUp: (from) => from - PAGE_ROWS,
		Home: () => 0,
		End: (_, rows) => rows - 1
	};
	function spacer(rows, columns) {
		if (rows <= 0) return [];
		const filler = el("td", { colspan: columns });
		filler.style.height = `${rows * ROW_HEIGHT}px`;
		return [el("tr", {
			class: "spacer",
			"aria-hidden": "true"
		}, filler)];
	}
	function headerCell(place, column, scale, onSort) {
		const words = place === "verdict" ? "verdict" : place === "plot" ? "interval against the threshold" : column?.header ?? place;
		const key = SORTED[place];
		if (place === "plot") return el("th", {
			scope: "col",
			class: "plot"
		}, el("span", { class: "hidden" }, words), forestAxis(scale, HEAD_PLOT));
		if (key === void 0) return el("th", {
			scope: "col",
			class: column?.align ?? null
		}, words);
		const button = el("button", { type: "button" }, words, el("span", {
			class: "arrow",
			"aria-hidden": "true"
		}));
		button.addEventListener("click", () => onSort(key));
		return el("th", { scope: "col" }, button);
	}
	function markSorted(header, key, sorting) {
		if (key === void 0) return;
		const direction = key !== sorting.key ? "none" : sorting.descending ? "descending" : "ascending";
		header.setAttribute("aria-sort", direction);
		header.querySelector(".arrow").textContent = {
			none: "",
			ascending: "▲",
			descending: "▼"
		}[direction];
	}
	// src/browser/view-address.ts
	const DEFAULT_VIEW = {
		filter: NO_FILTER,
		sorting: {
			key: "verdict",
			descending: false
		}
	};
	function queryOf({ filter, sorting }) {
		const { key, descending } = sorting;
		const isDefault = key === DEFAULT_VIEW.sorting.key && !descending;
		return queryWords({
			q: filter.text.trim(),
			verdict: filter.bucket,
			suite: filter.suite,
			metric: filter.metric,
			sort: isDefault ? "" : `${descending ? "-" : ""}${key}`
		});
	}
	function viewOf(query) {
		const given = new URLSearchParams(query);
		const said = (name) => given.get(name) ?? "";
		const sort = said("sort");
		const key = SORT_KEYS.find((each) => each === sort.replace(/^-/, ""));
		return {
			filter: {
				text: said("q"),
				bucket: READING_ORDER.find((name) => name === said("verdict")) ?? "",
				suite: said("suite"),
				metric: said("metric")
			},
			sorting: key === void 0 ? DEFAULT_VIEW.sorting : {
				key,
				descending: sort.startsWith("-")
			}
		};
	}
	// src/browser/overview.ts
	const PRINTED = 1500;
	function overview(place, judgements, sides, onChange) {
		const { rows, columns } = rowsOf(judgements, sides);
		let { filter, sorting } = DEFAULT_VIEW;
		let visible = rows;
		const status = el("p", {
			class: "status",
			role: "status"
		});
		const printed = el("p", { class: "printed" });
		const empty = el("p", { class: "empty" }, "Nothing fits these filters.");
		const scale = forestScale(judgements);
		const [one, many] = scale === null ? ["value", "values"] : ["comparison", "comparisons"];
		const table = comparisonTable({
			columns,
			scale,
			onSort: (key) => {
				sorting = {
					key,
					descending: sorting.key === key && !sorting.descending
				};
				update();
				onChange();
			},
			hrefOf: (row) => row.address + queryOf({
				filter,
				sorting
			})
		});
		const update = () => {
			visible = visibleRows(rows, filter, sorting);
			table.show(visible, sorting);
			const all = plural(rows.length, one, many);
			status.textContent = visible.length === rows.length ? all : `${visible.length.toLocaleString("en-US")} of ${all}`;
			empty.hidden = visible.length > 0;
			table.element.hidden = visible.length === 0;
			for (const chip of chips.children) chip.setAttribute("aria-pressed", String(chip.dataset.bucket === filter.bucket));
		};
		const change = (part) => {
			filter = {
				...filter,
				...part
			};
			update();
			onChange();
		};
		const chips = el("div", {
			class: "chips",
			role: "group",
			"aria-label": "Verdict"
		}, ...chipsOf(rows, plural(rows.length, one, many), change));
		const search = searchField();
		search.addEventListener("input", () => change({ text: search.value }));
		search.addEventListener("keydown", (event) => {
			if (event.key !== "ArrowDown" || visible.length === 0) return;
			event.preventDefault();
			table.focus(visible[0].address);
		});
		const listed = (label, part) => {
			const values = unique(judgements.map((judgement) => judgement[part]));
			return choice(label, `all ${values.length.toLocaleString("en-US")}`, values, (value) => change({ [part]: value }));
		};
		const suites = listed("Suite", "suite");
		const metrics = listed("Metric", "metric");
		const bar = el("div", {
			class: "filters",
			role: "search"
		}, el("label", { class: "search" }, el("span", {}, "Search"), search), suites?.element ?? null, metrics?.element ?? null, status);
		const take = takeAway("Save these comparisons", [{
			words: "Save as CSV",
			file: "benchgate.csv",
			type: "text/csv",
			text: () => comparisonsCsv(visible)
		}, {
			words: "Save as JSON",
			file: "benchgate.json",
			type: "application/json",
			text: () => comparisonsJson(visible)
		}]);
		place.append(chips, bar, table.element, empty, take, scale === null ? "" : legend(), printed);
		place.hidden = false;
		update();
		return {
			rows: () => visible,
			query: () => queryOf({
				filter,
				sorting
			}),
			restore(view) {
				if (queryOf(view) === queryOf({
					filter,
					sorting
				})) return;
				({filter, sorting} = view);
				search.value = filter.text;
				suites?.set(filter.suite);
				metrics?.set(filter.metric);
				update();
			},
			focus: (address) => table.focus(address),
			beforePrint() {
				const left = table.expand(PRINTED);
				printed.textContent = left === 0 ? "" : `… and ${plural(left, "more comparison", "more comparisons")}.`;
			},
			afterPrint() {
				printed.textContent = "";
				table.collapse();
			}
		};
	}
	function chipsOf(rows, all, change) {
		const buckets = new Map(rows.map(({ bucket }) => [bucket.name, bucket]));
		const counted = (wanted) => countedWords(rows.flatMap(({ bucket: { name } }) => name === wanted ? [name] : [])).join("");
		const chip = (name, words, colour) => {
			const button = el("button", {
				type: "button",
				class: `chip ${colour}`,
				"data-bucket": name
			}, words);
			button.addEventListener("click", () => change({ bucket: name }));
			return button;
		};
		return [chip("", `All ${all}`, "none"), ...[...buckets.values()].map(({ name, colour }) => chip(name, counted(name), colour))];
	}
	function legend() {
		return el("p", { class: "legend" }, "In the plot, the dot is the estimate, the bar its interval, the upright line no change, and the shaded band the threshold; arrows point beyond the axis. Open a benchmark for its rounds, distributions and warnings.");
	}
	function unique(values) {
		return [...new Set(values)].sort();
	}
	// src/browser/remember.ts
	function remember$1(query) {
		try {
			history.replaceState(null, "", `#${query}`);
		} catch {}
	}
	// src/browser/theme.ts
	const KEY = "benchgate-theme";
	function themeButton(button, onChange) {
		const system = matchMedia("(prefers-color-scheme: dark)");
		let chosen = remembered();
		const current = () => chosen ?? (system.matches ? "dark" : "light");
		const apply = () => {
			document.documentElement.style.colorScheme = chosen ?? "";
			button.textContent = current() === "dark" ? "Light theme" : "Dark theme";
			onChange();
		};
		button.addEventListener("click", () => {
			chosen = current() === "dark" ? "light" : "dark";
			remember(chosen);
			apply();
		});
		system.addEventListener("change", apply);
		addEventListener("beforeprint", () => {
			document.documentElement.style.colorScheme = "light";
			onChange();
		});
		addEventListener("afterprint", apply);
		button.hidden = false;
		apply();
	}
	function remembered() {
		try {
			const kept = localStorage.getItem(KEY);
			return kept === "light" || kept === "dark" ? kept : null;
		} catch {
			return null;
		}
	}
	function remember(theme) {
		try {
			localStorage.setItem(KEY, theme);
		} catch {}
	}
	// src/browser/main.ts
	const wire = JSON.parse(byId(BLOCKS.overview).textContent);
	const title = document.title;
	const table = byId("overview");
	const archive = openArchive(wire);
	const list = overview(table, decodeJudgements(wire), wire.sides, () => remember$1(list.query()));
	const detail = detailView(byId("detail"), wire);
	const all = list.rows();
	let last = null;
	themeButton(byId("theme"), () => detail.redraw());
	addEventListener("hashchange", route);
	addEventListener("beforeprint", () => list.beforePrint());
	addEventListener("afterprint", () => list.afterPrint());
	addEventListener("keydown", (event) => {
		if (event.key === "Escape" && last !== null && !event.defaultPrevented) location.hash = `#${list.query()}`;
	});
	route();
	function route() {
		const { subject: address, query } = hashParts(location.hash);
		if (address !== "" && !address.startsWith("#/")) return;
		list.restore(viewOf(query));
		const rows = all.filter((row) => row.address === address);
		const left = last;
		last = rows.length === 0 ? null : address;
		if (rows.length === 0) {
			detail.hide();
			table.hidden = false;
			document.title = title;
			if (left !== null) list.focus(left);
			return;
		}
		table.hidden = true;
		document.title = `${rows[0].name} · ${title}`;
		detail.show(rows, archive(address), aroundOf(rows[0]));
	}
	function aroundOf(row) {
		const query = list.query();
		const shown = [...new Set(list.rows().map(({ address }) => address))];
		const to = (address) => address === void 0 ? null : address + query;
		const at = shown.indexOf(row.address);
		const { suite, benchmark } = row.judgement;
		const siblings = new Map(all.filter(({ judgement, address }) => {
			return judgement.suite === suite && judgement.benchmark === benchmark && address !== row.address;
		}).map(({ address, judgement }) => [address, judgement.metric]));
		return {
			all: `#${query}`,
			previous: to(shown[at - 1]),
			next: at >= 0 ? to(shown[at + 1]) : null,
			siblings: [...siblings].map(([address, metric]) => ({
				address: address + query,
				metric
			}))
		};
	}
})();
