import type { MeetingView } from '#contract/meeting.ts';
import { type MeetingViewRow, meetingsOf } from '../../../db/queries/loop/meetings.ts';
import type { Actor } from '../../auth/actor.ts';
import { can } from '../../auth/policy.ts';
import { contextOf } from '../../auth/reach.ts';
import type { ServiceDeps } from '../../deps.ts';
import { meetingIncident } from './load.ts';

/** The meetings of an incident, oldest first; their words only for who holds meetings there. Throws notFound, forbidden. */
export function readMeetings(deps: ServiceDeps, actor: Actor, incidentId: string): Promise<MeetingView[]> {
  return deps.database.read(async tx => {
    const { incident } = await meetingIncident(tx, actor, 'order.read', incidentId);
    const words = can(actor, 'meeting.hold', incident) === 'allow';
    return (await meetingsOf(tx, incidentId)).map(row => viewOf(row, words));
  }, contextOf(actor));
}

function viewOf({ placeId, placeName, where, ...row }: MeetingViewRow, words: boolean): MeetingView {
  const position = where === null ? null : geoPosition(where);
  const place = {
    placeId,
    name: placeName,
    text: words && !position ? where : null,
    position: words ? position : null,
  };
  const silent = <T extends { note: string | null }>(items: T[]): T[] =>
    words ? items : items.map(item => ({ ...item, note: null }));
  return { ...row, place, steps: silent(row.steps), revisits: silent(row.revisits) };
}

function geoPosition(where: string): { lng: number; lat: number } | null {
  const [, lat, lng] = /^geo:(-?\d+\.\d+),(-?\d+\.\d+)$/.exec(where) ?? [];
  return lat === undefined || lng === undefined ? null : { lng: Number(lng), lat: Number(lat) };
}
