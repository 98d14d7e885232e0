/** Numbers as people read them, the same on every machine. */

const grouped: Intl.NumberFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `7,812` */
export function count(value: number): string {
  return grouped.format(value);
}

/** `97.81 %`; "none" for what is no number. */
export function percent(share: number): string {
  return Number.isNaN(share) ? "none" : `${(100 * share).toFixed(2)} %`;
}

/** `12 ms`, `24.3 s`, `2 min 5 s` */
export function duration(seconds: number): string {
  if (seconds < 0.0995) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** At most three significant digits: `0.15`, `0.000417`, `1e-8` */
export function rate(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A loss: `0.0712`, and with an exponent where four decimals would show nothing: `3.2e-6`. Not a number is said in words. */
export function loss(value: number): string {
  if (Number.isNaN(value)) return "none";
  if (!Number.isFinite(value)) return "infinite";
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2).replace("e+", "e");
  return value.toFixed(4);
}
