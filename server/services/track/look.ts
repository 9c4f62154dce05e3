import type { TrackFixView, TrackQuery } from '#contract/track.ts';
import { fixAt, type Track } from '#domain/track/track.ts';
import { unitStation } from '../../../db/queries/unit-station.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { notFound, requireAllowed } from '../guard.ts';
import { perform } from '../unit-of-work.ts';
import { readTrack } from './read.ts';

/**
 * A page of where a unit was. Officers are followed here, so the audit knows who looked at whom before anything is
 * read. Fixes of a clock that was ahead are left out: nobody knows when they were.
 */
export async function lookAtTrack(
  deps: ServiceDeps,
  actor: Actor,
  unitId: string,
  query: TrackQuery,
): Promise<{ items: TrackFixView[]; nextCursor: string | null }> {
  await perform(deps, { actor }, async work => {
    const unit = await unitStation(work.tx, unitId);
    if (!unit) throw notFound('unit');
    requireAllowed(actor, 'unit.track', unit, 'unit');
    work.audit({ action: 'unit.track', resource: unitId, detail: { from: query.from, to: query.to } });
  });
  const start = query.cursor ?? { observedAtMs: Date.parse(query.from), skip: 0 };
  const track = await readTrack(
    deps.database,
    unitId,
    Math.max(start.observedAtMs, Date.parse(query.from)),
    Date.parse(query.to),
  );
  return pageOf(track, start.skip, query.limit);
}

function pageOf(track: Track, skip: number, limit: number) {
  const wanted: number[] = [];
  for (let index = skip; index < track.length && wanted.length <= limit; index++)
    if (track.future[index] === 0) wanted.push(index);
  const next = wanted[limit];
  return {
    items: wanted.slice(0, limit).map(index => viewOf(track, index)),
    nextCursor: next === undefined ? null : cursorAt(track, next),
  };
}

function cursorAt(track: Track, index: number): string {
  const observedAtMs = track.observedAtMs[index]!;
  return `${observedAtMs}.${index - track.observedAtMs.indexOf(observedAtMs)}`;
}

function viewOf(track: Track, index: number): TrackFixView {
  const { observedAtMs, receivedAtMs, lng, lat, speedMps, courseDeg, accuracyM } = fixAt(track, index);
  const observedAt = new Date(observedAtMs).toISOString();
  const receivedAt = new Date(receivedAtMs).toISOString();
  return { observedAt, receivedAt, lng, lat, speedMps, courseDeg, accuracyM };
}
