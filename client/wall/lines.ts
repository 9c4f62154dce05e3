/** The three lines of an incident as the wall knows them: it is sent no tasks, but orders say how far the ground has come. Pure. */
import type { Line } from '#contract/kinds.ts';
import { type LineView, linesOf, NEWS_MS } from '#domain/loop/lines.ts';
import type { WorldIncident } from '#domain/world.ts';

/** As `linesOf`, with the station's steps in place of the crews' tasks. */
export function wallLines(incident: WorldIncident, nowMs: number): Record<Line, LineView> {
  const views = linesOf(incident, [], nowMs);
  const steps = Object.values(incident.loop.orders).filter(({ state }) => state !== 'cancelled');
  if (incident.state === 'closed' || steps.length === 0) return views;
  const stepAtMs = Math.max(...steps.map(({ changedAt }) => Date.parse(changedAt)));
  const newsAtMs = Math.max(views.ground.newsAtMs ?? 0, stepAtMs);
  const isNew = nowMs - newsAtMs < NEWS_MS;
  const working = steps.some(
    ({ state }) => state === 'issued' || state === 'acknowledged' || state === 'underWay',
  );
  const ground: LineView = {
    ...views.ground,
    newsAtMs,
    state: isNew
      ? 'news'
      : working
        ? 'waiting'
        : views.ground.state === 'none'
          ? 'quiet'
          : views.ground.state,
  };
  return { ...views, ground };
}
