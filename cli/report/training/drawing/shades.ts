/** Grey values as a small vector picture that takes the page's colour of ink. */

import { escapeXml } from "../../../minimize/plot/sheet.ts";
import type { Size } from "./picture.ts";

/** Shades are few, so that pixels of one shade share one path and a digit takes two kilobytes. */
const shades = 12;

/**
 * Draws grey values (`height * width`, 0 paper to 255 ink) as SVG, one path per shade.
 *
 * @param label what the picture shows, for those who do not see it.
 */
export function greyPicture(pixels: ArrayLike<number>, { width, height }: Size, label: string): string {
  const paths = runsByShade(pixels, { width, height }, (value) => Math.round((value / 255) * shades));
  const inked = Array.from({ length: shades }, (_, i) => {
    const runs = paths.get(i + 1) ?? [];
    const path = runs.map(({ x, y, length }) => `M${x} ${y}h${length}v1h-${length}z`).join("");
    return path === "" ? "" : `<path fill-opacity="${((i + 1) / shades).toFixed(2)}" d="${path}"/>`;
  });
  return `<svg role="img" aria-label="${escapeXml(label)}" viewBox="0 0 ${width} ${height}" fill="currentColor" shape-rendering="crispEdges">${inked.join("")}</svg>`;
}

/** Pixels of one shade side by side. */
export interface ShadeRun {
  readonly x: number;
  readonly y: number;
  readonly length: number;
}

/** The runs of each shade but 0, which is paper. */
export function runsByShade(
  pixels: ArrayLike<number>,
  { width, height }: Size,
  shadeOf: (value: number) => number,
): Map<number, ShadeRun[]> {
  const found = new Map<number, ShadeRun[]>();
  const shadeAt = (x: number, y: number): number => shadeOf(pixels[y * width + x] ?? 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; ) {
      const shade = shadeAt(x, y);
      const start = x;
      while (x < width && shadeAt(x, y) === shade) x++;
      if (shade === 0) continue;
      const runs = found.get(shade) ?? [];
      runs.push({ x: start, y, length: x - start });
      found.set(shade, runs);
    }
  }
  return found;
}
