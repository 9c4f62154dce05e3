/** Roads as the centre knows them today: closed stretches and learned speeds. */
import { boolean, date, integer, pgTable, primaryKey, smallint, text } from 'drizzle-orm/pg-core';
import type { RoadClass } from '#road/build.ts';
import { instant, lineString } from '../columns.ts';

export const roadClosure = pgTable('road_closure', {
  id: text().primaryKey(),
  line: lineString().notNull(),
  direction: text().$type<'both' | 'forward'>().notNull(),
  roadName: text(),
  reason: text().notNull(),
  closedBy: text().notNull(),
  closedAt: instant().notNull(),
  untilAt: instant(),
  openedBy: text(),
  openedAt: instant(),
});

/** How often units drove how fast, by day, class of road and hour of day in Shanghai. */
export const roadSpeed = pgTable(
  'road_speed',
  {
    day: date().notNull(),
    roadClass: text().$type<RoadClass>().notNull(),
    hour: smallint().notNull(),
    /** Counts by the bins of `server/road/speeds.ts`. */
    bins: integer().array().notNull(),
  },
  table => [primaryKey({ columns: [table.day, table.roadClass, table.hour] })],
);

export const roadSetting = pgTable('road_setting', {
  onlyRow: boolean().primaryKey().default(true),
  useSpeeds: boolean().notNull(),
  /** The last day in Shanghai that was learned from. */
  learnedDay: date(),
});
