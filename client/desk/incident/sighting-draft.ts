/** A sighting as it is typed in, and what it becomes on the wire. Pure. */
import type { PositionInput } from '#contract/common.ts';
import { type SearchMethod, type SightingBody, type SightingKind, sightingBodySchema } from '#contract/sighting.ts';
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
      return { position, ...given({ headingDeg: readNumber(draft.headingDeg), plate: draft.plate.trim() || null }) };
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
      return { ...(target && { [`${target.kind}Id`]: target.id }), method: draft.method, outcome: draft.outcome };
  }
}

/** Without the fields that were left empty. */
function given(fields: Record<string, number | string | PositionInput | null>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}
