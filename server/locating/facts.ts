/** From stored sightings to what a belief takes. */
import type { SightingDetail } from '#contract/sighting.ts';
import type { Position } from '#contract/common.ts';
import type { CellFact, Fact, ReportFact, SilenceFact } from '#locate/fact.ts';
import type { Ground } from '#locate/ground.ts';
import type { LngLat } from '#road/geo.ts';
import type { StandingSighting } from '../../db/queries/belief.ts';

/** A source that does not say which share of true positions its radius holds means one standard deviation, as phones do. */
const usualQuantile = 0.68;

/**
 * The facts that sightings tell, in seconds since `epochMs`. A search that was blocked says nothing, and neither does
 * one of a place that the region does not have any more.
 */
export function factsOf(sightings: readonly StandingSighting[], ground: Ground, epochMs: number): Fact[] {
  return sightings.flatMap(({ id, observedAtMs, detail }) => {
    const fact = factOf(detail, ground, epochMs);
    return fact ? { id, atS: (observedAtMs - epochMs) / 1000, ...fact } : [];
  }) as Fact[];
}

type FactBody = { [K in Fact['kind']]: Omit<Extract<Fact, { kind: K }>, 'id' | 'atS'> }[Fact['kind']];

function factOf(detail: SightingDetail, ground: Ground, epochMs: number): FactBody | null {
  switch (detail.kind) {
    case 'cell':
      return cellFact(detail);
    case 'fix': {
      const { position, accuracyM, accuracyQuantile } = detail;
      return {
        kind: 'fix',
        position: lngLat(position),
        accuracyM,
        quantile: accuracyQuantile ?? usualQuantile,
      };
    }
    case 'camera': {
      const { position, headingDeg } = detail;
      return { kind: 'camera', position: lngLat(position), ...(headingDeg !== undefined && { headingDeg }) };
    }
    case 'transaction': {
      if (!detail.position) return null;
      return { kind: 'transaction', position: lngLat(detail.position), ...targetOf(detail.placeId, ground) };
    }
    case 'report':
      return reportFact(detail, ground, epochMs);
    case 'search': {
      const targetId = detail.placeId ?? detail.segmentId ?? '';
      if (detail.outcome !== 'notHere' || !ground.indexOf.has(targetId)) return null;
      return { kind: 'search', targetId, method: detail.method };
    }
  }
}

function cellFact({
  site,
  ...rest
}: Extract<SightingDetail, { kind: 'cell' }>): Omit<CellFact, 'id' | 'atS'> {
  return { ...rest, site: lngLat(site) };
}

function reportFact(
  detail: Extract<SightingDetail, { kind: 'report' }>,
  ground: Ground,
  epochMs: number,
): Omit<ReportFact, 'id' | 'atS'> {
  const { position, placeId, credibility, departedAt, departedDoubtS, byVehicle, usualPlaces = [] } = detail;
  const usual = usualPlaces.flatMap(place => usualPlace(place, ground) ?? []);
  return {
    kind: 'report',
    credibility,
    usualPlaces: usual,
    ...(position && { position: lngLat(position) }),
    ...targetOf(placeId, ground),
    ...(departedAt !== undefined && { departedAtS: (Date.parse(departedAt) - epochMs) / 1000 }),
    ...(departedDoubtS !== undefined && { departedDoubtS }),
    ...(byVehicle !== undefined && { byVehicle }),
  };
}

function usualPlace(place: string | Position, ground: Ground): ReportFact['usualPlaces'][number] | null {
  if (typeof place !== 'string') return { position: lngLat(place) };
  const index = ground.indexOf.get(place);
  return index === undefined ? null : { position: ground.targets[index]!.position, targetId: place };
}

const targetOf = (id: string | undefined, ground: Ground): { targetId?: string } =>
  id !== undefined && ground.indexOf.has(id) ? { targetId: id } : {};

/** A hit reaches the centre within this time; before it is over, having heard of none says nothing. */
const hitDelayMs = 120_000;
/** About a hit nobody knows whether the next camera was passed. */
const aroundHitMs = 60_000;
/** Silence is stretched by so much at a time, so that not every question brings another fact. */
const silenceStepMs = 300_000;

type SilentCamera = SilenceFact['cameras'][number];

/**
 * Whether cameras would tell of her car. Nobody writes down which of them were asked; one hit shows that they look for the
 * plate, and where no plate is known none can.
 */
export const camerasAsked = (sightings: readonly StandingSighting[], plateKnown: boolean): boolean =>
  plateKnown && sightings.some(({ detail }) => detail.kind === 'camera');

/**
 * That cameras which look for her plate did not see it: between their hits, and since the last one. Their first hit shows
 * that they are asked; before it nobody knows from when on they were.
 */
export function silences(
  sightings: readonly StandingSighting[],
  cameras: readonly SilentCamera[],
  { epochMs, nowMs }: { epochMs: number; nowMs: number },
): SilenceFact[] {
  const hits = sightings
    .filter(({ detail }) => detail.kind === 'camera')
    .map(({ observedAtMs }) => observedAtMs)
    .toSorted((a, b) => a - b);
  if (hits.length === 0 || cameras.length === 0) return [];
  const heardMs = nowMs - hitDelayMs - hits.at(-1)!;
  const lastMs = hits.at(-1)! + Math.floor(heardMs / silenceStepMs) * silenceStepMs;
  return hits.flatMap((hitMs, i) => {
    const fromMs = hitMs + aroundHitMs;
    const nextMs = hits[i + 1];
    const toMs = nextMs === undefined ? lastMs : nextMs - aroundHitMs;
    if (toMs <= fromMs) return [];
    const fromS = (fromMs - epochMs) / 1000;
    return { id: `silence ${i}`, kind: 'silence', atS: (toMs - epochMs) / 1000, fromS, cameras };
  });
}

const lngLat = ({ lng, lat }: Position): LngLat => [lng, lat];
