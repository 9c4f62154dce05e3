/** What is known of the subject: six kinds, each with its own honest uncertainty (domain.md 'What a location is worth'). */
import { z } from 'zod';
import { idSchema, instantSchema, type Position, positionInputSchema } from './common.ts';

export const sightingKinds = ['cell', 'fix', 'camera', 'transaction', 'report', 'search'] as const;
export type SightingKind = (typeof sightingKinds)[number];

const base = { observedAt: instantSchema, source: z.string().trim().min(1).max(64) };
const degrees = z.number().min(0).max(360);

const cell = z.object({
  ...base,
  kind: z.literal('cell'),
  site: positionInputSchema,
  azimuthDeg: degrees.optional(),
  beamwidthDeg: z.number().gt(0).max(360).optional(),
  rangeM: z.number().gt(0).max(100_000),
  /** LTE timing advance in steps of 78.12 m. */
  timingAdvance: z.number().int().min(0).max(1282).optional(),
  cellId: z.string().max(64).optional(),
});
const fix = z.object({
  ...base,
  kind: z.literal('fix'),
  position: positionInputSchema,
  accuracyM: z.number().gt(0).max(100_000),
  /** Share of true positions within accuracyM; sources differ (0.5, 0.68, 0.95). */
  accuracyQuantile: z.number().gt(0).lt(1).optional(),
});
const camera = z.object({
  ...base,
  kind: z.literal('camera'),
  position: positionInputSchema,
  headingDeg: degrees.optional(),
  plate: z.string().max(16).optional(),
});
const atPosition = { position: positionInputSchema.optional(), placeId: idSchema.optional() };
const transaction = z.object({ ...base, kind: z.literal('transaction'), ...atPosition });
const report = z.object({
  ...base,
  kind: z.literal('report'),
  ...atPosition,
  credibility: z.number().min(0).max(1),
  text: z.string().min(1).max(4000),
  departedAt: instantSchema.optional(),
  departedDoubtS: z.number().nonnegative().max(86_400).optional(),
  byVehicle: z.boolean().optional(),
  usualPlaces: z
    .array(z.union([idSchema, positionInputSchema]))
    .max(20)
    .optional(),
});
export const searchMethods = [
  'driveBy',
  'walkThrough',
  'clerkAsked',
  'registerChecked',
  'gateAsked',
] as const;
export type SearchMethod = (typeof searchMethods)[number];
const search = z.object({
  ...base,
  kind: z.literal('search'),
  placeId: idSchema.optional(),
  segmentId: idSchema.optional(),
  unitId: idSchema.optional(),
  method: z.enum(searchMethods),
  outcome: z.enum(['notHere', 'blocked']),
});

export const sightingBodySchema = z
  .discriminatedUnion('kind', [cell, fix, camera, transaction, report, search])
  .superRefine((body, context) => {
    const missing = (message: string) => context.addIssue({ code: 'custom', message });
    if (body.kind === 'transaction' && !body.position && !body.placeId)
      missing('expected position or placeId');
    if (body.kind === 'search' && !body.placeId === !body.segmentId)
      missing('expected either placeId or segmentId');
  });
export type SightingBody = z.infer<typeof sightingBodySchema>;

/** Two characters are a reason: 误录. */
const reasonSchema = z.string().trim().min(2).max(500);
/** `correct` takes the whole corrected sighting beside its reason, so that no field is left to guessing. */
export const correctBodySchema = z.object({ reason: reasonSchema }).and(sightingBodySchema);
export const withdrawBodySchema = z.object({ reason: reasonSchema });

/** Kind-specific facts after normalisation: WGS-84, no free text, no plate. */
export type SightingDetail =
  | {
      kind: 'cell';
      site: Position;
      rangeM: number;
      azimuthDeg?: number;
      beamwidthDeg?: number;
      timingAdvance?: number;
      cellId?: string;
    }
  | { kind: 'fix'; position: Position; accuracyM: number; accuracyQuantile?: number }
  | { kind: 'camera'; position: Position; headingDeg?: number }
  | { kind: 'transaction'; position?: Position; placeId?: string }
  | {
      kind: 'report';
      position?: Position;
      placeId?: string;
      credibility: number;
      departedAt?: string;
      departedDoubtS?: number;
      byVehicle?: boolean;
      usualPlaces?: (string | Position)[];
    }
  | {
      kind: 'search';
      placeId?: string;
      segmentId?: string;
      /** The point or the middle of the line that was searched; filled in by the server. */
      position?: Position;
      unitId?: string;
      method: SearchMethod;
      outcome: 'notHere' | 'blocked';
    };

/** A sighting as those see it who may look at the trace. */
export interface SightingView {
  id: string;
  observedAt: string;
  receivedAt: string;
  source: string;
  detail: SightingDetail;
  /** Free text of a report; plate of a camera hit. */
  text?: string;
  replaces?: string;
}
