/** The page's looks: light and dark by the reader's setting, one column on a phone. */

import { palette } from "../../race/report/looks.ts";

const colours = (paper: "light" | "dark"): string =>
  palette.map((colour, i) => `--m${i}: ${colour[paper]};`).join(" ");

/** The style sheet, inlined so that the page is one file. */
export const STYLE: string = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5c6670; --paper: #fbfbfa; --card: #ffffff; --line: #dfe3e6;
  --right: #1a7f4b; --wrong: #c0392b; --plus: #0072b2; --minus: #c94f00; --note: #8a6400; ${colours("light")} }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --soft: #9aa4ae; --paper: #15181b; --card: #1d2125; --line: #343a40;
    --right: #5fd08f; --wrong: #ff8a7a; --plus: #6cb8ee; --minus: #ff8f52; --note: #f2c14b; ${colours("dark")} }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 3rem; max-width: 66rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.15rem; }
p { margin: .5rem 0; max-width: 46rem; }
.soft { color: var(--soft); }
.hero { display: flex; flex-wrap: wrap; align-items: flex-start; gap: .75rem 2.5rem; margin: 1.5rem 0 0; padding: 0; }
.hero div { display: flex; flex-direction: column-reverse; max-width: 24rem; }
.hero dt { color: var(--soft); }
.hero dd { margin: 0; font-size: 2rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
figure { margin: 0; padding: .5rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
figure svg { display: block; width: 100%; height: auto; color: var(--ink); font-family: inherit; font-size: 12px; }
figcaption { padding: .1rem .5rem 0; font-weight: 600; }
.figures { display: grid; gap: 1rem; margin: 1rem 0; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); }
.figures > :only-child { max-width: 30rem; }
.figures.small { gap: .6rem; grid-template-columns: repeat(auto-fill, minmax(min(48%, 11rem), 1fr)); }
.figures.small figcaption { font-weight: 400; font-size: .85rem; color: var(--soft); }
.plane { max-width: 46rem; }
.curve .narrow { display: none; }
@media (max-width: 40rem) { .curve .wide { display: none; } .curve .narrow { display: block; } }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0; padding: 0; list-style: none; }
.legend li { display: flex; align-items: center; gap: .4rem; }
.swatch { flex: none; width: 2rem; height: 1rem; vertical-align: -.15rem; }
.runner { stroke: var(--card); stroke-width: 1.2; }
.digits { display: grid; grid-template-columns: repeat(8, 1fr); gap: .6rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.digit figcaption { padding: 0; font-weight: 400; font-variant-numeric: tabular-nums; line-height: 1.3; }
.digit b { font-size: 1.35rem; }
.digit b, .digit span { display: inline-block; margin-right: .4rem; }
@media (max-width: 50rem) { .digits { grid-template-columns: repeat(4, 1fr); gap: .4rem; } }
@media (max-width: 25rem) { .digit { padding: .25rem; } .digit span, .digit small { display: block; margin: 0; font-size: .75rem; } }
.right b { color: var(--right); }
.wrong { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong); }
.wrong b { color: var(--wrong); }
.digit small { display: block; white-space: nowrap; color: var(--soft); }
.weights { display: grid; grid-template-columns: repeat(auto-fill, minmax(4.6rem, 1fr)); gap: .4rem; margin: 1rem 0 0; padding: 0; list-style: none; }
.weights.small { grid-template-columns: repeat(auto-fill, 4.6rem); }
.weights svg { display: block; width: 100%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: .25rem; }
path.plus { stroke: var(--plus); }
path.minus { stroke: var(--minus); }
span.plus { color: var(--plus); font-weight: 600; }
span.minus { color: var(--minus); font-weight: 600; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; margin: .5rem 0 1rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem 1rem .3rem 0; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
thead th { font-weight: 400; color: var(--soft); vertical-align: bottom; white-space: normal; }
tbody th, tfoot th { font-weight: 400; }
th:first-child { text-align: left; }
td:last-child, thead th:last-child { padding-right: 0; }
.best th, .best td { font-weight: 700; }
.settings { width: 100%; max-width: 46rem; }
.settings th, .settings td { text-align: left; white-space: normal; vertical-align: top; }
.settings th { color: var(--soft); white-space: nowrap; }
.confusion { border-collapse: separate; border-spacing: 2px; }
.confusion th, .confusion td { padding: .2rem .1rem; min-width: 2.6rem; border: 0; text-align: center; }
.confusion thead th { padding: .2rem .35rem; }
.confusion th { color: var(--soft); max-width: 8rem; overflow: hidden; text-overflow: ellipsis; }
.confusion th:first-child { padding-left: 0; text-align: right; }
.confusion td { border-radius: .25rem; background: var(--card); }
.confusion .none { color: var(--soft); }
.confusion .hit { background: color-mix(in srgb, var(--right) 22%, var(--card)); }
.confusion .miss { background: color-mix(in srgb, var(--wrong) var(--share), var(--card)); }
.confusion.short { table-layout: fixed; width: 100%; }
@media (max-width: 40rem) { .runs tbody th { white-space: normal; min-width: 7rem; } .runs .swatch { display: block; }
  .confusion { font-size: .75rem; border-spacing: 1px; } .confusion th, .confusion td { padding: .2rem 0; min-width: 0; } }
details { margin: 1rem 0; }
summary { cursor: pointer; }
.warnings { margin: .5rem 0; padding: .6rem .75rem .6rem 2rem; max-width: 52rem; background: var(--card);
  border: 1px solid var(--note); border-left-width: .3rem; border-radius: .5rem; }
.warnings li { margin: .25rem 0; }
.next dt { margin-top: .6rem; }
.next dd { margin: .1rem 0 0; color: var(--soft); }
code { padding: .1rem .35rem; background: var(--card); border: 1px solid var(--line); border-radius: .25rem;
  font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
`;
