/** A sighting as it is typed in, and what it becomes on the wire. Pure. */
import type { Position, PositionInput } from '#contract/common.ts';
import {
  type SearchMethod,
  type SightingBody,
  type SightingKind,
  type SightingView,
  sightingBodySchema,
} from '#contract/sighting.ts';
import { emptyPosition, type PositionDraft, readNumber, readPosition } from '../position-draft.ts';

export interface SightingDraft {
  kind: SightingKind;
  source: string;
  /** How long ago it happened, in minutes, as typed. */
  minutesAgo: string;
  position: PositionDraft;
  /** Set by a click on a place or segment. */
  target: { kind: 'place' | 'segment'; id: string } | null;
  rangeM: string;
  azimuthDeg: string;
  beamwidthDeg: string;
  timingAdvance: string;
  cellId: string;
  accuracyM: string;
  headingDeg: string;
  plate: string;
  credibilityPct: string;
  text: string;
  byVehicle: boolean;
  method: SearchMethod;
  outcome: 'notHere' | 'blocked';
}

export const emptySighting: SightingDraft = {
  kind: 'report',
  source: '',
  minutesAgo: '0',
  position: emptyPosition,
  target: null,
  rangeM: '1500',
  azimuthDeg: '',
  beamwidthDeg: '65',
  timingAdvance: '',
  cellId: '',
  accuracyM: '50',
  headingDeg: '',
  plate: '',
  credibilityPct: '70',
  text: '',
  byVehicle: false,
  method: 'driveBy',
  outcome: 'notHere',
};

/** A recorded sighting as it would have been typed in now: where a correction starts from. */
export function draftOf({ detail, source, observedAt, text }: SightingView, nowMs: number): SightingDraft {
  const minutesAgo = String(Math.max(0, Math.round((nowMs - Date.parse(observedAt)) / 6000) / 10));
  const known = Object.entries(detail).filter(([name]) => name in emptySighting && name !== 'position');
  const fields = Object.fromEntries(
    known.map(([name, value]) => [name, typeof value === 'number' ? String(value) : value]),
  );
  const position = 'site' in detail ? detail.site : detail.position;
  return {
    ...emptySighting,
    ...fields,
    source,
    minutesAgo,
    ...(position && { position: typedPosition(position) }),
    target: targetOf(detail),
    ...(detail.kind === 'camera' && { plate: text ?? '' }),
    ...(detail.kind === 'report' && {
      text: text ?? '',
      credibilityPct: String(Math.round(detail.credibility * 100)),
    }),
  };
}

function targetOf(detail: SightingView['detail']): SightingDraft['target'] {
  if ('placeId' in detail && detail.placeId) return { kind: 'place', id: detail.placeId };
  return 'segmentId' in detail && detail.segmentId ? { kind: 'segment', id: detail.segmentId } : null;
}

/** A known position as it would have been typed in. */
export const typedPosition = ({ lng, lat }: Position): PositionDraft => ({
  lng: lng.toFixed(6),
  lat: lat.toFixed(6),
  crs: 'wgs84',
});

/** The body to send, or the names of the fields that are not right yet. */
export function toBody(draft: SightingDraft, nowMs: number): SightingBody | { wrong: string[] } {
  const minutes = readNumber(draft.minutesAgo);
  if (minutes === null || minutes < 0) return { wrong: ['observedAt'] };
  const observedAt = new Date(nowMs - minutes * 60_000).toISOString();
  const raw = { kind: draft.kind, source: draft.source.trim(), observedAt, ...detailOf(draft) };
  const parsed = sightingBodySchema.safeParse(raw);
  if (parsed.success) return parsed.data;
  return { wrong: [...new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'position')))] };
}

function detailOf(draft: SightingDraft): Record<string, unknown> {
  const position = readPosition(draft.position);
  const { target } = draft;
  const where = target?.kind === 'place' ? { placeId: target.id } : given({ position });
  switch (draft.kind) {
    case 'cell':
      return {
        site: position,
        rangeM: readNumber(draft.rangeM),
        ...given({
          azimuthDeg: readNumber(draft.azimuthDeg),
          beamwidthDeg: readNumber(draft.azimuthDeg) === null ? null : readNumber(draft.beamwidthDeg),
          timingAdvance: readNumber(draft.timingAdvance),
          cellId: draft.cellId.trim() || null,
        }),
      };
    case 'fix':
      return { position, accuracyM: readNumber(draft.accuracyM) };
    case 'camera':
      return {
        position,
        ...given({ headingDeg: readNumber(draft.headingDeg), plate: draft.plate.trim() || null }),
      };
    case 'transaction':
      return where;
    case 'report':
      return {
        ...where,
        credibility: (readNumber(draft.credibilityPct) ?? Number.NaN) / 100,
        text: draft.text.trim(),
        ...(draft.byVehicle && { byVehicle: true }),
      };
    case 'search':
      return {
        ...(target && { [`${target.kind}Id`]: target.id }),
        method: draft.method,
        outcome: draft.outcome,
      };
  }
}

/** Without the fields that were left empty. */
function given(fields: Record<string, number | string | PositionInput | null>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
