import { createHash } from 'node:crypto';
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
import type { AuditDraft } from '../../audit/actions.ts';
import type { ServiceDeps } from '../../deps.ts';
import { closedRing } from '../../region/geo.ts';
import type { RegionManifest } from '../../region/manifest.ts';
import type { RegionReference } from '../../region/reference.ts';
import type { InstalledRegion } from '../../region/store.ts';
import { readReference } from '../../region/versions.ts';
import { cancelOrdersOfStations } from '../order/end.ts';
import { createUnits } from '../unit/create.ts';
import { type Call, perform, type Work } from '../unit-of-work.ts';
import { changeCamera } from './camera-state.ts';
import { searchText } from './search-text.ts';

/** Rows that travel in one statement: the embedded database copies each request whole. */
const batchSize = 500;

/**
 * Makes the database agree with the region folder: reference tables whose content differs are replaced, stations and
 * cameras kept by id (a station that is gone leaves its units and incidents without one, not without themselves), units
 * of the region added by callsign. One transaction: readers see the old region or the new one. Does nothing when the
 * region is already in. `audit`: what somebody did to bring it about.
 */
export async function installRegionData(
  deps: ServiceDeps,
  installed: InstalledRegion,
  call: Call = { actor: { kind: 'system', name: 'region' } },
  audit?: AuditDraft,
): Promise<{ changed: boolean }> {
  const { manifest } = installed;
  const reference = await readReference(installed);
  const digests = digestsOf(reference);
  const { reply } = await perform(deps, call, async work => {
    const [current] = await work.tx
      .select({ id: region.id, digests: region.digests })
      .from(region)
      .where(eq(region.current, true));
    if (current?.id === manifest.id) return { changed: false };
    const differs = (group: keyof typeof digests) => current?.digests[group] !== digests[group];
    if (differs('stations')) await replaceStations(work, reference);
    if (differs('places')) await replacePlaces(work, reference);
    if (differs('segments')) await replaceSegments(work, reference);
    if (differs('cameras')) await replaceCameras(work, reference.cameras);
    if (differs('cells')) await replaceCells(work, reference);
    await makeCurrent(work, manifest, digests);
    work.append({
      kind: 'regionInstalled',
      observedAt: work.now,
      payload: { regionId: manifest.id, name: manifest.name, fictional: manifest.fictional },
    });
    await createUnits(work, reference.units);
    if (audit) work.audit(audit);
    work.audit({ action: 'region.install', resource: manifest.id, detail: { ...manifest.counts } });
    return { changed: true };
  });
  return reply;
}

/** Raised when rows are made in another way from the same reference data. */
const ROWS_FORMAT = 1;

/** By group of tables; equal ones make equal rows. */
function digestsOf({ stations, jurisdictions, places, segments, cameras, cellSites }: RegionReference) {
  const digest = (content: unknown) =>
    createHash('sha256')
      .update(JSON.stringify([ROWS_FORMAT, content]))
      .digest('base64url');
  return {
    stations: digest([stations, jurisdictions]),
    places: digest(places),
    segments: digest(segments),
    cameras: digest(cameras),
    cells: digest(cellSites),
  };
}

async function makeCurrent(
  work: Work,
  { id, name, nameEn, fictional, attribution, bbox }: RegionManifest,
  digests: Record<string, string>,
) {
  await work.tx.update(region).set({ current: false }).where(ne(region.id, id));
  const values = {
    name,
    nameEn: nameEn ?? null,
    fictional,
    attribution,
    bbox: [...bbox],
    installedAt: work.at,
    current: true,
    digests,
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
    area: { type: 'MultiPolygon', coordinates: area.map(polygon => polygon.map(closedRing)) },
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
  await cancelOrdersOfStations(work, ids);
  await work.tx.delete(station).where(inArray(station.id, ids));
  for (const stationId of ids)
    work.append({ kind: 'stationRemoved', observedAt: work.now, payload: { stationId } });
}

async function replacePlaces(work: Work, reference: RegionReference): Promise<void> {
  await work.tx.delete(place);
  const places = reference.places.map(seed => ({ ...seed, searchText: searchText(seed.name, seed.nameEn) }));
  await inBatches(places, rows =>
    work.tx.execute(sql`
      insert into place (id, kind, name, name_en, address, search_text, position, area_ha)
      select id, kind, name, "nameEn", address, "searchText", ${lngLatPoint(sql`position`)}, "areaHa"
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, kind text, name text, "nameEn" text, address text,
        "searchText" text, position jsonb, "areaHa" real)`),
  );
}

async function replaceSegments(work: Work, reference: RegionReference): Promise<void> {
  // Streets are not of the tables: somebody was sent there.
  await work.tx.delete(segment).where(ne(segment.kind, 'street'));
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
}

/** Cameras that stay keep their state, unless the table says another one; the log tells what changed. */
async function replaceCameras(work: Work, cameras: RegionReference['cameras']): Promise<void> {
  const kept = cameras.map(({ id }) => id);
  await work.tx.delete(camera).where(kept.length > 0 ? notInArray(camera.id, kept) : undefined);
  await inBatches(cameras, rows =>
    work.tx.execute(sql`
      insert into camera (id, name, position, heading_deg)
      select id, name, ${lngLatPoint(sql`position`)}, "headingDeg"
      from jsonb_to_recordset(${jsonb(rows)}) as given(id text, name text, position jsonb, "headingDeg" real)
      on conflict (id) do update set name = excluded.name, position = excluded.position,
        heading_deg = excluded.heading_deg`),
  );
  const told = new Map(cameras.map(({ id, working }) => [id, working]));
  const states = await work.tx
    .select({ id: camera.id, working: camera.working })
    .from(camera)
    .orderBy(camera.id);
  for (const { id, working: was } of states) {
    const working = told.get(id);
    if (working !== undefined && working !== was) await changeCamera(work, id, working);
  }
}

async function replaceCells(work: Work, { cellSites }: RegionReference): Promise<void> {
  await work.tx.delete(cellSite);
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

async function inBatches<Row>(all: readonly Row[], insert: (rows: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < all.length; from += batchSize) await insert(all.slice(from, from + batchSize));
}
