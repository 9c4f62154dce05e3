import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../road/gridTown.ts';
import { arenaTown } from './town.ts';

const { driving, points, graph } = arenaTown();
const random = seededRandom(11);
const anywhere = () => points.snap(Math.floor(random() * points.count));

describe('the way of a unit', () => {
  it('takes as long as the router says, and its pieces follow each other without a gap', () => {
    for (let i = 0; i < 200; i++) {
      const [from, to] = [anywhere(), anywhere()];
      const way = driving.way(from, to);
      const route = driving.router.route(from, to);
      expect(way === null).toBe(route === null);
      if (!way || !route) continue;
      expect(way.travelTimeS).toBeCloseTo(driving.router.matrix([from], [to])[0]!, 6);
      let lengthM = 0;
      way.pieces.forEach((piece, k) => {
        lengthM += Math.abs(piece.second - piece.first) * graph.edgeLengthM[piece.edge]!;
        const next = way.pieces[k + 1];
        if (!next) return;
        expect(next.fromS).toBe(piece.toS);
        expect(driving.endOf(piece).position).toEqual(
          driving.endOf({ ...next, second: next.first }).position,
        );
      });
      expect(lengthM).toBeCloseTo(route.distanceM, 3);
    }
  });

  it('takes no longer over any junction on it than before: who is turned round there loses nothing by it', () => {
    for (let i = 0; i < 50; i++) {
      const [from, to] = [anywhere(), anywhere()];
      const way = driving.way(from, to);
      const piece = way?.pieces[Math.floor((way.pieces.length - 1) / 2)];
      if (!way || !piece) continue;
      const rest = driving.way(driving.endOf(piece), to)!;
      expect(piece.toS + rest.travelTimeS).toBeLessThanOrEqual(way.travelTimeS + 0.5);
    }
  });
});
