import { CodedError } from '#contract/errors.ts';
import type { SightingBody } from '#contract/sighting.ts';
import { unitExists } from '../../../db/queries/unit-exists.ts';
import { whereIs } from '../../../db/queries/where-is.ts';
import { sighting } from '../../../db/schema/index.ts';
import { keepText } from '../keep-text.ts';
import type { Work } from '../unit-of-work.ts';
import { namedPlaces, normaliseSighting } from './normalise.ts';

/** Clocks differ; a sighting that lies farther ahead is a slip of the pen. */
const mostAheadMs = 5 * 60_000;

/** When something was observed. Throws invalidBody for a time in the future. */
export function requirePast(work: Work, observedAt: string, field = 'observedAt'): Date {
  const at = new Date(observedAt);
  if (at.getTime() > work.at.getTime() + mostAheadMs)
    throw new CodedError('invalidBody', `body field ${field}: expected a time that has been`);
  return at;
}

/**
 * Checks and stores one sighting of an incident; the caller logs and audits. Throws invalidBody for a place, segment
 * or unit that does not exist and for a time in the future.
 */
export async function storeSighting(
  work: Work,
  incidentId: string,
  body: SightingBody,
  replaces: string | null = null,
): Promise<string> {
  const observedAt = requirePast(work, body.observedAt);
  const named = namedPlaces(body);
  const places = await whereIs(
    work.tx,
    named.map(({ id }) => id),
  );
  const unknown = named.find(({ id }) => !places.has(id));
  if (unknown) {
    throw new CodedError('invalidBody', `body field ${unknown.field}: there is no such place or segment`, [
      { path: unknown.field, message: `no such place or segment: ${unknown.id}` },
    ]);
  }
  if (body.kind === 'search' && body.unitId !== undefined && !(await unitExists(work.tx, body.unitId))) {
    throw new CodedError('invalidBody', 'body field unitId: there is no such unit');
  }
  const crs = work.actor.kind === 'device' ? work.actor.crs : 'wgs84';
  const { detail, raw, text, position } = normaliseSighting(body, crs, places);
  const id = work.id('sgt');
  await work.tx.insert(sighting).values({
    id,
    incidentId,
    kind: body.kind,
    source: body.source,
    observedAt,
    receivedAt: work.at,
    detail,
    raw,
    textId: await keepText(work, incidentId, text),
    position: position ? [position.lng, position.lat] : null,
    recordedBy: work.actorId,
    replaces,
  });
  return id;
}
