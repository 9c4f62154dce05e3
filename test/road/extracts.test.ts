import { beforeAll, describe, expect, it } from 'vitest';
import { RoadRouter } from '../../server/road/router.ts';
import { DijkstraEngine } from '../../server/road/dijkstra.ts';
import { HierarchyEngine } from '../../server/road/climb.ts';
import { openRoad, type RoadFile, serializeRoad } from '../../server/road/file.ts';
import { distanceM, type LngLat } from '../../server/road/geo.ts';
import { nodePosition } from '../../server/road/graph.ts';
import { extracts, roadOf } from './extracts.ts';
import { seededRandom } from './gridTown.ts';

if (extracts.length === 0) it.skip('real road networks: there are no extracts beside the repository');

describe.each(extracts)('%s', extract => {
  let road: RoadFile;
  let random: () => number;
  beforeAll(async () => {
    road = await roadOf(extract);
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
      const lineM = route.geometry
        .slice(1)
        .reduce((sum, point, i) => sum + distanceM(route.geometry[i]!, point), 0);
      if (roadM > 0) expect(Math.abs(lineM - roadM)).toBeLessThan(0.5 + roadM * 1e-3);
    });
  });

  it('survives the way through a file', () => {
    const { graph, hierarchy } = road;
    expect(openRoad(serializeRoad(graph, hierarchy).buffer)).toEqual(road);
  });
});
