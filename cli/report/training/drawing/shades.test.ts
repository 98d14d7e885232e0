import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { greyPicture } from "./shades.ts";

test("ink of one shade is one path, paper is none, and the picture says what it is", () => {
  const pixels = new Uint8Array(784);
  pixels.fill(255, 28 * 2 + 3, 28 * 2 + 6);
  pixels[783] = 255;
  pixels[0] = 128;
  const { document } = parseHTML(greyPicture(pixels, { width: 28, height: 28 }, "A handwritten <1>"));
  const paths = [...document.querySelectorAll("path")];
  expect(paths.map((path) => [path.getAttribute("fill-opacity"), path.getAttribute("d")])).toEqual([
    ["0.50", "M0 0h1v1h-1z"],
    ["1.00", "M3 2h3v1h-3zM27 27h1v1h-1z"],
  ]);
  expect(document.querySelector("svg")?.getAttribute("aria-label")).toBe("A handwritten <1>");
});
