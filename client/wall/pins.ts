/** Which incidents the wall shows more of, by what the log says. Pure. */
import type { World, WorldIncident } from '#domain/world.ts';

/** Open, put on the wall, its authority neither revoked nor over at `nowMs`. */
export function isPinned(incident: WorldIncident | undefined, nowMs: number): boolean {
  if (incident?.state !== 'open' || !incident.pin) return false;
  const { authorityId, untilAt } = incident.pin;
  const authority = incident.authorities[authorityId];
  return authority !== undefined && !authority.revoked && nowMs < Date.parse(untilAt);
}

/** Changes with everything that the pinned views tell; empty: nothing is pinned. */
export function pinsVersion({ incidents, units }: World): string {
  const pinned = Object.values(incidents).filter(({ pin, state }) => pin && state === 'open');
  if (pinned.length === 0) return '';
  const states = Object.values(units).map(({ id, state }) => `${id}:${state}`);
  const parts = pinned.map(
    ({ id, pin, believedSeq }) => `${id} ${pin?.show.join('+')} ${pin?.untilAt} ${believedSeq}`,
  );
  return [...parts, ...states].join(' ');
}
