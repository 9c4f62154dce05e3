import { describe, expect, it } from 'vitest';
import { buildGround } from '../../server/locate/ground/build.ts';
import {
  coverOf,
  type Extent,
  leastShare,
  sameRoofM,
  seenWithinM,
} from '../../server/locate/ground/cover.ts';
import type { Ground, GroundSource } from '../../server/locate/ground.ts';
import { importOsm } from '../../server/region/import/index.ts';
import { cutSegments } from '../../server/region/segments.ts';
import { buildRoadGraph } from '../../server/road/assemble.ts';
import { roadClasses } from '../../server/road/build.ts';
import { distanceM, lineLengthM, type LngLat, segmentDistanceM } from '../../server/road/geo.ts';
import { edgeShape, edgeSlice, type RoadGraph } from '../../server/road/graph.ts';
import { extracts, haveExtracts } from '../region/extracts.ts';
import { gridTown, seededRandom } from '../road/gridTown.ts';

const graph = buildRoadGraph(gridTown(400, 5));
const source = townSource(graph, 11);
const ground = buildGround(graph, source);

describe('cells', () => {
  it('tile every edge in equal parts of at most 60 m', () => {
    for (let edge = 0; edge < graph.edgeCount; edge++) {
      const own = range(ground.cellOffset[edge]!, ground.cellOffset[edge + 1]!);
      const total = own.reduce((sum, cell) => sum + ground.cellLengthM[cell]!, 0);
      expect(total).toBeCloseTo(graph.edgeLengthM[edge]!, 2);
      for (const cell of own) {
        expect(ground.cellEdge[cell]).toBe(edge);
        expect(ground.cellLengthM[cell]!).toBeLessThanOrEqual(60);
      }
    }
    expect(ground.cellOffset.at(-1)).toBe(ground.cellCount);
  });

  it('have their middles on their edge, in its order', () => {
    for (let edge = 0; edge < graph.edgeCount; edge += 7) {
      const shape = edgeShape(graph, edge);
      const own = range(ground.cellOffset[edge]!, ground.cellOffset[edge + 1]!);
      own.forEach((cell, i) => {
        const along = lineLengthM(edgeSlice(graph, edge, 0, (i + 0.5) / own.length));
        const cut = edgeSlice(graph, edge, 0, (i + 0.5) / own.length).at(-1)!;
        expect(distanceM(cut, middleOf(ground, cell))).toBeLessThan(0.5);
        expect(along).toBeLessThanOrEqual(lineLengthM(shape) + 0.1);
      });
    }
  });
});

describe('lines', () => {
  it('share no cell, and every road that one can stop on is part of one', () => {
    const owner = new Map<number, number>();
    for (let target = ground.placeCount; target < ground.targets.length; target++) {
      for (const cell of cellsOf(ground, target)) {
        expect(owner.has(cell)).toBe(false);
        owner.set(cell, target);
      }
    }
    for (let cell = 0; cell < ground.cellCount; cell++) {
      const fast = isFast(graph, ground.cellEdge[cell]!);
      if (fast) expect(owner.has(cell)).toBe(false);
      expect(ground.cellTarget[cell]).toBe(owner.get(cell) ?? -1);
      expect(owner.has(cell)).toBe(!fast);
    }
  });

  it('are streets of at most 500 m, in one piece, as long as their cells', () => {
    streetsOf(ground).forEach(target => {
      const { path } = ground.targets[target]!;
      const cells = cellsOf(ground, target);
      const cellsM = cells.reduce((sum, cell) => sum + ground.cellLengthM[cell]!, 0);
      expect(ground.lengthM[target]!).toBeLessThanOrEqual(501);
      expect(Math.abs(lineLengthM(path!) - cellsM)).toBeLessThan(1);
      for (let i = 1; i < cells.length; i++) {
        const apartM = distanceM(middleOf(ground, cells[i - 1]!), middleOf(ground, cells[i]!));
        const halvesM = (ground.cellLengthM[cells[i - 1]!]! + ground.cellLengthM[cells[i]!]!) / 2;
        expect(apartM).toBeLessThan(halvesM + 1);
      }
      for (const cell of cells) expect(metresTo(path!, middleOf(ground, cell))).toBeLessThan(1);
    });
  });

  it('are reached on their own road', () => {
    streetsOf(ground).forEach(target => {
      const snap = ground.targetSnap[target]!;
      expect(cellsOf(ground, target).map(cell => ground.cellEdge[cell])).toContain(snap.edge);
      expect(metresTo(ground.targets[target]!.path!, snap.position)).toBeLessThan(1);
    });
  });

  it('have the cells of the segments that were cut from this graph', () => {
    expect(ground.segmentCount).toBe(source.segments.length);
    source.segments.forEach(({ line }, i) => {
      const cells = cellsOf(ground, ground.placeCount + i);
      const foundM = cells.reduce((sum, cell) => sum + ground.cellLengthM[cell]!, 0);
      // Both ends may lie inside a cell, which then belongs to it or not.
      expect(Math.abs(foundM - lineLengthM(line))).toBeLessThan(61);
      for (const cell of cells) expect(metresTo(line, middleOf(ground, cell))).toBeLessThan(3);
    });
  });

  it('are named, numbered by their way, and the same for the same source', () => {
    const again = buildGround(buildRoadGraph(gridTown(400, 5)), source);
    expect(again.targets).toEqual(ground.targets);
    expect(new Set(ground.targets.map(({ id }) => id)).size).toBe(ground.targets.length);
    const streets = streetsOf(ground).map(target => ground.targets[target]!);
    expect(streets.every(({ id, kind }) => /^r\d+\.\d+$/.test(id) && kind === 'street')).toBe(true);
    expect(new Set(streets.map(({ name }) => name)).size).toBe(streets.length);
    expect(streets.every(({ nameEn }) => nameEn !== null && nameEn.length > 0)).toBe(true);
    for (const [id, target] of ground.indexOf) expect(ground.targets[target]!.id).toBe(id);
  });

  it('have a quietness from 0 to 1, places none', () => {
    for (let target = 0; target < ground.targets.length; target++) {
      const quiet = ground.quiet[target]!;
      expect(quiet).toBeGreaterThanOrEqual(0);
      expect(quiet).toBeLessThanOrEqual(1);
      if (target < ground.placeCount) expect(quiet).toBe(0);
    }
  });
});

describe('cover', () => {
  it('is what lies within 60 m, by brute force', () => {
    const random = seededRandom(3);
    const extents = Array.from({ length: 60 }, (): Extent => {
      const at = (): LngLat => [103 + random() * 0.01, 25 + random() * 0.01];
      const isLine = random() < 0.6;
      const searched = isLine ? [at(), at(), at()] : [at()];
      return {
        searched,
        indoors: !isLine && random() < 0.5,
        positions: searched,
        weights: searched.map(random),
      };
    });
    const { cover, coverShare } = coverOf(extents);
    extents.forEach((looked, j) => {
      const seen = new Map(
        range(cover.offset[j]!, cover.offset[j + 1]!).map(k => [cover.items[k]!, coverShare[k]!]),
      );
      expect(seen.get(j)).toBe(1);
      extents.forEach(({ searched, positions, weights, indoors }, i) => {
        if (i === j) return;
        const near = positions.map(at => metresTo(looked.searched, at) <= seenWithinM);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        const share = weights.reduce((sum, weight, k) => sum + (near[k] ? weight : 0), 0) / total;
        const underRoof =
          looked.searched.length === 1 && metresTo(looked.searched, searched[0]!) <= sameRoofM;
        const hidden = indoors && !underRoof;
        if (hidden || share < leastShare - 1e-3) expect(seen.has(i)).toBe(false);
        else if (share > leastShare + 1e-3) expect(seen.get(i)).toBeCloseTo(share, 5);
      });
    });
  });
});

describe('real extracts', () => {
  it.skipIf(!haveExtracts)(
    'become streets and segments (needs ../shared/data)',
    { timeout: 60_000 },
    async () => {
      for (const [name, places, leastStreets] of [
        ['lauf', 150, 800],
        ['andorra', 400, 1800],
      ] as const) {
        const region = await importOsm(extracts[name]);
        const roads = buildRoadGraph(region.roads);
        const real = buildGround(roads, {
          places: region.places as GroundSource['places'],
          segments: cutSegments(region),
        });
        expect(real.placeCount).toBeGreaterThan(places);
        const streets = streetsOf(real);
        expect(streets.length).toBeGreaterThan(leastStreets);
        for (const target of streets) expect(real.lengthM[target]!).toBeLessThanOrEqual(501);
        const shares = range(real.placeCount, real.placeCount + real.segmentCount).flatMap(target => {
          const foundM = cellsOf(real, target).reduce((sum, cell) => sum + real.cellLengthM[cell]!, 0);
          return foundM > 0 ? [[foundM, real.lengthM[target]!]] : [];
        });
        // Segments on roads that lead nowhere are not in the graph; of the others hardly a metre is missing.
        expect(shares.length).toBeGreaterThan(0.9 * real.segmentCount);
        const [foundM, wantedM] = [0, 1].map(k => shares.reduce((sum, pair) => sum + pair[k]!, 0));
        expect(foundM! / wantedM!).toBeGreaterThan(0.95);
        expect(foundM! / wantedM!).toBeLessThan(1.05);
      }
    },
  );
});

function townSource(roads: RoadGraph, seed: number): GroundSource {
  const random = seededRandom(seed);
  const edges = range(0, roads.edgeCount).filter(edge => !isFast(roads, edge) && random() < 0.05);
  const places = range(0, 40).map((i): GroundSource['places'][number] => {
    const at = edgeShape(roads, Math.floor(random() * roads.edgeCount))[0]!;
    const position: LngLat = [at[0] + (random() - 0.5) * 1e-3, at[1] + (random() - 0.5) * 1e-3];
    return { id: `p${i}`, kind: i % 2 ? 'bank' : 'carPark', name: `Place ${i}`, position };
  });
  const segments = edges.map((edge, i): GroundSource['segments'][number] => {
    const [first, second] = i % 3 === 0 ? [0.1, 0.8] : i % 3 === 1 ? [0, 1] : [1, 0];
    return {
      id: `s${i}`,
      kind: 'quietRoad',
      name: `Lane ${i}`,
      line: edgeSlice(roads, edge, first!, second!),
    };
  });
  return { places, segments };
}

function isFast(roads: RoadGraph, edge: number): boolean {
  return ['motorway', 'trunk', 'ferry'].includes(roadClasses[roads.edgeClass[edge]!]!);
}

function range(first: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

function cellsOf({ targetCells: { offset, items } }: Ground, target: number): number[] {
  return [...items.subarray(offset[target], offset[target + 1])];
}

function streetsOf({ placeCount, segmentCount, targets }: Ground): number[] {
  return range(placeCount + segmentCount, targets.length);
}

function middleOf({ cellLng, cellLat }: Ground, cell: number): LngLat {
  return [cellLng[cell]!, cellLat[cell]!];
}

function metresTo(line: readonly LngLat[], at: LngLat): number {
  if (line.length === 1) return distanceM(line[0]!, at);
  return Math.min(...line.slice(1).map((b, i) => segmentDistanceM(line[i]!, b, at)));
}
