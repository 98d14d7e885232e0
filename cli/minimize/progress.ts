/** How far a long run is: one line on a terminal, rewritten; nothing elsewhere. */

import { showNumber } from "../output.ts";

/** Short runs show nothing. */
const patience = 1000;

/** Milliseconds between two looks. */
const interval = 100;

/** Where a run stands. */
interface Standing {
  readonly steps: number;
  readonly value: number;
  readonly gradientNorm: number | undefined;
}

/** Shows a run. */
export interface Progress {
  readonly step: (standing: Standing) => void;
  /** Leaves the terminal as it was. */
  readonly close: () => void;
}

/** A line on stderr, where that is a terminal which can rewrite it. */
export function terminalProgress(stream: NodeJS.WriteStream): Progress | undefined {
  if (stream.isTTY !== true || process.env.TERM === "dumb") return undefined;
  const began = performance.now();
  let next = began + patience;
  let isShown = false;
  return {
    step: ({ steps, value, gradientNorm }) => {
      const now = performance.now();
      if (now < next) return;
      next = now + interval;
      isShown = true;
      const slope = gradientNorm === undefined ? "" : `  gradient ${gradientNorm.toPrecision(3)}`;
      const line = `step ${steps}  value ${showNumber(value)}${slope}  ${((now - began) / 1000).toFixed(1)} s  (Ctrl-C stops)`;
      stream.write(`\r\u001b[K${line.slice(0, (stream.columns || 80) - 1)}`);
    },
    close: () => {
      if (isShown) stream.write("\r\u001b[K");
    },
  };
}
