/**
 * The synthetic county: a place that does not exist, drawn from a seed, complete enough to run the whole product on.
 * Its names are invented; its shape follows how such counties grow: valley, town, townships, villages, roads between.
 */
import { RegionError } from '../error.ts';
import { bboxOf } from '../geo.ts';
import type { BasemapFeature, RegionSource } from '../source.ts';
import { AddressBook } from './addresses.ts';
import { adminAreas } from './admin.ts';
import { drawCommunities } from './communities.ts';
import { coverBlocks, coverCountry } from './landuse.ts';
import { Builder, toFeature } from './buildings.ts';
import { digPonds, type Pond, toPondFeature } from './countryside-water.ts';
import { divideRoads } from './carriageways.ts';
import { planCorridors } from './corridors.ts';
import { layOneWays, mendOneWays } from './one-ways.ts';
import { layRoundabouts } from './roundabouts.ts';
import { placeBollards, putUpSigns } from './turns.ts';
import { buildFringe, buildPark, buildRibbons, buildVillage } from './countryside.ts';
import { crewStations, placeCameras, placeCellSites } from './devices.ts';
import { NameBook } from './names.ts';
import { Network } from './network.ts';
import { insideAny } from './outlines.ts';
import { Overland } from './overland.ts';
import { layPark, linkPark } from './park.ts';
import { nameTheCounty } from './places.ts';
import { distance, insideRing, type Line, segmentDistance, toLngLat, toRing, type Vec } from './plane.ts';
import { createRandom } from '#domain/random.ts';
import { layTrunkRoads, layVillages } from './rural.ts';
import { SegmentIndex } from './segment-index.ts';
import { placeSettlements, type Township } from './settlements.ts';
import { drawBeats, drawBoundaries, toStations } from './stations.ts';
import { buildTerrain, scaleOf } from './terrain.ts';
import { fillCountyTown, planCountyTown, type Site, styleOf, type TownPlan } from './town.ts';
import { assignBlocks, type UsedBlock } from './block-uses.ts';
import { layFieldTracks, layTracks } from './tracks.ts';
import { fillTownship, planTownship } from './township.ts';
import { synthStory } from './story.ts';
import { buildBlock } from './urban.ts';
import { buildWater } from './water.ts';
import { areaAt } from './partition.ts';
import { joinPieces, pruneStubs, toRoadInput } from './ways.ts';

export interface SynthOptions {
  /** The same seed and population give the same county, byte for byte. */
  seed: number;
  /** People who live there; area, villages and streets grow with it. 250,000 makes about 30,000 junctions. */
  population: number;
}

/**
 * Draws the county.
 * @throws {RegionError} unsupported for a population outside 20,000 to 6,000,000
 */
export function synthRegion({ seed, population }: SynthOptions): RegionSource {
  if (!Number.isFinite(population) || population < 20_000 || population > 6_000_000) {
    throw new RegionError(
      'unsupported',
      `a county of ${population} people cannot be drawn; expected a population of 20,000 to 6,000,000`,
    );
  }
  const random = createRandom(seed);
  const terrain = buildTerrain(scaleOf(population), random.fork('terrain'));
  const water = buildWater(terrain, random.fork('water'));
  const corridors = planCorridors(terrain, water.isWet, random.fork('corridors'));
  const names = new NameBook(random.fork('names'));
  const network = new Network();
  const site: Site = { terrain, water, corridors, network, names };
  const settlements = placeSettlements(terrain, water, corridors, names, random.fork('settlements'));
  const [seat, chakou] = settlements.townships as [Township, Township];

  // Roads, from the few that shape everything to the many that follow.
  const town = planCountyTown(site, seat, random.fork('town'));
  const overland = new Overland(network, terrain, water, corridors, random.fork('overland'));
  for (const { a, b, alive } of network.edges)
    if (alive) overland.mark([network.nodes[a] as Vec, network.nodes[b] as Vec]);
  overland.hinder(town.contains, town.centre, town.radiusM * 1.4, 12);
  const park = layPark(site, settlements.park, chakou, random.fork('park'));
  overland.hinder(p => insideRing(p, park.outline), park.park.centre, 1_600, 30);
  const interchanges = layTrunkRoads(site, overland, settlements, town, random.fork('trunk'));
  linkPark(overland, park, chakou);
  overland.connect(corridors.forecourt, null, styleOf('tertiary', 40, { zh: '站前路', en: 'Zhanqian Road' }));
  layVillages(site, overland, settlements.villages, random.fork('villages'));
  fillCountyTown(site, town, random.fork('streets'));
  const plans: TownPlan[] = [town];
  for (const township of settlements.townships.slice(1)) {
    const plan = planTownship(site, township, random.fork(township.name.en));
    fillTownship(site, plan, random.fork(`${township.name.en} streets`));
    plans.push(plan);
  }
  layTracks(site, settlements.villages, random.fork('tracks'));
  const outlines = [...plans.map(plan => plan.outline), park.outline];
  layFieldTracks(site, settlements.villages, outlines, random.fork('fields'));
  layRoundabouts(network, town, Math.round(2 + population / 60_000));

  // What stands on the ground between them. Compounds add service lanes as they are built.
  const ponds = digPonds(site, settlements.villages, outlines, random.fork('ponds'));
  const builder = new Builder(network, groundTaken(site, town, outlines, ponds));
  const blocks: UsedBlock[] = plans.flatMap((plan, i) =>
    assignBlocks(site, plan, i, random.fork(`blocks ${plan.name.en}`)),
  );
  const buildRandom = random.fork('buildings');
  for (const block of blocks) buildBlock(site, builder, block, buildRandom);
  plans.forEach((plan, i) => {
    const own = blocks.filter(block => block.town === i);
    buildFringe(site, builder, plan, own, random.fork(`fringe ${plan.name.en}`));
  });
  buildPark(site, builder, park, random.fork('halls'));
  for (const plan of plans) buildRibbons(site, builder, plan, random.fork(`ribbons ${plan.name.en}`));
  for (const village of settlements.villages)
    buildVillage(site, builder, village, random.fork(`houses ${village.name.zh}`));
  pruneStubs(network);
  joinPieces(network, water);

  // Who is there: stations with their beats, places, antennas, cameras, crews.
  const beats = drawBeats(terrain, settlements, random.fork('beats'));
  const townshipAt = (p: Vec): Township => {
    const area = beats.areas[areaAt(beats.partition, p)];
    if (area) return settlements.townships[area.township] as Township;
    return [...settlements.townships].sort(
      (a, b) => distance(a.centre, p) - distance(b.centre, p),
    )[0] as Township;
  };
  const communities = plans.flatMap((plan, i) =>
    drawCommunities(plan, i, names, random.fork(`communities ${plan.name.en}`)),
  );
  const { buildings } = builder;
  const { villages } = settlements;
  const addresses = new AddressBook({ network, villages, communities, buildings, townshipAt });
  const county = { site, settlements, plans, blocks, park, buildings, townshipAt, addresses };
  const gazetteer = nameTheCounty(county, random.fork('places'));
  const stationRandom = random.fork('stations');
  const stations = toStations(beats, (area, i) => {
    const inBeat = (p: Vec): boolean =>
      beats.partition.polygons[i]?.some(([outer = []]) => insideRing(p, outer)) ?? false;
    const uses = ['shop', 'office', 'public'] as const;
    const spot =
      gazetteer.premises(area.wished, 800, uses, 'police', 100, stationRandom, inBeat) ?? area.wished;
    gazetteer.add('police', { zh: area.name, en: area.nameEn }, spot);
    return spot;
  });
  const houses = [...addresses.survey(0.08, random.fork('doors')), ...gazetteer.doors];
  const cameras = placeCameras(county, interchanges, random.fork('cameras'));
  const cellSites = placeCellSites(county, random.fork('antennas'));

  // Traffic law comes last: it divides roads whose other side had better not be asked for any more.
  const oneWays = layOneWays(network, town, 0.5);
  const divided = divideRoads(network, town.boulevards);
  mendOneWays(network, oneWays);
  const bollards = placeBollards(network, 0.06, random.fork('bollards'));
  const signs = putUpSigns(network, divided, random.fork('signs'));
  const roads = toRoadInput(network, water, signs, bollards);
  const basemap: BasemapFeature[] = [
    ...coverCountry(site, settlements, plans, random.fork('land')),
    { layer: 'landuse', class: 'industrial', rings: [toRing(park.outline)], name: '云溪工业园区' },
    ...coverBlocks(blocks),
    ...water.features,
    ...ponds.map(toPondFeature),
    ...openStreams(water.streams, 'stream', outlines),
    ...openStreams(water.canals, 'canal', outlines),
    ...buildings.map(toFeature),
    { layer: 'rail', kind: 'rail', line: corridors.rail.map(toLngLat), name: '云江铁路' },
    ...drawBoundaries(beats),
    ...gazetteer.labels,
    ...gazetteer.landmarks,
  ];
  const region: RegionSource = {
    name: '云溪县',
    nameEn: 'Yunxi County',
    fictional: true,
    attribution: '虚构县域，由程序生成 · Fictional county, generated',
    bbox: bboxOf([
      ...roads.nodes.values(),
      ...stations.flatMap(({ jurisdiction = [] }) => jurisdiction.flat(2)),
    ]),
    roads,
    basemap,
    places: gazetteer.places,
    stations,
    cellSites,
    cameras,
    units: crewStations(stations, 3, random.fork('crews')),
    areas: adminAreas(settlements, communities, beats, addresses, townshipAt),
    houses,
  };
  const { home, hideout } = synthStory(region);
  return {
    ...region,
    story: { homeId: home.id, hideout: { name: hideout.name, position: hideout.position } },
  };
}

/** Says of a circle whether water or a line of the land takes it, so that nothing can be built there. */
function groundTaken(
  { water, corridors }: Site,
  town: TownPlan,
  outlines: Line[],
  ponds: Pond[],
): (p: Vec, reachM: number) => boolean {
  const streams = new SegmentIndex<undefined>(100);
  for (const line of [...water.streams, ...water.canals]) streams.addLine(line, undefined);
  const shores = new SegmentIndex<undefined>(100);
  for (const { shore } of ponds) shores.addLine([...shore, shore[0] as Vec], undefined);
  const built = insideAny(outlines);
  const near = (index: SegmentIndex<undefined>, p: Vec, reachM: number): boolean =>
    index.some(p, reachM, (a, b) => segmentDistance(p, a, b) < reachM);
  return (p, reachM) =>
    water.isWet(p, reachM + 6) ||
    (water.isWet(p, reachM + 36) && insideRing(p, town.outline)) ||
    corridors.isNear(p, reachM + 22) ||
    near(shores, p, reachM + 4) ||
    (near(streams, p, reachM + 5) && !built(p));
}

/** Streams as the map shows them: where they pass under a built-up area they run in culverts. */
function openStreams(streams: Line[], kind: 'stream' | 'canal', built: Line[]): BasemapFeature[] {
  const features: BasemapFeature[] = [];
  const inBuilt = insideAny(built);
  for (const stream of streams) {
    let run: Line = [];
    const flush = (): void => {
      if (run.length > 2) features.push({ layer: 'waterways', kind, line: run.map(toLngLat) });
      run = [];
    };
    for (const p of stream) {
      if (inBuilt(p)) flush();
      else run.push(p);
    }
    flush();
  }
  return features;
}
