/** The sheet of paper: white, with a title, one drawing, and a sentence below it. */

import { parseHTML } from "linkedom";

/** What all drawings look like. */
export const ink = {
  dark: "#1c2024",
  soft: "#5c6670",
  path: "#c2255c",
  empty: "#eef0f2",
} as const;

/** Size of the drawing on the sheet, in pixels. */
export const drawingSize = { width: 720, height: 520 } as const;

/** Room around the drawing. */
const top = 76;
const bottom = 38;

/** A title that does not fit is cut. */
const longest = { title: 72, formula: 86, note: 112 } as const;

/** What stands on a sheet. */
export interface Sheet {
  readonly title: string;
  readonly formula: string;
  /** The drawing, as an SVG element of `drawingSize`. */
  readonly drawing: string;
  readonly note: string;
}

/** The sheet as an SVG file; its paper is white, whatever the viewer's background. */
export function sheetOf({ title, formula, drawing, note }: Sheet): string {
  const { width, height } = drawingSize;
  const text = (y: number, style: string, words: string, most: number): string =>
    `<text x="20" y="${y}" ${style}>${escapeXml(shorten(words, most))}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height + top + bottom}" viewBox="0 0 ${width} ${height + top + bottom}" font-family="system-ui, sans-serif" role="img" aria-label="${escapeXml(`${title}; ${formula}`)}">
<rect width="100%" height="100%" fill="white"/>
${text(34, `font-size="16" font-weight="600" fill="${ink.dark}"`, title, longest.title)}
${text(57, `font-size="13" fill="${ink.soft}" font-family="ui-monospace, monospace"`, formula, longest.formula)}
<g transform="translate(0 ${top})">${drawing}</g>
${text(top + height + 18, `font-size="12" fill="${ink.soft}"`, note, longest.note)}
</svg>
`;
  return roundAttributes(svg);
}

/** Coordinates to a hundredth of a pixel; what is written as text keeps its digits. */
function roundAttributes(svg: string): string {
  return svg.replaceAll(/="[^"<>]*"/g, (attribute) => attribute.replaceAll(/(\.\d\d)\d+/g, "$1"));
}

/** The same as a page. */
export function pageOf(sheet: Sheet): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeXml(sheet.title)}</title>
<style>body { margin: 0; background: white; } svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }</style>
</head>
<body>
${sheetOf(sheet)}</body>
</html>
`;
}

/** A document in which Observable Plot draws without a browser. */
export function paper(): Document {
  return parseHTML("<!doctype html><html><body></body></html>").document;
}

/** Text as it stands in XML. */
export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
