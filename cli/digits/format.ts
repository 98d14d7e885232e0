/** Numbers as people read them, the same on every machine. */

const grouped: Intl.NumberFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** `7,812` */
export function count(value: number): string {
  return grouped.format(value);
}

/** `97.81 %` */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** `24.3 s`, `2 min 5 s` */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** At most three significant digits: `0.15`, `0.000417` */
export function rate(value: number): string {
  return String(Number(value.toPrecision(3)));
}
