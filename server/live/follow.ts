import type { Fact } from '#domain/apply.ts';
import type { DomainEvent } from '#domain/event/event.ts';
import type { StreamHub } from '../stream/hub.ts';
import type { Vault } from '../stream/vault.ts';
import type { Directory } from './directory.ts';
import type { Fleet } from './fleet.ts';
import type { LiveWorld } from './world.ts';

/** What the tail does with new facts: joins what the vault knows, moves the world, tells the streams. */
export function follower(parts: {
  world: LiveWorld;
  fleet: Fleet;
  directory: Pick<Directory, 'refresh'>;
  stream: StreamHub;
  vault: Vault;
}): (facts: DomainEvent[]) => Promise<void> {
  const { world, fleet, directory, stream, vault } = parts;
  return async facts => {
    const named = facts.flatMap(fact => (tellsOfSubject(fact) ? fact.payload.incidentId : []));
    const subjects = named.length > 0 ? await vault.subjects([...new Set(named)]) : new Map<string, never>();
    const seen = facts.flatMap(fact =>
      tellsOfSighting(fact) && stream.isWatched(fact.payload.incidentId) ? fact.payload.sightingId : [],
    );
    const views = new Map((seen.length > 0 ? await vault.sightings(seen) : []).map(view => [view.id, view]));
    if (facts.some(fact => changesDirectory.has(fact.kind))) await directory.refresh();
    for (const event of facts) {
      const fact = withSubject(event, subjects);
      if (!world.accept(fact)) continue;
      if (fact.kind === 'unitCreated')
        fleet.describe(fact.payload.unitId, fact.payload.slot, fact.payload.stationId);
      if (fact.kind === 'stationRemoved')
        for (const { id, slot, stationId } of Object.values(world.current.units))
          fleet.describe(id, slot, stationId);
      stream.broadcast(fact, tellsOfSighting(fact) ? views.get(fact.payload.sightingId) : undefined);
    }
  };
}

const changesDirectory: ReadonlySet<DomainEvent['kind']> = new Set([
  'deviceRegistered',
  'unitCreated',
  'stationRemoved',
]);

type OfKind<K extends DomainEvent['kind']> = Extract<DomainEvent, { kind: K }>;
const subjectKinds = [
  'incidentOpened',
  'alertReceived',
  'homeResolved',
  'handedOver',
  'handOverUndone',
] as const;
const tellsOfSubject = (fact: DomainEvent): fact is OfKind<(typeof subjectKinds)[number]> =>
  subjectKinds.some(kind => kind === fact.kind);
const tellsOfSighting = (fact: DomainEvent): fact is OfKind<'sightingRecorded' | 'sightingCorrected'> =>
  fact.kind === 'sightingRecorded' || fact.kind === 'sightingCorrected';

/** The fact with its subject, when it tells of one. */
export function withSubject(fact: DomainEvent, subjects: Awaited<ReturnType<Vault['subjects']>>): Fact {
  const subject = tellsOfSubject(fact) ? subjects.get(fact.payload.incidentId) : undefined;
  return subject ? { ...fact, private: { subject } } : fact;
}
