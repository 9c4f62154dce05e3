/** The ground that she can be on and that units can search: road cells and targets. Made once for a region. */
import { type LineKind, lineKinds } from '#contract/kinds.ts';
import type { PlaceKind } from '#contract/place.ts';
import type { Snap } from '#road/access.ts';
import type { LngLat } from '#road/geo.ts';
import type { RoadGraph } from '#road/graph.ts';

/** What a search task may be ordered for. */
export interface Target {
  id: string;
  kind: PlaceKind;
  name: string;
  nameEn: string | null;
  /** Of a line: its middle. */
  position: LngLat;
  /** A line's, in order. */
  path: LngLat[] | null;
  /** Of an area. */
  areaHa: number | null;
}

/** Places whose visitors sit in their cars or in the open. */
const outdoors: ReadonlySet<PlaceKind> = new Set<PlaceKind>(['park', 'carPark', ...lineKinds]);

/** Nobody sees from the road who is in there. */
export const isBehindDoors = (kind: PlaceKind): boolean => !outdoors.has(kind);

/** The region's reference data, as much as the ground is made of. */
export interface GroundSource {
  places: readonly {
    id: string;
    kind: Exclude<PlaceKind, LineKind>;
    name: string;
    nameEn?: string;
    position: LngLat;
    areaHa?: number;
  }[];
  segments: readonly { id: string; kind: LineKind; name: string; nameEn?: string; line: LngLat[] }[];
}

/** Lists of different lengths in one array: those of i are `items[offset[i] … offset[i + 1]]`. */
export interface Lists {
  offset: Uint32Array;
  items: Uint32Array;
}

/**
 * Cells are equal parts, of at most 60 m, of an edge from its `from` end to its `to` end; edge e owns the cells
 * `cellOffset[e] … cellOffset[e + 1]`. Targets are the places, then the segments, then the streets: ordinary roads cut
 * into lines of at most 500 m, so that every road but motorways, trunk roads and their ramps can be searched.
 */
export interface Ground {
  graph: RoadGraph;
  cellCount: number;
  cellOffset: Uint32Array;
  cellEdge: Uint32Array;
  /** Middle of each cell, degrees. */
  cellLng: Float64Array;
  cellLat: Float64Array;
  cellLengthM: Float32Array;
  targets: readonly Target[];
  /** `targets[0 … placeCount]` are places. */
  placeCount: number;
  /** `targets[placeCount … placeCount + segmentCount]` are segments, the rest streets. */
  segmentCount: number;
  indexOf: ReadonlyMap<string, number>;
  /** Where units drive to, and she: null for a place that no road comes near. */
  targetSnap: readonly (Snap | null)[];
  /** A place's: the cells from which one walks in, its nearest one; a line's: its own. */
  targetCells: Lists;
  /** The line target that a cell is part of, or -1: nobody stops on fast roads. */
  cellTarget: Int32Array;
  /** Of a line, 0 (busy) to 1 (nobody comes by): how much it suits somebody who was told to be alone. 0 for places. */
  quiet: Float32Array;
  lengthM: Float32Array;
  /**
   * What else a search of target j sees: `cover.items` are targets i, `coverShare` the share of the positions of
   * somebody at i that lie within 60 m of what is searched. j itself is among them, with 1.
   */
  cover: Lists;
  coverShare: Float32Array;
}
