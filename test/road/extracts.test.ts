import { beforeAll, describe, expect, it } from 'vitest';
import { RoadRouter } from '../../server/road/router.ts';
import { DijkstraEngine } from './dijkstra.ts';
import { HierarchyEngine } from '../../server/road/climb.ts';
import { openRoad, type RoadFile, serializeRoad } from '../../server/road/file.ts';
import type { RoadInput } from '../../server/road/build.ts';
import { lineLengthM, type LngLat, toStored } from '../../server/road/geo.ts';
import { nodePosition } from '../../server/road/graph.ts';
import { extracts, roadOf } from './extracts.ts';
import { seededRandom } from './gridTown.ts';

if (extracts.length === 0) it.skip('real road networks: there are no extracts beside the repository');

const positionKey = (position: LngLat): string => position.map(toStored).join();
const turnKey = (from: number, at: string, to: number): string => `${from} ${at} ${to}`;

/** Whether both ways end at the place, so that there is no doubt which turn is meant. */
function isClear(key: string, { nodes, ways }: RoadInput): boolean {
  const [from, at, to] = key.split(' ');
  return [from, to].every(id => {
    const named = ways.filter(way => way.id === Number(id));
    const ends = named.flatMap(way => [way.nodes[0]!, way.nodes.at(-1)!]);
    return named.length === 1 && ends.filter(ref => positionKey(nodes.get(ref)!) === at).length === 1;
  });
}

describe.each(extracts)('%s', extract => {
  let road: RoadFile;
  let roads: RoadInput;
  let random: () => number;
  beforeAll(async () => {
    ({ road, roads } = await roadOf(extract));
    random = seededRandom(11);
  });
  const anyNode = (): number => Math.floor(random() * road.graph.nodeCount);

  // Small extracts lose much: motorways whose carriageways leave the map before they have an exit on it.
  it('is most of the mapped road', () => {
    const { graph } = road;
    const keptM = graph.edgeLengthM.reduce((sum, metres) => sum + metres, 0);
    expect(graph.nodeCount).toBeGreaterThan(300);
    expect(keptM / (keptM + graph.dropped.lengthM)).toBeGreaterThan(0.6);
  });

  it('has the same times by hierarchy as by Dijkstra: one to all, all to one, pairs', () => {
    const hierarchy = new HierarchyEngine(road.graph, road.hierarchy);
    const dijkstra = new DijkstraEngine(road.graph);
    for (let round = 0; round < 20; round++) {
      const seeds = [{ node: anyNode(), ds: 0 }];
      expect(
        Buffer.from(hierarchy.timesFrom(seeds).buffer).equals(Buffer.from(dijkstra.timesFrom(seeds).buffer)),
      ).toBe(true);
      expect(
        Buffer.from(hierarchy.timesTo(seeds).buffer).equals(Buffer.from(dijkstra.timesTo(seeds).buffer)),
      ).toBe(true);
    }
    const [from, to] = [
      Array.from({ length: 30 }, () => [{ node: anyNode(), ds: 0 }]),
      Array.from({ length: 40 }, () => [{ node: anyNode(), ds: 0 }]),
    ];
    const expected = dijkstra.matrix(from, to);
    expect(hierarchy.matrix(from, to)).toEqual(expected);
    from.slice(0, 10).forEach((seeds, row) => {
      const path = hierarchy.path(seeds, to[row]!)!;
      expect(path.ds).toBe(expected[row * to.length + row]);
      expect(path.arcs.reduce((sum, arc) => sum + road.graph.arcDs[arc]!, 0)).toBe(path.ds);
    });
  });

  it('routes between any positions in line with the matrix, along unbroken roads', () => {
    const router = new RoadRouter(road.graph, road.hierarchy);
    const besideRoad = (): LngLat => {
      const [lng, lat] = nodePosition(road.graph, anyNode());
      return [lng + (random() - 0.5) * 0.002, lat + (random() - 0.5) * 0.002];
    };
    const positions = Array.from({ length: 25 }, besideRoad);
    const matrix = router.matrix(positions, positions);
    positions.forEach((from, row) => {
      const to = positions[(row + 7) % positions.length]!;
      const route = router.route(from, to)!;
      expect(route.travelTimeS).toBe(matrix[row * positions.length + ((row + 7) % positions.length)]);
      const roadM = route.legs.reduce((sum, leg) => sum + (leg.kind === 'road' ? leg.distanceM : 0), 0);
      const lineM = lineLengthM(route.geometry);
      if (roadM > 0) expect(Math.abs(lineM - roadM)).toBeLessThan(0.5 + roadM * 1e-3);
    });
  });

  it('keeps to every turn restriction on its routes, and has the times of Dijkstra with roads closed', async () => {
    const { restrictions } = roads;
    expect(road.graph.restrictions.taken + road.graph.restrictions.unusable).toBe(restrictions.length);
    const { graph, hierarchy } = road;
    const forbidden = restrictions.flatMap(({ only, from, via, to }) =>
      'node' in via && !only && roads.nodes.has(via.node)
        ? from.flatMap(f => to.map(t => turnKey(f, positionKey(roads.nodes.get(via.node)!), t)))
        : [],
    );
    const clear = new Set(forbidden.filter(key => isClear(key, roads)));
    const engine = new HierarchyEngine(graph, hierarchy);
    let turns = 0;
    for (let round = 0; round < 200; round++) {
      const { arcs } = engine.path(
        [{ node: anyNode(), ds: 0 }],
        [{ node: anyNode() % graph.junctionCount, ds: 0 }],
      ) ?? { arcs: [] };
      arcs.slice(1).forEach((arc, i) => {
        const [before, after] = [graph.arcEdge[arcs[i]!]!, graph.arcEdge[arc]!];
        const at = positionKey(nodePosition(graph, graph.arcFrom[arc]!));
        expect(clear).not.toContain(turnKey(graph.edgeWayId[before]!, at, graph.edgeWayId[after]!));
        turns++;
      });
    }
    expect(turns).toBeGreaterThan(500);

    const closed = new Set(Array.from({ length: 12 }, () => Math.floor(random() * graph.edgeCount)));
    const closedRouter = new RoadRouter(graph, hierarchy).closing(closed);
    const plain = new RoadRouter(graph, hierarchy, { engine: new DijkstraEngine(graph, closed) });
    const places = Array.from({ length: 25 }, () => nodePosition(graph, anyNode()));
    expect(closedRouter.matrix(places, places)).toEqual(plain.matrix(places, places));
    for (const place of places.slice(0, 8)) {
      expect(closedRouter.reachFrom(place)!.nodeDs).toEqual(plain.reachFrom(place)!.nodeDs);
      expect(closedRouter.route(place, places[9]!)?.travelTimeS).toBe(
        plain.route(place, places[9]!)?.travelTimeS,
      );
    }
  });

  it('survives the way through a file', () => {
    const { graph, hierarchy } = road;
    expect(openRoad(serializeRoad(graph, hierarchy).buffer)).toEqual(road);
  });
});
