const two = (n: number) => String(n).padStart(2, '0');

/** Seconds from midnight as `hh:mm`. */
export const clockOfDay = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;

/** `hh:mm` as seconds from midnight; null for anything else. */
export function secondsOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 3600 + Number(minutes) * 60;
}
