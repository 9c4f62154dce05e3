import type { LineState } from '#domain/loop/lines.ts';

/** An empty ring, an hour glass's half, a full disc, a warning's triangle, a tick: told apart without their colours. */
const shapes: Record<LineState, { path: string; color: string; stroke?: boolean }> = {
  none: { path: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14Z', color: 'var(--text-3)', stroke: true },
  waiting: {
    path: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 6.5V10l2.5 2',
    color: 'var(--state-enRoute)',
    stroke: true,
  },
  news: { path: 'M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Z', color: 'var(--ok)' },
  quiet: { path: 'M10 2 18.5 17.5h-17ZM9 7.5v5h2v-5ZM9 14v2h2v-2Z', color: 'var(--warn)' },
  done: { path: 'M3.5 10.5l4.5 4.5L16.5 5.5', color: 'var(--text-2)', stroke: true },
};

/** How one of the three lines stands, as shape and colour; the word stands beside it. */
export function LineMark({ state }: { state: LineState }) {
  const { path, color, stroke = false } = shapes[state];
  return (
    <svg width="1.15em" height="1.15em" viewBox="0 0 20 20" aria-hidden focusable="false">
      {stroke ? (
        <path d={path} fill="none" stroke={color} strokeWidth="2.2" strokeLinecap="round" />
      ) : (
        <path d={path} fill={color} fillRule="evenodd" />
      )}
    </svg>
  );
}
