/** Questions that panels ask the world. Pure; results are remembered per input object so that renders stay cheap. */
import { type Risk, risks } from '#contract/alert.ts';
import { dutyOf } from '#domain/roster.ts';
import type { World, WorldAuthority, WorldIncident, WorldSighting, WorldUnit } from '#domain/world.ts';

/** Remembers the last answer: worlds share what did not change, so identity says whether to ask again. */
function remember<A extends object, R>(answer: (input: A) => R): (input: A) => R {
  const answers = new WeakMap<A, R>();
  return input => {
    const known = answers.get(input);
    if (known !== undefined) return known;
    const fresh = answer(input);
    answers.set(input, fresh);
    return fresh;
  };
}

/** Open incidents, the most pressing first: by risk, then the one that has waited longest; ids break ties. */
export const queue = remember((incidents: World['incidents']): readonly WorldIncident[] =>
  Object.values(incidents)
    .filter(incident => incident.state === 'open')
    .toSorted(
      (a, b) =>
        risks.indexOf(a.risk) - risks.indexOf(b.risk) ||
        a.openedAt.localeCompare(b.openedAt) ||
        a.id.localeCompare(b.id),
    ),
);

/** How many open incidents there are of each risk. */
export const countsByRisk = remember((incidents: World['incidents']): Readonly<Record<Risk, number>> => {
  const counts = { extraHigh: 0, high: 0, medium: 0, low: 0 };
  for (const incident of queue(incidents)) counts[incident.risk]++;
  return counts;
});

/** Units that are in service and on shift at `nowMs`, and how many of them are free. */
export function unitsOnDuty(units: World['units'], nowMs: number): { onDuty: number; available: number } {
  const onDuty = Object.values(units).filter(
    unit => unit.state !== 'outOfService' && dutyOf(unit, nowMs).onDuty,
  );
  return { onDuty: onDuty.length, available: onDuty.filter(unit => unit.state === 'available').length };
}

export const unitsByCallsign = remember((units: World['units']): readonly WorldUnit[] =>
  Object.values(units).toSorted((a, b) => a.callsign.localeCompare(b.callsign, 'zh')),
);

/** Sightings in the order in which things happened, 1 for the first; the corrected ones are left out. */
export const sightingsInOrder = remember((incident: WorldIncident): readonly WorldSighting[] =>
  Object.values(incident.sightings)
    .filter(sighting => sighting.replacedBy === null)
    .toSorted((a, b) => Date.parse(a.observedAt) - Date.parse(b.observedAt) || a.id.localeCompare(b.id)),
);

export type AuthorityState = 'pending' | 'valid' | 'expired' | 'revoked';

/** What an authority is worth at `nowMs`. */
export function authorityState(authority: WorldAuthority, nowMs: number): AuthorityState {
  if (authority.revoked) return 'revoked';
  if (Date.parse(authority.expiresAt) <= nowMs) return 'expired';
  return authority.approvedBy === null && !authority.breakGlass ? 'pending' : 'valid';
}

/** True when some authority of the incident allows this user a look at `nowMs`; break-glass allows it to one alone. */
export function mayBeTraced(incident: WorldIncident, userId: string, nowMs: number): boolean {
  return (
    incident.state === 'open' &&
    Object.values(incident.authorities).some(
      authority =>
        authorityState(authority, nowMs) === 'valid' &&
        (!authority.breakGlass || authority.requestedBy === userId),
    )
  );
}

/** A sighting that came in this much after it happened is marked late. */
const lateAfterMs = 2 * 60_000;

export function isLate(sighting: Pick<WorldSighting, 'observedAt' | 'receivedAt'>): boolean {
  return Date.parse(sighting.receivedAt) - Date.parse(sighting.observedAt) > lateAfterMs;
}

/** Seconds that what is on the screen may be behind; null before anything was heard. */
export function dataAgeS(link: { heardAt: number | null; dataAgeS: number }, nowMs: number): number | null {
  return link.heardAt === null ? null : Math.max(0, nowMs - link.heardAt) / 1000 + link.dataAgeS;
}
