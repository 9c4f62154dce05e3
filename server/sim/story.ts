/**
 * The story of the README, played through the public interface: an extra-high-risk alert, the
 * husband's report, three delayed sector pings and a wrong one, a camera hit, searches of banks and parks, and the
 * meeting on a lonely road in the industrial park. Truth lives here alone; the server learns only what a centre would.
 */
import type { Random } from '#domain/random.ts';
import type { SimSession } from './api.ts';
import type { SimUnit } from './fleet.ts';
import {
  type FindRoute,
  pickStory,
  servingSector,
  type SimRegion,
  type StoryGeography,
} from './geography.ts';
import { inventPerson } from './people.ts';
import type { Script } from './script.ts';
import { distanceM as metresBetween } from '#road/geo.ts';
import { type LngLat, Trip } from './travel.ts';

export interface Desk {
  operator: SimSession;
  leader: SimSession;
  trace: SimSession;
  /** Hands in an alert the way the provincial platform does. */
  platform(alert: unknown): Promise<{ alertId: string; incidentId: string }>;
}

export interface Stage {
  region: SimRegion;
  desk: Desk;
  fleet: SimUnit[];
  script: Script;
  findRoute: FindRoute;
  random: Random;
  now(): number;
  say(line: string): void;
}

const second = 1000;
const minute = 60 * second;
const position = ([lng, lat]: LngLat) => ({ lng, lat });
const iso = (ms: number) => new Date(ms).toISOString();

/** Starts one story now. Resolves once its first steps are scheduled; false when the region cannot tell it. */
export function playStory(stage: Stage, number: number): boolean {
  const random = stage.random.fork(`story-${number}`);
  const geography = pickStory(stage.region, stage.findRoute, random, number % 2 === 1);
  if (!geography) return false;
  const startMs = stage.now();
  const speed = geography.drive.distanceM / Math.max(60, geography.drive.travelTimeS);
  const departedMs = startMs - Math.min(12 * minute, geography.drive.travelTimeS * 0.7 * second);
  const truth = new Trip(geography.drive.geometry, speed, departedMs);
  const tale = new Tale(stage, geography, truth, random, startMs, departedMs);
  stage.script.at(startMs, 'alert', () => tale.alert());
  return true;
}

class Tale {
  readonly #stage: Stage;
  readonly #geography: StoryGeography;
  readonly #truth: Trip;
  readonly #random: Random;
  readonly #startMs: number;
  readonly #departedMs: number;
  #incidentId = '';
  #found = false;

  constructor(
    stage: Stage,
    geography: StoryGeography,
    truth: Trip,
    random: Random,
    startMs: number,
    departedMs: number,
  ) {
    this.#stage = stage;
    this.#geography = geography;
    this.#truth = truth;
    this.#random = random;
    this.#startMs = startMs;
    this.#departedMs = departedMs;
  }

  #after(seconds: number, what: string, run: () => Promise<void> | void): void {
    this.#stage.script.at(this.#startMs + seconds * second, what, run);
  }

  async alert(): Promise<void> {
    const { home } = this.#geography;
    const reply = await this.#stage.desk.platform({
      externalId: `demo-${this.#startMs}`,
      source: '省级反诈平台',
      receivedAt: iso(this.#startMs),
      risk: 'extraHigh',
      scamType: 'fakePolice',
      subject: {
        ...inventPerson(this.#random),
        address: home.address ?? home.name,
        home: position(home.position),
      },
      amount: 180_000,
      note: '电话持续占线并拒接，疑似正与“公安民警”视频通话。',
    });
    this.#incidentId = reply.incidentId;
    this.#stage.say(`demo: extra-high-risk alert, incident ${reply.incidentId}`);
    this.#after(4, 'members and authority', () => this.#authorise());
    this.#after(40, 'report of the husband', () => this.#husband());
    this.#after(70, 'searches near home', () => this.#searchNearHome());
    this.#after(95, 'first ping', () => this.#ping(12));
    this.#after(150, 'wrong ping', () => this.#wrongPing(75));
    this.#after(205, 'second ping', () => this.#ping(120));
    this.#after(250, 'camera hit', () => this.#cameraHit());
    this.#after(300, 'third ping', () => this.#ping(210, true));
    this.#after(330, 'search of the industrial park', () => this.#closeIn());
  }

  async #authorise(): Promise<void> {
    const { leader, trace } = this.#stage.desk;
    for (const userId of ['leader', 'operator', 'trace'])
      await leader.post(`/api/incidents/${this.#incidentId}/members`, { userId });
    const authority = await trace.post<{ authorityId: string }>(
      `/api/incidents/${this.#incidentId}/authorities`,
      {
        number: `演示〔2026〕${this.#startMs % 10_000}号`,
        legalBasis: '《反电信网络诈骗法》第四十一条',
        reason: '特高危预警，当事人失联，需紧急查找并见面劝阻',
        expiresAt: iso(this.#startMs + 4 * 60 * minute),
      },
    );
    await leader.post(`/api/authorities/${authority.authorityId}/approve`, {});
  }

  #sighting(body: Record<string, unknown>): Promise<{ sightingId: string }> {
    return this.#stage.desk.trace.post(`/api/incidents/${this.#incidentId}/sightings`, body);
  }

  async #husband(): Promise<void> {
    await this.#stage.desk.operator.post(`/api/incidents/${this.#incidentId}/sightings`, {
      kind: 'report',
      observedAt: iso(this.#stage.now() - 20 * second),
      source: '家属来电',
      position: position(this.#geography.home.position),
      credibility: 0.8,
      text: '丈夫称：她半小时前接了个电话，说要配合办案，随后独自开车离家，电话一直打不通。',
      departedAt: iso(this.#departedMs),
      departedDoubtS: 300,
      byVehicle: true,
    });
  }

  /** Where the phone attached `atSecond` after the alert; it reaches the centre only now. */
  async #ping(atSecond: number, withTimingAdvance = false): Promise<void> {
    const observedMs = this.#startMs + atSecond * second;
    const server = servingSector(this.#stage.region.cellSites, this.#truth.at(observedMs).at, () =>
      this.#random.range(-4, 4),
    );
    if (!server) return;
    await this.#sighting({
      kind: 'cell',
      observedAt: iso(observedMs),
      source: '运营商',
      site: position(server.site.position),
      azimuthDeg: server.sector.azimuthDeg,
      beamwidthDeg: server.sector.beamwidthDeg,
      rangeM: server.sector.rangeM,
      cellId: server.sector.cellId,
      ...(withTimingAdvance && { timingAdvance: Math.round(server.distanceM / 78.12) }),
    });
  }

  /** A record of another phone, or of an old attachment: an antenna some kilometres off. */
  async #wrongPing(atSecond: number): Promise<void> {
    const observedMs = this.#startMs + atSecond * second;
    const here = this.#truth.at(observedMs).at;
    const far = this.#stage.region.cellSites
      .filter(site => site.sectors.length > 0)
      .map(site => ({ site, distanceM: metresBetween(site.position, here) }))
      .filter(({ distanceM }) => distanceM > 4_000)
      .sort((a, b) => a.distanceM - b.distanceM)[0];
    const sector = far && this.#random.pick(far.site.sectors);
    if (!sector) return;
    await this.#sighting({
      kind: 'cell',
      observedAt: iso(observedMs),
      source: '运营商',
      site: position(far.site.position),
      azimuthDeg: sector.azimuthDeg,
      beamwidthDeg: sector.beamwidthDeg,
      rangeM: sector.rangeM,
      cellId: sector.cellId,
    });
  }

  async #cameraHit(): Promise<void> {
    const metresPerMs = this.#truth.lengthM / (this.#truth.endsAtMs - this.#departedMs);
    const seen = this.#geography.cameras
      .map(passed => ({ ...passed, atMs: this.#departedMs + passed.afterM / metresPerMs }))
      .filter(({ atMs }) => atMs < this.#stage.now() - 20 * second)
      .at(-1);
    if (!seen) return;
    await this.#sighting({
      kind: 'camera',
      observedAt: iso(seen.atMs),
      source: '卡口',
      position: position(seen.camera.position),
      headingDeg: Math.round(seen.courseDeg) % 360,
    });
  }

  async #searchNearHome(): Promise<void> {
    for (const place of this.#geography.searches.slice(0, 4)) {
      const method = place.kind === 'bank' ? 'clerkAsked' : 'walkThrough';
      const doneAtMs = await this.#sendNearest(place.position, 75);
      if (doneAtMs === null) continue;
      const { unit, atMs } = doneAtMs;
      this.#stage.script.at(atMs, `search of ${place.id}`, async () => {
        await this.#sighting({
          kind: 'search',
          observedAt: iso(atMs),
          source: '巡逻组',
          placeId: place.id,
          unitId: unit.id,
          method,
          outcome: 'notHere',
        });
        await this.#setState(unit, 'available');
        unit.release();
      });
    }
  }

  async #closeIn(): Promise<void> {
    for (let team = 0; team < 2; team++) {
      const sent = await this.#sendNearest(this.#geography.hideout.position, 25);
      if (sent)
        this.#stage.script.at(Math.max(sent.atMs, this.#truth.endsAtMs), 'meeting', () =>
          this.#met(sent.unit),
        );
    }
  }

  /** The nearest free crew goes; when its work there will be done, or null when nobody can. */
  async #sendNearest(to: LngLat, workS: number): Promise<{ unit: SimUnit; atMs: number } | null> {
    const nowMs = this.#stage.now();
    const free = this.#stage.fleet
      .filter(unit => unit.free && unit.kind !== 'foot')
      .sort((a, b) => metresBetween(a.where(nowMs).at, to) - metresBetween(b.where(nowMs).at, to));
    for (const unit of free.slice(0, 5)) {
      const arrivesMs = unit.send(to, this.#stage.findRoute, nowMs);
      if (arrivesMs === null) continue;
      await this.#setState(unit, 'enRoute');
      this.#stage.script.at(arrivesMs, `${unit.callsign} on scene`, () => this.#setState(unit, 'onScene'));
      return { unit, atMs: arrivesMs + workS * second };
    }
    return null;
  }

  #setState(unit: SimUnit, state: string): Promise<void> {
    return this.#stage.desk.leader.patch(`/api/units/${unit.id}`, { state });
  }

  async #met(unit: SimUnit): Promise<void> {
    if (!this.#found) {
      this.#found = true;
      await this.#stage.desk.leader.post(`/api/incidents/${this.#incidentId}/close`, {
        outcome: 'met',
        foundAt: position(this.#geography.hideout.position),
        note: `${this.#geography.hideout.name}，车内，已见面劝阻，未转账。`,
      });
      this.#stage.say(`demo: met by ${unit.callsign}`);
    }
    await this.#setState(unit, 'available');
    unit.release();
  }
}
