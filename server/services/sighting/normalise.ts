import type { Crs, Position, PositionInput } from '#contract/common.ts';
import type { SightingBody, SightingDetail } from '#contract/sighting.ts';
import { toWgs84 } from '../../ingest/coordinates.ts';

/** A sighting as it is kept: numbers in WGS-84, what was sent, and the words for the vault. */
export interface NormalSighting {
  detail: SightingDetail;
  /** The body as sent, without words and plate. */
  raw: Record<string, unknown>;
  /** Free text of a report, plate of a camera hit. */
  text: string | undefined;
  /** Where it is on a map, if anywhere. */
  position: Position | undefined;
}

/** Ids of places and segments that the body names: they must exist. */
export function namedPlaces(body: SightingBody): { field: string; id: string }[] {
  const named: { field: string; id: string }[] = [];
  if ('placeId' in body && body.placeId !== undefined) named.push({ field: 'placeId', id: body.placeId });
  if ('segmentId' in body && body.segmentId !== undefined)
    named.push({ field: 'segmentId', id: body.segmentId });
  if (body.kind === 'report') {
    body.usualPlaces?.forEach((place, i) => {
      if (typeof place === 'string') named.push({ field: `usualPlaces.${i}`, id: place });
    });
  }
  return named;
}

/**
 * Converts every position inside to WGS-84 (`fallback`: the system of the device that sent it), parts words from
 * numbers, and puts a place's position where only the place was named (`places`: from `whereIs`).
 */
export function normaliseSighting(
  body: SightingBody,
  fallback: Crs,
  places: ReadonlyMap<string, Position>,
): NormalSighting {
  const wgs84 = (position: PositionInput) => toWgs84(position, fallback);
  const raw = rawOf(body, fallback);
  switch (body.kind) {
    case 'cell': {
      const { observedAt: _, source: __, site, ...rest } = body;
      const detail: SightingDetail = { ...present(rest), site: wgs84(site) };
      return { detail, raw, text: undefined, position: detail.site };
    }
    case 'fix': {
      const { observedAt: _, source: __, position, ...rest } = body;
      const detail: SightingDetail = { ...present(rest), position: wgs84(position) };
      return { detail, raw, text: undefined, position: detail.position };
    }
    case 'camera': {
      const { observedAt: _, source: __, position, plate, ...rest } = body;
      const detail: SightingDetail = { ...present(rest), position: wgs84(position) };
      return { detail, raw, text: plate, position: detail.position };
    }
    case 'transaction': {
      const { observedAt: _, source: __, position, ...rest } = body;
      const at = position ? wgs84(position) : places.get(body.placeId ?? '');
      return {
        detail: { ...present(rest), ...(at && { position: at }) },
        raw,
        text: undefined,
        position: at,
      };
    }
    case 'report': {
      const { observedAt: _, source: __, position, text, usualPlaces, ...rest } = body;
      const at = position ? wgs84(position) : places.get(body.placeId ?? '');
      const usual = usualPlaces?.map(place => (typeof place === 'string' ? place : wgs84(place)));
      const detail: SightingDetail = {
        ...present(rest),
        ...(at && { position: at }),
        ...(usual && { usualPlaces: usual }),
      };
      return { detail, raw, text, position: at };
    }
    case 'search': {
      const { observedAt: _, source: __, ...rest } = body;
      const at = places.get(body.placeId ?? body.segmentId ?? '');
      return {
        detail: { ...present(rest), ...(at && { position: at }) },
        raw,
        text: undefined,
        position: at,
      };
    }
  }
}

/** As sent, each position with its system named even where the sender left it to its default. */
function rawOf(body: SightingBody, fallback: Crs): Record<string, unknown> {
  const kept = Object.entries(body).filter(([key]) => key !== 'text' && key !== 'plate');
  return Object.fromEntries(kept.map(([key, value]) => [key, withSystem(value, fallback)]));
}

function withSystem(value: unknown, fallback: Crs): unknown {
  if (Array.isArray(value)) return value.map(item => withSystem(item, fallback));
  const isPosition = typeof value === 'object' && value !== null && 'lng' in value;
  return isPosition ? { crs: fallback, ...value } : value;
}

type Present<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** The fields that are there: what a schema calls optional may also be an explicit undefined. */
function present<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
