/** Officers, vehicles and shifts as they are planned and shown. */
import { z } from 'zod';
import { dutyReasons } from '#domain/roster.ts';
import { idSchema, instantSchema } from './common.ts';
import { crewSchema, unitKindSchema, unitStateSchema } from './unit.ts';

export const vehicleKinds = ['car', 'motorcycle'] as const;
export type VehicleKind = (typeof vehicleKinds)[number];

export const officerBodySchema = z.object({
  name: z.string().trim().min(1).max(64),
  badgeNumber: z.string().trim().min(1).max(32),
  /** A police officer; else an auxiliary. */
  sworn: z.boolean(),
  stationId: idSchema.nullish(),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[\d -]{3,20}$/, 'expected a phone number')
    .nullish(),
});
export type OfficerBody = z.infer<typeof officerBodySchema>;
export const officerPatchSchema = officerBodySchema.partial();
export type OfficerPatch = z.infer<typeof officerPatchSchema>;

export const officerViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  badgeNumber: z.string(),
  sworn: z.boolean(),
  stationId: z.string().nullable(),
  phoneMasked: z.string().nullable(),
});
export type OfficerView = z.infer<typeof officerViewSchema>;

export const vehicleBodySchema = z.object({
  plate: z.string().trim().min(1).max(16),
  kind: z.enum(vehicleKinds),
  stationId: idSchema.nullish(),
  inService: z.boolean().default(true),
});
export type VehicleBody = z.infer<typeof vehicleBodySchema>;
export const vehiclePatchSchema = z.object({
  plate: vehicleBodySchema.shape.plate.optional(),
  kind: vehicleBodySchema.shape.kind.optional(),
  stationId: idSchema.nullish(),
  inService: z.boolean().optional(),
});
export type VehiclePatch = z.infer<typeof vehiclePatchSchema>;

export const vehicleViewSchema = z.object({
  id: z.string(),
  plate: z.string(),
  kind: z.enum(vehicleKinds),
  stationId: z.string().nullable(),
  inService: z.boolean(),
});
export type VehicleView = z.infer<typeof vehicleViewSchema>;

const longestShiftMs = 36 * 3_600_000;
const inOrder = ({ startsAt, endsAt }: { startsAt: string; endsAt: string }): boolean => {
  const lengthMs = Date.parse(endsAt) - Date.parse(startsAt);
  return lengthMs > 0 && lengthMs <= longestShiftMs;
};
const orderIssue = { path: ['endsAt'], message: 'expected a time after startsAt, at most 36 hours later' };

/** The members of a shift. */
const officerIds = z.array(idSchema).max(50);
export const shiftBodySchema = z
  .object({
    unitId: idSchema,
    startsAt: instantSchema,
    endsAt: instantSchema,
    officerIds,
    vehicleId: idSchema.nullish(),
  })
  .refine(inOrder, orderIssue);
export type ShiftBody = z.infer<typeof shiftBodySchema>;

/** What is left out stays; a shift stays with its unit. */
export const shiftPatchSchema = z.object({
  startsAt: instantSchema.optional(),
  endsAt: instantSchema.optional(),
  officerIds: officerIds.optional(),
  vehicleId: idSchema.nullish(),
});
export type ShiftPatch = z.infer<typeof shiftPatchSchema>;

export const shiftViewSchema = z.object({
  id: z.string(),
  unitId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  crew: crewSchema,
  officerIds: z.array(z.string()),
  vehicleId: z.string().nullable(),
});
export type ShiftView = z.infer<typeof shiftViewSchema>;

export const dutyViewSchema = z.object({
  onDuty: z.boolean(),
  /** On shift: when it ends. Null without a roster. */
  availableUntil: z.string().nullable(),
  /** When the next shift begins, if one is planned. */
  nextShiftAt: z.string().nullable(),
  why: z.enum(dutyReasons),
});

const dayMs = 86_400_000;
/** At most 62 days: two months as a planner sees them. */
export const rosterQuerySchema = z
  .object({ from: instantSchema, to: instantSchema, stationId: idSchema.optional() })
  .refine(
    ({ from, to }) => {
      const lengthMs = Date.parse(to) - Date.parse(from);
      return lengthMs > 0 && lengthMs <= 62 * dayMs;
    },
    { path: ['to'], message: 'expected a time after from, at most 62 days later' },
  );

export const rosterViewSchema = z.object({
  from: z.string(),
  to: z.string(),
  units: z.array(
    z.object({
      id: z.string(),
      callsign: z.string(),
      stationId: z.string().nullable(),
      kind: unitKindSchema,
      state: unitStateSchema,
      crew: crewSchema,
    }),
  ),
  shifts: z.array(shiftViewSchema),
  officers: z.array(officerViewSchema),
  vehicles: z.array(vehicleViewSchema),
});
export type RosterView = z.infer<typeof rosterViewSchema>;

export const dutyNowSchema = z.object({
  at: z.string(),
  stations: z.array(
    z.object({
      /** Null: units of no station. */
      stationId: z.string().nullable(),
      /** Units on duty and in service, and those of them that have no task. */
      onDuty: z.number(),
      available: z.number(),
      units: z.array(
        z.object({
          unitId: z.string(),
          callsign: z.string(),
          state: unitStateSchema,
          crew: crewSchema,
          ...dutyViewSchema.shape,
        }),
      ),
    }),
  ),
});
export type DutyNow = z.infer<typeof dutyNowSchema>;

/** Who or what would be in two shifts at once, and the shift that is there already. */
const clashSchema = z.object({
  what: z.enum(['unit', 'vehicle', 'officer']),
  id: z.string(),
  name: z.string(),
  shiftId: z.string(),
  callsign: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
});
export type Clash = z.infer<typeof clashSchema>;

/** What keeps one row of a table from being planned. */
const rosterProblemSchema = z.object({
  row: z.number(),
  /** The contract's name of the column; null when it is about the shift as a whole. */
  column: z.string().nullable(),
  code: z.enum([
    'missing',
    'notDate',
    'notTime',
    'noUnit',
    'noVehicle',
    'vehicleDown',
    'noOfficer',
    'manyOfficers',
    'clash',
    'refused',
  ]),
  /** What stands there. */
  value: z.string().nullable(),
  /** With `clash`. */
  clashes: z.array(clashSchema),
  /** The same as one English sentence. */
  message: z.string(),
});
export type RosterProblem = z.infer<typeof rosterProblemSchema>;

/** What an import would plan, or planned. Rows count as the spreadsheet does: its header is row 1. */
export const rosterImportSchema = z.object({
  rows: z.number(),
  /** With any of these nothing is planned. */
  problems: z.array(rosterProblemSchema),
  shifts: z.array(
    z.object({
      row: z.number(),
      callsign: z.string(),
      startsAt: z.string(),
      endsAt: z.string(),
      officers: z.array(z.string()),
      plate: z.string().nullable(),
    }),
  ),
  /** False: this was a preview, or there were problems. */
  applied: z.boolean(),
});
export type RosterImport = z.infer<typeof rosterImportSchema>;
