import type { TrackFixView, TrackQuery } from '#contract/track.ts';
import { fixAt, type Track } from '#domain/track/track.ts';
import type { Database } from '../../../db/connect.ts';
import { unitStation } from '../../../db/queries/unit-station.ts';
import type { Actor } from '../../auth/actor.ts';
import type { ServiceDeps } from '../../deps.ts';
import { noSuch, requireAllowed } from '../guard.ts';
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
    if (!unit) throw noSuch('unit', unitId);
    requireAllowed(actor, 'unit.track', unit, { what: 'unit', id: unitId });
    work.audit({ action: 'unit.track', resource: unitId, detail: { from: query.from, to: query.to } });
  });
  const start = query.cursor ?? { observedAtMs: Date.parse(query.from), skip: 0 };
  return readPage(deps.database, unitId, {
    fromMs: Math.max(start.observedAtMs, Date.parse(query.from)),
    toMs: Date.parse(query.to),
    skip: start.skip,
    limit: query.limit,
  });
}

/** So much is read at once: a page is far less than the week that may be asked for. */
const partMs = 6 * 3_600_000;

async function readPage(
  database: Database,
  unitId: string,
  { fromMs, toMs, skip, limit }: { fromMs: number; toMs: number; skip: number; limit: number },
): Promise<{ items: TrackFixView[]; nextCursor: string | null }> {
  const items: TrackFixView[] = [];
  for (let partAtMs = fromMs; partAtMs < toMs; partAtMs += partMs) {
    const track = await readTrack(database, unitId, partAtMs, Math.min(partAtMs + partMs, toMs));
    for (let index = partAtMs === fromMs ? skip : 0; index < track.length; index++) {
      if (track.future[index] === 1) continue;
      if (items.length === limit) return { items, nextCursor: cursorAt(track, index) };
      items.push(viewOf(track, index));
    }
  }
  return { items, nextCursor: null };
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
