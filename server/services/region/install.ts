import { readFile } from 'node:fs/promises';
import { eq, inArray, ne, notInArray, type SQL, sql } from 'drizzle-orm';
import { jsonb } from '../../../db/queries/sql.ts';
import {
  camera,
  cellSite,
  incident,
  jurisdiction,
  place,
  region,
  segment,
  station,
} from '../../../db/schema/index.ts';
import type { ServiceDeps } from '../../deps.ts';
import type { RegionManifest } from '../../region/manifest.ts';
import type { RegionReference } from '../../region/reference.ts';
import { filesOf, type InstalledRegion } from '../../region/store.ts';
import { createUnits } from '../unit/create.ts';
import { perform, type Work } from '../unit-of-work.ts';
import { searchText } from './search-text.ts';

/** Rows that travel in one statement: the embedded database copies each request whole. */
const batchSize = 500;

/**
 * Makes the database agree with the region folder: reference tables are replaced, stations kept by id (a station that
 * is gone leaves its units and incidents without one, not without themselves), units of the region added by callsign.
 * One transaction: readers see the old region or the new one. Does nothing when the region is already in.
 */
export async function installRegionData(
  deps: ServiceDeps,
  installed: InstalledRegion,
): Promise<{ changed: boolean }> {
  const { manifest } = installed;
  const reference = JSON.parse(await readFile(filesOf(installed).reference, 'utf8')) as RegionReference;
  const { reply } = await perform(deps, { actor: { kind: 'system', name: 'region' } }, async work => {
    const [current] = await work.tx.select({ id: region.id }).from(region).where(eq(region.current, true));
    if (current?.id === manifest.id) return { changed: false };
    await replaceStations(work, reference);
    await replaceReference(work, reference);
    await makeCurrent(work, manifest);
    work.append({
      kind: 'regionInstalled',
      observedAt: work.now,
      payload: { regionId: manifest.id, name: manifest.name, fictional: manifest.fictional },
    });
    await createUnits(work, reference.units);
    work.audit({ action: 'region.install', resource: manifest.id, detail: { ...manifest.counts } });
    return { changed: true };
  });
  return reply;
}

async function makeCurrent(work: Work, { id, name, nameEn, fictional, attribution, bbox }: RegionManifest) {
  await work.tx.update(region).set({ current: false }).where(ne(region.id, id));
  const values = {
    name,
    nameEn: nameEn ?? null,
    fictional,
    attribution,
    bbox: [...bbox],
    installedAt: work.at,
    current: true,
  };
  await work.tx
    .insert(region)
    .values({ id, ...values })
    .onConflictDoUpdate({ target: region.id, set: values });
}

async function replaceStations(work: Work, { stations, jurisdictions }: RegionReference): Promise<void> {
  const kept = stations.map(({ id }) => id);
  await work.tx.delete(jurisdiction);
  const removed = (
    await work.tx
      .select({ id: station.id })
      .from(station)
      .where(kept.length > 0 ? notInArray(station.id, kept) : undefined)
      .orderBy(station.id)
  ).map(({ id }) => id);
  if (removed.length > 0) await removeStations(work, removed);
  await inBatches(stations, rows =>
    work.tx.execute(sql`
      insert into station (id, name, name_en, position)
      select id, name, "nameEn", ${lngLatPoint(sql`position`)}
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, name text, "nameEn" text, position jsonb)
      on conflict (id) do update set name = excluded.name, name_en = excluded.name_en, position = excluded.position`),
  );
  const areas = jurisdictions.map(({ stationId, estimated, area }) => ({
    stationId,
    estimated,
    area: { type: 'MultiPolygon', coordinates: area.map(polygon => polygon.map(closed)) },
  }));
  await inBatches(areas, rows =>
    work.tx.execute(sql`
      insert into jurisdiction (station_id, area, estimated)
      select "stationId", ST_Multi(ST_CollectionExtract(ST_MakeValid(ST_SetSRID(ST_GeomFromGeoJSON(area), 4326)), 3)),
        estimated
      from jsonb_to_recordset(${jsonb(rows)}) as given("stationId" text, area jsonb, estimated boolean)`),
  );
}

/** The keys that point at a station become null by themselves; the log tells it, so that the world forgets it too. */
async function removeStations(work: Work, ids: string[]): Promise<void> {
  await work.tx.update(incident).set({ stationBasis: 'none' }).where(inArray(incident.stationId, ids));
  await work.tx.delete(station).where(inArray(station.id, ids));
  for (const stationId of ids)
    work.append({ kind: 'stationRemoved', observedAt: work.now, payload: { stationId } });
}

async function replaceReference(work: Work, reference: RegionReference): Promise<void> {
  await work.tx.delete(place);
  await work.tx.delete(segment);
  await work.tx.delete(camera);
  await work.tx.delete(cellSite);
  const places = reference.places.map(seed => ({ ...seed, searchText: searchText(seed.name, seed.nameEn) }));
  await inBatches(places, rows =>
    work.tx.execute(sql`
      insert into place (id, kind, name, name_en, address, search_text, position, area_ha)
      select id, kind, name, "nameEn", address, "searchText", ${lngLatPoint(sql`position`)}, "areaHa"
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, kind text, name text, "nameEn" text, address text,
        "searchText" text, position jsonb, "areaHa" real)`),
  );
  const segments = reference.segments.map(({ line, ...seed }) => ({
    ...seed,
    searchText: searchText(seed.name, seed.nameEn),
    line: { type: 'LineString', coordinates: line },
  }));
  await inBatches(segments, rows =>
    work.tx.execute(sql`
      insert into segment (id, kind, name, search_text, line, length_m)
      select id, kind, name, "searchText", ST_SetSRID(ST_GeomFromGeoJSON(line), 4326), "lengthM"
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, kind text, name text, "searchText" text, line jsonb,
        "lengthM" real)`),
  );
  await replaceSensors(work, reference);
}

async function replaceSensors(work: Work, { cameras, cellSites }: RegionReference): Promise<void> {
  await inBatches(cameras, rows =>
    work.tx.execute(sql`
      insert into camera (id, name, position, heading_deg)
      select id, name, ${lngLatPoint(sql`position`)}, "headingDeg"
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, name text, position jsonb, "headingDeg" real)`),
  );
  await inBatches(cellSites, rows =>
    work.tx.execute(sql`
      insert into cell_site (id, position)
      select id, ${lngLatPoint(sql`position`)}
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, position jsonb)`),
  );
  const sectors = cellSites.flatMap(site => site.sectors.map(sector => ({ ...sector, siteId: site.id })));
  await inBatches(sectors, rows =>
    work.tx.execute(sql`
      insert into cell_sector (cell_id, site_id, azimuth_deg, beamwidth_deg, range_m)
      select "cellId", "siteId", "azimuthDeg", "beamwidthDeg", "rangeM"
      from jsonb_to_recordset(${jsonb(rows)}) as given("cellId" text, "siteId" text, "azimuthDeg" real,
        "beamwidthDeg" real, "rangeM" real)`),
  );
}

/** A point from a JSON pair [lng, lat]. */
const lngLatPoint = (pair: SQL): SQL =>
  sql`ST_SetSRID(ST_MakePoint((${pair}->>0)::float8, (${pair}->>1)::float8), 4326)`;

/** Polygon rings must end where they begin; sources may leave that out. */
function closed(ring: [number, number][]): [number, number][] {
  const [first, last] = [ring[0], ring.at(-1)];
  return first && last && (first[0] !== last[0] || first[1] !== last[1]) ? [...ring, first] : ring;
}

async function inBatches<Row>(all: readonly Row[], insert: (rows: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += batchSize) await insert(all.slice(from, from + batchSize));
}
