/**
 * What phone, cameras and family give away of the truth, by a noise model of the simulator's own: late, missing, from the second-best antenna,
 * of another phone, with a misread plate. Pure and seeded; each source has its own stream of chance.
 */
import type { Random } from '#domain/random.ts';
import { angleBetween, bearingDeg, distanceM } from '#road/geo.ts';
import type { CellSiteSeed } from '../region/source.ts';
import type { SimRegion } from './region.ts';
import type { Scenario, Telling } from './scenarios.ts';
import { type LngLat, offset } from './travel.ts';
import { type TruthPoint, truthAt } from './truth.ts';

/** A sighting to come. Seconds count from the alert. */
export interface Evidence {
  observedS: number;
  /** When somebody asks for it, or it comes up by itself. */
  askedS: number;
  answerS: number;
  by: 'operator' | 'trace';
  /** Only an approved authority lets the centre ask. */
  needsAuthority: boolean;
  /** When she left, as far as the family knows. */
  departedS?: number;
  /** Body of the sighting without its times. */
  body: Record<string, unknown>;
}

interface Story {
  region: SimRegion;
  scenario: Scenario;
  truth: readonly TruthPoint[];
  horizonS: number;
  plate: string;
  /** Where she will be found in the end. */
  last: { position: LngLat; placeId?: string };
  home: LngLat;
}

const minuteS = 60;
/** LTE: one step of timing advance. */
const timingAdvanceM = 78.12;
const cameraRecall = 0.85;
const misreadShare = 0.04;
const wrongPhoneShare = 0.06;
const usuallySilent = 0.15;

const position = ([lng, lat]: LngLat) => ({ lng, lat });

/** Everything that will come to light by the horizon, in the order in which it is asked for. */
export function evidenceOf(story: Story, random: Random): Evidence[] {
  const { scenario } = story;
  return [
    ...familyReport(story),
    ...pings(story, random.fork('phone')),
    ...cameraHits(story, random.fork('cameras')),
    ...scenario.tellings.flatMap((telling, i) => told(story, telling, random.fork(`told-${i}`))),
  ].sort((a, b) => a.askedS - b.askedS || a.observedS - b.observedS);
}

function familyReport({ scenario: { family, leftMin }, home }: Story): Evidence[] {
  if (!family) return [];
  const sinceS = (family.afterMin + (leftMin ?? 0)) * minuteS;
  const body = {
    kind: 'report',
    source: '家属来电',
    position: position(home),
    credibility: family.credibility,
    text: family.text.replace('{min}', String(Math.round(sinceS / 300) * 5)),
    ...(leftMin !== null && { departedDoubtS: 300, byVehicle: true }),
  };
  const observedS = family.afterMin * minuteS - 15;
  const departedS = observedS - Math.round(sinceS / 300) * 300;
  const left = leftMin !== null && { departedS };
  return [
    { observedS, askedS: observedS, answerS: 15, by: 'operator', needsAuthority: false, body, ...left },
  ];
}

function pings({ region, scenario, truth, horizonS }: Story, random: Random): Evidence[] {
  const found: Evidence[] = [];
  for (let askedS = 50; askedS < horizonS; askedS += random.range(170, 260)) {
    const one = random.fork(`ping-${found.length}-${Math.round(askedS)}`);
    if (one.chance(scenario.phoneOff ?? usuallySilent)) continue;
    const observedS = askedS - one.range(0, 60);
    const { at } = truthAt(truth, observedS);
    const body = answerOfCarrier(region.cellSites, at, one);
    if (body)
      found.push({ observedS, askedS, answerS: one.range(55, 170), by: 'trace', needsAuthority: true, body });
  }
  return found;
}

/** An antenna; where nobody has told the region's antennas, a rough fix of the network. */
function answerOfCarrier(sites: readonly CellSiteSeed[], at: LngLat, random: Random) {
  if (sites.length > 0)
    return random.chance(wrongPhoneShare) ? otherPhone(sites, at, random) : attachment(sites, at, random);
  const accuracyM = Math.round(random.range(600, 2000));
  return fixBody(at, accuracyM, random);
}

interface Attachment {
  site: CellSiteSeed;
  sector: CellSiteSeed['sectors'][number];
  distanceM: number;
}

/** The antenna that serves best, or now and then the second best: phones hold on to the one they had. */
function attachment(
  sites: readonly CellSiteSeed[],
  at: LngLat,
  random: Random,
): Record<string, unknown> | null {
  const servers = serversAt(sites, at, () => random.range(-4, 4));
  const server = servers[random.chance(0.15) && servers.length > 1 ? 1 : 0];
  if (!server) return null;
  const steps = Math.max(0, Math.round(server.distanceM / timingAdvanceM) + random.int(3) - 1);
  return cellBody(server, random.chance(0.35) ? steps : undefined);
}

/** The record of another phone, or an old one: an antenna some kilometres off. */
function otherPhone(
  sites: readonly CellSiteSeed[],
  at: LngLat,
  random: Random,
): Record<string, unknown> | null {
  const far = sites.filter(site => site.sectors.length > 0 && distanceM(site.position, at) > 4000);
  if (far.length === 0) return null;
  const site = random.pick(far);
  return cellBody({ site, sector: random.pick(site.sectors), distanceM: 0 }, undefined);
}

const cellBody = ({ site, sector }: Attachment, timingAdvance: number | undefined) => ({
  kind: 'cell',
  source: '运营商',
  site: position(site.position),
  azimuthDeg: sector.azimuthDeg,
  beamwidthDeg: sector.beamwidthDeg,
  rangeM: sector.rangeM,
  cellId: sector.cellId,
  ...(timingAdvance !== undefined && { timingAdvance }),
});

/** The antennas that a phone at `at` hears, best first, by a plain path loss; `noise` in dB decides near ties. */
function serversAt(sites: readonly CellSiteSeed[], at: LngLat, noise: () => number): Attachment[] {
  const levels: (Attachment & { level: number })[] = [];
  for (const site of sites) {
    const awayM = Math.max(30, distanceM(site.position, at));
    if (awayM > 25_000) continue;
    const course = bearingDeg(site.position, at);
    for (const sector of site.sectors) {
      const off = angleBetween(course, sector.azimuthDeg);
      const antennaDb = -Math.min(25, 12 * (off / sector.beamwidthDeg) ** 2);
      levels.push({ site, sector, distanceM: awayM, level: antennaDb - 35 * Math.log10(awayM) + noise() });
    }
  }
  return levels.sort((a, b) => b.level - a.level).slice(0, 2);
}

function cameraHits(story: Story, random: Random): Evidence[] {
  const { region, scenario, truth, plate } = story;
  const known = scenario.plateUnknown ? scenario.tellings.find(({ kind }) => kind === 'plate') : undefined;
  if (scenario.plateUnknown && !known) return [];
  const knownS = known ? (known.askedMin + known.answerMin) * minuteS : -Infinity;
  return passes(region, truth).flatMap(pass => {
    const one = random.fork(`${pass.cameraId}-${Math.round(pass.atS)}`);
    if (!one.chance(cameraRecall)) return [];
    const seen = one.chance(misreadShare) ? one.pick(region.cameras) : null;
    const body = {
      kind: 'camera',
      source: '卡口',
      position: position(seen?.position ?? pass.position),
      headingDeg: Math.round(seen?.headingDeg ?? pass.courseDeg) % 360,
      plate,
    };
    const askedS = Math.max(40, pass.atS + 20, knownS);
    const answerS = one.range(40, 150);
    return [{ observedS: pass.atS, askedS, answerS, by: 'trace' as const, needsAuthority: true, body }];
  });
}

interface Pass {
  cameraId: string;
  position: LngLat;
  atS: number;
  courseDeg: number;
}

/** The cameras that she drives past, once each. */
export function passes({ cameras }: Pick<SimRegion, 'cameras'>, truth: readonly TruthPoint[]): Pass[] {
  const nearest = new Map<string, Pass & { missM: number }>();
  for (let i = 1; i < truth.length; i++) {
    const from = truth[i - 1]!;
    const to = truth[i]!;
    if (from.mode !== 'driving') continue;
    const courseDeg = bearingDeg([from.lng, from.lat], [to.lng, to.lat]);
    for (const camera of cameras) {
      const missM = Math.min(...[from, to].map(({ lng, lat }) => distanceM(camera.position, [lng, lat])));
      const turn = angleBetween(camera.headingDeg ?? courseDeg, courseDeg);
      if (missM > 40 || turn > 60 || (nearest.get(camera.id)?.missM ?? Infinity) <= missM) continue;
      const { position: at, id: cameraId } = camera;
      nearest.set(cameraId, { cameraId, position: at, atS: from.atS, courseDeg, missM });
    }
  }
  return [...nearest.values()].sort((a, b) => a.atS - b.atS);
}

function told(story: Story, telling: Telling, random: Random): Evidence[] {
  const askedS = telling.askedMin * minuteS;
  const answerS = telling.answerMin * minuteS;
  const base = { askedS, answerS, by: 'trace' as const, needsAuthority: true };
  const observedS = askedS + answerS - 30;
  const { at } = truthAt(story.truth, observedS);
  switch (telling.kind) {
    case 'plate':
      return [];
    case 'fix': {
      const accuracyM = telling.accuracyM ?? 150;
      return [{ ...base, observedS, body: fixBody(at, accuracyM, random) }];
    }
    case 'transaction': {
      const { atS, lng, lat } = firstStay(story.truth, askedS) ?? { atS: observedS, lng: at[0], lat: at[1] };
      const body = { kind: 'transaction', source: '银行', position: { lng, lat } };
      return [{ ...base, observedS: Math.min(observedS, atS + 3 * minuteS), body }];
    }
    case 'family': {
      const { last } = story;
      const body = {
        kind: 'report',
        source: '家属来电',
        ...(last.placeId === undefined ? { position: position(last.position) } : { placeId: last.placeId }),
        usualPlaces: [last.placeId ?? position(last.position)],
        credibility: 0.75,
        text: telling.text ?? '家属提供了常去的地方。',
      };
      return [{ ...base, observedS, by: 'operator', needsAuthority: false, body }];
    }
  }
}

/** A fix of the network: the truth lies within its radius in two of three cases. */
function fixBody(at: LngLat, accuracyM: number, random: Random): Record<string, unknown> {
  const offM = random.chance(0.68) ? accuracyM * Math.sqrt(random.next()) : accuracyM * random.range(1, 1.8);
  const near = offset(at, offM, random.range(0, 360));
  return { kind: 'fix', source: '运营商定位', position: position(near), accuracyM, accuracyQuantile: 0.68 };
}

/** The last point before `beforeS` at which she came to stay somewhere inside. */
function firstStay(truth: readonly TruthPoint[], beforeS: number): TruthPoint | undefined {
  return truth.findLast((point, i) => i > 0 && point.mode === 'atPlace' && point.atS <= beforeS);
}
