(function() {
	// src/browser/dom.ts
	function el(name, attributes = {}, ...children) {
		const element = document.createElement(name);
		assign(element, attributes);
		fill(element, children);
		return element;
	}
	function svg(name, attributes = {}, ...children) {
		const element = document.createElementNS("http://www.w3.org/2000/svg", name);
		assign(element, attributes);
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
	function assign(element, attributes) {
		for (const [name, value] of Object.entries(attributes)) {
			if (value === null || value === void 0 || value === false) continue;
			element.setAttribute(name, value === true ? "" : String(value));
		}
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
	// src/browser/remember.ts
	function remember(query) {
		try {
			history.replaceState(null, "", `#${query}`);
		} catch {}
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
	// src/browser/trend.ts
	const runs = JSON.parse(byId("runs").textContent);
	search(byId("find"));
	for (const figure of document.querySelectorAll("figure[data-values]")) readout(figure);
	addEventListener("hashchange", reveal);
	reveal();
	function search(place) {
		const entries = [...document.querySelectorAll("tr[data-id]")].map((row) => {
			const picture = document.getElementById(row.dataset.id);
			const [name, statistic, state] = [
				"name",
				"statistic",
				"state"
			].map((part) => row.querySelector(`.${part}`)?.textContent?.toLowerCase().trim() ?? "");
			const words = state.replace(/^\P{L}+/u, "");
			return {
				parts: picture === null ? [row] : [row, picture],
				names: [
					name,
					statistic,
					words,
					...name.split(" / ")
				],
				haystack: `${name} ${statistic} ${words}`,
				state: row.dataset.state
			};
		});
		const field = searchField();
		const states = [...new Set(entries.map(({ state }) => state))];
		const chosen = choice("State", "all", states, () => ask());
		const status = el("p", {
			class: "quiet",
			role: "status"
		});
		const folds = [...document.querySelectorAll("details.fold")];
		const closed = new Set(folds.filter(({ open }) => !open));
		const show = () => {
			const fits = matcher(field.value, entries);
			const state = chosen?.value() ?? "";
			const kept = new Set(entries.filter((entry) => (state === "" || entry.state === state) && fits(entry)));
			for (const entry of entries) for (const part of entry.parts) part.hidden = !kept.has(entry);
			const asked = field.value.trim() !== "" || state !== "";
			for (const fold of folds) {
				const some = fold.querySelector("tr[data-id]:not([hidden])") !== null;
				fold.hidden = asked && !some;
				fold.open = asked ? some : !closed.has(fold);
			}
			for (const table of document.querySelectorAll(".rows")) table.hidden = asked && table.querySelector("tr[data-id]:not([hidden])") === null;
			const all = entries.length.toLocaleString("en-US");
			status.textContent = kept.size === entries.length ? `${all} in all` : `${kept.size.toLocaleString("en-US")} of ${all}`;
		};
		const ask = () => {
			show();
			remember(queryWords({
				q: field.value.trim(),
				state: chosen?.value() ?? ""
			}));
		};
		field.addEventListener("input", ask);
		const { subject, query } = hashParts(location.hash);
		const asked = new URLSearchParams(subject === "" ? query : "");
		field.value = asked.get("q") ?? "";
		if (states.includes(asked.get("state") ?? "")) chosen?.set(asked.get("state"));
		place.append(el("label", {}, el("span", {}, "Search"), field), chosen?.element ?? "", status);
		place.hidden = false;
		show();
	}
	function readout(figure) {
		const picture = figure.querySelector("svg");
		const values = figure.dataset.values.split("|");
		const places = figure.dataset.runs.split(" ").map((at) => runs[Number(at)]);
		const xs = figure.querySelector(".run").getAttribute("points").split(" ").map((point) => Number(point.split(",")[0]));
		const words = el("p", {
			class: "readout",
			role: "status"
		});
		const { height } = picture.viewBox.baseVal;
		const cursor = svg("line", {
			class: "cursor",
			y1: 20,
			y2: height - 26,
			visibility: "hidden"
		});
		picture.append(cursor);
		picture.after(words);
		let at = values.length;
		const tell = (run) => {
			at = Math.max(0, Math.min(values.length - 1, run));
			const [sha = "", day = "", subject = ""] = places[at] ?? [];
			words.textContent = [
				values[at],
				[sha, day].filter(Boolean).join(", "),
				subject
			].filter(Boolean).join(" · ");
			for (const end of ["x1", "x2"]) cursor.setAttribute(end, String(xs[at]));
			cursor.setAttribute("visibility", "visible");
		};
		figure.tabIndex = 0;
		picture.addEventListener("pointermove", ({ clientX }) => {
			const { left, width } = picture.getBoundingClientRect();
			const x = (clientX - left) / width * picture.viewBox.baseVal.width;
			tell(xs.reduce((best, each, run) => Math.abs(each - x) < Math.abs(xs[best] - x) ? run : best, 0));
		});
		figure.addEventListener("keydown", (event) => {
			const step = STEPS[event.key];
			if (step === void 0 || event.target !== figure || event.ctrlKey || event.metaKey || event.altKey) return;
			event.preventDefault();
			tell(step(at, values.length));
		});
	}
	const STEPS = {
		ArrowLeft: (at) => at - 1,
		ArrowRight: (at) => at + 1,
		Home: () => 0,
		End: (_, runs) => runs - 1
	};
	function reveal() {
		const target = document.getElementById(location.hash.slice(1));
		const fold = target?.closest("details");
		if (!fold || fold.open) return;
		fold.open = true;
		target.scrollIntoView();
	}
})();
