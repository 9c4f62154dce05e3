/** What centres do without a belief: drive outwards from the last sighting, or bank by bank. Pure. */
import type { PlaceKind } from '#contract/place.ts';
import type { SearchMethod } from '#contract/sighting.ts';
import { distanceM, type LngLat } from '#road/geo.ts';
import { offset } from '../travel.ts';
import type { ArenaFact, Episode } from './episode.ts';
import type { ArenaOrder, ArenaPolicy, ArenaUnit } from './policy.ts';
import type { ArenaRegion, ArenaTarget, Spot } from './region.ts';

/** Kinds of places where one looks for somebody who left home, and how. */
const methodOf: Partial<Record<PlaceKind, SearchMethod>> = {
  bank: 'clerkAsked',
  atm: 'walkThrough',
  hotel: 'clerkAsked',
  guestHouse: 'clerkAsked',
  internetCafe: 'clerkAsked',
  mall: 'walkThrough',
  carPark: 'walkThrough',
  park: 'walkThrough',
  industrialRoad: 'driveBy',
  quietRoad: 'driveBy',
};
const timingAdvanceM = 78.12;

interface Point {
  at: LngLat;
  atS: number;
}

/** The single point that a map shows for a sighting, if it shows one. */
function bestPoint(fact: ArenaFact): LngLat | null {
  switch (fact.kind) {
    case 'cell': {
      const { site, azimuthDeg, rangeM, timingAdvance } = fact;
      if (azimuthDeg === undefined) return site;
      const awayM = timingAdvance === undefined ? rangeM / 2 : (timingAdvance + 0.5) * timingAdvanceM;
      return offset(site, awayM, azimuthDeg);
    }
    case 'fix':
    case 'camera':
    case 'transaction':
      return fact.position;
    case 'report':
      return fact.position ?? null;
    default:
      return null;
  }
}

/**
 * All units. The nearest one looks at her home; the others go, each to the nearest one left, through the places and
 * lonely roads in the order of their distance from the newest sighting; each new sighting sends all who drive anew.
 */
export function lastPing(region: ArenaRegion, episode: Episode): ArenaPolicy {
  let point: Point = { at: episode.home, atS: -Infinity };
  let ranking: ArenaTarget[] | null = null;
  let redirect = false;
  const visits = new Visits();
  const home: ArenaTarget = {
    id: `${episode.id}-home`,
    kind: 'residence',
    position: episode.home,
    path: null,
  };
  const spots = region.spots.filter(spot => spot.snap && methodOf[spot.kind] !== undefined);
  return {
    fact(fact) {
      visits.note(fact);
      const at = bestPoint(fact);
      if (!at || fact.atS < point.atS) return;
      point = { at, atS: fact.atS };
      ranking = null;
      redirect = true;
    },
    decide(_, units) {
      ranking ??= byDistance(spots, point.at);
      const busy = (unit: ArenaUnit) =>
        unit.doing === 'searching' ||
        (unit.doing === 'travelling' && (!redirect || unit.targetId === home.id));
      const free = units.filter(unit => !busy(unit));
      const taken = new Set(units.filter(busy).map(unit => unit.targetId));
      redirect = false;
      const wanted = visits.of(home) === 0 && !taken.has(home.id) ? [home] : [];
      wanted.push(...visits.fewestFirst(ranking, taken, free.length - wanted.length));
      return nearestByRoad(region, free, wanted);
    },
  };
}

/** The nearest unit to each bank by the straight line, then to each park, and so on. */
export function bankFirst(region: ArenaRegion, episode: Episode): ArenaPolicy {
  const order: PlaceKind[][] = [
    ['bank'],
    ['park'],
    ['atm'],
    ['carPark', 'hotel', 'guestHouse'],
    ['industrialRoad'],
    ['quietRoad'],
  ];
  const visits = new Visits();
  const spots = region.spots.filter(({ snap }) => snap);
  const ranking = order.flatMap(kinds =>
    byDistance(
      spots.filter(({ kind }) => kinds.includes(kind)),
      episode.home,
    ),
  );
  return {
    fact: fact => visits.note(fact),
    decide(_, units) {
      const free = units.filter(({ doing }) => doing === 'idle');
      const taken = new Set(units.map(({ targetId }) => targetId));
      const wanted = visits.fewestFirst(ranking, taken, free.length);
      return assign(free, wanted, (unit, target) => distanceM(unit.at.position, target.position));
    },
  };
}

/** How often each target was searched. */
class Visits {
  private readonly count = new Map<string, number>();

  note(fact: ArenaFact): void {
    if (fact.kind === 'search') this.count.set(fact.targetId, (this.count.get(fact.targetId) ?? 0) + 1);
  }

  of({ id }: ArenaTarget): number {
    return this.count.get(id) ?? 0;
  }

  /** The first ones of a ranking that nobody is at: those never searched, then those searched once, and so on. */
  fewestFirst(
    ranking: readonly ArenaTarget[],
    taken: ReadonlySet<string | null>,
    limit: number,
  ): ArenaTarget[] {
    const open = ranking.filter(({ id }) => !taken.has(id));
    const picked: ArenaTarget[] = [];
    for (let visits = 0; picked.length < Math.min(limit, open.length); visits++)
      picked.push(...open.filter(target => this.of(target) === visits).slice(0, limit - picked.length));
    return picked.slice(0, Math.max(0, limit));
  }
}

const byDistance = (spots: readonly Spot[], from: LngLat): Spot[] =>
  spots
    .map(spot => ({ spot, awayM: distanceM(spot.position, from) }))
    .sort((a, b) => a.awayM - b.awayM)
    .map(({ spot }) => spot);

function nearestByRoad(
  region: ArenaRegion,
  free: readonly ArenaUnit[],
  wanted: readonly ArenaTarget[],
): ArenaOrder[] {
  if (free.length === 0) return [];
  const { router } = region.driving;
  const from = free.map(({ at }) => at);
  const seconds = router.matrix(
    from,
    wanted.map(({ position }) => position),
  );
  return assign(free, wanted, (_, __, u, t) => seconds[u * wanted.length + t]!);
}

/** Each target in turn takes the unit that costs least. */
function assign(
  free: readonly ArenaUnit[],
  wanted: readonly ArenaTarget[],
  cost: (unit: ArenaUnit, target: ArenaTarget, unitIndex: number, targetIndex: number) => number,
): ArenaOrder[] {
  const left = new Set(free.keys());
  const orders: ArenaOrder[] = [];
  wanted.forEach((target, t) => {
    let best = -1;
    let least = Infinity;
    for (const u of left) {
      const price = cost(free[u]!, target, u, t);
      if (price < least) [best, least] = [u, price];
    }
    if (best < 0) return;
    left.delete(best);
    orders.push({ unitId: free[best]!.id, target, method: methodOf[target.kind] ?? 'walkThrough' });
  });
  return orders;
}
