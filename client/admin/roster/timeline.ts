/** Where shifts stand on a board of one day and the night after it. Pure; instants are ISO 8601 or ms since 1970. */
import type { Span } from '#domain/roster.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Shanghai keeps no summer time. */
const shanghaiMs = 8 * hourMs;
/** A board shows a day and the following morning, so that a night shift is seen whole. */
const boardMs = 36 * hourMs;

/** The hours that are written above the board. */
export const boardHours = Array.from({ length: boardMs / hourMs / 3 }, (_, i) => i * 3);

/** Midnight in Shanghai of the day that holds `atMs`. */
export const dayStart = (atMs: number): number =>
  Math.floor((atMs + shanghaiMs) / dayMs) * dayMs - shanghaiMs;

export const dayAfter = (startMs: number, days: number): number => startMs + days * dayMs;

/** The span of a board that begins at a midnight. */
export const boardSpan = (startMs: number): Span => ({
  startsAt: new Date(startMs).toISOString(),
  endsAt: new Date(startMs + boardMs).toISOString(),
});

/** Share of the board's width, 0 to 1, at an instant; beyond its ends it is clipped. */
export const shareAt = (atMs: number, startMs: number): number =>
  Math.min(1, Math.max(0, (atMs - startMs) / boardMs));

/** Left end and width of a span on the board, as shares; undefined when it lies beside it. */
export function barOf(span: Span, startMs: number): { left: number; width: number } | undefined {
  const left = shareAt(Date.parse(span.startsAt), startMs);
  const width = shareAt(Date.parse(span.endsAt), startMs) - left;
  return width > 0 ? { left, width } : undefined;
}

/**
 * The stretches between a unit's shifts in which nobody is planned. Only between shifts: before the first and after
 * the last nothing says that anybody was meant to be there.
 */
export function gapsBetween(shifts: readonly Span[]): Span[] {
  const sorted = shifts.toSorted((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt));
  return sorted.slice(1).flatMap((next, i) => {
    const { endsAt } = sorted[i]!;
    return Date.parse(endsAt) < Date.parse(next.startsAt)
      ? [{ startsAt: endsAt, endsAt: next.startsAt }]
      : [];
  });
}

/** What a `datetime-local` field holds for an instant: the wall clock of Shanghai. */
export const toWallClock = (at: string): string =>
  new Date(Date.parse(at) + shanghaiMs).toISOString().slice(0, 16);

/** The instant of such a field; undefined while it is incomplete. */
export function fromWallClock(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return undefined;
  const ms = Date.parse(`${text.slice(0, 16)}:00+08:00`);
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
