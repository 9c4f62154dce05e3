/** What a line is on the basemap, from its tags. Roads that may be driven are not here: they come from the road input. */
import type { BasemapFeature, LngLat } from '../source.ts';
import { ownName } from './names.ts';
import type { Tags } from './osm.ts';
import { roadKind } from './roads.ts';

type Paths = Extract<BasemapFeature, { layer: 'paths' }>['kind'];

const WATERWAY: Record<string, 'river' | 'stream' | 'canal'> = {
  river: 'river',
  canal: 'canal',
  stream: 'stream',
  ditch: 'stream',
  drain: 'stream',
};
const RAIL: Record<string, 'rail' | 'subway'> = {
  rail: 'rail',
  light_rail: 'rail',
  narrow_gauge: 'rail',
  tram: 'rail',
  subway: 'subway',
  monorail: 'subway',
};
const PATH: Record<string, Paths> = {
  path: 'path',
  bridleway: 'path',
  footway: 'footway',
  pedestrian: 'footway',
  steps: 'steps',
  cycleway: 'cycleway',
};

export function lineFeatures(tags: Tags, line: LngLat[]): BasemapFeature[] {
  const name = ownName(tags);
  const named = name === '' ? {} : { name };
  const waterway = WATERWAY[tags.waterway ?? ''];
  if (waterway && tags.tunnel !== 'culvert') return [{ layer: 'waterways', kind: waterway, line, ...named }];
  const rail = RAIL[tags.railway ?? ''];
  if (rail) return [{ layer: 'rail', kind: rail, line, ...(tags.service && { siding: true }), ...named }];
  const path = PATH[tags.highway ?? ''];
  if (path && tags.area !== 'yes' && !roadKind(tags)) return [{ layer: 'paths', kind: path, line, ...named }];
  return [];
}
