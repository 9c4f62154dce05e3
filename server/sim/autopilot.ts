/**
 * The leader of a demo that nobody leads: plain work, not clever. One crew to her door, then crews to whatever of
 * the likely kinds lies nearest to where she was last known, nearest crew by road first. It knows what the centre knows, never the truth.
 */
import type { PlaceKind } from '#contract/place.ts';
import { defaultMethod } from '#domain/task.ts';
import { distanceM } from '#road/geo.ts';
import { unlessConflict } from './api.ts';
import type { Order } from './crew.ts';
import type { Episode } from './episode.ts';
import { placeSpot, segmentSpot, type SimRegion, type Spot } from './region.ts';
import type { Stage } from './stage.ts';
import { type LngLat, offset } from './travel.ts';

interface Candidate extends Spot {
  kind: PlaceKind;
}

/** What a sighting tells a plain leader: a point, and whether to look at everything around it. */
interface Hint {
  at: LngLat;
  certain: boolean;
}

const second = 1000;
const thinkS = [15, 30] as const;
/** In a history, where nobody watches, it thinks less often and has fewer crews out. */
const alone = { slower: 3, orders: 2 } as const;
/** Orders under way for one incident. */
const mostOrders = 4;
/** A place where she was not is looked at again after this. */
const againAfterMs = 30 * 60 * second;
const reachM = 12_000;
/** An unlikely kind of place counts as so much farther. */
const unlikelyFactor = 2.5;
const aloneKinds: readonly PlaceKind[] = [
  'industrialRoad',
  'quietRoad',
  'carPark',
  'park',
  'guestHouse',
  'hotel',
];
const moneyKinds: readonly PlaceKind[] = ['bank', 'atm', 'mall', 'office', 'guestHouse', 'hotel'];

export class Autopilot {
  readonly #stage: Stage;
  /** Only her door: the station's daily work. */
  readonly #doorOnly: boolean;
  readonly #given = new Set<string>();
  readonly #underWay = new Set<string>();
  readonly #searchedMs = new Map<string, number>();
  #episode: Episode | null = null;
  #hint: Hint | null = null;

  constructor(stage: Stage, doorOnly: boolean) {
    this.#stage = stage;
    this.#doorOnly = doorOnly;
  }

  begin(episode: Episode): void {
    this.#episode = episode;
    this.#think();
  }

  /** Whether an order came from here and not from a person. */
  gave(orderId: string): boolean {
    return this.#given.has(orderId);
  }

  learn(hint: Hint | null): void {
    if (hint) this.#hint = hint;
  }

  searched(order: Order, outcome: string): void {
    this.#underWay.delete(order.id);
    if (outcome !== 'found') this.#searchedMs.set(keyOf(order), this.#stage.now());
  }

  /** A crew has left its order without a result. */
  leftOrder(order: Order): void {
    this.#underWay.delete(order.id);
  }

  #think(): void {
    const episode = this.#episode!;
    const afterS = this.#stage.random.range(...thinkS) * (this.#stage.alone ? alone.slower : 1);
    const most = this.#stage.alone ? alone.orders : mostOrders;
    this.#stage.script.at(this.#stage.now() + afterS * second, 'the leader thinks', async () => {
      if (episode.over) return;
      if (episode.metMs === null && !episode.humanLeads && this.#underWay.size < most)
        await this.#order(episode);
      this.#think();
    });
  }

  async #order(episode: Episode): Promise<void> {
    const target = this.#nextTarget(episode);
    if (!target) return;
    const { placeId, segmentId, kind } = target;
    const path = `/api/incidents/${episode.incidentId}/tasks`;
    for (const unitId of await this.#nearestFree(target.position)) {
      const body = { unitId, method: defaultMethod(kind), ...(placeId ? { placeId } : { segmentId }) };
      const given = await unlessConflict(this.#stage.desk.leader.post<{ taskId: string }>(path, body));
      // Off duty, or ordered elsewhere at this moment: the next one.
      if (!given) continue;
      this.#given.add(given.taskId);
      this.#underWay.add(given.taskId);
      this.#searchedMs.set(keyOf(target), this.#stage.now());
      this.#stage.ordersChanged();
      return;
    }
  }

  async #nearestFree([lng, lat]: LngLat): Promise<string[]> {
    const query = `/api/units/nearest?lng=${lng}&lat=${lat}&limit=12&by=road`;
    const { items } = await this.#stage.desk.leader.get<{ items: { unitId: string }[] }>(query);
    const free = new Set(
      this.#stage.fleet.filter(unit => !unit.busy && unit.kind !== 'foot').map(({ id }) => id),
    );
    return items.flatMap(({ unitId }) => (free.has(unitId) ? [unitId] : [])).slice(0, 3);
  }

  #nextTarget({ plan }: Episode): Candidate | null {
    const { home } = plan;
    const door: Candidate = { ...placeSpot(home), kind: home.kind };
    if (this.#isNew(door)) return door;
    if (this.#doorOnly || plan.elsewhere) return null;
    const from = this.#hint?.at ?? home.position;
    const likely =
      plan.alert.scamType === 'fakePolice' || plan.alert.scamType === 'romance' ? aloneKinds : moneyKinds;
    let best: { candidate: Candidate; cost: number } | null = null;
    for (const candidate of candidatesOf(this.#stage.region)) {
      const awayM = distanceM(from, candidate.position);
      const factor = this.#hint?.certain || likely.includes(candidate.kind) ? 1 : unlikelyFactor;
      const cost = (awayM + 100) * factor;
      if (awayM < reachM && (!best || cost < best.cost) && this.#isNew(candidate)) best = { candidate, cost };
    }
    return best?.candidate ?? null;
  }

  #isNew(spot: Candidate): boolean {
    return this.#stage.now() - (this.#searchedMs.get(keyOf(spot)) ?? -Infinity) > againAfterMs;
  }
}

const keyOf = ({ placeId, segmentId }: { placeId?: string | null; segmentId?: string | null }): string =>
  placeId ?? segmentId ?? '';

const known = new WeakMap<SimRegion, Candidate[]>();

/** Everything that can be searched; her neighbours' homes are not. */
function candidatesOf(region: SimRegion): readonly Candidate[] {
  const held = known.get(region);
  if (held) return held;
  const candidates = [
    ...region.places
      .filter(({ kind }) => kind !== 'residence' && kind !== 'police')
      .map(place => ({ ...placeSpot(place), kind: place.kind })),
    ...region.segments.map(segment => ({ ...segmentSpot(segment), kind: segment.kind })),
  ];
  known.set(region, candidates);
  return candidates;
}

/** Where a sighting points to, read plainly: an antenna's area at half its range. */
export function hintOf(body: Record<string, unknown>, region: SimRegion): Hint | null {
  const said = body as {
    kind: string;
    position?: { lng: number; lat: number };
    placeId?: string;
    site?: { lng: number; lat: number };
    azimuthDeg?: number;
    rangeM?: number;
    usualPlaces?: unknown[];
  };
  if (said.site)
    return {
      at: offset([said.site.lng, said.site.lat], (said.rangeM ?? 0) / 2, said.azimuthDeg ?? 0),
      certain: false,
    };
  // What the family knows of her leaving says where she was, not where she is.
  if (said.kind === 'report' && !said.usualPlaces) return null;
  const place = region.places.find(({ id }) => id === said.placeId)?.position;
  const at = place ?? (said.position && ([said.position.lng, said.position.lat] as LngLat));
  return at ? { at, certain: said.kind !== 'camera' } : null;
}
