/** What her phone tells the carrier: the antenna that serves best through shadows that the filter knows nothing of. Pure. */
import { createRandom, type Random } from '#domain/random.ts';
import { angleBetween, bearingDeg, distanceM, lngShrink, type LngLat, metresPerDegree } from '#road/geo.ts';
import { truthAt } from '../truth.ts';
import { exponential, normal, numberOf } from './chance.ts';
import type { ArenaSighting, ArenaTruthPoint } from './episode.ts';
import type { ArenaAntenna } from './region.ts';

const pathLossDbPerDecade = 36;
const shadowDb = 7;
const sectorShadowDb = 2.5;
const fastFadingDb = 3;
/** Half-power beam of an antenna that serves a third of the circle, and how little it sends behind itself. */
const beamDeg = 65;
const backDb = 22;
const reachM = 14_000;
const timingAdvanceM = 78.12;
const timingAdvanceShare = 0.4;
const missingShare = 0.25;
const askedTimes = 25;

interface Wave {
  east: number;
  north: number;
  phase: number;
}

/** Shadows of one site: a sum of waves of 300 m to 1.8 km, so that near places lie in the same shadow. */
const shadowsOf = (random: Random): Wave[] =>
  Array.from({ length: 10 }, () => {
    const lengthM = random.range(300, 1800);
    const direction = random.range(0, 2 * Math.PI);
    return {
      east: (Math.cos(direction) * 2 * Math.PI) / lengthM,
      north: (Math.sin(direction) * 2 * Math.PI) / lengthM,
      phase: random.range(0, 2 * Math.PI),
    };
  });

/** The air of one episode. */
export class Radio {
  private readonly episodeId: string;
  private readonly sites: { at: LngLat; waves: Wave[]; antennas: ArenaAntenna[] }[];
  private readonly shrink: number;

  constructor(episodeId: string, antennas: readonly ArenaAntenna[]) {
    this.episodeId = episodeId;
    const bySite = Map.groupBy(antennas, ({ site }) => site.join());
    this.sites = [...bySite].map(([key, list]) => ({
      at: list[0]!.site,
      waves: shadowsOf(createRandom(1).fork(`${episodeId}|shadow|${key}`)),
      antennas: list,
    }));
    this.shrink = lngShrink(antennas[0]?.site[1] ?? 0);
  }

  /** The antenna that a phone at `at` is on at some moment, by chance; null out of reach of all. */
  serving(at: LngLat, random: Random): { antenna: ArenaAntenna; distanceM: number } | null {
    const [x, y] = [at[0] * metresPerDegree * this.shrink, at[1] * metresPerDegree];
    let best: { antenna: ArenaAntenna; distanceM: number } | null = null;
    let bestDb = -Infinity;
    for (const site of this.sites) {
      const awayM = Math.max(30, distanceM(site.at, at));
      if (awayM > reachM) continue;
      let wave = 0;
      for (const { east, north, phase } of site.waves) wave += Math.cos(east * x + north * y + phase);
      const siteDb = shadowDb * Math.sqrt(2 / 10) * wave - pathLossDbPerDecade * Math.log10(awayM);
      const course = bearingDeg(site.at, at);
      for (const antenna of site.antennas) {
        const antennaDb = -Math.min(12 * (angleBetween(course, antenna.azimuthDeg) / beamDeg) ** 2, backDb);
        const db = siteDb + antennaDb + this.sectorDb(antenna, x, y) + fastFadingDb * normal(random);
        if (db > bestDb) [best, bestDb] = [{ antenna, distanceM: awayM }, db];
      }
    }
    return best;
  }

  private sectorDb({ cellId }: ArenaAntenna, x: number, y: number): number {
    const patch = numberOf(this.episodeId, cellId, Math.floor(x / 150), Math.floor(y / 150));
    return sectorShadowDb * (patch * 3.4 - 1.7);
  }
}

/** What the carrier answers: first after some minutes, then now and then, late, a quarter of it never. */
export function pingsOf(
  episodeId: string,
  antennas: readonly ArenaAntenna[],
  truth: readonly ArenaTruthPoint[],
  random: Random,
): ArenaSighting[] {
  const radio = new Radio(episodeId, antennas);
  const pings: ArenaSighting[] = [];
  let receivedS = random.range(240, 480);
  for (let i = 0; i < askedTimes; i++, receivedS += random.range(180, 300)) {
    const one = random.fork(`ping-${i}`);
    const atS = receivedS - one.range(60, 240);
    const missing = one.chance(missingShare);
    const serving = radio.serving(truthAt(truth, atS).at, one);
    if (missing || !serving) continue;
    const { cellId, site, azimuthDeg, beamwidthDeg, rangeM } = serving.antenna;
    const measuredM = serving.distanceM + exponential(one, 70) + 30 * normal(one);
    const timingAdvance = Math.max(0, Math.floor(measuredM / timingAdvanceM));
    pings.push({
      kind: 'cell',
      id: `${episodeId}-ping-${i}`,
      atS,
      receivedS,
      site,
      azimuthDeg,
      beamwidthDeg,
      rangeM,
      cellId,
      ...(one.chance(timingAdvanceShare) && { timingAdvance }),
    });
  }
  return pings;
}
