/**
 * Episodes as a file that anybody can write: `{"episodes":[{id, scamType, home, alertAt, departedAt?, horizonMin, truth,
 * sightings, units}]}` with ISO times, sightings as the interface takes them with `receivedAt` beside. Fields that are
 * not known are left out of account. Ours say three things more: the `antennas` that were put up for the arena,
 * `placeId` in the truth, and sightings of kind `silence` for cameras that were asked and saw nothing. Pure.
 */
import { z } from 'zod';
import { scamTypeSchema } from '#contract/alert.ts';
import { idSchema, instantSchema } from '#contract/common.ts';
import { searchMethods } from '#contract/sighting.ts';
import type { LngLat } from '#road/geo.ts';
import type { ArenaSighting, Episode, EpisodeSet } from './episode.ts';

const position = z
  .object({
    lng: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    crs: z.string().optional(),
  })
  .refine(({ crs }) => crs === undefined || crs === 'wgs84' || crs === 'cgcs2000', {
    error: 'expected WGS-84 degrees: episodes are not converted from other systems',
  })
  .transform(({ lng, lat }): LngLat => [lng, lat]);
/** ms epoch. */
const instant = instantSchema.transform(text => Date.parse(text));
const base = { id: z.string().optional(), observedAt: instant, receivedAt: instant };
const somewhere = { position: position.optional(), placeId: idSchema.optional() };
const degrees = z.number().min(0).max(360);

const sighting = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('cell'),
    site: position,
    rangeM: z.number().gt(0).max(100_000),
    azimuthDeg: degrees.optional(),
    beamwidthDeg: z.number().gt(0).max(360).optional(),
    timingAdvance: z.number().int().min(0).max(1282).optional(),
    cellId: z.string().max(64).optional(),
  }),
  z.object({
    ...base,
    kind: z.literal('fix'),
    position,
    accuracyM: z.number().gt(0).max(100_000),
    accuracyQuantile: z.number().gt(0).lt(1).default(0.68),
  }),
  z.object({ ...base, kind: z.literal('camera'), position, headingDeg: degrees.optional() }),
  z.object({
    ...base,
    kind: z.literal('silence'),
    cameras: z.array(z.object({ position, headingDeg: degrees.optional() })),
    fromAt: instant,
  }),
  z.object({ ...base, kind: z.literal('transaction'), ...somewhere }),
  z.object({
    ...base,
    kind: z.literal('report'),
    ...somewhere,
    credibility: z.number().min(0).max(1),
    departedAt: instant.optional(),
    departedDoubtS: z.number().nonnegative().max(86_400).optional(),
    byVehicle: z.boolean().optional(),
    usualPlaces: z.array(z.union([idSchema, position])).default([]),
  }),
  z.object({
    ...base,
    kind: z.literal('search'),
    placeId: idSchema.optional(),
    segmentId: idSchema.optional(),
    method: z.enum(searchMethods),
  }),
]);
type SightingInFile = z.output<typeof sighting>;

const truthPoint = z.object({
  at: instant,
  lng: z.number().min(-180).max(180),
  lat: z.number().min(-90).max(90),
  mode: z.enum(['atPlace', 'parked', 'driving', 'onFoot']),
  placeId: idSchema.optional(),
});

const episode = z.object({
  id: z.string().min(1),
  scamType: scamTypeSchema,
  home: position,
  alertAt: instant,
  departedAt: instant.optional(),
  horizonMin: z
    .number()
    .gt(0)
    .max(24 * 60),
  truth: z
    .array(truthPoint)
    .min(1)
    .refine(points => points.every((point, i) => i === 0 || points[i - 1]!.at <= point.at), {
      error: 'expected points in the order of time',
    }),
  sightings: z.array(sighting),
  units: z.array(z.object({ id: z.string().min(1), lng: z.number(), lat: z.number() })).min(1),
});

const antenna = z.object({
  cellId: z.string(),
  site: position,
  azimuthDeg: degrees,
  beamwidthDeg: z.number().gt(0).max(360),
  rangeM: z.number().gt(0),
});
const fileSchema = z.object({
  antennas: z.array(antenna).optional(),
  episodes: z.array(episode).min(1, 'expected at least one episode'),
});

/** The positions of the region's places, for sightings that name one. */
export type PlaceLookup = (id: string) => LngLat | undefined;

/**
 * Reads a file of episodes.
 * @throws {Error} with the path of each faulty field, what it is and what was expected
 */
export function readEpisodes(text: string, lookUp: PlaceLookup): EpisodeSet {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`The episode file is not JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    const faults = parsed.error.issues
      .slice(0, 10)
      .map(({ path, message }) => `  ${path.join('.')}: ${message}`);
    const more = parsed.error.issues.length - faults.length;
    throw new Error(
      `The episode file is not as expected:\n${faults.join('\n')}${more > 0 ? `\n  and ${more} more` : ''}`,
    );
  }
  const { antennas, episodes } = parsed.data;
  return { ...(antennas && { antennas }), episodes: episodes.map(one => episodeOf(one, lookUp)) };
}

function episodeOf(one: z.output<typeof episode>, lookUp: PlaceLookup): Episode {
  const { id, scamType, home, alertAt, departedAt, horizonMin } = one;
  const since = (at: number): number => (at - alertAt) / 1000;
  const sightings = one.sightings.map((each, i) => {
    try {
      return sightingOf(each, `${id}-${i}`, since, lookUp);
    } catch (cause) {
      throw new Error(`Episode ${id}, sighting ${i}: ${(cause as Error).message}`, { cause });
    }
  });
  return {
    id,
    scamType,
    home,
    alertAt,
    departedS: departedAt === undefined ? null : since(departedAt),
    horizonS: horizonMin * 60,
    truth: one.truth.map(({ at, ...rest }) => ({ atS: since(at), ...rest })) as Episode['truth'],
    sightings: sightings.sort((a, b) => a.receivedS - b.receivedS),
    units: one.units.map(({ id: unitId, lng, lat }) => ({ id: unitId, at: [lng, lat] })),
  };
}

function sightingOf(
  one: SightingInFile,
  name: string,
  since: (at: number) => number,
  lookUp: PlaceLookup,
): ArenaSighting {
  const { observedAt, receivedAt, id, ...body } = one;
  const known = { id: id ?? name, atS: since(observedAt), receivedS: since(receivedAt) };
  switch (body.kind) {
    case 'fix': {
      const { accuracyQuantile: quantile, ...rest } = body;
      return { ...known, ...rest, quantile };
    }
    case 'silence': {
      const { fromAt, ...rest } = body;
      return { ...known, ...rest, fromS: since(fromAt) } as ArenaSighting;
    }
    case 'transaction': {
      const at = placed(body, lookUp);
      if (!at) throw new Error('a transaction needs position or placeId');
      return { ...known, kind: 'transaction', ...at };
    }
    case 'report': {
      const { departedAt, usualPlaces, position: _, placeId: __, ...rest } = body;
      const usual = usualPlaces.map(place =>
        typeof place === 'string' ? placed({ placeId: place }, lookUp)! : { position: place },
      );
      const left = departedAt !== undefined && { departedAtS: since(departedAt) };
      return { ...known, ...rest, ...placed(body, lookUp), ...left, usualPlaces: usual } as ArenaSighting;
    }
    case 'search': {
      const targetId = body.placeId ?? body.segmentId;
      if (targetId === undefined) throw new Error('a search needs placeId or segmentId');
      return { ...known, kind: 'search', targetId, method: body.method };
    }
    default:
      return { ...known, ...body } as ArenaSighting;
  }
}

function placed(
  { position: at, placeId }: { position?: LngLat | undefined; placeId?: string | undefined },
  lookUp: PlaceLookup,
) {
  if (placeId === undefined) return at ? { position: at } : undefined;
  const found = at ?? lookUp(placeId);
  if (!found) throw new Error(`the region has no place ${placeId}`);
  return { position: found, targetId: placeId };
}

/** The text of a file that `readEpisodes` reads back to the same episodes. */
export function writeEpisodes({ antennas, episodes }: EpisodeSet): string {
  const lines = episodes.map(each => JSON.stringify(inFile(each)));
  const head = antennas
    ? `"antennas":${JSON.stringify(antennas.map(each => ({ ...each, site: named(each.site) })))},\n`
    : '';
  return `{${head}"episodes":[\n${lines.join(',\n')}\n]}\n`;
}

const named = ([lng, lat]: LngLat) => ({ lng, lat });

function inFile(one: Episode): Record<string, unknown> {
  const iso = (atS: number): string => new Date(one.alertAt + Math.round(atS * 1000)).toISOString();
  return {
    id: one.id,
    scamType: one.scamType,
    home: named(one.home),
    alertAt: iso(0),
    ...(one.departedS !== null && { departedAt: iso(one.departedS) }),
    horizonMin: one.horizonS / 60,
    truth: one.truth.map(({ atS, ...rest }) => ({ at: iso(atS), ...rest })),
    sightings: one.sightings.map(each => sightingInFile(each, iso)),
    units: one.units.map(({ id, at }) => ({ id, ...named(at) })),
  };
}

function sightingInFile(one: ArenaSighting, iso: (atS: number) => string): Record<string, unknown> {
  const { atS, receivedS, ...rest } = one;
  const known = { source: 'arena', observedAt: iso(atS), receivedAt: iso(receivedS) };
  switch (rest.kind) {
    case 'cell':
      return { ...rest, ...known, site: named(rest.site) };
    case 'fix': {
      const { quantile: accuracyQuantile, ...fix } = rest;
      return { ...fix, ...known, accuracyQuantile, position: named(rest.position) };
    }
    case 'camera':
      return { ...rest, ...known, position: named(rest.position) };
    case 'silence': {
      const { fromS, ...silence } = rest;
      const cameras = rest.cameras.map(camera => ({ ...camera, position: named(camera.position) }));
      return { ...silence, ...known, fromAt: iso(fromS), cameras };
    }
    case 'transaction': {
      const { targetId: placeId, ...transaction } = rest;
      return { ...transaction, ...known, ...(placeId && { placeId }), position: named(rest.position) };
    }
    case 'report': {
      const { targetId: placeId, departedAtS, usualPlaces, position: at, ...report } = rest;
      const usual = usualPlaces.map(place => place.targetId ?? named(place.position));
      const left = departedAtS !== undefined && { departedAt: iso(departedAtS) };
      const place = { ...(placeId && { placeId }), ...(at && { position: named(at) }) };
      return { ...report, ...known, text: '—', ...place, ...left, usualPlaces: usual };
    }
    case 'search': {
      const { targetId: placeId, ...search } = rest;
      return { ...search, ...known, placeId, outcome: 'notHere' };
    }
  }
}
