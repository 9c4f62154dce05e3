/** Which antenna a phone is likely to be on: soft best server over the antennas around, or one fan where only that is known. */
import type { Antenna, CellFact } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import { angleBetween, distanceM } from '#road/geo.ts';
import type { Model } from './model.ts';
import { awayFrom, type Spots, spotsOf } from './spots.ts';

/** Antennas are looked up by squares. */
const squareM = 500;
/** Sites this many times as far as the nearest one are not heard: some 18 dB weaker. */
const heardTimes = 3.5;
/** Nearer than this, being under the mast says nothing more. */
const leastM = 40;
/** An antenna serves nobody beyond this many times the way to the next site, and so much more. */
const servesTimes = 6;
const servesBeyondM = 1500;

/** From this beam width on an antenna has no direction. */
const allRoundDeg = 300;
/** Tables give the half-power beam or the third of the circle that it is to serve. */
const halfPowerDeg = (beamwidthDeg: number): number => Math.min(70, Math.max(20, beamwidthDeg));

/** By `Spots.plane`. */
interface Point {
  x: number;
  y: number;
}

interface Site extends Point {
  antennas: Antenna[];
  servesM: number;
}

/** The air over a ground. */
export class Radio {
  readonly ground: Ground;
  readonly model: Model;
  private readonly spots: Spots;
  private readonly sites: Site[];
  private readonly siteOf = new Map<Antenna, Site>();
  private readonly byId: ReadonlyMap<string, Antenna>;
  private readonly bySquare = new Map<number, Site[]>();
  /** Per spot, the logarithm of the sum over all antennas; NaN until somebody asks. */
  private readonly heard: Float64Array;

  constructor(ground: Ground, antennas: readonly Antenna[], model: Model) {
    this.ground = ground;
    this.model = model;
    this.spots = spotsOf(ground);
    this.heard = new Float64Array(this.spots.x.length).fill(NaN);
    this.byId = new Map(antennas.map(antenna => [antenna.cellId, antenna]));
    const bySite = Map.groupBy(antennas, ({ site }) => site.join());
    this.sites = [...bySite.values()].map(list => ({
      ...this.spots.plane(list[0]!.site),
      antennas: list,
      servesM: 0,
    }));
    for (const site of this.sites) {
      let nextM = 14_000;
      for (const other of this.sites) if (other !== site) nextM = Math.min(nextM, awayM(other, site));
      site.servesM = nextM * servesTimes + servesBeyondM;
      for (const antenna of site.antennas) this.siteOf.set(antenna, site);
    }
  }

  /** Likelihood that a phone at a spot reports this antenna, 0 to 1. */
  servedBy(fact: CellFact): (spot: number) => number {
    const known = this.antennaOf(fact);
    if (!known) return fanOf(this.ground, fact, this.model);
    const site = this.siteOf.get(known)!;
    const { servesM } = site;
    const { x, y } = this.spots;
    return spot => {
      if (Math.abs(y[spot]! - site.y) > servesM || Math.abs(x[spot]! - site.x) > servesM) return 0;
      // Where the antenna is too far off to be heard among the others, it has no more than everything.
      return Math.exp(Math.min(0, this.score(known, site, x[spot]!, y[spot]!) - this.heardAt(spot)));
    };
  }

  private antennaOf({ cellId, site, azimuthDeg }: CellFact): Antenna | null {
    const known = cellId === undefined ? undefined : this.byId.get(cellId);
    if (known && distanceM(known.site, site) < 500) return known;
    if (azimuthDeg === undefined) return null;
    for (const antenna of this.siteOf.keys())
      if (distanceM(antenna.site, site) < 50 && angleBetween(antenna.azimuthDeg, azimuthDeg) < 10)
        return antenna;
    return null;
  }

  private heardAt(spot: number): number {
    const known = this.heard[spot]!;
    if (!Number.isNaN(known)) return known;
    const [x, y] = [this.spots.x[spot]!, this.spots.y[spot]!];
    let sum = 0;
    for (const site of this.sitesAround(x, y))
      for (const antenna of site.antennas) sum += Math.exp(this.score(antenna, site, x, y));
    return (this.heard[spot] = Math.log(sum + 1e-300));
  }

  private sitesAround(x: number, y: number): Site[] {
    const [column, row] = [Math.floor(x / squareM), Math.floor(y / squareM)];
    const key = row * 2 ** 17 + column;
    const known = this.bySquare.get(key);
    if (known) return known;
    const middle = { x: (column + 0.5) * squareM, y: (row + 0.5) * squareM };
    let nearestM = Infinity;
    for (const site of this.sites) nearestM = Math.min(nearestM, awayM(site, middle));
    const around = this.sites.filter(site => awayM(site, middle) <= (nearestM + squareM) * heardTimes);
    this.bySquare.set(key, around);
    return around;
  }

  /** Level of an antenna at (x, y) over its softness: pattern of 3GPP TR 36.942 and log-distance path loss. */
  private score({ azimuthDeg, beamwidthDeg }: Antenna, site: Point, x: number, y: number): number {
    const { backDb, pathLoss, softDb } = this.model;
    const [east, north] = [x - site.x, y - site.y];
    const off = beamwidthDeg >= allRoundDeg ? 0 : angleBetween(courseDeg(east, north), azimuthDeg);
    const patternDb = -Math.min(12 * (off / halfPowerDeg(beamwidthDeg)) ** 2, backDb);
    const metres = Math.max(leastM, Math.sqrt(east * east + north * north));
    return (patternDb - 10 * pathLoss * Math.log10(metres)) / softDb;
  }
}

function awayM(a: Point, b: Point): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
}

const courseDeg = (east: number, north: number): number => (Math.atan2(east, north) * 180) / Math.PI + 360;

const radios = new WeakMap<readonly Antenna[], Radio>();

/** One for a table of antennas, whoever asks: what it worked out for one incident serves the others. */
export function radioOf(ground: Ground, antennas: readonly Antenna[], model: Model): Radio {
  const known = radios.get(antennas);
  if (known && known.ground === ground && sameAir(known.model, model)) return known;
  const made = new Radio(ground, antennas, model);
  radios.set(antennas, made);
  return made;
}

function sameAir(had: Model, model: Model): boolean {
  return had.softDb === model.softDb && had.pathLoss === model.pathLoss && had.backDb === model.backDb;
}

/** One sector, nothing known around it: inside its beam and range likely, with soft edges. */
function fanOf(ground: Ground, fact: CellFact, model: Model): (spot: number) => number {
  const { site, rangeM, azimuthDeg } = fact;
  const { x, y, plane } = spotsOf(ground);
  const at = plane(site);
  const width = fact.beamwidthDeg ?? model.beamwidthDeg;
  return spot => {
    const [east, north] = [x[spot]! - at.x, y[spot]! - at.y];
    const directed = azimuthDeg !== undefined && width < allRoundDeg;
    const off = directed ? angleBetween(courseDeg(east, north), azimuthDeg) : 0;
    const patternDb = -Math.min(12 * (off / halfPowerDeg(width)) ** 2, model.backDb);
    const far = Math.sqrt(east * east + north * north) / Math.max(100, rangeM);
    return Math.exp(patternDb / model.softDb) / (1 + far ** 6);
  };
}

/**
 * Likelihood of a timing advance, 0 to 1: a ring, a little outside the straight line since the signal takes detours.
 * LTE counts in steps of 16 samples at 30.72 MHz, both ways: 78.12 m.
 */
export function ringOf(ground: Ground, fact: CellFact, model: Model): (spot: number) => number {
  const ringM = ((fact.timingAdvance ?? 0) + 0.5) * 78.12 - model.advanceBiasM;
  const away = awayFrom(ground, fact.site);
  return spot => Math.exp(-0.5 * ((away(spot) - ringM) / model.advanceSigmaM) ** 2);
}
