import { expect, it } from 'vitest';
import { distanceM, type LngLat } from '#road/geo.ts';
import { thinOutlines } from '../../server/locating/outline.ts';

const circle = (count: number, radius: number): number[][] => {
  const ring = Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    return [103.3 + radius * Math.cos(angle), 24.7 + radius * Math.sin(angle)];
  });
  return [...ring, ring[0]!];
};
const count = (areas: number[][][][][]) => areas.flat(3).length;

it('leaves an outline of few points as it is, to a metre', () => {
  const ring = circle(200, 0.01);
  const [[[kept]]] = thinOutlines([[[ring]]]) as [[[number[][]]]];
  expect(kept).toHaveLength(ring.length);
  ring.forEach((at, i) => expect(distanceM(at as LngLat, kept[i] as LngLat)).toBeLessThan(1));
});

it('thins many points, stays closed and near to where it was', () => {
  const areas = Array.from({ length: 4 }, (_, i) => [[circle(2000, 0.02 + i * 0.01)]]);
  const thinned = thinOutlines(areas);
  expect(count(thinned)).toBeLessThan(2600);
  thinned.forEach((polygons, i) => {
    const ring = polygons[0]![0];
    expect(ring!.at(-1)).toEqual(ring![0]);
    for (const at of ring!) {
      const away = Math.hypot(at[0]! - 103.3, at[1]! - 24.7);
      expect(Math.abs(away - (0.02 + i * 0.01))).toBeLessThan(0.0002);
    }
  });
});

it('never makes less than a triangle of a ring', () => {
  const tiny = circle(3, 0.00001);
  const many = Array.from({ length: 1500 }, () => [tiny]);
  for (const ring of thinOutlines([many]).flat(2)) expect(ring.length).toBeGreaterThanOrEqual(4);
});
