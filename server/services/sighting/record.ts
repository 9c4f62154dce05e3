import type { SightingBody } from '#contract/sighting.ts';
import type { ServiceDeps } from '../../deps.ts';
import { loadIncident, requireOpen } from '../incident/load.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { storeSighting } from './store.ts';

/**
 * Writes down what is known of the subject of an open incident. Needs no authority: writing is not looking, and the
 * reply holds no more than an id. Throws alreadyClosed, notFound, invalidBody.
 */
export function recordSighting(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  body: SightingBody,
): Promise<Done<{ sightingId: string }>> {
  return perform(deps, call, async work => {
    requireOpen(await loadIncident(work.tx, work.actor, 'sighting.record', incidentId, 'share'));
    return { sightingId: await writeSighting(work, incidentId, body) };
  });
}

/** Stores, logs and audits a new sighting of an incident that the caller knows to be open. */
export async function writeSighting(work: Work, incidentId: string, body: SightingBody): Promise<string> {
  const sightingId = await storeSighting(work, incidentId, body);
  const { kind } = body;
  const observedAt = new Date(body.observedAt).toISOString();
  work.append({
    kind: 'sightingRecorded',
    incidentId,
    observedAt,
    payload: { incidentId, sightingId, kind, observedAt },
  });
  work.audit({ action: 'sighting.record', resource: sightingId, incidentId, detail: { kind } });
  return sightingId;
}
