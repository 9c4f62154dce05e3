import type { PlaceKind } from '#contract/place.ts';
import type { BasemapFeature, HouseSeed, PlaceSeed } from '../source.ts';
import { type AddressBook, nearestStreet } from './addresses.ts';
import type { UsedBlock } from './block-uses.ts';
import type { Block } from './blocks.ts';
import type { Building } from './buildings.ts';
import type { Name } from './names.ts';
import type { LaidPark } from './park.ts';
import { along, distance, insideRing, toLngLat, type Vec } from './plane.ts';
import type { Random } from '#domain/random.ts';
import type { Settlements, Township } from './settlements.ts';
import type { Site, TownPlan } from './town.ts';

/** What has been built, for the places to move into. */
export interface Built {
  site: Site;
  settlements: Settlements;
  plans: TownPlan[];
  blocks: UsedBlock[];
  park: LaidPark;
  buildings: Building[];
  /** The township that a point belongs to. */
  townshipAt(p: Vec): Township;
  addresses: AddressBook;
}

type Landmark = Extract<BasemapFeature, { layer: 'landmarks' }>;
type Label = Extract<BasemapFeature, { layer: 'labels' }>;

const square = (metres: number): number => Math.floor(metres / 500);
const squareKey = (x: number, y: number): number => (x + 4_096) * 8_192 + y + 4_096;

/** Collects places, landmarks and labels, each place with an address and a spot of its own. */
export class Gazetteer {
  readonly places: PlaceSeed[] = [];
  readonly landmarks: Landmark[] = [];
  readonly labels: Label[] = [];
  /** Buildings of compounds, with their numbers. */
  readonly doors: HouseSeed[] = [];
  /** Where each place stands on the drawing plane, by id. */
  readonly spots = new Map<string, Vec>();
  private readonly built: Built;
  private readonly names = new Set<string>();
  private readonly taken = new Set<Building>();
  private readonly squares = new Map<number, Building[]>();

  constructor(built: Built) {
    this.built = built;
    for (const building of built.buildings) {
      const key = squareKey(square(building.box.centre[0]), square(building.box.centre[1]));
      const list = this.squares.get(key);
      if (list) list.push(building);
      else this.squares.set(key, [building]);
    }
  }

  add(kind: PlaceKind, name: Name, wanted: Vec, areaHa?: number): PlaceSeed {
    const at = offRoad(this.built.site, wanted);
    let zh = name.zh;
    for (let copy = 2; this.names.has(zh) && kind !== 'atm'; copy++) zh = `${name.zh}（${copy}）`;
    this.names.add(zh);
    const place: PlaceSeed = {
      id: `p${this.places.length + 1}`,
      kind,
      name: zh,
      nameEn: name.en,
      position: toLngLat(at),
      address: this.built.addresses.at(at),
      ...(areaHa === undefined ? {} : { areaHa: Math.max(0.1, Math.round(areaHa * 10) / 10) }),
    };
    this.places.push(place);
    this.spots.set(place.id, at);
    return place;
  }

  /** A housing compound whose buildings are numbered from north to south; its place is the building nearest to `wanted`. */
  addCompound(name: Name, block: Block, wanted: Vec): void {
    const buildings = this.homesIn(block).sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    const at = buildings.reduce<Vec | undefined>(
      (best, p) => (best && distance(best, wanted) <= distance(p, wanted) ? best : p),
      undefined,
    );
    const place = this.add('residence', name, at ?? wanted, block.areaM2 / 10_000);
    place.address = `${place.address} ${place.name}${at ? ` ${buildings.indexOf(at) + 1}栋` : ''}`;
    buildings.forEach((p, i) => {
      this.doors.push({ road: place.name, number: `${i + 1}栋`, position: toLngLat(p) });
    });
  }

  private homesIn(block: Block): Vec[] {
    const half = Math.max(block.lengthM, block.widthM);
    const found: Vec[] = [];
    const [x, y] = block.centre;
    for (let cx = square(x - half); cx <= square(x + half); cx++) {
      for (let cy = square(y - half); cy <= square(y + half); cy++) {
        for (const { use, box } of this.squares.get(squareKey(cx, cy)) ?? [])
          if (use === 'home' && insideRing(box.centre, block.ring)) found.push(box.centre);
      }
    }
    return found;
  }

  landmark(kind: Landmark['kind'], name: Name, at: Vec): void {
    this.landmarks.push({ layer: 'landmarks', kind, at: toLngLat(at), name: name.zh, nameEn: name.en });
  }

  label(cls: Label['class'], name: Name, at: Vec, rank: number): void {
    this.labels.push({ layer: 'labels', class: cls, at: toLngLat(at), name: name.zh, nameEn: name.en, rank });
  }

  /** A free building within `reachM` of `near`, of one of the uses, away from other places of the kind, where `admits` holds. */
  premises(
    near: Vec,
    reachM: number,
    uses: readonly Building['use'][],
    kind: PlaceKind,
    apartM: number,
    random: Random,
    admits: (p: Vec) => boolean = () => true,
  ): Vec | undefined {
    const others = this.places
      .filter(place => place.kind === kind)
      .map(place => this.spots.get(place.id) as Vec);
    const suits = (building: Building): boolean => {
      const at = building.box.centre;
      return (
        uses.includes(building.use) &&
        distance(at, near) < reachM &&
        !this.taken.has(building) &&
        !others.some(other => distance(other, at) < apartM) &&
        admits(at) &&
        nearestStreet(this.built.site.network, at, 60) !== undefined
      );
    };
    const building = this.probe(near, reachM, suits, random);
    if (building) this.taken.add(building);
    return building?.box.centre;
  }

  /** A building that suits, found by looking in at random; by going from door to door when that fails. */
  private probe(
    near: Vec,
    reachM: number,
    suits: (building: Building) => boolean,
    random: Random,
  ): Building | undefined {
    for (let i = 0; i < 250; i++) {
      const spot = along(near, random.range(0, Math.PI * 2), Math.sqrt(random.next()) * reachM);
      const list = this.squares.get(squareKey(square(spot[0]), square(spot[1])));
      const building = list && random.pick(list);
      if (building && suits(building)) return building;
    }
    for (let x = square(near[0] - reachM); x <= square(near[0] + reachM); x++) {
      for (let y = square(near[1] - reachM); y <= square(near[1] + reachM); y++) {
        const found = this.squares.get(squareKey(x, y))?.find(suits);
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Several places of a kind in shops of a town, named after their street. */
  streetPlaces(
    plan: TownPlan,
    kind: PlaceKind,
    count: number,
    apartM: number,
    nameOf: (street: Name, index: number) => Name,
    random: Random,
    uses: Building['use'][] = ['shop'],
  ): void {
    for (let i = 0; i < count; i++) {
      const at = this.premises(plan.centre, plan.radiusM * 1.15, uses, kind, apartM, random);
      if (!at) return;
      const street = nearestStreet(this.built.site.network, at, 60);
      if (street) this.add(kind, nameOf(street.name.zh.startsWith('X') ? plan.name : street.name, i), at);
    }
  }
}

/** The nearest spot to `wanted`, going round in widening circles, that is neither on a road nor in water. */
function offRoad(site: Site, wanted: Vec): Vec {
  const clear = (p: Vec): boolean => !site.water.isWet(p, 3) && !site.network.nearestEdge(p, 6.5);
  for (let ring = 0; ring < 9; ring++) {
    for (let step = 0; step < Math.max(1, ring * 6); step++) {
      const p = along(wanted, (step / Math.max(1, ring * 6)) * Math.PI * 2, ring * 6);
      if (clear(p)) return p;
    }
  }
  return wanted;
}
