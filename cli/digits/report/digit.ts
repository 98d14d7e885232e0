/** A digit as a small vector picture that takes the page's colour of ink. */

import { MNIST_SIDE } from "../../../src/data/mnist.ts";

/** Shades are few, so that pixels of one shade share one path and a digit takes two kilobytes. */
const SHADES = 12;

/**
 * Draws grey values (`28 * 28`, 0 paper to 255 ink) as SVG, one path per shade.
 *
 * @param label what the picture shows, for those who do not see it.
 */
export function digitPicture(pixels: Uint8Array, label: string): string {
  const paths = Array.from({ length: SHADES }, () => "");
  for (let y = 0; y < MNIST_SIDE; y++) {
    for (let x = 0; x < MNIST_SIDE; ) {
      const shade = shadeAt(pixels, x, y);
      const start = x;
      while (x < MNIST_SIDE && shadeAt(pixels, x, y) === shade) x++;
      if (shade > 0) paths[shade - 1] += `M${start} ${y}h${x - start}v1h-${x - start}z`;
    }
  }
  const inked = paths.flatMap((path, i) =>
    path === "" ? [] : [`<path fill-opacity="${((i + 1) / SHADES).toFixed(2)}" d="${path}"/>`],
  );
  return `<svg role="img" aria-label="${label}" viewBox="0 0 ${MNIST_SIDE} ${MNIST_SIDE}" fill="currentColor" shape-rendering="crispEdges">${inked.join("")}</svg>`;
}

function shadeAt(pixels: Uint8Array, x: number, y: number): number {
  return Math.round(((pixels[y * MNIST_SIDE + x] ?? 0) / 255) * SHADES);
}
