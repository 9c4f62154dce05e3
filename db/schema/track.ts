import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bytes, instant } from '../columns.ts';

/** A quarter of an hour of one unit, as a chunk; partitioned by day of `windowAt` (db/partitions.ts). */
export const trackChunk = pgTable(
  'track_chunk',
  {
    unitId: text().notNull(),
    windowAt: instant().notNull(),
    firstAt: instant().notNull(),
    lastAt: instant().notNull(),
    fixes: integer().notNull(),
    /** Every fix was ahead of the clock when it came. */
    allFuture: boolean().notNull(),
    /** Degrees × 10⁷. */
    west: integer().notNull(),
    east: integer().notNull(),
    south: integer().notNull(),
    north: integer().notNull(),
    body: bytes().notNull(),
  },
  table => [primaryKey({ columns: [table.unitId, table.windowAt] })],
);
