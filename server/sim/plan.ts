/** One playing of a scenario, whole and beforehand: the same region, scenario and seed give the same plan. Pure. */
import { createRandom, type Random } from '#domain/random.ts';
import type { PlaceSeed } from '../region/source.ts';
import { type Evidence, evidenceOf } from './evidence.ts';
import { findSetting, type Leg, type Setting, toldByRegion } from './geography.ts';
import { inventPerson, type Person } from './people.ts';
import type { FindRoute, SimRegion, Spot } from './region.ts';
import type { Scenario } from './scenarios.ts';
import { type LngLat, offset } from './travel.ts';
import { travelPoints, type TruthPoint } from './truth.ts';
import { bearingDeg, distanceM } from '#road/geo.ts';

/** Where she stays, and when. Seconds count from the alert. */
export interface Stay extends Spot {
  fromS: number;
  /** Null: until the end. */
  toS: number | null;
}

export interface EpisodePlan {
  scenarioId: string;
  seed: number;
  person: Person;
  home: PlaceSeed;
  alert: {
    risk: Scenario['risk'];
    scamType: Scenario['scamType'];
    amount: number;
    note: string;
    /** The written address, as an alert carries it. */
    address: string;
  };
  truth: TruthPoint[];
  stays: Stay[];
  evidence: Evidence[];
  referenceS: number;
  moneyGoneS: number;
  /** Nobody looks any longer. */
  horizonS: number;
  elsewhere: boolean;
}

const minuteS = 60;
/** How long after the money is gone the search goes on. */
const aftermathS = 10 * minuteS;
/** She who lives elsewhere is so far away. */
const elsewhereM = 70_000;

/** Null when the region has no homes or no roads for it. */
export function planEpisode(
  region: SimRegion,
  findRoute: FindRoute,
  scenario: Scenario,
  seed: number,
): EpisodePlan | null {
  const random = createRandom(seed).fork(scenario.id);
  const setting = settingOf(region, findRoute, scenario, seed, random.fork('places'));
  if (!setting) return null;
  const { home } = setting;
  const { truth, stays } = scenario.elsewhere
    ? farAway(home, random.fork('away'))
    : journey(setting, scenario.leftMin, random.fork('journey'));
  const person = inventPerson(random.fork('person'));
  const { risk, scamType, amount, note } = scenario;
  const moneyGoneS = scenario.moneyGoneMin * minuteS;
  const horizonS = moneyGoneS + aftermathS;
  const last = stays.at(-1)!;
  const story = { region, scenario, truth, horizonS, plate: person.vehicle, last, home: home.position };
  return {
    scenarioId: scenario.id,
    seed,
    person,
    home,
    alert: { risk, scamType, amount, note, address: home.address ?? home.name },
    truth,
    stays,
    evidence: evidenceOf(story, random.fork('evidence')),
    referenceS: scenario.referenceMinutes * minuteS,
    moneyGoneS,
    horizonS,
    elsewhere: scenario.elsewhere ?? false,
  };
}

/** The gravel road is the region's own story, where it has one, with every other seed. */
function settingOf(
  region: SimRegion,
  findRoute: FindRoute,
  scenario: Scenario,
  seed: number,
  random: Random,
): Setting | null {
  const own = scenario.id === 'gravel-road' && seed % 2 === 1;
  return (
    (own ? toldByRegion(region, findRoute, scenario, random) : null) ??
    findSetting(region, findRoute, scenario, random)
  );
}

function journey({ home, legs }: Setting, leftMin: number | null, random: Random) {
  const [lng, lat] = home.position;
  const leavesS = leftMin === null ? null : -leftMin * minuteS;
  const truth: TruthPoint[] = [{ atS: (leavesS ?? 0) - 3600, lng, lat, mode: 'atPlace' }];
  const stays: Stay[] = [
    { placeId: home.id, name: home.name, position: home.position, fromS: truth[0]!.atS, toS: leavesS },
  ];
  let startS = leavesS ?? 0;
  for (const leg of legs) {
    truth.push(...pointsOf(leg, startS));
    const arrivesS = startS + leg.durationS;
    const { stayMin } = leg.stop;
    const toS = stayMin === undefined ? null : arrivesS + stayMin * minuteS * random.range(0.8, 1.2);
    stays.push({ ...leg.spot, position: endOf(leg), fromS: arrivesS, toS });
    startS = toS ?? arrivesS;
  }
  return { truth, stays };
}

/** A car stands where the road ends, unless that is too far away to be at the place. */
const atRoadsideM = 40;

function endOf({ stop, spot, route }: Leg): LngLat {
  const roadEnd = route.geometry.at(-1)!;
  return stop.ends === 'atPlace' || distanceM(roadEnd, spot.position) > atRoadsideM ? spot.position : roadEnd;
}

function pointsOf(leg: Leg, startS: number): TruthPoint[] {
  const { stop, route, durationS } = leg;
  const line = [...route.geometry, endOf(leg)];
  const mode = stop.how === 'foot' ? 'onFoot' : 'driving';
  return travelPoints(line, { startS, durationS, mode, ends: stop.ends });
}

function farAway(home: PlaceSeed, random: Random) {
  const position = offset(home.position, elsewhereM, random.range(0, 360));
  const truth: TruthPoint[] = [{ atS: -3600, lng: position[0], lat: position[1], mode: 'atPlace' }];
  const name = bearingDeg(home.position, position) < 180 ? '县域以东' : '县域以西';
  return { truth, stays: [{ name, position, fromS: -3600, toS: null }] as Stay[] };
}
