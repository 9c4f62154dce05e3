import { CodedError } from '#contract/errors.ts';
import { type IncidentAccess, incidentAccess, type Lock } from '../../../db/queries/incident-access.ts';
import {
  type MeetingGround,
  type MeetingRow,
  meetingById,
  meetingGround,
} from '../../../db/queries/loop/meetings.ts';
import type { Sought } from '../../../db/queries/sought.ts';
import { asSystem, elevate, type Tx } from '../../../db/transaction.ts';
import type { Actor } from '../../auth/actor.ts';
import { type Action, can } from '../../auth/policy.ts';
import { noSuch, requireAllowed } from '../guard.ts';
import type { Work } from '../unit-of-work.ts';

export interface MeetingIncident {
  incident: IncidentAccess;
  ground: MeetingGround;
}

/**
 * The incident of a meeting, for somebody who may do `action` to it. Beside those in whose reach it is, the station whose crew
 * found her may: a crew is sent to another station's incident, and it is that crew that stands before her. From then on the
 * transaction reaches what such a crew otherwise would not. Throws notFound, forbidden, unauthenticated.
 */
export async function meetingIncident(
  tx: Tx,
  actor: Actor,
  action: Action,
  incidentId: string,
  lock: Lock = 'none',
): Promise<MeetingIncident> {
  requireAllowed(actor, action);
  const ground = await asSystem(tx, () => meetingGround(tx, incidentId));
  if (!ground) throw noSuch('incident', incidentId);
  const found =
    actor.kind === 'user' && actor.stationId !== null && ground.finderStationIds.includes(actor.stationId);
  if (found) await elevate(tx);
  const known = await incidentAccess(tx, incidentId, lock);
  if (!known) throw noSuch('incident', incidentId);
  const incident = {
    ...known,
    orderStationIds: [...known.orderStationIds, ...(found ? ground.finderStationIds : [])],
  };
  if (can(actor, 'incident.read', incident) !== 'allow') throw noSuch('incident', incidentId);
  requireAllowed(actor, action, incident, { what: 'incident', id: incidentId });
  return { incident, ground };
}

export interface KnownMeeting extends MeetingRow {
  incident: IncidentAccess;
}

/**
 * A meeting to be written about, also after its incident was closed: the paper comes later than the people. Throws notFound,
 * forbidden; alreadyClosed when what names her was erased.
 */
export async function loadMeeting(work: Work, meetingId: string): Promise<KnownMeeting> {
  requireAllowed(work.actor, 'meeting.hold');
  const known = await asSystem(work.tx, () => meetingById(work.tx, meetingId));
  if (!known) throw noSuch('meeting', meetingId);
  const { incident, ground } = await hiddenAs({ what: 'meeting', id: meetingId }, () =>
    meetingIncident(work.tx, work.actor, 'meeting.hold', known.incidentId, 'share'),
  );
  requireVault(ground);
  return { ...known, incident };
}

/** Words about her have no place after what names her was erased. Throws alreadyClosed. */
export function requireVault({ vaultGone }: MeetingGround): void {
  if (vaultGone)
    throw new CodedError(
      'alreadyClosed',
      'what names the subject of this incident was erased; nothing can be added',
    );
}

/** Out of reach answers like something that is not there, under the name of what was asked for. */
export async function hiddenAs<T>({ what, id }: Sought, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CodedError && error.code === 'notFound') throw noSuch(what, id);
    throw error;
  }
}
