/** Crews that follow orders: they read them with their phone's token, drive, search, and report what they really found. */
import type { ResultBody, TaskView } from '#contract/task.ts';
import { lineLengthM } from '#road/geo.ts';
import type { PlaceSeed } from '../region/source.ts';
import { unlessConflict } from './api.ts';
import type { Stage } from './stage.ts';
import { detectionOf, type SearchTarget } from '#domain/detection.ts';
import type { LngLat } from './travel.ts';
import type { SimUnit } from './unit.ts';

/** An order as far as a crew needs it. */
export type Order = Pick<
  TaskView,
  'id' | 'incidentId' | 'unitId' | 'placeId' | 'segmentId' | 'target' | 'method' | 'state'
>;

const second = 1000;
const reactionS = [4, 22] as const;
const hurry = 1.15;
const refuseShare = 0.03;
const helpShare = 0.02;
/** Now and then a crew does not hear its radio for minutes. */
const deafShare = 0.04;
const deafS = [90, 240] as const;
const refusals = ['正在处置另一起警情', '车辆故障，正在等待更换', '正在送当事人回所'] as const;

export class Crew {
  readonly unit: SimUnit;
  readonly #stage: Stage;
  readonly #places: ReadonlyMap<string, PlaceSeed>;
  /** Orders that it knows, oldest first; the first is the one it works on. */
  #orders: Order[] = [];

  constructor(unit: SimUnit, stage: Stage, places: ReadonlyMap<string, PlaceSeed>) {
    this.unit = unit;
    this.#stage = stage;
    this.#places = places;
  }

  /** The radio said that there is something: looks into its phone, and drops what is no longer ordered. */
  async readOrders(): Promise<void> {
    const query = `/api/tasks?unitId=${encodeURIComponent(this.unit.id)}&state=open`;
    const { items } = await this.#phone().get<{ items: Order[] }>(query);
    const open = new Set(items.map(({ id }) => id));
    for (const gone of this.#orders.filter(({ id }) => !open.has(id))) this.#end(gone);
    for (const order of items) if (!this.#knows(order)) this.#hear(order);
  }

  /** Whether the open orders of this crew are other ones than it knows of. */
  differsFrom(openIds: ReadonlySet<string>): boolean {
    return this.#orders.length !== openIds.size || this.#orders.some(({ id }) => !openIds.has(id));
  }

  #phone() {
    return this.unit.phone(this.#stage.baseUrl);
  }

  #knows(order: Order): boolean {
    return this.#orders.some(({ id }) => id === order.id);
  }

  #hear(order: Order): void {
    this.#orders.push(order);
    if (this.#orders.length === 1) this.#takeUp(order);
  }

  /** Reacts as people do: after some seconds, or minutes when it was out of radio. */
  #takeUp(order: Order): void {
    const { random } = this.unit;
    this.unit.busy = true;
    const delayS = random.range(...reactionS) + (random.chance(deafShare) ? random.range(...deafS) : 0);
    this.#after(delayS, order, 'takes up its order', async () => {
      if (order.state !== 'ordered') return this.#setOut(order);
      if (random.chance(refuseShare)) return this.#refuse(order, random.pick(refusals));
      await this.#answer(order, 'accept');
      await this.#setOut(order);
    });
  }

  async #setOut(order: Order): Promise<void> {
    const target = this.#targetOf(order);
    if (!target) return this.#refuse(order, '地图上没有这个地点');
    const nowMs = this.#stage.now();
    const { at } = this.unit.where(nowMs);
    const line = target.path && nearerEndFirst(target.path, at);
    const goal = line?.[0] ?? target.position;
    const trip = this.unit.drive(goal, this.#stage.findRoute, nowMs, hurry);
    if (trip) {
      this.#stage.episodes.get(order.incidentId)?.drove(trip.lengthM);
      this.#stage.watchFor(this.unit, trip, nowMs);
    }
    const arrivesMs = trip?.endsAtMs ?? nowMs;
    this.#after((arrivesMs - nowMs) / second, order, 'arrives', () => this.#search(order, target, line));
  }

  async #search(order: Order, target: SearchTarget, line: LngLat[] | null): Promise<void> {
    await this.#answer(order, 'arrive');
    if (this.unit.random.chance(helpShare)) await this.#answer(order, 'help', '人群聚集，请求支援');
    const nowMs = this.#stage.now();
    const { durationS, pod } = detectionOf(target, order.method);
    if (line) this.unit.follow(line, Math.max(1, lineLengthM(line) / Math.max(1, durationS)), nowMs);
    else this.unit.stop(nowMs);
    const episode = this.#stage.episodes.get(order.incidentId);
    const key = order.placeId ?? order.segmentId ?? order.id;
    const foundMs = episode?.wouldFind(target, key, { fromMs: nowMs, toMs: nowMs + durationS * second, pod });
    const endMs = foundMs ?? nowMs + durationS * second;
    this.#after((endMs - nowMs) / second, order, 'has searched', async () => {
      const outcome =
        foundMs !== undefined && episode?.meet(this.unit, this.#stage.now()) ? 'found' : 'notHere';
      await this.#report(order, { outcome, method: order.method });
    });
  }

  /** Sees her in passing: the order that it has for her is done; without one it calls in. */
  async sees(incidentId: string): Promise<void> {
    const nowMs = this.#stage.now();
    const episode = this.#stage.episodes.get(incidentId);
    if (!episode || episode.over) return;
    const order = this.#orders[0];
    if (order?.incidentId !== incidentId) return episode.calledIn(this.unit);
    if (!episode.meet(this.unit, nowMs)) return;
    this.unit.stop(nowMs);
    await this.#report(order, { outcome: 'found', method: 'driveBy' });
  }

  async #report(order: Order, { outcome, method }: Pick<ResultBody, 'outcome' | 'method'>): Promise<void> {
    const note = outcome === 'found' ? '已找到当事人，正在当面劝阻' : undefined;
    const observedAt = new Date(this.#stage.now()).toISOString();
    const body: ResultBody = { outcome, method, observedAt, ...(note !== undefined && { note }) };
    await this.#post(order, 'result', body);
    this.#stage.episodes.get(order.incidentId)?.searched(order, outcome);
    this.#end(order);
  }

  async #refuse(order: Order, reason: string): Promise<void> {
    await this.#answer(order, 'refuse', reason);
    this.#end(order);
  }

  #answer(order: Order, answer: 'accept' | 'refuse' | 'arrive' | 'help', reason?: string): Promise<void> {
    return this.#post(order, answer, reason === undefined ? {} : { reason });
  }

  /** Somebody else may have ended the order at this moment; the radio will tell. */
  async #post(order: Order, verb: string, body: unknown): Promise<void> {
    await unlessConflict(this.#phone().post(`/api/tasks/${order.id}/${verb}`, body));
  }

  /** Leaves an order and goes on with the next one, or back to its beat. */
  #end(order: Order): void {
    const wasFirst = this.#orders[0] === order;
    this.#orders = this.#orders.filter(each => each !== order);
    if (!wasFirst) return;
    this.unit.stop(this.#stage.now());
    this.#stage.episodes.get(order.incidentId)?.leftOrder(order);
    const next = this.#orders[0];
    if (next) this.#takeUp(next);
    else this.unit.busy = false;
  }

  /** A step of an order, dropped when the order has ended by then. */
  #after(seconds: number, order: Order, what: string, run: () => Promise<void>): void {
    this.#stage.script.at(this.#stage.now() + seconds * second, `${this.unit.callsign} ${what}`, async () => {
      if (this.#orders[0] !== order) return;
      try {
        await run();
      } catch (error) {
        // The order is still open: the next look at the radio takes it up again.
        this.#end(order);
        throw error;
      }
    });
  }

  #targetOf({ target, placeId }: Order): SearchTarget | null {
    if (!target) return null;
    const areaHa = placeId === null ? undefined : this.#places.get(placeId)?.areaHa;
    const path = target.path && target.path.length > 1 ? (target.path as LngLat[]) : null;
    const { lng, lat } = target.position;
    return { kind: target.kind, position: [lng, lat], path, ...(areaHa !== undefined && { areaHa }) };
  }
}

/** A road is searched from the end that is reached first. */
function nearerEndFirst(line: LngLat[], from: LngLat): LngLat[] {
  const far = ([lng, lat]: LngLat) => (lng - from[0]) ** 2 + (lat - from[1]) ** 2;
  return far(line[0]!) <= far(line.at(-1)!) ? line : line.toReversed();
}

/** How the crews hear of orders: one look at all open ones tells who has to read. */
export async function tellCrews(stage: Stage, crews: ReadonlyMap<string, Crew>): Promise<void> {
  const { items } = await stage.desk.leader.get<{ items: Order[] }>('/api/tasks?state=open&limit=1000');
  const open = new Map<string, Set<string>>();
  for (const { unitId, id } of items) open.set(unitId, (open.get(unitId) ?? new Set()).add(id));
  for (const crew of crews.values())
    if (crew.differsFrom(open.get(crew.unit.id) ?? new Set())) await crew.readOrders();
}
