// The entry of dist/page.js: the program inside the HTML report.
import { decodeJudgements } from "../report/html/decode.ts";
import { BLOCKS, type WireOverview } from "../report/html/wire.ts";
import { openArchive } from "./archive.ts";
import { type Around, detailView } from "./detail.ts";
import { byId } from "./dom.ts";
import { hashParts } from "./hash.ts";
import { overview } from "./overview.ts";
import { remember } from "./remember.ts";
import type { Row } from "./row.ts";
import { themeButton } from "./theme.ts";
import { viewOf } from "./view-address.ts";

const wire = JSON.parse(byId(BLOCKS.overview).textContent) as WireOverview;
const title = document.title;
const table = byId("overview");
const archive = openArchive(wire);
const list = overview(table, decodeJudgements(wire), wire.sides, () => remember(list.query()));
const detail = detailView(byId("detail"), wire);
const all = list.rows();
let last: string | null = null;

themeButton(byId("theme"), () => detail.redraw());
addEventListener("hashchange", route);
addEventListener("beforeprint", () => list.beforePrint());
addEventListener("afterprint", () => list.afterPrint());
addEventListener("keydown", (event) => {
  if (event.key === "Escape" && last !== null && !event.defaultPrevented) location.hash = `#${list.query()}`;
});
route();

/** Shows what the address names: a benchmark, or all of them. */
function route(): void {
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
  document.title = `${rows[0]!.name} · ${title}`;
  detail.show(rows, archive(address), aroundOf(rows[0]!));
}

function aroundOf(row: Row): Around {
  const query = list.query();
  const shown = [...new Set(list.rows().map(({ address }) => address))];
  const to = (address: string | undefined) => (address === undefined ? null : address + query);
  const at = shown.indexOf(row.address);
  const { suite, benchmark } = row.judgement;
  const siblings = new Map(
    all
      .filter(({ judgement, address }) => {
        return judgement.suite === suite && judgement.benchmark === benchmark && address !== row.address;
      })
      .map(({ address, judgement }) => [address, judgement.metric]),
  );
  return {
    all: `#${query}`,
    previous: to(shown[at - 1]),
    next: at >= 0 ? to(shown[at + 1]) : null,
    siblings: [...siblings].map(([address, metric]) => ({ address: address + query, metric })),
  };
}
