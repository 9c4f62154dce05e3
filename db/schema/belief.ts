/** What was believed of where a subject is, and what is learned from where they were found. */
import {
  bigint,
  boolean,
  doublePrecision,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core';
import type { ScamType } from '#contract/alert.ts';
import type { ScoredMoment } from '#contract/calibration.ts';
import type { BeliefReason } from '#contract/posterior.ts';
import type { HourBand, PriorKind } from '#contract/prior.ts';
import { bytes, instant } from '../columns.ts';
import { incident } from './incident.ts';
import { appUser } from './people.ts';

export const belief = pgTable(
  'belief',
  {
    incidentId: text()
      .notNull()
      .references(() => incident.id),
    /** The last row of the log about the incident that it knows. */
    seq: bigint({ mode: 'number' }).notNull(),
    /** Made again because time went by: of these only the newest is kept for a seq. */
    byTime: boolean().notNull(),
    at: instant().notNull(),
    because: text().$type<BeliefReason>().notNull(),
    restOfWorld: doublePrecision().notNull(),
    entropyBits: doublePrecision().notNull(),
    /** JSON, gzip: `server/locating/record.ts`. */
    posterior: bytes().notNull(),
    plan: bytes().notNull(),
  },
  table => [primaryKey({ columns: [table.incidentId, table.seq, table.byTime] })],
);

/** What was believed of a closed incident, held against where its subject was found. */
export const calibrationScore = pgTable(
  'calibration_score',
  {
    incidentId: text()
      .notNull()
      .references(() => incident.id),
    moment: text().$type<ScoredMoment>().notNull(),
    inside50: boolean().notNull(),
    inside80: boolean().notNull(),
    inside90: boolean().notNull(),
    inside95: boolean().notNull(),
    bits: doublePrecision().notNull(),
    valuedAt: instant(),
  },
  table => [primaryKey({ columns: [table.incidentId, table.moment] })],
);

/** Bits that the score of 'found' is worse without a kind of sighting. */
export const calibrationEvidence = pgTable(
  'calibration_evidence',
  {
    incidentId: text()
      .notNull()
      .references(() => incident.id),
    kind: text().notNull(),
    bits: doublePrecision().notNull(),
  },
  table => [primaryKey({ columns: [table.incidentId, table.kind] })],
);

/** Where subjects of closed incidents were found. */
export const priorCount = pgTable(
  'prior_count',
  {
    scamType: text().$type<ScamType>().notNull(),
    placeKind: text().$type<PriorKind>().notNull(),
    hourBand: text().$type<HourBand>().notNull(),
    n: integer().notNull(),
  },
  table => [primaryKey({ columns: [table.scamType, table.placeKind, table.hourBand] })],
);

/** Each time that a leader set a script's weights; the newest is in force. */
export const priorChange = pgTable('prior_change', {
  seq: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  scamType: text().$type<ScamType>().notNull(),
  /** Null: back to the defaults. */
  weights: jsonb().$type<Partial<Record<PriorKind, number>>>(),
  reason: text().notNull(),
  setBy: text()
    .notNull()
    .references(() => appUser.id),
  setAt: instant().notNull(),
});
