import { CodedError } from '#contract/errors.ts';
import type { MeetingBody, Where } from '#contract/meeting.ts';
import { officersSworn } from '../../../db/queries/loop/meetings.ts';
import { openOrderOf } from '../../../db/queries/loop/orders.ts';
import { whereIs } from '../../../db/queries/where-is.ts';
import { meeting, meetingOfficer } from '../../../db/schema/index.ts';
import { elevate } from '../../../db/transaction.ts';
import type { ServiceDeps } from '../../deps.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';
import { requireOpen } from '../incident/load.ts';
import { keepText } from '../keep-text.ts';
import { moveOrder } from '../order/move.ts';
import { type Call, type Done, perform, type Work } from '../unit-of-work.ts';
import { meetingIncident } from './load.ts';
import { requireBetween } from './times.ts';

/**
 * Records that officers stood before her. It moves the incident's open order to 'met'. Throws notFound, forbidden,
 * alreadyClosed; invalidBody for a time in the future or before the incident, an officer or place that does not exist, and
 * when nobody of them is sworn.
 */
export function holdMeeting(
  deps: ServiceDeps,
  call: Call,
  incidentId: string,
  { at: saidAt, place, officers }: MeetingBody,
): Promise<Done<{ meetingId: string }>> {
  return perform(deps, call, async work => {
    const { incident, ground } = await meetingIncident(
      work.tx,
      work.actor,
      'meeting.hold',
      incidentId,
      'share',
    );
    requireOpen(incident);
    const at = requireBetween(work, 'at', saidAt, ground.openedAtMs, 'the incident');
    const crew = await requireCrew(work, officers);
    const placed = await placeColumns(work, incidentId, place);
    // A station writes down what its officers did for another's incident, too.
    await elevate(work.tx);
    const order = await openOrderOf(work.tx, incidentId);
    // One that is 'met' stays so: this is her second meeting.
    if (order) await moveOrder(work, order.id, 'met', { at });
    const orderId = order?.id ?? null;
    const meetingId = work.id('mtg');
    await work.tx.insert(meeting).values({
      id: meetingId,
      incidentId,
      orderId,
      at,
      ...placed,
      recordedBy: work.actorId,
      recordedAt: work.at,
    });
    await work.tx
      .insert(meetingOfficer)
      .values(crew.map(({ id, sworn }) => ({ meetingId, officerId: id, sworn })));
    const counts = { officers: crew.length, sworn: crew.filter(({ sworn }) => sworn).length };
    work.append({
      kind: 'meetingHeld',
      incidentId,
      observedAt: at.toISOString(),
      payload: { incidentId, meetingId, orderId, at: at.toISOString(), ...counts },
    });
    work.audit({ action: 'meeting.hold', resource: meetingId, incidentId, detail: counts });
    return { meetingId };
  });
}

async function requireCrew({ tx }: Work, ids: readonly string[]) {
  const crew = await officersSworn(tx, ids);
  const missing = ids.filter(id => !crew.some(officer => officer.id === id));
  if (missing.length > 0) {
    throw new CodedError('invalidBody', 'body field officers: expected officers of the roster', {
      unknown: missing,
    });
  }
  if (!crew.some(({ sworn }) => sworn)) {
    throw new CodedError(
      'invalidBody',
      'body field officers: expected a sworn officer among them; auxiliaries alone do not hold a meeting',
      { rule: 'sworn' },
    );
  }
  return crew;
}

/** A place of the map by its id; anything else is words of the vault, a position among them as a geo URI (RFC 5870). */
async function placeColumns(
  work: Work,
  incidentId: string,
  place: Where,
): Promise<{ placeId: string | null; whereId: string | null }> {
  if (typeof place === 'string') return { placeId: null, whereId: await keepText(work, incidentId, place) };
  if ('placeId' in place) {
    if (!(await whereIs(work.tx, [place.placeId])).has(place.placeId))
      throw new CodedError('invalidBody', 'body field place.placeId: there is no such place');
    return { placeId: place.placeId, whereId: null };
  }
  const { lng, lat } = toWgs84(place);
  return {
    placeId: null,
    whereId: await keepText(work, incidentId, `geo:${lat.toFixed(6)},${lng.toFixed(6)}`),
  };
}
