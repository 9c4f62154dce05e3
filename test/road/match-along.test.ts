import { describe, expect, it } from 'vitest';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { buildHierarchy } from '../../server/road/contraction.ts';
import { distanceM, lineLengthM, type LngLat } from '../../server/road/geo.ts';
import { edgeShape, nodePosition } from '../../server/road/graph.ts';
import { edgesAlong, stretchAlong } from '../../server/road/match/along.ts';
import { TrackMatcher } from '../../server/road/match/match.ts';
import { RoadRouter } from '../../server/road/router.ts';
import { gridTown, seededRandom } from './gridTown.ts';

const graph = buildRoadGraph(gridTown(400, 8));
const router = new RoadRouter(graph, buildHierarchy(graph));
const matcher = new TrackMatcher(graph);
const random = seededRandom(3);
const anyEdge = () => Math.floor(random() * graph.edgeCount);

describe('the edges that a line lies on', () => {
  it('are exactly the one that it was taken from, in the direction in which it was written', () => {
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const shape = edgeShape(graph, edge);
      expect(edgesAlong(graph, shape)).toEqual([{ edge, forward: true }]);
      expect(edgesAlong(graph, shape.reverse())).toEqual([{ edge, forward: false }]);
    }
  });

  it('are found again when the map has moved by some metres, and when it is cut in other places', () => {
    for (let i = 0; i < 60; i++) {
      const edge = anyEdge();
      const moved = edgeShape(graph, edge).map(([lng, lat]): LngLat => [lng + 0.00004, lat - 0.00003]);
      expect(edgesAlong(graph, moved).map(found => found.edge)).toContain(edge);
      // A part of today's edge was an edge of its own once.
      const [a, b] = [nodePosition(graph, graph.edgeFrom[edge]!), edgeShape(graph, edge)[1]!];
      const part: LngLat[] = [a, [(a[0] + b[0] * 2) / 3, (a[1] + b[1] * 2) / 3]];
      if (distanceM(part[0]!, part[1]!) > 30)
        expect(edgesAlong(graph, part)).toEqual([{ edge, forward: true }]);
    }
  });

  it('are none where there is no road any more, nor those that it only crosses', () => {
    expect(
      edgesAlong(graph, [
        [103.5, 24.9],
        [103.51, 24.9],
      ]),
    ).toEqual([]);
    const edge = anyEdge();
    const [a, b] = [edgeShape(graph, edge)[0]!, edgeShape(graph, edge).at(-1)!];
    const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
    const across: LngLat[] = [
      [middle[0] - (b[1] - a[1]) * 0.3, middle[1] + (b[0] - a[0]) * 0.3],
      [middle[0] + (b[1] - a[1]) * 0.3, middle[1] - (b[0] - a[0]) * 0.3],
    ];
    expect(edgesAlong(graph, across).map(found => found.edge)).not.toContain(edge);
  });
});

describe('the stretch that a hand-drawn line means', () => {
  it('runs from junction to junction along the road that was drawn', () => {
    for (let i = 0; i < 30; i++) {
      const route = router.route(
        nodePosition(graph, anyEdge() % graph.nodeCount),
        nodePosition(graph, anyEdge() % graph.nodeCount),
      );
      if (!route || route.distanceM < 300 || route.geometry.length < 3) continue;
      const drawn = route.geometry.map(
        ([lng, lat]): LngLat => [lng + (random() - 0.5) * 0.00006, lat + (random() - 0.5) * 0.00006],
      );
      const stretch = stretchAlong(matcher, drawn);
      expect(stretch).not.toBeNull();
      expect(Math.abs(lineLengthM(stretch!) - route.distanceM)).toBeLessThan(60);
      const nodes = new Set(
        Array.from({ length: graph.nodeCount }, (_, node) => nodePosition(graph, node).join()),
      );
      expect(nodes).toContain(stretch![0]!.join());
      expect(nodes).toContain(stretch!.at(-1)!.join());
    }
  });

  it('is none beside every road', () => {
    expect(
      stretchAlong(matcher, [
        [103.5, 24.9],
        [103.51, 24.9],
      ]),
    ).toBeNull();
  });
});
