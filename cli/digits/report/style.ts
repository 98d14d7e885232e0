/** The report's looks: light and dark by the reader's setting, one column on a phone. */

/** The style sheet, inlined so that the report is one file. */
export const STYLE: string = `
:root { color-scheme: light dark; --ink: #1c2024; --soft: #5c6670; --paper: #fbfbfa; --card: #ffffff; --line: #dfe3e6;
  --accent: #1668b8; --second: #b8500c; --right: #1a7f4b; --wrong: #c0392b; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eaed; --soft: #9aa4ae; --paper: #15181b; --card: #1d2125; --line: #343a40;
    --accent: #6ab0f3; --second: #f2a25c; --right: #5fd08f; --wrong: #ff8a7a; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1rem 3rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 2.5rem 0 .5rem; font-size: 1.15rem; }
p { margin: .5rem 0; max-width: 42rem; }
.soft { color: var(--soft); }
.hero { display: flex; flex-wrap: wrap; align-items: flex-start; gap: .5rem 2.5rem; margin: 1.5rem 0 0; padding: 0; }
.hero div { display: flex; flex-direction: column-reverse; }
.hero dt { color: var(--soft); }
.hero dd { margin: 0; font-size: 2rem; line-height: 1.2; font-weight: 600; font-variant-numeric: tabular-nums; }
.curve { margin: 0; padding: .75rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.curve svg { display: block; width: 100%; height: auto; color: var(--ink); font-family: inherit; font-size: 12px; }
.curve .narrow { display: none; }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; margin: 0; padding: .25rem .5rem; list-style: none; }
.swatch { display: inline-block; width: 1.5rem; height: .25rem; margin-right: .5rem; vertical-align: middle;
  border-radius: .125rem; }
@media (max-width: 40rem) { .curve .wide { display: none; } .curve .narrow { display: block; } }
.digits { display: grid; grid-template-columns: repeat(8, 1fr); gap: .6rem; margin: 1rem 0 0;
  padding: 0; list-style: none; }
.digit { margin: 0; padding: .5rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
.digit svg { display: block; width: 100%; height: auto; }
.digit figcaption { font-variant-numeric: tabular-nums; line-height: 1.3; }
.digit b { font-size: 1.35rem; }
.digit b, .digit span { display: inline-block; margin-right: .4rem; white-space: nowrap; }
@media (max-width: 50rem) { .digits { grid-template-columns: repeat(4, 1fr); gap: .4rem; } }
@media (max-width: 25rem) { .digit { padding: .25rem; } .digit span, .digit small { display: block; margin: 0; font-size: .75rem; } }
.right b { color: var(--right); }
.wrong { border-color: var(--wrong); box-shadow: inset 0 0 0 1px var(--wrong); }
.wrong b { color: var(--wrong); }
.digit small { display: block; white-space: nowrap; color: var(--soft); }
table { border-collapse: collapse; width: 100%; max-width: 42rem; font-variant-numeric: tabular-nums; }
th, td { padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
th { font-weight: 400; color: var(--soft); }
.numbers td { white-space: nowrap; }
.numbers td, .numbers th { text-align: right; vertical-align: bottom; }
.numbers td:first-child, .numbers th:first-child { text-align: left; }
.numbers td:first-child { white-space: normal; }
.scroll { overflow-x: auto; }
`;
