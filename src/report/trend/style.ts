/** The style of the trend page: light and dark, on screen and on paper; nothing is loaded. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#ffffff, #10141a);
  --raised: light-dark(#f6f8fa, #171c24);
  --line: light-dark(#d5dbe1, #2f3742);
  --text: light-dark(#1b2129, #e8ecf1);
  --quiet: light-dark(#545e69, #a3adb9);
  --link: light-dark(#0858b8, #74b0ff);
  --series: light-dark(#0a62c9, #62a5ff);
  --red: light-dark(#b3151f, #ff8a85);
  --yellow: light-dark(#7a5200, #f0c05a);
  --green: light-dark(#11682f, #6fd08c);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 24px 24px 64px; max-width: 1120px; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "Liberation Sans", Arial, sans-serif;
  font-variant-numeric: tabular-nums;
}
h1 { font-size: 26px; line-height: 1.25; margin: 4px 0 8px; }
h2 { font-size: 20px; margin: 40px 0 4px; }
h3 { font-size: 16px; margin: 0; overflow-wrap: anywhere; }
p { margin: 4px 0 12px; max-width: 80ch; }
.quiet, caption, figcaption { color: var(--quiet); }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
code { font: 0.88em ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; font-size: 14px; }
caption { text-align: left; padding: 0; }
article table { margin: 4px 0; }
th { text-align: left; font-weight: 600; color: var(--quiet); white-space: nowrap; }
th, td { padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.name { overflow-wrap: anywhere; min-width: 14ch; }
td.spark { width: 132px; padding: 2px 12px 2px 0; }
.state { white-space: nowrap; font-weight: 600; }
.worse { color: var(--red); } .better { color: var(--green); } .accepted { color: var(--yellow); }
.steady, .short { color: var(--quiet); font-weight: 400; }
.scroll { overflow-x: auto; }
article { margin: 20px 0; padding: 16px 18px 8px; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; break-inside: avoid; }
figure { margin: 8px 0 0; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
.tools { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: end; margin: 16px 0 0; }
#find { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; }
#find[hidden] { display: none; }
#find label { display: grid; font-size: 13px; color: var(--quiet); }
#find p { margin: 0 0 6px; }
input, select { font: inherit; color: inherit; }
input[type="search"], select { height: 36px; padding: 0 10px; background: var(--ground); color: var(--text); border: 1px solid var(--line); border-radius: 8px; }
input[type="search"] { width: 264px; }
::placeholder { color: var(--quiet); opacity: 1; }
summary { cursor: pointer; padding: 8px 0; font-weight: 600; }
.from-zero { display: none; }
body:has(#from-zero:checked) .from-zero { display: inline; }
body:has(#from-zero:checked) .from-data { display: none; }
body:has(#from-zero:checked) .plot { transform: var(--from-zero); }
.plot * { vector-effect: non-scaling-stroke; }
.cursor { stroke: var(--quiet); stroke-width: 1; }
.readout { min-height: 1.5em; margin: 0; color: var(--quiet); font-size: 13px; max-width: none; overflow-wrap: anywhere; }
.axis { stroke: var(--line); stroke-width: 1; }
.run { fill: none; stroke: var(--series); stroke-width: 1.25; opacity: 0.75; }
.band { fill: var(--series); opacity: 0.14; }
.dot { stroke: var(--series); stroke-width: 5; stroke-linecap: round; }
.level { stroke: var(--text); stroke-width: 1.5; }
.step { stroke-width: 1.5; stroke-dasharray: 4 3; }
.step.worse { stroke: var(--red); } .step.better { stroke: var(--green); } .step.accepted { stroke: var(--yellow); }
svg text.mark { font-weight: 700; fill: var(--text); }
@media (max-width: 700px) {
  body { padding: 14px 14px 48px; }
  h1 { font-size: 21px; }
  article { padding: 12px 12px 6px; }
  th, th.number { white-space: normal; }
  th, td { padding-right: 8px; font-size: 13px; }
  .between { min-width: 24ch; }
  .rows .state { white-space: normal; }
  td.name { min-width: 10ch; }
  svg { overflow: visible; }
  svg text { font-size: 26px; }
}
@media print { .tools { display: none; } body { max-width: none; padding: 0; } article { border-color: #999; } }
`;
